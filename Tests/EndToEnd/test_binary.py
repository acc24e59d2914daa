"""What dist/bin/welkin-launch is made of: it must run where nothing is installed."""

import subprocess

from welkin.handler import command
from welkin.paths import LAUNCH, SIMULATOR, tool


def readelf(*words: str) -> str:
    return subprocess.run([tool("readelf"), "--wide", *words, str(LAUNCH)],
                          capture_output=True, text=True, check=True).stdout


def test_it_is_static() -> None:
    assert "NEEDED" not in readelf("--dynamic")
    assert "INTERP" not in readelf("--program-headers"), "no dynamic loader is asked for"


def test_it_holds_no_foundation() -> None:
    """Foundation would cost the start-up time that CGI pays for every request.

    The binary is stripped, so that the names in its metadata are looked at: `10Foundation` is how
    Swift mangles the module. (The standard library itself mentions `Foundation.__SwiftValue`.)
    """
    names = (b"10Foundation", b"CFString", b"FoundationICU", b"NSObject")
    launch, simulator = LAUNCH.read_bytes(), SIMULATOR.read_bytes()
    assert [name for name in names if name in launch] == []
    assert [name for name in names if name in simulator] != [], "where Foundation is, this finds it"


def test_it_runs_with_nothing_in_its_environment() -> None:
    for word in ("--version", "--help"):
        done = subprocess.run([str(LAUNCH), word], capture_output=True, text=True, timeout=15, env={})
        assert done.returncode == 0
        assert done.stdout.strip()
        assert not done.stderr


def test_help_names_what_there_is() -> None:
    text = command("--help").stdout
    for word in ("--listen", "--mode", "--group", "--threads", "check", "inspect", "generate-key"):
        assert word in text
