"""The documentation's shell blocks: those that a reader tries are run, in their order, as they are printed; of those that
change a host, the words are looked over and the files looked for. And the form that all pages have."""

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

ROTATING = "scripts/deploy/rotating-secrets.md"
WORKER = "Sources/welkin-worker/README.md"
SIMULATOR = "Sources/welkin-simulator/README.md"

#: Sections whose blocks are run, by page.
RUN = {
    (ROTATING, "A session key"),
    (WORKER, "Try it"),
    (SIMULATOR, "The host page"),
    (SIMULATOR, "The Data API"),
    (SIMULATOR, "Tokens"),
}

#: Sections whose blocks are not, by page, and why.
NOT_RUN = {
    ("README.md", "Two commands"): "test_run.py runs the first; the second is what runs this",
    ("nginx/README.md", "1. The handler"): "it changes the host: a user, /usr/local, /etc",
    ("nginx/README.md", "2. Its socket and service"): "it changes the host: units",
    ("nginx/README.md", "3. The site"): "it changes the host; test_whole_site.py does the same in a folder",
    ("nginx/README.md", "4. The page's data"): "it changes the host: packages, units; test_units.py verifies the units",
    ("nginx/README.md", "5. See it work"): "it asks a host that is installed",
    ("nginx/README.md", "Without systemd"): "it needs the settings of a host; test_lifecycle.py listens so",
    ("nginx/README.md", "A new bundle"): "it changes the host",
    ("nginx/bundle/your-app.md", "Change it"): "test_run.py builds a bundle",
    ("scripts/deploy/cgi.md", "Shared hosting"): "test_stacks.py copies the same files; the settings are to be filled in",
    ("scripts/deploy/cgi.md", "The page's data"): "test_data_stacks.py copies the same files; the settings are to be filled in",
    ("scripts/deploy/operating.md", "The page's data"): "it asks a host that is installed; test_units.py asks the same",
    ("scripts/deploy/operating.md", "Backup"): "it reads a host's journal",
    ("scripts/deploy/troubleshooting.md", "Somebody reads you a reference"): "it reads a host's journal",
    ("scripts/benchmarks/README.md", "What scripts/bench measures"): "it installs what it measures against, and takes hours",
    ("Tests/README.md", "Run them"): "scripts that are run by themselves, some for hours",
    ("Tests/Fuzz/README.md", "Fuzzing"): "a part of scripts/test, for hours if one likes",
    (".github/CONTRIBUTING.md", "Start"): "scripts that are run by themselves, some for hours",
}

#: What a block is in. Shell is `sh` and nothing else, so that no block of it is missed.
LANGUAGES = {"", "ini", "js", "json", "mermaid", "html", "nginx", "sh", "swift"}

#: The most lines of a page.
LONGEST, LONGEST_README = 249, 200


@dataclass(frozen=True)
class Block:
    page: str
    section: str
    number: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page} {self.section} {self.number}"


def pages() -> list[str]:
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
                            check=True, capture_output=True, text=True).stdout
    return [name for name in listed.splitlines() if (ROOT / name).exists()]


def blocks_of(page: str) -> list[Block]:
    """All fenced blocks of a page, each under the heading before it."""
    found: list[Block] = []
    section, language, lines = "", None, []
    for line in (ROOT / page).read_text().splitlines():
        fence = re.match(r"^ *```(.*)$", line)
        if language is not None:
            if fence and not fence[1]:
                number = sum(block.section == section for block in found) + 1
                found.append(Block(page, section, number, language, "".join(lines)))
                language = None
            else:
                lines.append(line + "\n")
        elif fence:
            language, lines = fence[1].strip(), []
        elif heading := re.match(r"^#+ (.*?) *$", line):
            section = heading[1]
    assert language is None, f"{page}: a block has no end"
    return found


def blocks() -> list[Block]:
    return [block for page in pages() for block in blocks_of(page) if block.language == "sh"]


def test_every_section_with_blocks_is_accounted_for() -> None:
    assert not RUN & NOT_RUN.keys()
    assert {(block.page, block.section) for block in blocks()} == RUN | NOT_RUN.keys()


@pytest.mark.parametrize("page", pages())
def test_page_has_blocks_of_known_languages_only(page: str) -> None:
    assert {block.language for block in blocks_of(page)} <= LANGUAGES


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_block_is_bash_and_names_what_is_there(block: Block) -> None:
    checked = subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True)
    assert checked.returncode == 0, checked.stderr
    for path in re.findall(r"(?<![\w/.-])(?:scripts|nginx|dist|Tests|Sources)/[\w./-]+", block.text):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", pages())
def test_page_is_for_one_reader(page: str) -> None:
    """One title, and few enough lines to be read at once."""
    text = (ROOT / page).read_text()
    assert len(text.splitlines()) <= (LONGEST_README if page == "README.md" else LONGEST)
    assert text.startswith("# ")
    outside = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.M | re.S)
    assert len(re.findall(r"^# ", outside, flags=re.M)) == 1


