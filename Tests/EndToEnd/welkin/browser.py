"""Chromium, Firefox and WebKitGTK under WebDriver, in which the test's names lead to loopback and its
certificate is trusted."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

from . import wait
from .marionette import Marionette
from .paths import tool
from .process import Process
from .tls import Certificate


@contextmanager
def chromium(folder: Path, names: Sequence[str], certificate: Certificate, *, third_party_cookies: bool = True,
             storage: bool = True, dark: bool = False, watched: bool = False) -> Iterator[WebDriver]:
    """A headless Chromium with a profile of its own.

    Without `storage` the first of the names may keep nothing, and its pages' `sessionStorage` throws. A
    `watched` one keeps logs, and has no process of its own for each site: only then do DevTools'
    commands and logs reach an iframe of another site.
    """
    options = webdriver.ChromeOptions()
    options.binary_location = tool("chromium")
    for word in (
        "--headless=new",
        "--disable-dev-shm-usage",
        f"--user-data-dir={folder / 'profile'}",
        f"--ignore-certificate-errors-spki-list={certificate.spki}",
        "--host-resolver-rules=" + ", ".join(f"MAP {name} 127.0.0.1" for name in names),
        "--window-size=1400,1000",
        *(["--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process"] if watched else []),
        *(["--blink-settings=preferredColorScheme=0"] if dark else []),
    ):
        options.add_argument(word)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    preferences: dict[str, object] = {
        "profile.block_third_party_cookies": not third_party_cookies,
        "profile.cookie_controls_mode": 0 if third_party_cookies else 1,
    }
    if not storage:
        preferences["profile.content_settings.exceptions.cookies"] = {f"[*.]{names[0]},*": {"setting": 2}}
    options.add_experimental_option("prefs", preferences)
    if watched:
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(tool("chromedriver"), log_output=str(folder / "chromedriver.txt"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def firefox(folder: Path, names: Sequence[str], certificate: Certificate) -> Iterator[WebDriver]:
    """A headless Firefox with a profile of its own; Selenium speaks to it without a driver in between."""
    port = wait.free_port()
    home = folder / "home"
    profile = folder / "profile"
    for made in (home, profile):
        made.mkdir()
    preferences = {
        "marionette.port": port,
        "network.dns.localDomains": ",".join(names),
        "remote.prefs.recommended": True,  # nothing that a browser does by itself: updates, telemetry
        "datareporting.policy.dataSubmissionEnabled": False,
        "browser.shell.checkDefaultBrowser": False,
    }
    (profile / "user.js").write_text("".join(
        f'user_pref("{name}", {json.dumps(value)});\n' for name, value in preferences.items()))
    words = [tool("firefox-esr"), "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    with Process(words, folder / "firefox.txt", lambda: wait.accepts_tcp(port), env=environment):
        connection = Marionette(port)
        try:
            yield webdriver.Remote(connection, options=_Firefox())
        finally:
            connection.close()


class _Firefox(ArgOptions):
    """The test's certificate is trusted by taking any: Firefox has no list of single ones."""

    @property
    def default_capabilities(self) -> dict[str, object]:
        return {"acceptInsecureCerts": True, "timeouts": {"pageLoad": 20_000}}


@contextmanager
def webkit(folder: Path, names: Sequence[str], certificate: Certificate) -> Iterator[WebDriver]:
    """WebKitGTK's MiniBrowser on a virtual display.

    It knows neither host mapping nor extra authorities on its command line, so that it runs in a mount
    namespace of its own, in which /etc/hosts and the system's authorities are the test's: the machine's
    own files stay as they are.
    """
    with _display(folder) as display:
        port = wait.free_port()
        home = folder / "home"
        home.mkdir()
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "DISPLAY": display, "LANG": "C.UTF-8",
            # A sandbox inside a container that already is one cannot be set up as root.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            # Neither a graphics card nor a session bus is there to be found.
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LIBGL_ALWAYS_SOFTWARE": "1",
            "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1",
        }
        words = [*_private_files(folder, names, certificate),
                 tool("WebKitWebDriver"), f"--port={port}"]
        with Process(words, folder / "webkitdriver.txt", lambda: wait.accepts_tcp(port), env=environment):
            connection = RemoteConnection(client_config=ClientConfig(f"http://127.0.0.1:{port}"))
            driver = webdriver.Remote(connection, options=_MiniBrowser())
            try:
                yield driver
            finally:
                driver.quit()


class _MiniBrowser(ArgOptions):
    """What WebKitWebDriver wants to be asked for."""

    @property
    def default_capabilities(self) -> dict[str, object]:
        return {
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": {"binary": _mini_browser(), "args": ["--automation"]},
        }


def _mini_browser() -> str:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    assert found, "MiniBrowser is not installed; scripts/setup installs what the tests need"
    return str(found[-1])


def _private_files(folder: Path, names: Sequence[str], certificate: Certificate) -> list[str]:
    """The words that run a command with our own /etc/hosts and authorities."""
    hosts = folder / "hosts"
    hosts.write_text(Path("/etc/hosts").read_text() + "".join(f"127.0.0.1 {name}\n" for name in names))
    system = Path("/etc/ssl/certs/ca-certificates.crt")
    authorities = folder / "authorities.pem"
    authorities.write_text(system.read_text() + certificate.authority.read_text())
    script = f'mount --bind "{hosts}" /etc/hosts && mount --bind "{authorities}" {system} && exec "$@"'
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return [tool("unshare"), "--mount", *root, "sh", "-c", script, "sh"]


@contextmanager
def _display(folder: Path) -> Iterator[str]:
    """A virtual screen; the server picks a free number and tells it."""
    reader, writer = os.pipe()
    with open(folder / "xvfb.txt", "wb") as log:
        server = subprocess.Popen(
            [tool("Xvfb"), "-displayfd", str(writer), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
            pass_fds=[writer], stdout=log, stderr=log)
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)
