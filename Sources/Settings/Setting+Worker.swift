extension Setting {
    static let workerSettings: [Setting] = [
        dataClientID, dataClientSecret, dataClientSecretFile, replica, journal, auditDays, dataAPIURL, dataScopes,
        dataRequestsPerSecond, dataConcurrentRequests, resources, filterAlerts, filterAuditLogs, syncOverlap,
        syncSettle, syncPageSize, syncJobs, heartbeatURL, httpsProxy, noProxy, authoritiesFile, authoritiesFolders,
        access, schedule, readable, noteType, noteFields, timeZone, staleAfter,
    ]

    package static let dataClientID = Setting(
        "WELKIN_DATA_CLIENT_ID", of: .worker, as: .text, default: .required,
        "the client id that Welkin issued for the Data API")

    package static let dataClientSecret = Setting(
        "WELKIN_DATA_CLIENT_SECRET", of: .worker, as: .secret, default: .required,
        "its secret, at least 16 bytes; `base64:…` for one that is not ASCII")

    package static let dataClientSecretFile = Setting(
        "WELKIN_DATA_CLIENT_SECRET_FILE", of: .worker, as: .file, default: .none("–"),
        example: "/etc/welkin/data-api-secret",
        "a file that contains only the secret, instead")

    package static let replica = Setting(
        "WELKIN_REPLICA", of: .worker, as: .file, default: .required, example: "/var/lib/welkin-worker/replica.db",
        "the SQLite file. The worker creates its folder (700) and the file (600), and refuses them when others have access to them. Not on a network file system. The lock and the cached token are beside it. An absolute path: neither `~` nor `$HOME` is expanded"
    )

    package static let journal = Setting(
        "WELKIN_JOURNAL", of: .worker, as: .file, default: .none("`journal.db` beside the replica"),
        example: "/var/lib/welkin-worker/journal.db",
        "the SQLite file of what cannot be fetched again: the audit. The rules are those of `WELKIN_REPLICA`. Back it up"
    )

    package static let auditDays = Setting(
        "WELKIN_AUDIT_DAYS", of: .worker, as: .number(1...36_500, of: "days"), default: .value("2192"),
        "how long the audit keeps an entry: six years")

    package static let dataAPIURL = Setting(
        "WELKIN_DATA_API_URL", of: .worker, as: .text, default: .value("https://api.welkinhealth.com"),
        "where the Data API is: scheme and host, without a path. `http` is allowed only for this machine")

    package static let dataScopes = Setting(
        "WELKIN_DATA_SCOPES", of: .worker, as: .words, default: .value("all"),
        "what the client may do, such as `patients.read visits.read`")

    package static let dataRequestsPerSecond = Setting(
        "WELKIN_DATA_REQUESTS_PER_SECOND", of: .worker, as: .number(1...1000, of: "requests"), default: .value("10"),
        "the most requests per second, over all resources")

    package static let dataConcurrentRequests = Setting(
        "WELKIN_DATA_CONCURRENT_REQUESTS", of: .worker, as: .number(1...64, of: "requests"), default: .value("4"),
        "the most requests at a time")

    package static let resources = Setting(
        "WELKIN_RESOURCES", of: .worker, as: .words, default: .none("all"), example: "patients,visits",
        "the resources to pull, from those that `welkin-worker schema` lists")

    package static let filterAlerts = Setting(
        "WELKIN_FILTER_ALERTS", of: .worker, as: .words, default: .value("app_message"),
        "the values of `alert_type` to pull; Find requires one")

    package static let filterAuditLogs = Setting(
        "WELKIN_FILTER_AUDIT_LOGS", of: .worker, as: .words, default: .none("–"),
        "the values of `event_type` to pull; without them audit logs are not pulled")

    package static let syncOverlap = Setting(
        "WELKIN_SYNC_OVERLAP", of: .worker, as: .number(0...86_400, of: "seconds"), default: .value("300"),
        "how far each run goes back, for records that arrive late")

    package static let syncSettle = Setting(
        "WELKIN_SYNC_SETTLE", of: .worker, as: .number(0...3600, of: "seconds"), default: .value("10"),
        "how long before now each run ends: newer records may be incomplete. If this machine's clock is ahead, Welkin's clock counts"
    )

    package static let syncPageSize = Setting(
        "WELKIN_SYNC_PAGE_SIZE", of: .worker, as: .number(1...1000, of: "records"), default: .value("100"),
        "the number of records per page")

    package static let syncJobs = Setting(
        "WELKIN_SYNC_JOBS", of: .worker, as: .number(1...16, of: "streams"), default: .value("2"),
        "how many resources to pull at once")

    package static let heartbeatURL = Setting(
        "WELKIN_HEARTBEAT_URL", of: .worker, as: .secret, default: .none("–"),
        "fetched after each `sync` that exits with 0, so that a monitor can raise an alarm when it is not. Anybody who has it can fake a success"
    )

    package static let httpsProxy = Setting(
        "HTTPS_PROXY", of: .worker, as: .secret, default: .none("–"), example: "http://proxy.example.org:3128",
        "as for most programs (also in lower case): `http://[USER:PASSWORD@]HOST:PORT`, used for every request and for the heartbeat"
    )

    package static let noProxy = Setting(
        "NO_PROXY", of: .worker, as: .text, default: .none("–"),
        "as for most programs (also in lower case): the hosts to reach without the proxy: `host`, `.suffix`, `host:port`, `*`. This machine's own names and addresses never go through it"
    )

    package static let authoritiesFile = Setting(
        "SSL_CERT_FILE", of: .worker, as: .file, default: .none("the system's"),
        "a PEM file with the authorities to trust instead, such as that of a proxy that inspects TLS")

    package static let authoritiesFolders = Setting(
        "SSL_CERT_DIR", of: .worker, as: .folder, default: .none("the system's"),
        "folders of hashed PEM files with the authorities to trust instead, separated by colons")

    package static let access = Setting(
        "WELKIN_ACCESS", of: .worker, as: .choice(["assigned", "all", "none"]), default: .value("assigned"),
        "the patients that a session without a patient may reach through `serve`. `assigned`: those whose primary worker is the session's worker, or who are on that worker's schedule today. A session with a patient reaches that patient only"
    )

    package static let schedule = Setting(
        "WELKIN_SCHEDULE", of: .worker, as: .choice(["own", "none"]), default: .value("own"),
        "the schedule that a session without a patient may see. A session with a patient never gets one")

    package static let readable = Setting(
        "WELKIN_READABLE", of: .worker, perApp: true, as: .words, default: .none("what the page shows"),
        example: "patients.first_name patients.last_name visits",
        "the resources and fields that a page may read through `serve`: `visits` for all fields, `patients.birthday` for one. The page's own lists show only what is named here, too"
    )

    package static let noteType = Setting(
        "WELKIN_NOTE_TYPE", of: .worker, as: .text, default: .none("–"), example: "_note",
        "the `type_name` of the custom data type that holds this clinic's notes; without it the page shows none")

    package static let noteFields = Setting(
        "WELKIN_NOTE_FIELDS", of: .worker, as: .words, default: .value("text=text"),
        example: "text=note_text,author=written_by,at=written_at,key=app_key",
        "which member of a note's `body` holds what: `text` (required), `author` (the author's name), `author_id` (the worker's id), `at` (the time), `key` (a key of the App's)"
    )

    package static let timeZone = Setting(
        "WELKIN_TIMEZONE", of: .worker, as: .text, default: .value("UTC"), example: "America/New_York",
        "the time zone of a schedule's day if Welkin has none for the worker")

    package static let staleAfter = Setting(
        "WELKIN_STALE_AFTER", of: .worker, as: .number(60...86_400, of: "seconds"), default: .value("900"),
        "the age of data at which the page says when it was last updated")
}
