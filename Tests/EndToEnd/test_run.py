"""The README's first command, with what is built already."""

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from welkin import wait
from welkin.http import Request, Site
from welkin.paths import ROOT
from welkin.process import Process
from welkin.serving import Serving

#: What it takes of the project.
TAKEN = ["nginx", "scripts", "dist/bin", "dist/bundle"]


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([project / "scripts" / "run", "--once", "--no-build", *words], capture_output=True, text=True,
                          env=os.environ | {"NO_COLOR": "1"}, timeout=120, check=False)


@contextmanager
def staying(project: Path, log: Path) -> Iterator[tuple[Process, str]]:
    """One that stays, and the address that it says to open."""
    started = Process([project / "scripts" / "run", "--no-build"], log, lambda: "Ctrl-C" in log.read_text(),
                      env=os.environ | {"NO_COLOR": "1"})
    with started:
        yield started, re.search(r"^  Open +(http://welkin\.localhost:\d+/)", log.read_text(), re.M)[1]


class Program(Serving):
    """Somebody's own program, which keeps the requests that it gets."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, str]]] = []

    def make(self) -> ThreadingHTTPServer:
        requests = self.requests

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                requests.append((self.command, self.path, dict(self.headers)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass
        return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def copy(folder: Path) -> Path:
    """The project in a folder whose name needs quoting, wherever one forgets to."""
    project = folder / "it's a project"
    for part in TAKEN:
        shutil.copytree(ROOT / part, project / part)
    return project


def test_run_proves_a_launch_and_a_sync(folder: Path) -> None:
    project = copy(folder)
    done = run(project)
    assert done.returncode == 0, done.stderr
    assert "302 Found" in done.stdout
    assert "signed in: worker" in done.stdout
    assert "from welkin-worker serve: Elsa Brandt" in done.stdout
    synced = re.search(r"synced: (\d+) records from \d+ pages", done.stdout)
    assert synced and int(synced[1]) > 1000
    assert re.search(r"│ \S+ \S+ +│ \d+ +│ \d{4}-\d\d-\d\d │", done.stdout), "rows of the replica"
    assert not (project / ".run").exists(), "it leaves nothing behind"
    verdict, *then = [line for line in done.stdout.splitlines() if line][-3:]
    assert verdict == "  Proven  a launch of main, its session and data; a sync and a query"
    assert then[0].startswith("  Next    scripts/run ") and "nginx/bundle/main/" in then[1]


def failing(project: Path, command: str) -> None:
    """One of the worker's commands fails; the others do what they do."""
    worker = project / "dist" / "bin" / "welkin-worker"
    real = worker.rename(worker.with_name("real-worker"))
    worker.write_text(f"""#!/bin/sh
[ "$1" = {command} ] || exec "{real}" "$@"
echo 'welkin-worker: event=failed problem=none-of-it' >&2
exit 69
""")
    worker.chmod(0o755)


def test_run_fails_where_the_data_service_does(folder: Path) -> None:
    project = copy(folder)
    failing(project, "serve")
    done = run(project)
    assert done.returncode == 1
    assert "data-service exited with status 69\n    welkin-worker: event=failed problem=none-of-it" in done.stderr
    assert "Proven" not in done.stdout


def test_run_fails_where_the_sync_does(folder: Path) -> None:
    project = copy(folder)
    failing(project, "sync")
    done = run(project)
    assert done.returncode == 1
    assert "302 Found" not in done.stdout, "a page without data would prove nothing"
    assert "problem=none-of-it" in done.stderr
    assert "synced" not in done.stdout
    assert "Proven" not in done.stdout
    assert re.search(r"not proven; .*\n.*all logs are in \.run/\d+ until the next run\n$", done.stderr)


