"""An open App without a browser: it asks for data as its page does."""

import json
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from .clinic import Clinic
from .http import Answer, Request
from .session import Launched, token_of
from .tokens import Client


@dataclass
class Page:
    """A session, and who answers it."""

    clinic: Clinic
    launched: Launched
    bearer: str

    @staticmethod
    def open(clinic: Clinic, patient: str | None, client: Client | None = None) -> "Page":
        client = (client or clinic.stack.client).on_patient(patient)
        launched = clinic.stack.launch(client, urlsplit(client.app_url).path)
        return Page(clinic, launched, token_of(clinic.stack.send(launched.exchange())))

    def request(self, name: str, body: object = None, **changes: object) -> Request:
        good = Request("POST", f"{self.launched.path}data/{name}",
                       (("X-Welkin-Session", self.bearer), ("Origin", self.launched.origin),
                        ("Accept", "application/json")),
                       json.dumps(body or {}).encode(), "application/json")
        return replace(good, **changes)

    def ask(self, name: str, body: object = None, **changes: object) -> Answer:
        return self.clinic.stack.send(self.request(name, body, **changes))

    def end(self) -> None:
        """As another copy of the page would."""
        assert self.clinic.stack.send(self.launched.end(bearer=self.bearer)).status == 204

    def ok(self, name: str, body: object = None, status: int = 200) -> dict:
        answer = self.ask(name, body)
        assert answer.status == status, answer.text
        assert answer["Content-Type"] == "application/json"
        assert answer.all("Cache-Control") == ["no-store"]
        return answer.json

    def number(self) -> str:
        return self.ok("context")["phone_numbers"][0]["id"]
