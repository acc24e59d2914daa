"""A TCP relay that simulates a distant network.

Chromium's own throttling delays whole requests and leaves out what a new connection costs. Here the
bytes themselves are late, half a round trip in each direction, and a new connection's first bytes one
round trip more (that of TCP's handshake); TLS then costs what it costs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Relay:
    """Forwards each connection to the target."""

    def __init__(self, target: int, round_trip: float) -> None:
        self._target = target
        self._round_trip = round_trip

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, late: float) -> None:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    break
                sink.write(data)
                await sink.drain()
            sink.close()

        delivery = asyncio.create_task(deliver())
        earliest = loop.time() + late
        try:
            while data := await source.read(65536):
                queue.put_nowait((max(loop.time(), earliest) + self._round_trip / 2, data))
        except OSError:
            pass  # a reset counts as closed
        queue.put_nowait((loop.time(), b""))
        try:
            await delivery
        except OSError:
            pass

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, in both directions."""
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        await asyncio.gather(self._carry(reader, back, self._round_trip), self._carry(there, writer, 0))


@contextmanager
def relay(port: int, target: int, round_trip: float) -> Iterator[None]:
    """Relays from one port of 127.0.0.1 to another, in a thread, until the block ends."""
    state = Relay(target, round_trip)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(state.accept, "127.0.0.1", port))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield
    finally:
        async def end() -> None:
            server.close()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
