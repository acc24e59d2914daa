"""Tokens whose header is wrong, though rightly signed."""

import json
from collections.abc import Callable

from ..tokens import Client, b64, seal
from . import Case, token_cases


def _under(header: str | bytes) -> Callable[[Client], str]:
    """A token with exactly this header and a right signature."""
    return lambda client: client.sign(header, json.dumps(client.claims()))


def _with(**members: object) -> Callable[[Client], str]:
    """A token whose header has these members besides `alg` HS256; `...` leaves one out."""
    header = {"alg": "HS256", "typ": "JWT", **members}
    return _under(json.dumps({name: value for name, value in header.items() if value is not ...}))


MALFORMED = token_cases("header_malformed", {
    "not JSON": _under("HS256"),
    "an array": _under('["HS256"]'),
    "a string": _under('"HS256"'),
    "null": _under("null"),
    "only a blank": _under(" "),
    "cut short": _under('{"alg":"HS256"'),
    "something after it": _under('{"alg":"HS256"}{}'),
    "alg twice": _under('{"alg":"HS256","alg":"none"}'),
    "alg twice, the same": _under('{"alg":"HS256","alg":"HS256"}'),
    "alg twice, once escaped": _under('{"alg":"HS256","\\u0061lg":"none"}'),
    "nested deeply": _under('{"alg":"HS256","x":' + "[" * 1000 + "]" * 1000 + "}"),
    "NaN": _under('{"alg":"HS256","x":NaN}'),
    "a comment": _under('{"alg":"HS256"/**/}'),
    "not UTF-8": _under(b'{"alg":"HS256","x":"\xff"}'),
    "a byte order mark": _under(b'\xef\xbb\xbf{"alg":"HS256"}'),
    "a lone surrogate": _under('{"alg":"HS256","x":"\\ud800"}'),
    "a raw line feed in a string": _under('{"alg":"HS256","x":"\n"}'),
})

ALGORITHM = token_cases("algorithm_refused", {
    "none": _with(alg="none"),
    "none, unsigned": lambda c: f'{b64(json.dumps({"alg": "none"}))}.{b64(json.dumps(c.claims()))}.AA',
    "None": _with(alg="None"),
    "HS512": lambda c: seal(
        f'{b64(json.dumps({"alg": "HS512"}))}.{b64(json.dumps(c.claims()))}', c.secret, "sha512"),
    "HS384": _with(alg="HS384"),
    "RS256": _with(alg="RS256"),
    "ES256": _with(alg="ES256"),
    "lower case": _with(alg="hs256"),
    "a blank after it": _with(alg="HS256 "),
    "missing": _with(alg=...),
    "empty": _with(alg=""),
    "null": _with(alg=None),
    "an array": _with(alg=["HS256"]),
    "a number": _with(alg=256),
    "true": _with(alg=True),
})

TYPE = token_cases("type_refused", {
    "another kind of token": _with(typ="at+jwt"),
    "empty": _with(typ=""),
    "null": _with(typ=None),
    "an array": _with(typ=["JWT"]),
    "a number": _with(typ=1),
})

CRITICAL = token_cases("critical_refused", {
    "a known name": _with(crit=["exp"]),
    "b64": _with(crit=["b64"], b64=False),
    "empty": _with(crit=[]),
    "null": _with(crit=None),
    "a string": _with(crit="exp"),
})

CASES: list[Case] = [*MALFORMED, *ALGORITHM, *TYPE, *CRITICAL]
