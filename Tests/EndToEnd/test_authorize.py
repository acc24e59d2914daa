"""An App's own back end, in another language, behind auth_request."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from welkin import stacks, tls
from welkin.http import Request
from welkin.session import Launched, token_of
from welkin.stacks import Stack


class BackEnd(BaseHTTPRequestHandler):
    """Tells what it was told; it knows nothing of sessions."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        told = json.dumps({"method": self.command, "path": self.path, "body": body.decode(),
                           "headers": {name.lower(): value for name, value in self.headers.items()}})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told.encode())

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_: object) -> None:
        """Silence: the test looks at what was told, not at a log."""


@pytest.fixture(scope="module")
def stack(new_folder, certificate: tls.Certificate) -> Iterator[Stack]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BackEnd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with stacks.nginx(new_folder(), certificate,
                          back_end=f"http://127.0.0.1:{server.server_port}") as running:
            yield running
    finally:
        server.shutdown()
        server.server_close()


def call(launched: Launched, method: str = "GET", *headers: tuple[str, str], body: bytes = b"") -> Request:
    return Request(method, f"{launched.path}api/notes?x=1", headers, body,
                   "application/json" if body else None)


def test_back_end_is_told_whose_session_it_is(stack: Stack) -> None:
    launched = stack.launch()
    bearer = token_of(stack.send(launched.exchange()))
    for how in (("X-Welkin-Session", bearer), ("Authorization", f"Bearer {bearer}"),
                ("Cookie", f"__Secure-welkin={launched.cookie}; other=1")):
        answer = stack.send(call(launched, "GET", how))
        assert answer.status == 200
        told = answer.json["headers"]
        assert told["x-welkin-app"] == "main"
        assert told["x-welkin-launch"] == launched.launch
        assert told["x-welkin-worker"] == stack.client.worker
        assert told["x-welkin-patient"] == stack.client.patient
        assert told["x-welkin-provider"] == stack.client.provider
        assert told["x-welkin-expires-at"].isdigit()
        assert not {"cookie", "authorization", "x-welkin-session"} & told.keys(), "not its business"
        assert answer["Cache-Control"] == "no-store"
        assert answer.json["path"].endswith("/api/notes?x=1")


def test_spoofed_headers_are_overwritten(stack: Stack) -> None:
    launched = stack.launch(stack.client.on_patient(None))
    bearer = token_of(stack.send(launched.exchange()))
    spoofed = [(name, "spoofed") for name in (
        "X-Welkin-App", "X-Welkin-Launch", "X-Welkin-Worker", "X-Welkin-Patient", "X-Welkin-Provider",
        "X-Welkin-Expires-At", "X-Original-Method", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override",
        "X-HTTP-Method", "X-Method-Override", "Proxy")]
    answer = stack.send(call(launched, "GET", ("X-Welkin-Session", bearer), *spoofed))
    told = answer.json["headers"]
    assert "spoofed" not in told.values()
    assert "x-welkin-patient" not in told, "there is no patient in this session"
    assert told["x-welkin-worker"] == stack.client.worker


#: `mine` is the launch of the session, `other` another one. nginx resolves each to a path of `mine`; what a
#: back end makes of it is its own affair.
AMBIGUOUS = {
    "another launch, left by ..": "/a/main/{other}/api/../../{mine}/api/notes",
    "another launch, left by encoded ..": "/a/main/{other}/api/%2e%2e/%2E%2e/{mine}/api/notes",
    "another launch, left by encoded slashes": "/a/main/{other}/api/..%2f..%2f{mine}/api/notes",
    "another App, left by ..": "/a/video/{mine}/api/../../../main/{mine}/api/notes",
    "a path outside, left by ..": "/admin/../a/main/{mine}/api/notes",
    "a path outside, left by encoded ..": "/admin/%2e%2e/a/main/{mine}/api/notes",
    "an encoded slash before api": "/a/main/{mine}%2fapi/notes",
    "an encoded slash after api": "/a/main/{mine}/api%2fnotes",
    "an encoded letter": "/%61/main/{mine}/api/notes",
    "a doubled slash": "//a/main/{mine}/api/notes",
    "there and back": "/a/main/{mine}/api/../../{other}/api/../../{mine}/api/notes",
    "there and back, encoded": "/a/main/{mine}/api/..%2F..%2F{other}%2fapi/../../{mine}/api/notes",
    "..; which some take for ..": "/a/main/{mine}/api/..;/..;/{other}/api/notes",
    "backslashes, which some take for slashes": "/a/main/{mine}/api/..%5c..%5c{other}%5capi%5cnotes",
    "plain backslashes": "/a/main/{mine}/api/..\\..\\{other}\\api\\notes",
    ". at the end": "/a/main/{mine}/api/notes/.",
    ".. at the end": "/a/main/{mine}/api/notes/..",
    ".. before the query": "/a/main/{mine}/api/notes/..?x=1",
}

