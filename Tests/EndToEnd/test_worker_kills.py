"""The worker is killed (SIGKILL) at every page, at every transaction, at every step of a check point, and at any
time. The next run goes on; nothing is lost, nothing is doubled."""

import random
import subprocess
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from welkin import replica
from welkin.data_api import STREAMS, DataAPI
from welkin.gate import Gate, Moment, Rule
from welkin.preload import Preload
from welkin.replica import assert_equal
from welkin.worker import Worker

#: Pages with and without `updated_at`, with a required filter, and one that is found whole each time.
RESOURCES = ["alerts", "file_uploads", "patients", "sms_messages"]

KILLED = -9


class Bench:
    """A replica that is put back to where it was before each run."""

    def __init__(self, worker: Worker, api: DataAPI, resources: list[str]) -> None:
        self.worker, self.api, self.resources = worker, api, resources
        self.begin: Path | None = None
        worker.values |= {"WELKIN_RESOURCES": ",".join(resources), "WELKIN_SYNC_PAGE_SIZE": "4",
                          "WELKIN_SYNC_JOBS": "1"}

    def increment(self, folder: Path, preload: Preload) -> None:
        """From now on runs begin with a replica of ten minutes ago. Since then half of all patients have changed,
        and to all resources half as many records were added. Nothing that is passed over would come again."""
        self.worker.values["WELKIN_SYNC_OVERLAP"] = "0"
        # A run goes up to the API's now where that is later than its own.
        self.api.control("clock", offset=-600)
        self.worker.sync(**preload.clock(-600))
        self.api.control("clock", offset=0)
        self.worker.home.rename(folder / "begin")
        self.begin = folder / "begin"
        then = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
        for resource in self.resources:
            half = len(self.api.dump(resource)) // 2
            if resource == "patients":
                self.api.control("change", resource=resource, count=half, at=then)
            self.api.control("add", resource=resource, count=half, at=then)

    def reset(self) -> None:
        self.worker.reset(self.begin)

    def settle(self) -> None:
        """The run after the kill is as good as any, and brings all that was missing."""
        self.worker.sync()
        assert_equal(self.worker.replica, self.api, self.resources)


@pytest.mark.parametrize("start", ["first run", "increment"])
@pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.name.lower())
def test_killed_at_every_page(
        api: DataAPI, worker: Worker, gate: Gate, preload: Preload, folder: Path, moment: Moment, start: str) -> None:
    bench = Bench(worker, api, RESOURCES)
    if start == "increment":
        bench.increment(folder, preload)
    gate.begin()
    bench.reset()
    worker.sync()
    pages = gate.count
    assert pages >= 10, "most have more than one page"
    for number in range(1, pages + 1):
        bench.reset()
        run = worker.start("sync")
        gate.begin(Rule(number, moment, run.kill))
        ended = worker.ended(run)
        # With the last answer, all of it may be done before the signal comes.
        assert ended.code == KILLED or (number == pages and moment is Moment.ANSWERED), f"page {number}"
        gate.begin()
        bench.settle()


@pytest.mark.parametrize("start", ["first run", "increment"])
@pytest.mark.parametrize("points", ["commit", "checkpoint"])
def test_killed_at_every_transaction_and_check_point(
        api: DataAPI, worker: Worker, preload: Preload, folder: Path, points: str, start: str) -> None:
    bench = Bench(worker, api, RESOURCES if points == "commit" else ["alerts", "visits"])
    if start == "increment":
        bench.increment(folder, preload)
    for number in count(1):
        bench.reset()
        run = worker.run("sync", **preload.kill(worker.home, number, points))
        if run.code == 0:
            break
        assert run.code == KILLED, run.errors
        bench.settle()
    assert number > 40, f"only {number} points: the library does not see what is written"
    assert_equal(worker.replica, api, bench.resources)


def test_killed_in_a_check_point_in_the_middle_of_a_run(folder: Path, preload: Preload) -> None:
    """A log of 64 MiB is written back while pages still come in: at the beginning of that, within, further on."""
    with DataAPI(folder, patients=5600) as api:
        worker = Worker(folder, api, WELKIN_SYNC_PAGE_SIZE="1000")
        for number in (40, 4000, 30_000):
            worker.reset()
            run = worker.run("sync", **preload.kill(worker.home, number, "checkpoint"))
            assert run.code == KILLED, run.errors
            done = [name for name, line in worker.status().items() if line["last_success"]]
            assert 0 < len(done) < STREAMS, "the run was not at its end"
            worker.sync()
            assert_equal(worker.replica, api)


def test_killed_at_any_time(api: DataAPI, worker: Worker) -> None:
    """Again and again, while the source changes, until one run is left alone."""
    chance = random.Random(4)
    bench = Bench(worker, api, RESOURCES + ["audit_logs", "visits", "workers"])
    kills, longest = 0, 1.0
    while kills < 250:
        begun = time.monotonic()
        run = worker.start("sync")
        try:
            run.wait(chance.uniform(0, longest))
        except subprocess.TimeoutExpired:
            run.kill()
        if worker.ended(run).code == KILLED:
            kills += 1
        else:
            # There was nothing left to be killed in; the next ones are given no more time than it took.
            longest = time.monotonic() - begun
            worker.reset()
        if kills % 10 == 0:
            api.control("change", resource="patients", count=3, seed=kills)
            api.control("add", resource="sms_messages", count=2)
    bench.settle()


def test_killed_while_it_repairs(api: DataAPI, worker: Worker, preload: Preload, folder: Path) -> None:
    """`verify --repair` is as safe: after a kill, the next one finishes what the first began."""
    bench = Bench(worker, api, RESOURCES)
    worker.sync()
    api.control("delete", resource="sms_messages", count=3)
    replica.execute(worker.replica, "DELETE FROM patients WHERE id IN (SELECT id FROM patients LIMIT 4)")
    worker.home.rename(folder / "begin")
    bench.begin = folder / "begin"
    for number in count(1):
        bench.reset()
        run = worker.run("verify", "--repair", **preload.kill(worker.home, number, "commit"))
        if run.code == 0:
            break
        assert run.code == KILLED, run.errors
        again = worker.run("verify", "--repair")
        assert again.code == 0, again.errors
        assert_equal(worker.replica, api, RESOURCES)
    assert number > 6
    assert_equal(worker.replica, api, RESOURCES)
