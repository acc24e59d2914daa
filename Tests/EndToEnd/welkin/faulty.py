"""A proxy between nginx and the data service that does its work badly, in the modes that the simulator has for
the routes that it answers itself."""

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

#: The routes that the data service answers.
ROUTES = {"context", "patient", "calls/schedule", "records/find", "records/get", "changes"}

#: What becomes of a request. `refuse` and `unavailable` are answered here, with 422 and 503; `slow` waits until the
#: route is set again; `drop` is asked for and not answered, `cut` half answered. `missing` is as of a service that does
#: not have the route.
MODES = {"refuse", "unavailable", "slow", "drop", "cut", "missing", "none"}


@dataclass
class Fault:
    mode: str
    #: For how many requests; None for all.
    count: int | None


#: What a test makes of the service's answer.
Edit = Callable[[dict], dict]


class Faulty:
    """Listens on one Unix socket, and passes everything on to another, on a connection of its own each time."""

    def __init__(self, socket: Path, service: Path) -> None:
        self.socket = socket
        self.service = service
        self._faults: dict[str, Fault] = {}
        self._released: dict[str, asyncio.Event] = {route: asyncio.Event() for route in ROUTES}
        self._held = dict.fromkeys(ROUTES, 0)
        self._edits: dict[str, Edit] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._requests: set[asyncio.Task] = set()

    # --- What a test says and asks

    def set(self, route: str, mode: str, count: int | None = None) -> None:
        assert route in ROUTES and mode in MODES
        self._run(self._set(route, mode, count))

    @contextlib.contextmanager
    def edited(self, route: str, edit: Edit) -> Iterator[None]:
        """Changes the service's answers, to what takes long to come about or is rare."""
        assert route in ROUTES
        self._edits[route] = edit
        try:
            yield
        finally:
            del self._edits[route]

    def active(self) -> list[dict[str, object]]:
        """As the simulator lists its own."""
        return self._run(self._active())

    # --- The server

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._run(asyncio.start_unix_server(self._accept, self.socket))
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, what: Coroutine):  # noqa: ANN202
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(15)

    async def _set(self, route: str, mode: str, count: int | None) -> None:
        self._faults.pop(route, None)
        if mode != "none":
            self._faults[route] = Fault(mode, count)
        self._released[route].set()
        self._released[route] = asyncio.Event()

    async def _active(self) -> list[dict[str, object]]:
        return [{"route": route, "mode": fault.mode if (fault := self._faults.get(route)) else "none",
                 "held": self._held[route]}
                for route in ROUTES if route in self._faults or self._held[route]]

    async def _end(self) -> None:
        self._server.close()
        for request in self._requests:
            request.cancel()
        await asyncio.gather(*self._requests, return_exceptions=True)

    def _take(self, route: str) -> str:
        """The mode of a request that arrives now."""
        fault = self._faults.get(route)
        if fault is None:
            return "none"
        if fault.count is not None:
            fault.count -= 1
            if not fault.count:
                del self._faults[route]
        return fault.mode

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = asyncio.current_task()
        self._requests.add(request)
        try:
            # A client that is gone, or a service.
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._answer(reader, writer)
        finally:
            self._requests.discard(request)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, body = await _message(reader)
        # nginx sends nothing after it: the next thing to hear is that the page has gone away.
        gone = asyncio.ensure_future(reader.read(1))
        answer = asyncio.ensure_future(self._answered(head, body, writer))
        try:
            await asyncio.wait([gone, answer], return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                answer.result()
        finally:
            for task in (gone, answer):
                task.cancel()
            await asyncio.gather(gone, answer, return_exceptions=True)

    async def _answered(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        route = head.split(b" ", 2)[1].decode().partition("/data/")[2]
        mode = self._take(route)
        if mode in _REFUSALS:
            writer.write(_REFUSALS[mode])
            return await writer.drain()
        if mode == "slow":
            self._held[route] += 1
            try:
                await self._released[route].wait()
            finally:
                self._held[route] -= 1
        asked, told = await asyncio.open_unix_connection(self.service)
        try:
            # One request a connection: nginx repeats one that it had sent on a kept connection, and so undoes a fault.
            told.write(head[:-2] + b"Connection: close\r\n\r\n" + body)
            answer = await asked.read(-1)
        finally:
            told.close()
        if mode == "drop" or not answer:
            return None
        first, rest = answer.split(b"\r\n\r\n", 1)
        first = b"\r\n".join(line for line in first.split(b"\r\n") if not line.lower().startswith(b"connection:"))
        if (edit := self._edits.get(route)) and b" 200 " in first.split(b"\r\n")[0]:
            rest = json.dumps(edit(json.loads(rest))).encode()
            first = b"\r\n".join(line for line in first.split(b"\r\n") if not line.lower().startswith(b"content-length:"))
            first += b"\r\nContent-Length: %d" % len(rest)
        whole = first + b"\r\nConnection: close\r\n\r\n" + rest
        writer.write(whole[:-len(rest) // 2] if mode == "cut" else whole)
        return await writer.drain()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """A request's head, with the empty line, and its body; nginx always declares the length."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line.partition(b":")[2]) for line in head.split(b"\r\n")
                   if line.lower().startswith(b"content-length:")), 0)
    return head, await reader.readexactly(length)


def _refusal(status: str, body: dict[str, str], *headers: str) -> bytes:
    text = json.dumps(body)
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(text)}",
             "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


_REFUSALS = {
    "refuse": _refusal("422 Unprocessable Content", {"error": "refused", "id": "FAUL-TY00"}),
    "missing": _refusal("404 Not Found", {"error": "not_found", "id": "FAUL-TY00"}),
    "unavailable": _refusal("503 Service Unavailable", {"error": "unavailable", "id": "FAUL-TY00"}, "Retry-After: 2"),
}
