"""Requests as values, and a plain HTTP client that sends exactly what it is told."""

import http.client
import json
import random
import re
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """One request, before any transport. `length` is what is declared; None declares nothing."""

    method: str = "GET"
    target: str = "/"
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    content_type: str | None = None
    length: str | None = "right"

    @property
    def declared(self) -> str | None:
        if self.length == "right":
            return str(len(self.body)) if self.body or self.method == "POST" else None
        return self.length

    def having(self, *headers: tuple[str, str], **changes: object) -> "Request":
        """A copy with more headers and other changes."""
        return replace(self, headers=(*self.headers, *headers), **changes)


def launch(token: str, target: str = "/launch", **changes: object) -> Request:
    """The form post that Welkin's page makes."""
    body = f"token={quote(token, safe='')}".encode()
    return replace(Request("POST", target, body=body, content_type=FORM), **changes)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Sequence[tuple[str, str]] = field(default_factory=tuple)
    body: bytes = b""

    def __getitem__(self, name: str) -> str:
        return self.all(name)[0]

    def get(self, name: str) -> str | None:
        found = self.all(name)
        return found[0] if found else None

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def id(self) -> str:
        """The correlation id that an error page or an error's JSON shows."""
        return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", self.text)[0]

    @staticmethod
    def from_cgi(output: bytes) -> "Answer":
        """Reads what a CGI or FastCGI program wrote: header fields, a blank line, the body."""
        head, _, body = output.partition(b"\r\n\r\n") if b"\r\n\r\n" in output else output.partition(b"\n\n")
        pairs = [line.split(":", 1) for line in head.decode().splitlines() if line]
        fields = [(name.strip(), value.strip()) for name, value in pairs]
        status = next((int(v.split()[0]) for n, v in fields if n.lower() == "status"), 200)
        return Answer(status, tuple(fields), body)


@dataclass(frozen=True)
class Site:
    """Where a server is reached: a name for its Host header and certificate, a loopback port."""

    name: str
    port: int
    authority: Path | None = None

    @property
    def origin(self) -> str:
        return f"{'https' if self.authority else 'http'}://{self.name}:{self.port}"

    def connect(self, timeout: float = 15, source: str | None = None) -> socket.socket:
        """A connection from `source`, or from some loopback address: the site limits launches by
        address, and a test that floods it would spoil the others'."""
        if source is None:
            source = "127." + ".".join(str(random.randrange(1, 255)) for _ in range(3))
        plain = socket.create_connection(("127.0.0.1", self.port), timeout, (source, 0))
        if self.authority is None:
            return plain
        context = ssl.create_default_context(cafile=str(self.authority))
        return context.wrap_socket(plain, server_hostname=self.name)

    def write(self, request: Request, *, close: bool = True) -> bytes:
        """The request as HTTP/1.1 bytes."""
        lines = [f"{request.method} {request.target} HTTP/1.1", f"Host: {self.name}:{self.port}"]
        if request.content_type is not None:
            lines.append(f"Content-Type: {request.content_type}")
        if request.declared is not None:
            lines.append(f"Content-Length: {request.declared}")
        lines += [f"{name}: {value}" for name, value in request.headers]
        if close:
            lines.append("Connection: close")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + request.body

    def send(self, request: Request, timeout: float = 15, source: str | None = None) -> Answer:
        """Sends `request` on a connection of its own and reads the whole answer."""
        with self.connect(timeout, source) as connection:
            return self.exchange(connection, self.write(request), request.method)

    @staticmethod
    def exchange(connection: socket.socket, data: bytes, method: str = "POST") -> Answer:
        """Sends bytes on an open connection and reads one answer."""
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # A server may answer before it has read a body that it refuses.
        response = http.client.HTTPResponse(connection, method=method)
        response.begin()
        return Answer(response.status, tuple(response.getheaders()), response.read())
