"""Reading the handler's log lines, wherever the web server wrote them."""

import re
from pathlib import Path

from . import wait

PAIR = re.compile(r'([a-z_]+)=("(?:[^"\\]|\\.)*"|\S+)')


def fields(line: str) -> dict[str, str]:
    """The `name=value` pairs of a line, quotes taken off."""
    return {name: value.strip('"') for name, value in PAIR.findall(line)}


def lines(log: Path) -> list[dict[str, str]]:
    """All lines of the handler in a log that may also hold others'."""
    if not log.exists():
        return []
    text = log.read_text(errors="replace")
    return [fields(line) for line in text.splitlines() if "welkin-launch: event=" in line]


def with_id(log: Path, correlation: str) -> dict[str, str]:
    """The one line with a correlation id; waits for it, since a log may lag behind the answer."""
    def found() -> list[dict[str, str]]:
        return [line for line in lines(log) if line.get("id") == correlation]
    matching = wait.until(found, f"a line with id={correlation} in {log}", timeout=5)
    assert len(matching) == 1, f"more than one line has id={correlation}"
    return matching[0]
