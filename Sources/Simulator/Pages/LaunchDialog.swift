/// The dialog for launches that are invalid on purpose. Its script fills in the claims.
enum LaunchDialog {
    static func html(appURL: AppAddress) -> HTML {
        """
        <dialog id="launch-dialog" aria-labelledby="launch-title">
        <form method="dialog" autocomplete="off" spellcheck="false">
        <header>
        <h2 id="launch-title">Launch with changes</h2>
        <p>The token is posted to <code id="launch-url">\(appURL.text)</code></p>
        </header>
        <div class="fields">
        <fieldset class="plain">
        <legend>Open as</legend>
        <label><input type="radio" name="where" value="app" checked> App beside the page</label>
        <label><input type="radio" name="where" value="persistent"> persistent App</label>
        </fieldset>
        <label for="launch-preset">Flaw</label>
        <select id="launch-preset"></select>
        <fieldset class="claims">
        <legend>Claims</legend>
        \(LaunchClaims.names.map(claim))
        </fieldset>
        <details>
        <summary>More claims, header, signature</summary>
        <div class="grid">
        <label for="more-claims">Claims as raw JSON, one per line</label>
        <textarea id="more-claims" name="more-claims" class="code" rows="2" placeholder="welkin_patient_id=7"></textarea>
        <label for="repeated-claims">Claims repeated at the end</label>
        <textarea id="repeated-claims" name="repeated-claims" class="code" rows="2" placeholder="exp=4102444800"></textarea>
        <label for="algorithm">Header: alg</label>
        <input id="algorithm" name="algorithm" class="code" value="HS256" list="algorithms">
        <datalist id="algorithms"><option value="HS256"><option value="HS384"><option value="HS512"><option value="RS256"><option value="none"></datalist>
        <label for="token-type">Header: typ</label>
        <input id="token-type" name="type" class="code" value="JWT">
        <label for="critical">Header: crit, one name</label>
        <input id="critical" name="critical" class="code">
        <label for="encoding">Segments</label>
        <select id="encoding" name="encoding">\(SegmentEncoding.allCases.map(option))</select>
        <label for="other-secret">Different secret</label>
        <input id="other-secret" name="secret" class="code" placeholder="the client’s own">
        <label for="damage">After signing</label>
        <select id="damage" name="damage">
        <option value="">change nothing</option>
        \(TokenFlaws.Segment.allCases.map { "<option value=\"tamper=\($0.rawValue)\">change the \($0.rawValue)</option>" as HTML })
        <option value="drop-signature">cut off the signature</option>
        </select>
        </div>
        </details>
        </div>
        <p id="launch-problem" role="alert"></p>
        <footer>
        <button type="button" id="launch-cancel">Cancel</button>
        <button type="submit" id="launch-submit" class="primary">Launch</button>
        </footer>
        </form>
        </dialog>
        """
    }

    /// A row: the claim's value, and a checkbox that omits it. `exp` is given in seconds from now.
    private static func claim(_ name: String) -> HTML {
        let input: HTML =
            name == "exp"
            ? "<input id=\"claim-exp\" data-claim=\"exp\" name=\"expires-in\" class=\"code\" type=\"number\" value=\"\(LaunchClaims.lifetime)\" required>"
            : "<input id=\"claim-\(name)\" data-claim=\"\(name)\" name=\"claim.\(name)\" class=\"code\">"
        let unit: HTML = name == "exp" ? "<small>seconds from now</small>" : ""
        return """
            <div class="claim">
            <label for="claim-\(name)" class="code">\(name)\(unit)</label>
            \(input)
            <label class="without"><input type="checkbox" id="without-\(name)" name="without.\(name)"> omit</label>
            </div>

            """
    }

    private static func option(_ encoding: SegmentEncoding) -> HTML {
        "<option value=\"\(encoding.rawValue)\">\(encoding.rawValue.replacing("-", with: " ")) base64url</option>"
    }
}
