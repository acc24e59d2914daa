"""From Welkin's POST to the first paint and to a usable page, in Chromium, over TLS: on loopback, and
with a round trip of 100 ms and a processor four times slower; with a new connection, and with one
that is kept."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from browser.launches import Launch, launches
from browser.relay import relay
from browser.tls import make_certificate
from harness.build import bundle, welkin_launch
from harness.processes import free_ports, running
from harness.report import Promise, Report, Section
from harness.settings import ENVIRONMENT
from harness.site import whole_site

APP = "app.localhost"
HOST = "welkin.localhost"  # another site than the App's, as in real life
PAGE = Path(__file__).parent / "browser" / "host.html"
# Name, round trip in seconds, how many times slower the processor.
PLACES = [("loopback", 0.0, 1), ("100 ms round trip, CPU 4 × slower", 0.1, 4)]


@contextmanager
def _host_page(port: int) -> Iterator[None]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _row(place: str, which: str, found: list[Launch]) -> list[str]:
    paint, usable = [each.first_paint for each in found], [each.usable for each in found]
    return [f"{place}, {which}", f"{median(paint):.0f}", f"{max(paint):.0f}", f"{median(usable):.0f}",
            f"{max(usable):.0f}", "new" if median(each.connections for each in found) else "kept"]


def measure(report: Report, folder: Path, quick: bool) -> None:
    """Several fresh browsers in each place, each with one cold launch and some warm ones."""
    browsers, warm = (2, 2) if quick else (7, 4)
    program = welkin_launch()
    bundle()
    switch = make_certificate(folder, APP)
    section = Section(
        "From the POST to a usable page",
        ["where", "first paint ms", "worst", "usable ms", "worst", "TLS connection"])
    promises = []
    for number, (place, round_trip, slowdown) in enumerate(PLACES):
        nginx_port, app_port, host_port = free_ports(3)
        app_url, host = f"https://{APP}:{app_port}/launch", f"http://{HOST}:{host_port}"
        environment = ENVIRONMENT | {"WELKIN_APP_URL": app_url, "WELKIN_HOST_ORIGIN": host}
        here = folder / f"place-{number}"
        here.mkdir()
        for name in ("certificate.pem", "key.pem"):
            (here / name).symlink_to(folder / name)
        socket = here / "launch.sock"
        command = [program, "--listen", f"unix:{socket}", "--threads", "32"]
        first, later = [], []
        with running(command, socket, here / "launch.log", environment), \
                whole_site(here, socket, nginx_port, host), _host_page(host_port), \
                relay(app_port, nginx_port, round_trip) as wire:
            for turn in range(browsers):
                cold, *kept = launches(
                    here / f"profile-{turn}", switch, host, app_url, wire, slowdown, warm + 1)
                first.append(cold)
                later += kept
        section.rows.append(_row(place, "cold", first))
        section.rows.append(_row(place, "warm", later))
        for which, found in (("cold", first), ("warm", later)):
            promises.append(Promise(
                f"usable after the POST: {place}, {which}", median(x.usable for x in found) / 1e3, 1, False, "s"))
    section.notes.append(
        f"Medians and worst of {browsers} fresh browsers: headless Chromium, a cross-site sandboxed iframe, "
        "TLS 1.3 and HTTP/2, the project's nginx configuration. Cold: the browser's first launch, so a new "
        "TLS connection, nothing cached, and a new process for the iframe. Warm: the "
        f"{warm} launches after it, over the TLS connection that is kept, with the assets cached.")
    report.add(section, *promises)
