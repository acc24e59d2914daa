"""The two services, how each is started, and the proof that both do the same job."""

import http.client
import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.clinic import Clinic, Session
from harness.build import binary, welkin_worker
from harness.nginx import Upstream
from harness.processes import BenchError, running
from harness.settings import ORIGIN

SERVE, GO = "serve", "go"
LABELS = {SERVE: "welkin-worker serve", GO: "Go, net/http, go-sqlite3, golang-jwt"}


def upstream(name: str, clinic: Clinic) -> Upstream:
    """Where nginx finds it."""
    return Upstream(name, clinic.folder / f"{name}.sock", http=True)


@contextmanager
def started(name: str, clinic: Clinic, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """The service, listening."""
    socket = upstream(name, clinic).socket
    command = [binary("go-data"), socket] if name == GO else [welkin_worker(), "serve", "--listen", f"unix:{socket}"]
    with running(command, socket, clinic.folder / f"{name}.log", environment) as process:
        yield process
    socket.unlink(missing_ok=True)


def ask(port: int, session: Session, route: str = "context", body: str = "{}", **changed: str) -> tuple[int, dict]:
    """One request through nginx. `changed` replaces headers, and its `launch` the path's."""
    path = session.path.replace(session.launch, changed.pop("launch", session.launch)) + route
    headers = {"Content-Type": "application/json", "X-Welkin-Session": session.token, "Origin": ORIGIN}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
    try:
        connection.request("POST", path, body, headers | {key.replace("_", "-"): text for key, text in changed.items()})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def check(ports: dict[str, int], sessions: list[Session], journals: dict[str, Path]) -> None:
    """Proves that all give the same answer, complete, that each answer is in the journal, and that none answers a
    wrong session, path or Origin."""
    for session in sessions[:20]:
        answers = {name: ask(port, session) for name, port in ports.items()}
        for name, (status, answer) in answers.items():
            if status != 200 or answer["patient"]["id"] != session.patient or answer["as_of"] is None \
                    or len(answer["notes"]) != 5 or not answer["phone_numbers"] or not answer["worker"]:
                raise BenchError(f"{name} does not answer: {status} {answer}")
        if len({json.dumps(answer, sort_keys=True) for _, answer in answers.values()}) != 1:
            raise BenchError(f"different answers: {answers}")
    first, second = sessions[:2]
    for name, port in ports.items():
        refused = {
            "session of another launch": ask(port, first, launch=second.launch),
            "signature": ask(port, first, X_Welkin_Session=first.token[:-4] + "AAAA"),
            "Origin": ask(port, first, Origin="https://elsewhere.example.test"),
        }
        for what, (status, answer) in refused.items():
            if status not in (401, 403) or "patient" in answer:
                raise BenchError(f"{name} does not refuse a wrong {what}: {status}")
        if rows(journals[name]) != 20:
            raise BenchError(f"{name} has {rows(journals[name])} rows of 20 in its journal")


def rows(journal: Path) -> int:
    """How many answers the journal knows of."""
    with closing(sqlite3.connect(journal)) as database:
        return database.execute("SELECT count(*) FROM audit WHERE outcome = 'ok'").fetchone()[0]
