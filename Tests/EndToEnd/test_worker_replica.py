"""What can be wrong where the replica lies, and with the machine: told, with a remedy, and never at the records' cost."""

import json
import os
import re
import shlex
import shutil
import sqlite3
from pathlib import Path

import pytest
from welkin import replica
from welkin.data_api import DataAPI
from welkin.gate import Gate, Moment, Rule
from welkin.listener import Listener
from welkin.paths import WORKER, tool
from welkin.preload import Preload
from welkin.replica import assert_equal
from welkin.worker import Run, Worker

NFS = 0x6969


def test_files_are_nobody_elses(worker: Worker) -> None:
    worker.run("sync", under=["sh", "-c", 'umask 000; exec "$@"', "sh"])
    modes = {path.name: path.stat().st_mode & 0o777 for path in [worker.home, *worker.home.iterdir()]}
    assert modes.pop("replica") == 0o700
    assert modes.keys() >= {"replica.db", "replica.db.lock", "replica.db.token"} and set(modes.values()) == {0o600}


@pytest.mark.parametrize("name", ["replica", "replica.db"])
def test_what_others_can_read_is_refused(api: DataAPI, worker: Worker, name: str) -> None:
    """A folder that others can enter is no harm if the file is private; a file that others can read is."""
    worker.sync()
    path = worker.home if name == "replica" else worker.replica
    private = path.stat().st_mode
    path.chmod(private | 0o044)
    api.control("add", resource="visits", count=1)
    for command in (["sync"], ["status"], ["verify"], ["check"], ["export", "visits", "--format", "csv"]):
        run = worker.run(*command)
        assert run.code == 4, command
        assert "chmod" in run.errors + run.text and str(path) in run.errors + run.text
        assert not run.text or command == ["check"]
    path.chmod(private)
    worker.sync()
    assert_equal(worker.replica, api)


def test_two_runs_at_once(api: DataAPI, worker: Worker, gate: Gate) -> None:
    """The second says whose turn it is, and changes nothing; it may read."""
    refused = []

    def second() -> None:
        refused.extend([worker.run("sync"), worker.run("verify", "--repair"), worker.run("status"),
                        worker.run("export", "alerts", "--format", "ndjson"), worker.run("sync", "--full")])
    first = worker.start("sync")
    gate.begin(Rule(5, Moment.ASKED, second))
    assert worker.ended(first).code == 0
    assert [run.code for run in refused] == [75, 75, 0, 0, 75]
    assert f"process {first.pid}, since 20" in refused[0].errors
    assert_equal(worker.replica, api)
    worker.sync()


def test_another_run_is_told_in_the_way_that_was_asked_for(api: DataAPI, worker: Worker, gate: Gate) -> None:
    """Quiet says nothing of it: cron would mail it every five minutes of a first sync."""
    others: list[Run] = []

    def run_others() -> None:
        for words in (["sync"], ["sync", "--quiet"], ["verify", "--repair", "--quiet"], ["sync", "--json"],
                      ["forget-resource", "calls", "--records"]):
            others.append(worker.run(*words))
    first = worker.start("sync")
    gate.begin(Rule(3, Moment.ASKED, run_others))
    assert worker.ended(first).code == 0
    assert [run.code for run in others] == [75] * 5
    plain, quiet, repair, told, forget = others
    assert "another run holds the lock: process" in plain.errors and plain.errors.count("\n") == 1
    assert (quiet.errors, repair.errors) == ("", "")
    assert told.event("locked")["remedy"] and "another run" in forget.errors
    # What is wrong otherwise, quiet tells.
    assert worker.run("sync", "--quiet", WELKIN_PROVIDER_ID="6d0c1b7e-9a64-4c1f-8d2b-3e7f60a1c9d4").errors


