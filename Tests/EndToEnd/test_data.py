"""The page's data: nginx, the handler, the data service, and the simulator for what that does not have yet."""

import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from http.client import IncompleteRead
from pathlib import Path

import pytest

from welkin import clinic as clinics
from welkin import simulator, stacks, tls, wait
from welkin.clinic import Clinic
from welkin.http import Request, Site
from welkin.open_app import ClinicPage
from welkin.tokens import remember


@pytest.fixture(scope="module")
def clinic(new_folder, certificate: tls.Certificate) -> Iterator[Clinic]:
    with clinics.without_host(new_folder, certificate) as made:
        yield made


@pytest.fixture
def page(clinic: Clinic) -> ClinicPage:
    return ClinicPage.open(clinic, clinic.patients[0])


def key() -> str:
    return str(uuid.uuid4())


def note(page: ClinicPage, text: str = "Weight steady.") -> dict[str, str]:
    return {"key": key(), "patient": page.clinic.patients[0], "text": text}


def texts(page: ClinicPage) -> list[str]:
    """The patient's notes, as soon as a sync has brought what Welkin has."""
    page.clinic.sync()
    return [each["text"] for each in page.ok("context")["notes"]]


# --- What is answered

def test_context_is_all_that_a_page_shows_first(clinic: Clinic, page: ClinicPage) -> None:
    told = page.ok("context")
    assert told["worker"]["id"] == clinic.stack.client.worker
    assert told["patient"]["id"] == clinic.patients[0]
    assert told["phone_numbers"][0]["phone_number"].startswith("+1")
    assert 0 < len(told["notes"]) <= 5
    alone = ClinicPage.open(clinic, None).ok("context")
    assert (alone["patient"], alone["phone_numbers"], alone["notes"]) == (None, [], [])
    assert alone["worker"] == told["worker"]


def test_cookie_is_a_session_too(page: ClinicPage) -> None:
    cookie = ("Cookie", f"__Secure-welkin={page.launched.cookie}")
    origin = ("Origin", page.launched.origin)
    assert page.ask("context", headers=(origin,)).status == 401
    assert page.ask("context", headers=(cookie, origin)).status == 200


def test_patient_is_anybody_for_a_session_of_nobody_else(clinic: Clinic, page: ClinicPage) -> None:
    persistent = ClinicPage.open(clinic, None)
    for patient in clinic.patients[:2]:
        assert persistent.ok("patient", {"patient": patient})["patient"]["id"] == patient
    refused = persistent.ask("patient", {"patient": key()})
    assert (refused.status, refused.json["error"]) == (403, "patient_not_assigned"), "as of anybody else's"
    assert page.ok("patient", {"patient": clinic.patients[0].upper()})["patient"]["id"] == clinic.patients[0]


def test_note_is_saved_once_by_its_key_and_shown_on_the_host_page(clinic: Clinic, page: ClinicPage) -> None:
    written = note(page, f"Ankles slim. {key()}")
    first = page.ok("notes", written, 201)
    assert page.ok("notes", written, 201) == first, "the same answer"
    assert texts(page).count(written["text"]) == 1
    shown = clinic.host.send(Request("GET", f"/patients/{clinic.patients[0]}")).text
    assert shown.count(written["text"]) == 1


def test_key_is_good_for_one_request(clinic: Clinic, page: ClinicPage) -> None:
    written = note(page)
    page.ok("notes", written, 201)
    for again in (page.ask("notes", {**written, "text": "Something else."}),
                  page.ask("calls/place", {"key": written["key"], "patient": clinic.patients[0],
                                           "phone_number": page.number()})):
        assert (again.status, again.json["error"]) == (409, "key_reused")
    page.ok("notes", {**written, "key": key()}, 201)


def test_call_is_placed(clinic: Clinic, page: ClinicPage) -> None:
    asked = {"key": key(), "patient": clinic.patients[0], "phone_number": page.number()}
    placed = page.ok("calls/place", asked, 202)
    assert placed["call"]["state"] == "dialing"
    assert page.ok("calls/place", asked, 202) == placed
    refused = page.ask("calls/place", {**asked, "key": key(), "phone_number": key()})
    assert (refused.status, refused.json["error"]) == (422, "refused")