def test_second_run_goes_beside_the_first_and_each_says_what_goes(folder: Path) -> None:
    project = copy(folder)
    logs = folder / "first.txt", folder / "second.txt"
    with staying(project, logs[0]) as (first, one), staying(project, logs[1]) as (second, other):
        assert one != other
        for address in (one, other):
            place = urlsplit(address)
            page = Site(place.hostname, place.port).send(Request("GET", "/patients"))
            assert page.status == 200
            app = re.search(r'data-app-origin="http://app\.localhost:(\d+)"', page.text)
            assert Site("app.localhost", int(app[1])).send(Request("GET", "/launch")).status == 405
        runs = [re.search(r"^  Logs +(\.run/\d+)/$", log.read_text(), re.M)[1] for log in logs]
        for process, log, made in zip((second, first), logs[::-1], runs[::-1]):
            assert (project / made).is_dir()
            process.send(signal.SIGINT)
            # Longer than it waits for each of its programs, so that it can say which of them did not end.
            assert process.wait(40) == 0
            assert "is killed" not in log.read_text()
            last = log.read_text().split("\n\n")[-1]
            assert f"Removing {made}" in last and "the secrets and the replica" in last
            assert max(map(len, last.splitlines())) <= 80
            assert not (project / made).exists()


def test_named_port_that_is_taken_is_refused(folder: Path) -> None:
    project = copy(folder)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        for option in ("--app-port", "--welkin-port"):
            done = run(project, option, port)
            assert done.returncode == 1
            assert done.stderr == (
                f"scripts/run: port {port} is taken by another program; choose one with {option} PORT\n")
    free = str(wait.free_port())
    done = run(project, "--welkin-port", free)
    assert done.returncode == 0, done.stderr


def test_another_app_and_programs_of_ones_own(folder: Path) -> None:
    project = copy(folder)
    shutil.copytree(project / "dist" / "bundle" / "main", project / "dist" / "bundle" / "video-2")
    with Program() as back_end, Program() as data:
        addresses = f"http://localhost:{back_end.port}/", f"http://127.0.0.1:{data.port}"
        done = run(project, "--app", "video-2", "--back-end", addresses[0], "--data", addresses[1])
        assert done.returncode == 0, done.stderr
        assert re.search(r"^POST http://app\.localhost:\d+/launch/video-2$", done.stdout, re.M)
        assert f"from localhost:{back_end.port}: 200" in done.stdout
        assert f"from 127.0.0.1:{data.port}: 200" in done.stdout
        assert "Proven  a launch of video-2, its session; a sync and a query" in done.stdout
        for program, method, path in ((back_end, "GET", "api/"), (data, "POST", "data/context")):
            ((asked, target, headers),) = program.requests
            assert asked == method and re.fullmatch(rf"/a/video-2/[A-Za-z0-9_-]{{22}}/{path}", target)
            assert headers["X-Welkin-App"] == "video-2" and len(headers["X-Welkin-Patient"]) == 36
            assert "X-Welkin-Session" not in headers


def test_program_that_is_not_there_yet_is_said(folder: Path) -> None:
    done = run(copy(folder), "--back-end", f"http://127.0.0.1:{wait.free_port()}")
    assert done.returncode == 0, done.stderr
    assert re.search(r"nobody answers at 127\.0\.0\.1:\d+ yet", done.stdout)
    assert "from welkin-worker serve: Elsa Brandt" in done.stdout, "the data is still the service's"


@pytest.mark.parametrize("words", [
    ("--app", "Video"), ("--app",), ("--app", "a" * 17), ("--back-end", "127.0.0.1:9000"), ("--back-end",),
    ("--data", "http://example.org:80"), ("--data", "http://127.0.0.1"), ("--data", "http://127.0.0.1:9000/x"),
    ("--data", "http://127.0.0.1:1; }"), ("--app-port", "0"), ("--apps", "main"),
], ids=" ".join)
def test_option_that_makes_no_sense_is_refused(folder: Path, words: tuple[str, ...]) -> None:
    done = run(copy(folder), *words)
    assert done.returncode == 2 and not done.stdout
    assert words[0] in done.stderr or "usage: scripts/run" in done.stderr


def test_app_without_a_page_is_refused(folder: Path) -> None:
    done = run(copy(folder), "--app", "video")
    assert done.returncode == 1 and "dist/bundle/video/index.html is missing" in done.stderr
