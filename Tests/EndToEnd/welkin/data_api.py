"""welkin-simulator's Data API: its process, and the requests that control it."""

import json
import re
import urllib.request
from pathlib import Path

from .handler import environment
from .paths import SIMULATOR
from .process import Process
from .tokens import remember

CLIENT_ID = "end-to-end"
SECRET = remember("the-secret-of-the-data-api-of-the-tests")
PROVIDER = "5d0c1b7e-9a64-4c1f-8d2b-3e7f60a1c9d4"

#: Those that have records; availability is computed from others.
RESOURCES = (
    "alerts app_messages assessment_responses audit_logs calendar_events calendars calls care_flows conversations"
    " custom_data_type_records email_addresses email_messages event_labels external_ids file_attachments file_uploads"
    " integration_tasks patient_facing_assessment_links patients phone_numbers profile_phone_numbers profiles"
    " relationship_records sms_messages unavailable_times visits workers working_hours").split()

#: The values of the filters that their Find requires.
FILTERS = {"alerts": ("alert_type", ["app_message"]),
           "audit_logs": ("event_type", ["data_access", "data_export", "login"])}

#: What is to be asked for in one run with nothing new: each resource, each value of a required filter.
STREAMS = sum(len(FILTERS[name][1]) if name in FILTERS else 1 for name in RESOURCES)

Record = dict[str, object]


class DataAPI:
    """A running API with made-up records. Whatever in them identifies anybody is remembered, for the search
    through all logs at the end of the run."""

    def __init__(self, folder: Path, *options: str, patients: int = 12) -> None:
        self.log = folder / "data-api.log"
        words = [SIMULATOR, "api", "--listen", "127.0.0.1:0", "--patients", str(patients), *options]
        self.process = Process(words, self.log, lambda: self._port() is not None, env=environment(
            {"WELKIN_DATA_CLIENT_ID": CLIENT_ID, "WELKIN_DATA_CLIENT_SECRET": SECRET}))
        self.port = int(self._port() or 0)
        self.resources = list(RESOURCES)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def dump(self, resource: str) -> list[bytes]:
        """All records as they are now, byte for byte."""
        # Lines end in one way only: records that are no JSON may have other line ends within.
        return self._ask("GET", f"dump?resource={resource}").split(b"\n")[:-1]

    def records(self, resource: str) -> list[Record]:
        return [json.loads(line) for line in self.dump(resource)]

    def control(self, path: str, **values: object) -> Record:
        """POST to one of the control routes; see `welkin-simulator api --help`."""
        answer = json.loads(self._ask("POST", path, values))
        for guid in answer.get("ids", []):
            remember(guid)
        return answer

    def fail(self, fault: str, **values: object) -> None:
        """One more rule of what goes wrong."""
        self.control("faults", faults=[{"fault": fault, **values}], add=True)

    def recover(self) -> None:
        """Nothing goes wrong any more."""
        self._ask("DELETE", "faults")

    def requests(self, status: int | None = None) -> dict[str, int]:
        """How many requests there were, by path."""
        counts: dict[str, int] = {}
        for entry in json.loads(self._ask("GET", "requests"))["requests"]:
            if status in (None, entry["status"]):
                counts[entry["path"]] = counts.get(entry["path"], 0) + entry["count"]
        return counts

    def forget_requests(self) -> None:
        self._ask("DELETE", "requests")

    def _ask(self, method: str, path: str, values: Record | None = None) -> bytes:
        body = None if values is None else json.dumps(values).encode()
        request = urllib.request.Request(f"{self.origin}/_control/{path}", body, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def _port(self) -> str | None:
        found = re.search(r"listening on http://127\.0\.0\.1:(\d+)", self.log.read_text())
        return found and found[1]

    def __enter__(self) -> "DataAPI":
        self._remember_people()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._remember_people()
        finally:
            self.process.stop()

    def _remember_people(self) -> None:
        for resource in self.resources:
            for line in self.dump(resource):
                # What makes a record too large takes the patterns for ever.
                for word in identifying(line[:1 << 16].decode(errors="replace")):
                    remember(word)


GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
MEMBER = re.compile(r'"(first_name|last_name|birthday|street|provider_id_number|external_id)":"([^"\\]+)"')
PHONE = re.compile(r"\+1\d{10}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def identifying(text: str) -> set[str]:
    """Every id, name, phone number and address in records; the provider is the operator's own."""
    words = {value for _, value in MEMBER.findall(text)}
    for pattern in (GUID, PHONE, EMAIL):
        words.update(pattern.findall(text))
    return words - {PROVIDER}
