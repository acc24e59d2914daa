"""A clinic to work in: an App behind nginx, a host page on another site, and the simulator that answers both."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from . import simulator, stacks, wait
from .http import FORM, Answer, Request, Site
from .nginx import Nginx
from .stacks import HOST_NAME, Stack
from .tls import Certificate


@dataclass
class Clinic:
    """The stack, the simulator's listeners (its own, and nginx's), its patients' ids, and where browsers find the
    host page."""

    stack: Stack
    host: Site
    data: Site
    patients: list[str]
    front: Site | None = None
    #: Those who have called.
    calls: list[str] = field(default_factory=list)

    def control(self, name: str, **form: object) -> Answer:
        """What a developer does on the host page."""
        return self.host.send(Request("POST", f"/{name}", body=urlencode(form).encode(), content_type=FORM))

    def fault(self, route: str, mode: str, **more: object) -> None:
        assert self.control("faults", route=route, mode=mode, **more).status == 200

    def faults(self) -> list[dict]:
        """What is set, and what is held because of it."""
        return self.host.send(Request("GET", "/faults")).json["faults"]

    def held(self, route: str) -> int:
        """How many slow requests wait to be released."""
        return sum(fault["held"] for fault in self.faults() if fault["route"] == route)

    def mend(self) -> None:
        """Nothing goes wrong on purpose any more, and nobody is on the line."""
        for fault in self.faults():
            self.fault(fault["route"], "none")
        while self.calls:
            self.control("hang-up", call=self.calls.pop())
        for call in self.placed():
            assert self.ask("calls/cancel", key=call["key"]).status == 200

    def ask(self, route: str, **body: object) -> Answer:
        """A data request as nginx would send it, in a session of the worker's without a patient."""
        launch, client = "A" * 22, self.stack.client
        headers = {"X-Welkin-App": "main", "X-Welkin-Launch": launch, "X-Welkin-Worker": client.worker,
                   "X-Welkin-Provider": client.provider}
        return self.data.send(Request("POST", f"/a/main/{launch}/data/{route}", tuple(headers.items()),
                                      json.dumps(body).encode(), "application/json"))

    def placed(self) -> list[dict]:
        """The worker's calls of which nobody has said how they went."""
        return self.ask("calls/await", after=None).json["placed"]

    def ring(self, patient: str = "") -> str:
        """A call from the patient, or from nobody known, to the worker; its id."""
        self.calls.append(self.control("ring", patient=patient).json["call"])
        return self.calls[-1]

    def hang_up(self, call: str) -> None:
        assert self.control("hang-up", call=call).status == 200

    def stored(self, patient: str, text: str) -> int:
        """How many notes of the patient have that text."""
        return self.host.send(Request("GET", f"/patients/{patient}")).text.count(text)

    def asked(self, name: str, launch: str = "") -> int:
        """How many requests for a data route have been answered, of a launch or of all."""
        lines = self.stack.nginx.access_log.read_text().splitlines()
        return sum(f"{launch}/data/{name} " in line for line in lines)


@contextmanager
def start(new_folder: Callable[[], Path], certificate: Certificate, values: Mapping[str, str] | None = None,
          **options: object) -> Iterator[Clinic]:
    """All of it over TLS; `values` are the handler's settings, the other options nginx's."""
    folder, data = new_folder(), wait.free_port()
    front = Site(HOST_NAME, wait.free_port(), certificate.authority)
    with stacks.nginx(folder, certificate, values={"WELKIN_HOST_ORIGIN": front.origin, **(values or {})},
                      host_origin=front.origin, data=f"http://127.0.0.1:{data}", **options) as stack:
        with simulator.serve(folder, stack.client, "--data-listen", f"127.0.0.1:{data}") as port:
            beside = new_folder()
            unused = Site("unused.test", wait.free_port(), certificate.authority)
            with Nginx(beside, unused, beside / "unused.sock", certificate, workers=1, proxy=(front, port)):
                yield Clinic(stack, Site("127.0.0.1", port), Site("127.0.0.1", data), simulator.patients(port), front)
