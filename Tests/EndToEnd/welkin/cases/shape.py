"""Tokens whose outer shape is wrong: segments, base64url, signature."""

import hashlib
import json

from ..tokens import HEADER, Client, b64, mac, seal, unb64
from . import Case, token_cases

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _parts(client: Client) -> tuple[str, str, str]:
    header, payload, signature = client.token().split(".")
    return header, payload, signature


def _loose(text: str) -> str:
    """The same bytes, encoded with an unused bit set (not canonical: RFC 4648, section 3.5)."""
    assert len(text) % 4 in (2, 3), "a segment without unused bits cannot be loosened"
    return text[:-1] + ALPHABET[ALPHABET.index(text[-1]) + 1]


def _payload_with_rest(client: Client) -> str:
    """A payload segment that has unused bits: blanks after the JSON until its length is right."""
    text = json.dumps(client.claims())
    while len(text) % 3 == 0:
        text += " "
    return b64(text)


def _standard_alphabet(client: Client) -> str:
    """A payload in base64 rather than base64url: `?` three bytes in a row make a `/`, `>` a `+`."""
    text = b64(json.dumps(client.claims(note="???>>>???>>>ÿÿ", x="???", y=">>>"), ensure_ascii=False))
    standard = text.replace("-", "+").replace("_", "/")
    assert standard != text
    return seal(f"{b64(json.dumps(HEADER))}.{standard}", client.secret)


def _inside(client: Client, what: str) -> str:
    """`what` in the middle of the payload, signed as it stands."""
    header, payload, _ = _parts(client)
    half = len(payload) // 2
    return seal(f"{header}.{payload[:half]}{what}{payload[half:]}", client.secret)


def _flipped(client: Client) -> str:
    header, payload, signature = _parts(client)
    raw = bytearray(unb64(signature))
    raw[7] ^= 1
    return f"{header}.{payload}.{b64(bytes(raw))}"


SEGMENTS = token_cases("token_segments", {
    "one": lambda c: _parts(c)[0],
    "two": lambda c: ".".join(_parts(c)[:2]),
    "four": lambda c: ".".join([*_parts(c), _parts(c)[2]]),
    "an empty fourth": lambda c: c.token() + ".",
    "five, as an encrypted token has": lambda c: ".".join([*_parts(c), "AA", "AA"]),
    "empty header": lambda c: "." + ".".join(_parts(c)[1:]),
    "empty payload": lambda c: seal(_parts(c)[0] + ".", c.secret),
    "empty signature": lambda c: ".".join(_parts(c)[:2]) + ".",
    "only dots": lambda _: "..",
})

ENCODING = token_cases("token_encoding", {
    "padded header": lambda c: seal(f"{b64(json.dumps(HEADER))}=.{_parts(c)[1]}", c.secret),
    "padded payload": lambda c: seal(f"{_parts(c)[0]}.{_payload_with_rest(c)}=", c.secret),
    "padded signature": lambda c: c.token() + "=",
    "unused bit in the payload": lambda c: seal(f"{_parts(c)[0]}.{_loose(_payload_with_rest(c))}", c.secret),
    "unused bit in the signature": lambda c: ".".join([*_parts(c)[:2], _loose(_parts(c)[2])]),
    "one character too many": lambda c: c.token() + "A" * (1 + (-len(_parts(c)[2]) % 4)),
    "base64 alphabet": _standard_alphabet,
    "outside any alphabet": lambda c: _inside(c, "!*"),
    "not ASCII": lambda c: _inside(c, "é"),
    "line feed inside": lambda c: _inside(c, "\n"),
    "blank inside": lambda c: _inside(c, " "),
    "tab inside": lambda c: _inside(c, "\t"),
    "blank before": lambda c: " " + c.token(),
    "line break after": lambda c: c.token() + "\r\n",
})

SIGNATURE = token_cases("signature_mismatch", {
    "one bit flipped": _flipped,
    "a byte short": lambda c: ".".join([*_parts(c)[:2], b64(unb64(_parts(c)[2])[:-1])]),
    "a byte long": lambda c: ".".join([*_parts(c)[:2], b64(unb64(_parts(c)[2]) + b"\0")]),
    "one byte": lambda c: ".".join([*_parts(c)[:2], "AA"]),
    "all zero": lambda c: ".".join([*_parts(c)[:2], b64(bytes(32))]),
    "of another token": lambda c: ".".join([*_parts(c)[:2], c.token(exp=1).split(".")[2]]),
    "another secret": lambda c: c.token(secret="x" * 43),
    "empty secret": lambda c: c.token(secret=""),
    "the client id as secret": lambda c: c.token(secret=c.client_id),
    "a secret with a line end": lambda c: c.token(secret=c.secret + "\n"),
    "HMAC with SHA-512": lambda c: seal(".".join(_parts(c)[:2]), c.secret, "sha512"),
    "SHA-256 without a key": lambda c: ".".join(
        [*_parts(c)[:2], b64(hashlib.sha256(".".join(_parts(c)[:2]).encode()).digest())]),
    "over the decoded bytes": lambda c: ".".join(
        [*_parts(c)[:2], b64(mac(json.dumps(HEADER) + "." + json.dumps(c.claims()), c.secret))]),
    "claims changed after signing": lambda c: ".".join(
        [_parts(c)[0], b64(json.dumps(c.on_patient().claims())), _parts(c)[2]]),
    "nonsense claims and a wrong signature: the signature is told first": lambda c: c.sign(
        json.dumps(HEADER), "nonsense", "x" * 43),
})

CASES: list[Case] = [*SEGMENTS, *ENCODING, *SIGNATURE]
