"""Tokens whose claims are wrong, though rightly signed."""

import json
import time
import uuid
from collections.abc import Callable

from ..http import Request, launch
from ..tokens import HEADER, Client
from . import Case, token_cases


def _payload(text: Callable[[str], str | bytes]) -> Callable[[Client], str]:
    """A token over what `text` makes of the good claims' JSON."""
    return lambda client: client.sign(json.dumps(HEADER), text(json.dumps(client.claims())))


def _claim(name: str, json_value: str) -> Callable[[Client], str]:
    """A token in which one claim is exactly this JSON text."""
    def make(client: Client) -> str:
        text = json.dumps(client.claims(**{name: "PLACEHOLDER"}))
        return client.sign(json.dumps(HEADER), text.replace('"PLACEHOLDER"', json_value))
    return make


def _with(**changes: object) -> Callable[[Client], str]:
    return lambda client: client.token(**changes)


def _soon(**offsets: int) -> Callable[[Client], str]:
    """A token whose time claims are these many seconds from now."""
    return lambda client: client.token(**{name: int(time.time()) + offset for name, offset in offsets.items()})


def _good(make: Callable[[Client], str]) -> Callable[[Client], Request]:
    return lambda client: launch(make(client))


MALFORMED = token_cases("claims_malformed", {
    "not JSON": _payload(lambda _: "nonsense"),
    "an array": _payload(lambda good: f"[{good}]"),
    "a string": _payload(lambda good: json.dumps(good)),
    "null": _payload(lambda _: "null"),
    "cut short": _payload(lambda good: good[:-1]),
    "something after it": _payload(lambda good: good + "x"),
    "two objects": _payload(lambda good: good + good),
    "a claim twice": _payload(lambda good: good[:-1] + ', "exp": 1}'),
    "a claim twice, once escaped": _payload(lambda good: good[:-1] + ', "\\u0065xp": 1}'),
    "an unknown member twice": _payload(lambda good: good[:-1] + ', "x": 1, "x": 1}'),
    "nested deeply": _payload(lambda good: good[:-1] + ', "x": ' + "[" * 2000 + "]" * 2000 + "}"),
    "NaN": _claim("exp", "NaN"),
    "Infinity": _claim("exp", "Infinity"),
    "1e400": _claim("exp", "1e400"),
    "a leading zero": _claim("exp", "0123"),
    "a plus sign": _claim("exp", "+123"),
    "exp a string": _claim("exp", f'"{int(time.time()) + 600}"'),
    "exp null": _claim("exp", "null"),
    "exp an array": _claim("exp", "[]"),
    "exp true": _claim("exp", "true"),
    "exp negative": _claim("exp", "-1"),
    "exp after the year 9999": _claim("exp", "1e15"),
    "exp missing": _with(exp=...),
    "not UTF-8": _payload(lambda good: good.encode()[:-1] + b', "x": "\xff"}'),
    "a lone surrogate": _payload(lambda good: good[:-1] + ', "x": "\\udc00"}'),
    "a trailing comma": _payload(lambda good: good[:-1] + ",}"),
    "nbf a string": _with(nbf="0"),
    "iat a string": _with(iat="0"),
})

CLIENT = token_cases("client_mismatch", {
    "another id": _with(welkin_oauth_client_id="somebody-else"),
    "with a line end": lambda c: c.token(welkin_oauth_client_id=c.client_id + "\r\n"),
    "the older edition, with the id as issuer": lambda c: c.token(
        iss=c.client_id, welkin_oauth_client_id=...),
})

ISSUER = token_cases("issuer_mismatch", {
    "another": _with(iss="coach.example.com"),
    "a suffix": _with(iss="coach.welkinhealth.com.example"),
    "as a URL": _with(iss="https://coach.welkinhealth.com"),
    "another case": _with(iss="Coach.Welkinhealth.com"),
    "with a line end": _with(iss="coach.welkinhealth.com\n"),
})

AUDIENCE = token_cases("audience_mismatch", {
    "another host": _with(aud="https://app.example/launch"),
    "another App of the same host": lambda c: c.token(aud=c.app_url + "/video"),
    "a trailing slash": lambda c: c.token(aud=c.app_url + "/"),
    "without TLS": lambda c: c.token(aud=c.app_url.replace("https", "http")),
    "with a line end": lambda c: c.token(aud=c.app_url + "\r\n"),
})

TIMES = [
    *token_cases("expired", {"a minute ago": _soon(exp=-60), "exp 1": _with(exp=1)},
                 twin=_good(_soon(exp=-10))),
    *token_cases("expiry_too_far", {"in eleven minutes": _soon(exp=660), "in a year": _soon(exp=31_536_000)},
                 twin=_good(_soon(exp=615))),
    *token_cases("not_yet_valid", {"in a minute": _soon(nbf=60)}, twin=_good(_soon(nbf=10))),
    *token_cases("issued_in_future", {"in a minute": _soon(iat=60)}, twin=_good(_soon(iat=10))),
]

#: Ids that no Welkin would send: nothing, too much, or what could break out of a header or a log line.
BAD_IDS = {
    "empty": "",
    "over 40 bytes": "a" * 41,
    "a line break": "0\r\nSet-Cookie: x=1",
    "NUL": "0\0",
    "a blank": "a b",
    "not ASCII": "é" * 8,
    "a number": 7,
    "an object": {},
}


def _bad_ids(reason: str, claim: str, extra: dict[str, object]) -> list[Case]:
    return token_cases(
        reason, {name: _with(**{claim: value}) for name, value in {**BAD_IDS, **extra}.items()},
        twin=_good(_with(**{claim: str(uuid.uuid4())})) if claim != "welkin_provider_id" else _good(_with()))


IDS = [
    *_bad_ids("worker_invalid", "welkin_worker_id", {"missing": ..., "null": None}),
    *_bad_ids("provider_invalid", "welkin_provider_id", {"missing": ..., "null": None}),
    *_bad_ids("patient_invalid", "welkin_patient_id", {}),
    *token_cases("provider_refused", {
        "another environment": lambda c: c.token(welkin_provider_id=str(uuid.uuid4())),
    }),
]

CASES: list[Case] = [*MALFORMED, *CLIENT, *ISSUER, *AUDIENCE, *TIMES, *IDS]
