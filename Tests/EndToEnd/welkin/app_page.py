"""The App's page in a tab of Welkin's: what a worker sees of it and does with it."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from selenium.common.exceptions import ElementNotInteractableException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from . import wait
from .clinic import Clinic
from .page import Tab

#: Seconds for whatever has to happen; only a failing test waits so long.
PATIENCE = 30


@dataclass
class AppPage(Tab):
    """One tab. Everything by `id` is in the App's page, `host` and what follows it in Welkin's."""

    def see(self, script: str, *arguments: object) -> object:
        """What a script in the App's frame gives; None while the frame is between two pages."""
        try:
            return self.inside(script, *arguments)
        except WebDriverException:
            return None

    def until(self, script: str, what: str, *arguments: object) -> object:
        """Waits until the script gives something true."""
        return wait.until(lambda: self.see(script, *arguments), what, PATIENCE, every=0.03)

    def data(self, element: str, name: str) -> str | None:
        return self.see("return document.getElementById(arguments[0])?.dataset[arguments[1]] ?? null", element, name)

    def text(self, element: str) -> str:
        return self.see("return document.getElementById(arguments[0])?.innerText ?? ''", element) or ""

    def shows(self, element: str) -> bool:
        return bool(self.see("return document.getElementById(arguments[0])?.checkVisibility() ?? false", element))

    def until_data(self, element: str, name: str, *values: str) -> None:
        wait.until(lambda: self.data(element, name) in values, f"#{element} has {name} {' or '.join(values)}",
                   PATIENCE, every=0.03)

    def until_text(self, element: str, words: str) -> None:
        wait.until(lambda: words in self.text(element), f"#{element} says “{words}”", PATIENCE, every=0.03)

    def until_shown(self, element: str, shown: bool = True) -> None:
        wait.until(lambda: self.shows(element) == shown, f"#{element} is {'shown' if shown else 'gone'}",
                   PATIENCE, every=0.03)

    def until_state(self, *states: str) -> None:
        wait.until(lambda: self.see("return document.body?.dataset.state") in states,
                   f"the App is {' or '.join(states)}", PATIENCE, every=0.03)

    def until_people(self) -> Self:
        """Waits until the page has got its data."""
        self.until("return document.body.dataset.people === 'there'", "names are there")
        return self

    def find(self, selector: str):  # noqa: ANN201
        """An element of the App's page; the driver is in its frame then."""
        self.inside("")
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    @property
    def has_hands(self) -> bool:
        """Whether the driver clicks and types in an iframe of another site: WebKitGTK's does not find the place."""
        return self.driver.capabilities["browserName"] != "MiniBrowser"

    def press(self, selector: str) -> None:
        """Clicks as a worker does, where the driver can: as soon as there is something to click."""
        if self.has_hands:
            wait.until(lambda: self._clicks(selector), f"{selector} can be clicked", PATIENCE)
        else:
            self.inside("document.querySelector(arguments[0]).click()", selector)

    def _clicks(self, selector: str) -> bool:
        """False where nothing was clicked, since the frame is not unfolded yet, say."""
        try:
            self.find(selector).click()
        except ElementNotInteractableException:
            return False
        return True

    def write(self, text: str) -> None:
        """Replaces what is in the note's field."""
        if self.has_hands:
            field = self.find("#note-text")
            field.send_keys(Keys.CONTROL, "a")
            field.send_keys(text)
        else:
            self.inside("""const field = document.getElementById('note-text'); field.focus();
                field.value = arguments[0]; field.dispatchEvent(new Event('input', {bubbles: true}))""", text)

    def written(self) -> str:
        return self.inside("return document.getElementById('note-text').value")

    def pass_time(self, seconds: float) -> None:
        """Puts the page's clocks on, as if that time had gone by with nobody there."""
        self.inside("""const by = arguments[0] * 1000;
            for (const clock of [Date, performance]) { const now = clock.now.bind(clock); clock.now = () => now() + by; }
            dispatchEvent(new Event('focus'))""", seconds)

    def bearer(self) -> str:
        return self.inside("return sessionStorage.getItem(`welkin:${location.pathname.split('/')[3]}:bearer`).split(' ')[0]")

    def note(self, *statuses: str) -> None:
        """Waits for the note's status."""
        self.until_data("note-status", "status", *statuses)

    # --- Welkin's page

    @classmethod
    def open(cls, driver: WebDriver, host: str, screenshot: Path) -> Self:
        # WebKitGTK's driver brings no tab to the front, and a page behind another one is not visible.
        driver.switch_to.new_window("window" if driver.capabilities["browserName"] == "MiniBrowser" else "tab")
        return cls(driver, host, driver.current_window_handle, screenshot)

    def welkin(self, script: str, *arguments: object) -> object:
        self.driver.switch_to.window(self.handle)
        return self.driver.execute_script(script, *arguments)

    def go(self, path: str) -> None:
        """Follows a link of Welkin's, without a new page."""
        self.welkin("""const a = document.createElement('a'); a.href = arguments[0];
            document.querySelector('main').append(a); a.click()""", path)
        self.until_at(path)

    def until_at(self, path: str) -> None:
        wait.until(lambda: self.welkin("return location.pathname") == path, f"Welkin shows {path}", PATIENCE)

    def choose(self, element: str, value: str) -> None:
        """Makes a choice in the developer's panel."""
        self.welkin("""const e = document.getElementById(arguments[0]); e.value = arguments[1];
            e.dispatchEvent(new Event('change', {bubbles: true}))""", element, value)

    def click(self, element: str) -> None:
        """A button of Welkin's page; by script, for a panel may lie over it."""
        self.welkin("document.getElementById(arguments[0]).click()", element)

    def panel(self, name: str) -> str | None:
        """What the frame's panel says of itself."""
        return self.welkin("return document.getElementById(arguments[0]).dataset[arguments[1]]",
                           f"{self.frame.removesuffix('-frame')}-panel", name)

    def is_open(self) -> bool:
        """Whether the App is there at all."""
        return bool(self.welkin("return !!document.getElementById(arguments[0])", self.frame))

    def messages(self, **data: str) -> list[str]:
        """The developer's log: the texts of entries with that data."""
        entries = self.welkin("return [...document.querySelectorAll('#log li')].map(e => ({...e.dataset, text: e.textContent}))")
        return [entry["text"] for entry in entries if data.items() <= entry.items()]

    def launch_persistent(self) -> "AppPage":
        """The App once more, without a patient, in the frame for those that are always there."""
        beside = replace(self, frame="persistent-frame")
        self.click("launch-persistent")
        beside.until_state("ready")
        return beside.until_people()


@dataclass
class Desk:
    """A worker's browser, and the tabs that a test opens in it."""

    driver: WebDriver
    clinic: Clinic
    folder: Path
    tabs: list[AppPage] = field(default_factory=list)

    def tab(self) -> AppPage:
        tab = AppPage.open(self.driver, self.clinic.front.origin, self.folder / "failed.png")
        self.tabs.append(tab)
        return tab

    def open(self, patient: str | None) -> AppPage:
        """A tab of its own in which the App was launched and is ready."""
        tab = self.tab()
        assert tab.launch(patient).state == "ready"
        return tab.until_people()

    def close(self, tab: AppPage) -> None:
        self.tabs.remove(tab)
        tab.close()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        # A test that failed must not be the reason why the next one does.
        self.clinic.mend()
        for tab in list(self.tabs):
            self.close(tab)
