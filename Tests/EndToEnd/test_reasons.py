"""No reason code without a test of its own."""

from pathlib import Path

import pytest

from welkin import handler


def test_every_reason_code_is_tested(request: pytest.FixtureRequest) -> None:
    """The codes come from the binary itself, so that a new one cannot go untested."""
    here = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    missing_files = here - request.config.files_collected
    if missing_files:
        pytest.skip("only a whole run has all the tests")
    printed = handler.command("reasons")
    assert printed.returncode == 0, printed.stderr
    launch = printed.stdout.split("\n\n")[0].splitlines()
    assert launch[0] == "event=launch"
    codes = {line.split()[0] for line in launch[1:]}
    assert request.config.reasons_tested == codes
