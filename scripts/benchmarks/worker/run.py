"""Runs one program to its end, and measures its time and memory."""

import os
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.processes import BenchError, status_kib


@dataclass(frozen=True)
class Run:
    """The cost of a whole process, from start to exit."""

    seconds: float
    cpu: float
    peak_mb: float
    output: str


def run(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path) -> Run:
    """Runs it in this folder. The peak is `VmHWM`, read every 10 ms: the value from `wait` would include
    the memory of this program, from which the process was forked."""
    output, peak = folder / "output", 0
    with output.open("wb") as file:
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], env={**os.environ, **environment}, cwd=folder,
                                   stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        descriptor = os.pidfd_open(process.pid)
        try:
            while not select.select([descriptor], [], [], 0.01)[0]:
                try:
                    peak = max(peak, status_kib(process.pid, "VmHWM"))
                except BenchError:
                    continue  # it has no memory any more: it is exiting
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            os.close(descriptor)
            if process.returncode is None:
                process.kill()
                process.wait()
    text = output.read_text(errors="replace")
    if process.returncode != 0:
        raise BenchError(f"{command[0]} ended with {process.returncode}:\n{text[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak * 1024 / 1e6, text)
