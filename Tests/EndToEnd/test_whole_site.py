"""The site as it is installed, welkin.conf with nothing but names.conf filled in, and the copies of its policies."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from welkin import http, tls, wait
from welkin.http import Answer, Request, Site
from welkin.paths import BUNDLE, DEPLOY_FILES, NGINX_FILES, tool
from welkin.process import Process
from welkin.stacks import APP_NAME

SOCKETS = "/run/welkin"


@dataclass
class Installed:
    """Both servers of welkin.conf, on ports of this test's own."""

    command: list[str | Path]
    plain: Site
    secure: Site


@pytest.fixture(scope="module")
def installed(new_folder, certificate: tls.Certificate) -> Iterator[Installed]:
    """Only names.conf is written, and the line for the page's data is not a comment any more; the ports, the log and the
    sockets move, so that the test needs none of the machine's. Nobody listens on the sockets."""
    folder = new_folder()
    files = folder / "welkin"
    shutil.copytree(NGINX_FILES, files)
    names = (files / "names.conf").read_text()
    settings = {"server_name": APP_NAME, "ssl_certificate": certificate.certificate,
                "ssl_certificate_key": certificate.key, r"set \$welkin_bundle": BUNDLE}
    for name, value in settings.items():
        names, count = re.subn(rf"(?m)^({name}\s+)[^;]+;", rf"\g<1>{value};", names)
        assert count == 1, f"names.conf no longer has one {name}"
    (files / "names.conf").write_text(names)

    ports = {"80": wait.free_port(), "443": wait.free_port()}
    site = files / "welkin.conf"
    text = re.sub(r"(?m)^ *listen \[::\]:.*\n", "", site.read_text())
    text = re.sub(r"listen (80|443)\b", lambda m: f"listen 127.0.0.1:{ports[m[1]]}", text)
    assert text.count("#include welkin/snippets/data.conf;") == 1
    text = text.replace("#include welkin/snippets/data.conf;", "include welkin/snippets/data.conf;")
    site.write_text(text.replace("/var/log/nginx", str(folder)))
    upstream = files / "upstream.conf"
    assert upstream.read_text().count(f"unix:{SOCKETS}/") == 2
    upstream.write_text(upstream.read_text().replace(SOCKETS, f"{folder}/none"))

    (folder / "tmp").mkdir()
    config = folder / "nginx.conf"
    config.write_text(("user root; " if os.geteuid() == 0 else "")
                      + f"daemon off; pid {folder}/pid; events {{}} http {{ "
                      + "".join(f"{kind}_temp_path {folder}/tmp/{kind}; "
                                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                      + "include welkin/welkin.conf; }")
    command = [tool("nginx"), "-e", folder / "error.log", "-p", folder, "-c", config]
    with Process(command, folder / "stderr.log", lambda: all(map(wait.accepts_tcp, ports.values()))):
        yield Installed(command, Site(APP_NAME, ports["80"]), Site(APP_NAME, ports["443"], certificate.authority))


def test_site_is_valid_once_its_names_are_filled_in(installed: Installed) -> None:
    done = subprocess.run([*installed.command, "-t"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr
    page = installed.secure.send(Request("GET", f"/a/main/{'A' * 22}/"))
    assert page.status == 200
    assert installed.secure.send(http.launch("x")).status == 503, "there is no handler"


@pytest.mark.parametrize("route", ["context", "patient", "changes", "calls/schedule", "records/find", "records/get"])
def test_data_that_nobody_answers_is_not_available(installed: Installed, route: str) -> None:
    """The page repeats on 503, and does without what is 404."""
    def ask(route: str) -> Answer:
        return installed.secure.send(Request(
            "POST", f"/a/main/{'A' * 22}/data/{route}", (("Accept", "application/json"),), b"{}", "application/json"))
    assert (ask(route).status, ask(route).json["error"]) == (503, "unavailable")
    assert (ask(route + "x").status, ask(route + "x").json["error"]) == (404, "not_found")
    for other in ("notes", "calls/placed", "calls/await", "calls/place"):
        assert ask(other).status == 404, "a site takes no writes yet"


@pytest.mark.parametrize("target", ["/", "/a/main/x/?y=1", "/healthz", "/launc"])
def test_http_is_shown_the_way_to_https(installed: Installed, target: str) -> None:
    answer = installed.plain.send(Request("GET", target))
    assert (answer.status, answer["Location"]) == (301, f"https://{APP_NAME}{target}")
    assert not answer.all("Strict-Transport-Security"), "RFC 6797 forbids it on http"
    assert answer["Server"] == "nginx", "without a version"


@pytest.mark.parametrize("target", ["/launch", "/launch/video", "/launch?x=1", "/x/../launch"])
def test_launch_that_is_posted_to_http_is_not_helped_on(installed: Installed, target: str) -> None:
    """Its token has been sent in the clear: a redirect would make it work, and nobody notice."""
    answer = installed.plain.send(http.launch("x", target))
    assert answer.status == 403
    assert not answer.all("Location")


def whole(snippet: str) -> str:
    """A snippet with what it includes."""
    text = (NGINX_FILES / "snippets" / snippet).read_text()
    return re.sub(r"(?m)^\s*include welkin/snippets/([\w-]+\.conf);", lambda found: whole(found[1]) + found[0], text)


def test_nothing_of_a_session_is_written_to_disk(installed: Installed) -> None:
    """nginx spools long answers into files unless it is told not to; so it is wherever it passes requests on."""
    done = subprocess.run([*installed.command, "-T"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    file = re.compile(r"(?ms)^# configuration file \S*/([^/\s]+):\n(.*?)(?=^# configuration file |\Z)")
    dumped = dict(file.findall(done.stdout))
    for optional in ("back-end.conf", "data.conf", "own-data.conf", "simulated-calls.conf"):
        dumped[optional] = whole(optional)
    assert re.search(r"(?m)^fastcgi_max_temp_file_size 0;", dumped["fastcgi.conf"])
    passing = {name: text for name, text in dumped.items() if re.search(r"(?m)^\s*\w+_pass\s", text)}
    assert passing.keys() == {
        "handler.conf", "authorize.conf", "back-end.conf", "data.conf", "own-data.conf", "simulated-calls.conf"}
    for name, text in passing.items():
        assert re.search(r"(?m)^\s*(include welkin/snippets/fastcgi\.conf|proxy_max_temp_file_size +0);", text), name


@pytest.mark.parametrize("name", ["apache/bundle.conf", "lighttpd/cgi.conf", "shared-hosting/htaccess"])
@pytest.mark.parametrize("header, snippet", [
    ("Permissions-Policy", "permissions-policy.conf"), ("Content-Security-Policy", "csp.conf")])
def test_other_servers_have_the_same_policies(name: str, header: str, snippet: str) -> None:
    """Apart from the host origin, which each server's language writes in its own way."""
    def policy(path: Path) -> str:
        [found] = re.findall(rf'{header}"?(?: =>)? "([^"]+)"', path.read_text())
        return found.partition("frame-ancestors ")[0]
    assert policy(DEPLOY_FILES / name) == policy(NGINX_FILES / "snippets" / snippet)


@pytest.mark.parametrize("name", ["apache/data-proxy.conf", "apache/data-cgi.conf", "lighttpd/data-proxy.conf",
                                  "lighttpd/data-cgi.conf", "shared-hosting/htaccess"])
def test_other_servers_pass_the_same_routes(name: str) -> None:
    """A route that one of them did not know would be 404 there alone."""
    def routes(path: Path) -> set[str]:
        text = path.read_text().replace("?:", "")
        return set(re.findall(r"/data/(\(context[\w|/]*\(?[\w|]*\)?\))", text))
    expected = routes(NGINX_FILES / "snippets" / "data.conf")
    assert expected == {"(context|patient|changes|calls/schedule|records/(find|get))"}
    assert routes(DEPLOY_FILES / name) == expected
