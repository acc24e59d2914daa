"""An App as somebody else might write one, in Python: it takes a launch, and keeps what Welkin says to it."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from .tls import Certificate
from .tokens import Client

PAGE = """<!doctype html><meta charset="utf-8"><title>Toy</title><body><p>An App.</p><script>
// data-careless is set by a test: an App that believes whoever says welkin_init.
window.inits = []; window.got = []; window.last = 0;
addEventListener('message', (event) => {
  if (event.data !== 'welkin_init') return;
  inits.push({origin: event.origin, isParent: event.source === parent});
  if (event.origin !== HOST_ORIGIN && !('careless' in document.body.dataset)) return;
  window.port = event.ports[0];
  port.onmessage = ({data}) => got.push(data);
});
window.call = (method, params) => port.postMessage(JSON.stringify(
  {message_type: 'welkin_method', message: {method, params, call_id: `c-${++last}`}}));
</script>"""


def _bytes(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def accepts(client: Client, token: str) -> bool:
    """Whether the token is a launch by the client."""
    header, payload, signature = token.split(".")
    expected = hmac.digest(client.secret.encode(), f"{header}.{payload}".encode(), hashlib.sha256)
    claims = json.loads(_bytes(payload))
    return hmac.compare_digest(expected, _bytes(signature)) and claims["exp"] > time.time() \
        and claims["aud"] == client.app_url and claims["welkin_oauth_client_id"] == client.client_id


@dataclass
class ToyApp:
    """One that is running; `wrong` may be changed meanwhile."""

    #: How it differs from an App that is right.
    wrong: Mapping[str, str]
    #: The tokens that were posted to it.
    tokens: list[str] = field(default_factory=list)
    #: Launches are answered while it is set.
    answers: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serve(client: Client, host_origin: str, wrong: Mapping[str, str] | None = None,
          certificate: Certificate | None = None) -> Iterator[ToyApp]:
    """Serves the client's App on the port of its URL, for pages of that host.

    What is wrong with it: `status`, of the answer to a launch; `location`, to which a launch leads; and any header of
    its page, in the place of the one that lets the host frame it.
    """
    app = ToyApp(wrong or {})
    app.answers.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            token = parse_qs(body)["token"][0]
            app.tokens.append(token)
            app.answers.wait()
            status = int(app.wrong.get("status", 302 if accepts(client, token) else 401))
            self.answer(status, "Refused", Location=app.wrong.get("location", "/page?code=sesame"))

        def do_GET(self) -> None:
            self.answer(200, PAGE.replace("HOST_ORIGIN", json.dumps(host_origin)))

        def answer(self, status: int, page: str, **headers: str) -> None:
            content = b"" if status == 204 else page.encode()
            self.send_response(status)
            framing = {name: value for name, value in app.wrong.items() if "-" in name}
            for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content)),
                                **(framing or {"Content-Security-Policy": f"frame-ancestors {host_origin}"}),
                                **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Who breaks off, or does not like the certificate, is nothing to tell of."""

    server = Server(("127.0.0.1", int(client.app_url.split(":")[2].split("/")[0])), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.certificate, certificate.key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield app
    finally:
        app.answers.set()
        server.shutdown()
        thread.join()
        server.server_close()
