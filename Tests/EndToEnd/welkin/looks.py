"""Looking at the App's page in one of its states: in its usual width and a narrow one, by rule and as a picture."""

import base64
from dataclasses import dataclass
from pathlib import Path

from . import axe
from .app_page import AppPage

#: CSS pixels: what Welkin gives an App, and the narrowest that it must be usable in. The colours of a
#: theme are the same in both.
WIDTHS = {"light": (750, 320), "dark": (750,)}


@dataclass
class Looks:
    """Pictures go into the folder, by theme and state."""

    folder: Path
    theme: str

    def at(self, page: AppPage, state: str) -> None:
        """Checks the page as it is, and takes its picture."""
        for width in WIDTHS[self.theme]:
            height = self._resize(page, width)
            self._take(page, state, width, height)
            assert page.see("return document.documentElement.scrollWidth <= innerWidth"), f"{state}, {width}: it is too wide"
            assert axe.violations(page) == [], f"{state}, {width} px, {self.theme}"
        self._resize(page, WIDTHS[self.theme][0])

    def _resize(self, page: AppPage, width: int) -> int:
        """Lays the frame over Welkin's page, as high as it is."""
        frame = """document.getElementById('dev-panel').style.display = 'none';
            const frame = document.getElementById(arguments[0]); frame.style.cssText =
            `position: fixed; inset: 0 auto auto 0; width: ${arguments[1]}px; height: ${arguments[2]}px; z-index: 9999`"""
        page.welkin(frame, page.frame, width, 640)
        height = max(640, page.inside("return document.documentElement.scrollHeight"))
        page.welkin(frame, page.frame, width, height)
        return height

    def _take(self, page: AppPage, state: str, width: int, height: int) -> None:
        picture = page.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}, "captureBeyondViewport": True})
        (self.folder / f"{state}-{width}-{self.theme}.png").write_bytes(base64.b64decode(picture["data"]))
