import DataAPI
import Launch
import Platform
import Settings
import Sync
import TestSupport
import Testing
import Tokens
import WorkerProgram

@Suite("Worker settings") struct WorkerSettingsTests {
    private static let good = [
        "WELKIN_DATA_CLIENT_ID": "demo", "WELKIN_DATA_CLIENT_SECRET": "a-secret-for-the-data-api",
        "WELKIN_PROVIDER_ID": "2c75593b-acce-46ec-9ab3-bb642ba7cc0e", "WELKIN_REPLICA": "/tmp/replica.db",
    ]

    private func load(_ changes: [String: String?]) -> LoadedSettings<WorkerSettings> {
        var environment = Self.good
        for (name, value) in changes { environment[name] = value }
        return WorkerSettings.load(environment: environment)
    }

    @Test("Four settings are enough; everything else has a default") func enough() throws {
        let loaded = load([:])
        let settings = try #require(loaded.value)
        #expect(loaded.problems.isEmpty && loaded.warnings.isEmpty)
        #expect(settings.access.origin == .welkin)
        #expect(settings.access.scopes == ["all"])
        #expect(load(["WELKIN_DATA_SCOPES": " , "]).value?.access.scopes == ["all"])
        #expect(settings.resources.count == Catalogue.resources.count)
        #expect(settings.sync.overlap == .seconds(300))
        #expect(settings.jobs == 2)
    }

    @Test("Each of the four is missed by its name") func missing() {
        for name in Self.good.keys {
            let loaded = load([name: nil as String?])
            #expect(loaded.value == nil)
            #expect(loaded.problems.map(\.setting) == [name])
        }
    }

