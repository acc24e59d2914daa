extension Setting {
    static let launchSettings: [Setting] = [
        config, appURL, clientID, clientSecret, credentialsFile, sessionKey, sessionKeysFile, providerID, hostOrigin,
        issuer, clockLeeway, sessionIdle, sessionMaximum, handoff, stateFolder, apps,
    ]

    package static let config = Setting(
        "WELKIN_CONFIG", of: .launch, .worker, as: .file, default: .none("–"),
        "a file with the settings below, `NAME=VALUE` lines as in systemd's `EnvironmentFile`, or several, separated by colons; only in the environment"
    )

    package static let appURL = Setting(
        "WELKIN_APP_URL", of: .launch, perApp: true, as: .text, default: .required,
        example: "https://app.example.org/launch",
        "the App URL, exactly as Welkin has it on file. It ends in `/launch`, optionally in a folder. `http` is allowed only for this machine, such as `http://localhost:8480`"
    )

    package static let clientID = Setting(
        "WELKIN_CLIENT_ID", of: .launch, perApp: true, as: .text, default: .required,
        "the client id that Welkin issued for the App; not needed with a credentials file")

    package static let clientSecret = Setting(
        "WELKIN_CLIENT_SECRET", of: .launch, perApp: true, as: .secret, default: .required,
        "the client secret that Welkin issued for the App, in ASCII, without spaces or surrounding quotes; write any other as `base64:…`. Under 16 bytes it is refused; under 32, `check` warns"
    )

    package static let credentialsFile = Setting(
        "WELKIN_CREDENTIALS_FILE", of: .launch, perApp: true, as: .file, default: .none("–"),
        example: "/etc/welkin/credentials",
        "a file with lines of `client_id secret`, all of them live, instead of or in addition to the two above; `#` and `;` start comment lines"
    )

    package static let sessionKey = Setting(
        "WELKIN_SESSION_KEY", of: .launch, as: .secret, default: .required,
        "the key of the handler's own sessions, `base64:` and at least 32 bytes: the output of `welkin-launch generate-key`, and nothing else"
    )

    package static let sessionKeysFile = Setting(
        "WELKIN_SESSION_KEYS_FILE", of: .launch, as: .file, default: .none("–"), example: "/etc/welkin/session-keys",
        "a file with one key per line, instead of or in addition to `WELKIN_SESSION_KEY`; `#` and `;` start comment lines. The first of all keys signs; every key verifies"
    )

    package static let providerID = Setting(
        "WELKIN_PROVIDER_ID", of: .launch, .worker, perApp: true, as: .text, default: .none("any"),
        "the Welkin environment (test, live, sandbox). `welkin-launch` accepts launches only from this one: set it in production. `welkin-worker` requires it: a replica belongs to one environment, and is refused with another"
    )

    package static let hostOrigin = Setting(
        "WELKIN_HOST_ORIGIN", of: .launch, perApp: true, as: .text, default: .value("https://coach.welkinhealth.com"),
        "the origin of the page that shows the App; nginx's `names.conf` must have the same")

    package static let issuer = Setting(
        "WELKIN_ISSUER", of: .launch, perApp: true, as: .text, default: .value("coach.welkinhealth.com"),
        "the required value of `iss`")

    package static let clockLeeway = Setting(
        "WELKIN_CLOCK_LEEWAY", of: .launch, perApp: true, as: .number(0...300, of: "seconds"), default: .value("30"),
        "how much Welkin's clock and this one may differ")

    package static let sessionIdle = Setting(
        "WELKIN_SESSION_IDLE", of: .launch, perApp: true, as: .number(60...86_400, of: "seconds"),
        default: .value("900"),
        "how long a session lasts without renewal")

    package static let sessionMaximum = Setting(
        "WELKIN_SESSION_MAX", of: .launch, perApp: true, as: .number(60...604_800, of: "seconds"),
        default: .value("28800"),
        "how long a session lasts at most")

    package static let handoff = Setting(
        "WELKIN_HANDOFF", of: .launch, perApp: true, as: .onOff, default: .value("on"),
        "`off` keeps the session in the cookie only. Safari, and browsers without third-party cookies, then cannot use the App"
    )

    package static let stateFolder = Setting(
        "WELKIN_STATE_DIR", of: .launch, as: .folder, default: .none("–"), example: "/var/lib/welkin-launch",
        "a folder of its own, mode 700, for one host: with it, launch tokens and hand-offs work only once, and ended sessions stay ended"
    )

    package static let apps = Setting(
        "WELKIN_APPS", of: .launch, as: .words, default: .value("main"), example: "main,video",
        "the names of several Apps, separated by commas. `data` is not allowed, because its settings would be the worker's"
    )
}
