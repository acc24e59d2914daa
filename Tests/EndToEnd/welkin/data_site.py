"""The page's data from `welkin-worker`: a replica with made-up patients, the program before it, and pages that ask."""

import json
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import wait
from .data_api import PROVIDER, DataAPI
from .handler import environment
from .http import Answer, Request, Site
from .paths import WORKER
from .process import Process
from .session import Launched, token_of
from .tokens import Client
from .worker import Worker


@dataclass
class Data:
    """A replica that a sync has filled, and the worker's settings for it."""

    worker: Worker
    #: Of a patient who is there, and of another one.
    patients: list[str]
    #: Of a worker who is there.
    person: str

    @staticmethod
    def synced(folder: Path, api: DataAPI) -> "Data":
        worker = Worker(folder, api)
        worker.sync()
        patients = [str(each["id"]) for each in api.records("patients") if not each.get("deleted_at")]
        active = [str(each["id"]) for each in api.records("workers") if each.get("active") is not False]
        return Data(worker, patients, active[0])

    def client(self, app_url: str) -> Client:
        """Whose sessions are on the first patient."""
        return Client(app_url, provider=PROVIDER, worker=self.person, patient=self.patients[0])

    def settings(self, **changes: str) -> dict[str, str]:
        """Of the worker."""
        return {name: value for name, value in {**self.worker.values, **changes}.items() if value is not None}

    def moved(self, folder: Path) -> "Data":
        """A copy of the replica below another folder."""
        return replace(self, worker=self.worker.copy(folder))

    @property
    def stores(self) -> list[Path]:
        return [self.worker.replica, self.worker.home / "journal.db"]


@dataclass
class Service:
    """`welkin-worker serve` on a Unix socket; `values` are the settings of handler and worker."""

    folder: Path
    values: Mapping[str, str]
    #: Whether the socket is the test's own, as systemd's is its own, and the service gets it as standard input.
    inherited: bool = False
    process: Process = field(init=False)

    @property
    def socket(self) -> Path:
        return self.folder / "data.sock"

    @property
    def log(self) -> Path:
        return self.folder / "data.log"

    def __enter__(self) -> "Service":
        if self.inherited:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(str(self.socket))
            self.listener.listen(128)
        self.start()
        return self

    def start(self) -> None:
        """Also again, after `process.stop()`."""
        before = self._starts()
        words = [WORKER, "serve"]
        if not self.inherited:
            # Where the tests run as root, Apache's children do not.
            group = ["--group", "www-data"] if os.geteuid() == 0 else []
            words += ["--listen", f"unix:{self.socket}", "--mode", "0660", *group]
        self.process = Process(
            words, self.log, lambda: self._starts() > before, env=environment(self.values),
            **({"stdin": self.listener.fileno()} if self.inherited else {}))

    def _starts(self) -> int:
        return self.log.read_bytes().count(b" event=start ") if self.log.exists() else 0

    def __exit__(self, *_: object) -> None:
        self.process.stop()
        if self.inherited:
            self.listener.close()

    def get(self, path: str) -> Answer:
        """What the operator asks, on the socket itself."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(15)
            connection.connect(str(self.socket))
            return Site.exchange(connection, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode(), "GET")


@dataclass(frozen=True)
class Page:
    """An open App, whatever the web server is: asks as its page does."""

    send: Callable[[Request], Answer]
    launched: Launched
    bearer: str

    @staticmethod
    def open(send: Callable[[Request], Answer], launched: Launched) -> "Page":
        return Page(send, launched, token_of(send(launched.exchange())))

    def request(self, route: str, asked: object = None, *, origin: str | None = "own", session: bool = True,
                **changes: object) -> Request:
        headers = [("Accept", "application/json")]
        if session:
            headers.append(("X-Welkin-Session", self.bearer))
        if origin:
            headers.append(("Origin", self.launched.origin if origin == "own" else origin))
        good = Request("POST", f"{self.launched.path}data/{route}", tuple(headers),
                       json.dumps({} if asked is None else asked).encode(), "application/json")
        return replace(good, **changes)

    def ask(self, route: str, asked: object = None, **changes: object) -> Answer:
        return self.send(self.request(route, asked, **changes))

    def ok(self, route: str, asked: object = None, **changes: object) -> dict:
        answer = self.ask(route, asked, **changes)
        assert answer.status == 200, f"{answer.status}: {answer.text}"
        assert answer.all("Cache-Control") == ["no-store"]
        assert answer["Content-Type"] == "application/json"
        return answer.json
