"""What a run says is so: no start, clock, crowded instant or odd record by which records are lost and nobody is told."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from welkin import replica, wait
from welkin.data_api import DataAPI
from welkin.listener import Listener
from welkin.preload import Preload
from welkin.replica import assert_equal
from welkin.worker import Worker

INSTANT = "2026-06-01T08:00:00.000000+00:00"


def rows(worker: Worker, sql: str) -> list[tuple]:
    return replica.rows(worker.replica, sql)


@pytest.mark.parametrize("cut", ["new", "first pull", "full"])
def test_since_passes_over_nothing(api: DataAPI, worker: Worker, cut: str) -> None:
    """On a new replica, and where a pull of everything was cut short."""
    api.control("add", resource="visits", count=40)
    words = ["--resource", "visits"]
    if cut == "full":
        worker.sync(*words)
        # Nothing here is new enough to come by itself.
        replica.execute(worker.replica, "DELETE FROM visits")
        words.append("--full")
    if cut != "new":
        api.fail("html", at=[4], path="/v1/visits")
        worker.sync(*words, code=1, WELKIN_SYNC_PAGE_SIZE="5")
        api.recover()
    worker.sync("--resource", "visits", "--since", "2026-11-01")
    assert_equal(worker.replica, api, ["visits"])
    assert not worker.status()["visits"]["in_window"]


@pytest.mark.parametrize("instant", ["2062-01-01", "1969-12-31T23:59:59Z", "0001-01-01"])
def test_an_instant_at_which_nothing_can_have_changed(api: DataAPI, worker: Worker, instant: str) -> None:
    worker.sync("--resource", "visits")
    api.forget_requests()
    run = worker.run("sync", "--since", instant)
    assert run.code == 2 and "1970" in run.errors
    assert api.requests() == {}
    api.control("add", resource="visits", count=2)
    worker.sync("--resource", "visits", "--since", "1970-01-01")
    assert_equal(worker.replica, api, ["visits"])


def test_a_bulk_update_is_asked_for_by_patient(api: DataAPI, worker: Worker) -> None:
    """More messages of one instant than any page holds; the replica knows the patients."""
    api.control("add", resource="sms_messages", count=150, at=INSTANT, equal=True)
    api.control("settings", maximum_page_size=50)
    run = worker.sync()
    assert run.event("unfinished")["instant"] == INSTANT, "it was met"
    assert_equal(worker.replica, api)
    assert worker.status()["sms_messages"]["unfinished"] == []


def test_a_bulk_import_is_named_and_stops_nothing(api: DataAPI, worker: Worker) -> None:
    """Visits can be asked for by nothing else than time."""
    worker.sync()
    api.control("add", resource="visits", count=70, equal=True)
    api.control("settings", maximum_page_size=50)
    for _ in range(2):
        api.control("add", resource="visits", count=5)
        new = [line for line in api.dump("visits")[-5:]]
        worker.sync(code=3)
        assert set(new) <= set(replica.records(worker.replica, "visits")), "what comes after it arrives"
    status = worker.status()["visits"]
    assert len(status["unfinished"]) == 1 and status["last_error"] is None
    shown = worker.run("status").text
    assert "visits" in shown and str(status["unfinished"][0])[:19] in shown.replace(" ", "T"), shown
    api.control("settings", maximum_page_size=1000)
    worker.sync()
    assert_equal(worker.replica, api)
    assert worker.status()["visits"]["unfinished"] == []


def test_records_that_are_here_are_got_one_by_one(api: DataAPI, worker: Worker) -> None:
    """All patients change at one instant: Find has no filter for them, and each is known."""
    api.control("add", resource="patients", count=70)
    worker.sync("--resource", "patients")
    api.control("change", resource="patients", count=1000, equal=True)
    api.control("settings", maximum_page_size=50)
    run = worker.sync("--resource", "patients", code=3)
    assert run.event("synced")["exit"] == 3
    assert_equal(worker.replica, api, ["patients"])


def test_nothing_done_is_not_done(api: DataAPI, worker: Worker) -> None:
    worker.sync("--resource", "visits")
    with Listener() as monitor:
        late = {"WELKIN_SYNC_SETTLE": "3600", "WELKIN_HEARTBEAT_URL": f"{monitor.origin}/ping"}
        run = worker.sync("--resource", "visits", code=1, **late)
        assert run.event("failed")["code"] == "not_due"
        assert monitor.paths == []
        assert worker.status()["visits"]["last_error"] == "not_due"
        # What is found whole each time is due at any time.
        worker.sync("--resource", "visits", "--resource", "alerts", code=3, **late)
        assert monitor.paths == []
        worker.sync("--resource", "visits", WELKIN_HEARTBEAT_URL=late["WELKIN_HEARTBEAT_URL"])
        assert monitor.paths == ["/ping"]


def test_a_clock_that_is_behind_misses_nothing(api: DataAPI, worker: Worker, preload: Preload) -> None:
    worker.sync()
    # Dates have no finer unit than a second.
    api.control("change", resource="patients", count=3, at=(datetime.now(UTC) - timedelta(seconds=5)).isoformat())
    run = worker.sync("--resource", "patients", **preload.clock(-1800))
    assert 1790 <= int(str(run.event("clock_behind")["seconds"])) <= 1800
    assert_equal(worker.replica, api)


def test_answers_without_a_date_are_believed_no_further_than_records_prove(
        api: DataAPI, worker: Worker, preload: Preload) -> None:
    api.control("settings", date=False)
    worker.sync("--resource", "visits", **preload.clock(1800))
    for _ in range(3):
        api.control("add", resource="visits", count=3)
        run = worker.sync("--resource", "visits")
        assert run.event("undated")["level"] == "warning"
        assert_equal(worker.replica, api, ["visits"])


def test_a_cursor_ahead_of_the_api_is_set_back(api: DataAPI, worker: Worker) -> None:
    """As a version of before left it."""
    worker.sync("--resource", "visits")
    replica.execute(worker.replica, "UPDATE welkin_streams SET cursor_us = cursor_us + 86400000000")
    api.control("add", resource="visits", count=3)
    # Later than the second to which dates are cut.
    api.control("clock", offset=2)
    check = worker.run("check")
    assert check.code == 1 and "visits" in check.text
    run = worker.sync("--resource", "visits")
    assert int(str(run.event("cursor_ahead")["seconds"])) > 80_000
    assert_equal(worker.replica, api, ["visits"])
    assert worker.run("check").code == 0


def test_empty_pages_without_end(api: DataAPI, worker: Worker) -> None:
    api.fail("endless_next", path="/v1/visits")
    worker.sync(code=3)
    assert worker.status()["visits"]["last_error"] == "endless"
    assert api.requests()["/v1/visits"] == 100
    api.recover()
    worker.sync()
    assert_equal(worker.replica, api)


def test_full_pages_without_links(api: DataAPI, worker: Worker) -> None:
    api.control("add", resource="visits", count=135)
    api.control("settings", links="none", page_size=10, maximum_page_size=10)
    worker.sync("--resource", "visits", "--resource", "patients")
    assert_equal(worker.replica, api, ["visits", "patients"])
    # Where records have no time there is no way behind them, and that is said.
    api.control("add", resource="external_ids", count=20)
    run = worker.sync("--resource", "external_ids", code=1)
    assert run.event("failed")["code"] == "stuck"


def test_a_record_that_is_too_large(api: DataAPI, worker: Worker) -> None:
    """The others come, it is quarantined by its id, and pages of any size help as little as they harm."""
    worker.sync()
    big = api.control("odd", resource="patients", kind="oversized", count=1)["ids"]
    run = worker.sync("--full", code=3)
    assert run.event("done", resource="patients")["quarantined"]
    kept = rows(worker, "SELECT record_id, reason, length(bytes) < 70000 FROM welkin_quarantine")
    assert [(record.decode(), reason) for record, reason, _ in kept] == [(big[0], b"too_large")] and kept[0][2]
    worker.sync(code=3, WELKIN_SYNC_PAGE_SIZE="1")
    here = set(replica.records(worker.replica, "patients"))
    dump = api.dump("patients")
    assert {line for line in dump if len(line) < 1 << 20} <= here
    # What is compared ends at the cursor, and that at the second in which Welkin's clock was read.
    [changed] = [re.search(rb'"updated_at":"([^"]+)"', line)[1].decode() for line in dump if len(line) >= 1 << 20]
    microseconds = datetime.fromisoformat(changed).timestamp() * 1e6

    def is_behind() -> bool:
        if rows(worker, "SELECT cursor_us FROM welkin_streams WHERE resource = 'patients'")[0][0] > microseconds:
            return True
        worker.sync(code=3)
        return False

    wait.until(is_behind, "a window that ends behind the record")
    verified = worker.run("verify", "--json")
    assert verified.code == 3 and verified.event("verified", resource="patients")["unreadable"] == 1


@pytest.mark.parametrize("words", [["sync", "--full"], ["verify", "--repair"]], ids=" ".join)
def test_welkin_was_restored_from_a_backup(api: DataAPI, worker: Worker, words: list[str]) -> None:
    worker.sync()
    api.control("backup")
    api.control("change", resource="patients", count=4)
    worker.sync()
    api.control("restore")
    worker.sync()
    assert worker.run("verify", "--json").event("verified", resource="patients")["newer"] == 4
    assert worker.run(*words).code == 0
    assert_equal(worker.replica, api)


def test_a_deleted_record_is_put_back(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    api.control("backup")
    api.control("delete", resource="visits", count=2)
    assert worker.run("verify", "--repair").code == 0
    api.control("restore")
    worker.sync("--full", "--resource", "visits")
    assert_equal(worker.replica, api)


def test_rows_are_their_streams(api: DataAPI, worker: Worker) -> None:
    """Whatever the records say of themselves."""
    alerts = len(api.dump("alerts"))
    api.control("odd", resource="alerts", kind="no_filter", count=alerts)
    worker.sync()
    assert worker.status()["alerts?alert_type=app_message"]["rows"] == alerts
    api.control("delete", resource="alerts", count=1)
    assert worker.run("verify", "--repair", "--json").event("verified", resource="alerts")["extra"] == 1
    assert_equal(worker.replica, api)


def test_a_record_that_differs_each_time_is_kept_once(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    api.control("odd", resource="patients", kind="restless", count=1)
    for _ in range(4):
        worker.sync("--resource", "patients", code=3)
    assert rows(worker, "SELECT count(*), count(DISTINCT record_id) FROM welkin_quarantine") == [(1, 1)]


def test_ids_that_are_none(api: DataAPI, worker: Worker) -> None:
    """One that is no segment of a path stops no verification; an object is an id of our own."""
    worker.sync()
    api.control("odd", resource="visits", kind="slash_id", count=1)
    api.control("odd", resource="audit_logs", kind="object_id", count=3)
    # Later than the second to which dates are cut.
    api.control("clock", offset=5)
    worker.sync("--full")
    assert rows(worker, "SELECT count(*) FROM audit_logs WHERE id LIKE 'json:%'") == [(3,)]
    assert rows(worker, "SELECT count(*) FROM welkin_quarantine") == [(0,)]
    replica.execute(worker.replica, "DELETE FROM visits WHERE id LIKE '%/1'")
    # What has that id no longer is gone, and what has a new one is here.
    repaired = worker.run("verify", "--repair", "--json")
    visits = repaired.event("verified", resource="visits")
    assert (visits["missing"], visits["unconfirmed"]) == (1, 1), visits
    assert rows(worker, "SELECT count(*) FROM visits WHERE id LIKE '%/1'") == [(1,)]
    again = worker.run("verify", "--resource", "visits", "--json")
    assert again.code == 0, again.errors + again.text


@pytest.mark.parametrize("kind", ["control_character", "bad_utf8"])
def test_what_is_no_json_is_here_mended_and_marked(api: DataAPI, worker: Worker, kind: str) -> None:
    worker.sync()
    api.control("backup")
    odd = set(api.control("odd", resource="patients", kind=kind, count=3)["ids"])
    worker.sync(code=3)
    marked = rows(worker, "SELECT id FROM patients WHERE repaired = 1")
    assert {guid.decode() for (guid,) in marked} == odd
    assert rows(worker, "SELECT count(*) FROM patients WHERE NOT json_valid(record)") == [(0,)]
    kept = {text for (text,) in rows(worker, "SELECT bytes FROM welkin_quarantine WHERE reason = 'not_json'")}
    assert kept <= set(api.dump("patients")) and len(kept) == 3, "as it came"
    lines = worker.run("export", "patients", "--format", "ndjson").output.splitlines()
    assert {json.loads(line.decode())["id"] for line in lines} == {record["id"] for record in map(
        json.loads, [line.decode(errors="replace").replace("\t", " ").replace("\r", " ") for line in api.dump("patients")])}
    api.control("restore")
    worker.sync("--full")
    assert rows(worker, "SELECT count(*) FROM patients WHERE repaired = 1") == [(0,)]
    assert worker.status()["patients"]["quarantined"] == 0


def test_half_a_character_is_none_in_an_export(api: DataAPI, worker: Worker) -> None:
    api.control("odd", resource="patients", kind="lone_surrogate", count=2)
    worker.sync()
    assert_equal(worker.replica, api)
    lines = worker.run("export", "patients", "--format", "ndjson").output.splitlines()
    texts = [json.dumps(json.loads(line), ensure_ascii=False).encode() for line in lines]
    assert sum("caf\N{REPLACEMENT CHARACTER}".encode() in text for text in texts) == 2


def test_a_whole_resource_is_no_small_number(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    every = len(api.dump("workers"))
    assert 2 <= every <= 10
    api.control("delete", resource="workers", count=every)
    assert worker.run("verify", "--repair").code == 1
    assert len(replica.records(worker.replica, "workers")) == every
    assert worker.run("verify", "--repair", "--allow-mass-deletion").code == 0
    assert_equal(worker.replica, api)


def test_two_environments_are_not_mixed(api: DataAPI, worker: Worker, folder: Path) -> None:
    worker.sync()
    with DataAPI(folder / "other" if (folder / "other").mkdir() is None else folder, "--seed", "7") as other:
        elsewhere = {"WELKIN_DATA_API_URL": other.origin}
        for command in (["sync"], ["sync", "--dry-run"], ["verify"], ["check"]):
            run = worker.run(*command, **elsewhere)
            assert run.code == 4 and "--accept-change" in run.errors + run.text, command
        assert worker.run("sync", WELKIN_DATA_CLIENT_ID="another").code == 4
        assert sum(other.requests().values()) <= 40, "check alone asks for anything"
        assert_equal(worker.replica, api)
        # The same environment, that has moved.
        worker.sync("--accept-change", "--resource", "workers", **elsewhere)
        worker.sync("--resource", "workers", **elsewhere)
        assert worker.run("sync").code == 4


def test_one_refusal_ends_the_run(api: DataAPI, worker: Worker) -> None:
    run = worker.sync(code=4, WELKIN_DATA_CLIENT_SECRET="not-the-secret-of-the-tests")
    assert api.requests() == {"/v1/token": 1}
    # Those that were under way: two at once.
    assert 1 <= [line["event"] for line in run.events].count("failed") <= 2
    assert run.event("gave_up")["code"] == "credentials_refused"


def test_a_name_that_was_mistyped_leaves_no_trace(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    before = worker.status().keys()
    worker.sync("--resource", "no_such_thing", code=1)
    for name in ("welkin_meta", "sqlite_master", "pg_class", "pateints"):
        assert worker.run("sync", "--resource", name).code == 2
    assert worker.status().keys() == before
    api.control("resource", name="care_bundles", count=3)
    worker.sync("--resource", "care_bundles")
    assert worker.run("forget-resource", "care_bundles").code == 1, "it has records"
    assert worker.run("forget-resource", "care_bundles", "--records").code == 0
    assert worker.status().keys() == before and "care_bundles" not in replica.tables(worker.replica)
