"""A thousand pages that wait in `changes`, and when each of them is told of a commit."""

import json
import selectors
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from data.clinic import Session
from harness.processes import BenchError
from harness.settings import ORIGIN


class Pages:
    """Open pages, each with a connection of its own to nginx."""

    def __init__(self, port: int, sessions: list[Session]) -> None:
        self._sessions = sessions
        self._sockets = [socket.create_connection(("127.0.0.1", port)) for _ in sessions]

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._sockets:
            each.close()

    def wait(self, version: str) -> None:
        """Every page asks for changes since this version."""
        body = json.dumps({"after": version})
        for session, connection in zip(self._sessions, self._sockets):
            connection.sendall((
                f"POST {session.path}changes HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                f"X-Welkin-Session: {session.token}\r\nOrigin: {ORIGIN}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            ).encode())

    def told(self, replica: Path) -> tuple[float, str]:
        """Commits a change of every patient; returns the seconds until the last page has heard, and the version."""
        with closing(sqlite3.connect(replica, isolation_level=None)) as database, selectors.DefaultSelector() as selector:
            for connection in self._sockets:
                selector.register(connection, selectors.EVENT_READ)
            for key, _ in selector.select(0):
                raise BenchError(f"answered before anything changed: {key.fileobj.recv(65536)!r}")
            database.execute("BEGIN IMMEDIATE")
            # What a sync notes when a whole page of records has changed.
            database.execute("INSERT INTO welkin_changes (resource, patient, at_us) VALUES ('patients', '*', ?)",
                             [time.time_ns() // 1000])
            start = time.monotonic()
            database.execute("COMMIT")
            version, left = "", len(self._sockets)
            while left:
                ready = selector.select(20)
                if not ready:
                    raise BenchError(f"{left} pages were not told")
                for key, _ in ready:
                    answer = key.fileobj.recv(65536)
                    if b'"patient_changed":true' not in answer:
                        raise BenchError(f"not told of the change: {answer!r}")
                    version = json.loads(answer[answer.index(b"\r\n\r\n") + 4:])["version"]
                    left -= 1
            return time.monotonic() - start, version
