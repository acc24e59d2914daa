"""welkin-worker: its settings, its runs, and what it says."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from . import wait
from .data_api import CLIENT_ID, FILTERS, PROVIDER, SECRET, DataAPI
from .handler import environment
from .paths import WORKER

Line = dict[str, object]


class Run:
    """A run that has ended."""

    def __init__(self, code: int, output: bytes, errors: str) -> None:
        #: Negative for a signal.
        self.code = code
        self.output = output
        self.errors = errors

    @property
    def text(self) -> str:
        return self.output.decode()

    @property
    def events(self) -> list[Line]:
        """What a run with --json told."""
        return [json.loads(line) for line in self.errors.splitlines() if line.startswith("{")]

    def event(self, name: str, **values: object) -> Line:
        """The one event of that name with these values."""
        found = [line for line in self.events if line["event"] == name and values.items() <= line.items()]
        assert len(found) == 1, f"{len(found)} events {name} {values}: {self.errors}"
        return found[0]


class Process(subprocess.Popen[bytes]):
    """A run that may not have ended."""

    #: What it has printed to standard error up to now.
    said: Callable[[], bytes]

    def stop(self, number: signal.Signals) -> None:
        """Asks it to stop, and returns when it has heard."""
        self.send_signal(number)
        wait.until(lambda: b"topping" in self.said() or self.poll() is not None, "the run hears the signal")


class Worker:
    """A replica in a folder of its own, and the settings of runs on it.

    Everything that runs say is added to `worker.log`, which is searched for identifiers at the end.
    """

    def __init__(self, folder: Path, api: DataAPI | None = None, **changes: str | None) -> None:
        self.folder = folder
        self.log = folder / "worker.log"
        self.home = folder / "replica"
        self.values: dict[str, str | None] = {
            "WELKIN_DATA_API_URL": api.origin if api else "http://127.0.0.1:9",
            "WELKIN_DATA_CLIENT_ID": CLIENT_ID,
            "WELKIN_DATA_CLIENT_SECRET": SECRET,
            "WELKIN_PROVIDER_ID": PROVIDER,
            "WELKIN_REPLICA": str(self.replica),
            "WELKIN_DATA_REQUESTS_PER_SECOND": "1000",
            "WELKIN_DATA_CONCURRENT_REQUESTS": "16",
            "WELKIN_SYNC_SETTLE": "0",
            **{f"WELKIN_FILTER_{name.upper()}": ",".join(values) for name, (_, values) in FILTERS.items()},
            **changes,
        }

    @property
    def replica(self) -> Path:
        return self.home / "replica.db"

    def environment(self, **changes: str | None) -> dict[str, str]:
        values = {**self.values, **changes}
        return environment({name: value for name, value in values.items() if value is not None})

    def start(self, *words: str, under: Sequence[str] = (), **changes: str | None) -> Process:
        """Begins a run; `under` is a command that runs it. To be given to ``ended``."""
        # A file, which can be read while the run goes on.
        errors = tempfile.TemporaryFile()
        run = Process([*under, str(WORKER), *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                      stderr=errors, env=self.environment(**changes), start_new_session=True)
        run.said = lambda: os.pread(errors.fileno(), os.fstat(errors.fileno()).st_size, 0)
        return run

    def ended(self, run: Process, timeout: float = 60, *, logged: bool = True) -> Run:
        """Waits for the end of a run; kills it after `timeout` seconds."""
        try:
            output, _ = run.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            run.kill()
            run.communicate()
            raise AssertionError(f"did not end within {timeout} s: {run.said().decode(errors='replace')}") from None
        finally:
            run.poll()
        errors = run.said()
        with open(self.log, "ab") as log:
            log.write(errors + (output if logged else b""))
        return Run(run.returncode, output, errors.decode())

    def run(self, *words: str, timeout: float = 60, under: Sequence[str] = (), **changes: str | None) -> Run:
        """One run, to its end. What `export` and `audit` print goes into no log."""
        return self.ended(self.start(*words, under=under, **changes), timeout,
                          logged=not words or words[0] not in ("export", "audit"))

    def sync(self, *words: str, code: int | None = 0, **changes: str | None) -> Run:
        """`sync --json`, which ends with `code`; any, where that is None."""
        run = self.run("sync", "--json", *words, **changes)
        assert code in (None, run.code), f"{run.code}: {run.errors}"
        return run

    def memory(self, *words: str, timeout: float = 60) -> tuple[Run, int]:
        """One run, and the most memory in KiB that it ever had resident."""
        run = self.start(*words)
        status, peak = Path(f"/proc/{run.pid}/status"), 0

        def has_ended() -> bool:
            nonlocal peak
            # What has ended has no memory any more.
            if found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text()):
                peak = int(found[1])
            return run.poll() is not None
        wait.until(has_ended, "the run ends", timeout, every=0.001)
        return self.ended(run), peak

    def status(self) -> dict[str, Line]:
        """`status --json` by resource; that of a filter's value as `resource?filter`."""
        run = self.run("status", "--json")
        assert run.code == 0, run.errors
        return {line["resource"] + (f"?{line['filter']}" if line["filter"] else ""): line
                for line in json.loads(run.output)["resources"]}

    def copy(self, folder: Path) -> "Worker":
        """Another worker with the same settings and a copy of the replica as it is."""
        other = Worker(folder)
        other.values = {**self.values, "WELKIN_REPLICA": str(other.replica)}
        if self.home.exists():
            shutil.copytree(self.home, other.home)
        return other

    def reset(self, folder: Path | None = None) -> None:
        """Puts the replica back as it is in `folder`; without one there is none."""
        shutil.rmtree(self.home, ignore_errors=True)
        if folder is not None:
            shutil.copytree(folder, self.home)
