"""A server in a thread of this process, for as long as a `with` block."""

import socketserver
import threading
from typing import Self


class Serving:
    """Serves what :meth:`make` makes."""

    _server: socketserver.BaseServer

    def make(self) -> socketserver.BaseServer:
        """A server that listens on a port of this machine."""
        raise NotImplementedError

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._server = self.make()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
