"""Every state of the App's page: accessible by rule, light and dark, wide and narrow; and a picture of it."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from welkin import wait
from welkin.app_page import PATIENCE, AppPage, Desk
from welkin.browsers import Browsers
from welkin.clinic import Clinic
from welkin.http import Request
from welkin.looks import Looks
from welkin.tokens import remember

THEMES = {"light": "Chromium, watched", "dark": "Chromium, watched, dark"}

LONG = ("Weight up by 2 lb since Monday, ankles slim in the morning and thick at night. Went through the salt list "
        "again; the broth was it. Daughter Greta shops on Saturdays. ") * 3


@pytest.fixture(params=THEMES)
def themed(request: pytest.FixtureRequest, browsers: Browsers, app_clinic: Clinic, run_folder: Path) -> Iterator[Desk]:
    with Desk(browsers[THEMES[request.param]], app_clinic, run_folder) as made:
        yield made


@pytest.fixture
def looks(request: pytest.FixtureRequest, themed: Desk) -> Looks:
    folder = request.config.getoption("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return Looks(folder, request.node.callspec.params["themed"])


def until(page: AppPage, selector: str, status: str) -> None:
    page.until("return document.querySelector(arguments[0])?.dataset.status === arguments[1]", status, selector, status)


def test_patient_page_while_it_opens(themed: Desk, looks: Looks) -> None:
    elsa, *_, samuel = themed.clinic.patients
    page = themed.open(elsa)
    # Requests that match are held until the domain is switched off.
    themed.driver.execute_cdp_cmd("Fetch.enable", {"patterns": [{"urlPattern": "*/session"}]})
    try:
        page.inside("setTimeout(() => location.reload())")
        page.until_state("loading")
        page.until("return document.querySelector('#stay') && getComputedStyle(stay).borderRadius === '8px'", "the styles")
        looks.at(page, "loading")
        page.inside("for (const each of document.getAnimations()) if (each.animationName === 'appear') each.finish()")
        page.until_shown("slow")
        looks.at(page, "loading-slow")
    finally:
        themed.driver.execute_cdp_cmd("Fetch.disable", {})
    page.until_people()
    themed.clinic.fault("context", "slow", count=1)
    page.reload()
    wait.until(lambda: themed.clinic.held("context") == 1, "names are on their way", PATIENCE)
    looks.at(page, "ready-without-names")
    themed.clinic.fault("context", "none")
    page.until_people()
    themed.clinic.fault("context", "refuse", count=1)
    page.reload()
    page.until("return document.body.dataset.people === 'missing'", "it says that they are not there")
    looks.at(page, "ready-nothing-known")
    assert page.launch(samuel).state == "ready"
    page.until_people()
    looks.at(page, "ready-no-notes")


def test_what_is_known_of_the_replica(themed: Desk, looks: Looks) -> None:
    """States that come about within hours, or hardly ever: of the service's answers, changed on the way."""
    elsa, faulty = themed.clinic.patients[0], themed.clinic.faulty
    nobody = {"patient": None, "phone_numbers": [], "notes": []}
    page = themed.open(elsa)
    for name, people, edit in (("pending", "pending", lambda told: {**told, **nobody, "pending": True}),
                               ("gone", "gone", lambda told: {**told, **nobody}),
                               ("partial", "there", lambda told: {**told, "as_of": None}),
                               ("old", "there", lambda told: {**told, "as_of": told["as_of"] - 7200})):
        with faulty.edited("context", edit):
            page.reload()
            page.until("return document.body.dataset.people === arguments[0]", f"it is {name}", people)
            if people == "there":
                page.until_shown("connection")
            looks.at(page, f"patient-{name}")
    calls = opened(themed)
    allday = {"at": None, "day": "2026-11-30", "overdue": False, "done": False, "outcome": None}
    with faulty.edited("calls/schedule", lambda told: {**told, "calls": [
            {**each, **(allday if place == 0 else {}), "patient_time": "13:30"}
            for place, each in enumerate(told["calls"])]}):
        calls.reload()
        calls.until("return document.querySelectorAll('#schedule .open').length > 3", "the schedule")
        looks.at(calls, "calls-schedule-all-day")


def test_guard(themed: Desk, looks: Looks) -> None:
    elsa, omar = themed.clinic.patients[:2]
    page = themed.open(elsa)
    page.until_data("guard", "guard", "same")
    looks.at(page, "guard-same")
    page.go("/inbox")
    page.until_data("guard", "guard", "unknown")
    looks.at(page, "guard-unknown")
    page.write(LONG)
    page.press("#note-send")
    page.until_shown("guard-question")
    looks.at(page, "confirm-note")
    page.press("#guard-no")
    page.press("#phones .call")
    page.until_shown("guard-question")
    looks.at(page, "confirm-call")
    page.go(f"/patients/{omar}")
    page.until_data("guard", "guard", "different")
    page.note("blocked")
    looks.at(page, "guard-different")
    page.choose("reply-mode", "not-found")
    page.press("#guard-back")
    page.until_text("guard-result", "Welkin can’t find this")
    looks.at(page, "guard-different-not-found")