def test_placed_call_is_open_until_it_is_said_how_it_went(clinic: Clinic, page: ClinicPage) -> None:
    asked = {"key": key(), "patient": clinic.patients[0], "phone_number": page.number()}
    assert page.ask("written", {"key": asked["key"]}).json["error"] == "not_written"
    placed = page.ok("calls/place", asked, 202)
    assert page.ok("written", {"key": asked["key"]}, 202) == placed
    call = placed["call"]["id"]

    def told() -> tuple:
        calls = page.ok("calls/placed", {"patient": clinic.patients[0]})["calls"]
        [each] = [each for each in calls if each["id"] == call]
        return each["state"], each["outcome"]
    assert told() == ("dialing", None)
    assert call in [each["id"] for each in clinic.placed()]
    assert page.ok("calls/end", {"call": call})["call"]["state"] == "ended"
    page.ok("calls/outcome", {"call": call, "outcome": "no_answer"})
    assert told() == ("ended", "no_answer")
    assert call not in [each["id"] for each in clinic.placed()]


def test_schedule_is_by_time(clinic: Clinic) -> None:
    told = ClinicPage.open(clinic, None).ok("calls/schedule")
    calls = told["calls"]
    assert len(calls) > 3
    assert told["as_of"] and told["timezone"] and told["version"]
    # Those of the whole day first.
    assert [call["at"] for call in calls] == sorted((call["at"] for call in calls), key=lambda at: at or 0)
    assert all(("day" in call) == (call["at"] is None) for call in calls)
    assert {call["done"] for call in calls} == {True, False}
    timed = [call for call in calls if call["at"] and abs(call["at"] - time.time()) > 10]
    assert all(call["overdue"] == (not call["done"] and call["at"] < time.time()) for call in timed)
    assert {call["patient"]["id"] for call in calls} <= set(clinic.patients)


# --- Calls that come in

def waiting(pool: ThreadPoolExecutor, page: ClinicPage, after: str | None) -> Future[dict]:
    """A request for calls that is on its way."""
    connection = page.clinic.stack.nginx.site.connect(30)
    request = page.request("calls/await", {"after": after})

    def ask() -> dict:
        with connection:
            return Site.exchange(connection, page.clinic.stack.nginx.site.write(request)).json
    return pool.submit(ask)


def test_ring_wakes_everybody_who_waits(clinic: Clinic) -> None:
    pages = [ClinicPage.open(clinic, None) for _ in range(3)]
    before = pages[0].ok("calls/await", {"after": None})
    assert before["calls"] == []
    with ThreadPoolExecutor(len(pages)) as pool:
        asked = [waiting(pool, each, before["version"]) for each in pages]
        call = clinic.ring(clinic.patients[1])
        told = [each.result(20) for each in asked]
    for each in told:
        assert [(c["id"], c["state"], c["patient"]["id"]) for c in each["calls"]] == [
            (call, "ringing", clinic.patients[1])]
    one, other = pages[:2]
    assert one.ok("calls/answer", {"call": call})["call"] == {"id": call, "state": "answered"}
    assert other.ok("calls/answer", {"call": call})["call"]["state"] == "answered", "it is the same worker"
    taken = other.ask("calls/decline", {"call": call})
    assert (taken.status, taken.json["error"]) == (409, "taken")
    assert one.ok("calls/await", {"after": told[0]["version"]})["calls"][0]["state"] == "answered"
    clinic.hang_up(call)
    assert one.ok("calls/await", {"after": None}) == before, "nothing of it is left"
    assert one.ask("calls/answer", {"call": call}).status == 404


def test_unknown_caller_is_declined(clinic: Clinic) -> None:
    page = ClinicPage.open(clinic, None)
    call = clinic.ring()
    [live] = page.ok("calls/await", {"after": None})["calls"]
    assert (live["id"], live["patient"]) == (call, None)
    for _ in range(2):
        assert page.ok("calls/decline", {"call": call})["call"] == {"id": call, "state": "declined"}
    assert page.ok("calls/await", {"after": None})["calls"] == []


# --- What is refused

def test_without_a_session_nothing_is_told(clinic: Clinic, page: ClinicPage) -> None:
    other = ClinicPage.open(clinic, clinic.patients[1])
    origin = ("Origin", page.launched.origin)
    named = ("X-Welkin-Worker", clinic.stack.client.worker), ("X-Welkin-App", "main")
    for headers, code in (((), "session_missing"), ((("X-Welkin-Session", "x"),), "session_invalid"),
                          ((("X-Welkin-Session", other.bearer),), "session_invalid"), (named, "session_missing")):
        answer = page.ask("context", headers=(origin, *headers, ("Accept", "application/json")))
        assert (answer.status, answer.json["error"]) == (401, code)
        assert answer.json.keys() <= {"error", "detail", "id"} and clinic.patients[0] not in answer.text
        # Where nginx asks the launch handler first.
        answer = page.ask("calls/placed", {"patient": clinic.patients[0]},
                          headers=(origin, *headers, ("Accept", "application/json")))
        assert (answer.status, answer.json["error"]) == (401, "unauthorized")
    page.ok("calls/placed", {"patient": clinic.patients[0]})
    page.ok("context")


