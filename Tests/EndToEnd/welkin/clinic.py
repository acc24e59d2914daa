"""A clinic to work in: an App behind nginx, its data, a host page on another site, and the simulator in Welkin's place."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from . import faulty, simulator, stacks, wait
from .data_api import CLIENT_ID, RESOURCES, SECRET, identifying
from .data_service import DataService
from .faulty import Faulty
from .http import FORM, Answer, Request, Site
from .nginx import Nginx
from .stacks import HOST_NAME, Stack
from .tls import Certificate
from .tokens import remember


@dataclass
class Clinic:
    """The stack, the simulator's listeners (its own, nginx's, and the Data API), its patients' ids, the data service,
    what stands before that, and where browsers find the host page."""

    stack: Stack
    host: Site
    data: Site
    api: Site
    patients: list[str]
    service: DataService
    faulty: Faulty | None = None
    front: Site | None = None
    #: Those who have called.
    calls: list[str] = field(default_factory=list)

    def control(self, name: str, **form: object) -> Answer:
        """What a developer does on the host page."""
        return self.host.send(Request("POST", f"/{name}", body=urlencode(form).encode(), content_type=FORM))

    def sync(self) -> None:
        """Brings what is new in Welkin to the data service."""
        self.service.sync()

    def records(self, resource: str) -> list[dict]:
        """All that Welkin has of a resource."""
        return [json.loads(line) for line in self._dump(resource).splitlines()]

    def _dump(self, resource: str) -> str:
        return self.api.send(Request("GET", f"/_control/dump?resource={resource}")).text

    def remember_people(self) -> None:
        """Whatever identifies anybody in Welkin's records must be in no log."""
        for resource in RESOURCES:
            for word in identifying(self._dump(resource)):
                remember(word)

    def put(self, resource: str, record: str, **values: object) -> None:
        """Welkin gets a record with these members, or changes them."""
        body = json.dumps({"resource": resource, "id": remember(record), "values": values}).encode()
        answer = self.api.send(Request("POST", "/_control/put", body=body, content_type="application/json"))
        assert answer.status == 200, answer.text

    def fault(self, route: str, mode: str, **more: object) -> None:
        """Of a route of the data service's before it, of another one in the simulator."""
        if route in faulty.ROUTES:
            self.faulty.set(route, mode, **more)
        else:
            assert self.control("faults", route=route, mode=mode, **more).status == 200

    def faults(self) -> list[dict]:
        """What is set, and what is held because of it."""
        before = self.faulty.active() if self.faulty else []
        return before + self.host.send(Request("GET", "/faults")).json["faults"]

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
    front = Site(HOST_NAME, wait.free_port(), certificate.authority)
    with without_host(new_folder, certificate, {"WELKIN_HOST_ORIGIN": front.origin, **(values or {})}, faults=True,
                      host_origin=front.origin, **options) as clinic:
        beside = new_folder()
        unused = Site("unused.test", wait.free_port(), certificate.authority)
        with Nginx(beside, unused, beside / "unused.sock", certificate, workers=1, proxy=(front, clinic.host.port)):
            clinic.front = front
            yield clinic


@contextmanager
def without_host(new_folder: Callable[[], Path], certificate: Certificate, values: Mapping[str, str] | None = None, *,
                 faults: bool = False, calls: bool = True, **options: object) -> Iterator[Clinic]:
    """For tests without a browser; with `faults`, what reads can fail on purpose, too. Without `calls`, the site is one
    that the simulator answers nothing for: pages only read."""
    folder, data, api = new_folder(), wait.free_port(), wait.free_port()
    front = folder / ("faulty.sock" if faults else "data.sock")
    with ExitStack() as running:
        stack = running.enter_context(stacks.nginx(
            folder, certificate, values=values, data=front, simulated=f"http://127.0.0.1:{data}" if calls else None,
            **options))
        port = running.enter_context(simulator.serve(
            folder, stack.client, "--data-listen", f"127.0.0.1:{data}", "--api-listen", f"127.0.0.1:{api}",
            WELKIN_DATA_CLIENT_ID=CLIENT_ID, WELKIN_DATA_CLIENT_SECRET=SECRET))
        service = DataService(folder, stack.handler.values, stack.client.provider, f"http://127.0.0.1:{api}")
        service.sync()
        running.enter_context(service)
        before = running.enter_context(Faulty(front, service.socket)) if faults else None
        clinic = Clinic(stack, *(Site("127.0.0.1", each) for each in (port, data, api)), simulator.patients(port),
                        service, before)
        try:
            yield clinic
        finally:
            clinic.remember_people()
