"""axe-core in a page: the accessibility rules that a machine can check."""

from pathlib import Path

import selenium_axe_python
from selenium.webdriver.remote.webdriver import WebDriver

from .app_page import AppPage

SOURCE = (Path(selenium_axe_python.__file__).parent / "axe-core" / "axe.min.js").read_text()

RUN = """const done = arguments[arguments.length - 1];
    axe.run(document, {resultTypes: ['violations']}).then(
        ({violations, passes}) => done({violations, passed: passes.length}), error => done({error: String(error)}))"""


def violations(page: AppPage) -> list[str]:
    """Each element of the App's page that breaks a rule, with the rule and why."""
    page.inside("")
    return violations_here(page.driver)


def violations_here(driver: WebDriver) -> list[str]:
    """The same of the document that the driver is in."""
    if not driver.execute_script("return 'axe' in window"):
        driver.execute_script(SOURCE)
    driver.set_script_timeout(60)
    found = driver.execute_async_script(RUN)
    assert "error" not in found, found["error"]
    assert found["passed"] > 5, "it looks at the page"
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}"
            for rule in found["violations"] for node in rule["nodes"]]
