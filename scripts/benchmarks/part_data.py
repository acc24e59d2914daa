"""The page's data, `welkin-worker serve`: against the same job in Go, beside a full sync, with a thousand pages
waiting, and as CGI against PHP."""

import subprocess
import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from statistics import median

from data import cgi
from data.clinic import Clinic, clinic
from data.services import GO, LABELS, SERVE, ask, check, rows, started, upstream
from data.waiting import Pages
from harness.build import binary, build, welkin_worker
from harness.load import Load, wrk
from harness.nginx import KEEPALIVE, in_front_of
from harness.processes import BenchError, cpu_seconds, status_kib
from harness.report import Promise, Report, Section
from harness.settings import ORIGIN

CLIENTS = KEEPALIVE
# At 12,000 requests a second each launch makes three: it may make 20.
LAUNCHES = 4_000
WAITING = 1_000


def measure(report: Report, folder: Path, quick: bool) -> None:
    """Everything over one replica."""
    build("go-data", "spawn-loop")
    welkin_worker()
    with clinic(folder, 10_000 if quick else 100_000) as made:
        against_go(report, made, quick)
        beside_sync(report, made, quick)
        waiting(report, made, quick)
        as_cgi(report, made, quick)


def _load(port: int, seconds: float, sessions: Path) -> Load:
    load = wrk(port, seconds, CLIENTS, "data.lua", [sessions, ORIGIN], path="/")
    if load.errors:
        raise BenchError(f"failed under load: {load}")
    return load


def _sessions(made: Clinic) -> Path:
    """A file with sessions, all of them good for an hour from now on."""
    file = made.folder / "sessions"
    file.write_text("".join(f"{each.launch} {each.token}\n" for each in made.sessions(LAUNCHES)))
    return file


def against_go(report: Report, made: Clinic, quick: bool) -> None:
    """Both in turn in every round; a ratio is the median of the rounds' ratios."""
    rounds, seconds = (3, 2) if quick else (9, 5)
    names = [SERVE, GO]
    loads: dict[str, list[Load]] = {name: [] for name in names}
    processor: dict[str, list[float]] = {name: [] for name in names}
    with ExitStack() as stack:
        environments = {name: made.service(f"against-{name}") for name in names}
        journals = {name: Path(environments[name]["WELKIN_JOURNAL"]) for name in names}
        pids = {name: stack.enter_context(started(name, made, environments[name])).pid for name in names}
        ports = stack.enter_context(_nginx(made, names))
        check(ports, made.sessions(20), journals)
        for turn in range(-1, rounds):
            for name in names if turn % 2 else reversed(names):
                sessions, before, entries = _sessions(made), cpu_seconds(pids[name]), rows(journals[name])
                load = _load(ports[name], 1 if turn < 0 else seconds, sessions)
                used = cpu_seconds(pids[name]) - before
                # Some answers were under way when wrk stopped.
                if not 0 <= rows(journals[name]) - entries - load.requests <= CLIENTS:
                    raise BenchError(f"{name}: {load.requests} answers, {rows(journals[name]) - entries} entries")
                if turn >= 0:  # the first turn only warms up
                    loads[name].append(load)
                    processor[name].append(used / load.requests * 1e6)
    section = Section(
        f"`context` from a replica of {made.patients:,} patients, through nginx",
        ["service", "requests/s", "from", "to", "median ms", "p99 ms", "service CPU µs"])
    for name in names:
        rates = [load.rate for load in loads[name]]
        section.rows.append([
            LABELS[name], f"{median(rates):,.0f}", f"{min(rates):,.0f}", f"{max(rates):,.0f}",
            f"{median(load.median_ms for load in loads[name]):.2f}", f"{median(load.p99_ms for load in loads[name]):.2f}",
            f"{median(processor[name]):.0f}"])
    section.notes.append(
        f"Median of {rounds} rounds of {seconds} s each, both in turn in every round; wrk with {CLIENTS} connections and "
        f"{LAUNCHES:,} launches, two nginx workers that keep every connection, no `limit_req`. Both check the session and "
        "the Origin, read with prepared statements as of one moment, and have who saw whom in their journal (WAL, the "
        "same table and indexes, one transaction for all that wait) before they answer. wrk, nginx and the service share "
        "the processors.")
    pairs = list(zip(loads[SERVE], loads[GO]))
    report.add(
        section,
        Promise("`context` through nginx against Go", median(ours.rate / theirs.rate for ours, theirs in pairs), 1, True),
        Promise("… its p99", median(ours.p99_ms / theirs.p99_ms for ours, theirs in pairs), 1.2, False))


def _nginx(made: Clinic, names: list[str]) -> AbstractContextManager[dict[str, int]]:
    return in_front_of([upstream(name, made) for name in names], made.folder, made.folder / "nginx.out")


