package import Platform
package import Settings
import Synchronization

/// The settings in force. Requests trigger a look at their files, at most once a second. If the new settings are
/// invalid, the old ones stay in force.
package final class ServiceSettingsStore: Sendable {
    private struct State {
        var current: ServiceSettings?
        var watch: FileWatch
        var lastLook: UnixTime
    }

    private let load: @Sendable () -> LoadedSettings<ServiceSettings>
    private let state: Mutex<State>

    /// - Parameters:
    ///   - loaded: the settings at the start
    ///   - load: reads them again
    package init(
        _ loaded: LoadedSettings<ServiceSettings>, now: UnixTime,
        load: @escaping @Sendable () -> LoadedSettings<ServiceSettings>
    ) {
        self.load = load
        state = Mutex(State(current: loaded.value, watch: FileWatch(loaded.files), lastLook: now))
    }

    /// The settings for answering a request; nil while there are no valid ones.
    package func current(now: UnixTime) -> ServiceSettings? {
        state.withLock { state in
            guard state.lastLook != now else { return state.current }
            state.lastLook = now
            guard state.watch.hasChanged(now: now) else { return state.current }
            let loaded = load()
            loaded.logProblems(of: DataService.program)
            state.watch.loaded(loaded.files)
            if let settings = loaded.value {
                LogLine("settings").with("outcome", "reloaded").write()
                state.current = settings
            }
            return state.current
        }
    }
}
