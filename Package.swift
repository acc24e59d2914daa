// swift-tools-version: 6.2
// The launch graph (Platform … welkin-launch) depends on no package and no Foundation, so that
// `welkin-launch` links fully static and starts like a C program. The worker, the simulator and
// the tests use the ecosystem.
import PackageDescription

/// scripts/test lets no warning pass; a newer compiler's must not stop anybody else's build.
let warnings: [SwiftSetting] =
    Context.environment["WELKIN_WARNINGS"] == "errors" ? [.treatAllWarnings(as: .error)] : []
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + warnings
/// For the targets that call C.
let strictC: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
    name: "welkin-apps",
    products: [
        .library(name: "WelkinDataAPI", targets: ["DataAPI", "Platform", "Records", "StrictJSON", "Tokens"]),
        .executable(name: "welkin-launch", targets: ["welkin-launch"]),
        .executable(name: "welkin-simulator", targets: ["welkin-simulator"]),
        .executable(name: "welkin-worker", targets: ["welkin-worker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // The launch graph. Arrows point down only; nothing here has a package.
        .systemLibrary(name: "CFastCGI", pkgConfig: "fcgi", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(name: "Platform", dependencies: ["CLinux"], swiftSettings: strictC),
        .target(name: "Identifiers", dependencies: ["Platform"], swiftSettings: strictC),
        .target(name: "StrictJSON", swiftSettings: strictC),
        .target(name: "Tokens", dependencies: ["CSodium", "Platform", "StrictJSON"], swiftSettings: strictC),
        .target(name: "Settings", dependencies: ["Identifiers", "Platform", "Tokens"], swiftSettings: strictC),
        .target(name: "Gateway", dependencies: ["CLinux", "Platform"], swiftSettings: strictC),
        .target(name: "FastCGI", dependencies: ["CFastCGI", "CLinux", "Gateway", "Platform"], swiftSettings: strictC),
        .target(
            name: "Sessions", dependencies: ["Gateway", "Identifiers", "Platform", "Settings", "StrictJSON", "Tokens"],
            swiftSettings: strictC),
        .target(
            name: "Launch",
            dependencies: ["Gateway", "Identifiers", "Platform", "Sessions", "Settings", "StrictJSON", "Tokens"],
            swiftSettings: strictC),
        .executableTarget(
            name: "welkin-launch",
            dependencies: ["FastCGI", "Gateway", "Identifiers", "Launch", "Platform", "Sessions", "Settings"],
            exclude: ["README.md", "link-order.txt"], swiftSettings: strictC),

        // Welkin's records, for the worker and the simulator.
        .target(name: "Records", dependencies: ["Platform", "StrictJSON"], swiftSettings: strictC),

        // The stand-in for Welkin. What it needs of TLS and cryptography is the system's.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(
            name: "Simulator",
            dependencies: [
                "CCurl", "CSodium", "Platform", "Records", "StrictJSON",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            // In the binary, which is copied alone.
            resources: [.embedInCode("Assets")],
            swiftSettings: strictC),
        .executableTarget(
            name: "welkin-simulator",
            dependencies: [
                "Platform", "Simulator", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["README.md"],
            swiftSettings: strict),

        // The worker.
        .target(
            name: "DataAPI",
            dependencies: [
                "Platform", "Records", "StrictJSON", "Tokens",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strictC),
        .target(name: "StoreFiles", dependencies: ["CLinux", "Platform"], swiftSettings: strictC),
        .target(
            name: "Journal",
            dependencies: [
                "CLinux", "Identifiers", "Platform", "Records", "StoreFiles",
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strictC),
        .target(
            name: "Replica",
            dependencies: [
                "CLinux", "CSodium", "Identifiers", "Platform", "Records", "StoreFiles", "StrictJSON",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strictC),
        .target(
            name: "Sync", dependencies: ["DataAPI", "Records", "Replica", "StoreFiles", "StrictJSON"],
            exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "DataService",
            dependencies: [
                "Gateway", "Identifiers", "Journal", "Platform", "Records", "Replica", "Sessions", "Settings",
                "StoreFiles", "StrictJSON", "Tokens",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strictC),
        .target(
            name: "WorkerProgram",
            dependencies: [
                "CLinux", "DataAPI", "DataService", "Gateway", "Identifiers", "Journal", "Platform", "Records",
                "Replica", "Settings", "StoreFiles", "StrictJSON", "Sync", "Tokens",
                .product(name: "Hummingbird", package: "hummingbird"),
            ],
            swiftSettings: strictC),
        .executableTarget(
            name: "welkin-worker",
            dependencies: [
                "CLinux", "DataAPI", "DataService", "Gateway", "Identifiers", "Journal", "Platform", "Records",
                "Replica", "Settings", "StoreFiles", "Sync", "Tokens", "WorkerProgram",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            exclude: ["README.md"],
            swiftSettings: strictC),

        // What the tests of several targets need.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "IdentifiersTests", dependencies: ["Identifiers"], swiftSettings: strict),
        .testTarget(
            name: "SettingsTests", dependencies: ["Identifiers", "Platform", "Settings", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: strict),
        .testTarget(
            name: "TokensTests",
            dependencies: ["StrictJSON", "Tokens", .product(name: "JWTKit", package: "jwt-kit")],
            swiftSettings: strict),
        .testTarget(name: "GatewayTests", dependencies: ["Gateway"], swiftSettings: strict),
        .testTarget(name: "FastCGITests", dependencies: ["FastCGI", "Gateway"], swiftSettings: strict),
        .testTarget(
            name: "LaunchTests",
            dependencies: [
                "Gateway", "Identifiers", "Launch", "Platform", "Sessions", "Settings", "StrictJSON", "TestSupport",
                "Tokens",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "DataAPITests",
            dependencies: [
                "DataAPI", "StrictJSON", "Tokens",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(name: "StoreFilesTests", dependencies: ["StoreFiles", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Identifiers", "Journal", "Records", "StoreFiles", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReplicaTests",
            dependencies: [
                "Identifiers", "Platform", "Records", "Replica", "StoreFiles", "StrictJSON", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SyncTests",
            dependencies: ["DataAPI", "Identifiers", "Records", "Replica", "StoreFiles", "Sync", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "DataServiceTests",
            dependencies: [
                "DataService", "Gateway", "Identifiers", "Journal", "Platform", "Records", "Replica", "Sessions",
                "StrictJSON", "TestSupport", "Tokens",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WorkerProgramTests",
            dependencies: [
                "DataAPI", "DataService", "Identifiers", "Journal", "Platform", "Records", "Replica", "Sessions",
                "Settings", "StoreFiles", "StrictJSON", "Sync", "TestSupport", "Tokens", "WorkerProgram",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SimulatorTests",
            dependencies: [
                "DataAPI", "Platform", "Records", "Simulator", "Tokens", "welkin-simulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// For scripts/fuzz alone: the launch graph under libFuzzer, whose `main` takes the place of ours.
if Context.environment["WELKIN_FUZZ"] != nil {
    let graph = [
        "CFastCGI", "CLinux", "CSodium", "Platform", "Identifiers", "StrictJSON", "Tokens", "Settings", "Gateway",
        "FastCGI", "Sessions", "Launch",
    ]
    package.dependencies = []
    package.products = []
    package.targets.removeAll { !graph.contains($0.name) }
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: ["CFastCGI", "FastCGI", "Gateway", "Launch", "StrictJSON", "Tokens"],
            path: "Tests/Fuzz/Targets",
            swiftSettings: strictC + [.unsafeFlags(["-parse-as-library"])]))
}
