"""What a browser does after a launch: it follows the redirect and talks to the session route."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from .http import Answer, Request
from .tokens import remember

COOKIE = "__Secure-welkin"


@dataclass(frozen=True)
class Launched:
    """A launch that succeeded: where it leads, and the two ways to its session."""

    app: str
    launch: str
    path: str
    origin: str
    handoff: str | None
    cookie: str

    @staticmethod
    def from_answer(answer: Answer) -> "Launched":
        assert answer.status == 302, f"{answer.status}: {answer.text}"
        location = urlsplit(answer["Location"])
        app, launch = re.search(r"/a/([^/]+)/([A-Za-z0-9_-]{22})/$", location.path).groups()
        cookie = answer["Set-Cookie"].split(";")[0].removeprefix(f"{COOKIE}=")
        handoff = location.fragment.split("&")[0].removeprefix("handoff=") or None
        for value in (cookie, handoff):
            if value:
                remember(value)
        return Launched(app, launch, location.path, f"{location.scheme}://{location.netloc}", handoff, cookie)

    def _request(self, method: str, body: object = None, *, bearer: str | None = None, cookie: bool = False,
                 origin: str | None = "own", more: tuple[tuple[str, str], ...] = ()) -> Request:
        headers = list(more)
        if bearer is not None:
            headers.append(("X-Welkin-Session", bearer))
        if cookie:
            headers.append(("Cookie", f"{COOKIE}={self.cookie}"))
        if origin is not None and method != "GET":
            headers.append(("Origin", self.origin if origin == "own" else origin))
        if body is None:
            return Request(method, self.path + "session", tuple(headers))
        return Request(method, self.path + "session", tuple(headers), json.dumps(body).encode(), "application/json")

    def read(self, **how: object) -> Request:
        """GET: whose session this is."""
        return self._request("GET", **how)

    def exchange(self, handoff: str | None = None, **how: object) -> Request:
        """POST with the hand-off."""
        return self._request("POST", {"handoff": self.handoff if handoff is None else handoff}, **how)

    def renew(self, **how: object) -> Request:
        """POST with nothing."""
        return self._request("POST", {}, **how)

    def end(self, **how: object) -> Request:
        """DELETE."""
        return self._request("DELETE", **how)


def token_of(answer: Answer) -> str:
    """The bearer that an exchange or a renewal gave."""
    assert answer.status == 200, f"{answer.status}: {answer.text}"
    return remember(answer.json["token"])
