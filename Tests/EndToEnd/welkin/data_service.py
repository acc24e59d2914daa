"""welkin-worker serve: the page's data, from a replica that the same worker's syncs keep."""

import json
import re
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import wait
from .http import Answer, Request, Site
from .paths import WORKER
from .process import Process
from .worker import Run, Worker

#: Where the simulator keeps notes.
NOTES = {"WELKIN_NOTE_TYPE": "_note",
         "WELKIN_NOTE_FIELDS": "text=note_text,author=written_by,at=written_at,key=app_key"}

#: The service looks at no host.
_SITE = Site("app.test", 443)


def serve(log: Path, values: Mapping[str, str], *words: str | Path, under: Sequence[str] = (),
          **more: object) -> Process:
    """Starts the service, also again with the same log; `values` is its environment, `under` a command that runs it."""
    def starts() -> int:
        return log.read_bytes().count(b" event=start version=") if log.exists() else 0
    before = starts()
    return Process([*under, WORKER, "serve", *words], log, lambda: starts() > before, env=values, **more)


class DataService:
    """A service in a folder of its own, with the replica and the journal; its log is `data.log` there."""

    def __init__(self, folder: Path, handler: Mapping[str, str], provider: str, api: str,
                 **changes: str | None) -> None:
        """`handler`: the launch handler's settings, since it finds sessions as that does; `api`: the Data API's
        origin."""
        self.folder = folder
        self.log = folder / "data.log"
        self.socket = folder / "data.sock"
        self.worker = Worker(folder, **{**handler, "WELKIN_DATA_API_URL": api, "WELKIN_PROVIDER_ID": provider, **NOTES,
                                        **changes})

    @property
    def journal(self) -> Path:
        return self.worker.home / "journal.db"

    def sync(self, *words: str) -> Run:
        """Brings what is new in Welkin."""
        done = self.worker.run("sync", "--quiet", *words)
        assert done.code == 0, done.errors
        return done

    def listen(self) -> socket.socket:
        """The socket, made as systemd makes it."""
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self.socket))
        listener.listen(128)
        return listener

    def inherit(self, listener: socket.socket) -> Process:
        """Starts it as systemd does."""
        self.process = serve(self.log, self.worker.environment(), stdin=listener.fileno())
        return self.process

    def start(self, *, under: Sequence[str] = ()) -> Process:
        """Also again, after an end of whatever kind; `under` is a command that runs it."""
        self.process = serve(self.log, self.worker.environment(), "--listen", f"unix:{self.socket}", under=under)
        return self.process

    def connect(self, timeout: float = 40) -> socket.socket:
        """A connection as nginx has one."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(timeout)
        connection.connect(str(self.socket))
        return connection

    def send(self, request: Request) -> Answer:
        """A request that nobody has looked at before."""
        with self.connect() as connection:
            return Site.exchange(connection, _SITE.write(request), request.method)

    @staticmethod
    def exchange(connection: socket.socket, request: Request) -> Answer:
        """One of several requests on a connection."""
        return Site.exchange(connection, _SITE.write(request, close=False), request.method)

    def metric(self, name: str) -> float:
        """A metric without labels."""
        text = self.send(Request("GET", "/metrics")).text
        (self.folder / "data.prom").write_text(text)
        return float(re.search(rf"(?m)^{name} (\S+)$", text)[1])

    def until_waiting(self, pages: int) -> None:
        wait.until(lambda: self.metric("welkin_data_waiting_pages") == pages, f"{pages} pages wait")

    def audit(self) -> list[dict]:
        """All that the journal has, as an operator gets it."""
        done = self.worker.run("audit", "--format", "ndjson")
        assert done.code == 0, done.errors
        return [json.loads(line) for line in done.text.splitlines()]

    def __enter__(self) -> "DataService":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()
