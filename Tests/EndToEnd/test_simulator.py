"""The simulator's tokens, right and wrong on purpose, through nginx and the handler."""

import pytest

from welkin import http, logs, simulator
from welkin.stacks import Stack

WRONG = {
    ("--expired",): "expired",
    ("--expires-in", "3600"): "expiry_too_far",
    ("--issuer", "coach.example.com"): "issuer_mismatch",
    ("--audience", "https://app.example/launch"): "audience_mismatch",
    ("--client-id-claim", "somebody-else"): "client_mismatch",
    ("--algorithm", "none"): "token_segments",
    ("--algorithm", "HS512"): "algorithm_refused",
    ("--type", "at+jwt"): "type_refused",
    ("--critical", "exp"): "critical_refused",
    ("--raw-header", "nonsense"): "header_malformed",
    ("--raw-payload", "nonsense"): "claims_malformed",
    ("--repeat-claim", "exp=1"): "claims_malformed",
    ("--without", "exp"): "claims_malformed",
    ("--without", "welkin_worker_id"): "worker_invalid",
    ("--without", "welkin_provider_id"): "provider_invalid",
    ("--claim", "welkin_patient_id=7"): "patient_invalid",
    ("--claim", "nbf=4102444800"): "not_yet_valid",
    ("--claim", "iat=4102444800"): "issued_in_future",
    ("--encoding", "padded"): "token_encoding",
    ("--encoding", "trailing-bits"): "token_encoding",
    ("--tamper", "payload"): "signature_mismatch",
    ("--tamper", "signature"): "signature_mismatch",
    ("--empty", "signature"): "token_segments",
    ("--drop-signature",): "token_segments",
    ("--extra-segment",): "token_segments",
}


def test_good_tokens_launch(site: Stack) -> None:
    for client in (site.client, site.client.on_patient(None)):
        launched = http.launch(simulator.mint(client))
        assert site.send(launched).status == 302


@pytest.mark.parametrize("flags", [
    pytest.param(flags, id=" ".join(flags), marks=pytest.mark.reason(reason)) for flags, reason in WRONG.items()])
def test_wrong_on_purpose(site: Stack, flags: tuple[str, ...]) -> None:
    answer = site.send(http.launch(simulator.mint(site.client, *flags)))
    assert answer.status == 401
    assert logs.with_id(site.log, answer.id)["reason"] == WRONG[flags]


def test_form_is_what_welkin_posts(site: Stack) -> None:
    body = simulator.mint(site.client, "--form").encode()
    answer = site.send(http.Request("POST", "/launch", body=body, content_type=http.FORM))
    assert answer.status == 302
