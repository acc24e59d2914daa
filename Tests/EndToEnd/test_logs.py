"""Runs last: nothing that identifies anybody, and nothing that opens anything, in any log of the run."""

from pathlib import Path

from welkin.tokens import sensitive

#: What browsers keep for themselves lies in folders of these names. There the App's pages have keys with ids
#: in them, in databases of which some files end in `.log` too.
BROWSERS_OWN = {"profile", "home"}

#: How every compact token begins: `{"` in base64url. Nothing else in a log looks so.
TOKEN_START = "eyJ"


def written(run_folder: Path) -> list[Path]:
    """Everything that servers and handlers wrote for people to read."""
    return [path for path in run_folder.rglob("*.log")
            if path.is_file() and BROWSERS_OWN.isdisjoint(path.relative_to(run_folder).parts)]


def test_logs_hold_no_token_id_secret_or_cookie(run_folder: Path) -> None:
    logs = written(run_folder)
    assert logs and sensitive, "there is something to search, and something to search for"
    for path in logs:
        text = path.read_text(errors="replace")
        assert TOKEN_START not in text, f"a token in {path}"
        assert "__Secure-welkin=" not in text, f"a cookie in {path}"
        found = [word for word in sensitive if len(word) > 7 and word in text]
        assert not found, f"{len(found)} of what the tests used in {path}"


def test_the_search_would_find_one(run_folder: Path) -> None:
    """The twin: the logs are really those of the run."""
    text = "".join(path.read_text(errors="replace") for path in written(run_folder))
    for expected in ("event=launch", "outcome=refused", "POST /launch"):
        assert expected in text
