"""The wrong-patient guard, in real browsers: nothing is written for a patient who is not on screen."""

import uuid

from welkin import wait
from welkin.app_page import AppPage, Desk
from welkin.tokens import remember


def some_text() -> str:
    return remember(f"Seen at home. {uuid.uuid4()}")


def until_guard(page: AppPage, state: str) -> None:
    page.until_data("guard", "guard", state)


def test_guard_speaks_in_the_tab_with_another_patient_and_only_there(desk: Desk) -> None:
    elsa, omar, mei = desk.clinic.patients[:3]
    left, right = desk.open(elsa), desk.open(omar)
    for page in (left, right):
        until_guard(page, "same")
        assert not page.shows("guard-actions")
    left.go(f"/patients/{mei}")
    until_guard(left, "different")
    assert left.shows("guard-back") and left.shows("guard-close")
    assert "Wrong patient." in left.text("guard") and "this App is for Elsa Brandt." in left.text("guard")
    assert mei not in left.inside("return document.body.innerText"), "nobody is shown an id"
    assert right.data("guard", "guard") == "same"
    left.go(f"/patients/{elsa}")
    until_guard(left, "same")


def test_write_is_blocked_while_another_patient_is_on_screen(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    text = some_text()
    page.write(text)
    page.note("draft")
    page.go(f"/patients/{omar}")
    page.note("blocked")
    page.press("#note-send")
    page.press("#phones .call")
    page.inside("document.getElementById('note').requestSubmit()")
    if page.has_hands:  # Without a click of a hand, WebKit gives a frame of another site no focus.
        page.until("return document.activeElement.id === 'guard-back'", "the focus is on the way out")
    assert page.inside("return document.getElementById('note-text').readOnly")
    assert not page.shows("guard-question")
    page.go(f"/patients/{elsa}")
    page.note("draft")
    # Whatever had been sent before would be counted before this one.
    page.press("#note-send")
    page.note("saved")
    launch = page.launch_id()
    assert desk.clinic.asked("notes", launch) == 1, "nothing was sent while it was blocked"
    assert desk.clinic.asked("calls/place", launch) == 0
    assert (desk.clinic.stored(elsa, text), desk.clinic.stored(omar, text)) == (1, 0)


def test_patient_stays_in_sight(desk: Desk) -> None:
    page = desk.open(desk.clinic.patients[0])
    until_guard(page, "same")
    page.welkin("document.getElementById(arguments[0]).style.cssText = 'width: 320px; height: 480px'", page.frame)
    bottom = page.until("scrollTo(0, 1e6); return scrollY > 100 && innerWidth === 320 && [scrollY]", "it is scrolled to its end")
    assert bottom
    name = page.inside("const {top, bottom} = patient.getBoundingClientRect(); return [top, bottom, innerHeight]")
    assert 0 <= name[0] < name[1] < name[2]
    on_top = """const {left, top} = patient.getBoundingClientRect();
        return document.elementFromPoint(left + 5, top + 5) === patient"""
    assert page.inside(on_top), "and nothing lies over it"
    # Nor does it lie over what has the focus.
    covered = """const field = document.getElementById('note-text'); scrollTo(0, 1e6); field.focus();
        return field.getBoundingClientRect().top >= document.getElementById('session').getBoundingClientRect().bottom"""
    if page.has_hands:  # Without a click of a hand, WebKit gives a frame of another site no focus.
        assert page.inside(covered)


def test_back_leads_to_the_patient_and_close_closes(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    page.go(f"/patients/{omar}")
    until_guard(page, "different")
    page.press("#guard-back")
    page.until_at(f"/patients/{elsa}")
    until_guard(page, "same")
    page.go(f"/patients/{omar}")
    until_guard(page, "different")
    page.press("#guard-close")
    wait.until(lambda: not page.is_open(), "the App is gone")


def test_unknown_state_asks_before_each_write(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    page.go("/inbox")
    until_guard(page, "unknown")
    texts = [some_text(), some_text()]
    launch = page.launch_id()
    for count, text in enumerate(texts, 1):
        page.write(text)
        page.press("#note-send")
        page.until_shown("guard-question")
        assert "Elsa Brandt, born Mar\u00a014,\u00a01951?" in page.text("guard-question-text")
        page.press("#guard-no")
        page.until_shown("guard-question", False)
        assert page.data("note-status", "status") == "draft"
        assert desk.clinic.asked("notes", launch) == count - 1
        page.press("#note-send")
        page.until_shown("guard-question")
        page.press("#guard-yes")
        page.note("saved")
        assert desk.clinic.stored(elsa, text) == 1
    page.press("#phones .call")
    page.until_shown("guard-question")
    assert "at Home (415) 555-0132?" in page.text("guard-question-text")
    assert page.inside("return document.getElementById('guard-question').closest('li') === document.querySelector('#phones li')")
    page.press("#guard-yes")
    page.until("return document.querySelector('#phones .call').dataset.status === 'dialing'", "it dials")


def test_question_is_taken_back_when_another_patient_comes_on_screen(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    page.go("/inbox")
    until_guard(page, "unknown")
    page.write(some_text())
    page.press("#note-send")
    page.until_shown("guard-question")
    page.go(f"/patients/{omar}")
    page.until_shown("guard-question", False)
    page.note("blocked")
    assert desk.clinic.asked("notes", page.launch_id()) == 0


def test_what_became_of_going_back_is_said_honestly(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)

    def back(mode: str, words: str) -> None:
        page.choose("reply-mode", mode)
        page.go(f"/patients/{omar}")
        until_guard(page, "different")
        page.press("#guard-back")
        page.until_text("guard-result", words)
    back("not-found", "Welkin can’t find this, or you don’t have access. Open the patient in Welkin yourself.")
    assert page.welkin("return location.pathname") == f"/patients/{omar}"
    page.choose("reply-mode", "reply")
    page.press("#guard-back")
    page.until_at(f"/patients/{elsa}")
    until_guard(page, "same")


def test_silent_host_leaves_nothing_hanging(desk: Desk) -> None:
    """A host that says nothing at all after its first words: neither a reply, nor that it did it."""
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    page.go(f"/patients/{omar}")
    until_guard(page, "different")
    # It hears the wish, and the page that it is to show never arrives.
    page.welkin("window.real = window.fetch; window.fetch = () => new Promise(() => {})")
    page.press("#guard-back")
    page.until_text("guard-result", "Welkin hasn’t confirmed this.")
    assert page.data("guard", "guard") == "different", "and nothing is believed that was not said"


def test_host_that_never_speaks_is_unknown(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.tab()
    page.driver.get(f"{page.host}/patients/{elsa}#dev")
    wait.until(lambda: page.welkin("return document.querySelector('#dev-panel')?.dataset.open") == "true", "the panel")
    page.choose("init-mode", "none")
    page.click("launch-app")
    page.until_state("ready")
    page.until_people()
    assert page.data("guard", "guard") == "unknown"
    assert "We can’t see which patient is open in Welkin." in page.text("guard")
    text = some_text()
    page.write(text)
    page.press("#note-send")
    page.until_shown("guard-question")
    page.press("#guard-yes")
    page.note("saved")
    assert desk.clinic.stored(elsa, text) == 1
