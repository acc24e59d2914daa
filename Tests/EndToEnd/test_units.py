"""systemd's units: systemd itself finds nothing wrong with them, and each fits what it starts and what nginx expects."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from welkin import handler
from welkin.data_api import DataAPI
from welkin.data_site import Data, Service
from welkin.paths import DEPLOY_FILES, LAUNCH, NGINX_FILES, WORKER, tool

UNITS = sorted((DEPLOY_FILES / "systemd").iterdir())
PROGRAMS = {"/usr/local/bin/welkin-launch": LAUNCH, "/usr/local/bin/welkin-worker": WORKER}


def lines(name: str) -> list[str]:
    """A unit's settings, without comments and sections."""
    text = (DEPLOY_FILES / "systemd" / name).read_text()
    return [line for line in text.splitlines() if re.match(r"[A-Z]\w+=", line)]


@pytest.fixture(scope="module")
def installed(new_folder: Callable[[], Path]) -> Path:
    """All units in one folder, with the programs where they are here."""
    folder = new_folder()
    for unit in UNITS:
        text = unit.read_text()
        for path, program in PROGRAMS.items():
            text = text.replace(path, str(program))
        (folder / unit.name).write_text(text)
    return folder


def verify(unit: Path) -> str:
    done = subprocess.run([tool("systemd-analyze"), "verify", "--man=no", unit], capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr + ("" if done.returncode == 0 else f"exit {done.returncode}")


@pytest.mark.parametrize("name", [unit.name for unit in UNITS])
def test_systemd_finds_nothing_wrong(installed: Path, folder: Path, name: str) -> None:
    assert verify(installed / name) == ""
    for unit in installed.iterdir():
        shutil.copy(unit, folder)
    wrong = folder / name
    wrong.write_text(wrong.read_text() + "\nNoSuchSetting=yes\n")
    assert "NoSuchSetting" in verify(wrong), "it would have said so"


@pytest.mark.parametrize("name", [unit.name for unit in UNITS if unit.suffix == ".service"])
def test_service_is_denied_what_it_does_not_need(installed: Path, name: str) -> None:
    """systemd's own measure in tenths, from 0 to 100; what needs the network has more."""
    limit = "7" if name == "welkin-launch.service" else "15"

    def exposed(limit: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([tool("systemd-analyze"), "security", "--offline=yes", f"--threshold={limit}",
                               installed / name], capture_output=True, text=True, timeout=60)
    assert exposed(limit).returncode == 0, exposed(limit).stdout[-600:]
    assert exposed("3").returncode != 0


def test_data_service_is_hardened_as_the_worker_is() -> None:
    def hardening(name: str) -> set[str]:
        return {line for line in lines(name) if re.match(
            "(NoNew|Capability|Protect|Private|Restrict|Lock|MemoryDeny|RemoveIPC|UMask|SystemCall)", line)}
    assert hardening("welkin-worker.service") <= hardening("welkin-data.service")
    assert len(hardening("welkin-worker.service")) > 20


def test_data_service_has_what_the_other_two_have() -> None:
    """The handler's settings, keys and state, the worker's stores, and the user who may read both."""
    data, launch, worker = (lines(f"welkin-{name}.service") for name in ("data", "launch", "worker"))
    for line in ("User=welkin", "Group=welkin"):
        assert line in data and line in launch and line in worker
    state = next(line for line in launch if line.startswith("Environment=WELKIN_STATE_DIR="))
    assert state in data
    files = [line.removeprefix("Environment=WELKIN_CONFIG=") for line in (*launch, *worker) if "WELKIN_CONFIG" in line]
    assert f"Environment=WELKIN_CONFIG={':'.join(files)}" in data
    folders = [line.removeprefix("StateDirectory=") for line in (*worker, *launch) if line.startswith("StateDirectory=")]
    assert f"StateDirectory={' '.join(folders)}" in data
    assert {"StandardInput=socket", "StandardOutput=journal", "StandardError=journal"} <= set(data)


@pytest.mark.parametrize("name", ["launch", "data"])
def test_socket_is_where_nginx_looks_for_it(name: str) -> None:
    [path] = [line.removeprefix("ListenStream=") for line in lines(f"welkin-{name}.socket")
              if line.startswith("ListenStream=")]
    upstream = (NGINX_FILES / "upstream.conf").read_text()
    assert re.search(rf"upstream welkin_{name} {{\s+server unix:{re.escape(path)};", upstream)


def test_service_starts_again_on_the_socket_that_systemd_keeps(folder: Path) -> None:
    with DataAPI(folder) as api:
        data = Data.synced(folder, api)
    values = {**data.settings(), **handler.settings(data.client("https://app.clinic.test/launch"))}
    with Service(folder, values, inherited=True) as service:
        for _ in range(3):
            assert service.get("/healthz").json == {"status": "ok"}
            assert "welkin_data_waiting_pages 0" in service.get("/metrics").text
            assert service.process.stop() in (0, None)
            assert service.socket.exists(), "it is not the service's to remove"
            service.start()
        assert service.log.read_text().count(" event=stop") == 3
