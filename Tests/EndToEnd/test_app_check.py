"""What the simulator finds out about an App whose frame stays empty, over the network and in browsers."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from welkin import axe, browser, http, simulator, tls, toy_app, wait
from welkin.preload import Preload
from welkin.tokens import Client

# Names that the simulator takes for this machine's, as a browser does.
APP_NAME, HOST_NAME = "app.localhost", "welkin.localhost"
#: One that only the browsers of these tests know.
HIDDEN_NAME = "app.clinic.test"
BROWSERS: dict[str, Callable] = {
    "Chromium": browser.chromium, "Firefox": browser.firefox, "WebKitGTK": browser.webkit,
}
OTHER = "https://coach.welkinhealth.com"


@dataclass
class Looker:
    """The simulator, asked as its page asks it."""

    port: int
    origin: str

    def ask(self, what: str, body: str = "", origin: str | None = None) -> http.Answer:
        headers = (("Origin", origin or self.origin),)
        return self.send(http.Request("POST", f"/check/{what}", headers, body.encode(), http.FORM))

    def send(self, request: http.Request) -> http.Answer:
        return http.Site(HOST_NAME, self.port).send(request)

    def trouble(self, what: str = "launch") -> dict | None:
        return self.ask(what).json["trouble"]


@contextmanager
def looker(folder: Path, client: Client, **values: str) -> Iterator[Looker]:
    with simulator.serve(folder, client, **values) as port:
        yield Looker(port, f"http://{HOST_NAME}:{port}")


def client(scheme: str = "http", name: str = APP_NAME) -> Client:
    return Client(f"{scheme}://{name}:{wait.free_port()}/launch")


def test_app_that_is_not_there(folder: Path) -> None:
    app = client()
    with looker(folder, app) as host:
        for what in ("reach", "launch"):
            trouble = host.trouble(what)
            assert trouble["title"] == "The App is not running" and trouble["is_empty"]
            assert "connection refused" in trouble["detail"] and app.app_url.split("/")[2] in trouble["detail"]
        with toy_app.serve(app, host.origin) as running:
            assert host.ask("reach").json == {"trouble": None, "steps": [], "seen": False}
            assert running.tokens == [], "it was not launched to see that"
            assert host.trouble() is None
            assert host.ask("reach").json["seen"], "from now on it is known to be shown"
        assert host.trouble("reach")["title"] == "The App is not running"
        with toy_app.serve(app, host.origin):
            assert not host.ask("reach").json["seen"], "it may have come back as another one"


#: What is wrong with an App, and what the developer is told.
WRONG = {
    "policy": ({"Content-Security-Policy": f"frame-ancestors {OTHER}"}, "does not allow this page to frame it", OTHER),
    "options": (
        {"X-Frame-Options": "SAMEORIGIN"}, "does not allow this page to frame it", "X-Frame-Options: SAMEORIGIN"),
    "refusal": ({"status": "403"}, "refuses the launch: 403", "403"),
    "failure": ({"status": "500"}, "refuses the launch: 500", "500"),
    "nothing": ({"status": "204"}, "sends no page", "204"),
    "repeat": ({"status": "307"}, "redirects with 307", "307"),
    "elsewhere": ({"location": "http://127.0.0.1:1/page"}, "redirects to another origin", "http://127.0.0.1:1"),
    "download": ({"Content-Disposition": "attachment"}, "sends a download", "attachment"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_an_app(folder: Path, wrong: str) -> None:
    (change, title, detail), app = WRONG[wrong], client()
    with looker(folder, app) as host, toy_app.serve(app, host.origin) as running:
        assert host.trouble() is None
        running.wrong = change
        found = host.trouble()
        assert title in found["title"] and detail in found["detail"] and found["remedy"]
        assert not host.ask("reach").json["seen"]
        running.wrong = {}
        assert host.trouble() is None


def test_way_is_shown_and_no_secret(folder: Path) -> None:
    app = client()
    with looker(folder, app) as host, toy_app.serve(app, host.origin) as running:
        answer = host.ask("launch")
        steps = answer.json["steps"]
        assert [step["request"] for step in steps] == [f"POST {app.app_url}", f"GET {app.app_url[:-7]}/page?…"]
        assert [step["answer"][:9] for step in steps] == ["302 after", "200 after"]
        assert steps[0]["headers"][0] == f"Location: {app.app_url[:-7]}/page?…"
        assert steps[1]["headers"] == [f"Content-Security-Policy: frame-ancestors {host.origin}"]
        (token,) = running.tokens
        assert token not in answer.text and token.split(".")[2] not in answer.text and "sesame" not in answer.text


def test_token_is_another_one_than_the_page_has_just_posted(folder: Path) -> None:
    app = client()
    with looker(folder, app) as host, toy_app.serve(app, host.origin) as running:
        honest = http.Request("POST", "/launch", content_type=http.FORM)

        def between_equal_ones() -> bool:
            """Whether it was launched between two tokens of one second, which are the same."""
            before = host.send(honest).json["token"]
            assert host.trouble() is None
            assert running.tokens[-1] != before
            return host.send(honest).json["token"] == before
        wait.until(between_equal_ones, "two tokens of one second")


def test_certificate(new_folder: Callable[[], Path], certificate: tls.Certificate) -> None:
    app, folder, made = client("https"), new_folder(), new_folder()
    good, unknown = tls.make(made, [APP_NAME]), tls.make(new_folder(), [APP_NAME])
    expired = tls.make(new_folder(), [APP_NAME], days=-1)
    chain = folder / "chain.pem"
    chain.write_text(unknown.certificate.read_text() + expired.certificate.read_text())
    wrong = {
        "is self-signed": tls.self_signed(new_folder(), APP_NAME),
        "is signed by an authority that this machine does not know": unknown,
        "expired at": expired,
        "comes with an authority's certificate that expired at":
            tls.Certificate(unknown.authority, chain, unknown.key, ""),
        "is not valid for a server": tls.Certificate(good.authority, good.authority, made / "ca.key", ""),
        "is for another host": certificate,
    }
    (folder / "authorities.pem").write_text(good.authority.read_text() + certificate.authority.read_text())
    with looker(folder, app, SSL_CERT_FILE=str(folder / "authorities.pem")) as host:
        for words, shown in wrong.items():
            with toy_app.serve(app, host.origin, certificate=shown):
                found = host.trouble()
                assert found["title"] == "The App’s certificate is not trusted" and words in found["detail"]
                assert "SSL_CERT_FILE" in found["remedy"]
        with toy_app.serve(app, host.origin):
            assert host.trouble()["title"] == "The App does not speak TLS"
        with toy_app.serve(app, host.origin, certificate=good):
            assert host.trouble() is None


def test_certificate_whose_time_has_not_come(folder: Path, preload: Preload, certificate: tls.Certificate) -> None:
    app = client("https")
    yesterday = preload.clock(-24 * 3600)
    with looker(folder, app, SSL_CERT_FILE=str(certificate.authority), **yesterday) as host:
        with toy_app.serve(app, host.origin, certificate=certificate):
            assert "is not valid before 20" in host.trouble()["detail"]


@contextmanager
def raw_app(app: Client, act: Callable[[socket.socket], None], address: str = "127.0.0.1") -> Iterator[None]:
    """In the place of an App, something that does this with one connection after the other."""
    def serve() -> None:
        while not ended.is_set():
            connection, _ = server.accept()
            with connection:
                try:
                    act(connection)
                except OSError:
                    pass
    ended = threading.Event()
    place = (address, int(app.app_url.split(":")[2].split("/")[0]))
    with socket.create_server(place, family=socket.AF_INET6 if ":" in address else socket.AF_INET) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            socket.create_connection(place).close()
            thread.join()


def say(answer: bytes) -> Callable[[socket.socket], None]:
    """Takes the launch, says that, and closes."""
    def act(connection: socket.socket) -> None:
        asked = b""
        while b"token=" not in asked:
            asked += (got := connection.recv(65536))
            if not got:
                return
        connection.sendall(answer)
    return act


def reset(connection: socket.socket) -> None:
    connection.recv(1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


#: How an App can break off, and what the developer is told of it.
BROKEN = {
    "at once": (say(b""), "closed the connection before the response was complete"),
    "in the head": (say(b"HTTP/1.1 200 OK\r\nContent-"), "closed the connection before the response was complete"),
    "before the body": (say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), "before the response was complete"),
    "reset": (reset, "reset the connection"),
    "no HTTP": (say(b"220 mail.example ready\r\n"), "did not answer with HTTP"),
    "no chunk": (say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n???\r\n"), "did not answer with HTTP"),
}


#: Development servers often listen on the second alone; the first, tried before it, refuses.
ADDRESSES = ["127.0.0.1", "::1"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("how", BROKEN)
def test_app_that_breaks_off(folder: Path, how: str, address: str) -> None:
    (act, detail), app = BROKEN[how], client()
    with looker(folder, app) as host, raw_app(app, act, address):
        found = host.trouble()
        assert found["title"] == "The connection to the App failed" and detail in found["detail"] and found["is_certain"]


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_handshake_that_fails(new_folder: Callable[[], Path], certificate: tls.Certificate) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.load_cert_chain(certificate.certificate, certificate.key)
    # In the handshake, what is wrong is not told by what an App says.
    wrong = {
        "The TLS handshake fails": lambda connection: old.wrap_socket(connection, server_side=True),
        "The connection to the App failed": lambda connection: connection.recv(65536),
        "The App’s host does not answer": lambda connection: connection.recv(65536) and connection.recv(1),
    }
    for title, act in wrong.items():
        app = client("https")
        with looker(new_folder(), app) as host, raw_app(app, act):
            found = host.trouble()
            assert found["title"] == title and found["is_certain"]
            assert host.trouble("reach") is None, "that it is there is seen without a handshake"


@pytest.mark.parametrize("address", ADDRESSES)
def test_app_that_does_not_speak_tls(folder: Path, address: str) -> None:
    def act(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    app = client("https")
    with looker(folder, app) as host, raw_app(app, act, address):
        found = host.trouble()
        assert found["title"] == "The App does not speak TLS" and found["is_certain"]


def test_app_that_hangs_is_given_up(folder: Path) -> None:
    app = client()
    with looker(folder, app) as host, socket.create_server(("127.0.0.1", int(app.app_url.split(":")[2][:-7]))):
        found = host.trouble()
        assert found["title"] == "The App takes too long" and "5 s" in found["detail"] and found["may_come"]


def test_simulator_ends_while_an_app_hangs(folder: Path) -> None:
    app = client()
    with socket.create_server(("127.0.0.1", int(app.app_url.split(":")[2][:-7]))) as server:
        with looker(folder, app) as host:
            def ask() -> None:
                # Nobody is told any more.
                with suppress(Exception):
                    host.ask("launch")
            thread = threading.Thread(target=ask)
            thread.start()
            connection, _ = server.accept()
            told = time.monotonic()
        assert time.monotonic() - told < 4, "it did not wait for the App"
        thread.join()
        connection.close()


def test_endless_body_is_not_read(folder: Path) -> None:
    app = client()
    with looker(folder, app) as host, socket.create_server(("127.0.0.1", int(app.app_url.split(":")[2][:-7]))) as server:
        def pour() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 401 No\r\nContent-Type: text/html\r\n\r\n")
                while not ended.is_set():
                    try:
                        connection.sendall(b"x" * 65536)
                    except OSError:
                        return
        ended = threading.Event()
        thread = threading.Thread(target=pour)
        thread.start()
        try:
            assert "401" in host.trouble()["title"], "it was enough to see that there is a body"
        finally:
            ended.set()
            thread.join()


def test_other_pages_are_refused(folder: Path) -> None:
    app = client()
    with looker(folder, app) as host, toy_app.serve(app, host.origin) as running:
        for what in ("reach", "launch"):
            assert host.ask(what, origin="https://evil.example").status == 403
            assert host.ask(what, "url=http://127.0.0.1:1/").status == 400, "it asks nobody but the App"
            assert host.ask(what, "patient=00000000-0000-4000-8000-000000000000").status == 404
        assert running.tokens == []
        assert host.ask("launch").status == 200
        assert len(running.tokens) == 1


@dataclass
class Page:
    """The host page, which launches the App beside the inbox."""

    driver: WebDriver
    origin: str

    def open(self) -> None:
        self.driver.switch_to.default_content()
        self.driver.get("about:blank")
        self.driver.get(f"{self.origin}/inbox")
        wait.until(lambda: self.run("return document.readyState") == "complete", "the page")

    def run(self, script: str, *arguments: object) -> object:
        return self.driver.execute_script(script, *arguments)

    def click(self, element: str) -> None:
        self.run("document.getElementById(arguments[0]).click()", element)

    def asked(self, path: str) -> int:
        """How many of the page's requests for that have been answered."""
        return int(self.run("return performance.getEntriesByType('resource').filter(e => e.name.endsWith(arguments[0]) "
                            "&& e.responseEnd).length", path))

    @property
    def status(self) -> str:
        return str(self.run("return document.getElementById('app-status').textContent"))

    @property
    def report(self) -> str | None:
        """What is said in the place of the frame; None while the frame is there to be seen."""
        return self.run("const r = document.getElementById('app-report'); return r.hidden ? null : r.innerText")

    def shows(self, *words: str) -> None:
        wait.until(lambda: (told := self.report) is not None and all(word in told for word in words), f"{words}", timeout=30)


