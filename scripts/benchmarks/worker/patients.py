"""Made-up patients in the pages of a Find, as files: always the same."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

PAGE = 100
FULL_START = datetime(2020, 1, 1, tzinfo=timezone.utc)

PLACES = [("Boise", "Ada", "ID", "83702"), ("Duluth", "St. Louis", "MN", "55802"), ("Macon", "Bibb", "GA", "31201"),
          ("Salem", "Marion", "OR", "97301"), ("Lowell", "Middlesex", "MA", "01850")]
GIVEN = ["Elsa", "Jonas", "Mirjam", "Abel", "Yara", "Tomás", "Ingrid", "Kofi"]
FAMILY = ["Brandt", "Okafor", "Lindqvist", "Moreau", "Castañeda", "Haddad", "Nakamura"]


@dataclass(frozen=True)
class Written:
    """The content of a folder of pages, to compare with a contestant's result."""

    records: int
    checksum: int


def checksum(records: Iterator[tuple[str, str, str, str]]) -> int:
    """A checksum of id, last name, street and `updated_at` (microseconds, without an offset), in any order."""
    return sum(zlib.crc32("\n".join(fields).encode()) for fields in records)


def guid(kind: str, number: int) -> str:
    """The same made-up id every time."""
    digits = hashlib.blake2b(f"{kind} {number}".encode(), digest_size=16).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _patient(number: int, updated: str, street: str) -> dict[str, object]:
    city, county, state, code = PLACES[number % len(PLACES)]
    worker = guid("worker", number % 50)
    return {
        "id": guid("patient", number), "phase": ["onboarding", "active", "closed"][number % 3],
        "is_active": number % 10 != 0, "primary_worker_id": worker, "coach_id": worker,
        "timezone": "US/Eastern", "first_name": GIVEN[number % len(GIVEN)], "last_name": FAMILY[number % len(FAMILY)],
        "birthday": f"19{10 + number % 90}-0{1 + number % 9}-{10 + number % 19}", "updated_at": updated,
        "created_at": "2019-05-17T08:30:00.123456+00:00", "email_addresses": [], "street": street,
        "street_line_two": None, "city": city, "county": county, "zip_code": code, "state": state, "country": "US",
        "primary_language": "english", "gender": "female", "height": str(58 + number % 20),
        "weight": str(95 + number % 160), "smokes": number % 7 == 0, "provider_id_number": f"MRN-{100_000 + number}",
    }


def write_pages(folder: Path, count: int, origin: str, start: datetime = FULL_START, first: str = "first",
                street: str = "Harbor Street") -> Written:
    """The first `count` patients, one page for each second from `start`. The first page's file is named
    `first`, each other one after the `page[from]` that requests it (see `api.py`)."""
    folder.mkdir(exist_ok=True)
    total = 0
    for page, begin in enumerate(range(0, max(count, 1), PAGE)):
        second = start + timedelta(seconds=page)
        records = []
        for number in range(begin, min(begin + PAGE, count)):
            updated = second + timedelta(milliseconds=number - begin)
            text = updated.isoformat(timespec="microseconds")
            records.append(_patient(number, text, f"{1 + number % 999} {street}"))
        total += checksum((str(each["id"]), str(each["last_name"]), str(each["street"]), str(each["updated_at"])[:26])
                          for each in records)
        # Without links, the worker continues until a page is empty.
        links: dict[str, object] = {"self": {"href": f"{origin}/v1/patients"}, "next": None}
        if begin + PAGE < count:
            following = (second + timedelta(seconds=1)).isoformat(timespec="microseconds")
            query = f"page%5Bfrom%5D={following.replace('+', '%2B')}&page%5Bsize%5D={PAGE}"
            links = {"next": {"href": f"{origin}/v1/patients?{query}",
                              "meta": {"page[from]": following, "page[size]": PAGE}}}
        text = json.dumps({"data": records, "links": links}, ensure_ascii=False, separators=(",", ":"))
        name = first if page == 0 else second.strftime("%Y%m%dT%H%M%S")
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return Written(count, total)
