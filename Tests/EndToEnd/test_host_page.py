"""The simulator's page, worth developing against: with an App that shares nothing with this project."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from welkin import axe, browser, logs, simulator, tls, toy_app, wait
from welkin.stacks import APP_NAME, Stack
from welkin.tokens import Client

APP, HOST = "app.localhost", "welkin.localhost"
BROWSERS: dict[str, Callable] = {
    "Chromium": browser.chromium, "Firefox": browser.firefox, "WebKitGTK": browser.webkit,
}


@dataclass
class HostPage:
    """The simulator's page in a browser, with the App in one of its frames."""

    driver: WebDriver
    origin: str
    client: Client
    patients: list[str]

    def open(self, path: str) -> None:
        """A fresh page, with the developer's panel open."""
        self.driver.switch_to.default_content()
        self.driver.get("about:blank")  # Or else only the address's fragment may differ.
        self.driver.get(f"{self.origin}{path}#dev")
        wait.until(lambda: self.run("return document.querySelector('#dev-panel')?.dataset.open") == "true", path)

    def run(self, script: str, *arguments: object) -> object:
        self.driver.switch_to.default_content()
        return self.driver.execute_script(script, *arguments)

    def click(self, element: str) -> None:
        self.run("document.getElementById(arguments[0]).click()", element)

    def choose(self, element: str, value: str) -> None:
        self.run("""const e = document.getElementById(arguments[0]); e.value = arguments[1];
            e.dispatchEvent(new Event('change', {bubbles: true}))""", element, value)

    def launch(self, button: str = "launch-app", frame: str = "app") -> None:
        """Launches, and waits until the App has heard where the worker is."""
        self.click(button)
        self.phase("loaded", "late", frame=frame)
        self.when_inside("return window.got?.length", "the first message", frame)

    def phase(self, *phases: str, frame: str = "app") -> None:
        wait.until(lambda: self.run("return document.getElementById(arguments[0]).dataset.phase", f"{frame}-panel")
                   in phases, f"the panel is {' or '.join(phases)}")

    def inside(self, script: str, *arguments: object, frame: str = "app") -> object:
        self.driver.switch_to.default_content()
        self.driver.switch_to.frame(f"{frame}-frame")
        return self.driver.execute_script(script, *arguments)

    def when_inside(self, script: str, what: str, frame: str = "app") -> None:
        """Waits until the script says true in the frame, which may be on its way to another page."""
        def holds() -> bool:
            try:
                return bool(self.inside(script, frame=frame))
            except WebDriverException:
                return False
        wait.until(holds, what)

    def call(self, method: str, frame: str = "app", **params: str) -> None:
        self.inside("call(arguments[0], arguments[1])", method, params, frame=frame)

    def got(self, count: int, frame: str = "app") -> list[dict]:
        """What the App has heard, once that are so many messages."""
        self.when_inside(f"return got.length >= {count}", f"{count} messages", frame)
        heard = self.inside("return got", frame=frame)
        return [json.loads(message) if isinstance(message, str) else message for message in heard]

    def states(self, count: int, frame: str = "app") -> list[tuple]:
        """Page type, page id and frame of each state, once that are so many messages and all are states."""
        return [tuple(message["message"]["state"][name] for name in ("parent_page_type", "parent_page_id", "frame"))
                for message in self.got(count, frame)]

    def log(self, **data: str) -> list[dict[str, str]]:
        """The log's entries with that data, each with its text."""
        entries = self.run("return [...document.querySelectorAll('#log li')].map(e => "
                           "({...e.dataset, text: e.querySelector('summary').textContent}))")
        return [entry for entry in entries if data.items() <= entry.items()]

    def is_shown(self, panel: str) -> bool:
        return not self.run("return document.getElementById(arguments[0]).hidden", panel)


@pytest.fixture(scope="module", params=BROWSERS)
def page(request: pytest.FixtureRequest, new_folder: Callable, certificate: tls.Certificate) -> Iterator[HostPage]:
    client = Client(f"http://{APP}:{wait.free_port()}/launch")
    with ExitStack() as running:
        port = running.enter_context(simulator.serve(new_folder(), client))
        origin = f"http://{HOST}:{port}"
        running.enter_context(toy_app.serve(client, origin))
        driver = running.enter_context(BROWSERS[request.param](new_folder(), [APP, HOST], certificate))
        yield HostPage(driver, origin, client, simulator.patients(port))