#: These mean the same to everybody.
PLAIN = [
    "/a/main/{mine}/api/", "/a/main/{mine}/api/notes", "/a/main/{mine}/api/notes/7?x=1",
    "/a/main/{mine}/api/a..b/..c/.d", "/a/main/{mine}/api/a%2fb",
    "/a/main/{mine}/api/notes?path=/../x/..%2f..", "/a/main/{mine}/api/%C3%A4;v=1",
]


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_path_that_could_be_read_in_two_ways_is_not_passed_on(stack: Stack, name: str) -> None:
    """What is asked about is the path as nginx reads it; what is passed on is the path as it was sent."""
    mine, other = stack.launch(), stack.launch(stack.client.on_patient())
    session = ("X-Welkin-Session", token_of(stack.send(mine.exchange())))
    path = AMBIGUOUS[name].format(mine=mine.launch, other=other.launch)
    assert stack.send(Request("GET", path, (session,))).status == 404
    assert stack.send(call(mine, "GET", session)).status == 200


def test_plain_paths_are_passed_on_as_they_were_sent(stack: Stack) -> None:
    mine = stack.launch()
    session = ("X-Welkin-Session", token_of(stack.send(mine.exchange())))
    for pattern in PLAIN:
        path = pattern.format(mine=mine.launch)
        answer = stack.send(Request("GET", path, (session,)))
        assert (answer.status, answer.json["path"]) == (200, path)


def test_without_a_session_it_is_not_asked(stack: Stack) -> None:
    one, two = stack.launch(), stack.launch(stack.client.on_patient())
    bearer = token_of(stack.send(one.exchange()))
    for headers in ((), (("X-Welkin-Session", "x"),)):
        assert stack.send(call(one, "GET", *headers)).status == 401
    assert stack.send(call(two, "GET", ("X-Welkin-Session", bearer))).status == 401
    assert stack.send(call(one, "GET", ("X-Welkin-Session", bearer))).status == 200


def test_writing_needs_our_own_origin(stack: Stack) -> None:
    launched = stack.launch()
    session = ("X-Welkin-Session", token_of(stack.send(launched.exchange())))
    for method in ("POST", "PUT", "DELETE"):
        for origin in ((), (("Origin", "https://coach.welkinhealth.com"),), (("Origin", "null"),)):
            assert stack.send(call(launched, method, session, *origin, body=b"{}")).status == 403
        # A client that claims to have sent a GET does not get round it.
        claim = ("X-Original-Method", "GET")
        assert stack.send(call(launched, method, session, claim, body=b"{}")).status == 403
        answer = stack.send(call(launched, method, session, ("Origin", launched.origin), body=b'{"a":1}'))
        assert answer.status == 200
        assert (answer.json["method"], answer.json["body"]) == (method, '{"a":1}')


def test_authorize_is_internal(stack: Stack) -> None:
    launched = stack.launch()
    cookie = ("Cookie", f"__Secure-welkin={launched.cookie}")
    assert stack.send(Request("GET", "/_authorize", (cookie,))).status == 404
    assert stack.send(call(launched, "GET", cookie)).status == 200


def test_handler_that_is_down_lets_nobody_through(folder: Path, certificate: tls.Certificate) -> None:
    with stacks.nginx(folder, certificate, back_end="http://127.0.0.1:9") as stack:
        launched = stack.launch()
        stack.handler.process.stop()
        answer = stack.send(call(launched, "GET", ("Cookie", f"__Secure-welkin={launched.cookie}")))
        assert answer.status == 503
        stack.handler.start()


@pytest.mark.parametrize("accept, kind", [
    (None, "application/json"), ("*/*", "application/json"), ("application/json", "application/json"),
    ("text/plain, */*;q=0.5", "application/json"), ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ("Text/HTML", "text/html")])
def test_an_error_under_api_is_json_unless_html_is_asked_for(stack: Stack, accept: str | None, kind: str) -> None:
    """A script's `fetch` accepts anything."""
    launched = stack.launch()
    headers = [("Accept", accept)] if accept else []
    answer = stack.send(call(launched, "GET", *headers))
    assert answer.status == 401
    assert answer["Content-Type"].split(";")[0] == kind
    if kind == "application/json":
        assert answer.json["error"] == "unauthorized"
    # Addresses that a browser shows are pages for whoever does not say otherwise.
    assert stack.send(Request("GET", "/nothing", headers)).text.startswith("{") == (accept == "application/json")
