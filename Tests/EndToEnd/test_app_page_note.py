"""Notes and calls that a worker writes and places, in real browsers."""

import uuid

import pytest

from welkin import wait
from welkin.app_page import PATIENCE, AppPage, Desk
from welkin.tokens import remember

LIST = "return document.getElementById('notes').innerText"


def some_text() -> str:
    return remember(f"Slept well. {uuid.uuid4()}")


def until_listed(page: AppPage, text: str) -> None:
    wait.until(lambda: text in (page.see(LIST) or ""), "the note is in the list", PATIENCE, every=0.03)


def held(desk: Desk, route: str, count: int) -> None:
    wait.until(lambda: desk.clinic.held(route) == count, f"{count} of {route} held", PATIENCE)


def count_in_list(page: AppPage, text: str) -> int:
    return page.inside(LIST).count(text)


def test_note_is_saved_and_there_after_a_reload(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    text = some_text()
    page.write(text)
    page.note("draft")
    page.press("#note-send")
    page.note("saved")
    assert count_in_list(page, text) == 1
    assert page.inside("return document.getElementById('note-text').value") == ""
    assert desk.clinic.stored(elsa, text) == 1
    asked = desk.clinic.asked("context", page.launch_id())
    desk.clinic.sync()
    wait.until(lambda: desk.clinic.asked("context", page.launch_id()) > asked, "the page hears of it", PATIENCE)
    page.until("return !document.querySelector('#notes').innerText.includes('Saved')", "it is one from Welkin now")
    assert count_in_list(page, text) == 1
    assert page.reload().state == "ready"
    until_listed(page, text)
    assert count_in_list(page, text) == 1
    assert page.inside("return document.getElementById('note-text').value") == "", "the draft is gone with it"
    assert "Nora Lindqvist" in page.inside("return document.querySelector('#notes li').innerText")


def test_draft_survives_a_reload(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    text = some_text()
    page.write(text)
    page.note("draft")
    page.reload()
    page.note("draft")
    assert page.inside("return document.getElementById('note-text').value") == text
    assert page.launch(omar).state == "ready"
    page.note("empty")
    assert page.inside("return document.getElementById('note-text').value") == "", "it is no other patient's"
    page.launch(elsa)
    page.note("draft")
    assert page.inside("return document.getElementById('note-text').value") == text


def test_call_is_placed_once(desk: Desk) -> None:
    page = desk.open(desk.clinic.patients[0])
    first = "#phones li:first-child .call"
    desk.clinic.fault("calls/place", "slow", count=1)
    page.press(first)
    status = "return document.querySelector(arguments[0]).dataset.status === arguments[1]"
    page.until(status, "it is calling", first, "calling")
    page.press(first)
    held(desk, "calls/place", 1)
    desk.clinic.fault("calls/place", "none")
    page.until(status, "it is dialing", first, "dialing")
    assert desk.clinic.asked("calls/place", page.launch_id()) == 1, "a second click places no second call"
    assert page.inside("return document.querySelector('#phones li:nth-child(2) .call').dataset.status") == "idle"


FIRST = "#phones li:first-child"


def until_call(page: AppPage, status: str) -> None:
    page.until("return document.querySelector(arguments[0]).dataset.status === arguments[1]", status, f"{FIRST} .call", status)


def test_call_is_ended_and_it_is_on_record_how_it_went(desk: Desk) -> None:
    page = desk.open(desk.clinic.patients[0])
    page.press(f"{FIRST} .call")
    until_call(page, "dialing")
    assert page.inside("return document.querySelector(arguments[0]).innerText", f"{FIRST} .call") == "End call"
    assert [call["state"] for call in desk.clinic.placed()] == ["dialing"]
    page.press(f"{FIRST} .call")
    until_call(page, "over")
    assert [call["state"] for call in desk.clinic.placed()] == ["ended"]
    page.press(f"{FIRST} .choices button:nth-child(2)")
    until_call(page, "settled")
    assert desk.clinic.placed() == []
    assert "No answer" in page.text("phones")
    page.reload()
    page.until_people()
    until_call(page, "settled")
    assert "No answer" in page.text("phones"), "it is on record"


def test_call_of_a_page_that_was_closed_is_settled_when_it_comes_back(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    page.press(f"{FIRST} .call")
    until_call(page, "dialing")
    page.click("close-app")
    page.launch(elsa)
    page.until_people()
    until_call(page, "over")
    assert "How did it go?" in page.text("phones"), "nobody claims that it goes on"
    page.press(f"{FIRST} .choices button:last-child")
    until_call(page, "idle")
    assert desk.clinic.placed() == [], "it was taken back"


def test_each_answer_to_a_note_is_told(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    text = some_text()
    desk.clinic.fault("notes", "slow", count=1)
    page.write(text)
    page.press("#note-send")
    page.note("sending")
    assert count_in_list(page, text) == 1, "it is shown before it is answered"
    assert page.inside("return document.body.innerText").count("Sending…") == 1, "and it is said once"
    held(desk, "notes", 1)
    assert desk.clinic.stored(elsa, text) == 0
    desk.clinic.fault("notes", "none")
    page.note("saved")

    desk.clinic.fault("notes", "refuse", count=1)
    text = some_text()
    page.write(text)
    page.press("#note-send")
    page.note("refused")
    assert "Not saved." in page.text("note-status")
    assert page.inside("return document.getElementById('note-text').value") == text, "and nothing is lost"
    assert count_in_list(page, text) == 0
    desk.clinic.fault("notes", "queue", count=1)
    page.press("#note-send")
    page.note("accepted")
    assert "On its way to Welkin" in page.inside(LIST)


@pytest.mark.parametrize("fault", ["drop", "cut"])
def test_lost_answer_is_unknown_and_sending_again_stores_once(desk: Desk, fault: str) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    launch = page.launch_id()
    text = some_text()
    desk.clinic.fault("written", "slow")  # Or else it would find out.
    desk.clinic.fault("notes", fault, count=1)
    page.write(text)
    page.press("#note-send")
    page.note("unknown")
    assert desk.clinic.stored(elsa, text) == 1, "it was stored, and the page cannot know"
    assert page.inside("return document.getElementById('note-text').readOnly"), "its key is for this text"
    # A reload does not forget it either; only the worker sends it again.
    page.reload()
    page.note("unknown")
    assert page.text("note-send") == "Send again"
    assert desk.clinic.asked("notes", launch) == 1, "a write is never repeated by itself"
    page.press("#note-send")
    page.note("saved")
    assert desk.clinic.asked("notes", launch) == 2
    assert desk.clinic.stored(elsa, text) == 1
    desk.clinic.sync()
    page.until_people()
    until_listed(page, text)
    assert count_in_list(page, text) == 1


@pytest.mark.parametrize("fault", ["drop", "cut"])
def test_lost_answer_is_looked_up_and_the_note_is_saved(desk: Desk, fault: str) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    text = some_text()
    desk.clinic.fault("notes", fault, count=1)
    page.write(text)
    page.press("#note-send")
    page.note("saved")
    assert page.written() == ""
    assert count_in_list(page, text) == 1
    assert (desk.clinic.asked("notes", page.launch_id()), desk.clinic.stored(elsa, text)) == (1, 1)


def test_note_that_was_not_saved_after_all_is_known_not_to_be(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    text = some_text()
    desk.clinic.fault("notes", "unavailable", count=1)
    page.write(text)
    page.press("#note-send")
    page.note("unsent")
    assert page.text("note-status") == "This note wasn’t saved. Save it again."
    assert (page.written(), desk.clinic.stored(elsa, text)) == (text, 0)
    page.press("#note-send")
    page.note("saved")
    assert desk.clinic.stored(elsa, text) == 1


def test_duplicated_tab_saves_the_same_note_once(desk: Desk) -> None:
    """Chromium copies sessionStorage when a tab is duplicated; here the test does, in each engine."""
    elsa = desk.clinic.patients[0]
    first, second = desk.open(elsa), desk.open(elsa)
    text = some_text()
    first.write(text)
    first.note("draft")
    draft = first.inside("const k = Object.keys(sessionStorage).find(k => k.startsWith('welkin:draft:')); return [k, sessionStorage[k]]")
    second.inside("sessionStorage.setItem(...arguments[0])", draft)
    second.reload()
    second.until_people()
    second.note("draft")
    assert second.written() == text
    for page in (first, second):
        page.press("#note-send")
        page.note("saved")
    assert desk.clinic.stored(elsa, text) == 1
    # With other words it is another note, and that is for the worker to say.
    second.inside("sessionStorage.setItem(...arguments[0])", draft)
    second.reload()
    second.until_people()
    second.write(text + " And more.")
    second.press("#note-send")
    second.note("refused")
    assert "Another version of this note was already saved" in second.text("note-status")
    assert desk.clinic.stored(elsa, text) == 1


def test_note_of_unknown_fate_can_be_edited_instead(desk: Desk) -> None:
    page = desk.open(desk.clinic.patients[0])
    desk.clinic.fault("written", "slow")
    desk.clinic.fault("notes", "unavailable", count=1)
    page.write(some_text())
    page.press("#note-send")
    page.note("unknown")
    page.press("#note-rewrite")
    page.note("draft")
    assert "The first version may have been saved." in page.text("note-status")
    assert not page.inside("return document.getElementById('note-text').readOnly")
    page.press("#note-send")
    page.note("saved")


def test_frame_that_is_closed_in_the_middle_leaves_nothing_half_done(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    text = some_text()
    page.write(text)
    desk.clinic.fault("notes", "slow", count=1)
    page.press("#note-send")
    held(desk, "notes", 1)
    page.click("close-app")
    desk.clinic.fault("notes", "none")
    desk.clinic.fault("written", "slow")
    page.launch(elsa)
    page.until_people()
    page.note("unknown")
    desk.clinic.fault("written", "none")
    # Whether the request was given up or has got through is the browser's business; the page finds out.
    page.note("unsent", "saved")
    if page.data("note-status", "status") == "unsent":
        page.press("#note-send")
        page.note("saved")
    assert desk.clinic.stored(elsa, text) == 1
