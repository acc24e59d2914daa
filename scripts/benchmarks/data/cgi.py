"""A data request as CGI."""

import json
import subprocess
from pathlib import Path

from data.clinic import Session
from harness.cgi import variables
from harness.processes import BenchError
from harness.settings import ORIGIN


def environment(session: Session) -> dict[str, str]:
    """A web server's variables for `context` with the body `{}`."""
    return variables(session.path + "context", "application/json", 2, "php-data/context.php") | {
        "HTTP_ORIGIN": ORIGIN,
        "HTTP_X_WELKIN_SESSION": session.token,
    }


def check(ours: Path, theirs: Path, variables: dict[str, str]) -> None:
    """Proves that both give the same complete answer, and that both refuse another launch's session."""
    def ask(program: Path, changed: dict[str, str]) -> bytes:
        run = subprocess.run([program], input=b"{}", env=variables | changed, capture_output=True, check=False)
        if run.returncode != 0:
            raise BenchError(f"{program} failed as CGI: {run.stdout!r} {run.stderr!r}")
        return run.stdout

    bodies = []
    for program in (ours, theirs):
        answer = ask(program, {})
        body = json.loads(answer[answer.index(b"\r\n\r\n") + 4:])
        if len(body.get("notes", [])) != 5 or body["as_of"] is None:
            raise BenchError(f"{program} does not answer as CGI: {answer!r}")
        bodies.append(json.dumps(body, sort_keys=True))
        other = {name: variables[name].replace("/a/main/", "/a/main/x")[:8] + "x" + variables[name][9:]
                 for name in ("REQUEST_URI", "SCRIPT_NAME")}
        if b"Status: 401" not in ask(program, other):
            raise BenchError(f"{program} does not refuse another launch as CGI")
    if bodies[0] != bodies[1]:
        raise BenchError(f"different answers: {bodies}")
