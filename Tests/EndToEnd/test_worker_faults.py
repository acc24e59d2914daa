"""What goes wrong with the Data API: each ends, once it is over, in a replica that is the source."""

import json
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from welkin import replica
from welkin.data_api import RESOURCES, DataAPI
from welkin.replica import assert_equal
from welkin.worker import Worker

#: With which of the requests for a page, where nothing else is said: an early one, one in the middle, a late one.
SOME = {"at": [2, 30, 55], "path": "/v1/*", "method": "GET"}

#: Passes: requests are sent again, or other ones, until all is in; the run ends with 0.
OVERCOME: dict[str, list[dict[str, object]]] = {
    "429": [{"fault": "status", "status": 429, **SOME}],
    "429, Retry-After in seconds": [{"fault": "status", "status": 429, "retry_after": "1", **SOME}],
    "429, Retry-After as a date": [{"fault": "status", "status": 429, "retry_after": "date:1", **SOME}],
    "429, Retry-After that is neither": [{"fault": "status", "status": 429, "retry_after": "soon", **SOME}],
    "500": [{"fault": "status", "status": 500, **SOME}],
    "502 from a proxy": [{"fault": "html", "status": 502, **SOME}],
    "503": [{"fault": "status", "status": 503, **SOME}],
    "reset before the answer": [{"fault": "reset_before", **SOME}],
    "reset within the body": [{"fault": "reset_within", **SOME}],
    "reset after the body": [{"fault": "reset_after", **SOME}],
    "cut off in good order": [{"fault": "truncated", **SOME}],
    "slow": [{"fault": "slow", "milliseconds": 20, **SOME}],
    "JSON that ends too early": [{"fault": "bad_json", **SOME}],
    "a page once more": [{"fault": "repeat_page", **SOME}],
    "records change between pages": [{"fault": "churn", "count": 2, "path": "/v1/*", "every": 1}],
    "401 in the middle": [{"fault": "revoke", **SOME}],
    "everything at once": [{"fault": fault, "path": "/v1/*", "rate": 0.04, "seed": seed} for seed, fault in enumerate(
        ["reset_before", "reset_within", "truncated", "bad_json", "revoke", "repeat_page"])],
}

#: Ends a run with 3 (some failed), and what failed says so; the next one goes on.
PARTLY: dict[str, tuple[dict[str, object], str]] = {
    "a next that does not advance": ({"fault": "stuck_next", "path": "/v1/sms_messages"}, "stuck"),
    "a link to another host": ({"fault": "foreign_next", "path": "/v1/sms_messages"}, "unclear_link"),
    "HTML in place of one resource": ({"fault": "html", "path": "/v1/sms_messages"}, "not_json"),
    "403 for one resource": ({"fault": "status", "status": 403, "path": "/v1/sms_messages"}, "forbidden"),
    "400 for one resource": ({"fault": "status", "status": 400, "path": "/v1/sms_messages"}, "refused"),
    "401 again and again": ({"fault": "status", "status": 401, "path": "/v1/sms_messages"}, "unauthorized"),
}


def begin(api: DataAPI, fault: dict[str, object]) -> None:
    api.fail(str(fault["fault"]), **{key: value for key, value in fault.items() if key != "fault"})


@pytest.mark.parametrize("name", OVERCOME)
def test_a_run_overcomes(api: DataAPI, worker: Worker, name: str) -> None:
    for fault in OVERCOME[name]:
        begin(api, fault)
    worker.sync(WELKIN_SYNC_PAGE_SIZE="5")
    api.recover()
    if "churn" in str(OVERCOME[name]):
        # What changed after its page had come, the next run brings.
        worker.sync()
    assert_equal(worker.replica, api)


@pytest.mark.parametrize("name", PARTLY)
def test_one_resource_fails_and_the_others_complete(api: DataAPI, worker: Worker, name: str) -> None:
    fault, code = PARTLY[name]
    begin(api, fault)
    run = worker.sync(code=3, WELKIN_SYNC_PAGE_SIZE="5")
    assert run.event("failed")["code"] == code and run.event("failed")["resource"] == "sms_messages"
    assert_equal(worker.replica, api, [name for name in RESOURCES if name != "sms_messages"])
    status = worker.status()["sms_messages"]
    assert (status["last_error"], status["last_success"], status["cursor"]) == (code, None, None)
    api.recover()
    worker.sync()
    assert_equal(worker.replica, api)
    assert worker.status()["sms_messages"]["last_error"] is None


