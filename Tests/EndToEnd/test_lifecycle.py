"""Starting, ending and restarting: no request is lost, whoever owns the socket."""

import grp
import os
import select
import signal
import socket
import stat
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from welkin import fastcgi, http, stacks, tls, wait
from welkin.handler import Inherited, Listening, command, environment, settings
from welkin.paths import LAUNCH
from welkin.process import Process
from welkin.stacks import APP_NAME, Stack
from welkin.tokens import Client


@contextmanager
def load(stack: Stack, clients: int) -> Iterator[Counter]:
    """`clients` threads that launch until the block ends; counts the answers by status or error."""
    seen: Counter = Counter()
    stop = threading.Event()

    def client() -> None:
        while not stop.is_set():
            try:
                seen[stack.send(http.launch(stack.client.token())).status] += 1
            except OSError as problem:
                seen[repr(problem)] += 1
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("mode", [Listening, Inherited])
@pytest.mark.parametrize("sent", [200, 0], ids=["half a request", "a connection, no request yet"])
def test_sigterm_answers_what_is_under_way(folder: Path, mode: type, sent: int) -> None:
    """Also who was let in and has not yet said what it wants: the web server would have to answer 502."""
    with stacks.bare(folder, mode) as stack:
        records = fastcgi.messages(http.launch(stack.client.token()))
        with fastcgi.Connection.to(stack.handler.socket) as connection:
            connection.send(records[:sent])
            # A second request, answered: the first one's connection has been accepted before it.
            assert stack.send(http.launch(stack.client.token())).status == 302
            stack.handler.process.send(signal.SIGTERM)
            dropped, _, _ = select.select([connection.channel], [], [], 0.25)
            assert not dropped, "it hung up on somebody it had let in"
            connection.send(records[sent:])
            assert connection.answer().status == 302
        assert stack.handler.process.wait() == 0


@pytest.mark.parametrize("mode", [Listening, Inherited])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_an_idle_handler_ends_at_once(folder: Path, mode: type, number: signal.Signals) -> None:
    with stacks.bare(folder, mode) as stack:
        with fastcgi.Connection.to(stack.handler.socket) as kept:
            kept.send(fastcgi.messages(http.launch(stack.client.token()), keep=True))
            assert kept.answer().status == 302
            # The web server keeps its connection; that must not hold up the end.
            assert stack.handler.process.stop(number, timeout=5) == 0


def restart(stack: Stack, times: int, seen: Counter) -> None:
    handler = stack.handler
    for _ in range(times):
        before = seen[302]
        if isinstance(handler, Listening):
            # The new process takes over the path, then the old one answers what it has and goes.
            old = handler.process
            handler.start()
            assert old.stop() == 0
            assert handler.socket.exists(), "the old one takes only its own name away"
        else:
            assert handler.process.stop() == 0
            handler.start()
        wait.until(lambda: seen[302] > before + 50, "launches go on")


@pytest.mark.parametrize("mode", [Listening, Inherited])
@pytest.mark.parametrize("keepalive", [4, 0], ids=["kept", "not kept"])
def test_restart_under_load_loses_nothing(folder: Path, certificate: tls.Certificate, mode: type,
                                          keepalive: int) -> None:
    with stacks.nginx(folder, certificate, mode=mode, keepalive=keepalive) as stack:
        with load(stack, 8) as seen:
            wait.until(lambda: seen[302] > 50, "launches run")
            restart(stack, 3, seen)
        assert set(seen) == {302}, seen


def test_more_clients_than_threads_starve_nobody(folder: Path, certificate: tls.Certificate) -> None:
    """A kept connection owns no thread: with many more of them than threads, all are served."""
    with stacks.nginx(folder, certificate, threads=4, keepalive=16) as stack:
        with load(stack, 48) as seen:
            wait.until(lambda: seen[302] > 2000, "2000 launches", timeout=60, every=0.1)
        assert set(seen) == {302}, seen


