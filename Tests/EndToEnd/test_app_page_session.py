"""A session from its beginning to its end, in real browsers, and what is left of it."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from welkin import wait
from welkin.app_page import PATIENCE, AppPage, Desk
from welkin.browsers import ENGINES, Browsers
from welkin.clinic import Clinic
from welkin.http import Request
from welkin.tokens import remember


@pytest.fixture(params=ENGINES)
def short_desk(request: pytest.FixtureRequest, browsers: Browsers, short_clinic: Clinic,
               run_folder: Path) -> Iterator[Desk]:
    with Desk(browsers[request.param], short_clinic, run_folder) as made:
        yield made


def seconds_left(page: AppPage) -> int:
    return int(page.text("ending-seconds") or 0)


def renewals(page: AppPage, clinic: Clinic) -> int:
    """How often the page has posted to the session route: the first time is the exchange of the hand-off."""
    log = clinic.stack.nginx.access_log.read_text()
    return len(re.findall(rf"POST /a/main/{page.launch_id()}/session ", log)) - 1


def end_elsewhere(page: AppPage, clinic: Clinic) -> None:
    """Ends the page's session as another copy of it would."""
    site = clinic.stack.nginx.site
    answer = site.send(Request("DELETE", f"/a/main/{page.launch_id()}/session",
                               (("X-Welkin-Session", page.bearer()), ("Origin", site.origin))))
    assert answer.status == 204, answer.text


def launch_as(page: AppPage, worker: str) -> None:
    """Launches on the patient on screen, with another worker logged in to Welkin."""
    page.click("open-launch-dialog")
    wait.until(lambda: page.welkin("return document.getElementById('launch-dialog').open"), "the dialog", PATIENCE)
    page.choose("claim-welkin_worker_id", worker)
    before = page.launch_id()
    page.click("launch-submit")
    wait.until(lambda: page.launch_id() not in (None, before), "another launch", PATIENCE)
    page.until_state("ready")


def test_countdown_is_shown_and_staying_moves_the_end(short_desk: Desk) -> None:
    page = short_desk.open(short_desk.clinic.patients[0])
    page.until_shown("ending")
    low = wait.until(lambda: 0 < (left := seconds_left(page)) < 59 and left, "seconds go by", PATIENCE)
    page.press("#stay")
    wait.until(lambda: seconds_left(page) > low, "the end has moved away", PATIENCE)
    assert renewals(page, short_desk.clinic) == 1


def test_activity_renews_and_time_alone_does_not(short_desk: Desk) -> None:
    page = short_desk.open(short_desk.clinic.patients[0])
    page.write("One")
    page.note("draft")
    assert renewals(page, short_desk.clinic) == 0, "there is time enough"
    page.pass_time(35)
    low = seconds_left(page)
    page.go("/inbox")
    wait.until(lambda: seconds_left(page) > low, "going from page to page in Welkin renews", PATIENCE)
    assert renewals(page, short_desk.clinic) == 1
    page.pass_time(35)
    low = seconds_left(page)
    page.inside("dispatchEvent(new KeyboardEvent('keydown'))")
    wait.until(lambda: seconds_left(page) > low, "so does work in the App", PATIENCE)
    assert renewals(page, short_desk.clinic) == 2


def test_session_that_was_ended_elsewhere_is_explained_and_the_draft_kept(short_desk: Desk) -> None:
    elsa = short_desk.clinic.patients[0]
    page = short_desk.open(elsa)
    text = remember(f"Almost saved. {uuid.uuid4()}")
    page.write(text)
    page.note("draft")
    end_elsewhere(page, short_desk.clinic)
    page.press("#note-send")
    page.until_state("ended")
    assert page.text("title") == "Your session was ended"
    assert page.shows("kept")
    shown = page.inside("return document.body.textContent")
    assert text not in shown and "Brandt" not in shown and elsa not in shown, "nobody is named any more"
    assert page.inside("return Object.keys(sessionStorage).filter(key => key.endsWith(':bearer')).length") == 0
    page.press("#close")
    wait.until(lambda: not page.is_open(), "the App is gone, by its own button", PATIENCE)
    page.launch(elsa)
    page.note("draft")
    assert page.written() == text
    page.press("#note-send")
    page.note("saved")
    assert short_desk.clinic.stored(elsa, text) == 1


def test_read_that_is_refused_explains_too(short_desk: Desk) -> None:
    """Without a click of the worker's: the App that waits for calls finds out by itself."""
    page = short_desk.open(None)
    page.until_data("incoming", "status", "idle")
    end_elsewhere(page, short_desk.clinic)
    call = short_desk.clinic.ring()
    page.until_state("ended")
    assert not page.inside("return document.getElementById('calls').textContent")


@pytest.mark.parametrize("engine", ENGINES)
def test_session_that_nobody_renewed_ends_is_explained_and_the_draft_waits(
        engine: str, aged_pages: dict[str, AppPage], short_clinic: Clinic) -> None:
    page = aged_pages[engine]
    elsa, omar = short_clinic.patients[:2]
    wait.until(lambda: page.see("return document.body.dataset.state") == "expired", "the end", 90, every=0.2)
    assert page.text("title") == "Your session has ended"
    assert "open it again from Welkin" in page.text("action")
    assert page.shows("kept")
    assert "Brandt" not in page.inside("return document.body.textContent")
    assert page.reload().state == "missing", "a reload brings nothing back"

    page.launch(elsa)
    page.note("draft")
    assert page.written() == f"Begun in {engine}."
    launch_as(page, remember(str(uuid.uuid4())))
    page.note("empty")
    assert page.written() == "", "it is no business of another worker's"
    assert not page.inside("return Object.keys(sessionStorage).some(key => key.startsWith('welkin:draft:'))")
    page.launch(elsa)
    page.note("empty")
