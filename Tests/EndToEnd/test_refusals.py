"""Every launch that is refused, and its good twin: through nginx, or, where a web server would put
the request right itself, straight over FastCGI."""

import pytest

from welkin import logs
from welkin.cases import Case, claims, header, lengths, parameters, requests, shape
from welkin.http import Request
from welkin.stacks import Stack


def check(stack: Stack, case: Case) -> None:
    """The status, a page with an id, and a log line with that id and the reason; then the twin."""
    answer = stack.send(case.make(stack.client))
    assert answer.status == case.status, answer.text
    line = logs.with_id(stack.log, answer.id)
    assert line["reason"] == case.reason
    assert line["event"] == "launch" and line["outcome"] == "refused"
    assert case.reason not in answer.text, "the page must not help who tries"
    assert not answer.all("Set-Cookie") and not answer.all("Location")
    assert answer["Cache-Control"] == "no-store"

    assert stack.send(case.twin(stack.client)).status == 302, "the good twin was refused"


@pytest.mark.parametrize("case", parameters(requests.CASES))
def test_request(site: Stack, case: Case) -> None:
    check(site, case)


@pytest.mark.parametrize("case", parameters(shape.CASES))
def test_token_shape(site: Stack, case: Case) -> None:
    check(site, case)


@pytest.mark.parametrize("case", parameters(header.CASES))
def test_token_header(site: Stack, case: Case) -> None:
    check(site, case)


@pytest.mark.parametrize("case", parameters(claims.CASES))
def test_claims(site: Stack, case: Case) -> None:
    check(site, case)


@pytest.mark.parametrize("case", parameters(lengths.CASES))
def test_length(bare: Stack, case: Case) -> None:
    check(bare, case)


@pytest.mark.parametrize("name", requests.ACCEPTED)
def test_unusual_but_right(site: Stack, name: str) -> None:
    answer = site.send(requests.ACCEPTED[name](site.client))
    assert answer.status == 302, answer.text


def test_405_tells_what_is_allowed(site: Stack) -> None:
    answer = site.send(Request("GET", "/launch"))
    assert answer.status == 405
    assert answer["Allow"] == "POST"


@pytest.mark.parametrize(("accept", "is_json"), [
    ("application/json", True),
    ("application/json;q=0.9, */*", True),
    ("text/html,application/xhtml+xml,application/json;q=0.8", False),
    ("*/*", False),
    (None, False),
])
def test_errors_come_in_the_form_asked_for(site: Stack, accept: str | None, is_json: bool) -> None:
    request = Request("POST", "/launch", body=b"token=x", content_type="application/x-www-form-urlencoded")
    answer = site.send(request.having(("Accept", accept)) if accept else request)
    assert answer.status == 401
    if is_json:
        assert answer["Content-Type"].startswith("application/json")
        assert set(answer.json) == {"error", "title", "message", "id"}
        assert answer.json["error"] == "launch_refused"
    else:
        assert answer["Content-Type"].startswith("text/html")
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
