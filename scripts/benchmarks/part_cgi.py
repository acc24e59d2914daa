"""CGI: the wall time and memory of a whole process, from start to exit."""

import subprocess
from pathlib import Path

from harness import cgi
from harness.build import binary, build, welkin_launch
from harness.processes import BenchError
from harness.report import Promise, Report, Section
from harness.settings import launch_body

LABELS = {
    "true": "/bin/true",
    "welkin-launch": "welkin-launch",
    "go-cgi": "Go, net/http/cgi and golang-jwt",
    "php-cgi": "php-cgi",
}


def measure(report: Report, folder: Path, quick: bool) -> None:
    """Runs the programs in turn, each with the same environment and body."""
    rounds = 200 if quick else 2000
    build("spawn-loop", "go-cgi")
    programs = {
        "true": Path("/bin/true"), "welkin-launch": welkin_launch(), "go-cgi": binary("go-cgi"),
        "php-cgi": Path("/usr/bin/php-cgi"),
    }
    for name, program in programs.items():
        if name != "true":
            cgi.answer(program)

    body = folder / "body"
    body.write_text(launch_body())
    run = subprocess.run(
        [binary("spawn-loop"), str(rounds), body, *(f"{name}={path}" for name, path in programs.items())],
        env=cgi.environment(body.read_text()), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        check=False)
    if run.returncode != 0:
        raise BenchError(run.stderr[-2000:])

    median, resident = {}, {}
    section = Section("CGI, whole process", ["program", "median ms", "p90 ms", "× /bin/true", "memory MB"])
    for line in run.stdout.splitlines():
        name, middle, high, kib = line.split("\t")
        median[name], resident[name] = float(middle), int(kib) * 1024 / 1e6
        section.rows.append([
            LABELS[name], f"{median[name] / 1e3:.2f}", f"{float(high) / 1e3:.2f}",
            f"{median[name] / median['true']:.2f}", f"{resident[name]:.1f}",
        ])
    section.notes.append(
        f"{rounds} processes each, in turn, from posix_spawn to the end, with the body on stdin and the "
        "answer read; memory is the largest resident set that any of them had.")
    own = median["welkin-launch"]
    report.add(
        section,
        Promise("CGI wall time against /bin/true", own / median["true"], 1.8, False),
        Promise("CGI wall time against Go's net/http/cgi", own / median["go-cgi"], 0.5, False),
        Promise("CGI resident memory", resident["welkin-launch"], 6, False, "MB"),
    )
