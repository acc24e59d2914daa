"""The project's nginx site: it is valid as it stands, its limits hold, and each location says what it should."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from welkin import http, stacks, tls, wait
from welkin.http import FORM, Answer, Request
from welkin.paths import BUNDLE, NGINX_FILES, tool
from welkin.stacks import Stack

LAUNCH_ID = "A" * 22
HSTS = "max-age=63072000"


def test_site_is_valid_once_its_names_are_filled_in(folder: Path, certificate: tls.Certificate) -> None:
    """Only names.conf is written; the ports move, so that the test needs none of the machine's."""
    files = folder / "welkin"
    shutil.copytree(NGINX_FILES, files)
    names = (files / "names.conf").read_text()
    settings = {"server_name": "app.example.org", "ssl_certificate": certificate.certificate,
                "ssl_certificate_key": certificate.key}
    for name, value in settings.items():
        names, count = re.subn(rf"(?m)^({name}\s+)[^;]+;", rf"\g<1>{value};", names)
        assert count == 1, f"names.conf no longer has one {name}"
    (files / "names.conf").write_text(names)
    site = files / "welkin.conf"
    text = re.sub(r"listen (\[::\]:)?(80|443)\b", lambda m: f"listen 127.0.0.1:{wait.free_port()}", site.read_text())
    site.write_text(text.replace("/var/log/nginx", str(folder)))
    (folder / "tmp").mkdir()
    config = folder / "nginx.conf"
    config.write_text(f"pid {folder}/pid; events {{}} http {{ "
                      + "".join(f"{kind}_temp_path {folder}/tmp/{kind}; "
                                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                      + "include welkin/welkin.conf; }")
    done = subprocess.run([tool("nginx"), "-t", "-e", folder / "error.log", "-p", folder, "-c", config],
                          capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def secured(answer: Answer) -> None:
    assert answer.all("Strict-Transport-Security") == [HSTS]
    assert answer.all("X-Content-Type-Options") == ["nosniff"]
    assert answer.get("Server") == "nginx", "without a version"


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
    assert "camera=(self)" in answer["Permissions-Policy"]


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


def test_large_bodies_stop_at_nginx(site: Stack) -> None:
    for size in (65 * 1024, 1 << 20):
        answer = site.send(Request("POST", "/launch", body=b"token=" + b"A" * size, content_type=FORM))
        assert answer.status == 413
        secured(answer)
        assert answer["Cache-Control"] == "no-store"
        asked = Request("POST", "/launch", (("Accept", "application/json"),), b"A" * size, FORM)
        assert site.send(asked).json["error"] == "too_large"


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
