"""Launches whose request is wrong, before any token is looked at."""

import time
from collections.abc import Callable
from urllib.parse import quote

from ..http import FORM, Request, launch
from ..tokens import Client
from . import Case


def _but(**changes: object) -> Callable[[Client], Request]:
    """A good launch with these parts of the request changed."""
    return lambda client: launch(client.token(), **changes)


def _form(make: Callable[[str], str]) -> Callable[[Client], Request]:
    """A launch whose body is made from the good token."""
    return lambda client: Request("POST", "/launch", body=make(client.token()).encode(), content_type=FORM)


def _cases(reason: str, status: int, makers: dict[str, Callable[[Client], Request]]) -> list[Case]:
    return [Case(reason, name, make, status) for name, make in makers.items()]


METHOD = _cases("method_not_allowed", 405, {
    **{name: _but(method=name) for name in ("PUT", "PATCH", "DELETE")},
    **{name: lambda _, name=name: Request(name, "/launch") for name in ("GET", "OPTIONS")},
})

CONTENT_TYPE = _cases("content_type", 415, {
    "missing": _but(content_type=None),
    "empty": _but(content_type=""),
    "text": _but(content_type="text/plain"),
    "JSON": _but(content_type="application/json"),
    "multipart": _but(content_type="multipart/form-data; boundary=x"),
    "a longer name": _but(content_type=FORM + "x"),
})

FORM_MALFORMED = _cases("form_malformed", 400, {
    "a percent sign at the end": _form(lambda good: f"token={good}%"),
    "half an escape": _form(lambda good: f"token={good}%4"),
    "not hexadecimal": _form(lambda good: f"token={good}%zz"),
    "in another field": _form(lambda good: f"x=%&token={good}"),
    "in a name": _form(lambda good: f"%g0=1&token={good}"),
})

FIELD = [
    *_cases("token_in_query", 400, {
        "only there": lambda c: Request("POST", f"/launch?token={c.token()}", content_type=FORM),
        "there too": lambda c: launch(t := c.token(), f"/launch?token={t}"),
        "among others": lambda c: launch(c.token(), "/launch?a=1&token=x"),
        "its name escaped": lambda c: launch(c.token(), "/launch?%74oken=x"),
    }),
    *_cases("token_missing", 400, {
        "another field": _form(lambda good: f"jwt={good}"),
        "another case": _form(lambda good: f"Token={good}"),
        "empty body": _form(lambda _: ""),
        "bare token": _form(lambda good: good),
    }),
    *_cases("token_repeated", 400, {
        "twice the same": _form(lambda good: f"token={good}&token={good}"),
        "an empty one after it": _form(lambda good: f"token={good}&token="),
        "once escaped": _form(lambda good: f"%74oken={good}&token=x"),
    }),
    *_cases("token_too_long", 401, {
        "9 KiB": _form(lambda good: f"token={good}{'A' * 9 * 1024}"),
    }),
    Case("token_encoding", "a plus sign is a blank", _form(lambda good: f"token={good[:99]}+{good[99:]}")),
    Case("token_encoding", "NUL", _form(lambda good: f"token={good}%00")),
]

#: Launches that look odd and are right.
ACCEPTED: dict[str, Callable[[Client], Request]] = {
    "charset UTF-8": _but(content_type=FORM + "; charset=UTF-8"),
    "content type in capitals": _but(content_type=FORM.upper()),
    "every character escaped": _form(lambda good: "token=" + "".join(f"%{ord(c):02x}" for c in good)),
    "dots escaped": _form(lambda good: "token=" + quote(good, safe="").replace(".", "%2E")),
    "another field besides": _form(lambda good: f"a=1&token={good}&b=%C3%A9"),
    "a query without a token": _but(target="/launch?utm=1"),
    "a typ that is absent": lambda c: launch(c.token(header={"alg": "HS256"})),
    "an unknown claim": lambda c: launch(c.token(extra={"nested": [1, 2.5, None]})),
    "half seconds": lambda c: launch(c.token(exp=time.time() + 300.5)),
    "no patient": lambda c: launch(c.token(welkin_patient_id=...)),
    "patient null": lambda c: launch(c.token(welkin_patient_id=None)),
    "ids of 40 bytes": lambda c: launch(c.token(welkin_worker_id="w" * 40, welkin_patient_id="p" * 40)),
}

CASES: list[Case] = [*METHOD, *CONTENT_TYPE, *FORM_MALFORMED, *FIELD]
