"""The machine and versions of a measurement: numbers are not comparable without them."""

import os
import platform
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path

PACKAGES = Path(__file__).parents[3] / ".venv-bench" / "bin" / "python"

# Commands that print versions, with a pattern for the version.
VERSIONS = {
    "nginx": (["nginx", "-v"], r"nginx/(\S+)"),
    "Swift": (["swift", "--version"], r"Swift version (\S+)"),
    "gcc": (["gcc", "-dumpfullversion"], r"(\S+)"),
    "libfcgi": (["dpkg-query", "-W", "-f", "${Version}", "libfcgi-dev"], r"(\S+)"),
    "libsodium": (["pkg-config", "--modversion", "libsodium"], r"(\S+)"),
    "libjwt": (["pkg-config", "--modversion", "libjwt"], r"(\S+)"),
    "Go": (["go", "version"], r"go(\d\S+)"),
    "golang-jwt": (["dpkg-query", "-W", "-f", "${Version}", "golang-github-golang-jwt-jwt-dev"], r"([\d.]+)"),
    "go-sqlite3": (["dpkg-query", "-W", "-f", "${Version}", "golang-github-mattn-go-sqlite3-dev"], r"([\d.]+)"),
    "PHP": (["php", "-v"], r"PHP (\S+)"),
    "Node": (["node", "--version"], r"v(\S+)"),
    "wrk": (["wrk", "-v"], r"wrk (?:debian/)?(\d[\d.]+)"),
    "SQLite": (["dpkg-query", "-W", "-f", "${Version}", "libsqlite3-0"], r"([\d.]+)"),
    "Python": ([str(PACKAGES), "--version"], r"Python (\S+)"),
    "dlt": ([str(PACKAGES), "-m", "pip", "show", "dlt"], r"Version: (\S+)"),
    "Chromium": (["chromium", "--version"], r"Chromium (\S+)"),
}


def _version(command: list[str], pattern: str) -> str | None:
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = re.search(pattern, run.stdout + run.stderr)
    return found[1] if found else None


def _processor() -> str:
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()


def _system() -> str:
    found = re.search(r'PRETTY_NAME="(.+)"', Path("/etc/os-release").read_text())
    return found[1] if found else platform.system()


def describe(root: Path) -> list[str]:
    """Lines with the machine, the versions, the commit and the time."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    commit = _version(["git", "-C", str(root), "describe", "--always", "--dirty"], r"(\S+)")
    versions = [f"{name} {found}" for name, (command, pattern) in VERSIONS.items()
                if (found := _version(command, pattern))]
    return [
        f"Measured {datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC, commit {commit}, on {_processor()}, "
        f"{os.cpu_count()} processors, {memory:.0f} GiB, {_system()}, Linux {platform.release()}; "
        f"load before the run {load}.",
        ", ".join(versions) + ".",
    ]
