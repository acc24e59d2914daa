"""The near-limit: what a loop in Python can do that keeps whole records and nothing else. One connection that
is kept, orjson, sqlite3, one transaction a page with the place to go on from in it; no columns, no retries, no
windows. Run as `bare_loop.py ORIGIN FILE [PAGES]`: PAGES of journal before they are copied into the file, SQLite's
own 1000 unless told."""

import http.client
import sqlite3
import sys
from urllib.parse import urlsplit

import orjson


def main() -> None:
    """From the first page to the last."""
    origin, path = sys.argv[1:3]
    host = urlsplit(origin).netloc
    connection = http.client.HTTPConnection(host)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    if len(sys.argv) == 4:
        database.execute(f"PRAGMA wal_autocheckpoint = {int(sys.argv[3])}")
    database.execute("CREATE TABLE IF NOT EXISTS patients (id TEXT PRIMARY KEY, updated_at TEXT, record TEXT)")
    database.execute("CREATE TABLE IF NOT EXISTS place (resource TEXT PRIMARY KEY, url TEXT)")
    target: str | None = "/v1/patients?page%5Bsize%5D=100"
    while target:
        connection.request("GET", target, headers={"Accept": "application/json"})
        page = orjson.loads(connection.getresponse().read())
        following = page["links"]["next"]
        target = following["href"].removeprefix(origin) if following else None
        database.execute("BEGIN IMMEDIATE")
        database.executemany(
            "INSERT OR REPLACE INTO patients VALUES (?, ?, ?)",
            [(each["id"], each["updated_at"], orjson.dumps(each).decode()) for each in page["data"]])
        database.execute("INSERT OR REPLACE INTO place VALUES ('patients', ?)", (target,))
        database.execute("COMMIT")
    database.close()


if __name__ == "__main__":
    main()
