"""What the programs are made of: welkin-launch must run where nothing is installed."""

import subprocess
from pathlib import Path

from welkin.handler import command
from welkin.paths import LAUNCH, SIMULATOR, WORKER, tool


def readelf(*words: str, program: Path = LAUNCH) -> str:
    return subprocess.run([tool("readelf"), "--wide", *words, str(program)],
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


def test_it_holds_no_concurrency() -> None:
    """One `async` function anywhere below it brings Swift's concurrency in, and a start takes a quarter longer."""
    sign = b"Task-local values must only be set"
    assert sign not in LAUNCH.read_bytes()
    assert sign in SIMULATOR.read_bytes(), "where concurrency is, this finds it"


def test_simulator_has_tls_and_cryptography_from_the_system() -> None:
    """Built from source, they would take most of a build's time, and Debian's updates would not reach them.

    The names of BoringSSL's functions are in whatever has it, stripped or not: programs export what they are linked of.
    """
    names = (b"CNIOBoringSSL", b"CCryptoBoringSSL")
    simulator, worker = SIMULATOR.read_bytes(), WORKER.read_bytes()
    assert [name for name in names if name in simulator] == []
    assert [name for name in names if name in worker] != [], "where BoringSSL is, this finds it"
    libraries = readelf("--dynamic", program=SIMULATOR)
    assert "[libcurl.so.4]" in libraries and "[libsodium.so.23]" in libraries


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