@pytest.mark.parametrize("words", [["sync"], ["sync", "--full"], ["verify", "--repair"], ["verify"]], ids=" ".join)
def test_a_replica_that_is_removed_while_a_run_works_on_it(
        api: DataAPI, worker: Worker, gate: Gate, folder: Path, words: list[str]) -> None:
    """What is written to a file without a name is no success, and the heart does not beat."""
    gate.begin()
    worker.sync()
    with Listener() as monitor:
        address = {"WELKIN_HEARTBEAT_URL": f"{monitor.origin}/ping"}
        gate.begin(Rule(4, Moment.ASKED, worker.replica.unlink))
        run = worker.run(*words, "--json", **address)
        assert run.code == 1, run.errors
        assert "removed or replaced" in str(run.event("replica")["problem"])
        assert monitor.paths == []
    worker.reset()
    gate.begin()
    worker.sync()
    assert_equal(worker.replica, api)
    shown = worker.run(*words, "--json")
    assert shown.code == 0, shown.errors


def test_the_lock_ends_with_its_process(api: DataAPI, worker: Worker, gate: Gate) -> None:
    first = worker.start("sync")
    gate.begin(Rule(5, Moment.ASKED, first.kill))
    assert worker.ended(first).code == -9
    gate.begin()
    assert (worker.home / "replica.db.lock").exists()
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_full_disk(api: DataAPI, worker: Worker, folder: Path) -> None:
    """A real one, of 1 MiB, that is made larger afterwards: the next run goes on."""
    api.control("add", resource="sms_messages", count=4000)
    command = shlex.join([str(WORKER), "sync", "--json"])
    script = f"""
        mkdir {worker.home} && mount -t tmpfs -o size=1m,mode=700 tmpfs {worker.home}
        {command}; echo $? > {folder}/first
        {WORKER} status --json > {folder}/status
        mount -o remount,size=200m {worker.home}
        {command}; echo $? > {folder}/second
        cp -a {worker.home} {folder}/kept"""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    run = worker.run("--version", under=[tool("unshare"), "--mount", *root, "sh", "-c", script])
    codes = [(folder / name).read_text().strip() for name in ("first", "second")]
    assert codes == ["3", "0"], run.errors
    # Maybe not even the failure could be noted; it is told all the same.
    assert json.loads((folder / "status").read_text()), "what is there can be read"
    failed = [line for line in run.events if line["event"] == "failed"]
    assert failed and {line["code"] for line in failed} == {"replica_disk_full"}
    assert_equal(folder / "kept" / "replica.db", api)


