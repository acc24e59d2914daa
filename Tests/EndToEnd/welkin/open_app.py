"""An open App without a browser: it asks for data as its page does."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

from .clinic import Clinic
from .http import Answer, Request
from .session import Launched, token_of
from .tokens import Client


@dataclass
class Page:
    """A session, and who answers it."""

    send: Callable[[Request], Answer]
    launched: Launched
    bearer: str

    @classmethod
    def of(cls, send: Callable[[Request], Answer], launched: Launched) -> Self:
        return cls(send, launched, token_of(send(launched.exchange())))

    def request(self, route: str, asked: object = None, *, origin: str | None = "own", session: bool = True,
                **changes: object) -> Request:
        headers = [("Accept", "application/json")]
        if session:
            headers.append(("X-Welkin-Session", self.bearer))
        if origin:
            headers.append(("Origin", self.launched.origin if origin == "own" else origin))
        good = Request("POST", f"{self.launched.path}data/{route}", tuple(headers),
                       json.dumps({} if asked is None else asked).encode(), "application/json")
        return replace(good, **changes)

    def ask(self, route: str, asked: object = None, **changes: object) -> Answer:
        return self.send(self.request(route, asked, **changes))

    def ok(self, route: str, asked: object = None, status: int = 200, **changes: object) -> dict:
        answer = self.ask(route, asked, **changes)
        assert answer.status == status, f"{answer.status}: {answer.text}"
        assert answer["Content-Type"] == "application/json"
        assert answer.all("Cache-Control") == ["no-store"]
        return answer.json

    def end(self) -> None:
        """As another copy of the page would."""
        assert self.send(self.launched.end(bearer=self.bearer)).status == 204


@dataclass
class ClinicPage(Page):
    """Of the clinic's App."""

    clinic: Clinic

    @staticmethod
    def open(clinic: Clinic, patient: str | None, client: Client | None = None) -> "ClinicPage":
        client = (client or clinic.stack.client).on_patient(patient)
        launched = clinic.stack.launch(client, urlsplit(client.app_url).path)
        page = Page.of(clinic.stack.send, launched)
        return ClinicPage(page.send, page.launched, page.bearer, clinic)

    def number(self) -> str:
        return self.ok("context")["phone_numbers"][0]["id"]
