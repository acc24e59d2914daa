import Foundation

/// The targets by name. Each takes any bytes and checks what must hold for all of them.
enum FuzzTarget {
    typealias Body = @Sendable ([UInt8]) -> Void

    static let selected: Body = {
        let name = ProcessInfo.processInfo.environment["WELKIN_FUZZ_TARGET"] ?? ""
        switch name {
        case "json": return { JSONTarget.run($0) }
        case "form": return { FormTarget.run($0) }
        case "headers": return { HeadersTarget.run($0) }
        case "base64": return { Base64Target.run($0) }
        case "token":
            let target = TokenTarget()
            return { target.run($0) }
        case "launch":
            let target = LaunchTarget()
            return { target.run($0) }
        case "records":
            LibraryReader.prepare()
            return { RecordsTarget.run($0) }
        case "settings":
            let target = SettingsTarget()
            return { target.run($0) }
        default: fatalError("WELKIN_FUZZ_TARGET names no target: \(name)")
        }
    }()
}

/// A property. Where it does not hold, this is a finding.
func require(_ holds: Bool, _ property: @autoclosure () -> String, line: UInt = #line, file: StaticString = #fileID) {
    guard !holds else { return }
    fatalError("property broken: \(property())", file: file, line: line)
}

/// Whether one text stands in another. Swift's own is too slow for a fuzzer.
func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= text.count else { return part.isEmpty }
    return (0...(text.count - part.count)).contains { text[$0] == first && text[$0...].starts(with: part) }
}
