"""Looks into a replica with an SQLite of its own."""

import sqlite3
from collections import Counter
from pathlib import Path

from .data_api import DataAPI


def rows(path: Path, sql: str) -> list[tuple]:
    """What a query gives; the replica may be written to meanwhile."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        # Not all that is kept as text is UTF-8: what Welkin sent stays as it came.
        connection.text_factory = bytes
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def tables(path: Path) -> set[str]:
    """The tables of resources."""
    names = rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name.decode() for (name,) in names if not name.startswith((b"welkin_", b"sqlite_"))}


def records(path: Path, resource: str) -> list[bytes]:
    """The records that are not marked as deleted."""
    if resource not in tables(path):
        return []
    return [record for (record,) in rows(path, f'SELECT record FROM "{resource}" WHERE deleted_at IS NULL')]


def assert_equal(path: Path, api: DataAPI, resources: list[str] | None = None) -> None:
    """The replica has what the API has, byte for byte: none lost, none doubled, nothing else; and SQLite
    finds it whole."""
    for resource in resources or api.resources:
        here, there = Counter(records(path, resource)), Counter(api.dump(resource))
        assert here == there, (
            f"{resource}: {(there - here).total()} of {there.total()} records are not here,"
            f" {(here - there).total()} are here and not there")
    assert rows(path, "PRAGMA integrity_check") == [(b"ok",)]


def versions(path: Path) -> dict[str, list[tuple]]:
    """Everything in every resource's table, and when it was received."""
    return {name: rows(path, f'SELECT * FROM "{name}" ORDER BY id') for name in sorted(tables(path))}


def cursors(path: Path) -> dict[bytes, int | None]:
    return {name + filters: cursor for name, filters, cursor in
            rows(path, "SELECT resource, filter, cursor_us FROM welkin_streams")}


def execute(path: Path, sql: str) -> None:
    """Changes a replica behind the worker's back."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(sql)
    finally:
        connection.close()
