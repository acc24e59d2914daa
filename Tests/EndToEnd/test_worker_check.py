"""What `check` tells of the replica before a `sync` would: damage, the lock, another run, the clock, nothing to pull."""

from welkin import replica, wait
from welkin.data_api import DataAPI
from welkin.worker import Worker


def test_check_tells_damage(api: DataAPI, worker: Worker) -> None:
    """Of a page that `status` does not read."""
    worker.sync()
    assert worker.run("check").code == 0
    root, size = replica.rows(worker.replica, "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
                                              " WHERE name = 'visits'")[0]
    with open(worker.replica, "r+b") as file:
        file.seek((root - 1) * size + 8)
        file.write(b"\xa5" * 512)
    run = worker.run("check")
    problems = [line for line in run.text.splitlines() if line.startswith("problem")]
    assert run.code == 1 and len(problems) == 1, run.text
    assert "damaged" in problems[0] and "aside" in problems[0]


def test_check_tells_a_lock_that_cannot_be_taken(worker: Worker) -> None:
    worker.sync()
    lock = worker.home / "replica.db.lock"
    lock.unlink()
    lock.symlink_to("elsewhere")
    run = worker.run("check")
    assert run.code == 4 and "problem  lock: " in run.text and str(lock) in run.text
    lock.unlink()
    assert worker.run("check").code == 0


def test_check_tells_a_run_that_is_at_work(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    api.fail("status", status=429, retry_after="60", path="/v1/visits")
    run = worker.start("sync")
    try:
        lock = worker.home / "replica.db.lock"
        wait.until(lambda: f"{run.pid} " in lock.read_text(), "the run has the lock")
        text = worker.run("check", WELKIN_RESOURCES="patients").text
        assert f"note     a run is in progress: process {run.pid}, since 20" in text
    finally:
        run.kill()
        worker.ended(run)


def test_check_tells_a_cursor_that_lies_ahead(worker: Worker) -> None:
    worker.sync()
    replica.execute(worker.replica, "UPDATE welkin_streams SET cursor_us = cursor_us + 86400000000 WHERE resource = 'visits'")
    run = worker.run("check")
    problems = [line for line in run.text.splitlines() if line.startswith("problem")]
    assert run.code == 1 and len(problems) == 1 and problems[0].startswith("problem  visits: its cursor 20")


def test_nothing_to_pull(api: DataAPI, worker: Worker) -> None:
    """The same words by each command; nothing is asked for that."""
    told = [worker.run(command, WELKIN_RESOURCES="audit_logs", WELKIN_FILTER_AUDIT_LOGS=None)
            for command in ("sync", "verify", "check")]
    for run in told:
        text = run.errors + run.text
        assert run.code == 4 and "nothing is left to pull" in text and "WELKIN_FILTER_AUDIT_LOGS" in text, text
    assert api.requests().keys() <= {"/v1/token"}
    assert not worker.replica.exists()
