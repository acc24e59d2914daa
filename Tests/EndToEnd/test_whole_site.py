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
from welkin.http import Request, Site
from welkin.paths import BUNDLE, DEPLOY_FILES, NGINX_FILES, tool
from welkin.process import Process
from welkin.stacks import APP_NAME

SOCKET = "/run/welkin/launch.sock"


@dataclass
class Installed:
    """Both servers of welkin.conf, on ports of this test's own."""

    command: list[str | Path]
    plain: Site
    secure: Site


@pytest.fixture(scope="module")
def installed(new_folder, certificate: tls.Certificate) -> Iterator[Installed]:
    """Only names.conf is written; the ports, the log and the socket move, so that the test needs none of the
    machine's. Nobody listens on the socket."""
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
    site.write_text(text.replace("/var/log/nginx", str(folder)))
    upstream = files / "upstream.conf"
    assert SOCKET in upstream.read_text()
    upstream.write_text(upstream.read_text().replace(SOCKET, f"{folder}/none.sock"))

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


def test_nothing_of_a_session_is_written_to_disk(installed: Installed) -> None:
    """nginx spools long answers into files unless it is told not to; so it is wherever it passes requests on."""
    done = subprocess.run([*installed.command, "-T"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    file = re.compile(r"(?ms)^# configuration file \S*/([^/\s]+):\n(.*?)(?=^# configuration file |\Z)")
    dumped = dict(file.findall(done.stdout))
    for optional in ("back-end.conf", "data.conf"):
        text = (NGINX_FILES / "snippets" / optional).read_text()
        shared = "include welkin/snippets/behind-session.conf;"
        assert shared in text
        dumped[optional] = text.replace(shared, (NGINX_FILES / "snippets" / "behind-session.conf").read_text())
    assert re.search(r"(?m)^fastcgi_max_temp_file_size 0;", dumped["fastcgi.conf"])
    passing = {name: text for name, text in dumped.items() if re.search(r"(?m)^\s*\w+_pass\s", text)}
    assert passing.keys() == {"handler.conf", "authorize.conf", "back-end.conf", "data.conf"}
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
