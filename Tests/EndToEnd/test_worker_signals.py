"""SIGINT and SIGTERM: what is on its way comes in, nothing more is asked for, and the exit code says which it was."""

import signal
from collections.abc import Callable

import pytest
from welkin import replica, wait
from welkin.data_api import DataAPI
from welkin.gate import Gate, Moment, Rule
from welkin.replica import assert_equal
from welkin.terminal import Shown, on_a_terminal
from welkin.worker import Process, Run, Worker

SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143}
ONE = ["--resource", "sms_messages"]
PAGES = {"WELKIN_SYNC_PAGE_SIZE": "5"}


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("moment", Moment, ids=lambda moment: moment.name.lower())
def test_stopped_in_the_middle(api: DataAPI, worker: Worker, gate: Gate, moment: Moment, number: signal.Signals) -> None:
    assert len(api.dump("sms_messages")) == 24
    run = worker.start("sync", "--json", *ONE, **PAGES)
    gate.begin(Rule(3, moment, lambda: run.stop(number)))
    ended = worker.ended(run)
    assert ended.code == SIGNALS[number], ended.errors
    assert ended.event("stopped")["resource"] == "sms_messages"
    assert ended.event("synced")["exit"] == SIGNALS[number]
    # Each page begins with the record that the one before ended with.
    kept = len(replica.records(worker.replica, "sms_messages"))
    assert kept == 1 + 4 * gate.count, "every page that was asked for is in"
    assert gate.count <= 4, "no more than the one that may have been asked for just then"
    state = worker.status()["sms_messages"]
    assert state["in_window"] and state["last_success"] is None and state["last_error"] is None

    gate.begin()
    rest = worker.sync(*ONE, **PAGES).event("synced")
    assert rest["inserted"] == 24 - kept, "it goes on where it was"
    assert_equal(worker.replica, api, ["sms_messages"])


@pytest.mark.parametrize("number", SIGNALS)
def test_a_second_signal_ends_it_at_once(api: DataAPI, worker: Worker, gate: Gate, number: signal.Signals) -> None:
    """While an answer does not come; nothing is lost by that either."""
    run = worker.start("sync", *ONE, **PAGES)

    def signal_until_it_ends() -> None:
        def has_ended() -> bool:
            run.send_signal(number)
            return run.poll() is not None
        wait.until(has_ended, "the worker ends")
    gate.begin(Rule(3, Moment.ASKED, signal_until_it_ends))
    assert worker.ended(run).code == SIGNALS[number]
    gate.begin()
    worker.sync()
    assert_equal(worker.replica, api)


def test_stopped_while_it_waits_to_ask_again(api: DataAPI, worker: Worker) -> None:
    """Neither as long as the API wants, nor the 20 s that a page on its way may take: nothing is on its way."""
    api.fail("status", status=429, retry_after="60", path="/v1/sms_messages")
    run = worker.start("sync", "--json", *ONE)
    wait.until(lambda: api.requests(429), "the API refuses")
    run.stop(signal.SIGTERM)
    assert worker.ended(run, timeout=15).code == 143
    api.recover()
    worker.sync()
    assert_equal(worker.replica, api)


@pytest.mark.parametrize("command", ["sync", "verify"])
def test_many_streams_are_stopped_in_a_few_words(api: DataAPI, worker: Worker, gate: Gate, command: str) -> None:
    """What never began is not said to be stopped; as lines and on a terminal."""
    worker.sync()

    def stopped_at_the_third(start: Callable[[Callable[[Process], object]], object]) -> object:
        def started(run: Process) -> None:
            gate.begin(Rule(3, Moment.ASKED, lambda: run.stop(signal.SIGINT)))
        return start(started)

    def lines(started: Callable[[Process], object]) -> Run:
        run = worker.start(command, "--json")
        started(run)
        return worker.ended(run)
    ended = stopped_at_the_third(lines)
    assert isinstance(ended, Run) and ended.code == 130
    events = [str(line["event"]) for line in ended.events]
    assert events.count("stopping") == 1 and events.count("stopped") <= 2, events
    assert len(events) < 20, events
    shown = stopped_at_the_third(lambda started: on_a_terminal(worker, command, started=started))
    assert isinstance(shown, Shown) and shown.code == 130
    said = "\n".join(shown.last_lines)
    assert said.count("topped") == 1 and "Stopped" in said and "Next: " in said
    gate.begin()


def test_verify_can_be_stopped(api: DataAPI, worker: Worker, gate: Gate) -> None:
    worker.sync()
    run = worker.start("verify", "--json")
    gate.begin(Rule(3, Moment.ASKED, lambda: run.stop(signal.SIGTERM)))
    assert worker.ended(run).code == 143
    gate.begin()
    assert worker.run("verify").code == 0
    assert_equal(worker.replica, api)