def test_a_replica_that_cannot_be_written_to(api: DataAPI, worker: Worker, folder: Path) -> None:
    """On a file system that was mounted read-only, as one with errors is."""
    worker.sync()
    api.control("add", resource="visits", count=1)
    script = f"mount --bind {worker.home} {worker.home} && mount -o remount,bind,ro {worker.home} && exec \"$@\""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    read_only = [tool("unshare"), "--mount", *root, "sh", "-c", script, "sh"]
    for command in ("sync", "status", "check"):
        run = worker.run(command, under=read_only)
        assert run.code == 4 and "cannot be written to" in run.errors + run.text, run.errors
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_replica_that_another_program_has_locked(api: DataAPI, worker: Worker) -> None:
    """Waited for, for some seconds; then it is a failure that says what to do. 75 is for another run of ours."""
    worker.sync()
    api.control("add", resource="visits", count=1)
    other = sqlite3.connect(worker.replica, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    run = worker.run("sync", "--resource", "visits")
    assert run.code == 1 and "another program" in run.errors, run.errors
    other.execute("COMMIT")
    other.close()
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_folder_that_cannot_be_made(worker: Worker) -> None:
    """Told with the line that makes it."""
    run = worker.run("sync", WELKIN_REPLICA="/proc/welkin/deep/replica.db")
    assert run.code == 4 and f"install -d -m 700 -o {os.geteuid()} /proc/welkin/deep" in run.errors, run.errors


@pytest.mark.parametrize("damage", ["no database", "cut off", "overwritten"])
def test_a_damaged_replica(api: DataAPI, worker: Worker, damage: str) -> None:
    """Named as such, with what to do; then that helps."""
    worker.sync()
    content = worker.replica.read_bytes()
    worker.replica.write_bytes({
        "no database": b"not a database, but a file of some length\n" * 1000,
        "cut off": content[:len(content) // 2],
        "overwritten": content[:8192] + b"\xa5" * (len(content) - 8192),
    }[damage])
    run = worker.run("sync")
    assert run.code == 1 and re.search(r"damaged|corrupt", run.errors), f"{run.code}: {run.errors}"
    worker.home.rename(worker.folder / "aside")
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_replica_of_a_newer_schema(worker: Worker) -> None:
    worker.sync()
    replica.execute(worker.replica, "UPDATE welkin_meta SET value = '99' WHERE name = 'schema'")
    before = worker.replica.read_bytes()
    for command in (["sync"], ["status"], ["verify"], ["export", "visits", "--format", "csv"]):
        run = worker.run(*command)
        assert run.code == 4 and "99" in run.errors, f"{command}: {run.errors}"
    assert worker.replica.read_bytes() == before


def test_a_database_of_another_program(worker: Worker) -> None:
    worker.home.mkdir(0o700)
    replica.execute(worker.replica, "CREATE TABLE theirs (id)")
    worker.replica.chmod(0o600)
    run = worker.run("sync")
    assert run.code == 4 and "another program" in run.errors
    assert replica.tables(worker.replica) == {"theirs"}


def test_the_replica_of_another_provider(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    for command in (["sync"], ["verify"], ["check"]):
        run = worker.run(*command, WELKIN_PROVIDER_ID="00000000-0000-4000-8000-000000000000")
        assert run.code == 4 and "provider" in run.errors + run.text
    assert_equal(worker.replica, api)


def test_a_network_file_system(worker: Worker, preload: Preload) -> None:
    """None is here: the worker is told by the C library that it is on one."""
    run = worker.run("sync", **preload.file_system(worker.home, NFS))
    assert run.code == 4 and "nfs" in run.errors and "local disk" in run.errors
    assert not list(worker.home.glob("*.db")), "no file was begun there"
    worker.sync()


def test_a_symbolic_link_in_place_of_the_file(worker: Worker) -> None:
    worker.sync()
    shutil.move(worker.replica, worker.home / "elsewhere.db")
    worker.replica.symlink_to("elsewhere.db")
    run = worker.run("sync")
    assert run.code == 4 and "symbolic link" in run.errors


@pytest.mark.parametrize("seconds", [-86_400, -600, -60, 60, 600, 5000, 86_400])
def test_the_clock_of_this_machine_jumps(api: DataAPI, worker: Worker, preload: Preload, seconds: int) -> None:
    """A run by a wrong clock, and the next ones by the right one again: nothing is passed over."""
    worker.sync()
    api.control("change", resource="patients", count=3)
    run = worker.run("sync", **preload.clock(seconds))
    # By a clock that is far off there is no token, or nothing to be asked for.
    assert run.code in (0, 3, 4), run.errors
    api.control("change", resource="patients", count=3)
    api.control("add", resource="visits", count=3)
    worker.sync()
    assert_equal(worker.replica, api)


@pytest.mark.parametrize("seconds", [-600, -60])
def test_the_clock_of_the_api_is_behind(api: DataAPI, worker: Worker, seconds: int) -> None:
    api.control("clock", offset=seconds)
    for _ in range(3):
        worker.sync()
        assert_equal(worker.replica, api)
        api.control("change", resource="patients", count=3)
        api.control("add", resource="visits", count=3)
    worker.sync()
    assert_equal(worker.replica, api)


@pytest.mark.parametrize("seconds", [60, 600])
def test_the_clock_of_the_api_is_ahead(api: DataAPI, worker: Worker, preload: Preload, seconds: int) -> None:
    """What it calls younger than now comes in once that time has come."""
    api.control("clock", offset=seconds)
    worker.sync()
    api.control("change", resource="patients", count=3)
    worker.sync()
    worker.sync(**preload.clock(seconds + 1))
    assert_equal(worker.replica, api)
