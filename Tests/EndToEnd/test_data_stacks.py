"""The page's data through Apache, lighttpd and the .htaccess of shared hosting: from `welkin-worker serve` over its
socket, and from the same program as CGI."""

import os
import pwd
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from welkin import data_stacks, journal, tls, wait
from welkin.data_api import DataAPI
from welkin.data_site import Data
from welkin.data_stacks import DataStack
from welkin.http import Request
from welkin.open_app import Page

#: As CGI, in each server.
CGI = [name for name in data_stacks.EVERY if "mod_proxy" not in name]


@pytest.fixture(scope="module")
def synced(new_folder: Callable[[], Path]) -> Iterator[Data]:
    with DataAPI(new_folder()) as api:
        yield Data.synced(new_folder(), api)


@pytest.fixture(scope="module", params=data_stacks.EVERY, ids=str)
def stack(request: pytest.FixtureRequest, new_folder: Callable[[], Path], certificate: tls.Certificate,
          synced: Data) -> Iterator[DataStack]:
    with ExitStack() as running:
        yield running.enter_context(data_stacks.EVERY[request.param](new_folder(), synced, certificate))


def outcomes(stack: DataStack) -> list[tuple[str, str]]:
    """What the audit says, in its order."""
    return journal.rows(stack.data.stores[1], "SELECT route, outcome FROM audit ORDER BY number")


# --- What is answered

def test_context_is_the_replicas_and_audited(stack: DataStack) -> None:
    told = stack.open().ok("context")
    assert told["patient"]["id"].lower() == stack.data.patients[0].lower()
    assert told["worker"]["id"].lower() == stack.data.person.lower()
    assert isinstance(told["as_of"], int) and told["version"] and "pending" not in told
    assert outcomes(stack)[-1] == ("context", "ok")


def test_every_route_is_there(stack: DataStack) -> None:
    page, alone = stack.open(), stack.open(None)
    patient = stack.data.patients[0]
    assert page.ok("patient", {"patient": patient})["patient"]["id"] == page.ok("context")["patient"]["id"]
    assert isinstance(alone.ok("calls/schedule")["calls"], list)
    # They are readable only as far as the operator says: what counts is who answers.
    for route, body in {"records/find": {"resource": "patients"},
                        "records/get": {"resource": "patients", "id": patient}}.items():
        answer = page.ask(route, body)
        assert answer.status in (200, 403) and answer.json.get("error") in (None, "not_readable"), answer.text
    assert page.ask("nothing").status == 404


def test_changes_are_told_at_once_where_nothing_can_wait(stack: DataStack) -> None:
    page = stack.open()
    version = page.ok("context")["version"]
    now = page.ok("changes", {"after": None})
    assert now["version"] == version
    assert page.ok("changes", {"after": "0.0"})["reset"] is True
    if stack.is_cgi:
        # The answer comes within the client's 15 s; a wait would take 25.
        told = page.ok("changes", {"after": version})
        assert (told["wait"], told["patient_changed"], told["schedule_changed"]) == (False, False, False)
    else:
        assert "wait" not in now


# --- What is refused

def test_no_session_is_no_data(stack: DataStack) -> None:
    page, other = stack.open(), stack.open(stack.data.patients[1])
    before = len(outcomes(stack))
    for bearer in (None, "x", other.bearer):
        answer = replace(page, bearer=bearer or "").ask("context", session=bearer is not None)
        assert (answer.status, "patient" in answer.json) == (401, False), answer.text
    forged = page.request("context", session=False)
    named = forged.having(("X-Welkin-Worker", stack.data.person), ("X-Welkin-Patient", stack.data.patients[0]),
                          ("X-Welkin-App", "main"))
    assert stack.stack.send(named).status == 401, "headers that name people are not believed"
    assert len(outcomes(stack)) == before, "without a session there is nobody to write down"
    page.ok("context")


@pytest.mark.parametrize("origin", [None, "null", "https://coach.welkinhealth.com"])
def test_other_pages_may_not_ask(stack: DataStack, origin: str | None) -> None:
    page = stack.open()
    answer = page.ask("context", origin=origin)
    assert (answer.status, answer.json["error"]) == (403, "origin_refused")
    page.ok("context")


def test_an_ended_session_is_over_here_too(stack: DataStack) -> None:
    page = stack.open()
    page.ok("context")
    assert stack.stack.send(page.launched.end(bearer=page.bearer)).status == 204
    assert page.ask("context").status == 401


def test_another_patient_is_refused_and_written_down(stack: DataStack) -> None:
    answer = stack.open().ask("patient", {"patient": stack.data.patients[1]})
    assert (answer.status, answer.json["error"]) == (403, "patient_mismatch")
    assert outcomes(stack)[-1] == ("patient", "patient_mismatch")
    stack.open(stack.data.patients[1]).ok("context")


def test_form_of_a_request(stack: DataStack) -> None:
    page = stack.open()
    assert page.ask("context", method="GET", body=b"", content_type=None).status == 405
    assert page.ask("context", content_type="text/plain").status == 415
    assert page.ask("context", {"patient": "x"}).status == 400
    assert page.ask("context", body=b'{"a":1,"a":2}').status == 400
    page.ok("context")


@pytest.mark.parametrize("size", [65_537, 2_000_000])
def test_a_body_that_is_too_large_is_answered_whole(stack: DataStack, size: int) -> None:
    page = stack.open()
    assert page.ask("context", body=b" " * size).status == 413
    page.ok("context", body=b"{}" + b" " * 65_534)


