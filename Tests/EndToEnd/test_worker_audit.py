"""The audit as an operator reads it, which is itself recorded."""

import csv
import io
import json
import os
import pwd
import re
import signal
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest
from welkin import journal, wait
from welkin.data_api import DataAPI
from welkin.terminal import on_a_terminal
from welkin.worker import Worker

#: 2026-01-02T00:00:00Z
DAY = 1_767_312_000
NURSE, OTHER = "2c75593b-acce-46ec-9ab3-bb642ba7cc0e", "9d1f6a08-1b5a-4c3f-8a34-6a52f0f7c111"
PATIENT = "3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6"


@pytest.fixture
def audited(folder: Path) -> Worker:
    """A worker with a journal of five entries, and nothing else."""
    worker = Worker(folder)
    path = worker.home / "journal.db"
    journal.make(path)
    journal.add(path, DAY - 1, worker=NURSE, patient=PATIENT)
    journal.add(path, DAY, worker=NURSE, patient="p2", route="records/find", resource="visits", records=25)
    journal.add(path, DAY + 3600, worker=OTHER, patient=PATIENT, outcome="other_patient")
    journal.add(path, DAY + 86_399, worker=OTHER, patient="p3", resource='a "b", c')
    journal.add(path, DAY + 86_400, worker=NURSE, patient="p3", outcome="counted", route="*", attempts=7,
                last_us=(DAY + 86_410) * 1_000_000)
    return worker


def listed(worker: Worker, *words: str) -> list[dict]:
    run = worker.run("audit", "--format", "ndjson", *words)
    assert (run.code, run.errors) == (0, ""), run.errors
    return [json.loads(line) for line in run.text.splitlines()]


def test_every_entry_is_listed_and_then_the_listing(audited: Worker) -> None:
    entries = listed(audited)
    assert [entry["route"] for entry in entries] == ["context", "records/find", "context", "context", "*", "audit"]
    assert entries[1] == {
        "number": 2, "time": "2026-01-02T00:00:00.000000+00:00", "account": None, "app": "main", "launch": "5f6e",
        "worker": NURSE, "patient": "p2", "route": "records/find", "resource": "visits", "record": None,
        "records": 25, "outcome": "ok", "attempts": 1, "last": None}
    assert (entries[4]["attempts"], entries[4]["last"]) == (7, "2026-01-03T00:00:10.000000+00:00")
    assert entries[5]["account"].split(" as ")[-1] == pwd.getpwuid(os.geteuid()).pw_name
    assert entries[5]["worker"] is None and entries[5]["outcome"] == "ok"
    # The next listing has the last one, too.
    assert [entry["number"] for entry in listed(audited)] == [1, 2, 3, 4, 5, 6, 7]


def test_it_is_asked_by_worker_patient_and_time(audited: Worker) -> None:
    def numbers(*words: str) -> list[int]:
        return [entry["number"] for entry in listed(audited, *words) if entry["route"] != "audit"]
    assert numbers("--worker", NURSE.upper()) == [1, 2, 5]
    assert numbers("--patient", PATIENT) == [1, 3]
    assert numbers("--worker", OTHER, "--patient", PATIENT) == [3]
    # A date begins at midnight UTC; the one at the end is in it as a whole.
    assert numbers("--from", "2026-01-02", "--to", "2026-01-02") == [2, 3, 4]
    assert numbers("--from", "2026-01-02T01:00:00+01:00", "--to", "2026-01-02T01:00:00Z") == [2]
    assert numbers("--patient", "nobody") == []
    # Who looked for whose, is found by that patient, too.
    rows = journal.rows(audited.home / "journal.db", "SELECT patient, resource, record FROM audit WHERE route = 'audit'")
    assert rows[:3] == [(None, "workers", NURSE), (PATIENT, None, None), (PATIENT, "workers", OTHER)]
    assert [entry["number"] for entry in listed(audited, "--patient", PATIENT)][:2] == [1, 3]
    assert all(entry["route"] == "audit" for entry in listed(audited, "--patient", PATIENT)[2:])


