"""The project's nginx site: its limits hold, and each location says what it should."""

import re
from pathlib import Path

import pytest

from welkin import http, stacks, tls, wait
from welkin.http import FORM, Answer, Request
from welkin.paths import BUNDLE
from welkin.session import Launched
from welkin.stacks import Stack

LAUNCH_ID = "A" * 22
HSTS = "max-age=63072000"


def secured(answer: Answer) -> None:
    assert answer.all("Strict-Transport-Security") == [HSTS]
    assert answer.all("X-Content-Type-Options") == ["nosniff"]
    assert answer.get("Server") == "nginx", "without a version"


def access(site: Stack, id: str) -> dict[str, str]:
    """The line of nginx's access log that has an id, which nginx's own errors show."""
    pattern = re.compile(rf"(?m)^.* HTTP/\S+ (?P<status>\d+) .* handler=(?P<handler>\S*) id={id}$")
    return wait.until(lambda: pattern.search(site.nginx.access_log.read_text()), f"a line with {id}").groupdict()


def test_page(site: Stack) -> None:
    answer = site.send(Request("GET", f"/a/main/{LAUNCH_ID}/"))
    assert answer.status == 200
    secured(answer)
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not answer.all("X-Frame-Options"), "it could not name another site"
    assert not answer.all("Set-Cookie") and not answer.all("ETag")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "https://coach.welkinhealth.com"
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert policy["require-trusted-types-for"] == "'script'"
    allowed = re.split(r",\s*", answer["Permissions-Policy"])
    assert [part for part in allowed if not part.endswith("=()")] == ["camera=(self)", "microphone=(self)"]


def test_launch_and_session_answers_are_secured(site: Stack) -> None:
    """What the handler answers goes out with nginx's HSTS, once, and without anything twice."""
    launch = site.send(http.launch(site.client.token()))
    assert launch.status == 302
    secured(launch)
    launched = Launched.from_answer(launch)
    read = launched.read(cookie=True)
    for request, status in ((launched.exchange(), 200), (read, 200), (launched.renew(cookie=True), 200),
                            (launched.read(), 401), (launched.renew(cookie=True, origin=None), 403),
                            (launched.end(cookie=True), 204)):
        answer = site.send(request)
        assert answer.status == status
        secured(answer)
        assert answer.all("Cache-Control") == ["no-store"]


def test_error_page_of_the_handler_can_be_seen_in_the_iframe(site: Stack) -> None:
    answer = site.send(http.launch("x"))
    assert answer.status == 401
    secured(answer)
    assert answer["Content-Type"].startswith("text/html")
    assert not answer.all("X-Frame-Options")
    [policy] = answer.all("Content-Security-Policy")
    assert "frame-ancestors https://coach.welkinhealth.com" in policy.split("; ")


def asset(site: Stack) -> str:
    page = site.send(Request("GET", f"/a/main/{LAUNCH_ID}/")).text
    return re.search(r'src="\.\./\.\./\.\.(/assets/[0-9a-f]{12}/main/[^"]+\.js)"', page)[1]


def test_assets(site: Stack) -> None:
    path = asset(site)
    answer = site.send(Request("GET", path))
    assert answer.status == 200
    secured(answer)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    for coding, name in (("gzip", "gzip"), ("br, gzip", "br")):
        packed = site.send(Request("GET", path).having(("Accept-Encoding", coding)))
        assert packed["Content-Encoding"] == name
        assert "Accept-Encoding" in packed["Vary"]
    gone = site.send(Request("GET", "/assets/000000000000/main/app.js"))
    assert gone.status == 404
    assert "immutable" not in (gone.get("Cache-Control") or "")


def test_every_file_of_the_bundle_is_served_with_a_type(site: Stack) -> None:
    for path in (BUNDLE / "assets").rglob("*"):
        if path.is_file() and path.suffix not in (".gz", ".br"):
            answer = site.send(Request("GET", f"/assets/{path.relative_to(BUNDLE / 'assets')}"))
            assert answer.status == 200
            assert answer["Content-Type"] != "application/octet-stream", path
            assert answer.body == path.read_bytes()


@pytest.mark.parametrize("path", [
    "/", "/a/", "/a/main/", f"/a/main/{LAUNCH_ID}", f"/a/main/{LAUNCH_ID}A/", f"/a/none/{LAUNCH_ID}/",
    f"/a/..%2fmain/{LAUNCH_ID}/", f"/a/main/{LAUNCH_ID}/index.html", "/assets/", "/index.html",
    "/assets/../main/index.html", "/main/index.html", "/launch/", "/.git/config", "/_authorize",
])
def test_nothing_else_is_there(site: Stack, path: str) -> None:
    answer = site.send(Request("GET", path))
    assert answer.status in (400, 404, 405)
    assert "nginx/" not in answer.text


