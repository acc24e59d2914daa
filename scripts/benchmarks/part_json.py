"""StrictJSON's throughput against Foundation's JSONSerialization. A separate Swift program, `json/`,
measures it; this part puts its output into a table."""

import subprocess
from pathlib import Path

from harness.build import OUTPUT, ROOT
from harness.processes import BenchError
from harness.report import Promise, Report, Section

PACKAGE = ROOT / "scripts" / "benchmarks" / "json"


def measure(report: Report, _folder: Path, quick: bool) -> None:
    """Builds the program in release mode, runs it, and compares the parsers."""
    command = ["swift", "run", "--configuration", "release", "--package-path", PACKAGE,
               "--scratch-path", OUTPUT / "json", "json-benchmark", "0.5" if quick else "5"]
    run = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise BenchError("json-benchmark failed")
    speeds: dict[tuple[str, str], dict[str, float]] = {}
    for line in run.stdout.splitlines():
        document, size, parser, speed = line.split("\t")
        speeds.setdefault((document, size), {})[parser] = float(speed)
    section = Section("JSON, MB/s", ["document", "bytes", "StrictJSON", "every value made", "JSONSerialization", "ratio"])
    for (document, size), of in speeds.items():
        own, made, other = of["StrictJSON"], of["StrictJSON, every value made"], of["JSONSerialization"]
        section.rows.append([document, f"{int(size):,}", f"{own:,.0f}", f"{made:,.0f}", f"{other:,.0f}",
                             f"{own / other:.1f} × ({made / other:.1f} ×)"])
    section.notes.append(
        "StrictJSON checks everything and makes the values that are asked for; JSONSerialization makes "
        "all of them. In parentheses: with every value made.")
    report.add(section, Promise(
        "JSON with every value made, against JSONSerialization, the worst document",
        min(of["StrictJSON, every value made"] / of["JSONSerialization"] for of in speeds.values()), 3, True))
