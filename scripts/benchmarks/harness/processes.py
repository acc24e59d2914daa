"""Starts servers, waits until they answer, and stops exactly those."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class BenchError(Exception):
    """A measurement is not possible; the message says why."""


def _answers(address: Path | int) -> bool:
    family = socket.AF_INET if isinstance(address, int) else socket.AF_UNIX
    with socket.socket(family) as probe:
        try:
            probe.connect(("127.0.0.1", address) if isinstance(address, int) else str(address))
        except OSError:
            return False
    return True


@contextmanager
def running(
    command: Sequence[str | Path], address: Path | int, log: Path, environment: Mapping[str, str] = {}
) -> Iterator[subprocess.Popen]:
    """The server, listening on `address` (a UNIX socket or a port of 127.0.0.1), until the block
    ends. It has a session of its own, so that `cpu_seconds` finds its children too."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(word) for word in command], env={**os.environ, **environment},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 10
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchError(f"{command[0]} does not listen:\n{log.read_text()[-2000:]}")
            time.sleep(0.02)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_ports(count: int) -> list[int]:
    """Currently free ports of 127.0.0.1."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def cpu_seconds(session: int) -> float:
    """Processor time used so far by the living processes of a session."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has exited meanwhile
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def status_kib(pid: int, field: str) -> int:
    """A memory field of /proc/PID/status (VmRSS, VmHWM), in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1])
    raise BenchError(f"process {pid} has no {field}")
