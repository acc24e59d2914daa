"""What the App does when something around it fails, in real browsers."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from welkin import clinic as clinics
from welkin import tls, wait, watch
from welkin.app_page import PATIENCE, AppPage, Desk
from welkin.browsers import ENGINES, Browsers
from welkin.bundle import Sources
from welkin.clinic import Clinic
from welkin.paths import BUNDLE
from welkin.tokens import remember

on = pytest.mark.parametrize


def some_text() -> str:
    return remember(f"Walked to the mailbox. {uuid.uuid4()}")


@pytest.fixture(scope="module")
def own_clinic(new_folder: Callable[[], Path], certificate: tls.Certificate) -> Iterator[Clinic]:
    """One whose servers can be stopped, with a bundle that can be changed."""
    bundle = new_folder() / "bundle"
    shutil.copytree(BUNDLE, bundle)
    with clinics.start(new_folder, certificate, bundle=bundle) as made:
        yield made


@pytest.fixture(params=ENGINES)
def own_desk(request: pytest.FixtureRequest, browsers: Browsers, own_clinic: Clinic, run_folder: Path) -> Iterator[Desk]:
    with Desk(browsers[request.param], own_clinic, run_folder) as made:
        yield made


def test_reads_come_back_by_themselves_and_writes_do_not(own_desk: Desk) -> None:
    """nginx is gone for a while: nothing answers at all. The page does not wait for changes, or it would hear of it."""
    clinic = own_desk.clinic
    elsa = clinic.patients[0]
    clinic.fault("changes", "missing")
    page = own_desk.open(elsa)
    launch = page.launch_id()
    wait.until(lambda: clinic.asked("changes", launch) == 1, "it knows that there is nothing to wait for", PATIENCE)
    text = some_text()
    page.write(text)
    clinic.stack.nginx.process.stop()
    try:
        page.press("#note-send")
        page.note("unknown")
        page.until_shown("connection")
        assert "No connection." in page.text("connection")
    finally:
        clinic.stack.nginx.start()
    def reads() -> int:
        return clinic.asked("context", launch) + clinic.asked("written", launch)
    before = reads()
    page.until_shown("connection", False)
    assert reads() > before, "it was a read that found out"
    page.note("unsent")
    assert (clinic.asked("notes", launch), clinic.stored(elsa, text)) == (0, 0), "nothing is written by itself"
    page.press("#note-send")
    page.note("saved")
    assert (clinic.asked("notes", launch), clinic.stored(elsa, text)) == (1, 1)


def test_page_that_waits_hears_that_the_server_is_gone_and_sends_nothing(own_desk: Desk) -> None:
    clinic = own_desk.clinic
    elsa = clinic.patients[0]
    page = own_desk.open(elsa)
    launch = page.launch_id()
    text = some_text()
    page.write(text)
    wait.until(lambda: clinic.service.metric("welkin_data_waiting_pages") >= 1, "it waits for changes", PATIENCE)
    clinic.stack.nginx.process.stop()
    try:
        page.until_shown("connection")
        page.press("#note-send")
        page.note("unsent")
    finally:
        clinic.stack.nginx.start()
    page.until_shown("connection", False)
    assert (clinic.asked("notes", launch), clinic.stored(elsa, text)) == (0, 0), "nothing is written by itself"
    page.press("#note-send")
    page.note("saved")
    assert (clinic.asked("notes", launch), clinic.stored(elsa, text)) == (1, 1)


def test_data_that_are_not_available_are_asked_for_again(desk: Desk) -> None:
    desk.clinic.fault("context", "unavailable")
    page = desk.tab()
    assert page.launch(desk.clinic.patients[0]).state == "ready"
    page.until_shown("connection")
    assert "Patient data isn’t available right now." in page.text("connection")
    assert page.data("patient", "id") == desk.clinic.patients[0], "whose page it is stays certain"
    desk.clinic.fault("context", "none")
    page.until_people()
    page.until_shown("connection", False)


def test_patient_who_was_refused_can_be_asked_for_again(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    page.write(text := some_text())
    page.note("draft")
    desk.clinic.fault("context", "refuse", count=1)
    page.reload()
    page.until("return document.body.dataset.people === 'missing'", "it says that the patient is not there")
    shown = page.inside("return document.body.innerText")
    assert elsa not in shown and desk.clinic.stack.client.worker not in shown, "nobody is shown an id"
    assert page.text("state") == "Patient not loaded"
    page.note("closed")
    assert page.inside("return document.getElementById('note-text').readOnly")
    page.inside("document.getElementById('note').requestSubmit()")
    assert not page.shows("guard-question")
    page.press("#people-retry")
    page.until_people()
    page.note("draft")
    assert (page.text("patient"), page.written(), page.text("state")) == ("Elsa Brandt", text, "Ready")
    assert desk.clinic.asked("notes", page.launch_id()) == 0
    page.press("#note-send")
    page.note("saved")


@on("desk", ["Chromium, watched"], indirect=True)
def test_browser_without_a_network_says_so_at_once(desk: Desk) -> None:
    page = desk.open(desk.clinic.patients[0])
    launch = page.launch_id()
    text = some_text()
    with watch.offline(desk.driver):
        page.until_shown("connection")
        page.write(text)
        assert page.text("state") == "No connection", "and nowhere that all is well"
        page.press("#note-send")
        page.note("unsent")
        assert "Not saved: you’re offline." in page.text("note-status")
    page.until_shown("connection", False)
    page.until_text("note-status", "You’re back online.")
    assert page.text("state") == "Ready"
    assert desk.clinic.asked("notes", launch) == 0
    page.press("#note-send")
    page.note("saved")
    assert desk.clinic.asked("notes", launch) == 1


@on("desk", ["Chromium, watched"], indirect=True)
def test_call_that_ended_while_the_network_was_gone_stops_ringing(desk: Desk) -> None:
    page = desk.open(None)
    page.until_data("incoming", "status", "idle")
    call = desk.clinic.ring(desk.clinic.patients[0])
    page.until_data("incoming", "ringing", "yes")
    with watch.offline(desk.driver):
        desk.clinic.ring()
        page.until_text("incoming", "Not connected. The caller may have hung up.")
        desk.clinic.hang_up(call)
    page.until_data("incoming", "status", "ended")


@on("desk", ["Chromium, watched"], indirect=True)
def test_frame_that_is_closed_in_the_middle_makes_no_noise(desk: Desk) -> None:
    page = desk.open(desk.clinic.patients[0])
    calls = page.launch_persistent()
    calls.until_data("incoming", "status", "idle")
    watch.drain(desk.driver)
    desk.clinic.fault("notes", "slow", count=1)
    page.write(some_text())
    page.press("#note-send")
    wait.until(lambda: desk.clinic.held("notes") == 1, "the note is held", PATIENCE)
    for name in ("app", "persistent"):
        page.click(f"close-{name}")
    wait.until(lambda: desk.clinic.held("notes") == 0, "the note is given up", PATIENCE)
    desk.clinic.fault("notes", "none")
    page.driver.get("about:blank")
    assert [entry for entry in desk.driver.get_log("browser") if entry["level"] == "SEVERE"] == []


CLOCKS = {
    "seven hours behind": "const by = -7 * 3600e3;",
    "nine hours ahead": "const by = 9 * 3600e3;",
}


@on("desk", ["Chromium, watched"], indirect=True)
@on("clock", CLOCKS)
def test_browsers_clock_may_be_hours_wrong(desk: Desk, clock: str) -> None:
    wrong = """const Right = Date;
        Date = class extends Right {
          constructor(...parts) { if (parts.length) super(...parts); else super(Right.now() + by); }
          static now() { return Right.now() + by; }
        };"""
    elsa = desk.clinic.patients[0]
    page = desk.tab()
    with watch.early_script(desk.driver, f"{{ {CLOCKS[clock]} {wrong} }}"):
        assert page.launch(elsa).state == "ready"
        page.until_people()
        assert page.inside("return Math.abs(Date.now() - performance.timeOrigin) > 6 * 3600e3"), "it is wrong"
        page.inside("dispatchEvent(new Event('focus'))")
        assert not page.shows("ending")
        text = some_text()
        page.write(text)
        page.press("#note-send")
        page.note("saved")
        first, older = page.inside("return [...document.querySelectorAll('#notes .meta')].slice(0, 2).map(m => m.textContent)")
        desk.clinic.sync()
        assert page.reload().state == "ready", "the bearer is still good"
        page.until_people()
        told = page.inside("return document.querySelector('#notes .meta').textContent")
        assert first.startswith(told), "the time beside the note is the server's"
        assert first != older


def test_open_page_outlives_a_new_bundle(own_desk: Desk, new_folder: Callable[[], Path]) -> None:
    clinic = own_desk.clinic
    page = own_desk.open(clinic.patients[0])
    sources = Sources(new_folder())
    words = f"Saved {uuid.uuid4()}"
    sources.replace("note/note-form.js", 'return "Saved.";', f'return "{words}";')
    script = "return document.querySelector('script[src]').src"
    before = page.inside(script)
    sources.build(clinic.stack.nginx.bundle)
    page.write(some_text())
    page.press("#note-send")
    page.note("saved")
    assert page.text("note-status") not in ("", words), "the open page goes on as it was"
    page.press("#phones .call")
    page.until("return document.querySelector('#phones .call').dataset.status === 'dialing'", "it dials")
    assert page.reload().state == "ready"
    page.until_people()
    assert page.inside(script) != before
    page.write(some_text())
    page.press("#note-send")
    page.note("saved")
    assert page.text("note-status") == words


def test_without_scripts_the_page_says_what_it_needs(desk: Desk) -> None:
    page = desk.tab()
    page.driver.get(f"{page.host}/patients/{desk.clinic.patients[0]}")
    wait.until(lambda: page.welkin("return document.readyState") == "complete", "the page")
    page.welkin("document.getElementById('app-frame-template').content.firstElementChild.sandbox.remove('allow-scripts')")
    page.click("launch-app")
    wait.until(lambda: page.panel("phase") in ("loaded", "late"), "the frame has loaded", PATIENCE)
    page.until("return document.querySelector('noscript')?.innerText.includes('This App needs JavaScript')", "it says so")
    assert not page.inside("return document.getElementById('app-area').checkVisibility()"), "and no spinner turns"


@on("desk", ["Chromium, no storage"], indirect=True)
def test_browser_that_keeps_nothing_loses_nothing_unsaid(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page: AppPage = desk.open(elsa)
    assert page.inside("try { return sessionStorage.length } catch (error) { return error.name }") == "SecurityError"
    text = some_text()
    page.write(text)
    page.until_text("note-status", "this browser can’t keep drafts")
    page.press("#note-send")
    page.note("saved")
    assert desk.clinic.stored(elsa, text) == 1
    assert page.reload().state == "missing", "without cookie and storage nobody knows who it was"
    assert "open it again from Welkin" in page.text("action")
