"""welkin-worker serve: whom it answers, with what, and what it does when something fails around it."""

import os
import random
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from http.client import HTTPException
from itertools import cycle
from pathlib import Path

import pytest

from welkin import clinic as clinics
from welkin import replica, tls, wait
from welkin.clinic import Clinic
from welkin.data_service import DataService
from welkin.http import Answer, Request
from welkin.open_app import ClinicPage
from welkin.paths import WORKER, tool
from welkin.process import Process
from welkin.tokens import remember

LIMIT = 64 * 1024
SECOND_APP = {"WELKIN_APPS": "main,video", "WELKIN_VIDEO_CLIENT_ID": f"client-{uuid.uuid4().hex[:12]}",
              "WELKIN_VIDEO_CLIENT_SECRET": remember(uuid.uuid4().hex * 2)}


@pytest.fixture(scope="module")
def clinic(new_folder: Callable[[], Path], certificate: tls.Certificate) -> Iterator[Clinic]:
    """With two Apps, and sessions that can be ended for good."""
    state = new_folder()
    state.chmod(0o700)
    with clinics.without_host(new_folder, certificate, {"WELKIN_STATE_DIR": str(state), **SECOND_APP}) as made:
        yield made


@pytest.fixture
def page(clinic: Clinic) -> ClinicPage:
    return ClinicPage.open(clinic, clinic.patients[0])


def beside(clinic: Clinic, folder: Path, **changes: str | None) -> DataService:
    """Another service for the same sessions, with a replica of its own, which is not there yet."""
    return DataService(folder, clinic.stack.handler.values, clinic.stack.client.provider, clinic.api.origin, **changes)


def open_video(clinic: Clinic) -> ClinicPage:
    """The second App, on the first patient."""
    client = clinic.stack.client
    video = replace(client, app_url=f"{client.app_url}/video", client_id=SECOND_APP["WELKIN_VIDEO_CLIENT_ID"],
                    secret=SECOND_APP["WELKIN_VIDEO_CLIENT_SECRET"])
    return ClinicPage.open(clinic, clinic.patients[0], video)


def refused(answer: Answer, status: int, code: str) -> None:
    """A refusal, which tells nothing else."""
    assert (answer.status, answer.json["error"]) == (status, code), answer.text
    assert answer.json.keys() <= {"error", "detail", "id", "title", "message"}
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", answer.text), "nobody is named"


def given(answer: Answer) -> dict:
    assert answer.status == 200, answer.text
    return answer.json


# --- Whose request it is

def bodies(page: ClinicPage) -> dict[str, dict]:
    """A good request for each route of a session with a patient."""
    patient = page.clinic.patients[0]
    return {"context": {}, "patient": {"patient": patient}, "changes": {"after": None},
            "records/find": {"resource": "phone_numbers"}, "records/get": {"resource": "patients", "id": patient}}


@pytest.mark.parametrize("route", ["context", "patient", "changes", "records/find", "records/get", "calls/schedule"])
def test_every_route_looks_at_session_and_origin_itself(clinic: Clinic, route: str) -> None:
    """At the socket, where no nginx has looked before, and with every header that nginx's check would have set."""
    page = ClinicPage.open(clinic, None if route == "calls/schedule" else clinic.patients[0])
    body = bodies(page).get(route, {})
    client, origin = clinic.stack.client, ("Origin", page.launched.origin)
    bearer = "X-Welkin-Session", page.bearer
    named = (("X-Welkin-App", "main"), ("X-Welkin-Launch", page.launched.launch), ("X-Welkin-Worker", client.worker),
             ("X-Welkin-Patient", clinic.patients[0]), ("X-Welkin-Provider", client.provider))
    for send in (clinic.service.send, clinic.stack.send):
        refused(send(page.request(route, body, headers=(origin, *named))), 401, "session_missing")
        for wrong in ((), (("Origin", "null"),), (("Origin", "https://coach.welkinhealth.com"),),
                      (("Origin", page.launched.origin + ".test"),)):
            refused(send(page.request(route, body, headers=(bearer, *wrong, *named,
                                                            ("Accept", "application/json")))), 403, "origin_refused")
        given(send(page.request(route, body)))


def test_launch_handler_is_not_asked(clinic: Clinic, page: ClinicPage) -> None:
    """Neither for the page's data, nor whether it may have them."""
    clinic.stack.handler.process.stop()
    try:
        page.ok("context")
        placed = page.ask("calls/placed", {"patient": clinic.patients[0]})
        assert placed.status == 503, "what the simulator still answers cannot do without"
    finally:
        clinic.stack.handler.start()
    page.ok("calls/placed", {"patient": clinic.patients[0]})


