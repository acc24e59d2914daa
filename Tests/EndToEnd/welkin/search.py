"""The search for what identifies anybody, or opens anything, in what programs wrote for people and monitors."""

import re
from collections.abc import Iterable
from pathlib import Path

from .data_api import GUID

#: What browsers keep for themselves lies in folders of these names. There the App's pages have keys with ids
#: in them, in databases of which some files end in `.log` too.
BROWSERS_OWN = {"profile", "home"}

#: How every compact token begins: `{"` in base64url. Nothing else in a log looks so.
TOKEN_START = "eyJ"

WORD = re.compile(r"[^\W\d_][\w’'-]+")
#: Every line has another one.
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:?\d\d)?")


def written(run_folder: Path) -> list[Path]:
    """Everything that servers, handlers and workers wrote: their logs, and metrics."""
    return [path for path in run_folder.rglob("*") if path.suffix in (".log", ".prom") and path.is_file()
            and BROWSERS_OWN.isdisjoint(path.relative_to(run_folder).parts)]


def lines_of(paths: Iterable[Path]) -> str:
    """All lines of all files, but each once, and without the instants: there is much less to search then."""
    return "\n".join({INSTANT.sub("", line) for path in paths for line in
                      path.read_text(errors="replace").splitlines()})


def found(text: str, sensitive: Iterable[str]) -> list[str]:
    """Which of these are in a text: names as words of their own, all else anywhere."""
    # There are tens of thousands of ids: what looks like one is looked up, not each searched for.
    words = {*WORD.findall(text), *GUID.findall(text)}
    return [one for one in sensitive
            if (one in words if WORD.fullmatch(one) or GUID.fullmatch(one) else one in text)]
