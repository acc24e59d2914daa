"""Lengths that a web server would put right before they reach the handler: sent over FastCGI itself."""

from collections.abc import Callable

from ..http import FORM, Request, launch
from ..tokens import Client
from . import Case


def _declared(make: Callable[[int], str | None]) -> Callable[[Client], Request]:
    def spoil(client: Client) -> Request:
        good = launch(client.token())
        return launch(client.token(), body=good.body, length=make(len(good.body)))
    return spoil


def _mebibyte(client: Client) -> Request:
    return Request("POST", "/launch", body=b"token=" + b"A" * (1 << 20), content_type=FORM)


CASES = [
    *(Case("length_missing", name, _declared(make), 400) for name, make in {
        "not declared": lambda _: None,
        "empty": lambda _: "",
    }.items()),
    *(Case("length_invalid", name, _declared(make), 400) for name, make in {
        "negative": lambda _: "-1",
        "a word": lambda _: "many",
        "hexadecimal": lambda size: hex(size),
        "with a sign": lambda size: f"+{size}",
        "with a blank": lambda size: f" {size}",
        "two": lambda size: f"{size}, {size}",
        "a fraction": lambda size: f"{size}.0",
    }.items()),
    *(Case("length_mismatch", name, _declared(make), 400) for name, make in {
        "one more than there is": lambda size: str(size + 1),
        "one less than there is": lambda size: str(size - 1),
        "none of what there is": lambda _: "0",
    }.items()),
    *(Case("too_large", name, _declared(make), 413) for name, make in {
        "declared one over the limit": lambda _: str(64 * 1024 + 1),
        "declared a gibibyte": lambda _: str(1 << 30),
        "declared more than any integer holds": lambda _: "9" * 40,
    }.items()),
    Case("too_large", "a body of 1 MiB", _mebibyte, 413),
    Case("too_large", "a body of 1 MiB, declared as small", lambda c: Request(
        "POST", "/launch", body=_mebibyte(c).body, content_type=FORM, length="100"), 413),
]