@pytest.fixture(scope="module", params=BROWSERS)
def driver(request: pytest.FixtureRequest, new_folder: Callable[[], Path],
           certificate: tls.Certificate) -> Iterator[WebDriver]:
    with BROWSERS[request.param](new_folder(), [APP_NAME, HOST_NAME, HIDDEN_NAME], certificate) as started:
        yield started


def test_empty_frame_is_explained(driver: WebDriver, new_folder: Callable[[], Path]) -> None:
    app = client()
    with ExitStack() as running:
        host = running.enter_context(looker(new_folder(), app))
        page = Page(driver, host.origin)
        page.open()
        page.click("launch-app")
        page.shows("The App is not running", "connection refused", "Start the App")
        assert page.status == "The App is not running"
        assert page.run("return document.getElementById('app-panel').dataset.phase") == "failed"

        toy = running.enter_context(toy_app.serve(app, host.origin, {"X-Frame-Options": "DENY"}))
        page.click("launch-app")
        page.shows("does not allow this page to frame it", "X-Frame-Options: DENY", f"frame-ancestors {host.origin}",
                   f"POST {app.app_url}", "/page?…")
        assert toy.tokens[-1] not in page.report

        toy.wrong = {}
        page.click("launch-app")
        wait.until(lambda: page.status.startswith("Loaded in ") and page.status.endswith(", checked"), "it is shown")
        assert page.report is None
        count = len(toy.tokens)
        # Its silence is over at once, so that the simulator's own launch, if there were one, came before the next check.
        page.run("const real = setTimeout; setTimeout = (act, time) => real(act, time === 1000 ? 0 : time)")
        reached = page.asked("/check/reach")
        page.click("launch-app")
        wait.until(lambda: page.asked("/check/reach") > reached and page.status.startswith("Loaded in "), "shown again")
        page.click("check-app")
        page.shows("No problem found with the App", f"frame-ancestors {host.origin}")
        assert len(toy.tokens) == count + 2, "it was launched by the simulator because the developer asked, and else not"
        page.run("[...document.querySelectorAll('#app-report button')].pop().click()")
        assert page.report is None


