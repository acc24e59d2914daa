"""A FastCGI client that can send any record, right or wrong (FastCGI specification 1.0)."""

import socket
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .http import Answer, Request

BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, STDERR, DATA, GET_VALUES, GET_VALUES_RESULT, UNKNOWN = range(1, 12)
RESPONDER, AUTHORIZER = 1, 2


def record(kind: int, content: bytes = b"", *, request: int = 1, version: int = 1,
           length: int | None = None, padding: bytes = b"") -> bytes:
    """One record; `length` may lie about the content."""
    declared = len(content) if length is None else length
    return struct.pack(">BBHHBx", version, kind, request, declared, len(padding)) + content + padding


def begin(*, role: int = RESPONDER, keep: bool = False, request: int = 1) -> bytes:
    return record(BEGIN, struct.pack(">HB5x", role, int(keep)), request=request)


def _length(size: int) -> bytes:
    return struct.pack(">B", size) if size < 128 else struct.pack(">I", size | 0x8000_0000)


def pair(name: str, value: str | bytes) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _length(len(name)) + _length(len(raw)) + name.encode() + raw


def stream(kind: int, content: bytes, *, request: int = 1, chunk: int = 65535) -> bytes:
    """A whole stream: its content in records of at most `chunk` bytes, then the empty one that ends it."""
    parts = [content[at:at + chunk] for at in range(0, len(content), chunk)]
    return b"".join(record(kind, part, request=request) for part in parts) + record(kind, request=request)


def variables(request: Request, name: str = "app.clinic.test", https: bool = True) -> dict[str, str]:
    """The CGI/1.1 variables (RFC 3875) that a web server makes of a request."""
    path, _, query = request.target.partition("?")
    made = {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "end-to-end-tests",
        "SERVER_NAME": name,
        "SERVER_PORT": "443" if https else "80",
        "REMOTE_ADDR": "192.0.2.7",
        "REQUEST_METHOD": request.method,
        "REQUEST_URI": request.target,
        "SCRIPT_NAME": path,
        "QUERY_STRING": query,
        "HTTP_HOST": name,
    }
    if https:
        made["HTTPS"] = "on"
    if request.content_type is not None:
        made["CONTENT_TYPE"] = request.content_type
    if request.declared is not None:
        made["CONTENT_LENGTH"] = request.declared
    for field, value in request.headers:
        made["HTTP_" + field.upper().replace("-", "_")] = value
    return made


def messages(request: Request, *, keep: bool = False, extra: Mapping[str, str] | None = None) -> bytes:
    """All records of one good request."""
    params = b"".join(pair(name, value) for name, value in {**variables(request), **(extra or {})}.items())
    return begin(keep=keep) + stream(PARAMS, params) + stream(STDIN, request.body)


@dataclass
class Connection:
    """A connection to a FastCGI socket."""

    channel: socket.socket

    @staticmethod
    def to(path: Path, timeout: float = 15) -> "Connection":
        channel = socket.socket(socket.AF_UNIX)
        channel.settimeout(timeout)
        channel.connect(str(path))
        return Connection(channel)

    def send(self, *data: bytes) -> None:
        """Sends what the other side takes: it may drop a connection before it has read all."""
        try:
            self.channel.sendall(b"".join(data))
        except (BrokenPipeError, ConnectionResetError):
            pass

    def done_sending(self) -> None:
        self.channel.shutdown(socket.SHUT_WR)

    def _exactly(self, count: int) -> bytes:
        read = b""
        while len(read) < count:
            more = self.channel.recv(count - len(read))
            if not more:
                break
            read += more
        return read

    def records(self) -> Iterable[tuple[int, int, bytes]]:
        """Records as they come (kind, request id, content), until the other side closes."""
        while True:
            try:
                head = self._exactly(8)
            except ConnectionResetError:
                return
            if len(head) < 8:
                return
            _, kind, request, length, padding = struct.unpack(">BBHHBx", head)
            content = self._exactly(length)
            self._exactly(padding)
            yield kind, request, content

    def answer(self) -> Answer | None:
        """The answer of the request under way; None when the connection ended without one."""
        output = b""
        for kind, _, content in self.records():
            if kind == STDOUT:
                output += content
            elif kind == END:
                return Answer.from_cgi(output)
        return None

    def close(self) -> None:
        self.channel.close()

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def send(path: Path, request: Request, extra: Mapping[str, str] | None = None) -> Answer:
    """One whole request over a connection of its own."""
    with Connection.to(path) as connection:
        connection.send(messages(request, extra=extra))
        answer = connection.answer()
        assert answer is not None, "the connection ended without an answer"
        return answer
