"""Launches in one fresh browser, and when they painted and were usable."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser.chromium import Chromium, chromium
from browser.relay import Relay
from harness.processes import BenchError
from harness.settings import launch_token

SCRIPT = (Path(__file__).parent / "measure.js").read_text()


@dataclass(frozen=True)
class Launch:
    """Milliseconds from the POST, and how many connections it opened."""

    first_paint: float
    usable: float
    connections: int


class Tab:
    """The host page, and what its iframe reports."""

    def __init__(self, browser: Chromium, host: str, slowdown: int) -> None:
        self._browser, self._slowdown = browser, slowdown
        self._reports: list[dict[str, Any]] = []
        browser.on_event = self._on_event
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._page = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.call("Runtime.enable", self._page)  # is answered once the tab is there
        self._prepare(self._page)
        browser.call("Page.navigate", self._page, url=host)
        deadline = time.monotonic() + 30
        while not self._evaluate("document.readyState === 'complete' && typeof launch === 'function'"):
            if time.monotonic() > deadline:
                raise BenchError("the host page does not load")
            time.sleep(0.05)

    def _prepare(self, session: str) -> None:
        post = self._browser.post
        post("Page.enable", session)
        post("Runtime.enable", session)
        post("Runtime.addBinding", session, name="benchReport")
        post("Page.addScriptToEvaluateOnNewDocument", session, source=SCRIPT)
        post("Emulation.setCPUThrottlingRate", session, rate=self._slowdown)
        # The iframe is another site's, so another process's: a target of its own.
        post("Target.setAutoAttach", session, autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        post("Runtime.runIfWaitingForDebugger", session)

    def _on_event(self, event: dict[str, Any]) -> None:
        params = event["params"]
        if event["method"] == "Target.attachedToTarget" and params["targetInfo"]["type"] == "iframe":
            self._prepare(params["sessionId"])
        elif event["method"] == "Runtime.bindingCalled":
            self._reports.append(json.loads(params["payload"]))

    def _evaluate(self, expression: str) -> Any:
        """The value of a script in the host page, None when there is none."""
        answer = self._browser.call("Runtime.evaluate", self._page, expression=expression)
        return answer["result"].get("value")

    def launch(self, app_url: str, token: str) -> tuple[float, float]:
        """Posts the token into the iframe; first paint and usable in milliseconds."""
        self._reports.clear()
        arguments = f"{json.dumps(app_url)}, {json.dumps(token)}"
        start = self._evaluate(f"launch({arguments})")
        if start is None:
            raise BenchError("the host page could not post")
        self._browser.wait(lambda: bool(self._reports), 30, "usable page")
        report = self._reports[0]
        if report["state"] != "ready":
            raise BenchError(f"the page says {report['state']}")
        return report["firstPaint"] - start, report["usable"] - start


def launches(
    profile: Path, switch: str, host: str, app_url: str, relay: Relay, slowdown: int, count: int
) -> list[Launch]:
    """The first opens a connection and finds nothing cached; the others find both."""
    result = []
    with chromium(profile, switch) as browser:
        tab = Tab(browser, host, slowdown)
        for _ in range(count):
            time.sleep(0.5)  # what went before is over
            before = relay.connections
            paint, usable = tab.launch(app_url, launch_token(aud=app_url))
            result.append(Launch(paint, usable, relay.connections - before))
    return result
