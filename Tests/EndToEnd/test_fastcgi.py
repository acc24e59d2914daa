"""What comes over the FastCGI socket, right and wrong. The process survives all of it and says so."""

import select
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from welkin import fastcgi, http, logs, stacks, wait
from welkin.fastcgi import PARAMS, STDIN, begin, messages, pair, record, stream
from welkin.handler import environment
from welkin.http import Answer, Request
from welkin.paths import tool
from welkin.stacks import Stack


@pytest.fixture
def bare(folder: Path) -> Iterator[Stack]:
    """A handler for each test: one that dies of it spoils no other."""
    with stacks.bare(folder) as stack:
        yield stack


def params(stack: Stack, request: Request | None = None) -> bytes:
    """The parameters of a request, or of a good launch."""
    made = fastcgi.variables(request or http.launch(stack.client.token()))
    return b"".join(pair(name, value) for name, value in made.items())


def alive(stack: Stack) -> None:
    """The process is the same one, and launches."""
    assert stack.handler.process.running
    assert stack.send(http.launch(stack.client.token())).status == 302


def said(stack: Stack, reason: str) -> None:
    """The one line that the handler has logged about its connections is this."""
    lines = wait.until(
        lambda: [line for line in logs.lines(stack.log) if line["event"] == "fastcgi"], "the handler says so")
    assert [(line["outcome"], line["reason"]) for line in lines] == [("refused", reason)]


#: Bytes that no web server would send, by the reason that the handler gives for dropping them.
BROKEN = {
    "record_version": {
        "another version": lambda _: record(fastcgi.BEGIN, b"\0\1\0\0\0\0\0\0", version=9),
        "not FastCGI at all": lambda _: b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    },
    "record_type_unknown": {
        "an unknown record type": lambda _: begin() + record(77, b"x" * 8),
    },
    "record_out_of_order": {
        "parameters before the beginning": lambda s: stream(PARAMS, params(s)),
        "a body before its parameters": lambda _: begin() + stream(STDIN, b"token=x"),
        "a second beginning": lambda _: begin() + begin(request=2),
        "a beginning of the wrong length": lambda _: record(fastcgi.BEGIN, b"\0\1\0"),
        "another request's parameters": lambda s: begin() + stream(PARAMS, params(s), request=7),
    },
    "role_unsupported": {
        "a role that we do not play": lambda _: begin(role=fastcgi.AUTHORIZER),
    },
    "parameters_malformed": {
        "a name longer than its record": lambda _: begin() + record(PARAMS, b"\x7f\x01ab") + record(PARAMS),
        "a length of 2 GiB (CVE-2025-23016)": lambda _: begin() + record(
            PARAMS, b"\xff\xff\xff\xff\xff\xff\xff\xff" + b"A" * 64) + record(PARAMS),
        "lengths that add up to 0": lambda _: begin() + record(
            PARAMS, b"\xff\xff\xff\xfe\x80\0\0\x02" + b"A" * 64) + record(PARAMS),
    },
    "parameters_oversized": {
        "parameters of 1 MiB": lambda _: begin() + b"".join(
            record(PARAMS, pair(f"X{n}", "y" * 60_000)) for n in range(18)) + record(PARAMS),
    },
    "management_record": {
        "an unknown management record": lambda _: record(99, b"x" * 4000, request=0),
        "a management record of 60 KiB": lambda _: record(
            fastcgi.GET_VALUES, pair("FCGI_MAX_CONNS", "") * 3000, request=0),
    },
    "bytes_after_request": {
        "a second request on the heels of the first": lambda s: messages(
            http.launch(s.client.token()), keep=True) * 2,
    },
}


@pytest.mark.parametrize(("reason", "name"), [(reason, name) for reason in BROKEN for name in BROKEN[reason]])
def test_broken_records_end_the_connection_only(bare: Stack, reason: str, name: str) -> None:
    with fastcgi.Connection.to(bare.handler.socket) as connection:
        connection.send(BROKEN[reason][name](bare))
        assert connection.answer() is None, "a launch came of it"
    said(bare, reason)
    alive(bare)


@pytest.mark.parametrize("cut", [1, 7, 8, 12, 16, 20, 100, 500, -9, -8, -1])
def test_client_that_hangs_up_half_way(bare: Stack, cut: int) -> None:
    whole = messages(http.launch(bare.client.token()))
    with fastcgi.Connection.to(bare.handler.socket) as connection:
        connection.send(whole[:cut])
        connection.done_sending()
        assert connection.answer() is None
    said(bare, "record_truncated")
    alive(bare)


