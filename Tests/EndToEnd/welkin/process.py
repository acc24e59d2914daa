"""One server process: started with a log of its own, awaited, ended by its id."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import wait


class Process:
    """A child process whose standard output and error go to `log`."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        log: Path,
        ready: Callable[[], bool],
        *,
        env: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
        cwd: Path | None = None,
    ):
        """Starts `argv` and returns once `ready()` is true; raises with the log if it ends first."""
        self.log = log
        with open(log, "ab") as output:
            self._child = subprocess.Popen(
                [str(word) for word in argv],
                stdin=stdin,
                stdout=output,
                stderr=output,
                cwd=cwd,
                env=dict(env) if env is not None else None,
                # Apache's prefork signals its whole process group when it ends; that must not be ours.
                start_new_session=True,
            )
        try:
            wait.until(lambda: self._started(ready), f"{argv[0]} is ready; see {log}", timeout=20)
        except BaseException:
            self.kill()
            raise

    def _started(self, ready: Callable[[], bool]) -> bool:
        if self._child.poll() is not None:
            raise AssertionError(f"ended with {self._child.returncode}: {self.log.read_text()}")
        return ready()

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def running(self) -> bool:
        return self._child.poll() is None

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self, timeout: float = 15) -> int:
        """The exit status; negative for a signal."""
        return self._child.wait(timeout)

    def stop(self, number: int = signal.SIGTERM, timeout: float = 15) -> int:
        """Asks the process to end, waits, and returns its exit status; kills it after `timeout`."""
        if self.running:
            self.send(number)
        try:
            return self._child.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not end within {timeout} s; see {self.log}") from None

    def kill(self) -> None:
        """SIGKILL, as a machine that loses power would; nothing is asked first."""
        if self.running:
            self._child.kill()
        self._child.wait()

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
