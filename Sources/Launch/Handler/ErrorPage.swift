import Gateway
import Platform
import Sessions
import StrictJSON
import Tokens

/// The page in the iframe when a launch fails, and its JSON form.
enum ErrorPage {
    /// - Parameters:
    ///   - hostOrigin: who may frame the page; nil if unknown. Then anybody may, because the page has
    ///     nothing to click.
    static func response(
        _ status: Int, code: String, _ message: ErrorMessage, id: CorrelationID, hostOrigin: Origin?,
        asJSON: Bool, headers: [Response.Header] = []
    ) -> Response {
        if asJSON {
            return Answers.json(status, headers) {
                $0.member("error", code)
                $0.member("title", message.title)
                $0.member("message", "\(message.whatHappened) \(message.whatToDo)")
                $0.member("id", id.text)
            }
        }
        var response = Answers.text(status, html(message, id), type: "text/html; charset=utf-8")
        response.headers +=
            [
                Response.Header("Content-Security-Policy", policy(hostOrigin)),
                Response.Header("Referrer-Policy", "no-referrer"),
            ] + headers
        return response
    }

    private static func policy(_ hostOrigin: Origin?) -> String {
        "default-src 'none'; style-src 'sha256-\(styleHash)'; base-uri 'none'; form-action 'none'; "
            + (hostOrigin.map { "frame-ancestors \($0.text)" } ?? "")
    }

    private static let styleHash = String(decoding: Base64.encode(SHA256.hash(Array(style.utf8))), as: UTF8.self)

    private static func html(_ message: ErrorMessage, _ id: CorrelationID) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(message.title)</title>
        <style>\(style)</style>
        </head>
        <body>
        <main>
        <h1>\(message.title)</h1>
        <p>\(message.whatHappened)</p>
        <p class="do"><b>What to do</b> \(message.whatToDo)</p>
        <p class="id">If it happens again, give your support this reference: <code id="reference">\(id.text)</code></p>
        </main>
        </body>
        </html>

        """
    }

    /// The same look as the App's page and nginx's own error page (nginx/snippets/http-error-page.conf).
    private static let style = """
        :root{color-scheme:light dark;--bg:#f3f6f7;--card:#fff;--ink:#17262d;--soft:#546872;\
        --line:#dbe3e6;--do:#eaf3f3;--mark:#a15c07;--tint:#fcf0dc}\
        @media(prefers-color-scheme:dark){:root{--bg:#11181c;--card:#1a2429;--ink:#e7eef0;--soft:#9fb1b9;\
        --line:#2d3b42;--do:#16302f;--mark:#f0b860;--tint:#3a2d16}}*{box-sizing:border-box}body{margin:0;\
        padding:16px;background:var(--bg);color:var(--ink);\
        font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}main{display:grid;\
        grid-template-columns:40px 1fr;gap:0 16px;max-width:640px;margin:0 auto;padding:20px;\
        background:var(--card);border:1px solid var(--line);border-radius:12px}main:before{content:"!";\
        grid-row:1/9;width:40px;height:40px;border-radius:50%;background:var(--tint);color:var(--mark);\
        font-size:22px;font-weight:700;line-height:40px;text-align:center}h1{margin:0 0 4px;\
        font-size:20px;line-height:1.3;font-weight:650}p{margin:0}.do{margin:16px 0;padding:12px 16px;\
        background:var(--do);border-radius:8px;font-weight:600}.do b{display:block;font-size:13px;\
        color:var(--soft);font-weight:600}.id{font-size:13px;color:var(--soft)}\
        code{font:600 13px ui-monospace,Menlo,Consolas,monospace;color:var(--ink)}\
        @media(max-width:480px){main{display:block;padding:16px}main:before{display:block;\
        margin-bottom:12px}}
        """
}
