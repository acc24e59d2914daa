"""welkin-worker's sync against dlt and a bare loop, over the same pages of the same nginx; its memory, and what
a run costs when little or nothing is new."""

import json
import shutil
import statistics
from datetime import datetime, timedelta, timezone
from pathlib import Path

from harness.processes import BenchError, free_ports
from harness.report import Promise, Report, Section
from worker.api import StaticAPI, static_api
from worker.contestants import BARE, BARE_RARELY, DLT, WORKER, Contestant
from worker.patients import Written, write_pages
from worker.run import Run

CHANGED = 1_000


def measure(report: Report, folder: Path, quick: bool) -> None:
    """Measures loads, then memory and changes, then runs with nothing new."""
    pages, port = folder / "pages", free_ports(1)[0]
    pages.mkdir()
    with static_api(folder / "nginx", pages, port) as api:
        loads(report, folder, api, pages, quick)
        growth(report, folder, api, pages, quick)
        nothing(report, folder, api, pages)


def loads(report: Report, folder: Path, api: StaticAPI, pages: Path, quick: bool) -> None:
    """The first load."""
    count, rounds = (10_000, 1) if quick else (100_000, 5)
    expected = write_pages(pages, count, api.origin)
    contestants = [WORKER, BARE, BARE_RARELY, DLT]
    runs: dict[str, list[Run]] = {each.name: [] for each in contestants}
    for number in range(rounds):
        # Everybody begins as often.
        first = number % len(contestants)
        for each in contestants[first:] + contestants[:first]:
            runs[each.name].append(_fresh(each, folder, api, expected))
    section = Section(f"First load of {count:,} patients into SQLite, medians of {rounds} rounds",
                      ["", "records/s", "seconds", "CPU seconds", "largest MB"])
    for name, of in runs.items():
        seconds = statistics.median(each.seconds for each in of)
        section.rows.append([name, f"{count / seconds:,.0f}", f"{seconds:.2f}",
                             f"{statistics.median(each.cpu for each in of):.2f}",
                             f"{max(each.peak_mb for each in of):.0f}"])
    section.notes.append(
        "Whole processes, from their start to their end, over the same files served by one nginx. The bare loop "
        "keeps records and one index; the worker columns, versions and indexes besides, and it checks everything.")

    def ratio(other: Contestant) -> float:
        return statistics.median(
            theirs.seconds / ours.seconds for ours, theirs in zip(runs[WORKER.name], runs[other.name]))

    report.add(section, Promise("sync of everything against dlt's rest_api source", ratio(DLT), 5, True),
               Promise("… against a bare loop in Python with orjson and sqlite3", ratio(BARE), 1.2, True))


def _fresh(contestant: Contestant, folder: Path, api: StaticAPI, expected: Written) -> Run:
    result = folder / "result"
    try:
        run = contestant.run(api.origin, result)
        contestant.check(result, expected)
    finally:
        shutil.rmtree(result, ignore_errors=True)
    return run


def growth(report: Report, folder: Path, api: StaticAPI, pages: Path, quick: bool) -> None:
    """Memory, and the time for the same number of changes, with few records and with many."""
    rounds = 1 if quick else 5
    section = Section(f"Few records and many; then {CHANGED:,} of them changed, medians of {rounds} rounds",
                      ["records", "first load, s", "largest MB", "changes, s", "CPU seconds", "largest MB "])
    loaded: list[Run] = []
    changed: list[tuple[float, float]] = []  # CPU seconds, MB
    for count in (10_000, 100_000 if quick else 1_000_000):
        result = folder / f"result-{count}"
        _clear(pages)
        expected = write_pages(pages, count, api.origin)
        first = WORKER.run(api.origin, result)
        WORKER.check(result, expected)
        runs = [_change(result, api, pages, f"Round {number} Street") for number in range(rounds)]
        shutil.rmtree(result)
        cpu, peak = statistics.median(each.cpu for each in runs), max(each.peak_mb for each in runs)
        section.rows.append([f"{count:,}", f"{first.seconds:.2f}", f"{first.peak_mb:.1f}",
                             f"{statistics.median(each.seconds for each in runs):.3f}", f"{cpu:.3f}", f"{peak:.1f}"])
        loaded.append(first)
        changed.append((cpu, peak))
    (few, many), (few_changed, many_changed) = loaded, changed
    report.add(
        section,
        Promise("resident memory of a sync, few records or many", max(few.peak_mb, many.peak_mb), 64, False, "MB"),
        Promise("… with many against with few", many.peak_mb / few.peak_mb, 1.15, False),
        Promise(f"CPU time of a sync that finds {CHANGED:,} changes, among many against among few",
                many_changed[0] / few_changed[0], 2, False),
        # SQLite's cache of 8 MiB may be fuller, and that is all.
        Promise("… its memory", many_changed[1] / few_changed[1], 1.25, False))


def _clear(pages: Path) -> None:
    for file in pages.iterdir():
        file.unlink()


def _change(result: Path, api: StaticAPI, pages: Path, street: str) -> Run:
    """Changes the first patients' addresses, within the time that the next sync requests."""
    _clear(pages)
    write_pages(pages, CHANGED, api.origin, datetime.now(timezone.utc) - timedelta(seconds=60), "changed", street)
    run = WORKER.run(api.origin, result)
    if _end(run)["updated"] != CHANGED:
        raise BenchError(f"not {CHANGED} changes: {_end(run)}")
    return run


def _end(run: Run) -> dict[str, object]:
    """The worker's final event."""
    return next(line for line in map(json.loads, run.output.splitlines()) if line["event"] == "synced")


def nothing(report: Report, folder: Path, api: StaticAPI, pages: Path) -> None:
    """Syncs all resources twice; the second run finds nothing new."""
    _clear(pages)
    write_pages(pages, 1_000, api.origin)
    write_pages(pages, 0, api.origin, first="changed")
    result = folder / "nothing"
    WORKER.run(api.origin, result, resources="")
    before = len(api.requests())
    run = WORKER.run(api.origin, result, resources="")
    requests, streams = api.requests()[before:], _end(run)["streams"]
    if len(set(requests)) != streams:
        raise BenchError(f"{streams} streams, but asked for were {sorted(set(requests))}")
    section = Section("A sync with nothing new", ["resources and filter values", "requests", "seconds", "largest MB"])
    section.rows.append([str(streams), str(len(requests)), f"{run.seconds:.3f}", f"{run.peak_mb:.1f}"])
    report.add(section, Promise("requests of a sync with nothing new, for each resource and filter value",
                                len(requests) / len(set(requests)), 1, False, ""))
