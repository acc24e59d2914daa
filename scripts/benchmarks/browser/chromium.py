"""Chromium over a pipe, with the DevTools protocol: no driver or package in between."""

import fcntl
import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.processes import BenchError


class Chromium:
    """One browser. It handles messages while waiting."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._unread = b""
        self._last = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self.on_event: Callable[[dict[str, Any]], None] = lambda event: None

    def post(self, method: str, session: str | None = None, **params: object) -> int:
        """Sends a command without waiting; returns its number."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        return self._last

    def call(self, method: str, session: str | None = None, **params: object) -> dict[str, Any]:
        """Sends a command and waits for its result."""
        number = self.post(method, session, **params)
        self.wait(lambda: number in self._answers, 30, method)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise BenchError(f"{method}: {answer['error']}")
        return answer["result"]

    def wait(self, done: Callable[[], bool], seconds: float, what: str) -> None:
        """Handles messages until `done`; fails after the timeout."""
        deadline = time.monotonic() + seconds
        while not done():
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._back], [], [], left)[0]:
                raise BenchError(f"Chromium: no {what} within {seconds} s")
            chunk = os.read(self._back, 65536)
            if not chunk:
                raise BenchError("Chromium went away")
            *messages, self._unread = (self._unread + chunk).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self._answers[message["id"]] = message
                else:
                    self.on_event(message)


def _pipe() -> tuple[int, int]:
    # Above 9, so that the shell below can move them to 3 and 4 in any order.
    ends = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return high[0], high[1]


@contextmanager
def chromium(profile: Path, *switches: str) -> Iterator[Chromium]:
    """A headless Chromium with its own profile folder, until the block ends."""
    read, to = _pipe()
    back, write = _pipe()
    command = [
        "chromium", "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--window-size=1280,900", *switches, "about:blank",
    ]
    if os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # Chromium refuses to use its sandbox as root
    with (profile.parent / f"{profile.name}.log").open("wb") as log:
        process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{read} 4>&{write}', "bash", *command],
            pass_fds=(read, write), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    os.close(read)
    os.close(write)
    browser = Chromium(to, back)
    try:
        yield browser
        browser.post("Browser.close")
    finally:
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(to)
        os.close(back)
