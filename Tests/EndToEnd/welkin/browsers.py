"""The browsers that many tests share: each is started when it is first asked for."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from selenium.webdriver.remote.webdriver import WebDriver

from . import browser
from .stacks import APP_NAME, HOST_NAME
from .tls import Certificate

KINDS: dict[str, Callable] = {
    "Chromium": browser.chromium,
    "Chromium, third-party cookies blocked": partial(browser.chromium, third_party_cookies=False),
    "Chromium, no storage": partial(browser.chromium, storage=False),
    "Chromium, watched": partial(browser.chromium, watched=True),
    "Chromium, watched, dark": partial(browser.chromium, watched=True, dark=True),
    "Firefox": browser.firefox,
    "WebKitGTK": browser.webkit,
}

#: One of each engine.
ENGINES = ["Chromium", "Firefox", "WebKitGTK"]


class Browsers:
    """All browsers of a run, ended with it."""

    def __init__(self, new_folder: Callable[[], Path], certificate: Certificate) -> None:
        self._new_folder = new_folder
        self._certificate = certificate
        self._running = ExitStack()
        self._drivers: dict[str, WebDriver] = {}

    def __getitem__(self, kind: str) -> WebDriver:
        if kind not in self._drivers:
            start = KINDS[kind](self._new_folder(), [APP_NAME, HOST_NAME], self._certificate)
            self._drivers[kind] = self._running.enter_context(start)
        return self._drivers[kind]

    def __enter__(self) -> "Browsers":
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()
