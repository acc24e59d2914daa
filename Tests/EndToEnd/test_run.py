"""README's first command, with what is built already."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from welkin.paths import ROOT

#: What it takes of the project.
TAKEN = ["nginx", "scripts", "dist/bin", "dist/bundle"]


def run(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([project / "scripts" / "run", "--once", "--no-build"], capture_output=True, text=True,
                          env=os.environ | {"NO_COLOR": "1"}, timeout=120, check=False)


def copy(folder: Path) -> Path:
    """The project in a folder whose name needs quoting, wherever one forgets to."""
    project = folder / "it's a project"
    for part in TAKEN:
        shutil.copytree(ROOT / part, project / part)
    return project


def test_run_proves_a_launch_and_a_sync(folder: Path) -> None:
    project = copy(folder)
    done = run(project)
    assert done.returncode == 0, done.stderr
    assert "302 Found" in done.stdout
    assert "signed in: worker" in done.stdout
    synced = re.search(r"synced: (\d+) records from \d+ pages", done.stdout)
    assert synced and int(synced[1]) > 1000
    assert re.search(r"│ \S+ \S+ +│ \d+ +│ \d{4}-\d\d-\d\d │", done.stdout), "rows of the replica"
    assert not (project / ".run").exists(), "it leaves nothing behind"


def test_run_fails_where_the_sync_does(folder: Path) -> None:
    project = copy(folder)
    worker = project / "dist" / "bin" / "welkin-worker"
    worker.write_text("#!/bin/sh\necho 'welkin-worker: event=failed problem=none-of-it' >&2\nexit 69\n")
    done = run(project)
    assert done.returncode == 1
    assert "302 Found" in done.stdout
    assert "problem=none-of-it" in done.stderr
    assert "synced" not in done.stdout
