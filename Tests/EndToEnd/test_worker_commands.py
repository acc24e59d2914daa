"""The commands as an operator uses them: what they print and where, and their exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from welkin import handler, replica
from welkin.data_api import RESOURCES, STREAMS, DataAPI
from welkin.listener import Listener
from welkin.preload import Preload
from welkin.replica import assert_equal
from welkin.terminal import COLOUR, on_a_terminal
from welkin.worker import Worker

COMMANDS = ["sync", "status", "check", "verify", "export", "schema", "forget-resource", "audit"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(worker: Worker, command: str) -> None:
    """Without any settings."""
    run = worker.run(command, "--help", **dict.fromkeys(worker.values))
    assert (run.code, run.errors) == (0, "")
    examples = [line for line in run.text.splitlines() if line.startswith("  ") and f"welkin-worker {command}" in line]
    assert examples, run.text


def test_help_names_the_commands_and_the_exit_codes(worker: Worker) -> None:
    text = worker.run("--help").text
    for word in [*COMMANDS, "75", "130", "143"]:
        assert word in text


@pytest.mark.parametrize("words", [
    [], ["no-such-command"], ["sync", "--no-such-option"], ["sync", "--full", "--since", "2026-01-01"],
    ["sync", "--since", "yesterday"], ["sync", "--jobs", "0"], ["sync", "--jobs", "many"],
    ["sync", "--resource", "Not A Name"], ["sync", "--resource", "availability"], ["sync", "--resource", "../token"],
    ["sync", "--dry-run", "--metrics-file", "x"], ["verify", "--allow-mass-deletion"], ["export"],
    ["export", "visits"], ["export", "visits", "--format", "xml"], ["schema", "no_such_resource"],
    ["status", "visits"], ["status", "--max-lag", "15m"], ["status", "--check", "--max-lag", "15"],
    ["status", "--check", "--max-lag", "1y"], ["status", "--check", "--max-lag", "0s"], ["status", "--check", "--json"],
    ["sync", "--resource", "pateints"], ["verify", "--resource", "visit"], ["export", "pateints", "--format", "csv"],
    ["schema", "pateints"], ["sync", "--resource", "welkin_meta"], ["sync", "--resource", "sqlite_master"],
    ["sync", "--resource", "pg_class"], ["export", "welkin_meta", "--format", "csv"], ["forget-resource"],
    ["forget-resource", "Not A Name"], ["forget-resource", "audit_logs?login"],
], ids=" ".join)
def test_usage(api: DataAPI, worker: Worker, words: list[str]) -> None:
    run = worker.run(*words)
    assert run.code == 2 or (not words and run.code == 0), f"{run.code}: {run.errors}"
    assert not words or "USAGE" in run.errors.upper() or "Usage" in run.errors
    assert api.requests() == {}


#: One thing wrong each, and the setting that the message must name.
UNUSABLE = {
    "no client id": ("WELKIN_DATA_CLIENT_ID", None),
    "no secret": ("WELKIN_DATA_CLIENT_SECRET", None),
    "a secret that could be guessed": ("WELKIN_DATA_CLIENT_SECRET", "short"),
    "no provider": ("WELKIN_PROVIDER_ID", None),
    "a provider that is no id": ("WELKIN_PROVIDER_ID", "no such id"),
    "no replica": ("WELKIN_REPLICA", None),
    "an API without TLS": ("WELKIN_DATA_API_URL", "http://api.welkinhealth.com"),
    "an API with a path": ("WELKIN_DATA_API_URL", "https://api.welkinhealth.com/v1"),
    "a resource that is none": ("WELKIN_RESOURCES", "patients,visit"),
    "a number that is none": ("WELKIN_SYNC_OVERLAP", "soon"),
    "a page of nothing": ("WELKIN_SYNC_PAGE_SIZE", "0"),
    "a path that nobody expands": ("WELKIN_REPLICA", "$HOME/replica.db"),
    "a path at nobody's home": ("WELKIN_REPLICA", "~/replica.db"),
    "a path from nowhere": ("WELKIN_REPLICA", "replica.db"),
    "a secret at nobody's home": ("WELKIN_DATA_CLIENT_SECRET_FILE", "~/secret"),
    "nothing to pull": ("WELKIN_RESOURCES", "availability"),
    "a heartbeat that is no URL": ("WELKIN_HEARTBEAT_URL", "ping"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_settings(api: DataAPI, worker: Worker, name: str) -> None:
    setting, value = UNUSABLE[name]
    for command in ("sync", "verify", "check"):
        # check alone tries what it can all the same, to say every problem at once.
        assert api.requests() == {}
        run = worker.run(command, **{setting: value})
        assert run.code == 4 and setting in run.errors + run.text, command
        assert value is None or len(value) < 5 or "SECRET" not in setting or value not in run.errors + run.text
    assert not worker.replica.exists()


def test_settings_from_files(folder: Path, api: DataAPI, worker: Worker) -> None:
    """As cron and systemd have them: a file with the settings, and one that holds the secret and nothing else."""
    secret = folder / "secret"
    secret.write_text(f"{worker.values['WELKIN_DATA_CLIENT_SECRET']}\n")
    secret.chmod(0o600)
    given = {name: value for name, value in worker.values.items()
             if value is not None and name != "WELKIN_DATA_CLIENT_SECRET"}
    path = handler.config_file(folder / "settings", {**given, "WELKIN_DATA_CLIENT_SECRET_FILE": str(secret)})
    worker.values = {"WELKIN_CONFIG": str(path)}
    worker.sync()
    assert_equal(worker.home / "replica.db", api)


def test_check_when_all_is_well(api: DataAPI, worker: Worker) -> None:
    run = worker.run("check")
    assert run.code == 0, run.text
    lines = [line.split() for line in run.text.splitlines()]
    assert [words[0] for words in lines] == ["ok"] * len(lines)
    assert {words[1] for words in lines} >= {"replica", "credentials,", "patients", "alerts?alert_type=app_message"}
    assert not worker.replica.exists(), "it changes nothing"
    assert len(lines) == STREAMS + 2


def test_check_says_every_problem_at_once(worker: Worker) -> None:
    wrong = {"WELKIN_DATA_CLIENT_SECRET": "short", "WELKIN_SYNC_OVERLAP": "soon", "WELKIN_DATA_API_URL": "api.welkinhealth.com",
             "WELKIN_RESOURCES": "visit", "WELKIN_HEARTBEAT_URL": "ping"}
    worker.sync()
    worker.replica.chmod(0o644)
    run = worker.run("check", **wrong, WELKIN_SYNC_PAGESIZE="7")
    assert run.code == 4
    assert [name for name in wrong if name not in run.text] == []
    assert f"chmod 600 {worker.replica}" in run.text
    assert "WELKIN_SYNC_PAGESIZE" in run.text, "a misspelt setting is told"


def test_check_tries_each_scope(api: DataAPI, worker: Worker) -> None:
    scopes = [f"{name}.read" for name in RESOURCES if name not in ("visits", "workers")]
    run = worker.run("check", WELKIN_DATA_SCOPES=" ".join(scopes))
    assert run.code == 4
    problems = [line for line in run.text.splitlines() if line.startswith("problem")]
    assert len(problems) == 2 and "visits.read" in problems[0] and "workers.read" in problems[1]


def test_check_of_credentials_and_network(api: DataAPI, worker: Worker) -> None:
    wrong = worker.run("check", WELKIN_DATA_CLIENT_SECRET="not-the-secret-of-the-tests")
    assert wrong.code == 4 and "WELKIN_DATA_CLIENT_SECRET" in wrong.text
    unreachable = worker.run("check", WELKIN_DATA_API_URL="http://127.0.0.1:9")
    assert unreachable.code == 1 and "WELKIN_DATA_API_URL" in unreachable.text


def test_status(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    by_name = worker.status()
    assert len(by_name) == STREAMS
    for name in RESOURCES:
        rows = sum(int(str(line["rows"])) for line in by_name.values() if line["resource"] == name)
        assert rows == len(api.dump(name)), name
    patients = by_name["patients"]
    assert patients["cursor"] and patients["last_success"] and 0 <= int(str(patients["lag_seconds"])) < 60
    assert (patients["deleted"], patients["quarantined"], patients["last_error"]) == (0, 0, None)
    verdict = worker.run("status").text.splitlines()
    assert len(verdict) == 2 and verdict[0].startswith(f"{len(RESOURCES)} resources current, longest lag ")
    table = worker.run("status", "--all").text.splitlines()
    assert len(table) == STREAMS + 3 and table[2].startswith("RESOURCE")
    assert all(len(line) <= 80 for line in table)
    # It needs nothing but to know where the replica is.
    assert worker.run("status", **{name: None for name in worker.values if name != "WELKIN_REPLICA"}).code == 0


@pytest.mark.parametrize("command", [["status"], ["export", "visits", "--format", "csv"]])
def test_there_is_no_replica(worker: Worker, command: list[str]) -> None:
    run = worker.run(*command)
    assert run.code == 4 and "welkin-worker sync" in run.errors
    assert not worker.home.exists(), "and none is made"


def test_schema(worker: Worker) -> None:
    names = [line.split()[0] for line in worker.run("schema").text.splitlines()[1:]]
    assert set(names) == {*RESOURCES, "availability"}
    worker.sync()
    for name in RESOURCES:
        told = {line.split()[0] for line in worker.run("schema", name).text.splitlines()[1:]}
        columns = {column.decode() for _, column, *_ in replica.rows(worker.replica, f"PRAGMA table_info({name})")}
        assert told == columns, name


def test_export_as_lines(api: DataAPI, worker: Worker) -> None:
    """Each record as the API has it."""
    worker.sync()
    for name in RESOURCES:
        run = worker.run("export", name, "--format", "ndjson")
        assert (run.code, run.errors) == (0, "")
        assert sorted(run.output.splitlines()) == sorted(api.dump(name)), name


def test_export_as_csv(api: DataAPI, worker: Worker, folder: Path) -> None:
    """RFC 4180, and what Python's reader makes of it is what the records say."""
    worker.sync()
    file = folder / "patients.csv"
    run = worker.run("export", "patients", "--format", "csv", "--output", str(file))
    assert (run.code, run.output, run.errors) == (0, b"", "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert worker.run("export", "patients", "--format", "csv").output == file.read_bytes()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(file.read_bytes().decode(), newline=""), strict=True)}
    records = api.records("patients")
    assert len(rows) == len(records)
    for record in records:
        row = rows[str(record["id"])]
        for name in ("first_name", "last_name", "city", "birthday", "street_line_two"):
            assert row[name] == (record.get(name) or ""), name


def test_export_leaves_out_what_is_deleted(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    api.control("delete", resource="visits", count=1)
    assert worker.run("verify", "--repair").code == 0
    run = worker.run("export", "visits", "--format", "ndjson")
    assert sorted(run.output.splitlines()) == sorted(api.dump("visits"))


def test_an_export_that_is_killed_leaves_no_half_file(worker: Worker, preload: Preload, folder: Path) -> None:
    """At any point of its writing the old file is there, or the new one, whole."""
    worker.sync()
    target = folder / "out"
    target.mkdir()
    file = target / "sms.csv"
    words = ["export", "sms_messages", "--format", "csv", "--output", str(file)]
    assert worker.run(*words).code == 0
    whole, left = file.read_bytes(), 0
    for number in range(1, 100):
        file.write_bytes(b"the old one")
        run = worker.run(*words, **preload.kill(target, number))
        assert file.read_bytes() in (b"the old one", whole), f"point {number}"
        if run.code == 0:
            break
        assert run.code == -9
        # What is half written has a name by which it is known, and goes with the next run.
        rest = [path.name for path in target.iterdir() if path != file]
        assert len(rest) <= 1 and all(name.startswith(".sms.csv.welkin-worker-") for name in rest), rest
        left += len(rest)
    assert 6 < number < 99
    assert file.read_bytes() == whole
    assert left and list(target.iterdir()) == [file]


def test_an_export_that_cannot_be_written(worker: Worker, folder: Path) -> None:
    worker.sync()
    run = worker.run("export", "visits", "--format", "csv", "--output", str(folder / "no" / "such" / "file"))
    assert run.code == 1 and "No such file" in run.errors and f"install -d -m 700 {folder}/no/such" in run.errors
    full = worker.run("export", "visits", "--format", "csv", under=["sh", "-c", 'exec "$@" > /dev/full', "sh"])
    assert full.code == 1 and "No space left" in full.errors
    nothing = worker.run("export", "care_bundles", "--format", "csv")
    assert nothing.code == 1 and "care_bundles" in nothing.errors


def test_a_dry_run_counts_and_writes_nothing(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    changed = api.control("change", resource="patients", count=4)["count"]
    api.control("add", resource="visits", count=3)
    before, cursors = replica.versions(worker.replica), replica.cursors(worker.replica)
    preview = worker.run("sync", "--dry-run", "--json")
    assert preview.code == 0
    counted = preview.event("previewed")
    assert (counted["inserted"], counted["updated"]) == (3, changed)
    assert replica.versions(worker.replica) == before and replica.cursors(worker.replica) == cursors
    done = worker.sync().event("synced")
    assert (done["inserted"], done["updated"]) == (3, changed)


def test_a_resource_that_the_api_does_not_have(worker: Worker) -> None:
    run = worker.sync("--resource", "no_such_resource", code=1)
    assert run.event("failed")["code"] == "not_found"


def test_a_required_filter_without_a_value(api: DataAPI, worker: Worker) -> None:
    """Left out and told; asked for by name, it is for the operator to put right."""
    run = worker.sync(WELKIN_FILTER_AUDIT_LOGS=None)
    assert "WELKIN_FILTER_AUDIT_LOGS" in str(run.event("skipped", resource="audit_logs")["problem"])
    assert "/v1/audit_logs" not in api.requests()
    worker.sync("--resource", "audit_logs", code=4, WELKIN_FILTER_AUDIT_LOGS=None)


def test_lines_where_nobody_watches(worker: Worker) -> None:
    run = worker.run("sync")
    assert run.output == b""
    lines = run.errors.splitlines()
    assert len(lines) == STREAMS + 1
    assert all(line.startswith(("welkin-worker: event=done ", "welkin-worker: event=synced ")) for line in lines)
    assert "\x1b" not in run.errors and "█" not in run.errors


def test_quiet_says_nothing_of_a_good_run_and_all_of_a_bad_one(api: DataAPI, worker: Worker) -> None:
    assert worker.run("sync", "--quiet").errors == ""
    api.fail("status", status=403, path="/v1/visits")
    run = worker.run("sync", "--quiet")
    assert run.code == 3
    assert [line.split()[1] for line in run.errors.splitlines()] == ["event=failed", "event=synced"]


def test_json_is_an_object_a_line(worker: Worker) -> None:
    run = worker.run("sync", "--json")
    lines = [json.loads(line) for line in run.errors.splitlines()]
    assert all({"event", "time", "level"} <= line.keys() for line in lines)
    assert [line["event"] for line in lines].count("done") == STREAMS


def test_bars_on_a_terminal(api: DataAPI, worker: Worker) -> None:
    """A bar a resource that brings something, each with its records; what is drawn is drawn over."""
    api.control("add", resource="patients", count=3000)
    shown = on_a_terminal(worker, "sync")
    assert shown.code == 0
    bars = [line for line in shown.last_lines if line.startswith("patients ")]
    assert len(bars) == 1 and "█" * 16 in bars[0] and "100%" in bars[0] and "3,0" in bars[0] and "/s" in bars[0]
    with_records = {line["resource"] for line in worker.status().values() if line["rows"]}
    assert {line.split()[0].split("?")[0] for line in shown.last_lines if "█" in line} == with_records
    assert "\x1b[" in shown.raw, "redrawn in place"
    assert all(len(line) < 100 for frame in shown.frames for line in frame)
    assert any(f" of {len(RESOURCES)} resources, " in frame[-1] for frame in shown.frames if frame)
    assert shown.last_lines[-2].startswith(f"Up to date: {len(RESOURCES)} resources, in ")
    again = on_a_terminal(worker, "sync")
    assert again.code == 0 and not [line for line in again.last_lines if "█" in line], "nothing was new"
    assert again.last_lines[0].startswith("Up to date: nothing new in ")
    quiet = on_a_terminal(worker, "sync", "--quiet")
    assert (quiet.code, quiet.raw) == (0, "")


@pytest.mark.parametrize("columns", [80, 50])
def test_on_a_narrow_terminal(api: DataAPI, worker: Worker, columns: int) -> None:
    """Nothing is wider than it; a bar keeps its percentage."""
    api.fail("status", status=403, path="/v1/visits")
    shown = on_a_terminal(worker, "sync", columns=columns)
    assert shown.code == 3
    assert all(len(line) <= columns for frame in shown.frames for line in frame)
    assert all(line.rstrip().endswith("%") or " record" in line for line in shown.last_lines if "█" in line)
    said = " ".join(line.strip() for line in shown.last_lines)
    assert "visits failed: Welkin does not allow it" in said and "Ask Welkin for the scope" in said
    status = on_a_terminal(worker, "status", columns=columns)
    assert all(len(line) <= columns for line in status.last_lines)
    assert status.last_lines[0].startswith(f"1 of {len(RESOURCES)} resources not current: 1 failing")
    assert any(line.startswith("visits ") for line in status.last_lines)


def test_colours(worker: Worker) -> None:
    assert COLOUR.search(on_a_terminal(worker, "sync").raw)
    for setting in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert not COLOUR.search(on_a_terminal(worker, "status", **setting).raw)
    assert COLOUR.search(on_a_terminal(worker, "status", NO_COLOR="").raw)
    assert "\x1b" not in worker.run("status").text


def test_verify_on_a_terminal(api: DataAPI, worker: Worker) -> None:
    """A bar while it works, and a verdict with the next command at its end, which then puts it right."""
    worker.sync()
    shown = on_a_terminal(worker, "verify")
    assert any(line.startswith("patients ") and "░" in line for frame in shown.frames for line in frame)
    assert len(shown.last_lines) == 1 and shown.last_lines[0].startswith("In order: ")
    api.control("delete", resource="visits", count=2)
    drifted = on_a_terminal(worker, "verify")
    assert drifted.code == 1 and drifted.last_lines[0].startswith("2 differ: 2 extra.")
    command = drifted.last_lines[-1].removeprefix("Next: welkin-worker ")
    assert command == "verify --repair --resource visits"
    assert "--repair would mark 2 records as deleted" in " ".join(drifted.last_lines)
    assert on_a_terminal(worker, *command.split()).code == 0
    assert on_a_terminal(worker, "verify").code == 0


def test_verify_ends_in_a_verdict_in_a_log_too(api: DataAPI, worker: Worker) -> None:
    worker.sync()
    assert "remedy" not in worker.run("verify", "--json").event("compared", exit=0, differ=0)
    assert worker.run("verify", "--quiet").errors == ""
    api.control("delete", resource="visits", count=2)
    said = worker.run("verify", "--quiet").errors.splitlines()[-1]
    assert "event=compared" in said and 'remedy="welkin-worker verify --repair --resource visits"' in said


def test_status_for_a_monitor(api: DataAPI, worker: Worker) -> None:
    assert worker.run("status", "--check").code == 4, "there is no replica"
    worker.sync()
    good = worker.run("status", "--check", "--max-lag", "15m")
    assert (good.code, good.errors) == (0, "") and good.text.startswith("OK: ") and good.text.count("\n") == 1
    api.fail("status", status=403, path="/v1/visits")
    worker.sync(code=3)
    bad = worker.run("status", "--check")
    assert bad.code == 1 and bad.text.startswith("PROBLEM: ") and "visits failing (forbidden)" in bad.text
    api.recover()
    worker.sync()
    replica.execute(worker.replica, "UPDATE welkin_streams SET cursor_us = cursor_us - 3600000000 WHERE resource = 'calls'")
    behind = worker.run("status", "--check", "--max-lag", "30m")
    assert behind.code == 1 and "calls 60 min behind" in behind.text
    assert worker.run("status", "--check", "--max-lag", "2h").code == 0


def test_a_cursor_in_the_future_has_no_lag(worker: Worker) -> None:
    worker.sync()
    replica.execute(worker.replica, "UPDATE welkin_streams SET cursor_us = cursor_us + 7200000000 WHERE resource = 'calls'")
    calls = worker.status()["calls"]
    assert calls["lag_seconds"] is None and 7000 < int(str(calls["cursor_ahead_seconds"])) <= 7200
    text = worker.run("status").text
    assert "in the future" in text and "-7" not in text
    assert worker.run("status", "--check").code == 1


@pytest.mark.parametrize("words", [
    ["sync", "--resource", "pateints"], ["verify", "--resource", "pateints"], ["export", "pateints", "--format", "csv"],
    ["schema", "pateints"]], ids=" ".join)
def test_did_you_mean(api: DataAPI, worker: Worker, words: list[str]) -> None:
    run = worker.run(*words)
    assert run.code == 2 and "Did you mean patients?" in run.errors
    assert api.requests() == {}


def test_did_you_mean_of_settings(api: DataAPI, worker: Worker) -> None:
    resource = worker.run("sync", WELKIN_RESOURCES="patients,visit")
    assert resource.code == 4 and "Did you mean visits?" in resource.errors
    assert api.requests() == {}
    name = worker.sync(WELKIN_SYNC_JBOS="3")
    assert name.event("settings")["remedy"] == "Did you mean WELKIN_SYNC_JOBS?"
    missing = worker.run("sync", WELKIN_REPLICA=None, WELKIN_REPLCA="/tmp/x")
    assert missing.code == 4 and "Did you mean WELKIN_REPLICA?" in missing.errors


@pytest.mark.parametrize("command", ["sync", "verify", "status", "check"])
def test_a_settings_file_that_cannot_be_read_is_the_only_problem(worker: Worker, command: str) -> None:
    path = str(worker.folder / "no-such-file")
    worker.values = {"WELKIN_CONFIG": path}
    run = worker.run(command)
    assert run.code == 4
    lines = (run.errors + run.text).splitlines()
    assert len(lines) == 1 and path in lines[0], lines


def test_json_whatever_is_wrong(worker: Worker) -> None:
    """Each line is an object with the event, the problem and the remedy."""
    worker.sync()
    wrong: list[tuple[str, list[str], dict[str, str | None]]] = [
        ("usage", ["sync", "--json", "--no-such-option"], {}),
        ("usage", ["verify", "--json", "--resource", "pateints"], {}),
        ("settings", ["sync", "--json"], {"WELKIN_REPLICA": None}),
        ("settings", ["verify", "--json"], {"WELKIN_CONFIG": "/nonexistent"}),
        ("settings", ["status", "--json"], {"WELKIN_REPLICA": None}),
        ("replica", ["sync", "--json"], {"WELKIN_PROVIDER_ID": "6d0c1b7e-9a64-4c1f-8d2b-3e7f60a1c9d4"}),
        ("replica", ["status", "--json"], {"WELKIN_REPLICA": str(worker.home / "other.db")})]
    for event, words, changes in wrong:
        run = worker.run(*words, **changes)
        assert run.code in (2, 4) and run.output == b"", words
        lines = [json.loads(line) for line in run.errors.splitlines()]
        assert lines and all(line["event"] == event and line["level"] == "error" for line in lines), run.errors
        assert all(line["problem"] and line["remedy"] and line["time"] for line in lines)
    assert not worker.run("sync", "--no-such-option").errors.startswith("{")


def test_forget_resource(api: DataAPI, worker: Worker) -> None:
    worker.sync("--resource", "no_such_resource", code=1)
    worker.sync()
    known = worker.status()
    if "no_such_resource" in known:
        assert worker.run("forget-resource", "no_such_resource").code == 0
        assert "no_such_resource" not in worker.status()
    rows = known["visits"]["rows"]
    refused = worker.run("forget-resource", "visits")
    assert refused.code == 1 and f"{rows} records" in refused.errors and "--records" in refused.errors
    assert worker.status().keys() >= {"visits"}
    assert worker.run("forget-resource", "visits", "--records").code == 0
    assert worker.run("forget-resource", "audit_logs?event_type=login", "--records").code == 0
    gone = {"visits", "audit_logs?event_type=login", "no_such_resource"}
    assert worker.status().keys() == known.keys() - gone
    unknown = worker.run("forget-resource", "visits")
    assert unknown.code == 1 and "the replica has no" in unknown.errors
    near = worker.run("forget-resource", "pateints")
    assert near.code == 1 and "Did you mean patients?" in near.errors
    worker.sync()
    assert_equal(worker.replica, api)


def test_forget_resource_makes_no_replica(worker: Worker) -> None:
    assert worker.run("forget-resource", "visits").code == 4 and not worker.home.exists()
    worker.sync()
    assert worker.run("forget-resource", "visits", "--records", WELKIN_PROVIDER_ID=None).code == 4
    assert "visits" in worker.status()


def families(path: Path) -> dict[str, dict[tuple[str, ...], float]]:
    """What Prometheus reads in a file: by metric, the values by their labels."""
    return {family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
            for family in text_string_to_metric_families(path.read_text())}


def test_metrics(api: DataAPI, worker: Worker, folder: Path) -> None:
    path = folder / "welkin.prom"
    worker.sync("--metrics-file", str(path))
    found = families(path)
    rows = found["welkin_worker_rows"]
    assert rows[("patients",)] == len(api.dump("patients"))
    assert len(rows) == STREAMS == len(found["welkin_worker_last_success_timestamp_seconds"])
    assert set(found["welkin_worker_failing"].values()) == {0}
    assert found["welkin_worker_run_exit_code"] == {(): 0}
    assert found["welkin_worker_run_requests"][("200",)] == sum(api.requests().values())
    assert all(0 <= lag < 60 for lag in found["welkin_worker_lag_seconds"].values())
    assert path.stat().st_mode & 0o777 == 0o644, "for the collector"
    assert list(folder.glob(".welkin.prom*")) == []

    api.fail("status", status=503, path="/v1/visits", times=1)
    api.fail("status", status=403, path="/v1/workers")
    worker.sync("--metrics-file", str(path), code=3)
    later = families(path)
    assert later["welkin_worker_run_retries"] == {(): 1} and later["welkin_worker_run_exit_code"] == {(): 3}
    assert {labels for labels, value in later["welkin_worker_failing"].items() if value} == {("workers",)}
    assert later["welkin_worker_run_requests"][("403",)] == 1
    success = "welkin_worker_last_success_timestamp_seconds"
    assert later[success][("workers",)] == found[success][("workers",)]
    assert later[success][("visits",)] > found[success][("visits",)]


def test_metrics_that_cannot_be_written_stop_nothing_and_are_told(api: DataAPI, worker: Worker, folder: Path) -> None:
    run = worker.sync("--metrics-file", str(folder / "no" / "such.prom"), code=3)
    told = run.event("metrics")
    assert told["level"] == "warning" and f"install -d -m 700 {folder}/no" in str(told["problem"])
    assert run.event("synced")["failed"] == 0, "what was pulled is in"
    full = worker.sync("--metrics-file", "/dev/full", code=3)
    assert "No space left" in str(full.event("metrics")["problem"])
    assert_equal(worker.replica, api)


def test_the_heart_beats_after_success_alone(api: DataAPI, worker: Worker) -> None:
    with Listener() as monitor:
        address = {"WELKIN_HEARTBEAT_URL": f"{monitor.origin}/ping/a-secret-of-the-monitor"}
        worker.sync(**address)
        assert monitor.paths == ["/ping/a-secret-of-the-monitor"]
        worker.run("sync", "--dry-run", **address)
        api.fail("status", status=403, path="/v1/visits")
        worker.sync(code=3, **address)
        api.recover()
        assert len(monitor.paths) == 1
        monitor.status = 500
        run = worker.sync(**address)
        assert run.event("heartbeat")["status"] == 500
    # A monitor that cannot be reached changes nothing about the run.
    run = worker.sync(**address)
    assert run.event("heartbeat")["level"] == "warning"
    assert "a-secret-of-the-monitor" not in worker.log.read_text()