def test_app_is_told_where_the_worker_is(page: HostPage) -> None:
    elsa, omar = page.patients[:2]
    page.open(f"/patients/{elsa}")
    page.launch()
    assert page.inside("return inits") == [{"origin": page.origin, "isParent": True}]
    steps = [(f"/patients/{omar}", ("patient", omar)), ("/inbox", ("inbox", None)), ("/patients", ("search", None)),
             ("/admin", ("admin", None)), ("/profile", ("profile", page.client.worker))]
    for step, (path, place) in enumerate(steps, 2):
        page.run("""const a = document.createElement('a'); a.href = arguments[0];
            document.querySelector('main').append(a); a.click()""", path)
        assert page.states(step)[-1] == (*place, "expanded")
    page.run("history.back()")
    assert page.states(7)[-1] == ("admin", None, "expanded")
    colleague = page.run("const a = document.querySelectorAll('main a[href^=\"/workers/\"]')[1]; a.click();"
                         "return a.pathname.split('/')[2]")
    assert page.states(8)[-1] == ("worker_profile", colleague, "expanded")


def test_frame_opens_folds_and_closes_as_the_app_says(page: HostPage) -> None:
    page.open("/inbox")
    page.launch()
    page.call("open_frame")
    page.call("minimize_frame")
    page.call("open_frame")
    page.call("minimize_frame")
    page.click("toggle-app")
    frames = [state[2] for state in page.states(5)]
    assert frames == ["expanded", "collapsed", "expanded", "collapsed", "expanded"], "nothing changed at first"
    page.call("close_frame")
    wait.until(lambda: not page.is_shown("app-panel"), "the frame is gone")
    assert page.run("return document.getElementById('app-frame')") is None


def test_calls_are_not_answered_unless_the_developer_says_so(page: HostPage) -> None:
    elsa, omar = page.patients[:2]
    page.open(f"/patients/{elsa}")
    page.launch()
    page.call("navigate_to", page_type="patient", page_id=omar)
    assert page.states(2)[-1] == ("patient", omar, "expanded")
    page.choose("reply-mode", "reply")
    page.call("navigate_to", page_type="patient", page_id="00000000-0000-4000-8000-000000000000")
    page.call("navigate_to", page_type="inbox", page_id="None")
    heard = page.got(5)[2:]
    assert heard[0]["message"] == {"call_id": "c-2", "status_code": 404, "return": None}
    assert heard[1]["message"]["state"]["parent_page_type"] == "inbox"
    assert heard[2]["message"] == {"call_id": "c-3", "status_code": 200, "return": None}
    page.choose("reply-mode", "not-found")
    page.call("navigate_to", page_type="patient", page_id=elsa)
    assert page.got(6)[5]["message"]["status_code"] == 404
    assert page.run("return location.pathname") == "/inbox", "and nothing was done"


def test_messages_are_text_unless_the_developer_says_so(page: HostPage) -> None:
    page.open("/inbox")
    page.launch()
    page.choose("message-form", "object")
    page.call("minimize_frame")
    page.got(2)
    assert page.inside("return got.map(message => typeof message)") == ["string", "object"]
    assert [entry["form"] for entry in page.log(type="current_state")] == ["string", "object"]


def test_log_has_all_messages_in_both_directions(page: HostPage) -> None:
    page.open("/inbox")
    page.launch()
    page.call("minimize_frame")
    page.inside("port.postMessage('nonsense'); parent.postMessage('to the window', '*')")
    page.got(2)
    wait.until(lambda: len(page.log()) == 7, "seven messages")
    assert sorted((entry["direction"], entry["type"]) for entry in page.log(frame="app")) == sorted([
        ("to-app", "launch"), ("to-app", "welkin_init"), ("to-app", "current_state"), ("from-app", "welkin_method"),
        ("to-app", "current_state"), ("from-app", "unreadable"), ("from-app", "unreadable")])
    assert sum("posted to the window" in entry["text"] for entry in page.log(type="unreadable")) == 1
    page.click("clear-log")
    assert page.log() == []


