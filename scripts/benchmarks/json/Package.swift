// swift-tools-version: 6.2
// A package of its own, because it needs Foundation and the launch graph must not have it.
// Sources/StrictJSON is a link to the project's.
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "json-benchmark",
    targets: [
        .target(name: "StrictJSON", swiftSettings: strict),
        .executableTarget(name: "json-benchmark", dependencies: ["StrictJSON"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