def test_note_in_each_status(themed: Desk, looks: Looks) -> None:
    page = themed.open(themed.clinic.patients[1])
    page.press("#note-send")
    page.until_text("note-status", "Write the note first.")
    looks.at(page, "note-empty")
    page.write(LONG)
    page.note("draft")
    looks.at(page, "note-draft")
    themed.clinic.fault("notes", "slow", count=1)
    page.press("#note-send")
    page.note("sending")
    looks.at(page, "note-sending")
    themed.clinic.fault("notes", "none")
    page.note("saved")
    looks.at(page, "note-saved")
    themed.clinic.fault("written", "slow")
    for fault, status in {"queue": "accepted", "refuse": "refused", "drop": "unknown"}.items():
        themed.clinic.fault("notes", fault, count=1)
        page.write(remember(f"{fault} {uuid.uuid4()}"))
        page.press("#note-send")
        page.note(status)
        looks.at(page, f"note-{status}")
    themed.clinic.fault("written", "none")
    themed.clinic.mend()
    page.reload()
    page.note("saved", "empty")
    themed.clinic.fault("notes", "unavailable", count=1)
    page.write(remember(f"unsent {uuid.uuid4()}"))
    page.press("#note-send")
    page.note("unsent")
    looks.at(page, "note-unsent")


def test_phones_in_each_status(themed: Desk, looks: Looks) -> None:
    page = themed.open(themed.clinic.patients[0])
    for fault, status in {"slow": "calling", "refuse": "refused", "unavailable": "unknown", "none": "dialing"}.items():
        themed.clinic.fault("written", "slow")
        themed.clinic.fault("calls/place", fault)
        page.press("#phones .call")
        until(page, "#phones .call", status)
        looks.at(page, f"phone-{status}")
        if status != "dialing":
            themed.clinic.mend()
            page.reload()
            page.until_people()
    page.press("#phones .call")
    until(page, "#phones .call", "over")
    looks.at(page, "phone-over")
    page.press("#phones .choices button")
    until(page, "#phones .call", "settled")
    looks.at(page, "phone-settled")


def test_messages_over_the_page(themed: Desk, looks: Looks) -> None:
    page = themed.open(themed.clinic.patients[0])
    page.pass_time(860)
    page.until_shown("ending")
    looks.at(page, "ending")
    # Before the page hears of it, since it asks at once whether that is true.
    themed.clinic.fault("context", "unavailable")
    page.inside("dispatchEvent(new Event('offline'))")
    page.until_shown("connection")
    looks.at(page, "ending-and-connection")