@pytest.mark.parametrize("origin", [None, "null", "https://coach.welkinhealth.com"])
def test_other_pages_may_not_ask(page: ClinicPage, origin: str | None) -> None:
    headers = [("X-Welkin-Session", page.bearer), ("Accept", "application/json")]
    if origin:
        headers.append(("Origin", origin))
    answer = page.ask("context", headers=headers)
    assert (answer.status, answer.json["error"]) == (403, "origin_refused")
    page.ok("context")
    answer = page.ask("calls/placed", {"patient": page.clinic.patients[0]}, headers=headers)
    assert (answer.status, answer.json["error"]) == (403, "forbidden")
    page.ok("calls/placed", {"patient": page.clinic.patients[0]})


def test_other_patient_is_refused(clinic: Clinic, page: ClinicPage) -> None:
    other = clinic.patients[1]
    for name, body in {
        "patient": {"patient": other},
        "notes": {"key": key(), "patient": other, "text": "Of somebody else."},
        "calls/place": {"key": key(), "patient": other, "phone_number": ClinicPage.open(clinic, other).number()},
    }.items():
        answer = page.ask(name, body)
        assert (answer.status, answer.json["error"]) == (403, "patient_mismatch")
    assert "Of somebody else." not in texts(ClinicPage.open(clinic, other))


def test_form_of_a_request(page: ClinicPage) -> None:
    refusals = {
        405: page.ask("context", method="GET", body=b"", content_type=None),
        415: page.ask("context", content_type="text/plain"),
        413: page.ask("notes", {**note(page), "text": "x" * 70_000}),
        404: page.ask("nothing"),
        400: page.ask("notes", {**note(page), "txet": ""}),
        422: page.ask("notes", {**note(page), "text": "x" * 10_001}),
    }
    for status, answer in refusals.items():
        assert answer.status == status, answer.text
        assert answer.json["error"]
    assert refusals[405]["Allow"] == "POST"
    assert "txet" in refusals[400].json["detail"]
    assert refusals[400].json["id"] in page.clinic.stack.nginx.access_log.read_text()
    page.ok("notes", note(page, "x" * 10_000), 201)


PATHS = [
    "/a/main/{other}/data/../../{mine}/data/context", "/a/main/{other}/data/%2e%2e/%2E%2e/{mine}/data/context",
    "/a/main/{mine}/%64ata/context", "/a/main/{mine}/data%2fcontext", "//a/main/{mine}/data/context",
    "/a/main/{mine}/api/../data/context", "/a/main/{mine}/data/context/.",
]


@pytest.mark.parametrize("path", PATHS)
def test_path_that_could_be_read_in_two_ways_is_not_passed_on(clinic: Clinic, page: ClinicPage, path: str) -> None:
    other = ClinicPage.open(clinic, clinic.patients[1])
    answer = page.ask("context", target=path.format(mine=page.launched.launch, other=other.launched.launch))
    assert answer.status == 404
    page.ok("context")


def test_nothing_asked_is_in_a_log(clinic: Clinic, page: ClinicPage) -> None:
    secret = remember(f"private-{key()}")
    page.ok("notes", note(page, secret), 201)
    page.ask("notes", {**note(page, secret), "patient": clinic.patients[1]})
    for log in (clinic.stack.nginx.access_log, clinic.stack.nginx.error_log, clinic.stack.log,
                clinic.stack.nginx.folder / "simulator.log"):
        assert secret not in log.read_text()


def test_own_program_gets_sessions_only_and_is_told_whose(clinic: Clinic, new_folder, certificate: tls.Certificate) -> None:
    """Behind own-data.conf all routes are the program's; here a simulator is it."""
    folder, port = new_folder(), wait.free_port()
    with (stacks.nginx(folder, certificate, own_data=f"http://127.0.0.1:{port}") as stack,
          simulator.serve(folder, stack.client, "--data-listen", f"127.0.0.1:{port}")):
        page = ClinicPage.open(replace(clinic, stack=stack), clinic.patients[0])
        assert page.ok("calls/placed", {"patient": clinic.patients[0]}) == {"calls": []}
        refused = page.ask("calls/placed", {"patient": clinic.patients[1]})
        assert (refused.status, refused.json["error"]) == (403, "patient_mismatch")
        for headers, status in ((("Origin", page.launched.origin),), 401), ((("X-Welkin-Session", page.bearer),), 403):
            assert page.ask("calls/placed", {"patient": clinic.patients[0]}, headers=headers).status == status


