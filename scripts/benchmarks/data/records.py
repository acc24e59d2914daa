"""Made-up records of everything that `context` shows, in the pages of a Find, as files: the same in each edition."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from worker.patients import FULL_START, guid, write_pages

WORKERS = 50
NUMBERS = 2  # of each patient
NOTES = 6  # of each patient: one more than is shown
NOTE_TYPE = "_note"
PAGE = 500

TEXTS = ["Weight 148 lb, ankles less swollen than last week.", "Asked about the new dose; “no dizziness so far”.",
         "Daughter will bring her to the visit on Thursday.", "Blood pressure 138/86 in the morning, 131/80 at night."]


def patient(number: int) -> str:
    """The id of a patient."""
    return guid("patient", number)


def worker_of(number: int) -> str:
    """The id of a patient's primary worker."""
    return guid("worker", number % WORKERS)


def write_records(folder: Path, patients: int, origin: str, edition: int) -> None:
    """A folder of pages for each resource. In each edition, all numbers and notes say something else."""
    write_pages(folder / "patients", patients, origin)
    _write(folder, "workers", WORKERS, origin, _worker)
    _write(folder, "phone_numbers", patients * NUMBERS, origin, partial(_number, edition))
    _write(folder, "custom_data_type_records", patients * NOTES, origin, partial(_note, edition))


def _worker(number: int, time: str) -> str:
    return (f'{{"id":"{guid("worker", number)}","first_name":"Nora","last_name":"Lindqvist {number}","active":true,'
            f'"email":"nora{number}@example.test","timezone":"America/New_York","role":"nurse","seat_assigned":true,'
            f'"created_at":"{time}","updated_at":"{time}"}}')


def _number(edition: int, number: int, time: str) -> str:
    owner = patient(number // NUMBERS)
    return (f'{{"id":"{guid("number", number)}","patient_id":"{owner}","user_id":"{owner}",'
            f'"phone_number":"+1415555{number % 10_000:04d}","phone_number_type":"{["cell", "landline"][number % 2]}",'
            f'"friendly_name":{["null", chr(34) + "Daughter" + chr(34)][(number + edition) % 2]},"verified":true,'
            f'"opted_in_to_sms":true,"opted_in_to_voicemail":false,"automatic_recipient":false,'
            f'"created_at":"{time}","updated_at":"{time}"}}')


def _note(edition: int, number: int, time: str) -> str:
    owner = number // NOTES
    return (f'{{"id":"{guid("note", number)}","patient_id":"{patient(owner)}","type_name":"{NOTE_TYPE}",'
            f'"body":{{"note_text":"{TEXTS[(number + edition) % len(TEXTS)]}","written_by":"Nora Lindqvist {owner % WORKERS}",'
            f'"written_at":"{time}"}},"updated_by":"{worker_of(owner)}","created_at":"{time}","updated_at":"{time}"}}')


def _write(folder: Path, resource: str, count: int, origin: str, record: Callable[[int, str], str]) -> None:
    """One page for each second; see `worker/patients.py`."""
    (folder / resource).mkdir()
    for page, begin in enumerate(range(0, count, PAGE)):
        second, numbers = FULL_START + timedelta(seconds=page), range(begin, min(begin + PAGE, count))
        stem = second.strftime("%Y-%m-%dT%H:%M:%S")
        records = ",".join(record(number, f"{stem}.{number - begin:06d}+00:00") for number in numbers)
        following = (second + timedelta(seconds=1)).isoformat(timespec="microseconds")
        link = "null"
        if begin + PAGE < count:
            query = f"page%5Bfrom%5D={following.replace('+', '%2B')}&page%5Bsize%5D={PAGE}"
            link = (f'{{"href":"{origin}/v1/{resource}?{query}",'
                    f'"meta":{{"page[from]":"{following}","page[size]":{PAGE}}}}}')
        name = "first" if page == 0 else second.strftime("%Y%m%dT%H%M%S")
        (folder / resource / f"{name}.json").write_text(
            f'{{"data":[{records}],"links":{{"self":{{"href":"{origin}/v1/{resource}"}},"next":{link}}}}}')
