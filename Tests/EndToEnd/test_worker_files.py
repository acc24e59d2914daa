"""Where output goes, what it never replaces, and what is said when it cannot be written."""

import os
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from welkin.data_api import DataAPI
from welkin.paths import WORKER
from welkin.replica import assert_equal
from welkin.worker import Worker

EXPORT = ("export", "visits", "--format", "ndjson")


@pytest.fixture
def records(worker: Worker) -> bytes:
    """What the export of a synced replica is."""
    worker.sync()
    return worker.run(*EXPORT).output


def test_a_link_is_followed(worker: Worker, records: bytes, folder: Path) -> None:
    target, link = folder / "target", folder / "link"
    link.symlink_to("target")
    for before in (None, b"the old one"):
        if before:
            target.write_bytes(before)
        run = worker.run(*EXPORT, "--output", str(link))
        assert (run.code, run.output, run.errors) == (0, b"", "")
        assert link.is_symlink() and target.read_bytes() == records
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_is_no_file_is_written_into(worker: Worker, records: bytes, folder: Path) -> None:
    assert worker.run(*EXPORT, "--output", "/dev/null").code == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert worker.run(*EXPORT, "--output", "/dev/stdout").output == records
    full = worker.run(*EXPORT, "--output", "/dev/full")
    assert full.code == 1 and "No space left" in full.errors
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert worker.run(*EXPORT, "--output", str(pipe)).code == 0
        assert reader.communicate(timeout=30)[0] == records
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    # A stream that the shell has led into a file goes on where it is.
    line = f'{{ echo before; "$@"; echo after; }} > {folder}/both'
    assert worker.run(*EXPORT, "--output", "/dev/stdout", under=["sh", "-c", line, "sh"]).code == 0
    assert (folder / "both").read_bytes() == b"before\n" + records + b"after\n"


@pytest.mark.parametrize("name", ["replica.db", "replica.db-wal", "replica.db-shm", "replica.db.lock", "replica.db.token"])
def test_the_replica_is_never_replaced(api: DataAPI, worker: Worker, records: bytes, folder: Path, name: str) -> None:
    path = worker.home / name
    (folder / "link").symlink_to(path)
    names = [path, folder / "link", worker.home / ".." / "replica" / name]
    if path.exists():
        (folder / "hard").hardlink_to(path)
        names.append(folder / "hard")
    api.forget_requests()
    for given in names:
        run = worker.run(*EXPORT, "--output", str(given))
        assert run.code == 2 and "is the replica or belongs to it" in run.errors, f"{given}: {run.errors}"
        run = worker.run("sync", "--metrics-file", str(given))
        assert run.code == 2 and "is the replica or belongs to it" in run.errors, f"{given}: {run.errors}"
    assert api.requests() == {}, "found before anything is asked"
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_folder_and_a_socket_are_refused(worker: Worker, records: bytes, folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket"))
        for given, reason in ((folder, "is a folder"), (folder / "socket", "is a socket")):
            run = worker.run(*EXPORT, "--output", str(given))
            assert run.code == 2 and reason in run.errors


@pytest.mark.parametrize("umask", ["000", "077"])
def test_modes_whatever_the_umask(worker: Worker, folder: Path, umask: str) -> None:
    """systemd's unit has 077, under which the collector could not read the metrics."""
    under = ["sh", "-c", f'umask {umask}; exec "$@"', "sh"]
    metrics, export = folder / "welkin.prom", folder / "visits"
    assert worker.run("sync", "--metrics-file", str(metrics), under=under).code == 0
    assert worker.run(*EXPORT, "--output", str(export), under=under).code == 0
    assert stat.S_IMODE(metrics.stat().st_mode) == 0o644
    assert stat.S_IMODE(export.stat().st_mode) == 0o600


#: Every command that prints.
PRINTS = [("--help",), ("sync", "--help"), ("status",), ("status", "--json"), ("status", "--quarantine"),
          ("status", "--quarantine", "--json"), ("check",), ("schema",), ("schema", "visits"), ("schema", "--sql"),
          ("schema", "--json"), EXPORT, ("export", "visits", "--format", "csv")]


@pytest.fixture
def odd(api: DataAPI, worker: Worker) -> Worker:
    """A worker whose replica has something to print of each kind."""
    api.control("odd", resource="patients", kind="not_object", count=1)
    worker.sync(code=3)
    return worker


def test_a_full_disk_is_told_by_every_command(odd: Worker) -> None:
    for words in PRINTS:
        run = odd.run(*words, under=["sh", "-c", 'exec "$@" > /dev/full', "sh"])
        assert run.code == 1 and run.errors == "welkin-worker: write standard output: No space left on device\n", (
            f"{words}: {run.code}: {run.errors}")


def test_a_reader_that_leaves_ends_every_command_quietly(odd: Worker) -> None:
    for words in PRINTS:
        theirs, ours = os.pipe()
        os.close(theirs)
        try:
            run = subprocess.run([str(WORKER), *words], stdout=ours, stderr=subprocess.PIPE, env=odd.environment(),
                                 timeout=60, check=False)
        finally:
            os.close(ours)
        assert (run.returncode, run.stderr) == (141, b""), words