def test_ended_session_gets_nothing_any_more(clinic: Clinic, page: ClinicPage) -> None:
    other = ClinicPage.open(clinic, clinic.patients[0])
    with Waiting(clinic) as waiting:
        answer = waiting.begin(page)
        page.end()
        refused(page.ask("context"), 401, "session_ended")
        touch(clinic, clinic.patients[0])
        clinic.sync()
        refused(answer.result(20), 401, "session_ended")
    other.ok("context")


def test_session_of_another_app_is_none(clinic: Clinic, page: ClinicPage) -> None:
    other = open_video(clinic)
    other.ok("context")
    crossed = [other.request("context", target=f"/a/main/{other.launched.launch}/data/context"),
               page.request("context", target=f"/a/video/{page.launched.launch}/data/context"),
               page.request("context", target=f"{other.launched.path}data/context")]
    for request in crossed:
        for send in (clinic.service.send, clinic.stack.send):
            refused(send(request), 401, "session_invalid")
    page.ok("context")


def test_session_of_another_environment_is_refused(clinic: Clinic, page: ClinicPage, folder: Path,
                                                   new_folder: Callable[[], Path]) -> None:
    """Data and session must be of one Welkin environment, though the App may be launched from both."""
    other, both = open_video(clinic), {"WELKIN_VIDEO_PROVIDER_ID": clinic.stack.client.provider}
    with beside(clinic, folder, WELKIN_PROVIDER_ID=remember(str(uuid.uuid4())), **both) as service:
        refused(service.send(other.request("context")), 403, "other_provider")
        refused(service.send(page.request("context")), 401, "session_invalid")
    with beside(clinic, new_folder(), **both) as service:
        given(service.send(other.request("context")))
        given(service.send(page.request("context")))


def test_deactivated_worker_is_refused_as_soon_as_a_sync_has_told(clinic: Clinic, page: ClinicPage) -> None:
    worker = clinic.stack.client.worker
    clinic.put("workers", worker, active=False)
    page.ok("context")
    clinic.sync()
    try:
        for name, body in bodies(page).items():
            refused(page.ask(name, body), 403, "worker_inactive")
        refused(ClinicPage.open(clinic, None).ask("calls/schedule"), 403, "worker_inactive")
    finally:
        clinic.put("workers", worker, active=True)
        clinic.sync()
    page.ok("context")


# --- What a request looks like

def sent(page: ClinicPage, route: str, body: bytes, send: Callable[[Request], Answer] | None = None) -> Answer:
    """A request with exactly this body, by nginx or by another way."""
    return (send or page.clinic.stack.send)(replace(page.request(route), body=body))


def padded(length: int) -> bytes:
    return b"{" + b" " * (length - 2) + b"}"


def test_a_body_has_64_kib_at_most(clinic: Clinic, page: ClinicPage) -> None:
    for send in (clinic.service.send, clinic.stack.send):
        assert given(sent(page, "context", padded(LIMIT), send))["patient"]["id"] == clinic.patients[0]
        refused(sent(page, "context", padded(LIMIT + 1), send), 413, "too_large")


#: Bodies for `patient`, of which a page means none; `{one}` and `{other}` are patients.
AMBIGUOUS = {
    "doubled, equal": '{"patient":"{one}","patient":"{one}"}',
    "doubled": '{"patient":"{one}","patient":"{other}"}',
    "doubled, one escaped": '{"patient":"{one}","p\\u0061tient":"{other}"}',
    "unknown member": '{"patient":"{one}","tneitap":"{other}"}',
    "unknown doubled": '{"patient":"{one}","x":1,"x":2}',
    "missing": "{}", "no object": "[]", "nothing": "", "half": '{"patient":"{one}"', "number": '{"patient":7}',
    "no GUID": '{"patient":"x"}', "null": '{"patient":null}', "with a NUL": '{"patient":"{one}\\u0000"}',
    "something after": '{"patient":"{one}"}{}',
}


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_body_has_one_meaning(page: ClinicPage, name: str) -> None:
    one, other = page.clinic.patients[:2]
    body = AMBIGUOUS[name].replace("{one}", one).replace("{other}", other)
    answer = sent(page, "patient", body.encode())
    refused(answer, 400, "bad_request")
    assert "tneitap" not in answer.text
    assert given(sent(page, "patient", f' {{"p\\u0061tient" : "{one}"}} '.encode()))["patient"]["id"] == one


