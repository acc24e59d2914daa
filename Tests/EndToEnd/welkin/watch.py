"""What a watched Chromium saw and said; see browser.chromium."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver.remote.webdriver import WebDriver


def drain(driver: WebDriver) -> None:
    """Forgets what there is so far."""
    for log in ("browser", "performance"):
        driver.get_log(log)


def complaints(driver: WebDriver, origin: str) -> list[str]:
    """What went wrong in the pages of that origin since the last time: errors, broken policies, what was
    written to the console. Not the answers that were no 2xx, which the console lists too, nor that a
    frame in which nobody has clicked may not sound."""
    return [entry["message"] for entry in driver.get_log("browser")
            # The host page's own begin with its address; some messages have none.
            if entry["source"] != "network" and (entry["message"].startswith(origin) or not entry["message"].startswith("http"))
            and "AudioContext was not allowed to start" not in entry["message"]]


def requests(driver: WebDriver, origin: str) -> list[str]:
    """The URLs that pages of that origin have asked for since the last time."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    return [event["params"]["request"]["url"] for event in events
            if event["method"] == "Network.requestWillBeSent" and event["params"]["documentURL"].startswith(origin)]


@contextmanager
def offline(driver: WebDriver) -> Iterator[None]:
    """Without a network."""
    def emulate(is_offline: bool) -> None:
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
            "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
    driver.execute_cdp_cmd("Network.enable", {})
    emulate(True)
    try:
        yield
    finally:
        emulate(False)


@contextmanager
def early_script(driver: WebDriver, source: str) -> Iterator[None]:
    """A script that runs in each new page of the tab before the page's own."""
    made = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    try:
        yield
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)
