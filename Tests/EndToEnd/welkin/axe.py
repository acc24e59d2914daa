"""axe-core in the App's frame: the accessibility rules that a machine can check."""

from pathlib import Path

import selenium_axe_python

from .app_page import AppPage

SOURCE = (Path(selenium_axe_python.__file__).parent / "axe-core" / "axe.min.js").read_text()

RUN = """const done = arguments[arguments.length - 1];
    axe.run(document, {resultTypes: ['violations']}).then(
        ({violations, passes}) => done({violations, passed: passes.length}), error => done({error: String(error)}))"""


def violations(page: AppPage) -> list[str]:
    """Each element that breaks a rule, with the rule and why."""
    if not page.inside("return 'axe' in window"):
        page.inside(SOURCE)
    page.driver.set_script_timeout(60)
    page.inside("")
    found = page.driver.execute_async_script(RUN)
    assert "error" not in found, found["error"]
    assert found["passed"] > 5, "it looks at the page"
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}"
            for rule in found["violations"] for node in rule["nodes"]]
