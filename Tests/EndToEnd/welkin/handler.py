"""welkin-launch in each of its modes."""

import base64
import os
import secrets
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from . import fastcgi, wait
from .http import Answer, Request
from .paths import LAUNCH, tool
from .process import Process
from .tokens import Client, remember


def settings(client: Client, **changes: str | None) -> dict[str, str]:
    """The settings of a deployment with one App; a change to None leaves one out."""
    good: dict[str, str | None] = {
        "WELKIN_APP_URL": client.app_url,
        "WELKIN_CLIENT_ID": client.client_id,
        "WELKIN_CLIENT_SECRET": client.secret,
        "WELKIN_PROVIDER_ID": client.provider,
        "WELKIN_SESSION_KEY": session_key(),
    }
    good.update(changes)
    return {name: value for name, value in good.items() if value is not None}


def session_key() -> str:
    """A fresh session key, written as settings want bytes."""
    return "base64:" + remember(base64.b64encode(secrets.token_bytes(32)).decode())


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """`values` and nothing of ours but PATH, so that no setting of the machine leaks into a test."""
    return {"PATH": os.environ["PATH"], **values}


def config_file(path: Path, values: Mapping[str, str]) -> Path:
    """Writes settings as the file that WELKIN_CONFIG names."""
    path.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    path.chmod(0o600)
    return path


@dataclass
class Handler:
    """A running handler behind a unix socket."""

    folder: Path
    values: Mapping[str, str]
    threads: int | None = None
    name: str = "handler"
    process: Process = field(init=False)

    @property
    def socket(self) -> Path:
        return self.folder / f"{self.name}.sock"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def _words(self) -> list[str | Path]:
        return ["--threads", str(self.threads)] if self.threads else []

    def send(self, request: Request, extra: Mapping[str, str] | None = None) -> Answer:
        """Talks to the handler directly, as the web server would."""
        return fastcgi.send(self.socket, request, extra)

    def __enter__(self) -> "Handler":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()

    def start(self) -> Process:
        raise NotImplementedError

    def _starts(self) -> int:
        """How often the log says that a process serves. An inherited socket accepts before there is one."""
        return self.log.read_bytes().count(b"event=start ") if self.log.exists() else 0


class Listening(Handler):
    """`--listen unix:PATH`: the handler makes its socket itself."""

    def start(self) -> Process:
        before = self._inode()
        self.process = Process(
            [LAUNCH, "--listen", f"unix:{self.socket}", *self._words()], self.log,
            # The one before may still listen on a socket that was there under this name.
            lambda: self._inode() not in (None, before) and wait.accepts_unix(self.socket),
            env=environment(self.values))
        return self.process

    def _inode(self) -> int | None:
        return self.socket.stat().st_ino if self.socket.exists() else None


class Inherited(Handler):
    """A socket on fd 0, as a systemd unit with StandardInput=socket gets it."""

    def __enter__(self) -> "Handler":
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.socket))
        self.listener.listen(128)
        return super().__enter__()

    def start(self) -> Process:
        before = self._starts()
        self.process = Process([LAUNCH, *self._words()], self.log,
                               lambda: self._starts() > before and wait.accepts_unix(self.socket),
                               env=environment(self.values), stdin=self.listener.fileno())
        return self.process

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self.listener.close()


class Spawned(Handler):
    """Started by spawn-fcgi, which hands the socket over as fd 0."""

    def start(self) -> Process:
        before = self._starts()
        self.process = Process([tool("spawn-fcgi"), "-n", "-s", self.socket, "--", LAUNCH, *self._words()],
                               self.log, lambda: self._starts() > before and wait.accepts_unix(self.socket),
                               env=environment(self.values))
        return self.process


def run_cgi(request: Request, values: Mapping[str, str], log: Path, *,
            arguments: tuple[str, ...] = (), extra: Mapping[str, str] | None = None) -> Answer:
    """One request as a plain CGI process: variables in the environment, the body on standard input."""
    with open(log, "ab") as errors:
        done = subprocess.run([str(LAUNCH), *arguments], input=request.body, stdout=subprocess.PIPE,
                              stderr=errors, timeout=15,
                              env=environment({**values, **fastcgi.variables(request), **(extra or {})}))
    assert done.returncode == 0, f"exit {done.returncode}; see {log}"
    return Answer.from_cgi(done.stdout)


@contextmanager
def start_cgi(request: Request, values: Mapping[str, str], log: Path, *,
              stdin: int | BinaryIO = subprocess.PIPE) -> Iterator[subprocess.Popen[bytes]]:
    """A plain CGI process that waits for its body on `stdin`, and is gone at the end."""
    with open(log, "ab") as errors, subprocess.Popen(
            [str(LAUNCH)], stdin=stdin, stdout=subprocess.PIPE, stderr=errors,
            env=environment({**values, **fastcgi.variables(request)})) as process:
        yield process
        assert process.wait(timeout=15) == 0, f"see {log}"


def command(*words: str, values: Mapping[str, str] | None = None,
            stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs one of welkin-launch's commands for the operator."""
    return subprocess.run([str(LAUNCH), *words], input=stdin, capture_output=True, text=True,
                          timeout=15, env=environment(values or {}))
