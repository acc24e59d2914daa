"""From Welkin's POST to the first paint and to a usable page, in Chromium, over TLS: on loopback, and
with a round trip of 100 ms and a processor four times slower; with a new connection, and with one
that is kept. And what the page loads, and how soon it answers a click."""

import http.server
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from browser.launches import Launch, launches
from browser.relay import relay
from browser.tls import make_certificate
from harness.build import bundle, welkin_launch, welkin_simulator, welkin_worker
from harness.processes import BenchError, free_ports, running
from harness.report import Promise, Report, Section
from harness.settings import APP_URL, CLIENT_ID, CLIENT_SECRET, ENVIRONMENT, PROVIDER_ID, WORKER_ID
from harness.site import whole_site

APP = "app.localhost"
HOST = "welkin.localhost"  # another site than the App's, as in production
PAGE = Path(__file__).parent / "browser" / "host.html"
# Name, round trip in seconds, slow-down of the processor, and the limit in seconds for a usable page.
PLACES = [("loopback", 0.0, 1, 0.3), ("100 ms round trip, CPU 4 × slower", 0.1, 4, 1.0)]


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
    connecting = median(each.connecting for each in found)
    return [f"{place}, {which}", f"{connecting:.0f}" if connecting else "kept", f"{median(paint):.0f}", f"{max(paint):.0f}", f"{median(usable):.0f}",
            f"{max(usable):.0f}"]


@contextmanager
def _data(folder: Path, port: int, api_port: int, environment: dict[str, str]) -> Iterator[None]:
    """The data service on data.sock, over a replica of the simulator's records; and the simulator, for the routes that
    the service does not have. The simulator's own page is not used."""
    secret = {"WELKIN_DATA_CLIENT_ID": "bench", "WELKIN_DATA_CLIENT_SECRET": CLIENT_SECRET}
    command = [welkin_simulator(), "serve", "--listen", "127.0.0.1:0", "--data-listen", f"127.0.0.1:{port}",
               "--api-listen", f"127.0.0.1:{api_port}", "--app-url", APP_URL, "--client-id", CLIENT_ID,
               "--worker", WORKER_ID, "--provider", PROVIDER_ID]
    worker, log = welkin_worker(), folder / "worker.log"
    of_worker = environment | secret | {
        "WELKIN_DATA_API_URL": f"http://127.0.0.1:{api_port}", "WELKIN_REPLICA": str(folder / "replica" / "replica.db"),
        "WELKIN_DATA_REQUESTS_PER_SECOND": "1000", "WELKIN_SYNC_SETTLE": "0", "WELKIN_NOTE_TYPE": "_note",
        "WELKIN_NOTE_FIELDS": "text=note_text,author=written_by,at=written_at,key=app_key"}
    with running(command, api_port, folder / "simulator.log", {"WELKIN_CLIENT_SECRET": CLIENT_SECRET} | secret):
        with log.open("ab") as output:
            synced = subprocess.run([worker, "sync", "--quiet"], env={**os.environ, **of_worker}, stderr=output)
        if synced.returncode:
            raise BenchError(f"the sync failed:\n{log.read_text()[-2000:]}")
        socket = folder / "data.sock"
        with running([worker, "serve", "--listen", f"unix:{socket}"], socket, log, of_worker):
            yield


def measure(report: Report, folder: Path, quick: bool) -> None:
    """Measures several fresh browsers per place, each with one cold launch and some warm ones."""
    browsers, warm = (2, 2) if quick else (7, 4)
    program = welkin_launch()
    bundle()
    switch = make_certificate(folder, APP)
    times = Section(
        "From the POST to a usable page",
        ["where", "connecting ms", "first paint ms", "worst", "usable ms", "worst"])
    loads = Section("What a launch loads, and how soon a click is answered",
                    ["where", "first load bytes", "with headers", "requests of a later launch", "interaction ms", "worst"])
    promises = []
    for number, (place, round_trip, slowdown, limit) in enumerate(PLACES):
        nginx_port, app_port, host_port, data_port, api_port = free_ports(5)
        app_url, host = f"https://{APP}:{app_port}/launch", f"http://{HOST}:{host_port}"
        environment = ENVIRONMENT | {"WELKIN_APP_URL": app_url, "WELKIN_HOST_ORIGIN": host}
        here = folder / f"place-{number}"
        here.mkdir()
        for name in ("certificate.pem", "key.pem"):
            (here / name).symlink_to(folder / name)
        socket = here / "launch.sock"
        command = [program, "--listen", f"unix:{socket}", "--threads", "32"]
        first, later, interactions = [], [], []
        with running(command, socket, here / "launch.log", environment), \
                _data(here, data_port, api_port, environment), whole_site(here, socket, nginx_port, host, data_port), \
                _host_page(host_port), relay(app_port, nginx_port, round_trip):
            for turn in range(browsers):
                (cold, *kept), interaction = launches(
                    here / f"profile-{turn}", switch, host, app_url, slowdown, warm + 1)
                first.append(cold)
                later += kept
                interactions.append(interaction)
        times.rows.append(_row(place, "cold", first))
        times.rows.append(_row(place, "warm", later))
        content, requests = max(x.content for x in first), max(x.requests for x in later)
        loads.rows.append([place, f"{content}", f"{max(x.transfer for x in first)}", f"{requests}",
                           f"{median(interactions):.0f}", f"{max(interactions):.0f}"])
        for which, found in (("cold", first), ("warm", later)):
            promises += [
                Promise(f"spinner after the POST: {place}, {which}",
                        median(x.first_paint for x in found) / 1e3, limit / 2, False, "s"),
                Promise(f"usable after the POST: {place}, {which}",
                        median(x.usable for x in found) / 1e3, limit, False, "s"),
            ]
        promises += [
            Promise(f"first load: {place}", content / 1e3, 30, False, "KB"),
            Promise(f"requests of a later launch besides POST and session: {place}", requests, 2, False, ""),
            Promise(f"interaction to next paint: {place}", median(interactions), 100, False, "ms"),
        ]
    times.notes.append(
        "Connecting: TCP and TLS, two round trips, before the POST can be sent. First paint and usable: from the "
        f"POST. Medians and worst of {browsers} fresh browsers: headless Chromium, a cross-site sandboxed iframe, "
        "TLS 1.3 and HTTP/2, the project's nginx configuration. Cold: the browser's first launch, so a new "
        "TLS connection, nothing cached, and a new process for the iframe. Warm: the "
        f"{warm} launches after it, over the TLS connection that is kept, with the assets cached.")
    loads.notes.append(
        "First load: the page and all its assets, compressed. Requests: besides the POST and the session. Interaction: the longest time from a "
        "key or a click to the next paint, while a note is typed and saved and a number is called.")
    report.add(times)
    report.add(loads, *promises)
