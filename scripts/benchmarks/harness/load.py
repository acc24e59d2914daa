"""wrk and its results."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.processes import BenchError

SCRIPTS = Path(__file__).parent.parent / "wrk"


@dataclass(frozen=True)
class Load:
    """One run of wrk. The last five fields count errors; `status` counts answers of 400 or more."""

    requests: int
    seconds: float
    median_ms: float
    p99_ms: float
    max_ms: float
    connect: int
    read: int
    write: int
    status: int
    timeout: int

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def errors(self) -> int:
        """Failed requests of any kind."""
        return self.connect + self.read + self.write + self.status + self.timeout


def wrk(
    port: int, seconds: float, connections: int, script: str, arguments: Sequence[str | Path],
    path: str = "/launch", timeout: int = 10,
) -> Load:
    """Runs wrk for whole seconds with two threads over kept-alive connections to 127.0.0.1."""
    command = [
        "wrk", "-t2", f"-c{connections}", f"-d{seconds:.0f}s", f"--timeout={timeout}s",
        "-s", str(SCRIPTS / script), f"http://127.0.0.1:{port}{path}", "--", *map(str, arguments),
    ]
    run = subprocess.run(command, cwd=SCRIPTS, capture_output=True, text=True, check=False)
    for line in run.stdout.splitlines():
        if line.startswith("RESULT "):
            return Load(**json.loads(line.removeprefix("RESULT ")))
    raise BenchError(f"wrk failed: {run.stdout}{run.stderr}")