def test_developer_sends_what_welkin_would_not(page: HostPage) -> None:
    page.open("/inbox")
    page.click("send-malformed")
    assert page.run("return document.getElementById('send-status').textContent") == "No App is open."
    page.launch()
    page.choose("notification-params", "{")
    page.click("send-notification")
    assert "not JSON" in page.run("return document.getElementById('send-status').textContent")
    page.choose("notification-params", '{"number": "7"}')
    page.click("send-notification")
    notification = page.got(2)[1]
    assert notification["message_type"] == "event_notification"
    assert (notification["message"]["event"], notification["message"]["params"]) == ("click_to_call", {"number": "7"})
    page.click("send-malformed")
    page.when_inside("return got.length === 3", "it arrives")
    with pytest.raises(json.JSONDecodeError):
        page.got(3)
    page.click("send-second-init")
    page.when_inside("return got.length === 4", "the state once more")
    assert page.inside("return inits") == [{"origin": page.origin, "isParent": True}] * 2


def test_init_message_can_stay_away(page: HostPage) -> None:
    page.open("/inbox")
    page.choose("init-mode", "none")
    page.click("launch-app")
    page.phase("loaded", "late")
    assert page.inside("return inits") == []
    page.choose("init-mode", "first")
    page.launch()
    page.inside("inits.push('of the page before'); location.reload()")
    page.when_inside("return window.inits?.length === 0 && document.readyState === 'complete'", "reload")
    page.choose("init-mode", "every")
    page.inside("setTimeout(() => location.reload())")
    page.when_inside("return window.inits?.length === 1", "a message for the page that was reloaded")
    assert len(page.log(type="welkin_init")) == 2


def test_wrong_origin_is_found_out_in_a_careless_app_only(page: HostPage) -> None:
    page.open("/inbox")
    page.launch()
    page.click("send-wrong-origin")
    page.when_inside("return inits.length === 2", "the message arrives")
    assert page.inside("return inits[1]") == {"origin": "null", "isParent": False}
    page.call("minimize_frame")
    assert page.states(2)[1][2] == "collapsed", "the careful App goes on with the port that it had"
    page.inside("document.body.dataset.careless = ''")
    page.click("send-wrong-origin")
    page.when_inside("return inits.length === 3", "the message arrives")

    def found_out() -> bool:
        return any("Wrong" in entry["text"] for entry in page.log(direction="from-app"))
    assert not found_out()
    page.call("open_frame")
    wait.until(found_out, "the log says so")
    assert page.run("return document.getElementById('app-panel').dataset.frame") == "collapsed"


def test_two_apps_side_by_side(page: HostPage) -> None:
    elsa, omar = page.patients[:2]
    page.open(f"/patients/{elsa}")
    page.launch()
    page.launch("launch-persistent", "persistent")
    assert page.states(1, "persistent") == [("patient", elsa, "collapsed")]
    page.call("open_frame", "persistent")
    page.call("navigate_to", "persistent", page_type="patient", page_id=omar)
    assert page.states(3, "persistent")[-1] == ("patient", omar, "expanded")
    assert page.states(2) == [("patient", elsa, "expanded"), ("patient", omar, "expanded")], "the other hears it too"
    page.choose("send-target", "persistent")
    page.click("send-notification")
    assert page.got(4, "persistent")[-1]["message_type"] == "event_notification"
    page.call("close_frame", "persistent")
    wait.until(lambda: not page.is_shown("persistent-panel"), "it is gone")
    page.call("minimize_frame")
    assert page.states(3)[-1] == ("patient", omar, "collapsed"), "which got no notification, and is still there"


def test_launch_can_be_wrong_on_purpose(page: HostPage) -> None:
    page.open(f"/patients/{page.patients[0]}")

    def fill() -> None:
        page.click("open-launch-dialog")
        wait.until(lambda: page.run("return document.getElementById('launch-dialog').open"), "the dialog")

    def payload() -> dict:
        return json.loads(page.run(
            "return [...document.querySelectorAll('#log [data-type=launch] pre')].pop().textContent"))

    fill()
    assert page.run("return document.getElementById('launch-url').textContent") == page.client.app_url
    assert page.run("return document.getElementById('claim-welkin_worker_id').value") == page.client.worker
    page.launch("launch-submit")
    honest = payload()
    assert honest["welkin_patient_id"] == page.patients[0] and honest["aud"] == page.client.app_url
    changes = [("claim-aud", "https://b.example/", {"aud": "https://b.example/"}), ("claim-exp", "-60", {}),
               ("other-secret", "another", {})]
    for element, value, claims in changes:
        fill()
        page.choose(element, value)
        page.run("document.getElementById('app-slot').replaceChildren()")
        page.click("launch-submit")
        page.when_inside("return document.body?.textContent === 'Refused'", f"{element}: the App refuses")
        assert payload().items() >= claims.items()
    fill()
    page.choose("launch-preset", page.run(
        "return [...document.getElementById('launch-preset').options].find(o => o.text === 'No worker').value"))
    page.launch("launch-submit")
    assert payload() == {**{name: value for name, value in honest.items() if name != "welkin_worker_id"},
                         "exp": payload()["exp"]}, "which this App forgets to look at"


