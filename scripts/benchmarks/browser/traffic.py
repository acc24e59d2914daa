"""The requests and network traffic of one launch, from the browser's own events."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Request:
    """One request; the bytes received: compressed content, and everything including headers."""

    method: str
    path: str
    from_cache: bool = False
    content: int = 0
    received: int = 0
    #: Milliseconds that it waited for a new connection; 0 on an existing one.
    connecting: float = 0

    @property
    def is_file(self) -> bool:
        """Whether it is for the page or one of its assets."""
        return self.method == "GET" and (self.path.startswith("/assets/") or self.path.endswith("/"))


def connecting(timing: dict[str, float]) -> float:
    """The time for name, TCP and TLS, by the browser's ResourceTiming: -1 means none."""
    start, end = timing.get("connectStart", -1), timing.get("connectEnd", -1)
    return end - start if start >= 0 else 0


@dataclass
class Traffic:
    """The requests to the App's origin since the last clear."""

    origin: str
    requests: dict[str, Request] = field(default_factory=dict)

    def clear(self) -> None:
        self.requests.clear()

    def on_event(self, event: dict[str, Any]) -> None:
        """Handles an event of the DevTools protocol's Network domain; ignores others."""
        params = event["params"]
        number = params.get("requestId")
        match event["method"]:
            case "Network.requestWillBeSent" if params["request"]["url"].startswith(self.origin + "/"):
                # A redirect keeps the number; the redirected request has been answered.
                if "redirectResponse" in params:
                    before = self.requests[f"{number}, redirected"] = self.requests.pop(number)
                    before.connecting = connecting(params["redirectResponse"].get("timing", {}))
                asked = params["request"]
                self.requests[number] = Request(asked["method"], urlsplit(asked["url"]).path)
            case "Network.requestServedFromCache" if number in self.requests:
                self.requests[number].from_cache = True
            case "Network.responseReceived" if number in self.requests:
                response = params["response"]
                self.requests[number].from_cache |= response.get("fromDiskCache", False)
                headers = {name.lower(): value for name, value in response["headers"].items()}
                self.requests[number].content = int(headers.get("content-length", 0))
            case "Network.loadingFinished" if number in self.requests:
                self.requests[number].received = params["encodedDataLength"]

    def connecting(self) -> float:
        """Milliseconds that the POST of the launch waited for its connection."""
        return next(request.connecting for request in self.requests.values() if request.method == "POST")

    def sent(self) -> list[Request]:
        """The requests that did not come from the cache."""
        return [request for request in self.requests.values() if not request.from_cache]

    def transfer(self) -> tuple[int, int]:
        """Bytes of the page and its assets: compressed content, and everything received."""
        files = [request for request in self.sent() if request.is_file]
        return sum(file.content for file in files), sum(file.received for file in files)

    def besides_launch(self) -> list[Request]:
        """All requests except the POST of the launch and the session."""
        return [request for request in self.sent() if not request.path.endswith(("/launch", "/session"))]
