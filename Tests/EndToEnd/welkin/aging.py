"""Sessions that grow old while other tests run, since no time that can be set is under a minute."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import stacks
from .http import Answer
from .session import Launched, token_of
from .stacks import Stack

#: Settings, in seconds. The idle time is the shortest that there is.
IDLE, MAXIMUM = 60, 100


@dataclass
class Aging:
    """Two launches: one left alone, one renewed every few seconds."""

    stack: Stack
    idle: Launched
    busy: Launched
    first: Answer
    #: Every answer to a renewal; only the last one can be a refusal.
    renewals: list[Answer] = field(default_factory=list)

    @property
    def refusal(self) -> Answer | None:
        """The renewal that was refused, once one was."""
        return next((answer for answer in self.renewals if answer.status != 200), None)

    def renew(self, stopped: threading.Event) -> None:
        bearer = token_of(self.first)
        while not stopped.wait(3):
            answer = self.stack.send(self.busy.renew(bearer=bearer))
            self.renewals.append(answer)
            if answer.status != 200:
                return
            bearer = token_of(answer)


@contextmanager
def start(folder: Path) -> Iterator[Aging]:
    values = {"WELKIN_SESSION_IDLE": str(IDLE), "WELKIN_SESSION_MAX": str(MAXIMUM)}
    with stacks.bare(folder, values=values) as stack:
        busy = stack.launch()
        made = Aging(stack, stack.launch(), busy, stack.send(busy.exchange()))
        stopped = threading.Event()
        renewing = threading.Thread(target=made.renew, args=[stopped])
        renewing.start()
        try:
            yield made
        finally:
            stopped.set()
            renewing.join()
