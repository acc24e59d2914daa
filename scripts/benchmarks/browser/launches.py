"""Launches in one fresh browser: the times to paint and to a usable page, the loaded bytes, and the time
from a click or a key to the next paint."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser.chromium import Chromium, chromium
from browser.traffic import Traffic
from harness.processes import BenchError
from harness.settings import PATIENT_ID, launch_token

SCRIPT = (Path(__file__).parent / "measure.js").read_text()


# A worker's actions, as scripts that return the element to click in the App's page.
CLICKS = ["document.getElementById('note-send')", "document.querySelector('#phones button.call')"]
NOTE = "Weight 148 lb, no swelling."


@dataclass(frozen=True)
class Launch:
    """Milliseconds that a new connection took, and from the POST on it; bytes of page and assets (compressed content,
    and all with headers), and the requests besides the POST and the session."""

    connecting: float
    first_paint: float
    usable: float
    content: int
    transfer: int
    requests: int


class Tab:
    """The host page, and what its iframe reports."""

    def __init__(self, browser: Chromium, host: str, app_url: str, slowdown: int) -> None:
        self._browser, self._app_url, self._slowdown = browser, app_url, slowdown
        self._reports: list[dict[str, Any]] = []
        self._frame = ""
        self.traffic = Traffic(app_url.removesuffix("/launch"))
        browser.on_event = self._on_event
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._page = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.call("Runtime.enable", self._page)  # is answered when the tab is ready
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
        post("Network.enable", session)
        post("Runtime.addBinding", session, name="benchReport")
        post("Page.addScriptToEvaluateOnNewDocument", session, source=SCRIPT)
        post("Emulation.setCPUThrottlingRate", session, rate=self._slowdown)
        # The iframe is cross-site, so in another process: a target of its own.
        post("Target.setAutoAttach", session, autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        post("Runtime.runIfWaitingForDebugger", session)

    def _on_event(self, event: dict[str, Any]) -> None:
        params = event["params"]
        if event["method"] == "Target.attachedToTarget" and params["targetInfo"]["type"] == "iframe":
            self._frame = params["sessionId"]
            self._prepare(self._frame)
        elif event["method"] == "Runtime.bindingCalled":
            self._reports.append(json.loads(params["payload"]))
        else:
            self.traffic.on_event(event)

    def _evaluate(self, expression: str, session: str | None = None) -> Any:
        """The value of a script in the host page, or in the App's; None if it has none."""
        answer = self._browser.call(
            "Runtime.evaluate", session or self._page, expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def _until(self, expression: str) -> None:
        """Waits until the expression is true in the App's page."""
        deadline = time.monotonic() + 30
        while not self._evaluate(expression, self._frame):
            if time.monotonic() > deadline:
                raise BenchError(f"never: {expression}")
            time.sleep(0.02)

    def launch(self) -> tuple[float, float, float]:
        """Posts a token into the iframe; milliseconds to connect, and from then to first paint and usable.

        Returns when the names are there.
        """
        self._reports.clear()
        self.traffic.clear()
        arguments = ", ".join(map(json.dumps, (self._app_url, launch_token(aud=self._app_url), PATIENT_ID)))
        start = self._evaluate(f"launch({arguments})")
        if start is None:
            raise BenchError("the host page could not post")
        self._browser.wait(lambda: bool(self._reports), 30, "usable page")
        report = self._reports[0]
        if report["state"] != "ready":
            raise BenchError(f"the page says {report['state']}")
        self._until("document.body.dataset.people === 'there'")
        connecting = self.traffic.connecting()
        return connecting, report["firstPaint"] - start - connecting, report["usable"] - start - connecting

    def interact(self) -> float:
        """Types and saves a note and calls a number; returns the longest time to the next paint, in milliseconds."""
        self._until("document.getElementById('guard').dataset.guard === 'same'")
        self._reports.clear()
        self._click("document.getElementById('note-text')")
        for letter in NOTE:
            self._browser.call("Input.dispatchKeyEvent", self._page, type="keyDown", text=letter, key=letter)
            self._browser.call("Input.dispatchKeyEvent", self._page, type="keyUp", key=letter)
        for element in CLICKS:
            self._click(element)
        self._until("document.getElementById('note-status').dataset.status === 'saved' && "
                    "document.querySelector('#phones [data-status=\"dialing\"]') !== null")
        # The observer runs after the paint.
        self._evaluate("new Promise(r => requestAnimationFrame(() => setTimeout(r, 100)))", self._frame)
        took = [report["duration"] for report in self._reports if "interaction" in report]
        self._settle_call()
        return max(took, default=16)

    def _settle_call(self) -> None:
        """Ends the call and records its outcome: until then the number cannot be called again."""
        call = "document.querySelector('#phones button.call')"
        answer = "document.querySelector('#phones .choices button')"
        for element, status in ((call, "over"), (answer, "settled")):
            self._evaluate(f"{element}.click()", self._frame)
            self._until(f"{call}.dataset.status === '{status}'")

    def _click(self, element: str) -> None:
        """The middle of an element of the App's page, for the mouse."""
        centre = ("(e => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); "
                  f"return [r.x + r.width / 2, r.y + r.height / 2] }})({element})")
        x, y = self._evaluate(centre, self._frame)
        left, top = self._evaluate("(r => [r.x, r.y])(document.querySelector('iframe').getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self._browser.call("Input.dispatchMouseEvent", self._page, type=kind, x=left + x, y=top + y,
                               button="left", clickCount=1)


def launches(
    profile: Path, switch: str, host: str, app_url: str, slowdown: int, count: int
) -> tuple[list[Launch], float]:
    """The first launch opens a connection and finds an empty cache; the others reuse both. Also the longest
    interaction with the last launch's page."""
    result = []
    with chromium(profile, switch) as browser:
        tab = Tab(browser, host, app_url, slowdown)
        for _ in range(count):
            time.sleep(0.5)  # earlier activity has ended
            times = tab.launch()
            result.append(Launch(*times, *tab.traffic.transfer(),
                                 len(tab.traffic.besides_launch())))
        return result, tab.interact()
