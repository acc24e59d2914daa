"""The entry point of scripts/bench: runs the requested parts, and reports."""

import argparse
import importlib
import signal
import sys
import tempfile
from pathlib import Path

from harness.build import OUTPUT, ROOT
from harness.machine import describe
from harness.processes import BenchError
from harness.report import Report

PARTS = ["fastcgi", "cgi", "memory", "clients", "browser", "json", "worker", "data"]


def main() -> int:
    """0 if every promise was kept, 1 if one was broken or could not be measured."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("part", nargs="?", default="all", choices=[*PARTS, "all"])
    parser.add_argument("--quick", action="store_true", help="a short run; its numbers prove nothing")
    arguments = parser.parse_args()

    # So that servers are stopped on SIGTERM too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    OUTPUT.mkdir(parents=True, exist_ok=True)
    report = Report(describe(ROOT))
    failed = False
    for part in PARTS if arguments.part == "all" else [arguments.part]:
        # For sockets, whose paths are limited to about 100 bytes.
        with tempfile.TemporaryDirectory(prefix="welkin-bench-") as folder:
            try:
                importlib.import_module(f"part_{part}").measure(report, Path(folder), arguments.quick)
            except BenchError as error:
                print(f"bench: {part}: {error}", file=sys.stderr)
                failed = True
    kept = report.finish(OUTPUT.parent / "bench.md")
    return 0 if kept and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
