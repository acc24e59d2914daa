"""What scripts/ has, asked for help or for something unknown: it says so, and does nothing else."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from welkin.paths import ROOT

SCRIPTS = sorted(
    str(path.relative_to(ROOT / "scripts")) for path in (ROOT / "scripts").rglob("*")
    if path.is_file() and os.access(path, os.X_OK) and "deploy" not in path.parts)

#: What would install, build, start or change something.
FORBIDDEN = [
    "apt", "apt-get", "cc", "chmod", "cp", "curl", "dpkg-query", "gcc", "git", "go", "install", "ln", "mkdir", "mktemp",
    "mv", "nginx", "node", "npm", "php", "pip", "pip3", "rm", "setsid", "shellcheck", "strip", "sudo", "swift", "swiftc",
    "tee", "touch", "tsc", "valgrind", "wget",
]


class Copy:
    """The scripts in a folder of their own, on a PATH on which nothing can be done."""

    def __init__(self, folder: Path) -> None:
        self._project, self._stubs, self._told = folder / "project", folder / "stubs", folder / "told"
        shutil.copytree(ROOT / "scripts", self._project / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        self._stubs.mkdir()
        for name in FORBIDDEN:
            stub = self._stubs / name
            stub.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self._told}"\nexit 97\n')
            stub.chmod(0o755)

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self._project / "scripts" / script, *arguments], capture_output=True, text=True, timeout=20,
                              env={"PATH": f"{self._stubs}:{os.environ['PATH']}", "HOME": str(self._project)}, check=False)

    @property
    def started(self) -> str:
        """The programs that were called, and must not be."""
        return self._told.read_text() if self._told.exists() else ""

    def files(self) -> dict[str, tuple[int, bytes]]:
        return {str(path.relative_to(self._project)): (path.stat().st_mtime_ns, path.read_bytes())
                for path in self._project.rglob("*") if path.is_file()}


@pytest.fixture
def scripts(folder: Path) -> Copy:
    return Copy(folder)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_printed_and_nothing_done(scripts: Copy, script: str, option: str) -> None:
    before = scripts.files()
    done = scripts.run(script, option)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"usage: scripts/{script}" in done.stdout
    assert "Exit codes:" in done.stdout
    assert scripts.started == "" and scripts.files() == before


@pytest.mark.parametrize("script", SCRIPTS)
def test_unknown_option_is_refused_before_anything_is_done(scripts: Copy, script: str) -> None:
    before = scripts.files()
    done = scripts.run(script, "--no-such-option")
    assert done.returncode == 2
    assert done.stderr and not done.stdout
    assert scripts.started == "" and scripts.files() == before


PARTS = {"build": "bundle", "setup": "run", "test": "check", "bench": "json", "check": "--fix", "generate": "--check",
         "catalogue/generate": "--check"}


@pytest.mark.parametrize("script", PARTS)
def test_help_behind_a_part_is_help_too(scripts: Copy, script: str) -> None:
    done = scripts.run(script, PARTS[script], "--help")
    assert done.returncode == 0 and "usage:" in done.stdout
    assert scripts.started == ""