def test_a_query_changes_nothing(stack: DataStack) -> None:
    page = stack.open()
    request = page.request("context")
    for query in ("x=1", "--version", "serve", ""):
        assert stack.stack.send(replace(request, target=f"{request.target}?{query}")).status == 200, query


def test_paths_that_could_be_read_in_two_ways_open_nothing(stack: DataStack) -> None:
    page, other = stack.open(), stack.open(stack.data.patients[1])
    mine, theirs = page.launched.path, other.launched.path
    for target in (f"{theirs}data/../../{page.launched.launch}/data/context", f"{mine}%64ata/context",
                   f"{mine}data%2fcontext", f"{theirs}data/%2e%2e/%2e%2e/{page.launched.launch}/data/context"):
        answer = page.ask("context", target=target)
        # Whatever the server makes of it: never another's data.
        assert answer.status in (400, 401, 404) or (
            answer.status == 200 and answer.json["patient"]["id"].lower() == stack.data.patients[0].lower()), target
    page.ok("context")


# --- The service behind a proxy

@pytest.mark.parametrize("name", [name for name in data_stacks.EVERY if "mod_proxy" in name])
def test_a_restart_is_a_503_and_no_more(new_folder: Callable[[], Path], certificate: tls.Certificate, synced: Data,
                                        name: str) -> None:
    with data_stacks.EVERY[name](new_folder(), synced, certificate) as stack:
        page = stack.open()
        page.ok("context")
        stack.service.process.stop()
        assert page.ask("context").status in (502, 503)
        stack.service.start()
        # lighttpd looks again in the next second.
        wait.until(lambda: page.ask("context").status == 200, "the service is back", timeout=3)


# --- As CGI: what nobody else would do

@contextmanager
def fresh(name: str, new_folder: Callable[[], Path], certificate: tls.Certificate, synced: Data) -> Iterator[DataStack]:
    with data_stacks.EVERY[name](new_folder(), synced, certificate) as stack:
        yield stack


@pytest.mark.parametrize("name", ["Apache, mod_cgid"])
def test_entries_whose_time_is_over_are_removed_as_cgi(new_folder: Callable[[], Path], certificate: tls.Certificate,
                                                       synced: Data, name: str) -> None:
    with fresh(name, new_folder, certificate, synced) as stack:
        page, path = stack.open(), stack.data.stores[1]
        page.ok("context")
        kept = int(time.time()) - 2191 * 86_400
        for second in range(30):
            journal.add(path, kept - 2 * 86_400 + second)
        journal.add(path, kept)

        def left() -> int:
            return journal.rows(path, f"SELECT count(*) FROM audit WHERE time_us < {kept} * 1000000")[0][0]
        for count in (10, 0):
            page.ok("context")
            wait.until(lambda: left() == count, "some are removed after each answer")
        assert len(outcomes(stack)) == 4, "one of the past, and what was answered"


# --- As CGI: whose are the files

def refused(stack: DataStack, page: Page, words: str) -> None:
    """503, and the log says why, with what to do."""
    before = stack.log.read_text().count(words)
    answer = page.ask("context")
    assert (answer.status, answer.json["error"]) == (503, "unavailable"), answer.text
    assert stack.log.read_text().count(words) > before, stack.log.read_text()[-1000:]


@pytest.mark.parametrize("name", CGI)
@pytest.mark.parametrize("bits", [0o640, 0o604])
def test_files_that_others_can_read_are_refused(new_folder: Callable[[], Path], certificate: tls.Certificate,
                                                synced: Data, name: str, bits: int) -> None:
    with fresh(name, new_folder, certificate, synced) as stack:
        page = stack.open()
        page.ok("context")
        settings = next(path for path in (stack.log.parent / "welkin.env", stack.log.parent / "settings")
                        if path.exists())
        for path in (settings, stack.log.parent / "worker.env", *stack.data.stores):
            path.chmod(bits)
            refused(stack, page, "others")
            path.chmod(0o600)
            page.ok("context")


@pytest.mark.parametrize("name", ["Apache, .htaccess", "Apache, mod_cgid"])
@pytest.mark.parametrize("what", ["settings", "stores"])
def test_files_in_the_served_folder_are_refused(new_folder: Callable[[], Path], certificate: tls.Certificate,
                                                synced: Data, name: str, what: str) -> None:
    with fresh(name, new_folder, certificate, synced) as stack:
        page = stack.open()
        page.ok("context")
        folder = stack.log.parent
        served = folder / ("public_html" if name == "Apache, .htaccess" else "empty")
        moved = folder / "worker.env" if what == "settings" else stack.data.worker.home
        # A link from where the settings name it leads into what everybody gets.
        shutil.move(moved, served / moved.name)
        moved.symlink_to(served / moved.name)
        refused(stack, page, "the web server gives everybody")
        moved.unlink()
        shutil.move(served / moved.name, moved)
        page.ok("context")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("name", ["Apache, .htaccess"])
def test_cgi_and_cron_are_one_user(new_folder: Callable[[], Path], certificate: tls.Certificate, synced: Data,
                                   name: str) -> None:
    """Another user's replica is refused: 503, and the log says which file, and both users by name."""
    with fresh(name, new_folder, certificate, synced) as stack:
        page = stack.open()
        page.ok("context")
        user = pwd.getpwnam("www-data")
        for path in (stack.data.worker.home, *stack.data.worker.home.iterdir()):
            os.chown(path, 0, 0)
        refused(stack, page, "belongs to root, but this program runs as www-data")
        assert str(stack.data.worker.home) in stack.log.read_text()
        for path in (stack.data.worker.home, *stack.data.worker.home.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)
        page.ok("context")
