"""Real browsers: Welkin's page on one site, the App in its iframe on another, both over TLS."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from welkin import browser, http, simulator, stacks, tls, wait
from welkin.nginx import Nginx
from welkin.page import Shown, Tab
from welkin.stacks import APP_NAME, HOST_NAME

NAMES = [APP_NAME, HOST_NAME]


@dataclass
class World:
    """A browser, an App on its server, and a host page that launches it."""

    driver: WebDriver
    host: str
    worker: str
    patients: list[str]
    origin: str
    folder: Path

    def tab(self) -> Tab:
        return Tab.open(self.driver, self.host, self.folder / "failed.png")

    def expects(self, patient: str | None) -> Shown:
        return Shown("ready", self.worker, patient or "")


@contextmanager
def app(server: str, folder: Path, certificate: tls.Certificate, host: http.Site) -> Iterator[stacks.Stack]:
    values = {"WELKIN_HOST_ORIGIN": host.origin}
    if server == "nginx":
        with stacks.nginx(folder, certificate, values=values, host_origin=host.origin) as stack:
            yield stack
    else:
        with stacks.apache(folder, certificate, server, values) as stack:
            yield stack


#: Each browser with a server; the names are what a failing test is called by.
WORLDS: dict[str, tuple[Callable, str]] = {
    "Chromium": (browser.chromium, "nginx"),
    "Chromium, third-party cookies blocked": (partial(browser.chromium, third_party_cookies=False), "nginx"),
    "Firefox": (browser.firefox, "nginx"),
    "WebKitGTK": (browser.webkit, "nginx"),
    "WebKitGTK, Apache's CGI": (browser.webkit, "mod_cgid"),
}


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest, new_folder: Callable[[], Path],
          certificate: tls.Certificate) -> Iterator[World]:
    start, server = WORLDS[request.param]
    host = http.Site(HOST_NAME, wait.free_port(), certificate.authority)
    with ExitStack() as running:
        stack = running.enter_context(app(server, new_folder(), certificate, host))
        folder = new_folder()
        port = running.enter_context(simulator.serve(folder, stack.client))
        front = Nginx(folder, http.Site("unused.test", wait.free_port(), certificate.authority),
                      folder / "unused.sock", certificate, workers=1, proxy=(host, port))
        running.enter_context(front)
        driver = running.enter_context(start(new_folder(), NAMES, certificate))
        yield World(driver, host.origin, stack.client.worker, simulator.patients(port),
                    stack.client.app_url.removesuffix("/launch"), folder)


def test_launch_shows_worker_and_patient(world: World) -> None:
    tab = world.tab()
    for patient in world.patients[:2]:
        assert tab.launch(patient) == world.expects(patient)
        assert tab.inside("return location.hash") == "", "the hand-off is out of the address"
        assert tab.inside("return location.origin") == world.origin
    tab.close()


def test_launch_from_outside_a_patient(world: World) -> None:
    tab = world.tab()
    assert tab.launch(None) == world.expects(None)
    tab.close()


def test_two_tabs_on_two_patients_keep_their_own_session(world: World) -> None:
    one, two = world.patients[:2]
    left, right = world.tab(), world.tab()
    assert left.launch(one) == world.expects(one)
    assert right.launch(two) == world.expects(two)
    for tab, patient in [(left, one), (right, two), (left, one)]:
        assert tab.shown() == world.expects(patient)
        assert tab.session(bearer=True)["patient"] == patient
        assert tab.reload() == world.expects(patient), "a reload stays with its patient"
        assert tab.session(bearer=True)["patient"] == patient
    left.close()
    assert right.reload() == world.expects(two)
    right.close()


def test_two_launches_in_one_tab_replace_each_other(world: World) -> None:
    tab = world.tab()
    tab.launch(world.patients[0])
    assert tab.launch(world.patients[1]) == world.expects(world.patients[1])
    assert tab.session(bearer=True)["patient"] == world.patients[1]
    tab.close()


def test_forty_launches_leave_the_open_ones_working(request: pytest.FixtureRequest, world: World) -> None:
    """Chromium keeps 10 KiB of cookies for the App: the oldest fall out, and must not be missed."""
    keeps_all = request.node.callspec.params["world"] == "Firefox"
    one, two, three = world.patients[:3]
    left, right, busy = world.tab(), world.tab(), world.tab()
    left.launch(one)
    right.launch(two)
    busy.launch(three)
    for _ in range(39):
        assert busy.launch_again() == world.expects(three)
    for tab, patient in [(left, one), (right, two)]:
        alone = tab.session(bearer=False)
        if keeps_all:
            assert (alone["status"], alone["patient"]) == (200, patient)
        else:
            assert (alone["status"], alone["error"]) == (401, "session_missing"), "its cookie is gone"
        assert tab.session(bearer=True)["patient"] == patient
        assert tab.reload() == world.expects(patient)
        tab.close()
    busy.close()


def test_cookies_are_what_each_browser_makes_of_them(request: pytest.FixtureRequest, world: World) -> None:
    """The witness that the set-ups differ: what a page in the frame can set and send by itself."""
    name = request.node.callspec.params["world"]
    tab = world.tab()
    patient = world.patients[0]
    tab.launch(patient)
    jar = "document.cookie = 'plain=1; Secure; SameSite=None';" \
          "document.cookie = 'parted=1; Secure; SameSite=None; Partitioned'; return document.cookie"
    kept = {pair.split("=")[0] for pair in tab.inside(jar).split("; ") if pair}
    alone = tab.session(bearer=False)
    if name in ("Chromium", "Firefox"):
        assert kept == {"plain", "parted"}, "Firefox parts them all by itself"
    elif name.startswith("Chromium"):
        assert kept == {"parted"}, "third-party cookies are blocked, partitioned ones are not those"
    else:
        assert kept == set(), "WebKit blocks them all"
    if not name.startswith("WebKitGTK"):
        assert (alone["status"], alone.get("patient")) == (200, patient)
    else:
        assert (alone["status"], alone.get("error")) == (401, "session_missing")
    tab.close()


def test_page_outside_the_frame_shows_nobody(world: World) -> None:
    tab = world.tab()
    tab.launch(world.patients[0])
    address = tab.inside("return location.href")
    world.driver.switch_to.default_content()
    world.driver.get(address)
    state = wait.until(lambda: world.driver.execute_script(
        "const s = document.body?.dataset.state; return s !== 'loading' && s"), "the page settles")
    assert state == "outside"
    assert world.patients[0] not in world.driver.page_source
    tab.close()
