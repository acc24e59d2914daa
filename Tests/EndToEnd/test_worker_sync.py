"""Every resource of the Data API in the replica: pulled, pulled again, verified and repaired."""

from random import Random

import pytest
from welkin import replica, wait
from welkin.data_api import RESOURCES, STREAMS, DataAPI
from welkin.gate import Gate, Moment, Rule
from welkin.replica import assert_equal
from welkin.worker import Worker


@pytest.mark.parametrize("links", ["documented", "sound", "nested", "href", "meta"])
@pytest.mark.parametrize("paging", ["instant", "following", "keyset"])
def test_the_replica_is_the_source(api: DataAPI, worker: Worker, paging: str, links: str) -> None:
    """Every resource, however its pages hang together."""
    api.control("settings", paging=paging, links=links)
    run = worker.sync(WELKIN_SYNC_PAGE_SIZE="5")
    assert_equal(worker.replica, api)
    records = sum(len(api.dump(name)) for name in RESOURCES)
    done = run.event("synced")
    assert (done["exit"], done["failed"], done["streams"]) == (0, 0, STREAMS)
    assert done["inserted"] == records and done["updated"] == 0


def test_a_second_run_asks_once_for_each_and_changes_nothing(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    before = replica.versions(worker.replica)
    cursors = replica.cursors(worker.replica)
    api.forget_requests()
    done = worker.sync().event("synced")
    assert replica.versions(worker.replica) == before, "not even when they were received"
    assert (done["inserted"], done["updated"], done["pages"]) == (0, 0, STREAMS)
    asked = api.requests()
    assert asked.pop("/v1/token", 0) == 0, "the token of the first run is still good"
    filtered = {"/v1/audit_logs": 3}
    assert asked == {f"/v1/{name}": filtered.get(f"/v1/{name}", 1) for name in RESOURCES}
    now = replica.cursors(worker.replica)
    assert now.keys() == cursors.keys() and all((now[name] or 0) >= (cursors[name] or 0) > 0 for name in now)


def test_a_run_brings_what_changed_and_no_more(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    changed = [name for name in RESOURCES if name not in ("alerts", "audit_logs", "external_ids", "file_attachments",
                                                          "file_uploads")]
    changes = {name: api.control("change", resource=name, count=2, seed=7, unknown_fields=1)["count"] for name in changed}
    assert list(changes.values()).count(2) > 15
    for name in RESOURCES:
        api.control("add", resource=name, count=2)
    run = worker.sync()
    assert_equal(worker.replica, api)
    for name in changed:
        done = run.event("done", resource=name)
        assert (done["inserted"], done["updated"]) == (2, changes[name]), done
        assert done["received"] <= 8, "only what is new, and what the overlap holds"


def test_more_is_in_the_columns_than_in_the_record_alone(api: DataAPI, worker: Worker) -> None:
    """Fields of the catalogue can be queried, whatever their type's spelling; others by a path."""
    worker.sync()
    api.control("change", resource="patients", count=12, unknown_fields=1)
    worker.sync()
    phases = dict(replica.rows(worker.replica, "SELECT phase, count(*) FROM patients GROUP BY phase"))
    expected: dict[object, int] = {}
    for record in api.records("patients"):
        phase = str(record["phase"]).encode()
        expected[phase] = expected.get(phase, 0) + 1
    assert phases == expected
    truths = {value for (value,) in replica.rows(worker.replica, "SELECT DISTINCT is_active FROM patients")}
    assert truths <= {0, 1, None} and {1} <= truths, "true and “true” are one value"
    unknown = replica.rows(worker.replica, "SELECT count(*) FROM patients WHERE record ->> '$.new_field_1' LIKE 'value %'")
    assert unknown == [(12,)]


def test_a_resource_that_no_catalogue_has(api: DataAPI, worker: Worker) -> None:
    api.control("resource", name="care_bundles", count=30)
    run = worker.sync("--resource", "care_bundles", WELKIN_SYNC_PAGE_SIZE="7")
    assert run.event("done")["inserted"] == 30
    assert_equal(worker.replica, api, ["care_bundles"])
    api.control("change", resource="care_bundles", count=3)
    assert worker.sync("--resource", "care_bundles").event("done")["updated"] == 3
    assert_equal(worker.replica, api, ["care_bundles"])


def test_records_that_arrive_late(api: DataAPI, worker: Worker) -> None:
    """With a time that has passed: inside the overlap the next run has them, before it a later `--since`."""
    worker.sync()
    api.control("late", resource="visits", count=2, seconds=200)
    assert worker.sync().event("done", resource="visits")["inserted"] == 2
    api.control("late", resource="visits", count=3, seconds=3600)
    assert worker.sync().event("done", resource="visits")["inserted"] == 0
    assert worker.run("verify", "--json").event("verified", resource="visits")["missing"] == 3
    assert worker.sync("--resource", "visits", "--since", "2026-01-01").event("done")["inserted"] == 3
    assert_equal(worker.replica, api)


def test_full_and_since_lose_nothing_and_write_nothing_twice(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    before = replica.versions(worker.replica)
    for words in (["--full"], ["--since", "2024-01-01"], ["--since", "2024-01-01T08:00:00Z"], ["--full", "--jobs", "4"]):
        done = worker.sync(*words).event("synced")
        assert (done["inserted"], done["updated"]) == (0, 0), words
        assert done["received"] > 12, words
    assert replica.versions(worker.replica) == before
    assert_equal(worker.replica, api)


@pytest.mark.parametrize("jobs", [1, 16])
def test_jobs_share_one_budget(api: DataAPI, worker: Worker, gate: Gate, jobs: int) -> None:
    """Of so many jobs three may ask at once; one job asks for its next page while it writes the one before."""
    at_once = 3 if jobs > 1 else 1

    def held() -> None:
        wait.until(lambda: gate.most_at_once >= at_once, "requests at once")
    gate.begin(*(Rule(number, Moment.ASKED, held) for number in range(1, at_once + 1)))
    worker.sync("--jobs", str(jobs), WELKIN_DATA_CONCURRENT_REQUESTS="3")
    assert_equal(worker.replica, api)
    most = gate.most_at_once
    assert most == 3 if jobs > 1 else most <= 2, most


def test_verify_finds_every_kind_of_drift_and_repairs_it(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    assert worker.run("verify", "--json").code == 0
    gone = api.control("delete", resource="visits", count=2)["ids"]
    replica.execute(worker.replica, "DELETE FROM calls WHERE id IN (SELECT id FROM calls LIMIT 2)")
    replica.execute(worker.replica, "UPDATE workers SET deleted_at = '2026-01-01T00:00:00+00:00'")
    replica.execute(worker.replica, "UPDATE patients SET cursor_us = cursor_us - 1000000, record = json('{}')"
                    " WHERE id IN (SELECT id FROM patients LIMIT 1)")
    # The same time, other content: for what has no time, and where Welkin's is not to be trusted.
    replica.execute(worker.replica, "UPDATE file_uploads SET record = json_set(record, '$.mime_type', 'x')")
    found = {"calls": {"missing": 2}, "patients": {"stale": 1}, "visits": {"extra": 2},
             "workers": {"deleted": len(api.dump("workers"))}, "file_uploads": {"stale": len(api.dump("file_uploads"))}}
    drifted = replica.versions(worker.replica)

    run = worker.run("verify", "--json")
    assert run.code == 1
    for name in RESOURCES:
        told = [line for line in run.events if line["event"] == "verified" and line["resource"] == name]
        kinds = {kind: sum(int(str(line[kind])) for line in told) for kind in
                 ("missing", "stale", "newer", "deleted", "extra")}
        assert {kind: number for kind, number in kinds.items() if number} == found.get(name, {}), name
    differences = [line for line in run.events if line["event"] == "difference"]
    assert len(differences) == sum(sum(kinds.values()) for kinds in found.values())
    assert not any(guid in run.errors for guid in gone), "records are told by hashes"
    assert replica.versions(worker.replica) == drifted, "without --repair nothing is written"

    repaired = worker.run("verify", "--repair", "--json")
    assert repaired.code == 0, repaired.errors
    assert_equal(worker.replica, api)
    assert worker.run("verify").code == 0
    marked = replica.rows(worker.replica, "SELECT id FROM visits WHERE deleted_at IS NOT NULL")
    assert {guid.decode() for (guid,) in marked} == set(gone), "deleted softly: the rows are still there"


def test_the_brake_on_mass_deletion(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    every = len(api.dump("sms_messages"))
    assert every > 20
    api.control("delete", resource="sms_messages", count=11)
    run = worker.run("verify", "--repair", "--json")
    assert run.code == 1
    assert "allow-mass-deletion" in str(run.event("verified", resource="sms_messages")["braked"])
    assert len(replica.records(worker.replica, "sms_messages")) == every, "none is marked"
    allowed = worker.run("verify", "--repair", "--allow-mass-deletion", "--json")
    assert allowed.code == 0, allowed.errors
    assert_equal(worker.replica, api)


def test_ten_deletions_pass_the_brake(api: DataAPI, worker: Worker) -> None:
    """The twin."""
    worker.sync()
    api.control("delete", resource="sms_messages", count=10)
    assert worker.run("verify", "--repair").code == 0
    assert_equal(worker.replica, api)


def test_what_was_deleted_and_comes_again_is_alive(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    replica.execute(worker.replica, "UPDATE visits SET deleted_at = '2026-01-01T00:00:00+00:00'")
    api.control("change", resource="visits", count=1000)
    worker.sync()
    assert_equal(worker.replica, api)


@pytest.mark.parametrize("seed", range(6))
def test_random_histories(api: DataAPI, worker: Worker, seed: int) -> None:
    """Changes, arrivals, deletions and faults between and within runs, by chance; at the end the replica is the
    source."""
    chance = Random(seed)
    for _ in range(6):
        for _ in range(chance.randrange(4)):
            name = chance.choice(RESOURCES)
            kind = chance.choice(["change", "add", "delete", "late"] if seed % 2 else ["change", "add", "late"])
            api.control(kind, resource=name, count=chance.randrange(1, 5), seed=chance.randrange(1 << 32))
        api.control("settings", churn=chance.choice([0, 0, 1, 3]), paging=chance.choice(["instant", "keyset"]),
                    links=chance.choice(["documented", "sound", "nested", "href", "meta"]))
        for fault in chance.sample(["repeat_page", "stuck_next", "bad_json", "revoke", "churn"], 2):
            api.fail(fault, at=[chance.randrange(1, 60)])
        worker.sync(code=None, WELKIN_SYNC_PAGE_SIZE=str(chance.choice([2, 7, 50])))
    api.recover()
    api.control("settings", churn=0)
    worker.sync()
    worker.run("verify", "--repair", "--allow-mass-deletion")
    assert worker.run("verify").code == 0
    assert_equal(worker.replica, api)
