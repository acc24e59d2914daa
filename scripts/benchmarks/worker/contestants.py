"""The contestants: each copies the API's patients into an SQLite file, which is checked afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from harness.build import ROOT, welkin_worker
from harness.processes import BenchError
from harness.settings import PROVIDER_ID
from worker.patients import Written, checksum
from worker.run import Run, run

PYTHON = ROOT / ".venv-bench" / "bin" / "python"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Contestant:
    """A program, and how its result is read: `query` gives id, last name, street and `updated_at`."""

    name: str
    query: str
    script: str | None = None
    arguments: tuple[str, ...] = ()

    def run(self, origin: str, folder: Path, resources: str = "patients") -> Run:
        """Creates or continues `folder`'s file. `resources` is for the worker."""
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / "result.db"
        if self.script:
            command = [PYTHON, HERE / self.script, origin, file, *self.arguments]
            return run(command, {"RUNTIME__DLTHUB_TELEMETRY": "false"}, folder)
        return run([welkin_worker(), "sync", "--json"], sync_settings(origin, file, resources), folder)

    def check(self, folder: Path, expected: Written) -> None:
        """Checks that every record exists once, with the API's values."""
        with closing(sqlite3.connect(folder / "result.db")) as database:
            rows = self._rows(database)
            found = Written(database.execute("SELECT count(DISTINCT id) FROM patients").fetchone()[0], checksum(rows))
            count = database.execute("SELECT count(*) FROM patients").fetchone()[0]
        if found != expected or count != expected.records:
            raise BenchError(f"{self.name} made {found}, {count} rows, of {expected}")

    def _rows(self, database: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
        for identifier, name, street, updated in database.execute(self.query):
            yield identifier, name, street, updated[:26].replace(" ", "T")


WORKER = Contestant("welkin-worker", """
    SELECT id, last_name, record ->> '$.street', updated_at FROM patients
    WHERE record ->> '$.id' = id AND record ->> '$.updated_at' = updated_at""")
BARE = Contestant("bare loop", """
    SELECT id, record ->> '$.last_name', record ->> '$.street', updated_at FROM patients""", "bare_loop.py")
# The same, but it copies its journal into the file as rarely as the worker does.
BARE_RARELY = replace(BARE, name="bare loop, 16,384 pages of journal", arguments=("16384",))
DLT = Contestant("dlt", "SELECT id, last_name, street, updated_at FROM patients", "dlt_pipeline.py")


def sync_settings(origin: str, file: Path, resources: str) -> dict[str, str]:
    """The worker's environment."""
    return {
        "WELKIN_DATA_API_URL": origin,
        "WELKIN_DATA_CLIENT_ID": "bench",
        "WELKIN_DATA_CLIENT_SECRET": "s" * 40,
        # The setting's maximum: the default spares Welkin.
        "WELKIN_DATA_REQUESTS_PER_SECOND": "1000",
        "WELKIN_PROVIDER_ID": PROVIDER_ID,
        "WELKIN_REPLICA": str(file),
        "WELKIN_RESOURCES": resources,
        "WELKIN_FILTER_AUDIT_LOGS": "patient_view,login",
    }
