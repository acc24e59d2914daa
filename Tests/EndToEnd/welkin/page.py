"""Driving Welkin's page and the App's inside it, in any browser."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from . import wait


@dataclass(frozen=True)
class Shown:
    """What the App's page shows, and whose it is, by their ids; "" is none."""

    state: str
    worker: str
    patient: str


@dataclass
class Tab:
    """One tab with Welkin's page in it; `screenshot` is where a failure is shown."""

    driver: WebDriver
    host: str
    handle: str
    screenshot: Path
    #: Which of the page's frames the App is in.
    frame: str = "app-frame"

    @classmethod
    def open(cls, driver: WebDriver, host: str, screenshot: Path) -> Self:
        driver.switch_to.new_window("tab")
        return cls(driver, host, driver.current_window_handle, screenshot)

    def close(self) -> None:
        self.driver.switch_to.window(self.handle)
        self.driver.close()
        self.driver.switch_to.window(self.driver.window_handles[0])

    def launch(self, patient: str | None) -> Shown:
        """Opens the patient's page, or the inbox, clicks the App's button, and waits for the App."""
        self.driver.switch_to.window(self.handle)
        address = f"{self.host}/patients/{patient}" if patient else f"{self.host}/inbox"
        self.driver.get(address)
        # In a tab that has just opened, WebKit's `get` may return before the page's scripts have run.
        wait.until(lambda: self.driver.execute_script(
            "return document.readyState === 'complete' && location.href === arguments[0]", address), address)
        self._click()
        return self.shown()

    def launch_again(self) -> Shown:
        """Clicks the App's button once more, and waits until another launch is in the frame."""
        before = self.launch_id()
        self.driver.switch_to.default_content()
        self._click()
        wait.until(lambda: self.launch_id() not in (None, before), "another launch", timeout=15)
        return self.shown()

    def _click(self) -> None:
        """By script, because the open App's panel may lie over the button."""
        button = self.driver.find_element(By.ID, "launch-app")
        self.driver.execute_script("arguments[0].click()", button)

    def inside(self, script: str, *arguments: object) -> object:
        """Runs a script in the App's frame."""
        self.driver.switch_to.window(self.handle)
        self.driver.switch_to.frame(self.frame)
        return self.driver.execute_script(script, *arguments)

    def launch_id(self) -> str | None:
        """LAUNCH of the page in the frame; None while it is somewhere in between."""
        try:
            return self.inside("const m = location.pathname.match('^/a/[^/]+/([^/]{22})/$'); return m && m[1]")
        except WebDriverException:
            return None

    def reload(self) -> Shown:
        """Reloads the frame, as a browser that ran out of memory would."""
        self.inside("delete document.body.dataset.state; setTimeout(() => location.reload())")
        return self.shown()

    def session(self, bearer: bool) -> dict:
        """What the session route answers the page, with the bearer that it holds or without."""
        self.inside("""window.answered = null;
            const id = location.pathname.split('/')[3], headers = {};
            if (arguments[0]) headers['X-Welkin-Session'] = sessionStorage.getItem(`welkin:${id}:bearer`).split(' ')[0];
            fetch('session', {headers}).then(a => a.json().then(b => window.answered = {status: a.status, ...b}))
        """, bearer)
        return wait.until(lambda: self.inside("return window.answered"), "the session route answers")

    def shown(self) -> Shown:
        """What the App shows, once it has done opening."""
        script = """const s = document.body?.dataset.state, t = i => document.getElementById(i)?.dataset.id ?? '';
            return s && s !== 'loading' ? [s, t('worker'), t('patient')] : null"""

        problem: WebDriverException | None = None

        def settled() -> list[str] | None:
            nonlocal problem
            try:
                return self.inside(script)
            except WebDriverException as error:
                problem = error  # The frame is on its way to another page.
                return None
        try:
            return Shown(*wait.until(settled, "the App has opened", timeout=20, every=0.02))
        except AssertionError:
            self.driver.switch_to.default_content()
            self.driver.save_screenshot(str(self.screenshot))
            raise AssertionError(f"the App has not opened: {problem}; see {self.screenshot}") from problem
