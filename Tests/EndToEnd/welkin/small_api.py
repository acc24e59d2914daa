"""A Data API of no records, that speaks TLS, compresses and adds a mark where a test wants it."""

import gzip
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .serving import Serving
from .tls import Certificate

PAGE = b'{"data": [], "links": {}}'


class SmallAPI(Serving):
    """Gives everybody a token, and an empty page to whoever asks for anything."""

    def __init__(self, certificate: Certificate | None = None, *, before: bytes = b"", compressed: bool = False) -> None:
        self.certificate = certificate
        #: What stands before each body.
        self.before = before
        self.compressed = compressed
        self.page = PAGE
        #: What was asked for, with what encodings were taken.
        self.requests: list[tuple[str, str]] = []
        #: For a server of old: `maximum_version` and the like.
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    def origin(self, host: str = "localhost") -> str:
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}"

    def make(self) -> ThreadingHTTPServer:
        server = _Server(("127.0.0.1", 0), _handler(self))
        if self.certificate:
            self.context.load_cert_chain(self.certificate.certificate, self.certificate.key)
            # The handshake is then made by the thread that reads.
            server.socket = self.context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that does not believe the certificate leaves, which is no error here."""


def _handler(api: SmallAPI) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            api.requests.append((self.path, self.headers.get("Accept-Encoding", "")))
            body = b'{"access_token": "a-token"}' if self.path == "/v1/token" else api.page
            body = api.before + body
            self.send_response(200)
            if api.compressed:
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler
