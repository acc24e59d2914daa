"""FastCGI behind nginx: throughput against C, Go, PHP and Node, each with the same nginx, the same
kept connections and the same clients."""

from contextlib import ExitStack
from pathlib import Path
from statistics import median

from harness import cgi
from harness.build import build, welkin_launch
from harness.contestants import check, contestants, started, upstream
from harness.load import Load, wrk
from harness.nginx import KEEPALIVE, in_front_of
from harness.processes import BenchError, cpu_seconds
from harness.report import Promise, Report, Section
from harness.settings import launch_body

# Fewer than the 32 threads. A kept connection pins a thread, so with more, a handler of plain libfcgi
# serves the connections that it has and lets the others wait for seconds: throughput would reward
# that. What welkin-launch does with more clients than threads is measured by part_clients.
CONNECTIONS = KEEPALIVE


def measure(report: Report, folder: Path, quick: bool) -> None:
    """Every round measures every contestant once, so that all of them see the same neighbours; a
    ratio is the median of the rounds' ratios."""
    rounds, seconds = (3, 2) if quick else (9, 5)
    build("c-nothing", "c-mac", "c-libjwt", "go-fcgi")
    launch = welkin_launch()
    answer = folder / "answer"
    answer.write_bytes(cgi.answer(launch))
    body = folder / "body"
    all_of_them = contestants(launch)

    loads: dict[str, list[Load]] = {each.name: [] for each in all_of_them}
    processor: dict[str, list[float]] = {each.name: [] for each in all_of_them}
    with ExitStack() as stack:
        pids = {each.name: stack.enter_context(started(each, folder, answer)) for each in all_of_them}
        ports = stack.enter_context(
            in_front_of([upstream(each, folder) for each in all_of_them], folder, folder / "nginx.out"))
        for each in all_of_them:
            check(each, ports[each.name])
        for turn in range(-1, rounds):
            shift = turn % len(all_of_them)
            for each in all_of_them[shift:] + all_of_them[:shift]:
                body.write_text(launch_body())
                before = cpu_seconds(pids[each.name])
                load = wrk(ports[each.name], 1 if turn < 0 else seconds, CONNECTIONS, "launch.lua", [body])
                used = cpu_seconds(pids[each.name]) - before
                if load.errors:
                    raise BenchError(f"{each.name} failed under load: {load}")
                if turn >= 0:  # the first turn only warms up
                    loads[each.name].append(load)
                    processor[each.name].append(used / load.requests * 1e6)

    section = Section(
        "FastCGI behind nginx",
        ["handler", "requests/s", "from", "to", "p99 ms", "handler CPU µs", "welkin-launch is"])
    promises = []
    own = loads["welkin-launch"]
    for each in all_of_them:
        theirs = loads[each.name]
        rates = [load.rate for load in theirs]
        ratio = median(mine.rate / other.rate for mine, other in zip(own, theirs))
        section.rows.append([
            each.label, f"{median(rates):,.0f}", f"{min(rates):,.0f}", f"{max(rates):,.0f}",
            f"{median(load.p99_ms for load in theirs):.1f}", f"{median(processor[each.name]):.0f}",
            "" if each.floor is None else f"{ratio:.2f} ×",
        ])
        if each.floor is not None:
            promises.append(Promise(f"FastCGI throughput against {each.label}", ratio, each.floor, True))
    section.notes.append(
        f"Median of {rounds} rounds of {seconds} s each, all handlers in turn in every round; wrk with "
        f"{CONNECTIONS} connections, two nginx workers that keep every connection, 32 threads (or "
        "PHP children). wrk, nginx and the handler share the processors, so handler CPU is given too: "
        "the handler's own processor time a request.")
    report.add(section, *promises)
