"""What every program says about itself: its version, its settings, and how a shell completes its commands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from welkin.paths import LAUNCH, ROOT, SIMULATOR, WORKER

PROGRAMS = [LAUNCH, SIMULATOR, WORKER]


def output(program: Path, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=30, env={})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_programs_have_one_version() -> None:
    said = [output(program, "--version").split() for program in PROGRAMS]
    assert [name for name, _ in said] == ["welkin-launch", "welkin-simulator", "welkin-worker"]
    assert len({version for _, version in said}) == 1
    assert re.fullmatch(r"\d+\.\d+\.\d+", said[0][1])


def completed(script: str, *words: str) -> list[str]:
    """What bash offers for the last of these words."""
    function = re.search(r"complete .*-F (\S+) ", script)
    assert function, script
    asked = f"""
        {script}
        COMP_WORDS=({" ".join(f"'{word}'" for word in words)}) COMP_CWORD={len(words) - 1}
        {function[1]}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_bash_completes_the_handlers_commands() -> None:
    script = output(LAUNCH, "completion", "bash")
    assert completed(script, "welkin-launch", "ch") == ["check"]
    assert completed(script, "welkin-launch", "settings", "--m") == ["--markdown"]
    assert completed(script, "welkin-launch", "--l") == ["--listen"]
    assert completed(script, "welkin-launch", "--listen", "unix:/x", "--th") == ["--threads"]
    assert completed(script, "welkin-launch", "x") == []


def test_completion_knows_every_command_that_help_has() -> None:
    commands = set(re.findall(r"^  ([a-z][a-z-]+) ", output(LAUNCH, "--help"), flags=re.M))
    assert commands >= {"check", "inspect", "generate-key", "settings", "reasons", "completion"}
    for shell in ("bash", "zsh", "fish"):
        script = output(LAUNCH, "completion", shell)
        assert [command for command in commands if command not in script] == []


@pytest.mark.parametrize("program", [SIMULATOR, WORKER], ids=lambda program: program.name)
def test_the_other_programs_have_completion_as_well(program: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert program.name in output(program, "--generate-completion-script", shell)
    script = output(program, "--generate-completion-script", "bash")
    assert subprocess.run(["bash", "-n"], input=script, text=True, timeout=30).returncode == 0


def test_an_unknown_shell_is_refused() -> None:
    done = subprocess.run([LAUNCH, "completion", "csh"], capture_output=True, text=True, timeout=30, env={})
    assert done.returncode == 2
    assert "bash, zsh or fish" in done.stderr


@pytest.mark.parametrize("program", [LAUNCH, WORKER], ids=lambda program: program.name)
def test_settings_are_listed_for_a_terminal(program: Path) -> None:
    text = output(program, "settings")
    assert max(len(line) for line in text.splitlines()) <= 80
    names = re.findall(r"^((?:WELKIN_)?[A-Z_]+)(?: \*)?$", text, flags=re.M)
    assert names == re.findall(r"^\| `([A-Z_]+)`", output(program, "settings", "--markdown"), flags=re.M)
    file = output(program, "settings", "--env-file")
    assert set(re.findall(r"^#?([A-Z_]+)=", file, flags=re.M)) >= set(names) - {"WELKIN_CONFIG"}


class TestGenerated:
    """scripts/generate, over a copy of what it reads."""

    @pytest.fixture
    def copy(self, folder: Path) -> Path:
        root = folder / "copy"
        for name in ("scripts/generate", "scripts/deploy/welkin.env.example", "scripts/deploy/worker.env.example",
                     "Sources/welkin-launch/README.md", "Sources/welkin-worker/README.md"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        (root / "dist/bin").mkdir(parents=True)
        for program in (LAUNCH, WORKER):
            (root / "dist/bin" / program.name).symlink_to(program)
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        return root

    def run(self, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([root / "scripts/generate", *arguments], capture_output=True, text=True, timeout=60)

    def test_what_is_committed_is_what_the_programs_say(self, copy: Path) -> None:
        done = self.run(copy, "--check")
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize("name", ["Sources/welkin-launch/README.md", "scripts/deploy/worker.env.example"])
    def test_a_file_that_disagrees_is_told_and_written_anew(self, copy: Path, name: str) -> None:
        good = (copy / name).read_text()
        (copy / name).write_text(good.replace("300", "301"))
        done = self.run(copy, "--check")
        assert done.returncode == 1
        assert name in done.stderr
        assert (copy / name).read_text() != good
        assert self.run(copy).returncode == 0
        assert (copy / name).read_text() == good


def test_catalogue_is_generated_from_its_facts() -> None:
    done = subprocess.run([ROOT / "scripts/catalogue/generate", "--check"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_build_says_what_the_bundle_changed(folder: Path) -> None:
    """The style's hash goes into a policy that a web server has to load again: nobody must miss that."""
    root = folder / "copy"
    for name in ("scripts", "nginx"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))

    def build() -> str:
        done = subprocess.run([root / "scripts/build", "bundle"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stderr
    assert "csp.conf" not in build()
    page = root / "nginx/bundle/main/index.html"
    page.write_text(page.read_text().replace("</style>", " b { color: red }</style>", 1))
    assert "csp.conf" in build()
