/// The developer's panel at the foot of every page: Welkin's behaviour, messages to send, and all messages.
enum DeveloperPanel {
    static func html(_ clinic: Clinic) -> HTML {
        """
        <section id="dev-panel" aria-label="Developer" data-open="false">
        <header>
        <button type="button" id="dev-toggle" class="quiet" aria-expanded="false" aria-controls="dev-body">\(Icon.expand)Developer</button>
        <p id="dev-latest"></p>
        <button type="button" id="launch-persistent" class="small">Launch persistent</button>
        <button type="button" id="open-launch-dialog" class="small">Launch with changes…</button>
        </header>
        <div id="dev-body" hidden>
        <div class="controls"><div>
        \(manners)
        \(phone(clinic))
        \(faults)
        \(send)
        </div></div>
        <div class="messages-log">
        <header><h2>Messages</h2><button type="button" id="clear-log" class="small">Clear</button></header>
        <ol id="log" tabindex="0" aria-label="Messages, newest last"></ol>
        </div>
        </div>
        </section>
        <template id="impostor-template"><iframe hidden title="Poses as Welkin" sandbox="allow-scripts" srcdoc="&lt;script src=&quot;/assets/impostor.js&quot;&gt;&lt;/script&gt;"></iframe></template>
        """
    }

    private static let manners: HTML = """
        <fieldset>
        <legend>Welkin</legend>
        <label for="reply-mode">Replies</label>
        <select id="reply-mode" autocomplete="off">
        <option value="silent" selected>none, as today</option>
        <option value="reply">200, or 404 for a missing page</option>
        <option value="not-found">404 to every navigate_to</option>
        </select>
        <label for="message-form">Messages</label>
        <select id="message-form" autocomplete="off">
        <option value="string" selected>as JSON text</option>
        <option value="object">as objects</option>
        </select>
        <label for="init-mode">Init</label>
        <select id="init-mode" autocomplete="off">
        <option value="every" selected>on every load</option>
        <option value="first">on the first load only</option>
        <option value="none">never</option>
        </select>
        </fieldset>
        """

    private static let send: HTML = """
        <fieldset>
        <legend>Send</legend>
        <label for="send-target">To</label>
        <select id="send-target" autocomplete="off">
        <option value="all" selected>every open App</option>
        <option value="app">the App</option>
        <option value="persistent">the persistent App</option>
        </select>
        <label for="notification-event">Event</label>
        <input id="notification-event" value="click_to_call" autocomplete="off" spellcheck="false">
        <label for="notification-params">Parameters</label>
        <input id="notification-params" class="code" value="{&quot;number&quot;:&quot;+14155550132&quot;}" autocomplete="off" spellcheck="false" aria-describedby="send-status">
        <button type="button" id="send-notification" class="small wide">Send event notification</button>
        <label for="malformed-kind">Malformed</label>
        <select id="malformed-kind" autocomplete="off">
        <option value="cut" selected>JSON that is cut off</option>
        <option value="stateless">current_state without state</option>
        <option value="messageless">current_state without message</option>
        <option value="unknown">unknown message_type</option>
        <option value="array">an array</option>
        <option value="null">null</option>
        <option value="number">a number</option>
        </select>
        <div class="buttons">
        <button type="button" id="send-malformed" class="small">Send malformed</button>
        <button type="button" id="send-second-init" class="small">Second init</button>
        <button type="button" id="send-wrong-origin" class="small">Init from a wrong origin</button>
        </div>
        <p id="send-status" role="status"></p>
        </fieldset>
        """

    private static func phone(_ clinic: Clinic) -> HTML {
        let callers: [HTML] = clinic.patients.map { "<option value=\"\($0.id)\">\($0.name)</option>" }
        return """
            <fieldset>
            <legend>Phone</legend>
            <label for="ring-patient">Caller</label>
            <select id="ring-patient" autocomplete="off">\(callers)<option value="">Unknown caller</option></select>
            <div class="buttons">
            <button type="button" id="ring" class="small">Ring</button>
            <button type="button" id="hang-up" class="small" disabled>Hang up</button>
            </div>
            <p id="phone-status" role="status"></p>
            </fieldset>
            """
    }

    /// The faults of the data routes (`POST /faults`).
    private static let faults: HTML = """
        <fieldset>
        <legend>Data</legend>
        <label for="fault-route">Route</label>
        <select id="fault-route" autocomplete="off">\(DataRoute.allCases.map { "<option>\($0.rawValue)</option>" as HTML })</select>
        <label for="fault-mode">Answers</label>
        <select id="fault-mode" autocomplete="off">\(Faults.Mode.allCases.map { "<option value=\"\($0.rawValue)\">\(words($0))</option>" as HTML })</select>
        <button type="button" id="set-fault" class="small wide">Apply from now on</button>
        <p id="fault-status" role="status"></p>
        </fieldset>
        """

    private static func words(_ mode: Faults.Mode) -> String {
        switch mode {
        case .refuse: "422, refused"
        case .unavailable: "503, come back later"
        case .slow: "nothing until this changes"
        case .drop: "503 from nginx, after doing the work"
        case .cut: "half an answer, after doing the work"
        case .queue: "202, accepted (notes)"
        case .none: "normally"
        }
    }
}