# --- The replica

def test_page_is_served_before_there_is_a_replica(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    """Welkin cannot be asked either; as soon as a sync has brought the patient, the page has it."""
    url = {"WELKIN_DATA_API_URL": "http://127.0.0.1:9"}
    service = beside(clinic, folder, **url)
    with service:
        told = given(service.send(page.request("context")))
        assert (told["pending"], told["patient"], told["as_of"], told["phone_numbers"]) == (True, None, None, [])
        service.worker.values["WELKIN_DATA_API_URL"] = clinic.api.origin
        service.sync()
        told = given(service.send(page.request("context")))
        assert told["patient"]["id"] == clinic.patients[0] and "pending" not in told
        assert abs(told["as_of"] - time.time()) < 60
        again = given(service.send(page.request("changes", {"after": "none.0"})))
        assert again["reset"] is True, "what a page knew before is of no use"


def test_patient_of_a_moment_ago_is_asked_for(clinic: Clinic) -> None:
    """Who was made after the last sync is there all the same; whom Welkin does not have is not pending."""
    patient, number = str(uuid.uuid4()), str(uuid.uuid4())
    clinic.put("patients", patient, first_name=remember("Wilhelmina-Test"), last_name=remember("Ostergaard-Test"))
    clinic.put("phone_numbers", number, patient_id=patient, phone_number=remember("+14155550177"))
    told = ClinicPage.open(clinic, patient).ok("context")
    assert told["patient"]["first_name"] == "Wilhelmina-Test" and "pending" not in told
    assert [each["phone_number"] for each in told["phone_numbers"]] == ["+14155550177"]
    nobody = ClinicPage.open(clinic, remember(str(uuid.uuid4()))).ok("context")
    assert nobody["patient"] is None and "pending" not in nobody


def replica_files(service: DataService) -> list[Path]:
    return list(service.worker.home.glob("replica.db*"))


def test_replica_may_be_removed_and_replaced(clinic: Clinic, page: ClinicPage, folder: Path, new_folder: Callable[[], Path]) -> None:
    service = beside(clinic, folder)
    service.sync()
    other = beside(clinic, new_folder())
    other.sync()
    database = sqlite3.connect(other.worker.replica)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    service.worker.values["WELKIN_DATA_API_URL"] = "http://127.0.0.1:9"
    with service:
        def context() -> dict:
            return given(service.send(page.request("context")))
        assert context()["patient"]
        for file in replica_files(service):
            file.unlink()
        told = context()
        assert (told["pending"], told["patient"]) == (True, None), "what is not there is not told of"
        before = context()["version"]
        for file in replica_files(other):
            shutil.copy2(file, service.worker.home / file.name)
        told = wait.until(lambda: (found := context()) and found["patient"] and found, "the other one is read")
        assert told["patient"]["id"] == clinic.patients[0]
        assert given(service.send(page.request("changes", {"after": before})))["reset"] is True


def test_replica_of_an_older_release_waits_for_the_next_sync(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    service = beside(clinic, folder)
    service.sync()
    older = ("DROP TABLE welkin_changes", "DROP TABLE welkin_got", "DELETE FROM welkin_meta WHERE name = 'id'",
             "UPDATE welkin_meta SET value = value - 1 WHERE name = 'schema'")
    for step in older:
        replica.execute(service.worker.replica, step)
    with service:
        refused(service.send(page.request("context")), 503, "unavailable")
        assert re.search("event=replica outcome=failed .*schema", service.log.read_text())
        service.sync()
        told = wait.until(lambda: (answer := service.send(page.request("context"))).status == 200 and answer.json,
                          "it is read")
        assert told["patient"]["id"] == clinic.patients[0]


def test_older_copy_of_the_replica_may_come_back(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    """From a backup: pages that know more than it has ask everything again."""
    service = beside(clinic, folder)
    service.sync()
    database = sqlite3.connect(service.worker.replica)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    shutil.copytree(service.worker.home, folder / "backup")
    with service:
        touch(clinic, clinic.patients[0])
        service.sync()
        newer = given(service.send(page.request("context")))
        for file in replica_files(service):
            file.unlink()
        for file in (folder / "backup").glob("replica.db*"):
            shutil.copy2(file, service.worker.home / file.name)
        older = wait.until(lambda: (told := given(service.send(page.request("context"))))["patient"]
                           and told["version"] != newer["version"] and told, "the older one is read")
        assert older["patient"]["city"] != newer["patient"]["city"]
        told = given(service.send(page.request("changes", {"after": newer["version"]})))
        assert (told["reset"], told["version"]) == (True, older["version"])
        service.sync()
        assert wait.until(lambda: given(service.send(page.request("context")))["patient"]["city"]
                          == newer["patient"]["city"], "the next sync brings what was lost")


def test_replica_that_is_locked_is_not_available(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    service = beside(clinic, folder)
    service.sync()
    service.start()
    other = sqlite3.connect(service.worker.replica, isolation_level=None)
    try:
        # Somebody who writes does not keep anybody from reading.
        other.execute("BEGIN IMMEDIATE")
        assert given(service.send(page.request("context")))["patient"]
        other.execute("COMMIT")
        service.process.stop()
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        service.start()
        refused(service.send(page.request("context")), 503, "unavailable")
        other.execute("COMMIT")
        other.close()
        assert wait.until(lambda: (answer := service.send(page.request("context"))).status == 200 and answer.json,
                          "it is read again")["patient"]
    finally:
        other.close()
        service.process.stop()


# --- The journal

def test_nothing_is_told_that_the_full_disk_cannot_record(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    home = folder / "journal"
    home.mkdir(mode=0o700)
    service = beside(clinic, folder, WELKIN_JOURNAL=str(home / "journal.db"))
    service.sync()
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    small = f'mount -t tmpfs -o size=1m,mode=700 tmpfs {shlex.quote(str(home))} && exec "$@"'
    service.start(under=[tool("unshare"), "--mount", *root, "sh", "-c", small, "sh"])
    with service.process:
        inside = Path(f"/proc/{service.process.pid}/root{home}")
        assert given(service.send(page.request("context")))["patient"]
        filler = inside / "filler"
        with open(filler, "wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
            while True:
                file.write(bytes(4096))

        def full() -> Answer | None:
            answer = service.send(page.request("context"))
            return answer if answer.status not in (200, 429) else None
        answer = wait.until(full, "it cannot be recorded", 30)
        refused(answer, 503, "unavailable")
        assert answer["Retry-After"] == "2"
        filler.unlink()
        assert wait.until(lambda: (answer := service.send(page.request("context"))).status == 200 and answer.json,
                          "it can be recorded again")["patient"]["id"] == clinic.patients[0]


class Askers:
    """Threads that ask for one record after the other, each record by one of them, until the service is gone."""

    def __init__(self, service: DataService, pages: list[ClinicPage], ids: Iterator[str]) -> None:
        self.service, self.pages, self.ids = service, pages, ids
        #: The records that were answered.
        self.answered: list[str] = []
        self._lock = threading.Lock()

    def start(self, count: int) -> None:
        self._threads = [threading.Thread(target=self._ask, args=(page,)) for page in random.sample(self.pages, count)]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _ask(self, page: ClinicPage) -> None:
        while True:
            with self._lock:
                record = next(self.ids)
            try:
                answer = self.service.send(page.request("records/get", {"resource": "sms_messages", "id": record}))
            except (OSError, HTTPException):
                return  # It is gone.
            if answer.status == 200:
                assert answer.json["record"]["id"] == record
                self.answered.append(record)
            else:
                assert answer.status == 429, answer.text
                page = random.choice(self.pages)


#: Hundreds by `scripts/test --soak`.
KILLS = int(os.environ.get("WELKIN_KILLS", "20"))


@pytest.mark.timeout(60 + 3 * KILLS)
def test_no_answer_without_its_row_whenever_it_is_killed(clinic: Clinic, folder: Path) -> None:
    """Each record is asked for as often as any other: that the journal has its rows can only be because of these."""
    service = beside(clinic, folder, WELKIN_ACCESS="all", WELKIN_READABLE="sms_messages")
    service.sync()
    ids = [record["id"] for record in clinic.records("sms_messages")]
    random.shuffle(ids)
    askers = Askers(service, [ClinicPage.open(clinic, None) for _ in range(40)], cycle(ids))
    for _ in range(KILLS):
        service.start()
        enough = len(askers.answered) + random.randrange(1, 60)
        askers.start(8)
        wait.until(lambda: len(askers.answered) >= enough, "it is at work", 30, every=0.001)
        service.process.kill()
        askers.join()
    rows = Counter(row["record"] for row in service.audit() if (row["route"], row["outcome"]) == ("records/get", "ok"))
    assert len(askers.answered) > KILLS
    assert not Counter(askers.answered) - rows, "each answer is on record"
    # What had not been answered yet may be on record, too: as many as can be asked at once.
    assert (rows - Counter(askers.answered)).total() <= KILLS * 8


# --- Waiting for changes, beginning and end

class Waiting:
    """Requests for changes that are on their way."""

    def __init__(self, clinic: Clinic, service: DataService | None = None) -> None:
        self.service = service or clinic.service
        self.pool = ThreadPoolExecutor(16)

    def begin(self, page: ClinicPage, **body: object) -> Future[Answer]:
        """Returns when the service counts one more that waits."""
        count = int(self.service.metric("welkin_data_waiting_pages"))
        version = given(self.service.send(page.request("changes", {"after": None})))["version"]
        request = page.request("changes", {"after": version, **body})
        answer = self.pool.submit(lambda: self.service.send(request))
        self.service.until_waiting(count + 1)
        return answer

    def __enter__(self) -> "Waiting":
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown()


def touch(clinic: Clinic, patient: str) -> None:
    """Something about a patient changes in Welkin."""
    clinic.put("patients", patient, city=remember(f"Springfield-{uuid.uuid4().hex[:6]}"))


def test_commit_of_a_sync_wakes_those_whom_it_concerns(clinic: Clinic) -> None:
    elsa, omar = clinic.patients[:2]
    clinic.sync()
    with Waiting(clinic) as waiting:
        concerned, other = waiting.begin(ClinicPage.open(clinic, elsa)), waiting.begin(ClinicPage.open(clinic, omar))
        schedule, onscreen = waiting.begin(ClinicPage.open(clinic, None)), waiting.begin(ClinicPage.open(clinic, None), patient=elsa)
        touch(clinic, elsa)
        clinic.sync()
        told = given(concerned.result(1))
        assert told["patient_changed"] and "reset" not in told
        assert given(schedule.result(1))["schedule_changed"], "whose name may be in it"
        assert given(onscreen.result(1))["patient_changed"]
        assert not other.done(), "the page of another patient goes on waiting"
        touch(clinic, omar)
        clinic.sync()
        assert given(other.result(1))["patient_changed"]
    assert clinic.service.metric("welkin_data_waiting_pages") == 0


def test_newer_wait_of_a_launch_ends_the_older(clinic: Clinic, page: ClinicPage) -> None:
    with Waiting(clinic) as waiting:
        older = waiting.begin(page)
        version = page.ok("changes", {"after": None})["version"]
        newer = waiting.pool.submit(clinic.service.send, page.request("changes", {"after": version}))
        told = given(older.result(5))
        assert (told["patient_changed"], told["schedule_changed"]) == (False, False)
        touch(clinic, clinic.patients[0])
        clinic.sync()
        assert given(newer.result(5))["patient_changed"]


def test_page_that_goes_away_does_not_wait_any_more(clinic: Clinic, page: ClinicPage) -> None:
    version = page.ok("changes", {"after": None})["version"]
    site, before = clinic.stack.nginx.site, clinic.service.log.read_text()
    with site.connect() as connection:
        connection.sendall(site.write(page.request("changes", {"after": version})))
        clinic.service.until_waiting(1)
    clinic.service.until_waiting(0)
    page.ok("context")
    assert clinic.service.log.read_text() == before, "for the operator, nothing has failed"


def test_sigterm_ends_waits_at_once_and_answers_what_has_come_in(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    """What has come in here waits for a Welkin that says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        service = beside(clinic, folder)
        service.sync()
        service.worker.values["WELKIN_DATA_API_URL"] = f"http://127.0.0.1:{silent.getsockname()[1]}"
        service.start()
        with Waiting(clinic, service) as waiting:
            waits = [waiting.begin(ClinicPage.open(clinic, each)) for each in clinic.patients[:5]]
            unknown = ClinicPage.open(clinic, remember(str(uuid.uuid4())))
            asked = waiting.pool.submit(service.send, unknown.request("context"))
            held, _ = silent.accept()
            service.process.send(signal.SIGTERM)
            began = time.monotonic()
            for each in waits:
                told = given(each.result(5))
                assert not told["patient_changed"] and told["version"]
            assert time.monotonic() - began < 1
            assert given(asked.result(10))["pending"] is True
            held.close()
            assert service.process.wait() == 0
        assert " event=stop" in service.log.read_text().splitlines()[-1]
        assert not service.socket.exists()
        service.start()
        with service.process:
            assert given(service.send(page.request("context")))["patient"]


def test_restart_takes_the_same_socket_over(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    service = beside(clinic, folder)
    service.sync()
    first = service.start()
    first.kill()
    assert service.socket.exists(), "nobody was left to remove it"
    second = service.start()
    assert given(service.send(page.request("context")))["patient"]
    third = service.start()
    assert second.stop() == 0
    assert given(service.send(page.request("context")))["patient"], "the newer one's name is still there"
    assert third.stop() == 0


def test_connection_is_kept(clinic: Clinic, page: ClinicPage) -> None:
    """nginx sends the next request on it. Were it closed without a word, nginx would answer 502."""
    with clinic.service.connect() as connection:
        for route in ("context", "changes", "changes", "context"):
            answer = clinic.service.exchange(connection, page.request(route, {"after": None} if route == "changes" else {}))
            assert given(answer)["version"] and answer.get("Connection") is None


def test_nothing_is_lost_between_waits_and_other_requests(clinic: Clinic) -> None:
    """Through nginx, whose kept connections are of both kinds."""
    pages = [ClinicPage.open(clinic, clinic.patients[0]) for _ in range(8)]

    def ask(page: ClinicPage) -> Counter:
        told: Counter = Counter()
        for turn in range(40):
            route, body = ("changes", {"after": "none.0"}) if turn % 2 else ("context", {})
            answer = page.ask(route, body)
            told[answer.status] += 1
            assert answer.status in (200, 429), answer.text
        return told
    with ThreadPoolExecutor(len(pages)) as pool:
        told = sum(pool.map(ask, pages), Counter())
    assert told[200] > 100, told


@pytest.mark.parametrize("inherited", [False, True])
def test_a_thousand_pages_may_connect_at_once(clinic: Clinic, page: ClinicPage, folder: Path, inherited: bool) -> None:
    """They wait in the queue of a service that is at work, instead of being turned away."""
    service = beside(clinic, folder)
    service.sync()
    with ExitStack() as opened:
        opened.enter_context(service.inherit(opened.enter_context(service.listen())) if inherited else service.start())
        assert given(service.send(page.request("context")))["patient"]
        service.process.send(signal.SIGSTOP)
        try:
            made = [opened.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(1000)]
            for each in made:
                each.setblocking(False)
                each.connect(str(service.socket))  # It would raise if the queue were full.
        finally:
            service.process.send(signal.SIGCONT)
        for each in made[::100]:
            each.settimeout(20)
            assert given(service.exchange(each, page.request("context")))["patient"]


def test_service_that_cannot_start_says_so_on_the_socket_of_systemd(clinic: Clinic, page: ClinicPage, folder: Path) -> None:
    """Nobody waits for it there: 503 at once, until the settings are mended and systemd starts it again."""
    settings = folder / "serve.env"
    settings.write_text("WELKIN_ACCESS=everybody\n")
    settings.chmod(0o600)
    service = beside(clinic, folder, WELKIN_CONFIG=str(settings))
    with service.listen() as listener:
        def refuses() -> bool:
            return service.log.exists() and "WELKIN_ACCESS" in service.log.read_text()
        with Process([WORKER, "serve"], service.log, refuses, env=service.worker.environment(),
                     stdin=listener.fileno()) as process:
            for _ in range(3):
                refused(service.send(page.request("context")), 503, "unavailable")
            settings.write_text("WELKIN_ACCESS=assigned\n")
            assert process.wait() == 4
        assert "outcome=refused reason=unavailable id=" in service.log.read_text()
        with service.inherit(listener):
            assert given(service.send(page.request("context")))["patient"]


def test_nothing_that_names_anybody_is_in_log_or_metrics(clinic: Clinic, page: ClinicPage) -> None:
    """All logs of the run are searched at the end; here that there is something to search."""
    refused(page.ask("patient", {"patient": clinic.patients[1]}), 403, "patient_mismatch")
    answer = page.ask("records/get", {"resource": "patients", "id": clinic.patients[1]})
    refused(answer, 404, "no_record")
    text = clinic.service.send(Request("GET", "/metrics")).text
    (clinic.service.folder / "metrics.prom").write_text(text)
    log = clinic.service.log.read_text()
    assert f"event=data route=records/get outcome=refused reason=no_record id={answer.json['id']}" in log
    assert re.search(r'welkin_data_requests_total\{(?=.*route="records/get").*outcome="no_record".*\} [1-9]', text)
    for word in (*clinic.patients, clinic.stack.client.worker, page.bearer, page.launched.launch, "Elsa", "Brandt"):
        assert word not in log and word not in text