def test_csv_has_the_same(audited: Worker) -> None:
    run = audited.run("audit", "--format", "csv", "--to", "2026-01-04")
    assert run.code == 0 and run.output.count(b"\r\n") == 6
    table = list(csv.DictReader(io.StringIO(run.text, newline="")))
    assert [row["number"] for row in table] == ["1", "2", "3", "4", "5"]
    assert table[3]["resource"] == 'a "b", c' and table[0]["account"] == "" and table[1]["records"] == "25"


def test_a_table_fits_a_terminal(audited: Worker) -> None:
    text = audited.run("audit", "--to", "2026-01-04").text
    assert text.splitlines() == [
        "TIME (UTC)           WHO        PATIENT    OUTCOME        WHAT",
        "2026-01-01 23:59:59  2c75593b…  3f0e1a52…  ok             context",
        "2026-01-02 00:00:00  2c75593b…  p2         ok             records/find visits 25 records",
        "2026-01-02 01:00:00  9d1f6a08…  3f0e1a52…  other_patient  context",
        '2026-01-02 23:59:59  9d1f6a08…  p3         ok             context a "b", c',
        "2026-01-03 00:00:00  2c75593b…  p3         counted        * 7 attempts"]


def test_a_file_is_there_as_a_whole_or_not(audited: Worker, folder: Path) -> None:
    path = folder / "audit.csv"
    run = audited.run("audit", "--format", "csv", "--output", str(path))
    assert (run.code, run.output) == (0, b"") and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text().splitlines()) == 7
    for name in ("journal.db", "journal.db-wal", "replica.db"):
        run = audited.run("audit", "--output", str(audited.home / name))
        assert run.code == 2 and "belongs to it, and would be lost" in run.errors
    before = journal.rows(audited.home / "journal.db", "SELECT count(*) FROM audit")
    refused = audited.run("audit", "--output", str(folder / "none" / "file"))
    assert refused.code == 1 and "create the folder" in refused.errors
    # It was recorded before anything could be printed.
    assert journal.rows(audited.home / "journal.db", "SELECT count(*) FROM audit") == [(before[0][0] + 1,)]


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_without_a_file(audited: Worker, folder: Path, number: signal.Signals, code: int) -> None:
    path = audited.home / "journal.db"
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(
            "INSERT INTO audit (time_us, app, launch, worker, route, outcome) VALUES (?, 'main', 'l', 'w1', 'context', 'ok')",
            (((DAY + second) * 1_000_000,) for second in range(200_000)))
    connection.close()
    target = folder / "audit.ndjson"
    run = audited.start("audit", "--format", "ndjson", "--output", str(target))
    wait.until(lambda: list(folder.glob(".audit.ndjson.*.partial")), "it writes")
    run.send_signal(number)
    ended = audited.ended(run)
    assert ended.code == code and not target.exists() and not list(folder.glob(".audit*"))


def test_without_a_journal_it_says_so_and_makes_none(folder: Path) -> None:
    worker = Worker(folder)
    run = worker.run("audit")
    assert run.code == 4 and "there is no journal at" in run.errors and "WELKIN_JOURNAL" in run.errors
    assert not worker.home.exists()
    elsewhere = folder / "elsewhere" / "j.db"
    journal.make(elsewhere)
    assert worker.run("audit", WELKIN_JOURNAL=str(elsewhere)).code == 0
    assert worker.run("audit", WELKIN_JOURNAL="elsewhere/j.db").code == 4
    same = worker.run("audit", WELKIN_JOURNAL=str(worker.replica))
    assert same.code == 4 and "WELKIN_JOURNAL: it is the same file as WELKIN_REPLICA" in same.errors
    assert worker.run("audit", WELKIN_JOURNAL=str(elsewhere), WELKIN_PROVIDER_ID=None).code == 4
    assert worker.run("audit", WELKIN_JOURNAL=str(elsewhere), WELKIN_AUDIT_DAYS="0").code == 4
    other = worker.run("audit", WELKIN_JOURNAL=str(elsewhere), WELKIN_PROVIDER_ID=NURSE.replace("2", "3"))
    assert other.code == 4 and "belongs to the provider" in other.errors


