"""A web server that notes what it is asked for."""

from http.server import BaseHTTPRequestHandler, HTTPServer

from .serving import Serving


class Listener(Serving):
    """Answers every GET with `status`."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.status = 200

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def make(self) -> HTTPServer:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.paths.append(self.path)
                self.send_response_only(listener.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        return HTTPServer(("127.0.0.1", 0), Handler)
