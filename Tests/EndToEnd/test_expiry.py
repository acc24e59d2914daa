"""What time does to sessions and hand-offs. Runs near the end: what it looks at was made at the
beginning of the run, so that it costs hardly any waiting."""

import time

from welkin import wait
from welkin.aging import IDLE, MAXIMUM, Aging
from welkin.http import Answer, Request


def refused(aging: Aging, request: Request, timeout: float) -> Answer:
    """The first answer that is a refusal."""
    def refusal() -> Answer | None:
        answer = aging.stack.send(request)
        return None if answer.status == 200 else answer
    return wait.until(refusal, "a refusal", timeout, every=0.5)


def test_handoff_is_good_for_a_minute(aging: Aging) -> None:
    made = aging.first.json["now"]
    answer = refused(aging, aging.idle.exchange(), 90)
    assert (answer.status, answer.json["error"]) == (401, "handoff_expired")
    assert time.time() >= made + 60 - 1
    assert aging.stack.send(aging.stack.launch().exchange()).status == 200


def test_session_that_nobody_renewed_is_over(aging: Aging) -> None:
    answer = refused(aging, aging.idle.read(cookie=True), 90)
    assert (answer.status, answer.json["error"]) == (401, "session_expired")
    answer = aging.stack.send(aging.idle.renew(cookie=True))
    assert (answer.status, answer.json["error"]) == (401, "session_expired")


def test_renewal_slides_up_to_the_hard_end(aging: Aging) -> None:
    refusal = wait.until(lambda: aging.refusal, "the hard end", timeout=120, every=0.5)
    assert (refusal.status, refusal.json["error"]) == (401, "session_expired")
    started, ends = aging.first.json["now"], aging.first.json["ends_at"]
    assert started + MAXIMUM - 1 <= ends <= started + MAXIMUM
    assert time.time() >= ends
    good = [answer.json for answer in aging.renewals if answer.status == 200]
    assert {told["ends_at"] for told in good} == {ends}, "the hard end does not slide"
    assert all(told["expires_at"] <= ends for told in good)
    assert max(told["now"] for told in good) > started + IDLE, "renewals carried it past the idle time"
    assert aging.stack.send(aging.stack.launch().read(cookie=True)).status == 200
