"""Bundles of a changed page, built as the project's own is."""

import shutil
import subprocess
import sys
from pathlib import Path

from .paths import DEPLOY_FILES, NGINX_FILES, ROOT


class Sources:
    """A copy of everything that a bundle is made of, to be changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        shutil.copytree(NGINX_FILES, folder / "nginx")
        shutil.copytree(DEPLOY_FILES, folder / "scripts" / "deploy")
        shutil.copy(ROOT / "scripts" / "build-bundle", folder / "scripts")

    def replace(self, name: str, old: str, new: str) -> None:
        """Changes a file of the main App at the one place where it says `old`."""
        file = self._folder / "nginx" / "bundle" / "main" / name
        text = file.read_text()
        assert text.count(old) == 1, f"{name} has not one {old}"
        file.write_text(text.replace(old, new))

    def build(self, target: Path) -> Path:
        subprocess.run([sys.executable, self._folder / "scripts" / "build-bundle", target], check=True,
                       capture_output=True)
        return target
