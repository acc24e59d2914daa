"""Far more clients than threads: 512 of them on 32 threads, behind the project's own nginx
configuration. No client may get an error, or wait for more than a second."""

from pathlib import Path

from harness.build import welkin_launch
from harness.contestants import THREADS, contestants, started, upstream
from harness.load import wrk
from harness.processes import free_ports
from harness.report import Promise, Report, Section
from harness.settings import launch_body
from harness.site import launch_route

CLIENTS = 512


def measure(report: Report, folder: Path, quick: bool) -> None:
    """One run with a timeout of one second, because wrk counts both slower requests and, every two seconds,
    clients that still wait; its longest time alone would omit clients that never got an answer."""
    seconds = 5 if quick else 30
    own = contestants(welkin_launch())[0]
    socket, port = upstream(own, folder).socket, free_ports(1)[0]
    body = folder / "body"
    body.write_text(launch_body())
    with started(own, folder, Path("/dev/null")), launch_route(folder, socket, port):
        load = wrk(port, seconds, CLIENTS, "launch.lua", [body], timeout=1)
    failed = load.errors - load.timeout
    section = Section(
        f"{CLIENTS} clients on {THREADS} threads",
        ["seconds", "requests", "requests/s", "median ms", "p99 ms", "longest ms", "over 1 s", "errors"],
        [[f"{load.seconds:.0f}", f"{load.requests:,}", f"{load.rate:,.0f}", f"{load.median_ms:.1f}",
          f"{load.p99_ms:.1f}", f"{load.max_ms:.0f}", str(load.timeout), str(failed)]])
    section.notes.append(
        "Launches over kept connections from wrk, all of them at once, through the project's nginx "
        "configuration (without its limit by address) and its settings for the upstream.")
    report.add(
        section,
        Promise(f"failed requests with {CLIENTS} clients", failed, 0, False, "requests"),
        Promise(f"requests over 1 s with {CLIENTS} clients", load.timeout, 0, False, "requests"),
    )
