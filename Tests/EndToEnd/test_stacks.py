"""One launch and one session, and some refusals, through every server and mode."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from welkin import handler, http, logs, stacks, tls
from welkin.http import Answer, Request
from welkin.session import token_of
from welkin.stacks import Stack
from welkin.tokens import Client


@pytest.fixture(scope="module", params=stacks.EVERY, ids=str)
def stack(request: pytest.FixtureRequest, new_folder: Callable[[], Path],
          certificate: tls.Certificate) -> Iterator[Stack]:
    with ExitStack() as running:
        yield running.enter_context(stacks.EVERY[request.param](new_folder(), certificate))


def test_launch_answers_with_redirect_and_cookie(stack: Stack) -> None:
    answer = stack.send(http.launch(stack.client.token(), stack.path))
    assert answer.status == 302
    folder = re.escape(stack.client.app_url.removesuffix("/launch"))
    host = re.escape(stack.client.app_url.removesuffix(stack.path))
    location = re.fullmatch(
        rf"(?={folder}/){host}(/.*a/main/[A-Za-z0-9_-]{{22}}/)#handoff=[A-Za-z0-9_-]+", answer["Location"])
    assert location, answer["Location"]
    name_and_value, *attributes = answer["Set-Cookie"].split("; ")
    assert name_and_value.startswith("__Secure-welkin=")
    assert attributes == [
        f"Path={location[1]}", "Max-Age=900", "Secure", "HttpOnly", "SameSite=None", "Partitioned"]
    assert len(answer["Set-Cookie"].split("; ")[0]) < 450, "Chromium keeps 10 KiB of them a site"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_session_lives_and_ends(stack: Stack) -> None:
    launched = stack.launch()
    read = stack.send(launched.read(cookie=True))
    assert read.status == 200, read.text
    assert read.json["worker"] == stack.client.worker
    assert read.json["patient"] == stack.client.patient
    bearer = token_of(stack.send(launched.exchange()))
    assert stack.send(launched.read(bearer=bearer)).json["patient"] == stack.client.patient
    assert stack.send(launched.renew(bearer=bearer)).status == 200
    ended = stack.send(launched.end(bearer=bearer))
    assert ended.status == 204
    assert "Max-Age=0" in ended["Set-Cookie"]


def test_refusals_reach_page_and_log(stack: Stack) -> None:
    for token, reason in [("x", "token_segments"), (stack.client.token(secret="y"), "signature_mismatch")]:
        answer = stack.send(http.launch(token, stack.path))
        assert answer.status == 401
        assert logs.with_id(stack.log, answer.id)["reason"] == reason
    assert stack.send(Request("GET", stack.path)).status == 405
    assert stack.send(http.launch(stack.client.token(), stack.path)).status == 302


def test_page_and_assets(stack: Stack) -> None:
    """With the same headers whatever the server is."""
    launched = stack.launch()
    page = stack.send(Request("GET", launched.path))
    assert page.status == 200, page.text
    assert page.all("Content-Type") == ["text/html; charset=utf-8"]
    assert page.all("Cache-Control") == ["no-store"]
    assert page.all("Referrer-Policy") == ["same-origin"]
    assert page.all("X-Content-Type-Options") == ["nosniff"]
    assert page["Content-Security-Policy"].endswith("frame-ancestors https://coach.welkinhealth.com")
    script = re.search(r'src="\.\./\.\./\.\./(assets/[^"]+\.js)"', page.text)[1]
    asset = stack.send(Request("GET", stack.path.removesuffix("launch") + script))
    assert asset.status == 200
    assert asset["Content-Type"] == "text/javascript; charset=utf-8"
    assert "max-age=31" in asset["Cache-Control"]
    for gone in ("index.html", "main/index.html", "assets/", "welkin.env", f"a/none/{'A' * 22}/"):
        assert stack.send(Request("GET", stack.path.removesuffix("launch") + gone)).status in (403, 404), gone


@pytest.mark.parametrize("size", [65_537, 200_000, 2_000_000])
def test_a_body_that_is_too_large_is_answered_whole(stack: Stack, size: int) -> None:
    """Whoever stops reading leaves it to the web server what is said, and to the browser whether it is seen."""
    for target, content_type in [(stack.path, http.FORM), (stack.launch().path + "session", "application/json")]:
        request = Request("POST", target, body=b"a" * size, content_type=content_type)
        answer = stack.send(request.having(("Origin", stack.client.app_url.removesuffix(stack.path))))
        assert answer.status == 413
        # lighttpd does not pass it on, and answers by itself.
        assert any(words in answer.text for words in ("What to do", "too_large", "<h1>413")), answer.text
    assert stack.send(http.launch(stack.client.token(), stack.path)).status == 302


@pytest.mark.parametrize("first", [True, False])
def test_a_session_in_any_cookie_line_is_found(stack: Stack, first: bool) -> None:
    """HTTP/2 may send a line for each cookie, and proxies to HTTP/1.1 leave them so."""
    read = stack.launch().read(cookie=True)
    other = ("Cookie", "other=1; more=2")
    request = read.having(other) if first else replace(read, headers=(other, *read.headers))
    assert stack.send(request).status == 200
    assert stack.send(Request("GET", read.target).having(other, other)).json["error"] == "session_missing"


def test_a_target_may_be_a_whole_url(stack: Stack) -> None:
    """As clients send it to proxies (RFC 9112, section 3.2.2)."""
    assert stack.send(http.launch(stack.client.token(), stack.site.origin + stack.path)).status == 302
    read = stack.launch().read(cookie=True)
    assert stack.send(replace(read, target=stack.site.origin + read.target)).status == 200


@pytest.mark.parametrize("query", ["x=1", "utm=100%", "a&b", ""])
def test_a_query_changes_nothing(stack: Stack, query: str) -> None:
    """Mail programs and analytics add them to whatever address they see."""
    assert stack.send(http.launch(stack.client.token(), f"{stack.path}?{query}")).status == 302
    launched = stack.launch()
    read = launched.read(cookie=True)
    assert stack.send(replace(read, target=f"{read.target}?{query}")).status == 200
    page = stack.send(Request("GET", f"{launched.path}?{query}"))
    assert page.status == 200
    script = re.search(r'src="\.\./\.\./\.\./(assets/[^"]+\.js)"', page.text)[1]
    assert stack.send(Request("GET", f"{stack.path.removesuffix('launch')}{script}?{query}")).status == 200


def test_proxy_header_changes_nothing(stack: Stack) -> None:
    """httpoxy: a `Proxy:` header becomes HTTP_PROXY in CGI."""
    answer = stack.send(http.launch(stack.client.token(), stack.path).having(("Proxy", "http://192.0.2.1:1")))
    assert answer.status == 302


def test_query_that_looks_like_an_option_changes_nothing(stack: Stack) -> None:
    """A CGI query without `=` may arrive as command line arguments (RFC 3875, section 4.4)."""
    for query in ("--version", "check", "generate-key", "--listen+unix:x.sock", "-h"):
        answer = stack.send(http.launch(stack.client.token(), f"{stack.path}?{query}"))
        assert answer.status == 302, query


def test_cgi_ignores_its_arguments(folder: Path) -> None:
    client = Client("https://app.clinic.test/launch")
    values, log = handler.settings(client), folder / "cgi.log"
    for arguments in (("--version",), ("check",), ("--listen", f"unix:{folder}/x.sock"), ("reasons",)):
        answer = handler.run_cgi(http.launch(client.token()), values, log, arguments=arguments)
        assert answer.status == 302, arguments
    assert not (folder / "x.sock").exists()


@pytest.mark.reason("length_mismatch")
def test_cgi_reads_what_was_declared_and_no_less(folder: Path) -> None:
    client = Client("https://app.clinic.test/launch")
    values, log = handler.settings(client), folder / "cgi.log"
    request = http.launch(client.token())
    for more in (1, 100, 60_000):
        answer = handler.run_cgi(request.having(length=str(len(request.body) + more)), values, log)
        assert answer.status == 400
        assert logs.with_id(log, answer.id)["reason"] == "length_mismatch"
    assert handler.run_cgi(request, values, log).status == 302


@pytest.mark.reason("too_large")
@pytest.mark.parametrize("length", ["right", None, "x"])
def test_cgi_takes_a_body_that_it_does_not_want(folder: Path, length: str | None) -> None:
    client = Client("https://app.clinic.test/launch")
    request = http.launch("x" * 2_000_000, length=length)
    with handler.start_cgi(request, handler.settings(client), folder / "cgi.log") as process:
        process.stdin.write(request.body)  # raises BrokenPipeError where nobody reads it
        process.stdin.close()
        answer = Answer.from_cgi(process.stdout.read())
    assert answer.status == (413 if length == "right" else 400)


def test_cgi_passes_over_what_was_declared_and_no_more(folder: Path) -> None:
    """A server may leave the pipe open behind it (RFC 3875, section 4.2): nobody waits for more."""
    client = Client("https://app.clinic.test/launch")
    request = http.launch("x" * 100_000)
    (folder / "body").write_bytes(request.body + b"what is not this request's")
    with open(folder / "body", "rb", buffering=0) as body, \
            handler.start_cgi(request, handler.settings(client), folder / "cgi.log", stdin=body) as process:
        assert Answer.from_cgi(process.stdout.read()).status == 413
        assert body.tell() == len(request.body)


def test_cgi_does_not_wait_for_a_pipe_that_is_left_open(folder: Path) -> None:
    client = Client("https://app.clinic.test/launch")
    with handler.start_cgi(http.launch("x", length="x"), handler.settings(client), folder / "cgi.log") as process:
        assert Answer.from_cgi(process.stdout.read()).status == 400


def test_cgi_reads_what_was_declared_and_no_more(folder: Path) -> None:
    """A server may leave its pipe open, or send what is not this request's (RFC 3875, section 4.2)."""
    client = Client("https://app.clinic.test/launch")
    request = http.launch(client.token())
    longer = request.having(body=request.body + b"&token=x", length=str(len(request.body)))
    assert handler.run_cgi(longer, handler.settings(client), folder / "cgi.log").status == 302


def test_metrics_need_a_process_that_stays(folder: Path) -> None:
    client = Client("https://app.clinic.test/launch")
    values, log = handler.settings(client), folder / "cgi.log"
    assert handler.run_cgi(Request("GET", "/healthz"), values, log).status == 200
    assert handler.run_cgi(Request("GET", "/metrics"), values, log).status == 404