# --- Faults

def test_note_whose_answer_was_lost_is_stored_once(clinic: Clinic, page: ClinicPage) -> None:
    written = note(page, f"Lost and found. {key()}")
    clinic.fault("notes", "drop", count=1)
    lost = page.ask("notes", written)
    assert lost.status == 503
    assert texts(page).count(written["text"]) == 1
    saved = page.ok("notes", written, 201)
    assert page.ok("notes", written, 201) == saved
    assert texts(page).count(written["text"]) == 1


def test_faults_are_as_many_as_were_asked_for(clinic: Clinic, page: ClinicPage) -> None:
    for mode, status in {"refuse": 422, "unavailable": 503, "queue": 202}.items():
        clinic.fault("notes", mode, count=2)
        answers = [page.ask("notes", note(page)) for _ in range(3)]
        assert [answer.status for answer in answers] == [status, status, 201]
    clinic.fault("notes", "unavailable")
    assert page.ask("notes", note(page))["Retry-After"] == "2"
    clinic.fault("notes", "none")
    page.ok("notes", note(page), 201)


def test_note_whose_answer_broke_off_is_stored_once(clinic: Clinic, page: ClinicPage) -> None:
    written = note(page, f"Broken off. {key()}")
    clinic.fault("notes", "cut", count=1)
    with pytest.raises(IncompleteRead):
        page.ask("notes", written)
    page.ok("notes", written, 201)
    assert texts(page).count(written["text"]) == 1


def test_slow_request_is_answered_when_it_is_released(clinic: Clinic, page: ClinicPage) -> None:
    written = note(page, f"Slowly. {key()}")
    clinic.fault("notes", "slow", count=1)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(page.ask, "notes", written)
        wait.until(lambda: clinic.held("notes") == 1, "the note is held")
        assert written["text"] not in texts(page)
        clinic.fault("notes", "none")
        assert answer.result(20).status == 201
    assert texts(page).count(written["text"]) == 1
    assert clinic.held("notes") == 0


def test_request_of_a_page_that_is_gone_is_given_up(clinic: Clinic, page: ClinicPage) -> None:
    written = note(page, f"Never to be. {key()}")
    clinic.fault("notes", "slow", count=1)
    with clinic.stack.nginx.site.connect() as connection:
        connection.sendall(clinic.stack.nginx.site.write(page.request("notes", written)))
        wait.until(lambda: clinic.held("notes") == 1, "the note is held")
    wait.until(lambda: clinic.held("notes") == 0, "the note is given up")
    clinic.fault("notes", "none")
    assert written["text"] not in texts(page)
    page.ok("notes", written, 201)


# --- The simulator's listener

def test_what_a_page_writes_is_in_the_data_api(clinic: Clinic, folder: Path) -> None:
    client, patient = clinic.stack.client, clinic.patients[0]
    data, api = (Site("127.0.0.1", wait.free_port()) for _ in range(2))
    with simulator.serve(folder, client, "--data-listen", f"127.0.0.1:{data.port}",
                         "--api-listen", f"127.0.0.1:{api.port}", WELKIN_DATA_CLIENT_ID="end-to-end",
                         WELKIN_DATA_CLIENT_SECRET=remember("the-secret-of-the-data-api-beside-the-page")):
        written = replace(clinic, data=data).ask("notes", key=key(), patient=patient, text="Ankles slim.")
        assert written.status == 201
        dump = api.send(Request("GET", "/_control/dump?resource=custom_data_type_records")).text
    [record] = [each for each in map(json.loads, dump.splitlines()) if each["id"] == written.json["id"]]
    assert (record["patient_id"], record["type_name"], record["updated_by"]) == (patient, "_note", client.worker)
    assert record["body"]["note_text"] == "Ankles slim."


@pytest.mark.parametrize("words, said", [
    (["--data-listen", "0.0.0.0:0"], "Other machines can reach 0.0.0.0"),
    (["--data-listen", "nowhere"], "“nowhere” is not HOST:PORT"),
])
def test_data_listener_is_this_machines_alone(clinic: Clinic, words: list[str], said: str) -> None:
    done = simulator.run(clinic.stack.client, "serve", "--listen", "127.0.0.1:0", *words)
    assert done.returncode == 64
    assert said in done.stderr


def test_address_that_is_taken_is_named(clinic: Clinic) -> None:
    taken = f"127.0.0.1:{clinic.host.port}"
    done = simulator.run(clinic.stack.client, "serve", "--listen", "127.0.0.1:0", "--data-listen", taken)
    assert done.returncode == 1
    assert f"cannot listen on {taken}: another program is listening there" in done.stderr
