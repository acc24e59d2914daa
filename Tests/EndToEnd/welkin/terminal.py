"""The worker on a terminal: what it draws, and what is left on the screen."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .paths import WORKER
from .worker import Process, Worker

LINES, COLUMNS = 50, 100
#: What colours are made of.
COLOUR = re.compile(r"\x1b\[\d*m")


@dataclass(frozen=True)
class Shown:
    code: int
    raw: str
    #: What is on the screen at the end, line by line, without colours.
    last_lines: list[str]
    #: What was on it before each redrawing.
    frames: list[list[str]]


def on_a_terminal(worker: Worker, *words: str, columns: int = COLUMNS,
                  started: Callable[[Process], object] = lambda run: None,
                  **changes: str | None) -> Shown:
    """One run whose standard output and error are a terminal, to its end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))
    run = Process([str(WORKER), *words], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                  env=worker.environment(**{"TERM": "xterm", **changes}), start_new_session=True)
    written = b""
    run.said = lambda: written
    started(run)
    os.close(theirs)
    try:
        while part := os.read(ours, 65536):
            written += part
    except OSError:
        pass  # So does Linux tell that nobody has the terminal open any more.
    finally:
        os.close(ours)
    code = run.wait(30)
    with open(worker.log, "ab") as log:
        log.write(written)
    raw = written.decode()
    frames = list(_frames(COLOUR.sub("", raw)))
    return Shown(code, raw, frames[-1], frames)


def _frames(text: str) -> Iterator[list[str]]:
    """Follows the two movements that bars make: up by lines, and clear to the end of the screen."""
    lines = [""]
    for part in re.split(r"(\x1b\[\d*A\x1b\[J|\r?\n)", text):
        if match := re.fullmatch(r"\x1b\[(\d*)A\x1b\[J", part):
            yield lines[:-1]
            lines = [*lines[:len(lines) - 1 - int(match[1] or 1)], ""]
        elif re.fullmatch(r"\r?\n", part):
            lines.append("")
        else:
            lines[-1] += part
    yield lines[:-1]