def test_more_equal_instants_than_a_page_holds(api: DataAPI, worker: Worker) -> None:
    """The page is made larger until it reaches past them."""
    api.control("add", resource="visits", count=150, equal=True)
    worker.sync(WELKIN_SYNC_PAGE_SIZE="10")
    assert_equal(worker.replica, api)


def test_more_equal_instants_than_any_page_holds(api: DataAPI, worker: Worker) -> None:
    """Named, and never taken for whole; what comes after them arrives, and with larger pages the rest."""
    instant = "2026-01-01T00:00:00.000000+00:00"
    api.control("add", resource="visits", count=150, at=instant, equal=True)
    api.control("add", resource="visits", count=5)
    api.control("settings", maximum_page_size=100)
    run = worker.sync(code=3, WELKIN_SYNC_PAGE_SIZE="10")
    assert run.event("unfinished")["instant"] == instant
    assert set(api.dump("visits")[-5:]) <= set(replica.records(worker.replica, "visits"))
    worker.sync(code=3)
    assert worker.status()["visits"]["unfinished"] == [instant]
    api.control("settings", maximum_page_size=1000)
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_link_to_another_host_is_not_followed(api: DataAPI, worker: Worker) -> None:
    """Somebody who listens there hears nothing: neither a request nor the token that it would carry."""
    heard: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def listen() -> None:
            try:
                heard.append(listener.accept())
            except OSError:
                pass
        thread = threading.Thread(target=listen)
        thread.start()
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        api.fail("foreign_next", path="/v1/sms_messages", origin=origin)
        worker.sync(code=3, WELKIN_SYNC_PAGE_SIZE="5")
        assert not heard
        # The twin: it would have heard.
        socket.create_connection(listener.getsockname()).close()
        thread.join(10)
        assert heard


def test_a_scope_is_missing_for_one_resource(api: DataAPI, worker: Worker) -> None:
    scopes = [f"{name}.read" for name in RESOURCES if name != "visits"]
    run = worker.sync(code=3, WELKIN_DATA_SCOPES=" ".join(scopes))
    failed = run.event("failed")
    assert (failed["resource"], failed["code"]) == ("visits", "forbidden")
    assert_equal(worker.replica, api, [name for name in RESOURCES if name != "visits"])
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_page_of_100_million_bytes(api: DataAPI, worker: Worker) -> None:
    """It is refused at a limit, and memory stays as it is without."""
    _, usual = worker.memory("sync")
    worker.reset()
    api.fail("huge", path="/v1/app_messages")
    run, peak = worker.memory("sync", "--json")
    assert run.code == 3 and run.event("failed")["code"] == "too_large"
    assert 10_000 < peak < usual + 20_000, f"{peak} KiB, {usual} without"
    api.recover()
    worker.sync()
    assert_equal(worker.replica, api)


@pytest.mark.parametrize("kind", ["lone_surrogate", "nul", "doubled_key", "bad_instant"])
def test_odd_records_are_records(api: DataAPI, worker: Worker, kind: str) -> None:
    """Something in somebody's note stops nothing and is kept as it is."""
    worker.sync()
    odd = api.control("odd", resource="patients", kind=kind, count=3)["ids"]
    worker.sync()
    assert_equal(worker.replica, api)
    exported = worker.run("export", "patients", "--format", "ndjson")
    # Half a character is none in an export, at which its readers would stop.
    expected = [line.replace(rb"caf\ud83d", rb"caf\ufffd") for line in api.dump("patients")]
    assert sorted(exported.output.splitlines()) == sorted(expected)
    assert worker.run("export", "patients", "--format", "csv").code == 0
    assert len(odd) == 3


