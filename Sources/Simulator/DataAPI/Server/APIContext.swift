package import Hummingbird
import NIOCore

/// A request's context that knows its connection, to break it on purpose.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel

    package init(source: Source) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