@pytest.mark.parametrize("driver", ["Chromium"], indirect=True)
def test_app_that_answers_with_a_page_of_its_own_stays_in_sight(
        driver: WebDriver, new_folder: Callable[[], Path]) -> None:
    app = client()
    with looker(new_folder(), app) as host, toy_app.serve(app, host.origin, {"status": "401"}):
        page = Page(driver, host.origin)
        page.open()
        page.click("launch-app")
        wait.until(lambda: page.status == "The App refuses the launch: 401", "it is said")
        assert page.report is None
        page.click("check-app")
        page.shows("Compare client id, secret and App URL")
        assert axe.violations_here(page.driver) == []


@pytest.mark.parametrize("driver", ["Chromium"], indirect=True)
def test_app_that_only_the_browser_finds_stays_in_sight(
        driver: WebDriver, new_folder: Callable[[], Path], certificate: tls.Certificate) -> None:
    app = client("https", HIDDEN_NAME)
    with looker(new_folder(), app) as host, toy_app.serve(app, host.origin, certificate=certificate):
        page = Page(driver, host.origin)
        page.open()
        page.click("launch-app")
        wait.until(lambda: page.status.endswith(", not checked: The App’s host is unknown"), "it is said", timeout=40)
        assert page.status.startswith("Loaded in ")
        assert page.report is None
        page.click("check-app")
        page.shows("This machine cannot resolve app.clinic.test")


@pytest.mark.parametrize("driver", ["Chromium"], indirect=True)
def test_app_that_comes_late_takes_the_place_of_the_report(driver: WebDriver, new_folder: Callable[[], Path]) -> None:
    app = client()
    with looker(new_folder(), app) as host, toy_app.serve(app, host.origin) as toy:
        page = Page(driver, host.origin)
        page.open()
        toy.answers.clear()
        page.click("launch-app")
        page.shows("The App takes too long", "Welkin requires 1 s")
        toy.answers.set()
        wait.until(lambda: page.status.startswith("Loaded in ") and "Welkin requires 1 s" in page.status, "it comes")
        assert page.report is None
        assert page.run("return document.getElementById('app-panel').dataset.phase") == "late"
