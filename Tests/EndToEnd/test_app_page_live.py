"""What the App's page shows of the replica as it is now, in real browsers."""

import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from welkin import clinic as clinics
from welkin import tls, wait
from welkin.app_page import PATIENCE, AppPage, Desk
from welkin.browsers import ENGINES, Browsers
from welkin.clinic import Clinic
from welkin.tokens import remember


def until_waiting(desk: Desk, page: AppPage) -> None:
    """The page has its data, and waits for what changes."""
    wait.until(lambda: desk.clinic.service.metric("welkin_data_waiting_pages") >= 1, "it waits for changes", PATIENCE)
    page.inside("window.stays = true")


@pytest.fixture
def number(app_clinic: Clinic) -> Iterator[dict]:
    """The number that the first patient's page shows first; afterwards it is what it was."""
    elsa = app_clinic.patients[0]
    [found] = [each for each in app_clinic.records("phone_numbers")
               if each["patient_id"] == elsa and each["phone_number"].endswith("5550132")]
    yield found
    app_clinic.put("phone_numbers", found["id"], phone_number=found["phone_number"])
    app_clinic.sync()


def test_what_changes_in_welkin_is_shown_without_a_reload(desk: Desk, number: dict) -> None:
    page = desk.open(desk.clinic.patients[0])
    until_waiting(desk, page)
    assert "(415) 555-0132" in page.text("phones")
    for turn in range(2):
        new = remember(f"+14155550{190 + turn}")
        desk.clinic.put("phone_numbers", number["id"], phone_number=new)
        desk.clinic.sync()
        began = time.monotonic()
        page.until_text("phones", f"(415) 555-0{190 + turn}")
        # A second for the browser's own pace, one between two requests that wait, and two for a busy machine.
        assert time.monotonic() - began < 4
        assert "(415) 555-0132" not in page.text("phones")
    assert page.inside("return window.stays") is True, "it is the same page"


def test_note_of_somebody_else_appears_above_a_draft(desk: Desk) -> None:
    omar = desk.clinic.patients[1]
    page = desk.open(omar)
    until_waiting(desk, page)
    page.write("A draft that stays.")
    page.note("draft")
    text = remember(f"From the night shift. {uuid.uuid4()}")
    assert desk.clinic.ask("notes", key=str(uuid.uuid4()), patient=omar, text=text).status == 201
    desk.clinic.sync()
    page.until_text("notes", text)
    assert page.written() == "A draft that stays."
    assert page.inside("return window.stays") is True


def written(desk: Desk, patient: str, text: str, author: str = "Nora") -> None:
    """A note that somebody has written elsewhere in Welkin, a moment ago."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    desk.clinic.put("custom_data_type_records", str(uuid.uuid4()), patient_id=patient, type_name="_note",
                    body={"note_text": text, "written_by": author, "written_at": now})
    desk.clinic.sync()


def test_hostile_texts_are_shown_as_they_are(desk: Desk) -> None:
    """Written elsewhere in Welkin, with markup, controls that turn the direction, and much of everything."""
    mei = desk.clinic.patients[2]
    text = ("<script>window.hit = 1</script><img src=x onerror='window.hit = 1'> \u202eesrever\u202c \u2066x\u2069 "
            "e\u0301\u0323 \U0001f9d1\U0001f3fe\u200d\u2695\ufe0f " + remember(str(uuid.uuid4())))
    written(desk, mei, text, "<b>Nora</b>")
    page = desk.open(mei)
    page.until("return [...document.querySelectorAll('#notes .note')].some(e => e.textContent === arguments[0])",
               "it is shown", text)
    assert page.inside("return [window.hit, document.querySelectorAll('#notes img, #notes script, #notes b b').length]") == [
        None, 0]
    assert "<b>Nora</b>" in page.text("notes")


def test_a_note_of_a_megabyte_is_shown(desk: Desk) -> None:
    """Folded as any long one, so that the page stays one that can be worked with; whole when it is unfolded."""
    mei = desk.clinic.patients[2]
    text = f"Begins {uuid.uuid4()}. " + "Slept well, ate little. " * 42_000 + "Ends here."
    assert len(text.encode()) > 1_000_000
    written(desk, mei, text)
    page = desk.open(mei)
    find = "const e = [...document.querySelectorAll('#notes .note')].find(e => e.textContent.startsWith(arguments[0]));"
    page.until(f"{find} return e !== undefined", "it is shown", text[:40])
    height = page.inside("return document.documentElement.scrollHeight")
    assert height < 5000, f"{height} px"
    page.write("A draft beside it.")
    page.note("draft")
    assert page.text("state") == "Ready"
    assert page.inside(f"{find} return e.textContent === arguments[1]", text[:40], text), "nothing of it is cut off"


@pytest.fixture(scope="module")
def reading_clinic(new_folder: Callable[[], Path], certificate: tls.Certificate) -> Iterator[Clinic]:
    """As a site is without the simulator's routes."""
    with clinics.start(new_folder, certificate, calls=False) as made:
        yield made


@pytest.fixture(params=ENGINES)
def reading_desk(request: pytest.FixtureRequest, browsers: Browsers, reading_clinic: Clinic,
                 run_folder: Path) -> Iterator[Desk]:
    with Desk(browsers[request.param], reading_clinic, run_folder) as made:
        yield made


def test_site_that_takes_neither_notes_nor_calls_offers_none(reading_desk: Desk) -> None:
    elsa = reading_desk.clinic.patients[0]
    page = reading_desk.open(elsa)
    page.until("return document.querySelector('#phones a[href^=\"tel:\"]')", "the number is a link")
    assert page.inside("return document.querySelectorAll('#phones button').length") == 0
    assert not page.shows("note") and not page.shows("note-text")
    assert "Weight steady at 148 lb" in page.text("notes")
    assert page.text("state") == "Ready"


def test_replica_and_welkin_may_be_away(reading_desk: Desk) -> None:
    """The service has nobody on record and cannot ask: the page says so, keeps asking, and has the patient later."""
    service, clinic = reading_desk.clinic.service, reading_desk.clinic
    home = service.worker.home
    right = service.worker.values["WELKIN_DATA_API_URL"]
    service.process.stop()
    home.rename(home.with_name(f"away-{uuid.uuid4().hex}"))
    service.worker.values["WELKIN_DATA_API_URL"] = "http://127.0.0.1:9"
    service.start()
    try:
        page = reading_desk.tab()
        assert page.launch(clinic.patients[0]).state == "ready"
        page.until("return document.body.dataset.people === 'pending'", "it says that the patient is not here yet")
        assert page.text("state") == "Patient not here yet"
        shown = page.inside("return document.body.innerText")
        assert clinic.patients[0] not in shown and "Weight steady" not in shown
        page.inside("window.stays = true")
        service.worker.values["WELKIN_DATA_API_URL"] = right
        clinic.sync()
        page.until_people()
        page.until_text("notes", "Weight steady at 148 lb")
        assert page.text("patient") == "Elsa Brandt"
        assert page.inside("return window.stays") is True
    finally:
        service.worker.values["WELKIN_DATA_API_URL"] = right
        clinic.sync()
        service.process.stop()
        service.start()
