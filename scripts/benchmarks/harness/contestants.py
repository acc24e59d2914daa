"""The contestants of the FastCGI comparison, how each is started, and the proof that it works."""

import http.client
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.build import PEERS, binary
from harness.nginx import Upstream
from harness.processes import BenchError, running
from harness.settings import ENVIRONMENT, ORIGIN, launch_body, wrong_bodies

THREADS = 32


@dataclass(frozen=True)
class Contestant:
    """`command` may hold {socket} and {pool}. `floor` is the promised ratio of welkin-launch's
    throughput to this one's; `whole_job` is false for the two that do not verify tokens."""

    name: str
    label: str
    command: tuple[str, ...]
    floor: float | None
    whole_job: bool = True
    http: bool = False


def contestants(launch: Path) -> list[Contestant]:
    """welkin-launch first, then its competitors."""
    node = ("node", str(PEERS / "node-http/launch.js"), "{socket}")
    processes = os.cpu_count() or 1
    php = ("php-fpm8.2", "--fpm-config", "{pool}", *(["--allow-to-run-as-root"] if os.geteuid() == 0 else []))
    c = ("{socket}", str(THREADS))
    return [
        Contestant("welkin-launch", "welkin-launch",
                   (str(launch), "--listen", "unix:{socket}", "--threads", str(THREADS)), None),
        Contestant("c-mac", "C, libfcgi, the same MACs, parses nothing", (str(binary("c-mac")), *c), 0.7, False),
        Contestant("c-nothing", "C, libfcgi, does nothing", (str(binary("c-nothing")), *c), 0.5, False),
        Contestant("c-libjwt", "C, libfcgi and libjwt", (str(binary("c-libjwt")), *c), 1.5),
        Contestant("go-fcgi", "Go, net/http/fcgi and golang-jwt", (str(binary("go-fcgi")), "{socket}"), 2.5),
        Contestant("php-fpm", "PHP-FPM", php, 1.5),
        Contestant("node-1", "Node, http, one process", (*node, "1"), 1.3, http=True),
        Contestant("node-all", f"Node, http, cluster of {processes}", (*node, str(processes)), 1.3, http=True),
    ]


def upstream(contestant: Contestant, folder: Path) -> Upstream:
    """The address where nginx finds it."""
    script = PEERS / "php-fpm/launch.php"
    return Upstream(contestant.name, folder / f"{contestant.name}.sock", contestant.http, script)


@contextmanager
def started(contestant: Contestant, folder: Path, answer: Path) -> Iterator[int]:
    """The contestant, listening in the folder; yields its process id. `answer` is the file with
    welkin-launch's own answer, for those that only repeat it."""
    socket = upstream(contestant, folder).socket
    pool = folder / "php-fpm.conf"
    if contestant.name == "php-fpm":
        user = "user = root" if os.geteuid() == 0 else ""
        text = (PEERS / "php-fpm/pool.conf.in").read_text()
        for name, value in {"FOLDER": folder, "SOCKET": socket, "THREADS": THREADS, "USER": user}.items():
            text = text.replace(f"@{name}@", str(value))
        pool.write_text(text)
    command = [word.format(socket=socket, pool=pool) for word in contestant.command]
    environment = {**ENVIRONMENT, "BENCH_ANSWER": str(answer)}
    with running(command, socket, folder / f"{contestant.name}.log", environment) as process:
        yield process.pid


def _post(port: int, body: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", "/launch", body, {"Content-Type": "application/x-www-form-urlencoded"})
        response = connection.getresponse()
        return response.status, response.getheader("Location", ""), response.getheader("Set-Cookie", "")
    finally:
        connection.close()


def check(contestant: Contestant, port: int) -> None:
    """Proves that a valid token launches, each time as a new LAUNCH with a cookie for its path, and
    that an invalid one is refused (by those that do the whole job)."""
    seen = set()
    for _ in range(2):
        status, location, cookie = _post(port, launch_body())
        found = re.fullmatch(re.escape(ORIGIN) + r"/a/main/([\w-]{22})/#handoff=[\w-]{200,}", location)
        if status != 302 or not found or not re.match(r"__Secure-welkin=[\w.-]{250,}; ", cookie) \
                or f"; Path=/a/main/{found[1]}/;" not in cookie:
            raise BenchError(f"{contestant.name} does not launch: {status} {location!r} {cookie!r}")
        seen.add(found[1])
    if contestant.name != "c-nothing" and len(seen) != 2:
        raise BenchError(f"{contestant.name} repeats a launch")
    for what, body in wrong_bodies().items() if contestant.whole_job else ():
        status, location, cookie = _post(port, body)
        if status not in (400, 401, 403) or location or cookie:
            raise BenchError(f"{contestant.name} does not refuse a wrong {what}: {status}")
