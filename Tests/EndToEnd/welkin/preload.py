"""Ends the worker at an exact point of what it writes; see preload.c."""

import subprocess
from pathlib import Path

from .paths import tool

SOURCE = Path(__file__).with_suffix(".c")


class Preload:
    """The library, made in a folder."""

    def __init__(self, folder: Path) -> None:
        self.library = folder / "preload.so"
        subprocess.run([tool("cc"), "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", self.library,
                        SOURCE, "-ldl"], check=True)

    def kill(self, under: Path, number: int, points: str = "all") -> dict[str, str]:
        """The environment of a program that is killed at a point of what it does in a folder."""
        return self._with(PRELOAD_UNDER=str(under), PRELOAD_KILL=str(number), PRELOAD_POINTS=points)

    def clock(self, seconds: int) -> dict[str, str]:
        """… whose time of day is so many seconds ahead."""
        return self._with(PRELOAD_CLOCK=str(seconds))

    def file_system(self, under: Path, kind: int) -> dict[str, str]:
        """… that is told that a folder is on a file system of that kind (linux/magic.h)."""
        return self._with(PRELOAD_UNDER=str(under), PRELOAD_FS=hex(kind))

    def _with(self, **values: str) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), **values}