def beside_sync(report: Report, made: Clinic, quick: bool) -> None:
    """The same requests, alone and while everything is pulled again."""
    rounds, seconds = (1, 2) if quick else (3, 8)
    alone: list[Load] = []
    beside: list[Load] = []
    with started(SERVE, made, made.service("beside")), _nginx(made, [SERVE]) as ports:
        _load(ports[SERVE], 1, _sessions(made))
        for _ in range(rounds):
            sessions = _sessions(made)
            alone.append(_load(ports[SERVE], seconds, sessions))
            with made.full_sync() as sync:
                time.sleep(1)  # until it writes
                beside.append(_load(ports[SERVE], seconds, sessions))
                # In a short run it may be done.
                if sync.poll() is not None and not quick:
                    raise BenchError("the sync ended before the measurement")
    section = Section("Beside a full sync", ["", "requests/s", "median ms", "p99 ms", "longest ms"])
    for name, of in {"alone": alone, "beside a full sync": beside}.items():
        section.rows.append([
            name, f"{median(load.rate for load in of):,.0f}", f"{median(load.median_ms for load in of):.2f}",
            f"{median(load.p99_ms for load in of):.2f}", f"{max(load.max_ms for load in of):.0f}"])
    section.notes.append(
        f"Medians of {rounds} rounds of {seconds} s, in turn, as above. The sync changes eight of nine records, and takes as "
        "much processor time as it gets.")
    ratio = median(busy.p99_ms / idle.p99_ms for idle, busy in zip(alone, beside))
    report.add(section, Promise("p99 beside a full sync, against alone", ratio, 3, False))


def waiting(report: Report, made: Clinic, quick: bool) -> None:
    """Pages that wait in a new process, and are told of one commit after the other."""
    rounds = 3 if quick else 9
    sessions = made.sessions(WAITING)
    told: list[float] = []
    with started(SERVE, made, made.service("waiting")) as service, _nginx(made, [SERVE]) as ports:
        empty = status_kib(service.pid, "VmRSS")
        version = ask(ports[SERVE], sessions[0], "changes", '{"after":null}')[1]["version"]
        with Pages(ports[SERVE], sessions) as pages:
            for _ in range(rounds):
                pages.wait(version)
                time.sleep(1.5)  # until all wait, and a launch may ask again
                seconds, version = pages.told(made.replica)
                told.append(seconds)
            pages.wait(version)
            time.sleep(1.5)
            full, peak = status_kib(service.pid, "VmRSS"), status_kib(service.pid, "VmHWM")
    section = Section(f"{WAITING:,} pages that wait in `changes`", ["", "median", "largest"])
    section.rows.append(["from a commit to the last page told, s", f"{median(told):.3f}", f"{max(told):.3f}"])
    section.rows.append(["resident memory, MB", f"{full * 1024 / 1e6:.1f}", f"{peak * 1024 / 1e6:.1f}"])
    section.notes.append(
        f"{rounds} commits that concern every page, each page with a connection of its own to nginx, which connects once "
        f"more for each; the process with no page has {empty * 1024 / 1e6:.1f} MB.")
    report.add(
        section,
        Promise(f"resident memory with {WAITING:,} pages waiting", peak * 1024 / 1e6, 64, False, "MB"),
        Promise("from a commit to the last of them told, the slowest", max(told), 0.3, False, "s"))


def as_cgi(report: Report, made: Clinic, quick: bool) -> None:
    """Whole processes in turn, each with the same environment and body."""
    rounds = 50 if quick else 500
    environment = made.service("cgi")
    session, body = made.sessions(1)[0], made.folder / "body"
    body.write_text("{}")
    programs = {"true": Path("/bin/true"), "serve": welkin_worker(), "php": Path("/usr/bin/php-cgi")}
    variables = environment | cgi.environment(session)
    cgi.check(programs["serve"], programs["php"], variables)
    # CGI does not know how often a launch asks.
    run = subprocess.run(
        [binary("spawn-loop"), str(rounds), body, *(f"{name}={path}" for name, path in programs.items())],
        env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise BenchError(run.stderr[-2000:])
    labels = {"true": "/bin/true", "serve": "welkin-worker", "php": "php-cgi, pdo_sqlite"}
    section = Section("`context` as CGI, whole process", ["program", "median ms", "p90 ms", "memory MB"])
    times = {}
    for line in run.stdout.splitlines():
        name, middle, high, kib = line.split("\t")
        times[name] = float(middle)
        section.rows.append([labels[name], f"{times[name] / 1e3:.2f}", f"{float(high) / 1e3:.2f}",
                             f"{int(kib) * 1024 / 1e6:.1f}"])
    section.notes.append(
        f"{rounds} processes each, in turn, from posix_spawn to the end. PHP checks the session and reads the same; it "
        "has no journal to write to, and no settings to check.")
    report.add(section, Promise("`context` as CGI against php-cgi", times["serve"] / times["php"], 0.4, False))
