"""Each kind of token is good for one thing: none passes for another."""

import json
from pathlib import Path

import pytest

from welkin import http, logs, stacks
from welkin.handler import session_key
from welkin.session import token_of
from welkin.stacks import Stack
from welkin.tokens import unb64


def refused(stack: Stack, token: str, reason: str) -> None:
    answer = stack.send(http.launch(token))
    assert answer.status == 401
    assert logs.with_id(stack.log, answer.id)["reason"] == reason
    assert stack.send(http.launch(stack.client.token())).status == 302


@pytest.mark.reason("type_refused")
def test_session_as_launch_token(site: Stack) -> None:
    launched = site.launch()
    bearer = token_of(site.send(launched.exchange()))
    refused(site, bearer, "type_refused")
    refused(site, launched.cookie, "type_refused")


@pytest.mark.reason("type_refused")
def test_session_type_under_the_launch_secret(site: Stack) -> None:
    """Even rightly signed, a token that calls itself a session is no launch token."""
    header = json.loads(unb64(site.launch().cookie.split(".")[0]))
    assert header["typ"] != "JWT", "sessions are told apart by their type"
    refused(site, site.client.token(header=header), "type_refused")


@pytest.mark.reason("token_segments")
def test_handoff_as_launch_token(site: Stack) -> None:
    refused(site, site.launch().handoff, "token_segments")


def test_launch_token_as_session_or_handoff(site: Stack) -> None:
    launched, token = site.launch(), site.client.token()
    answer = site.send(launched.read(bearer=token))
    assert (answer.status, answer.json["error"]) == (401, "session_invalid")
    answer = site.send(launched.exchange(token))
    assert (answer.status, answer.json["error"]) == (401, "handoff_invalid")


def test_session_as_handoff_and_the_other_way(site: Stack) -> None:
    launched = site.launch()
    bearer = token_of(site.send(launched.exchange()))
    answer = site.send(launched.exchange(bearer))
    assert (answer.status, answer.json["error"]) == (401, "handoff_invalid")
    answer = site.send(launched.read(bearer=launched.handoff))
    assert (answer.status, answer.json["error"]) == (401, "session_invalid")
    assert site.send(launched.read(bearer=bearer)).status == 200


@pytest.mark.reason("signature_mismatch")
def test_session_key_signs_no_launch_token(folder: Path) -> None:
    """Who holds the session key (a back end, say) cannot launch with it."""
    key = session_key()
    with stacks.bare(folder, values={"WELKIN_SESSION_KEY": key}) as stack:
        refused(stack, stack.client.token(secret=key), "signature_mismatch")
        refused(stack, stack.client.token(secret=key.removeprefix("base64:")), "signature_mismatch")


def test_launch_secret_signs_no_session(site: Stack) -> None:
    """Who holds the client secret (Welkin) cannot make a session either."""
    launched = site.launch()
    header, payload, _ = launched.cookie.split(".")
    forged = site.client.sign(unb64(header), unb64(payload))
    answer = site.send(launched.read(bearer=forged))
    assert (answer.status, answer.json["error"]) == (401, "session_invalid")
    for algorithm in ("none", "None"):
        changed = json.dumps({**json.loads(unb64(header)), "alg": algorithm})
        answer = site.send(launched.read(bearer=site.client.sign(changed, unb64(payload))))
        assert (answer.status, answer.json["error"]) == (401, "session_invalid")
