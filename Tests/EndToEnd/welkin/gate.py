"""A proxy before the Data API that tells of each request for a page, and does what a test wants just then."""

import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .data_api import DataAPI
from .serving import Serving


class Moment(Enum):
    """When in a request's life."""

    ASKED = "before the API hears of it"
    WITHIN = "when half of the answer is out"
    ANSWERED = "when the whole answer is out"


@dataclass(frozen=True)
class Rule:
    number: int
    moment: Moment
    action: Callable[[], object]


class Gate(Serving):
    """Forwards everything to the API; numbers the requests for resources, from 1, in the order of their arrival."""

    def __init__(self, api: DataAPI) -> None:
        self.api = api
        self._rules: list[Rule] = []
        self._count = 0
        self._open = 0
        #: The most requests that were waiting for their answers at any time.
        self.most_at_once = 0
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """The requests for resources up to now."""
        return self._count

    def begin(self, *rules: Rule) -> None:
        """Counts from 1 again, and forgets the rules before."""
        with self._lock:
            self._count, self._rules = 0, list(rules)

    def number(self, path: str) -> int:
        if path == "/v1/token":
            return 0
        with self._lock:
            self._count += 1
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
            return self._count

    def close(self, number: int) -> None:
        """The rest of the answer is about to go out."""
        if number:
            with self._lock:
                self._open -= 1

    def act(self, number: int, moment: Moment) -> None:
        for rule in list(self._rules):
            if (rule.number, rule.moment) == (number, moment):
                rule.action()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def make(self) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        return server


def _handler(gate: Gate) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            number = gate.number(self.path)
            try:
                gate.act(number, Moment.ASKED)
                status, headers, body = self._forward()
                self.send_response_only(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                half = len(body) // 2
                self.wfile.write(body[:half])
                gate.act(number, Moment.WITHIN)
                gate.close(number)
                self.wfile.write(body[half:])
                gate.act(number, Moment.ANSWERED)
            except (ConnectionError, http.client.HTTPException):
                # The worker, or the API, is gone or broke off: so does this.
                self.close_connection = True

        do_POST = do_GET

        def _forward(self) -> tuple[int, list[tuple[str, str]], bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", gate.api.port, timeout=30)
            try:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                # With the name by which the worker asked: links and tokens are for that.
                connection.request(self.command, self.path, body or None, dict(self.headers.items()))
                answer = connection.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            finally:
                connection.close()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler
