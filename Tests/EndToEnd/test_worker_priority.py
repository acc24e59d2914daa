"""Runs that nobody waits for yield to the data service: their nice value, their session's, and their processors."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from welkin.gate import Gate, Moment, Rule
from welkin.paths import WORKER, tool
from welkin.worker import Worker

ALL = len(os.sched_getaffinity(0))


@dataclass
class Priority:
    """Of a process, as the kernel has it."""

    #: Of each thread.
    nice: set[int]
    processors: set[int]
    #: Of the session; nil where the kernel does not share processors out by session.
    session: str | None

    @staticmethod
    def of(process: int) -> "Priority":
        threads = [int(thread.name) for thread in Path(f"/proc/{process}/task").iterdir()]
        group = Path(f"/proc/{process}/autogroup")
        return Priority({os.getpriority(os.PRIO_PROCESS, thread) for thread in threads},
                        {len(os.sched_getaffinity(thread)) for thread in threads},
                        group.read_text().split()[-1] if group.exists() else None)


def children(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def worker_below(process: int) -> int:
    """The worker that this one is or has started."""
    while Path(f"/proc/{process}/exe").resolve() != WORKER:
        [process] = children(process)
    return process


def at_work(worker: Worker, gate: Gate, *words: str, under: list[str] | None = None) -> Priority:
    """What a run has that waits for its first page."""
    seen: list[Priority] = []
    run = worker.start(*words, under=[*(under or []), *ORDINARY])
    gate.begin(Rule(1, Moment.ASKED, lambda: seen.append(Priority.of(worker_below(run.pid)))))
    assert worker.ended(run).code == 0
    return seen[0]


#: As any user but root: with that privilege, Swift's runtime sets the nice value of each new thread to its own.
ORDINARY = [tool("setpriv"), "--bounding-set=-sys_nice"] if os.geteuid() == 0 else []

#: Half of the processors, rounded up.
HALF = {(ALL + 1) // 2}

#: A shell that stays, as cron's does.
SHELL = ["sh", "-c", '"$@"; exit $?', "sh"]


@pytest.mark.parametrize("under", [[], SHELL], ids=["systemd", "cron"])
def test_job_of_its_own_session_yields(worker: Worker, gate: Gate, under: list[str]) -> None:
    seen = at_work(worker, gate, "sync", under=under)
    assert (seen.nice, seen.processors) == ({10}, HALF)
    assert seen.session in ("10", None)
    seen = at_work(worker, gate, "verify", under=under)
    assert (seen.nice, seen.processors) == ({10}, HALF)


def test_run_in_the_session_of_others_leaves_that_alone(worker: Worker, gate: Gate) -> None:
    """It does not take processors from whoever started it, either: somebody may be waiting."""
    seen = at_work(worker, gate, "sync", under=SHELL + SHELL)
    assert (seen.nice, seen.processors) == ({10}, {ALL})
    assert seen.session in ("0", None)


def test_what_is_nicer_stays_so(worker: Worker, gate: Gate) -> None:
    assert at_work(worker, gate, "sync", under=["nice", "-n", "15"]).nice == {15}
    assert at_work(worker, gate, "verify", under=["nice", "-n", "5"]).nice == {10}


@pytest.mark.skipif(ALL < 2, reason="there is nothing to halve")
def test_one_processor_is_enough(worker: Worker, gate: Gate) -> None:
    one = str(min(os.sched_getaffinity(0)))
    assert at_work(worker, gate, "sync", under=["taskset", "-c", one]).processors == {1}
