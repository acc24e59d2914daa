"""The session of one launch: read, exchanged, renewed, ended, and refused."""

import time

import pytest

from welkin import stacks
from welkin.session import COOKIE, token_of
from welkin.stacks import Stack
from welkin.tokens import b64, unb64


def test_json_says_who_and_until_when(site: Stack) -> None:
    launched = site.launch()
    before = time.time()
    answer = site.send(launched.read(cookie=True))
    told = answer.json
    client = site.client
    assert told.keys() == {"app", "launch", "worker", "patient", "provider", "host_origin",
                           "now", "expires_at", "ends_at"}
    assert (told["app"], told["launch"]) == ("main", launched.launch)
    assert (told["worker"], told["patient"], told["provider"]) == (client.worker, client.patient, client.provider)
    assert told["host_origin"] == "https://coach.welkinhealth.com"
    assert abs(told["now"] - before) <= 2
    assert 890 <= told["expires_at"] - told["now"] <= 900
    assert 28_790 <= told["ends_at"] - told["now"] <= 28_800
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Cache-Control"] == "no-store"


def test_patient_may_be_absent(site: Stack) -> None:
    launched = site.launch(site.client.on_patient(None))
    assert site.send(launched.read(cookie=True)).json["patient"] is None


def test_exchange_gives_a_bearer_that_every_header_takes(site: Stack) -> None:
    launched = site.launch()
    answer = site.send(launched.exchange())
    bearer = token_of(answer)
    assert answer.json["patient"] == site.client.patient
    assert answer["Set-Cookie"].startswith(f"{COOKIE}=")
    assert f"Path={launched.path}" in answer["Set-Cookie"].split("; ")
    assert site.send(launched.read(bearer=bearer)).status == 200
    assert site.send(launched.read(more=(("Authorization", f"Bearer {bearer}"),))).status == 200


def test_two_launches_have_nothing_in_common(site: Stack) -> None:
    one, two = site.launch(), site.launch(site.client.on_patient())
    assert one.path != two.path
    first, second = token_of(site.send(one.exchange())), token_of(site.send(two.exchange()))
    assert site.send(one.read(bearer=first)).json["patient"] == site.client.patient
    for crossed in (one.read(bearer=second), two.read(bearer=first)):
        answer = site.send(crossed)
        assert (answer.status, answer.json["error"]) == (401, "session_invalid")
    crossed = site.send(one.exchange(two.handoff))
    assert (crossed.status, crossed.json["error"]) == (401, "handoff_invalid")


def _garbled(token: str) -> str:
    head, _, signature = token.rpartition(".")
    raw = bytearray(unb64(signature))
    raw[0] ^= 1
    return f"{head}.{b64(bytes(raw))}"


def test_refused_sessions(site: Stack) -> None:
    launched = site.launch()
    bearer = token_of(site.send(launched.exchange()))
    for wrong in ("x", "..", bearer[:-1], bearer + "A", _garbled(bearer), launched.handoff, "A" * 5000):
        answer = site.send(launched.read(bearer=wrong))
        assert (answer.status, answer.json["error"]) == (401, "session_invalid"), wrong
        assert {"title", "message", "id"} <= answer.json.keys()
    answer = site.send(launched.read())
    assert (answer.status, answer.json["error"]) == (401, "session_missing")
    answer = site.send(launched.renew())
    assert (answer.status, answer.json["error"]) == (401, "session_missing")
    assert site.send(launched.read(bearer=bearer)).status == 200


def test_refused_handoffs(site: Stack) -> None:
    launched = site.launch()
    sealed = launched.handoff
    middle = "A" if sealed[60] != "A" else "B"
    for wrong in ("", "x", sealed[:-4], sealed + "AAAA", sealed[:60] + middle + sealed[61:], "é"):
        answer = site.send(launched.exchange(wrong))
        assert (answer.status, answer.json["error"]) == (401, "handoff_invalid"), wrong
    assert site.send(launched.exchange()).status == 200


@pytest.mark.parametrize("origin", [None, "null", "https://coach.welkinhealth.com",
                                    "https://app.clinic.test.example", "http://app.clinic.test", ""])
def test_unsafe_methods_need_our_own_origin(site: Stack, origin: str | None) -> None:
    launched = site.launch()
    requests = [launched.exchange(origin=origin), launched.renew(cookie=True, origin=origin),
                launched.end(cookie=True, origin=origin)]
    for request in requests:
        answer = site.send(request)
        assert (answer.status, answer.json["error"]) == (403, "origin_refused")
    assert site.send(launched.read(cookie=True)).status == 200
    assert site.send(launched.exchange()).status == 200


def test_other_methods(site: Stack) -> None:
    launched = site.launch()
    answer = site.send(launched._request("PUT", {}, cookie=True))
    assert answer.status == 405
    assert answer["Allow"] == "GET, POST, DELETE"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"handoff":1}', b'{"handoff":"x","handoff":"y"}', b"null"])
def test_body_must_be_what_it_should(site: Stack, body: bytes) -> None:
    launched = site.launch()
    request = launched.exchange().having(body=body)
    assert site.send(request).status in (400, 401)
    assert site.send(launched.exchange().having(content_type="text/plain")).status == 415
    assert site.send(launched.exchange()).status == 200


def test_ending_clears_the_cookie(site: Stack) -> None:
    launched = site.launch()
    answer = site.send(launched.end(cookie=True))
    assert answer.status == 204
    fields = answer["Set-Cookie"].split("; ")
    assert fields[0] == f"{COOKIE}="
    assert {"Max-Age=0", f"Path={launched.path}", "Secure", "Partitioned"} <= set(fields)


def test_without_hand_offs(folder, certificate) -> None:
    with stacks.bare(folder, values={"WELKIN_HANDOFF": "off"}) as stack:
        launched = stack.launch()
        assert launched.handoff is None
        assert stack.send(launched.read(cookie=True)).status == 200
        renewed = stack.send(launched.renew(cookie=True))
        assert renewed.status == 200
        assert "token" not in renewed.json
        assert stack.send(launched.read(bearer=launched.cookie)).status == 401
