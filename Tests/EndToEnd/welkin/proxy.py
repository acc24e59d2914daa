"""A proxy that is asked for a way through (CONNECT), and leads all of them to one port of this machine."""

import socket
import socketserver
import threading

from .serving import Serving


class Proxy(Serving):
    """Notes where it is asked to go, and by whom."""

    def __init__(self, port: int, *, status: str = "200 Connection established") -> None:
        self.target = port
        self.status = status
        self.asked: list[str] = []
        self.authorizations: list[str] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def make(self) -> socketserver.BaseServer:
        return _Server(("127.0.0.1", 0), _handler(self))


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


def _handler(proxy: Proxy) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            proxy.asked.append(self.rfile.readline().decode().strip())
            while header := self.rfile.readline().decode().strip():
                name, _, value = header.partition(": ")
                if name.lower() == "proxy-authorization":
                    proxy.authorizations.append(value)
            self.wfile.write(f"HTTP/1.1 {proxy.status}\r\n\r\n".encode())
            if not proxy.status.startswith("200"):
                return
            with socket.create_connection(("127.0.0.1", proxy.target)) as other:
                back = threading.Thread(target=_copy, args=(other, self.connection))
                back.start()
                _copy(self.connection, other)
                back.join()

    return Handler


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        # One of the two is gone; the other is told.
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
