"""Where the things under test lie."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NGINX_FILES = ROOT / "nginx"
DEPLOY_FILES = ROOT / "scripts" / "deploy"
BUNDLE = Path(os.environ.get("WELKIN_BUNDLE", ROOT / "dist" / "bundle"))


def _binary(name: str, variable: str) -> Path:
    return Path(os.environ.get(variable, ROOT / "dist" / "bin" / name))


LAUNCH = _binary("welkin-launch", "WELKIN_LAUNCH_BIN")
SIMULATOR = _binary("welkin-simulator", "WELKIN_SIMULATOR_BIN")
WORKER = _binary("welkin-worker", "WELKIN_WORKER_BIN")


def tool(name: str) -> str:
    """The path of a program that the tests need. A missing one fails the test: it never skips it."""
    for folder in (None, "/usr/sbin:/sbin:/usr/local/sbin:/usr/lib/webkit2gtk-4.1"):
        found = shutil.which(name, path=folder)
        if found:
            return found
    raise FileNotFoundError(f"{name} is not installed; scripts/setup installs what the tests need")
