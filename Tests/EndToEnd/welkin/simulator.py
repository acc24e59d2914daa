"""welkin-simulator: the host page, and tokens as Welkin would sign them."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import wait
from .handler import environment
from .http import Request, Site
from .paths import SIMULATOR
from .process import Process
from .tokens import Client, remember

GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"


def words(client: Client) -> list[str]:
    """The options that both commands take."""
    return ["--app-url", client.app_url, "--client-id", client.client_id,
            "--worker", client.worker, "--provider", client.provider]


def secret(client: Client) -> dict[str, str]:
    """The environment: a secret may begin with a hyphen, and is nothing for a command line anyway."""
    return environment({"WELKIN_CLIENT_SECRET": client.secret})


@contextmanager
def serve(folder: Path, client: Client, *more: str, **values: str) -> Iterator[int]:
    """A host page for the client's App, with further options and variables; yields its loopback port."""
    port = wait.free_port()
    log = folder / "simulator.log"
    listeners = 1 + sum(option in more for option in ("--data-listen", "--api-listen"))
    # By itself it answers only to loopback's own names, and a proxy stands before it here.
    with Process([SIMULATOR, "serve", "--listen", f"127.0.0.1:{port}", "--allow-remote", *words(client),
                  *more], log, lambda: log.read_text().count(" on http://") == listeners, env=secret(client) | values):
        yield port


def patients(port: int) -> list[str]:
    """The demo patients' ids, in the order of the host page's list."""
    page = Site("127.0.0.1", port).send(Request("GET", "/patients")).text
    found = list(dict.fromkeys(re.findall(rf"/patients/({GUID})", page)))
    return [remember(guid) for guid in found]


def mint(client: Client, *more: str) -> str:
    """A token from the simulator's own signer."""
    patient = ["--patient", client.patient] if client.patient else ["--no-patient"]
    done = run(client, "mint", *patient, *more)
    done.check_returncode()
    return remember(done.stdout.strip())


def run(client: Client, command: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Runs a command that ends by itself."""
    return subprocess.run([str(SIMULATOR), command, *words(client), *more],
                          capture_output=True, text=True, timeout=15, env=secret(client))