def test_peers_that_stall_are_dropped_and_hold_up_nobody(folder: Path) -> None:
    """As many as there are threads but one, silent in each part of a request, or a byte at a time."""
    with stacks.bare(folder, threads=7) as stack:
        whole = messages(http.launch(stack.client.token()))
        stalled = [fastcgi.Connection.to(stack.handler.socket) for _ in range(4)]
        for connection, sent in zip(stalled, (1, 12, 200, len(whole) - 1)):
            connection.send(whole[:sent])
        dripping, slow = (fastcgi.Connection.to(stack.handler.socket) for _ in range(2))
        slow.send(whole[:300])
        started = time.monotonic()
        left, dripped, is_slow_answered = [*stalled, dripping], 0, False
        while left:
            assert time.monotonic() < started + 60, f"{len(left)} peers are still there"
            assert stack.send(http.launch(stack.client.token())).status == 302, "others are served meanwhile"
            if dripping in left:
                dripping.send(whole[dripped:dripped + 1])
                dripped += 1
            if not is_slow_answered and time.monotonic() > started + 2:
                # The twin: a bad line is no stalled peer.
                slow.send(whole[300:])
                assert slow.answer().status == 302
                is_slow_answered = True
            ended, _, _ = select.select([connection.channel for connection in left], [], [], 0.2)
            for connection in [one for one in left if one.channel in ended]:
                assert connection.answer() is None, "half a request was answered"
                left.remove(connection)
        assert is_slow_answered, "dropped before a slow line had a chance"
        refused = [line["reason"] for line in logs.lines(stack.log) if line["event"] == "fastcgi"]
        assert refused == ["timed_out"] * 5
        for connection in (*stalled, dripping, slow):
            connection.close()


@pytest.mark.parametrize("size", [1_000, 65_536])
def test_body_in_records_of_one_byte(bare: Stack, size: int) -> None:
    """Each byte comes with eight of header: what fits is served, what does not is dropped and said."""
    launch = http.launch(bare.client.token())
    body = launch.body + b"&filler=" + b"x" * (size - len(launch.body) - len("&filler="))
    request = launch.having(body=body)
    for chunk, is_served in ((65_535, True), (1, size == 1_000)):
        with fastcgi.Connection.to(bare.handler.socket) as connection:
            connection.send(begin() + stream(PARAMS, params(bare, request)) + stream(STDIN, body, chunk=chunk))
            answer = connection.answer()
        assert (answer is not None and answer.status == 302) == is_served, f"records of {chunk} bytes"
        if not is_served:
            assert answer is None
            said(bare, "body_in_crumbs")
    alive(bare)


def test_client_that_does_not_wait_for_the_answer(bare: Stack) -> None:
    for _ in range(50):
        with fastcgi.Connection.to(bare.handler.socket) as connection:
            connection.send(messages(http.launch(bare.client.token())))
    alive(bare)


def test_records_cut_anywhere_make_the_same_request(bare: Stack) -> None:
    """A stream is one stream however it is cut into records, and however those arrive."""
    request = http.launch(bare.client.token())
    whole = params(bare, request)
    for chunk in (1, 3, 251):
        data = begin() + stream(PARAMS, whole, chunk=chunk) + stream(STDIN, request.body, chunk=chunk)
        with fastcgi.Connection.to(bare.handler.socket) as connection:
            for at in range(0, len(data), 97):
                connection.send(data[at:at + 97])
            assert connection.answer().status == 302


def test_padding_is_skipped(bare: Stack) -> None:
    request = http.launch(bare.client.token())
    with fastcgi.Connection.to(bare.handler.socket) as connection:
        connection.send(begin(), record(PARAMS, params(bare, request), padding=b"\0" * 255), record(PARAMS),
                        record(STDIN, request.body, padding=b"\0" * 3), record(STDIN))
        assert connection.answer().status == 302


@pytest.mark.parametrize("place", ["parameters", "body"])
def test_padding_of_the_last_record_is_never_read_as_one(bare: Stack, place: str) -> None:
    """libfcgi forgets the padding of a record that ends a stream, and would take it for the next record."""
    request = http.launch(bare.client.token())
    hidden = record(fastcgi.GET_VALUES, pair("FCGI_MAX_CONNS", "") * 14, request=0)
    ends = {"parameters": b"", "body": b"", place: hidden}
    with fastcgi.Connection.to(bare.handler.socket) as connection:
        connection.send(begin(keep=True), record(PARAMS, params(bare, request)),
                        record(PARAMS, padding=ends["parameters"]),
                        record(STDIN, request.body), record(STDIN, padding=ends["body"]))
        answer = connection.answer()
        if answer:
            assert answer.status == 302, "skipped, as FastCGI has it"
            connection.send(messages(http.launch(bare.client.token())))
            assert connection.answer().status == 302, "and nothing of it is left for the next request"
    alive(bare)


def test_kept_connection_serves_one_request_after_another(bare: Stack) -> None:
    with fastcgi.Connection.to(bare.handler.socket) as connection:
        for _ in range(20):
            connection.send(messages(http.launch(bare.client.token()), keep=True))
            assert connection.answer().status == 302
            connection.send(messages(Request("GET", "/healthz"), keep=True))
            assert connection.answer().status == 200


def test_refused_body_leaves_nothing_for_the_next_request(bare: Stack) -> None:
    """What was not read of a body must never be taken for the next request."""
    good = http.launch(bare.client.token())
    with fastcgi.Connection.to(bare.handler.socket) as connection:
        connection.send(messages(http.launch(bare.client.token(), content_type="text/plain"), keep=True))
        assert connection.answer().status == 415
        connection.send(messages(good, keep=True))
        assert connection.answer().status == 302


def test_cgi_fcgi_as_the_client(bare: Stack) -> None:
    request = http.launch(bare.client.token())
    done = subprocess.run(
        [tool("cgi-fcgi"), "-bind", "-connect", str(bare.handler.socket)], input=request.body,
        env=environment(fastcgi.variables(request)), capture_output=True, timeout=15, check=True)
    assert Answer.from_cgi(done.stdout).status == 302
