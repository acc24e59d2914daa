"""A clinic: a replica that the worker has pulled from files behind nginx, and sessions on its patients."""

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.records import NOTE_TYPE, patient, worker_of, write_records
from harness.build import welkin_worker
from harness.processes import BenchError, free_ports
from harness.settings import ENVIRONMENT, session_token
from worker.api import static_api
from worker.contestants import sync_settings
from worker.run import run

EDITIONS = 2
RESOURCES = "patients workers phone_numbers custom_data_type_records"


@dataclass(frozen=True)
class Session:
    """One launch on one patient."""

    launch: str
    token: str
    patient: str

    @property
    def path(self) -> str:
        """Where its page asks for data."""
        return f"/a/main/{self.launch}/data/"


@dataclass(frozen=True)
class Clinic:
    """A folder with the replica, while its API is served."""

    folder: Path
    patients: int
    environment: dict[str, str]

    @property
    def replica(self) -> Path:
        """The file."""
        return Path(self.environment["WELKIN_REPLICA"])

    def sessions(self, count: int) -> list[Session]:
        """As many launches, each on another patient, spread over all of them."""
        made = []
        for number in range(count):
            # An odd step far from the count meets pages of the file in no order.
            ordinal = number * 7919 % self.patients
            launch = secrets.token_urlsafe(16)
            token = session_token(launch, patient(ordinal), worker_of(ordinal))
            made.append(Session(launch, token, patient(ordinal)))
        return made

    def service(self, journal: str) -> dict[str, str]:
        """The environment of a service with a new journal."""
        folder = self.folder / journal
        folder.mkdir(mode=0o700)
        return self.environment | {"WELKIN_JOURNAL": str(folder / "journal.db")}

    @contextmanager
    def full_sync(self) -> Iterator[subprocess.Popen]:
        """Everything is pulled again, nearly all of it changed, until it is done or the block ends."""
        pages = self.folder / "pages"
        _show(pages, EDITIONS - 1 - int(pages.readlink().name))
        with (self.folder / "sync.log").open("ab") as log:
            process = subprocess.Popen(
                [welkin_worker(), "sync", "--full", "--json"], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True)  # as from cron
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _show(pages: Path, edition: int) -> None:
    """What the API has from now on."""
    following = pages.with_name("following")
    following.symlink_to(pages.with_name("editions") / str(edition))
    following.rename(pages)


@contextmanager
def clinic(folder: Path, patients: int) -> Iterator[Clinic]:
    """A clinic of so many patients."""
    pages, result, port = folder / "pages", folder / "result", free_ports(1)[0]
    result.mkdir(mode=0o700)
    for edition in range(EDITIONS):
        (folder / "editions" / str(edition)).mkdir(parents=True)
    _show(pages, 0)
    with static_api(folder / "api", pages, port) as api:
        for edition in range(EDITIONS):
            write_records(folder / "editions" / str(edition), patients, api.origin, edition)
        environment = ENVIRONMENT | sync_settings(api.origin, result / "replica.db", RESOURCES) | {
            "WELKIN_NOTE_TYPE": NOTE_TYPE,
            "WELKIN_NOTE_FIELDS": "text=note_text,author=written_by,at=written_at",
        }
        run([welkin_worker(), "sync"], environment, result)
        if not (result / "replica.db").exists():
            raise BenchError("there is no replica")
        yield Clinic(folder, patients, environment)
