"""Resident memory as FastCGI over a million requests of every kind, and whether it grows.
(As CGI it is measured with the times, by part_cgi.)"""

import http.client
import re
from pathlib import Path

from harness.build import welkin_launch
from harness.contestants import THREADS, contestants, started, upstream
from harness.load import wrk
from harness.nginx import in_front_of
from harness.processes import BenchError, status_kib
from harness.report import Promise, Report, Section
from harness.settings import ORIGIN, launch_body, wrong_bodies

CONNECTIONS = 64  # more than threads: connections open and close, as in a busy hour
# A fluctuation of eight pages per thread is not growth. A leak of one byte per request would be twice
# that in the second half of a million.
GROWTH_KIB = 256


def _ask(port: int, method: str, path: str, body: str | None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        response = connection.getresponse()
        return response.status, response.getheader("Set-Cookie", "")
    finally:
        connection.close()


def _session(port: int, body: str) -> tuple[str, str]:
    """LAUNCH and the session's token, as a launch gives them; proves that it can be read and renewed,
    as wrk is about to do."""
    _, cookie = _ask(port, "POST", "/launch", body, Content_Type="application/x-www-form-urlencoded")
    found = re.match(r"(__Secure-welkin=([^;]+)); Path=(/a/main/([\w-]{22})/)", cookie)
    if not found:
        raise BenchError(f"no session: {cookie!r}")
    path = found[3] + "session"
    read, _ = _ask(port, "GET", path, None, Cookie=found[1])
    renewed, _ = _ask(port, "POST", path, "{}", Cookie=found[1], Origin=ORIGIN, Content_Type="application/json")
    if (read, renewed) != (200, 200):
        raise BenchError(f"the session cannot be read ({read}) or renewed ({renewed})")
    return found[4], found[2]


def measure(report: Report, folder: Path, quick: bool) -> None:
    """Launches, refusals, reads and renewals in turn; a sample of the memory after each stretch."""
    goal = 100_000 if quick else 1_000_000
    own = contestants(welkin_launch())[0]
    good, bad = folder / "good", folder / "bad"
    section = Section(f"Memory as FastCGI, {THREADS} threads", ["requests", "resident MB", "largest MB"])
    samples: list[tuple[int, int]] = []
    with started(own, folder, Path("/dev/null")) as pid, \
            in_front_of([upstream(own, folder)], folder, folder / "nginx.out") as ports:
        port, done, shown = ports[own.name], 0, 0
        while done < goal:
            good.write_text(launch_body())
            bad.write_text(wrong_bodies()["signature"])
            launch, token = _session(port, good.read_text())
            done += wrk(port, 2, CONNECTIONS, "mixed.lua", [good, bad, launch, token, ORIGIN]).requests
            resident = status_kib(pid, "VmRSS")
            samples.append((done, resident))
            if done >= shown or done >= goal:
                shown += goal // 5
                section.rows.append([f"{done:,}", f"{resident * 1024 / 1e6:.2f}",
                                     f"{status_kib(pid, 'VmHWM') * 1024 / 1e6:.2f}"])
        largest = status_kib(pid, "VmHWM") * 1024 / 1e6
    half = next(resident for requests, resident in samples if requests >= goal // 2)
    section.notes.append(
        "Launches, refusals, reads and renewals of a session in turn, behind nginx, "
        f"{CONNECTIONS} connections. Up to {GROWTH_KIB} KiB between the half and the end is no growth.")
    report.add(
        section,
        Promise(f"resident memory as FastCGI after {goal:,} requests", largest, 12, False, "MB"),
        Promise(f"its growth from {goal // 2:,} requests on", samples[-1][1] - half, GROWTH_KIB, False, "KiB"),
    )
