"""Runs last: nothing that identifies anybody, and nothing that opens anything, in any log or metric of the run."""

import re
from pathlib import Path

import pytest
from welkin.data_api import identifying
from welkin.search import TOKEN_START, found, lines_of, written
from welkin.tokens import sensitive


@pytest.fixture(scope="module")
def lines(run_folder: Path) -> str:
    return lines_of(written(run_folder))


def test_logs_hold_no_token_id_secret_or_cookie(run_folder: Path, lines: str) -> None:
    assert lines and sensitive, "there is something to search, and something to search for"
    words = [*found(lines, sensitive), *(start for start in (TOKEN_START, "__Secure-welkin=") if start in lines)]
    for path in written(run_folder):
        text = path.read_text(errors="replace") if words else ""
        assert not found(text, words), f"{len(words)} of what the tests used, some in {path}"
    assert not words


@pytest.mark.parametrize("expected", ["event=launch", "outcome=refused", "POST /launch", '"event":"synced"',
                                      '"event":"failed"', '"event":"difference"', "welkin_worker_rows",
                                      "welkin-worker: event=start version=", "event=data route=records/get outcome=refused",
                                      "welkin_data_requests_total{", "POST /a/main/"])
def test_the_logs_are_those_of_the_run(lines: str, expected: str) -> None:
    assert expected in lines


def test_the_search_would_find_any(lines: str) -> None:
    """The twin: each kind of what records have is searched for, and found where it is hidden among the logs' lines."""
    record = ('{"id":"0fbb7f5e-5a3c-4a0f-8a39-0d9f1d3b7d11","first_name":"Zofia","last_name":"O\'Sullivan",'
              '"phone_number":"+14155550199","email":"zofia@example.org","birthday":"1957-08-19"}')
    kinds = identifying(record)
    assert len(kinds) == 6
    for word in kinds:
        assert found(f"{lines}\nwelkin-worker: event=failed problem=\"of {word}, not read\"\n", kinds) == [word]


def test_everybody_who_was_made_up_is_searched_for() -> None:
    """Names, phone numbers, addresses and ids of the simulated records are among what must not be found."""
    for shape in (r"[A-Z]\w+", r"\+1\d{10}", r"[\w.]+\d*@example\.org", r"MRN-\d+", r"[0-9a-f]{8}-[0-9a-f-]{27}"):
        assert sum(bool(re.fullmatch(shape, word)) for word in sensitive) > 10, shape
