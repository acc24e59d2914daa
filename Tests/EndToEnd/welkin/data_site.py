"""The page's data from `welkin-worker`: a replica with made-up patients, and the program before it."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from .data_api import PROVIDER, DataAPI
from .data_service import serve
from .handler import environment
from .http import Answer, Site
from .process import Process
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
        if self.inherited:
            self.process = serve(self.log, environment(self.values), stdin=self.listener.fileno())
            return
        # Where the tests run as root, Apache's children do not.
        group = ["--group", "www-data"] if os.geteuid() == 0 else []
        self.process = serve(
            self.log, environment(self.values), "--listen", f"unix:{self.socket}", "--mode", "0660", *group)

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
