// StrictJSON against Foundation's JSONSerialization, in turn and in one process.
//
// usage: json-benchmark SECONDS       (for each parser and document)
//
// Prints DOCUMENT, bytes, PARSER and MB/s, between tabs. JSONSerialization makes objects of everything
// at once; StrictJSON checks everything and makes what is asked for. So it is measured twice: as it is
// used, and with every value made.

import Foundation
import StrictJSON

/// Makes every value of a tree; gives how many there were, so that nothing is left out.
func makeAll(_ value: JSONValue) -> Int {
    switch value.kind {
    case .object:
        value.members.reduce(1) { $0 + ($1.key.string == nil ? 0 : makeAll($1.value)) }
    case .array:
        value.elements.reduce(1) { $0 + makeAll($1) }
    case .string:
        value.string == nil ? 0 : 1
    case .number:
        value.integer == nil && value.double == nil ? 0 : 1
    case .bool, .null:
        1
    }
}

func count(_ object: Any) -> Int {
    switch object {
    case let object as [String: Any]: object.values.reduce(1) { $0 + count($1) }
    case let array as [Any]: array.reduce(1) { $0 + count($1) }
    default: 1
    }
}

struct Contestant {
    let name: String
    /// Reads a text; the number is only there to be used.
    let read: (_ bytes: [UInt8], _ data: Data) throws -> Int
}

let contestants = [
    Contestant(name: "StrictJSON") { bytes, _ in try JSONDocument(parsing: bytes).root.isNull ? 0 : 1 },
    Contestant(name: "StrictJSON, every value made") { bytes, _ in
        try makeAll(JSONDocument(parsing: bytes).root)
    },
    Contestant(name: "JSONSerialization") { _, data in
        try JSONSerialization.jsonObject(with: data) is NSNull ? 0 : 1
    },
]

let seconds = CommandLine.arguments.count > 1 ? Double(CommandLine.arguments[1]) ?? 1 : 1
let rounds = 10
let clock = ContinuousClock()
var used = 0

for (name, bytes) in Documents.all {
    let data = Data(bytes)
    let expected = try count(JSONSerialization.jsonObject(with: data))
    guard try makeAll(JSONDocument(parsing: bytes).root) == expected else {
        fatalError("the parsers disagree about \(name)")
    }
    var speeds = contestants.map { _ in [Double]() }
    for _ in 0..<rounds {
        for (index, contestant) in contestants.enumerated() {
            let start = clock.now
            var bytesRead = 0
            while clock.now - start < .seconds(seconds / Double(rounds)) {
                for _ in 0..<max(1, 65_536 / bytes.count) {
                    used &+= try contestant.read(bytes, data)
                    bytesRead += bytes.count
                }
            }
            speeds[index].append(Double(bytesRead) / ((clock.now - start) / .seconds(1)) / 1e6)
        }
    }
    for (contestant, speeds) in zip(contestants, speeds) {
        print(name, bytes.count, contestant.name, speeds.sorted()[rounds / 2], separator: "\t")
    }
}
guard used > 0 else { fatalError("nothing was read") }
