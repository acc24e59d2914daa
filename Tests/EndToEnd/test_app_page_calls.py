"""Calls that come in, in real browsers: the App without a patient."""

import pytest

from welkin import wait
from welkin.app_page import PATIENCE, AppPage, Desk


def persistent(desk: Desk, path: str = "/inbox") -> AppPage:
    """A Welkin tab with the App that is there on every page, which waits for calls and is out of the way."""
    tab = desk.tab()
    tab.driver.get(f"{tab.host}{path}#dev")
    wait.until(lambda: tab.welkin("return document.querySelector('#dev-panel')?.dataset.open") == "true", "the page")
    page = tab.launch_persistent()
    page.until_data("incoming", "status", "idle")
    wait.until(lambda: page.panel("frame") == "collapsed", "it is out of the way", PATIENCE)
    return page


def rings(page: AppPage, call: str, how: str | None) -> None:
    """Waits until that call rings in the page, or elsewhere, or not any more (None)."""
    wait.until(lambda: (page.data("incoming", "callId"), page.data("incoming", "ringing")) == (call, how),
               f"{call} rings: {how}", PATIENCE, every=0.03)


def test_call_opens_the_frame_and_a_click_answers_and_navigates(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = persistent(desk)
    call = desk.clinic.ring(elsa)
    rings(page, call, "yes")
    wait.until(lambda: page.panel("frame") == "expanded", "the frame opens", PATIENCE)
    assert page.text("caller") == "Elsa Brandt"
    assert page.welkin("return location.pathname") == "/inbox", "only the worker's click navigates"
    page.press("#incoming-open")
    page.until_at(f"/patients/{elsa}")
    page.until_data("incoming", "status", "answered")
    page.until("return document.getElementById('here').dataset.patient === arguments[0]", "the patient is here", elsa)
    desk.clinic.hang_up(call)
    page.until_data("incoming", "status", "ended")
    page.until_data("incoming", "status", "idle")


def test_app_that_was_opened_from_the_inbox_stays_open(desk: Desk) -> None:
    page = desk.open(None)
    page.until_data("incoming", "status", "idle")
    assert page.panel("frame") == "expanded"
    # Whatever the page had asked for by then would have been heard before the end of this call.
    call = desk.clinic.ring()
    rings(page, call, "yes")
    desk.clinic.hang_up(call)
    page.until_data("incoming", "status", "idle")
    assert page.panel("frame") == "expanded"
    assert not [text for text in page.messages(direction="from-app") if "minimize_frame" in text]


def test_call_is_ended_where_it_was_answered(desk: Desk) -> None:
    page = persistent(desk)
    call = desk.clinic.ring(desk.clinic.patients[0])
    rings(page, call, "yes")
    page.press("#incoming-open")
    page.until_data("incoming", "status", "answered")
    wait.until(lambda: page.data("incoming", "status") != "answered" or page.press("#incoming-decline"),
               "the button counts, once it has been this one for a moment", PATIENCE)
    page.until_data("incoming", "status", "ended")
    assert desk.clinic.ask("calls/await", after=None).json["calls"] == []


def test_call_that_was_answered_in_a_closed_page_is_settled(desk: Desk) -> None:
    page = persistent(desk)
    call = desk.clinic.ring()
    rings(page, call, "yes")
    page.press("#incoming-open")
    page.until_data("incoming", "status", "answered")
    page.click("close-persistent")
    page = page.launch_persistent()
    page.until_data("incoming", "status", "answered")
    page.until_text("incoming", "Are you still on this call?")
    assert "On a call" not in page.text("incoming"), "nobody claims that it goes on"
    page.click("toggle-persistent")
    wait.until(lambda: page.data("incoming", "status") != "answered" or page.press("#incoming-decline"), "it is over", PATIENCE)
    page.until_data("incoming", "status", "ended")
    assert desk.clinic.ask("calls/await", after=None).json["calls"] == []


def test_unknown_caller_is_answered_where_the_worker_is(desk: Desk) -> None:
    page = persistent(desk)
    call = desk.clinic.ring()
    rings(page, call, "yes")
    assert page.text("caller") == "(415) 555-0199"
    assert "Unknown caller" in page.text("incoming")
    page.press("#incoming-open")
    page.until_data("incoming", "status", "answered")
    assert page.welkin("return location.pathname") == "/inbox"
    desk.clinic.hang_up(call)
    page.until_data("incoming", "status", "ended")


def test_declined_call_does_not_ring_again(desk: Desk) -> None:
    page = persistent(desk)
    call = desk.clinic.ring(desk.clinic.patients[1])
    rings(page, call, "yes")
    page.press("#incoming-decline")
    page.until_data("incoming", "status", "declined")
    page.until_data("incoming", "status", "idle")
    assert desk.clinic.asked("calls/decline", page.launch_id()) == 1


def test_caller_who_hangs_up_stops_the_ringing(desk: Desk) -> None:
    page = persistent(desk)
    call = desk.clinic.ring(desk.clinic.patients[2])
    rings(page, call, "yes")
    desk.clinic.hang_up(call)
    page.until_data("incoming", "status", "ended")
    rings(page, call, None)


def test_call_rings_in_one_tab_and_another_one_takes_over(desk: Desk) -> None:
    one, two = persistent(desk), persistent(desk)
    call = desk.clinic.ring(desk.clinic.patients[0])

    def ringing() -> list[str | None]:
        return [page.data("incoming", "ringing") for page in (one, two)]
    wait.until(lambda: sorted(map(str, ringing())) == ["elsewhere", "yes"], "exactly one rings", PATIENCE)
    first, second = (one, two) if ringing()[0] == "yes" else (two, one)
    assert second.panel("frame") == "collapsed", "the other one stays out of the way"
    assert "Ringing in another Welkin tab." in second.text("incoming") or not second.shows("incoming")
    desk.close(next(tab for tab in desk.tabs if tab.handle == first.handle))
    rings(second, call, "yes")
    wait.until(lambda: second.panel("frame") == "expanded", "its frame opens", PATIENCE)


def test_call_that_another_tab_answered_rings_in_none(desk: Desk) -> None:
    one, two = persistent(desk), persistent(desk)
    call = desk.clinic.ring(desk.clinic.patients[0])
    wait.until(lambda: "yes" in [page.data("incoming", "ringing") for page in (one, two)], "it rings", PATIENCE)
    first, second = (one, two) if one.data("incoming", "ringing") == "yes" else (two, one)
    first.press("#incoming-open")
    for page in (first, second):
        page.until_data("incoming", "status", "answered")
        assert page.data("incoming", "ringing") is None
    assert second.data("incoming", "callId") == call


def test_schedule_is_on_the_inbox_and_leads_to_patients(desk: Desk) -> None:
    page = persistent(desk)
    page.click("toggle-persistent")
    page.until("return document.querySelectorAll('#schedule .open').length > 3", "the schedule")
    patient = page.inside("return document.querySelector('#schedule .open').dataset.patient")
    page.press("#schedule .open")
    page.until_at(f"/patients/{patient}")
    page.until("return document.getElementById('here').dataset.patient === arguments[0]", "the patient is here", patient)
    assert not page.shows("schedule")
    page.press("#here .call")
    page.until("return document.querySelector('#here .call').dataset.status === 'dialing'", "it dials")
    page.go("/inbox")
    page.until_shown("schedule")
    assert not page.shows("here")


def test_patient_on_screen_is_never_the_one_before(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = persistent(desk, f"/patients/{elsa}")
    here = "return document.getElementById('here').dataset.patient === arguments[0]"
    page.until(here, "the patient on screen", elsa)
    desk.clinic.fault("patient", "slow", count=1)
    page.go(f"/patients/{omar}")
    page.until(here, "nobody, as long as nothing has come", "")
    assert "Elsa" not in page.inside("return document.getElementById('here').textContent")
    desk.clinic.fault("patient", "none")
    page.until(here, "the patient on screen", omar)


def test_no_answer_to_answering_is_told_and_counts_once(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = persistent(desk)
    call = desk.clinic.ring(elsa)
    rings(page, call, "yes")
    desk.clinic.fault("calls/answer", "unavailable", count=1)
    page.press("#incoming-open")
    page.until_data("incoming", "status", "unknown")
    assert "We couldn’t confirm that. Trying again is safe." in page.text("incoming")
    page.press("#incoming-open")
    page.until_data("incoming", "status", "answered")


def test_host_that_opens_nothing_is_not_believed(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = persistent(desk)
    desk.clinic.ring(elsa)
    page.until_data("incoming", "status", "ringing")
    page.choose("reply-mode", "not-found")
    page.press("#incoming-open")
    page.until_text("incoming", "Welkin can’t open this patient.")
    assert page.welkin("return location.pathname") == "/inbox"
