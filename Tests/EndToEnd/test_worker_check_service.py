"""What `check` tells of `serve`: only where the settings are for both, its settings, whose the stores are, and whether
this clinic's notes are where the settings say."""

import os
import pwd
from pathlib import Path

import pytest

from welkin import handler
from welkin.data_api import PROVIDER, DataAPI
from welkin.paths import tool
from welkin.tokens import Client
from welkin.worker import Run, Worker


def lines(run: Run, kind: str) -> list[str]:
    return [line for line in run.text.splitlines() if line.startswith(kind)]


@pytest.fixture
def serving(worker: Worker) -> Worker:
    """A worker with the handler's settings among its own."""
    worker.sync()
    client = Client("https://app.clinic.test/launch", provider=PROVIDER)
    worker.values |= handler.settings(client)
    return worker


def types(api: DataAPI) -> list[dict]:
    return api.records("custom_data_type_records")


def test_settings_of_a_worker_alone_say_nothing_of_serve(worker: Worker) -> None:
    worker.sync()
    run = worker.run("check")
    assert run.code == 0 and "serve" not in run.text


def test_user_is_named(serving: Worker) -> None:
    run = serving.run("check")
    assert run.code == 0, run.text
    assert "ok       serve: its settings" in run.text
    name = pwd.getpwuid(os.geteuid()).pw_name
    assert lines(run, "note     serve") == [f"note     serve: sync, serve and CGI programs must run as {name}"]


@pytest.mark.parametrize("wrong", [
    {"WELKIN_SESSION_KEY": None}, {"WELKIN_TIMEZONE": "Europe/Nowhere"}, {"WELKIN_READABLE": "patient"},
    {"WELKIN_ACCESS": "everybody"}, {"WELKIN_NOTE_FIELDS": "text=a"}])
def test_problems_of_serve_are_told(serving: Worker, wrong: dict[str, str | None]) -> None:
    [name] = wrong
    run = serving.run("check", **wrong)
    assert run.code == 4
    assert [line for line in lines(run, "problem") if name in line and "serve: " in line], run.text
    assert serving.run("check").code == 0


def test_problem_of_both_is_told_once(serving: Worker) -> None:
    run = serving.run("check", WELKIN_DATA_CLIENT_SECRET="short")
    assert len([line for line in lines(run, "problem") if "WELKIN_DATA_CLIENT_SECRET" in line]) == 1, run.text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_another_users_stores_are_told_by_name(serving: Worker) -> None:
    os.chown(serving.replica, pwd.getpwnam("www-data").pw_uid, -1)
    run = serving.run("check")
    name = pwd.getpwuid(os.geteuid()).pw_name
    assert run.code == 4
    assert any(f"belongs to www-data, but this program runs as {name}" in line for line in lines(run, "problem")), run.text


def test_nginx_needs_connections_for_pages_that_wait(serving: Worker, folder: Path) -> None:
    """In place of the host's own configuration, which is as Debian has it or not there at all."""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    mount = 'mount -t tmpfs tmpfs /etc/nginx && if [ -e "$1" ]; then cp "$1" /etc/nginx; fi && shift && exec "$@"'
    main = folder / "nginx.conf"

    def warnings() -> list[str]:
        done = serving.run("check", under=[tool("unshare"), "--mount", *root, "sh", "-c", mount, "sh", main])
        assert done.code == 0, done.text + done.errors
        return lines(done, "warning  nginx")
    assert warnings() == [], "there is no nginx"
    main.write_text("events {\n\tworker_connections 768;\n\t# worker_connections 4096;\n}\n")
    assert warnings() == ["warning  nginx: /etc/nginx/nginx.conf lets 384 pages wait for changes in each worker process of "
                          "nginx; write worker_connections 4096; there for a thousand"]
    main.write_text("events { worker_connections 4096; }\n")
    assert warnings() == []


def test_notes_are_compared(api: DataAPI, serving: Worker) -> None:
    record = types(api)[0]
    kind, member = str(record["type_name"]), sorted(record["body"])[0]
    good = {"WELKIN_NOTE_TYPE": kind, "WELKIN_NOTE_FIELDS": f"text={member}"}
    run = serving.run("check", **good)
    assert run.code == 0 and f"ok       notes: records of {kind}" in run.text, run.text
    run = serving.run("check", **{**good, "WELKIN_NOTE_TYPE": "no_such_type"})
    assert run.code == 0
    [warning] = lines(run, "warning  notes")
    assert "no record of the type no_such_type" in warning and kind in warning
    run = serving.run("check", **{**good, "WELKIN_NOTE_FIELDS": f"text={member},author=no_such_member"})
    assert "no_such_member" in lines(run, "warning  notes")[0]
    for value in record["body"].values():
        assert str(value) not in run.text, "members are named, values are not"
