"""The README's shell blocks: those that a developer tries are run, in their order, as they are printed; of those that
change a host, the words are looked over and the files looked for."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from welkin import wait
from welkin.paths import ROOT

#: Sections whose blocks are run.
RUN = {"Rotating secrets and keys", "The worker on cron", "The simulator"}

#: Sections whose blocks are not, and why.
NOT_RUN = {
    "Two commands": "test_run.py runs the first; the second is what runs this",
    "Your App": "test_run.py builds a bundle",
    "Production: nginx and systemd": "it changes the host: users, units, /etc",
    "Shared hosting, Apache, lighttpd": "test_stacks.py copies the same files; the settings are to be filled in",
    "Troubleshooting": "it reads a host's journal",
    "How it is built": "scripts that are run by themselves, some for hours",
}


@dataclass(frozen=True)
class Block:
    section: str
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.section} {self.number}"


def blocks() -> list[Block]:
    found, section = [], ""
    for part in re.split(r"^## ", (ROOT / "README.md").read_text(), flags=re.M)[1:]:
        section = part.splitlines()[0]
        for number, text in enumerate(re.findall(r"^```sh\n(.*?)^```", part, flags=re.M | re.S), start=1):
            found.append(Block(section, number, text))
    return found


def test_every_section_with_blocks_is_accounted_for() -> None:
    assert {block.section for block in blocks()} == RUN | NOT_RUN.keys()


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_block_is_bash_and_names_what_is_there(block: Block) -> None:
    checked = subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True)
    assert checked.returncode == 0, checked.stderr
    for path in re.findall(r"(?<![\w/.-])(?:scripts|nginx|dist)/[\w./-]+", block.text):
        assert (ROOT / path).exists(), path


@pytest.fixture
def home(folder: Path) -> Path:
    """A home and an /etc of their own; the programs are found by their names, too."""
    (folder / "etc" / "welkin").mkdir(parents=True)
    return folder


class Reader:
    """Somebody who pastes a section's blocks into terminals, one after the other."""

    def __init__(self, section: str, home: Path, ports: dict[str, int]) -> None:
        self._blocks = [block.text for block in blocks() if block.section == section]
        self._home, self._ports = home, ports
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=15)

    def _environment(self) -> dict[str, str]:
        return {"PATH": f"{ROOT}/dist/bin:{os.environ['PATH']}", "HOME": str(self._home), "LANG": "C.UTF-8"}

    def _next(self) -> str:
        text = self._blocks.pop(0)
        for printed, port in self._ports.items():
            text = text.replace(printed, f"127.0.0.1:{port}")
        text = text.replace("/etc/welkin", f"{self._home}/etc/welkin")
        return text.replace("chgrp welkin", f"chgrp {os.getgid()}")

    def leaves_running(self, port: int, more: str = "") -> None:
        """The next block is a server's; it is left in its terminal."""
        process = subprocess.Popen(["bash", "-ec", self._next().rstrip() + more], cwd=ROOT, env=self._environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self._running.append(process)
        wait.until(lambda: wait.accepts_tcp(port), "the server of a block listens", timeout=30)

    def runs(self, before: str = "", status: int = 0) -> str:
        """What the next block prints."""
        done = subprocess.run(["bash", "-ec", before + self._next()], cwd=ROOT, env=self._environment(),
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    @property
    def first_line(self) -> str:
        """Of the next block: what it exports."""
        return self._blocks[0].splitlines()[0] + "\n"

    @property
    def is_through(self) -> bool:
        return not self._blocks


def test_a_session_key_is_rotated(home: Path) -> None:
    keys = home / "etc" / "welkin" / "session-keys"
    keys.write_text("base64:" + "A" * 44 + "\n")
    with Reader("Rotating secrets and keys", home, {}) as reader:
        reader.runs()
        lines = keys.read_text().splitlines()
        assert len(lines) == 2 and lines[1] == "base64:" + "A" * 44 and re.fullmatch(r"base64:[\w+/]{43}=", lines[0])
        assert keys.stat().st_mode & 0o777 == 0o640
        assert reader.is_through


def test_the_worker_pulls_from_the_simulated_api(home: Path) -> None:
    port = wait.free_port()
    with Reader("The worker on cron", home, {"127.0.0.1:8092": port}) as reader:
        reader.leaves_running(port)
        said = reader.runs()
        assert "ok       credentials" in said and "resources current" in said
        counts = [line.split("|") for line in said.splitlines() if re.fullmatch(r"[\w ]*\|\d+", line)]
        assert sum(int(count) for _, count in counts) > 900, said
        assert (home / "welkin-replica" / "replica.db").exists()
        assert reader.is_through


def test_the_simulator_serves_a_page_and_an_api_and_mints_tokens(home: Path) -> None:
    page, api = wait.free_port(), wait.free_port()
    with Reader("The simulator", home, {"127.0.0.1:8092": api}) as reader:
        settings = reader.first_line
        reader.leaves_running(page, f" --listen 127.0.0.1:{page}")
        assert "Launch App" in urllib.request.urlopen(f"http://127.0.0.1:{page}/inbox", timeout=10).read().decode()
        reader.leaves_running(api)
        assert len(json.loads(reader.runs().strip().splitlines()[-1])) > 0
        verdict = json.loads(reader.runs(before=settings, status=1))
        assert (verdict["verdict"], verdict["reason"], verdict["app"]) == ("refused", "expired", "main")
        assert reader.is_through
