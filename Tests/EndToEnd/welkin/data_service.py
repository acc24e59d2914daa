"""welkin-worker serve: the page's data, from a replica that the same worker's syncs keep."""

from collections.abc import Mapping
from pathlib import Path

from . import wait
from .http import Site
from .paths import WORKER
from .process import Process
from .worker import Run, Worker

#: Where the simulator keeps notes.
NOTES = {"WELKIN_NOTE_TYPE": "_note",
         "WELKIN_NOTE_FIELDS": "text=note_text,author=written_by,at=written_at,key=app_key"}

#: The launch handler's settings that the service needs, too: it finds sessions as the handler does.
SHARED = ("WELKIN_APP_URL", "WELKIN_APPS", "WELKIN_SESSION_", "WELKIN_STATE_DIR")


class DataService:
    """A service in a folder of its own, with the replica and the journal; its log is `data.log` there."""

    def __init__(self, folder: Path, handler: Mapping[str, str], provider: str, api: str,
                 **changes: str | None) -> None:
        """`handler`: the launch handler's settings; `api`: the Data API's origin."""
        shared = {name: value for name, value in handler.items() if name.startswith(SHARED)}
        self.folder = folder
        self.log = folder / "data.log"
        self.socket = folder / "data.sock"
        self.worker = Worker(folder, WELKIN_DATA_API_URL=api, WELKIN_PROVIDER_ID=provider, **NOTES, **shared,
                             **changes)

    @property
    def journal(self) -> Path:
        return self.worker.home / "journal.db"

    def sync(self, *words: str) -> Run:
        """Brings what is new in Welkin."""
        done = self.worker.run("sync", "--quiet", *words)
        assert done.code == 0, done.errors
        return done

    def start(self, listen: str | None = None, **changes: str | None) -> Process:
        """Also again, after an end of whatever kind; `listen`: another address than the socket."""
        before = self._starts()
        self.process = Process([WORKER, "serve", "--listen", listen or f"unix:{self.socket}"], self.log,
                               lambda: self._starts() > before, env=self.worker.environment(**changes))
        return self.process

    def start_loopback(self) -> Site:
        """On a port of this machine: requests as nginx would send them."""
        site = Site("127.0.0.1", wait.free_port())
        self.start(f"127.0.0.1:{site.port}")
        return site

    def _starts(self) -> int:
        """How often the log says that a process serves."""
        return self.log.read_bytes().count(b"event=start version=") if self.log.exists() else 0

    def __enter__(self) -> "DataService":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()