def test_idle_kept_connections_do_not_keep_others_out(folder: Path) -> None:
    """Three times as many kept connections as threads, all idle, and one newcomer."""
    with stacks.bare(folder, threads=4) as stack:
        kept = []
        for _ in range(12):
            connection = fastcgi.Connection.to(stack.handler.socket, timeout=5)
            connection.send(fastcgi.messages(http.launch(stack.client.token()), keep=True))
            assert connection.answer().status == 302
            kept.append(connection)
        assert stack.send(http.launch(stack.client.token())).status == 302
        for connection in kept:
            connection.close()


@pytest.mark.parametrize("mode", [Listening, Inherited])
def test_it_has_as_many_threads_as_it_was_told(folder: Path, mode: type) -> None:
    if mode is Inherited:
        # Without arguments, as a web server starts it: the number of --help.
        counts = {None: 32}
    else:
        counts = {None: 32, 1: 1, 3: 3, 50: 50}
    for asked, threads in counts.items():
        with stacks.bare(folder, mode, threads=asked) as stack:
            tasks = Path(f"/proc/{stack.handler.process.pid}/task")
            # The main thread waits for signals.
            wait.until(lambda: len(list(tasks.iterdir())) == threads + 1, f"{threads} threads and the main one")
            assert stack.send(http.launch(stack.client.token())).status == 302
            assert len(list(tasks.iterdir())) == threads + 1, "and none more for a request"
        (folder / "handler.sock").unlink(missing_ok=True)


def test_sigterm_as_soon_as_the_socket_is_there(folder: Path) -> None:
    """Whoever sees the socket may end the process: it goes properly however early that is."""
    path = folder / "s.sock"
    values = environment(settings(Client(f"https://{APP_NAME}/launch")))
    with open(folder / "handler.log", "ab") as log:
        for turn in range(200):
            with subprocess.Popen([LAUNCH, "--listen", f"unix:{path}"], stdin=subprocess.DEVNULL, stderr=log,
                                  env=values) as child:
                try:
                    wait.until(lambda: path.exists() or child.poll() is not None, "the socket is there", every=0)
                    child.terminate()
                    assert child.wait(15) == 0, f"start {turn}"
                finally:
                    child.kill()
            assert [file.name for file in folder.iterdir()] == ["handler.log"], f"start {turn}"


def test_socket_has_the_mode_and_group_asked_for(folder: Path) -> None:
    client = Client(f"https://{APP_NAME}/launch")
    path = folder / "s.sock"
    group = grp.getgrgid(os.getgroups()[0] if os.geteuid() else grp.getgrnam("www-data").gr_gid)
    for words, mode in [([], 0o660), (["--mode", "0600", "--group", group.gr_name], 0o600),
                        (["--group", str(group.gr_gid)], 0o660)]:
        with Process([LAUNCH, "--listen", f"unix:{path}", *words], folder / "handler.log",
                     lambda: wait.accepts_unix(path), env=environment(settings(client))):
            found = path.stat()
            assert stat.S_IMODE(found.st_mode) == mode
            if "--group" in words:
                assert found.st_gid == group.gr_gid
        assert not path.exists(), "the name goes with the process"


@pytest.mark.parametrize("words", [
    ["--listen", "127.0.0.1:9000"], ["--listen", "unix:"], ["--listen", "unix:/nonexistent/x.sock"],
    ["--listen", f"unix:/tmp/{'x' * 120}"], ["--listen"], ["--unknown"], ["unknown"], [],
    *(["--listen", "unix:{folder}/x.sock", *more] for more in (
        ["--threads", "0"], ["--threads", "many"], ["--mode", "999"], ["--group", "no-such-group"],
        ["--unknown"], ["unknown"])),
], ids=" ".join)
def test_words_that_make_no_sense_are_refused(folder: Path, words: list[str]) -> None:
    given = [word.format(folder=folder) for word in words]
    done = command(*given, values=settings(Client(f"https://{APP_NAME}/launch")))
    assert done.returncode != 0
    assert done.stderr.strip()
    assert not (folder / "x.sock").exists()


def test_a_tcp_port_is_no_socket_to_serve_on(folder: Path) -> None:
    """Whoever reaches a port could speak for the web server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = subprocess.run([LAUNCH], stdin=listener.fileno(), capture_output=True, text=True, timeout=15,
                              env=environment(settings(Client(f"https://{APP_NAME}/launch"))))
    assert done.returncode != 0
    assert "TCP" in done.stderr