@pytest.mark.parametrize("kind", ["unparsable", "not_object", "no_id"])
def test_what_is_no_record_is_kept_aside(api: DataAPI, worker: Worker, kind: str) -> None:
    """With its bytes; the others come in, the cursor goes on, and the exit code says it."""
    worker.sync()
    before = replica.cursors(worker.replica)[b"patients"]
    api.control("odd", resource="patients", kind=kind, count=2)
    run = worker.sync(code=3)
    assert run.event("done", resource="patients")["quarantined"] == 2
    # What is the same to the byte is kept once.
    kept = {row for (row,) in replica.rows(worker.replica, "SELECT bytes FROM welkin_quarantine")}
    assert kept and kept <= set(api.dump("patients"))
    status = worker.status()["patients"]
    assert status["quarantined"] == len(kept) and not status["in_window"]
    assert (replica.cursors(worker.replica)[b"patients"] or 0) >= (before or 0)
    good = {line for line in api.dump("patients") if line not in kept}
    assert good <= set(replica.records(worker.replica, "patients"))


#: What stands before the whole API, with the exit code and the reason. Nothing can be pulled, nothing is lost.
OUTAGES: dict[str, tuple[dict[str, object], int, str]] = {
    "the token endpoint is down": ({"fault": "status", "path": "/v1/token"}, 1, "server_error"),
    "the token endpoint answers HTML": ({"fault": "html", "path": "/v1/token"}, 1, "not_json"),
    "the client is not known": ({"fault": "status", "status": 401, "path": "/v1/token"}, 4, "credentials_refused"),
    "the API answers HTML": ({"fault": "html", "path": "/v1/*", "method": "GET"}, 1, "not_json"),
    "the API is down": ({"fault": "reset_before"}, 1, "connection"),
}


@dataclass
class Outage:
    api: DataAPI
    worker: Worker
    run: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module", autouse=True)
def outages(new_folder: Callable[[], Path]) -> Iterator[dict[str, Outage]]:
    """They begin before all other tests here: until a run gives up, it waits for half a minute."""
    with ExitStack() as apis:
        begun = {}
        for name, (fault, _, _) in OUTAGES.items():
            folder = new_folder()
            api = apis.enter_context(DataAPI(folder))
            worker = Worker(folder, api)
            worker.sync("--resource", "visits")
            next(worker.home.glob("*.token")).unlink()
            begin(api, fault)
            begun[name] = Outage(api, worker, worker.start("sync", "--json", "--resource", "visits"))
        yield begun


@pytest.mark.parametrize("name", OUTAGES)
def test_nothing_can_be_pulled(outages: dict[str, Outage], name: str) -> None:
    _, code, reason = OUTAGES[name]
    api, worker = outages[name].api, outages[name].worker
    run = worker.ended(outages[name].run)
    assert run.code == code and run.event("failed")["code"] == reason
    status = worker.status()["visits"]
    assert status["last_error"] == reason and status["last_success"]
    assert_equal(worker.replica, api, ["visits"])
    api.recover()
    worker.sync()
    assert_equal(worker.replica, api)


def test_a_wrong_secret(api: DataAPI, worker: Worker) -> None:
    wrong = "not-the-secret-of-the-tests"
    run = worker.sync(code=4, WELKIN_DATA_CLIENT_SECRET=wrong)
    assert {line["code"] for line in run.events if line["event"] == "failed"} == {"credentials_refused"}
    assert wrong not in run.errors
    assert api.requests().keys() <= {"/v1/token"}, "nothing is asked for without a token"
    worker.sync()
    assert_equal(worker.replica, api)


def test_the_version_of_the_api_ends(api: DataAPI, worker: Worker) -> None:
    """A warning each, once a run."""
    api.fail("deprecated")
    api.fail("discontinued")
    run = worker.sync("--quiet")
    assert [json.loads(line)["event"] for line in run.errors.splitlines()] == ["api_deprecated", "api_discontinued"]
    assert_equal(worker.replica, api)


def test_retry_after_is_a_floor(api: DataAPI, worker: Worker) -> None:
    api.fail("status", status=429, retry_after="2", path="/v1/visits", times=1)
    run = worker.sync("--resource", "visits")
    assert 2000 <= int(str(run.event("retrying")["milliseconds"])) <= 3000
    assert_equal(worker.replica, api, ["visits"])