@pytest.mark.parametrize("target, content_type", [
    ("/launch", FORM), ("/launch/video", FORM), (f"/a/main/{LAUNCH_ID}/session", "application/json")])
def test_large_bodies_stop_at_nginx(site: Stack, target: str, content_type: str) -> None:
    for size in (65 * 1024, 1 << 20):
        asked = Request("POST", target, body=b"A" * size, content_type=content_type)
        answer = site.send(asked)
        assert answer.status == 413
        secured(answer)
        assert answer["Cache-Control"] == "no-store"
        refused = site.send(asked.having(("Accept", "application/json"))).json
        assert refused["error"] == "too_large"
        line = access(site, refused["id"])
        assert (line["status"], line["handler"]) == ("413", ""), "the handler was not asked"
    answer = site.send(Request("POST", target, body=b"A" * 60 * 1024, content_type=content_type))
    assert answer.status not in (413, 503), "what is small enough is for the handler"


def test_chunked_body_is_as_good_as_any(site: Stack) -> None:
    body = http.launch(site.client.token()).body
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    answer = site.send(Request("POST", "/launch", (("Transfer-Encoding", "chunked"),), chunked, FORM, None))
    assert answer.status == 302


def test_handler_and_nginx_show_errors_in_one_style(site: Stack) -> None:
    """Both have the style in them; the hashes in their policies say whether it is the same."""
    style = re.compile(r"style-src 'sha256-[^']+'")
    handler = site.send(http.launch("x"))
    nginx = site.send(Request("GET", "/nothing-here"))
    assert (handler.status, nginx.status) == (401, 404)
    assert style.findall(handler["Content-Security-Policy"]) == style.findall(nginx["Content-Security-Policy"]) != []


def test_too_many_launches_from_one_address(folder: Path, certificate: tls.Certificate) -> None:
    """Two hundred at once pass; a loop does not, and only for the address that it comes from."""
    with stacks.nginx(folder, certificate) as stack:
        site, one, two = stack.nginx.site, "127.9.9.1", "127.9.9.2"
        request = http.launch(stack.client.token())
        statuses = [site.send(request, source=one).status for _ in range(150)]
        assert set(statuses) == {302}, "a shift that starts is let in"
        refused = wait.until(
            lambda: (answer := site.send(request, source=one)).status != 302 and answer, "a refusal", 60, 0)
        assert refused.status == 429
        assert int(refused["Retry-After"]) > 0
        secured(refused)
        assert site.send(request, source=two).status == 302


def test_a_flood_of_session_requests_is_bounded(folder: Path, certificate: tls.Certificate) -> None:
    """A clinic that opens at once is served; a loop is not, and the handler's log grows no faster than that."""
    with stacks.nginx(folder, certificate) as stack:
        launched, one, two = stack.launch(), "127.9.9.1", "127.9.9.2"
        anonymous = launched.read().having(("Accept", "application/json"))
        data = stack.nginx.site.write(anonymous, close=False)

        def statuses(count: int) -> list[int]:
            with stack.nginx.site.connect(source=one) as connection:
                return [http.Site.exchange(connection, data, "GET").status for _ in range(count)]
        first = [status for _ in range(2) for status in statuses(400)]
        assert set(first) == {401}, "200 pages with 4 requests each"
        wait.until(lambda: 429 in statuses(500), "a refusal", 60, 0)
        refused = stack.nginx.site.send(anonymous, source=one)
        if refused.status == 429:  # unless a hundredth of a second has passed
            assert refused.json["error"] == "too_many_requests"
            secured(refused)
        assert stack.nginx.site.send(launched.read(cookie=True), source=two).status == 200
        assert "limiting" not in stack.nginx.error_log.read_text(), "that would be a flood of its own"


def test_handler_that_is_down(folder: Path, certificate: tls.Certificate) -> None:
    with stacks.nginx(folder, certificate) as stack:
        stack.handler.process.stop()
        for target in ("/launch", f"/a/main/{LAUNCH_ID}/session"):
            answer = stack.send(Request("POST", target, body=b"token=x", content_type=FORM))
            assert answer.status == 503
            assert answer["Retry-After"]
            secured(answer)
        stack.handler.start()
        assert stack.send(http.launch(stack.client.token())).status == 302


def test_client_that_hangs_up_half_way(site: Stack) -> None:
    whole = site.nginx.site.write(http.launch(site.client.token()))
    for cut in (10, 60, len(whole) - 5):
        with site.nginx.site.connect() as connection:
            connection.sendall(whole[:cut])
    for _ in range(20):
        with site.nginx.site.connect() as connection:
            connection.sendall(whole)
    assert site.handler.process.running
    assert site.send(http.launch(site.client.token())).status == 302