def test_each_notice(themed: Desk, looks: Looks, short_clinic: Clinic, run_folder: Path) -> None:
    driver, clinic = themed.driver, themed.clinic
    elsa = clinic.patients[0]
    page = themed.open(elsa)
    page.write("Begun.")
    page.note("draft")
    page.pass_time(1000)
    page.until_state("expired")
    looks.at(page, "notice-expired")

    page.launch(elsa)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/a/main/*/session"]})
    try:
        assert page.reload().state == "offline"
        looks.at(page, "notice-offline")
    finally:
        driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    page.press("#retry")
    page.until_state("ready")

    clinic.stack.handler.process.stop()
    try:
        assert page.reload().state == "error"
        looks.at(page, "notice-error")
    finally:
        clinic.stack.handler.start()
    page.press("#retry")
    page.until_state("ready")

    page.inside("sessionStorage.clear()")
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    assert page.reload().state == "missing"
    looks.at(page, "notice-missing")

    with Desk(driver, short_clinic, run_folder) as other:
        page = other.open(elsa)
        site = short_clinic.stack.nginx.site
        site.send(Request("DELETE", f"/a/main/{page.launch_id()}/session",
                          (("X-Welkin-Session", page.bearer()), ("Origin", site.origin))))
        page.press("#phones .call")
        page.until_state("ended")
        looks.at(page, "notice-ended")


def opened(desk: Desk, path: str = "/inbox") -> AppPage:
    """The App that is there on every page, in the foreground."""
    tab = desk.tab()
    tab.driver.get(f"{tab.host}{path}#dev")
    wait.until(lambda: tab.welkin("return document.querySelector('#dev-panel')?.dataset.open") == "true", "the page", PATIENCE)
    page = tab.launch_persistent()
    wait.until(lambda: page.panel("frame") == "collapsed", "it is out of the way", PATIENCE)
    page.click("toggle-persistent")
    return page


def test_calls_without_a_call(themed: Desk, looks: Looks) -> None:
    page = opened(themed)
    page.until("return document.querySelectorAll('#schedule .open').length > 3", "the schedule")
    looks.at(page, "calls-schedule")
    page.press("#schedule li:nth-child(3) .call")
    until(page, "#schedule li:nth-child(3) .call", "dialing")
    looks.at(page, "calls-schedule-dialing")
    themed.clinic.fault("patient", "slow", count=1)
    page.go(f"/patients/{themed.clinic.patients[0]}")
    page.until("return document.querySelector('#here .skeleton')", "it is on its way")
    looks.at(page, "calls-patient-loading")
    themed.clinic.fault("patient", "none")
    page.until("return document.querySelector('#here .call')", "the patient")
    looks.at(page, "calls-patient")
    themed.clinic.fault("written", "slow")
    themed.clinic.fault("calls/place", "unavailable", count=1)
    page.press("#here .call")
    until(page, "#here .call", "unknown")
    # His number is neither here nor in the schedule.
    page.go(f"/patients/{themed.clinic.patients[-1]}")
    page.until("return document.querySelector('#asides button')", "the call of unknown fate")
    looks.at(page, "calls-aside")
    # The request that waits is answered, and the next one fails.
    call = themed.clinic.ring()
    page.until_data("incoming", "status", "ringing")
    themed.clinic.fault("calls/await", "unavailable")
    themed.clinic.hang_up(call)
    page.until_data("incoming", "status", "offline")
    looks.at(page, "calls-offline")


def test_calls_with_a_call(themed: Desk, looks: Looks) -> None:
    elsa, omar = themed.clinic.patients[:2]
    page, other = opened(themed), opened(themed)
    call = themed.clinic.ring(elsa)
    wait.until(lambda: {page.data("incoming", "ringing"), other.data("incoming", "ringing")} == {"yes", "elsewhere"},
               "one rings", PATIENCE)
    if page.data("incoming", "ringing") == "elsewhere":
        page, other = other, page
    looks.at(page, "calls-ringing")
    looks.at(other, "calls-elsewhere")
    themed.clinic.ring()
    page.until("return document.querySelector('#asides button')", "another call")
    looks.at(page, "calls-ringing-two")
    themed.clinic.fault("calls/answer", "slow", count=1)
    page.choose("reply-mode", "not-found")
    page.press("#incoming-open")
    page.until_data("incoming", "status", "answering")
    looks.at(page, "calls-answering")
    themed.clinic.fault("calls/answer", "none")
    page.until_data("incoming", "status", "answered")
    looks.at(page, "calls-answered")
    themed.clinic.hang_up(call)
    page.until_data("incoming", "status", "ringing")
    themed.clinic.fault("calls/answer", "unavailable", count=1)
    page.press("#incoming-open")
    page.until_data("incoming", "status", "unknown")
    looks.at(page, "calls-unknown")
    page.press("#incoming-decline")
    page.until_data("incoming", "status", "declined")
    themed.clinic.mend()
    page.until_data("incoming", "status", "idle")


def test_page_outside_welkin(themed: Desk, looks: Looks) -> None:
    page = themed.open(themed.clinic.patients[0])
    address = page.inside("return location.href")
    page.driver.switch_to.default_content()
    page.driver.get(address)
    wait.until(lambda: page.welkin("return document.body?.dataset.state") == "outside", "the page", PATIENCE)
    picture = looks.folder / f"notice-outside-{looks.theme}.png"
    assert page.driver.save_screenshot(str(picture))


@pytest.mark.parametrize("desk", ["Chromium", "Firefox"], indirect=True)
def test_note_by_keyboard_alone(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    page.go("/inbox")
    page.until_data("guard", "guard", "unknown")

    def key(*keys: str) -> None:
        page.inside("")
        ActionChains(page.driver).send_keys(*keys).perform()

    def tab_to(element: str) -> None:
        for _ in range(60):  # Round the whole of Welkin's page, if need be.
            key(Keys.TAB)
            if page.inside("return document.activeElement.id") == element:
                outline = page.inside("return getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"one sees that #{element} has the focus"
                return
        raise AssertionError(f"Tab does not lead to #{element}")

    text = remember(f"Typed {uuid.uuid4()}")
    page.welkin("document.getElementById(arguments[0]).focus()", page.frame)
    tab_to("note-text")
    key(text)
    tab_to("note-send")
    key(Keys.ENTER)
    page.until_shown("guard-question")
    page.until("return document.activeElement.id === 'guard-question'", "the question has the focus")
    key(Keys.ESCAPE)
    page.until_shown("guard-question", False)
    page.until("return document.activeElement.id === 'note-send'", "the focus is where it was")
    key(Keys.SPACE)
    page.until("return document.activeElement.id === 'guard-question'", "the question has the focus")
    tab_to("guard-yes")
    key(Keys.SPACE)
    page.note("saved")
    assert desk.clinic.stored(elsa, text) == 1
    page.go(f"/patients/{omar}")
    page.until_data("guard", "guard", "different")
    # Welkin's page has taken the focus with its new content; the next stop behind that may be the App.
    page.welkin("document.getElementById(arguments[0]).focus()", page.frame)
    tab_to("guard-back")
    key(Keys.ENTER)
    page.until_at(f"/patients/{elsa}")
