"""A journal as a release of the worker makes it, and what is in it."""

import sqlite3
from pathlib import Path

from .data_api import PROVIDER

#: Step 1, which never changes.
SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA application_id = 0x57454C4A;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, time_us BIGINT NOT NULL, account TEXT, app TEXT, launch TEXT,
    worker TEXT, patient TEXT, route TEXT NOT NULL, resource TEXT, record TEXT, records BIGINT,
    outcome TEXT NOT NULL, attempts BIGINT NOT NULL DEFAULT 1, last_us BIGINT);
CREATE INDEX audit_time ON audit (time_us);
CREATE INDEX audit_worker ON audit (worker, time_us) WHERE worker IS NOT NULL;
CREATE INDEX audit_patient ON audit (patient, time_us) WHERE patient IS NOT NULL;
CREATE INDEX audit_refused ON audit (launch, time_us) WHERE outcome <> 'ok';
INSERT INTO meta VALUES ('schema', '1'), ('store', '00112233445566778899aabbccddeeff');
"""


def make(path: Path, provider: str = PROVIDER) -> None:
    """An empty one."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(0o600)
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.execute("INSERT INTO meta VALUES ('provider', ?)", (provider,))
    connection.commit()
    connection.close()


def add(path: Path, time: int, **values: str | int) -> None:
    """An entry of this second since 1970."""
    row = {"app": "main", "launch": "5f6e", "worker": "w1", "patient": "p1", "route": "context", "outcome": "ok", **values}
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            f"INSERT INTO audit (time_us, {', '.join(row)}) VALUES (?{', ?' * len(row)})", (time * 1_000_000, *row.values()))
    connection.close()


def rows(path: Path, sql: str) -> list[tuple]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