    @Test("Every problem is told at once, and no secret with it") func allAtOnce() {
        let loaded = load([
            "WELKIN_REPLICA": nil, "WELKIN_DATA_CLIENT_SECRET": "short-one",
            "WELKIN_DATA_API_URL": "http://example.org",
            "WELKIN_RESOURCES": "patients, pateints", "WELKIN_SYNC_PAGE_SIZE": "0", "WELKIN_HEARTBEAT_URL": "ping",
        ])
        #expect(
            Set(loaded.problems.map(\.setting)) == [
                "WELKIN_REPLICA", "WELKIN_DATA_CLIENT_SECRET", "WELKIN_DATA_API_URL", "WELKIN_RESOURCES",
                "WELKIN_SYNC_PAGE_SIZE", "WELKIN_HEARTBEAT_URL",
            ])
        #expect(!loaded.problems.description.contains("short-one"))
    }

    @Test("A secret comes from a file, without the line's end; not from two places") func secretFile() throws {
        let file = "/run/secrets/welkin"
        let inFile = ["WELKIN_DATA_CLIENT_SECRET": nil, "WELKIN_DATA_CLIENT_SECRET_FILE": file]
        let missing = load(inFile)
        #expect(missing.problems.map(\.setting) == ["WELKIN_DATA_CLIENT_SECRET_FILE"])
        let twice = load(["WELKIN_DATA_CLIENT_SECRET_FILE": file])
        #expect(twice.problems.map(\.setting) == ["WELKIN_DATA_CLIENT_SECRET_FILE"])
        try TemporaryFolder.use { folder in
            try folder.write("a-secret-for-the-data-api\n", to: "secret")
            let there = load([
                "WELKIN_DATA_CLIENT_SECRET": nil, "WELKIN_DATA_CLIENT_SECRET_FILE": folder.path("secret"),
            ])
            #expect(try #require(there.value).access.secret.count == 25)
        }
    }

    @Test(
        "A secret with anything around it is refused, in a file with its line, and not shown",
        arguments: [
            "\"hunter2-hunter2-hunter2\"", "WELKIN_DATA_CLIENT_SECRET=hunter2-hunter2-hunter2",
            "\u{FEFF}hunter2-hunter2-hunter2", "hunter2-hunter2-hunter2\u{A0}", "hunter2-hunter2-hunter2 # the secret",
            "\u{200B}hunter2-hunter2-hunter2", "“hunter2-hunter2-hunter2”",
        ])
    func spoiltSecret(_ text: String) throws {
        let loaded = load(["WELKIN_DATA_CLIENT_SECRET": text])
        #expect(loaded.problems.map(\.setting) == ["WELKIN_DATA_CLIENT_SECRET"])
        #expect(!loaded.problems.description.contains("hunter2"))
        try TemporaryFolder.use { folder in
            let inFile = [
                "WELKIN_DATA_CLIENT_SECRET": nil, "WELKIN_DATA_CLIENT_SECRET_FILE": folder.path("secret"),
            ]
            try folder.write("\n\n\(text)\n", to: "secret")
            let problems = load(inFile).problems
            #expect(problems.map(\.setting) == ["WELKIN_DATA_CLIENT_SECRET_FILE"])
            #expect(problems.first?.problem.hasPrefix("line 3 of ") == true)
            #expect(!problems.description.contains("hunter2"))
            try folder.write("\n\nhunter2-hunter2-hunter2\r\n", to: "secret")
            #expect(load(inFile).value?.access.secret.count == 23)
            try folder.write("#unter2-hunter2-hunter2", to: "secret")
            #expect(load(inFile).value?.access.secret.count == 23, "it holds the secret and nothing else, no comment")
            try folder.write("hunter2-hunter2-hunter2\nhunter2-hunter2-hunter2\n", to: "secret")
            #expect(load(inFile).problems.first?.problem.contains("more than one line") == true)
        }
    }

    @Test("A word that is no resource's name is not repeated where it could be a secret")
    func resourceNames() {
        let told = load(["WELKIN_RESOURCES": "patiens,kT9vQ2xw7RmLp4Zc8N"]).problems.map(\.description)
        #expect(told.count == 2 && told[0].contains("patiens is not") && told[0].contains("Did you mean patients?"))
        #expect(told[1].contains("word 2 of it") && !told[1].contains("kT9vQ2xw7"))
    }

    @Test(
        "A path that is to be expanded, or is none by itself, is a problem and not taken literally",
        arguments: [
            "$HOME/replica.db", "${HOME}/replica.db", "/srv/$USER/replica.db", "~/replica.db", "~welkin/replica.db",
            "replica.db", "./replica.db", "../replica.db",
        ])
    func paths(path: String) {
        #expect(load(["WELKIN_REPLICA": path]).problems.map(\.setting) == ["WELKIN_REPLICA"])
        #expect(ReplicaSettings.load(environment: ["WELKIN_REPLICA": path]).value == nil)
        let secret = load(["WELKIN_DATA_CLIENT_SECRET": nil, "WELKIN_DATA_CLIENT_SECRET_FILE": path])
        #expect(secret.problems.map(\.setting) == ["WELKIN_DATA_CLIENT_SECRET_FILE"])
        #expect(secret.problems[0].problem.contains("expanded") || secret.problems[0].problem.contains("relative"))
        // The twin: a tilde that stands for nothing.
        #expect(load(["WELKIN_REPLICA": "/srv/a~b/replica.db"]).value != nil)
    }

    @Test("The network's variables are read from environment and file; their problems do not show them")
    func network() throws {
        let good = load(["HTTPS_PROXY": "http://u:hunter2@proxy:3128", "NO_PROXY": ".example.org"])
        let network = try #require(good.value).access.network
        #expect(network.proxy(for: .welkin) != nil)
        #expect(network.proxy(for: Origin("https://api.example.org")!) == nil)
        #expect(try #require(load(["https_proxy": "proxy"]).value).access.network.proxy != nil)
        #expect(try #require(load(["HTTPS_PROXY": "", "SSL_CERT_FILE": ""]).value).access.network.proxy == nil)
        #expect(try #require(load(["HTTP_PROXY": "http://proxy"]).value).access.network.proxy == nil)
        for (name, value) in [
            ("HTTPS_PROXY", "https://u:hunter2@proxy"), ("https_proxy", "hunter2:x"),
            ("SSL_CERT_FILE", "/none/hunter2"),
            ("SSL_CERT_DIR", "/none/hunter2"),
        ] {
            let loaded = load([name: value])
            #expect(loaded.value == nil && loaded.problems.map(\.setting) == [name])
            #expect(!loaded.problems.description.contains("hunter2"))
        }
        try TemporaryFolder.use { folder in
            try folder.write("HTTPS_PROXY=http://proxy:3128\n", to: "worker.env")
            let loaded = load(["WELKIN_CONFIG": folder.path("worker.env")])
            #expect(try #require(loaded.value).access.network.proxy != nil)
        }
    }

    @Test("Filter values and resources are lists; the environment goes before the file") func lists() throws {
        try TemporaryFolder.use { folder in
            try folder.write(
                "WELKIN_RESOURCES=patients visits\nWELKIN_FILTER_AUDIT_LOGS=login, logout\nWELKIN_SYNC_JOBS=5\n",
                to: "worker.env")
            let loaded = load(["WELKIN_CONFIG": folder.path("worker.env"), "WELKIN_SYNC_JOBS": "3"])
            let settings = try #require(loaded.value)
            #expect(settings.resources.map(\.name) == ["patients", "visits"])
            #expect(settings.filterValues == ["audit_logs": ["login", "logout"]])
            #expect(settings.jobs == 3)
        }
    }

    @Test("A name that nearly is one of ours is warned of, another program's is not") func unknownNames() {
        let loaded = load([
            "WELKIN_SYNC_JBOS": "3", "WELKIN_FILTER_PATIENTS": "x", "WELKIN_APP_URL": "https://a.example/launch",
            "WELKIN_REPLCA": "/tmp/r.db",
        ])
        #expect(loaded.value != nil)
        #expect(
            loaded.warnings.map(\.setting) == ["WELKIN_FILTER_PATIENTS", "WELKIN_REPLCA", "WELKIN_SYNC_JBOS"])
        #expect(
            loaded.warnings.map(\.remedy).dropFirst() == [
                "Did you mean WELKIN_REPLICA?", "Did you mean WELKIN_SYNC_JOBS?",
            ])
    }

    @Test("A resource that nearly is one is told with its name; another is not guessed at") func nearResources() {
        let near = load(["WELKIN_RESOURCES": "patients,visit"])
        #expect(
            near.problems.map(\.description) == [
                "WELKIN_RESOURCES: visit is not in the catalogue. Did you mean visits?"
            ])
        #expect(load(["WELKIN_RESOURCES": "care_bundles"]).problems.first?.remedy.contains("schema") == true)
    }

    @Test("A settings file that cannot be read is the only problem: what is missing may be in it")
    func unreadableFile() {
        let environment = ["WELKIN_CONFIG": "/nonexistent/worker.env", "WELKIN_SYNC_JBOS": "3"]
        for loaded in [
            WorkerSettings.load(environment: environment).problems
                + WorkerSettings.load(environment: environment).warnings,
            ReplicaSettings.load(environment: environment).problems,
        ] {
            #expect(loaded.map(\.setting) == ["WELKIN_CONFIG"])
        }
        #expect(TrialSettings.load(environment: environment.merging(Self.good) { $1 }) == nil)
    }

    @Test("Welkin can be tried whatever else is wrong, but not without address, id and secret") func trial() throws {
        var environment = Self.good
        for name in ["WELKIN_REPLICA", "WELKIN_PROVIDER_ID"] { environment[name] = nil }
        environment["WELKIN_RESOURCES"] = "patients, pateints"
        environment["WELKIN_SYNC_PAGE_SIZE"] = "0"
        #expect(WorkerSettings.load(environment: environment).value == nil)
        let trial = try #require(TrialSettings.load(environment: environment))
        #expect(trial.resources.map(\.name) == ["patients"])
        #expect(trial.access.clientID == "demo")
        for (name, value) in [
            ("WELKIN_DATA_CLIENT_ID", nil), ("WELKIN_DATA_CLIENT_SECRET", "short"), ("WELKIN_DATA_API_URL", "x"),
        ] {
            var environment = Self.good
            environment[name] = value
            #expect(TrialSettings.load(environment: environment) == nil)
        }
    }

    @Test("Reading the replica needs nothing but its path") func reading() throws {
        let loaded = ReplicaSettings.load(environment: ["WELKIN_REPLICA": "/tmp/replica.db"])
        #expect(try #require(loaded.value).path == "/tmp/replica.db")
        #expect(ReplicaSettings.load(environment: [:]).problems.map(\.setting) == ["WELKIN_REPLICA"])
    }

    @Test("What the library and the catalogue take by themselves is what is declared as the default") func defaults()
        throws
    {
        #expect(Origin.welkin.text == Setting.dataAPIURL.standardValue)
        #expect(Catalogue.allScope == Setting.dataScopes.standardValue)
        #expect(Set(Resource.filtered.map(\.setting)) == [.filterAlerts, .filterAuditLogs])
        for (resource, setting) in Resource.filtered {
            let filter = try #require(resource.requiredFilters.first)
            let known = resource.operation(.find)?.parameter(filter)?.values ?? []
            #expect(known == setting.standardValue.map { [$0] } ?? [], "\(resource.name)")
        }
    }
}
