"""The worker on a terminal: what it draws, and what is left on the screen."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from dataclasses import dataclass

from .paths import WORKER
from .worker import Worker

LINES, COLUMNS = 50, 100


@dataclass(frozen=True)
class Shown:
    code: int
    raw: str
    #: What is on the screen at the end, line by line.
    last_lines: list[str]


def on_a_terminal(worker: Worker, *words: str) -> Shown:
    """One run whose standard error is a terminal, to its end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    run = subprocess.Popen([str(WORKER), *words], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                           env=worker.environment(TERM="xterm"), start_new_session=True)
    os.close(theirs)
    written = b""
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
    return Shown(code, raw, _screen(raw))


def _screen(raw: str) -> list[str]:
    """Follows the two movements that bars make: up by lines, and clear to the end of the screen."""
    lines: list[str] = []
    for part in re.split(r"(\x1b\[\d*[AJ]|\r?\n)", raw):
        if match := re.fullmatch(r"\x1b\[(\d*)A", part):
            del lines[len(lines) - int(match[1] or 1):]
        elif not re.fullmatch(r"\x1b\[J|\r?\n|", part):
            lines.append(part)
    return lines
