"""The environment of a CGI request, and a single request."""

import subprocess
from pathlib import Path

from harness.build import PEERS
from harness.processes import BenchError
from harness.settings import ENVIRONMENT, launch_body


def variables(path: str, media_type: str, length: int, script: str) -> dict[str, str]:
    """A web server's variables for a POST; `script` is what php-cgi runs."""
    return {
        "PATH": "/usr/bin:/bin",
        "GATEWAY_INTERFACE": "CGI/1.1",
        "SERVER_SOFTWARE": "bench",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "apps.example.test",
        "SERVER_PORT": "443",
        "HTTPS": "on",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "apps.example.test",
        "REQUEST_METHOD": "POST",
        "REQUEST_URI": path,
        "SCRIPT_NAME": path,
        "QUERY_STRING": "",
        "CONTENT_TYPE": media_type,
        "CONTENT_LENGTH": str(length),
        # For php-cgi, which answers only if a web server has redirected to a script.
        "REDIRECT_STATUS": "200",
        "SCRIPT_FILENAME": str(PEERS / script),
    }


def environment(body: str) -> dict[str, str]:
    """The variables for `POST /launch` with this body, and the settings."""
    return ENVIRONMENT | variables(
        "/launch", "application/x-www-form-urlencoded", len(body), "php-fpm/launch.php")


def answer(program: Path, body: str | None = None) -> bytes:
    """The program's answer to one launch as CGI, which must succeed."""
    body = body or launch_body()
    run = subprocess.run([program], input=body.encode(), env=environment(body),
                         capture_output=True, check=False)
    # Programs may order headers as they like.
    if b"Status: 302" not in run.stdout or b"#handoff=" not in run.stdout:
        raise BenchError(f"{program} does not launch as CGI: {run.stdout!r} {run.stderr!r}")
    return run.stdout