def test_persistent_app_comes_with_every_page(page: HostPage, new_folder: Callable) -> None:
    with simulator.serve(new_folder(), page.client, "--persistent") as port:
        page.driver.switch_to.default_content()
        page.driver.get(f"http://{HOST}:{port}/inbox")
        # The App allows the other host to frame it: that the launch begins by itself is what there is to see.
        wait.until(lambda: page.is_shown("persistent-panel"), "the panel")
        assert page.run("return document.getElementById('persistent-panel').dataset.frame") == "collapsed"
        wait.until(lambda: page.log(type="launch", frame="persistent"), "the launch")


#: What the launch dialog's presets are refused for, by the project's own handler.
PRESETS = {
    "Nothing: as Welkin launches": None,
    "Expired five minutes ago": "expired",
    "Expires in a day": "expiry_too_far",
    "For another App (aud)": "audience_mismatch",
    "From another issuer (iss)": "issuer_mismatch",
    "Of another client": "client_mismatch",
    "Signed with another secret": "signature_mismatch",
    "Not signed (alg none)": "token_segments",
    "Signed with HS512": "algorithm_refused",
    "Changed after it was signed": "signature_mismatch",
    "Signature cut off": "token_segments",
    "No worker": "worker_invalid",
    "No environment (provider)": "provider_invalid",
    "Patient is a number": "patient_invalid",
    "No expiry": "claims_malformed",
    "Expiry twice": "claims_malformed",
    "Valid from 2100 on (nbf)": "not_yet_valid",
}


def test_presets_are_refused_for_what_they_say(site: Stack, new_folder: Callable, certificate: tls.Certificate) -> None:
    def launches() -> list[dict[str, str]]:
        return [line for line in logs.lines(site.log) if line["event"] == "launch"]

    with ExitStack() as running:
        port = running.enter_context(simulator.serve(new_folder(), site.client))
        driver = running.enter_context(browser.chromium(new_folder(), [APP_NAME, HOST], certificate))
        page = HostPage(driver, f"http://{HOST}:{port}", site.client, simulator.patients(port))
        page.open(f"/patients/{page.patients[0]}")
        offered = page.run("return [...document.getElementById('launch-preset').options].map(o => o.text)")
        assert offered == list(PRESETS)
        # The simulator launches an App once by itself: that is none of these.
        page.click("launch-app")
        wait.until(lambda: page.run("return document.getElementById('app-status').textContent")
                   .endswith((", checked", ", not checked: The App’s host is unknown")), "it was looked at", timeout=40)
        for number, (name, reason) in enumerate(PRESETS.items()):
            before = len(launches())
            page.click("open-launch-dialog")
            wait.until(lambda: page.run("return document.getElementById('launch-dialog').open"), "the dialog")
            page.choose("launch-preset", str(number))
            page.click("launch-submit")
            wait.until(lambda: len(launches()) > before, f"{name}: the handler has answered")
            assert launches()[-1].get("reason") == reason, name


@pytest.mark.parametrize("page", ["Chromium"], indirect=True)
@pytest.mark.parametrize("path", ["/patients", "/inbox", "/patients/{}", "/profile", "/admin"])
def test_host_page_has_no_violation_that_axe_finds(page: HostPage, path: str) -> None:
    page.open(path.format(page.patients[0]))
    assert axe.violations_here(page.driver) == []


@pytest.mark.parametrize("page", ["Chromium"], indirect=True)
def test_launch_dialog_has_no_violation_that_axe_finds(page: HostPage) -> None:
    page.open("/inbox")
    page.click("open-launch-dialog")
    wait.until(lambda: page.run("return document.getElementById('launch-dialog').open"), "the dialog")
    assert axe.violations_here(page.driver) == []
