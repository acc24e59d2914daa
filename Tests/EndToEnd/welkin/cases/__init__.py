"""Tables of refusals: what is wrong, the reason code it must end with, and its good twin."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from ..http import Request, launch
from ..tokens import Client


def untouched(client: Client) -> Request:
    """The launch with nothing wrong."""
    return launch(client.token())


@dataclass(frozen=True)
class Case:
    """One refusal. `make` spoils a launch; `twin` is the same launch unspoilt, which must succeed."""

    reason: str
    name: str
    make: Callable[[Client], Request]
    status: int = 401
    twin: Callable[[Client], Request] = untouched


def parameters(cases: Iterable[Case]) -> list:
    """The cases as pytest parameters, marked with their reason for the completeness test."""
    return [
        pytest.param(case, id=f"{case.reason}: {case.name}", marks=pytest.mark.reason(case.reason))
        for case in cases
    ]


def token_cases(reason: str, makers: dict[str, Callable[[Client], str]],
                twin: Callable[[Client], Request] = untouched) -> list[Case]:
    """Cases in which only the token is wrong: always 401."""
    def spoiling(make: Callable[[Client], str]) -> Callable[[Client], Request]:
        return lambda client: launch(make(client))
    return [Case(reason, name, spoiling(make), twin=twin) for name, make in makers.items()]