@pytest.mark.parametrize("page", pages())
def test_generated_part_has_an_end(page: str) -> None:
    marks = re.findall(r"^<!-- (generated: [a-z ]+|end) -->$", (ROOT / page).read_text(), flags=re.M)
    assert marks[1::2] == ["end"] * (len(marks) // 2) and len(marks) % 2 == 0
    assert "end" not in marks[::2] and len(set(marks[::2])) == len(marks[::2])


@pytest.fixture(scope="module")
def modules() -> dict[str, set[str]]:
    """By target that is neither a test nor a module map, the targets that it names, and products as PACKAGE/PRODUCT."""
    manifest = subprocess.run(["swift", "package", "dump-package"], cwd=ROOT, capture_output=True, text=True, check=True)
    return {
        target["name"]: {
            f"{at['product'][1]}/{at['product'][0]}" if "product" in at else at["byName"][0] for at in target["dependencies"]
        }
        for target in json.loads(manifest.stdout)["targets"]
        if target["type"] in ("regular", "executable") and target["name"] != "TestSupport"
    }


def test_table_of_modules_says_what_the_package_does(modules: dict[str, set[str]]) -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|.*\| ([^|]+) \|$", (ROOT / "Sources/README.md").read_text(), flags=re.M)
    said = {name: set(re.findall(r"`([\w-]+)`", cell)) for name, cell in rows}
    assert {name: said.get(name) for name in modules} == {
        name: {target for target in targets if "/" not in target} for name, targets in modules.items()
    }


@pytest.mark.parametrize(("module", "apart"), [
    ("welkin-launch", {"Records", "DataAPI"}),
    ("Simulator", {"Launch", "Sessions", "Tokens", "DataAPI"}),
    ("WorkerProgram", {"Launch", "FastCGI", "Simulator"}),
    ("DataService", {"Launch", "Simulator", "DataAPI", "Sync"}),
    ("Sync", {"DataService", "Sessions", "Gateway", "Journal"}),
    ("Journal", {"DataAPI", "Replica", "Sessions"}),
    ("Replica", {"DataAPI", "Journal", "Sessions"}),
])
def test_what_must_stay_apart_does(modules: dict[str, set[str]], module: str, apart: set[str]) -> None:
    """The simulator is the oracle of launch and client; the launch needs no package, and no other program the launch."""
    reached, left = set(), [module]
    while left:
        for target in modules.get(left.pop(), set()) - reached:
            reached.add(target)
            left.append(target)
    assert reached & apart == set()
    if module == "welkin-launch":
        assert [name for name in reached if "/" in name] == [], "the launch depends on no package"


@pytest.mark.parametrize("page, folder", [("Sources/README.md", "Sources"), ("Tests/README.md", "Tests")])
def test_every_module_and_test_folder_has_a_row(page: str, folder: str) -> None:
    rows = [line.split("|")[1] for line in (ROOT / page).read_text().splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    there = {path.name for path in (ROOT / folder).iterdir() if path.is_dir() and any(path.iterdir())}
    assert there - named == set()


@pytest.fixture
def home(folder: Path) -> Path:
    """A home and an /etc of their own; the programs are found by their names, too."""
    (folder / "etc" / "welkin").mkdir(parents=True)
    return folder


class Reader:
    """Somebody who pastes the blocks of a page's sections into terminals, one after the other."""

    def __init__(self, page: str, home: Path, ports: dict[str, int]) -> None:
        self._blocks = [block.text for block in blocks() if block.page == page and (page, block.section) in RUN]
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
    with Reader(ROTATING, home, {}) as reader:
        reader.runs()
        lines = keys.read_text().splitlines()
        assert len(lines) == 2 and lines[1] == "base64:" + "A" * 44 and re.fullmatch(r"base64:[\w+/]{43}=", lines[0])
        assert keys.stat().st_mode & 0o777 == 0o640
        assert reader.is_through


def test_the_worker_pulls_from_the_simulated_api(home: Path) -> None:
    port = wait.free_port()
    with Reader(WORKER, home, {"127.0.0.1:8092": port}) as reader:
        reader.leaves_running(port)
        said = reader.runs()
        assert "ok       credentials" in said and "resources current" in said
        counts = [line.split("|") for line in said.splitlines() if re.fullmatch(r"[\w ]*\|\d+", line)]
        assert sum(int(count) for _, count in counts) > 900, said
        assert (home / "welkin-replica" / "replica.db").exists()
        assert reader.is_through


def test_the_simulator_serves_a_page_and_an_api_and_mints_tokens(home: Path) -> None:
    page, api = wait.free_port(), wait.free_port()
    with Reader(SIMULATOR, home, {"127.0.0.1:8092": api}) as reader:
        settings = reader.first_line
        reader.leaves_running(page, f" --listen 127.0.0.1:{page}")
        assert "Launch App" in urllib.request.urlopen(f"http://127.0.0.1:{page}/inbox", timeout=10).read().decode()
        reader.leaves_running(api)
        assert len(json.loads(reader.runs().strip().splitlines()[-1])) > 0
        verdict = json.loads(reader.runs(before=settings, status=1))
        assert (verdict["verdict"], verdict["reason"], verdict["app"]) == ("refused", "expired", "main")
        assert reader.is_through
