"""Builds the contestants into dist/bench/bin, and finds welkin-launch."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from harness.processes import BenchError

ROOT = Path(__file__).parents[3]
OUTPUT = ROOT / "dist" / "bench"
PEERS = ROOT / "scripts" / "benchmarks" / "peers"
TOOLS = ROOT / "scripts" / "benchmarks" / "tools"

C_FLAGS = ["-Wall", "-Wextra", "-Werror", "-O2", "-pthread"]
C_PROGRAMS = {
    "c-nothing": (PEERS / "c-nothing/main.c", ["-lfcgi"]),
    "c-mac": (PEERS / "c-mac/main.c", ["-lfcgi", "-lsodium"]),
    "c-libjwt": (PEERS / "c-libjwt/main.c", ["-lfcgi", "-ljwt", "-lsodium"]),
    "spawn-loop": (TOOLS / "spawn-loop.c", []),
}
# Debian's golang-jwt is in a GOPATH, which Go reads only without modules.
GO = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(OUTPUT / "go-cache")}


def binary(name: str) -> Path:
    """The path of a contestant that `build` makes."""
    return OUTPUT / "bin" / name


def _run(command: list[str | Path], folder: Path, **environment: str) -> None:
    try:
        # The builders' output is not part of the report.
        subprocess.run([str(word) for word in command], cwd=folder, check=True, stdout=sys.stderr,
                       env={**os.environ, **environment})
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchError(f"cannot build: {error}") from error


def build(*names: str) -> None:
    """Builds the named contestants: the programs in C, `go-fcgi`, `go-cgi` and `go-data`."""
    binary("").mkdir(parents=True, exist_ok=True)
    for name in names:
        if name in C_PROGRAMS:
            source, libraries = C_PROGRAMS[name]
            _run(["gcc", *C_FLAGS, "-o", binary(name), source, *libraries], ROOT)
        elif name == "go-data":
            # Debian's go-sqlite3 has no SQLite of its own: both sides read with the system's.
            _run(["go", "build", "-tags", "libsqlite3", "-o", binary(name), "."], PEERS / "go-data", **GO)
        else:
            tags = ["-tags", "cgi"] if name == "go-cgi" else []
            _run(["go", "build", *tags, "-o", binary(name), "."], PEERS / "go", **GO)


@cache
def welkin_launch() -> Path:
    """The measured binary, rebuilt."""
    _run(["scripts/build", "welkin-launch"], ROOT)
    return ROOT / "dist" / "bin" / "welkin-launch"


@cache
def welkin_worker() -> Path:
    """The worker, rebuilt."""
    _run(["scripts/build", "welkin-worker"], ROOT)
    return ROOT / "dist" / "bin" / "welkin-worker"


@cache
def welkin_simulator() -> Path:
    """Answers the page's data requests. It is not measured, so an existing build is enough."""
    program = ROOT / "dist" / "bin" / "welkin-simulator"
    if not program.exists():
        _run(["scripts/build", "welkin-simulator"], ROOT)
    return program


def bundle() -> None:
    """dist/bundle, rebuilt."""
    _run(["scripts/build-bundle"], ROOT)