def test_nothing_is_printed_that_was_not_recorded(audited: Worker) -> None:
    """Another program has the lock: the listing ends without a line."""
    connection = sqlite3.connect(audited.home / "journal.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        run = audited.run("audit")
        assert (run.code, run.output) == (1, b"") and "has locked" in run.errors
    finally:
        connection.close()
    assert audited.run("audit").code == 0


@pytest.mark.parametrize("words", [
    ["--format", "xml"], ["--worker", "no id"], ["--patient", ""], ["--from", "yesterday"], ["--to", "2026-02-30"],
    ["--from", "2026-01-03", "--to", "2026-01-02"], ["words"]], ids=" ".join)
def test_usage(audited: Worker, words: list[str]) -> None:
    assert audited.run("audit", *words).code == 2
    assert journal.rows(audited.home / "journal.db", "SELECT count(*) FROM audit") == [(5,)]


def test_check_tests_the_journal(api: DataAPI, worker: Worker) -> None:
    path = worker.home / "journal.db"
    assert "journal" not in worker.run("check").text, "where there is none, none is missing"
    journal.make(path)
    run = worker.run("check")
    assert run.code == 0 and f"ok       journal {path}" in run.text
    path.chmod(0o640)
    run = worker.run("check")
    assert run.code == 4 and f"problem  journal: {path} is open to other users" in run.text and "chmod 600" in run.text
    path.chmod(0o600)
    root = journal.rows(path, "SELECT rootpage FROM sqlite_master WHERE name = 'audit'")[0][0]
    for second in range(200):
        journal.add(path, DAY + second)
    subprocess.run(["sqlite3", str(path), "PRAGMA wal_checkpoint(TRUNCATE)"], check=True, capture_output=True)
    with open(path, "r+b") as file:
        file.seek((root - 1) * 4096 + 8)
        file.write(b"\xa5" * 512)
    run = worker.run("check")
    assert run.code == 1 and re.search("problem  journal: .*damaged", run.text), run.text
    path.unlink()
    for name in ("journal.db-wal", "journal.db-shm"):
        (worker.home / name).unlink(missing_ok=True)
    journal.make(path, provider=OTHER)
    run = worker.run("check")
    assert run.code == 4 and "the journal belongs to the provider" in run.text


def test_a_terminal_gets_lines_that_fit(audited: Worker) -> None:
    journal.add(audited.home / "journal.db", DAY, resource="r" * 200)
    shown = on_a_terminal(audited, "audit", columns=80)
    lines = shown.raw.splitlines()
    assert shown.code == 0 and len(lines) == 8
    assert max(map(len, lines)) == 79 and lines[3].endswith("…")


def test_what_cannot_be_printed_is_told(audited: Worker) -> None:
    full = audited.run("audit", under=["sh", "-c", 'exec "$@" > /dev/full', "sh"])
    assert (full.code, full.errors) == (1, "welkin-worker: write standard output: No space left on device\n")
    left = audited.run("audit", under=["bash", "-c", 'set -o pipefail; "$@" | true; exit "${PIPESTATUS[0]}"', "sh"])
    # A reader that leaves at once may still leave too late.
    assert left.code in (0, 141) and left.errors == ""


def test_several_processes_lose_nothing(audited: Worker) -> None:
    runs = [audited.start("audit", "--format", "ndjson") for _ in range(8)]
    ended = [audited.ended(run, logged=False) for run in runs]
    assert [run.code for run in ended] == [0] * 8, [run.errors for run in ended]
    # Each has its own entry at the end.
    assert all(json.loads(run.text.splitlines()[-1])["route"] == "audit" for run in ended)
    assert journal.rows(audited.home / "journal.db", "SELECT count(*) FROM audit WHERE route = 'audit'") == [(8,)]
    assert journal.rows(audited.home / "journal.db", "PRAGMA integrity_check") == [("ok",)]
