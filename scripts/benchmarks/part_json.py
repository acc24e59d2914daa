"""StrictJSON's throughput against Foundation's JSONSerialization.

The measurement is a Swift program of its own, `scripts/benchmarks/json` (it needs Foundation, which
nothing that welkin-launch links may). It takes seconds a contestant and document as its argument and
prints `DOCUMENT<tab>PARSER<tab>MB/s` lines, PARSER being StrictJSON or JSONSerialization."""

import subprocess
from pathlib import Path

from harness.build import OUTPUT, ROOT
from harness.processes import BenchError
from harness.report import Report, Section

PACKAGE = ROOT / "scripts" / "benchmarks" / "json"


def measure(report: Report, _folder: Path, quick: bool) -> None:
    """Builds the program in release mode, runs it, and puts the parsers side by side."""
    command = ["swift", "run", "--configuration", "release", "--package-path", PACKAGE,
               "--scratch-path", OUTPUT / "json", "json-benchmark", "0.2" if quick else "2"]
    run = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise BenchError("json-benchmark failed")
    speeds: dict[str, dict[str, float]] = {}
    for line in run.stdout.splitlines():
        document, parser, speed = line.split("\t")
        speeds.setdefault(document, {})[parser] = float(speed)
    section = Section("JSON", ["document", "StrictJSON MB/s", "JSONSerialization MB/s", "ratio"])
    for document, by in speeds.items():
        own, other = by["StrictJSON"], by["JSONSerialization"]
        section.rows.append([document, f"{own:,.0f}", f"{other:,.0f}", f"{own / other:.2f} ×"])
    report.add(section)
