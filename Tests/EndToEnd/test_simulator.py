"""The simulator's command line; its tokens, right and wrong on purpose, through nginx and the handler."""

import re
import subprocess
from pathlib import Path

import pytest

from welkin import http, logs, simulator, wait
from welkin.handler import environment
from welkin.paths import ROOT, SIMULATOR
from welkin.process import Process
from welkin.stacks import Stack
from welkin.tokens import Client

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


def command(*words: str, **values: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself, with those settings and no other."""
    return subprocess.run([SIMULATOR, *words], capture_output=True, text=True, timeout=15, env=environment(values))


def test_page_is_told_with_what_the_app_must_allow_and_has_one_name(folder: Path) -> None:
    client = Client("http://localhost:3000/launch")
    port, log = wait.free_port(), folder / "log"
    words = [SIMULATOR, "serve", "--listen", f"127.0.0.1:{port}", *simulator.words(client)]
    with Process(words, log, lambda: "frame-ancestors" in log.read_text(), env=simulator.secret(client)):
        told, name = log.read_text(), f"http://welkin.localhost:{port}"
        assert re.search(rf"^  Open +{name}/$", told, re.M)
        assert re.search(r"^  App +http://localhost:3000/launch$", told, re.M)
        assert re.search(rf"^ +Content-Security-Policy: frame-ancestors {name}$", told, re.M)
        assert max(map(len, told.splitlines())) <= 80
        assert client.secret not in told
        browser = http.Request("GET", "/inbox", (("Accept", "text/html"),))
        for host in ("localhost", "127.0.0.1", "other.localhost"):
            led = http.Site(host, port).send(browser)
            assert (led.status, led["Location"]) == (307, f"{name}/inbox")
            assert http.Site(host, port).send(http.Request("GET", "/inbox")).status == 200, "a program has no origin"
        assert http.Site("welkin.localhost", port).send(browser).status == 200


#: What each command cannot do without: its options, and the variables that stand in for them.
NEEDED = {
    ("serve",): ["--app-url", "--client-id", "--secret"],
    ("serve", "--api-listen", "127.0.0.1:0"): [
        "--app-url", "--client-id", "--secret", "--data-client-id", "--data-client-secret"],
    ("mint",): ["--app-url", "--client-id", "--secret"],
    ("api",): ["--data-client-id", "--data-client-secret"],
}


@pytest.mark.parametrize("words", NEEDED, ids=" ".join)
def test_all_that_is_missing_is_said_at_once(words: tuple[str, ...]) -> None:
    done = command(*words)
    assert done.returncode == 64
    assert re.findall(r"Missing: (--[a-z-]+), or WELKIN_[A-Z_]+ in", done.stderr) == NEEDED[words]
    assert f"welkin-simulator {words[0]} --help" in done.stderr


def test_what_is_wrong_is_said_beside_what_is_missing() -> None:
    done = command("serve", "--listen", "0.0.0.0:1", WELKIN_APP_URL="http://app.example/launch",
                   WELKIN_CLIENT_SECRET="base64:*", SSL_CERT_FILE="/nowhere")
    assert done.returncode == 64
    assert "5 settings are missing or invalid" in done.stderr
    for words in ("--allow-remote", "http is for localhost", "Missing: --client-id", "Invalid base64", "SSL_CERT_FILE"):
        assert words in done.stderr
    done = command("mint", WELKIN_APP_URL="http://localhost/launch", WELKIN_CLIENT_ID="c", WELKIN_CLIENT_SECRET="s")
    assert done.returncode == 0 and done.stdout.startswith("eyJ")


def test_claim_to_leave_out_is_one(site: Stack) -> None:
    done = simulator.run(site.client, "mint", "--without", "welkin_worker")
    assert done.returncode == 64 and not done.stdout
    assert "--without welkin_worker" in done.stderr and "welkin_worker_id" in done.stderr
    assert simulator.run(site.client, "mint", "--without", "welkin_worker_id").returncode == 0


def test_help_and_documentation_know_one_port() -> None:
    told = command("serve", "--help").stdout
    assert "127.0.0.1:8481" in told and "http://welkin.localhost:8481/" in told
    documentation = "".join((ROOT / page).read_text() for page in ("README.md", "Sources/welkin-simulator/README.md"))
    assert set(re.findall(r"welkin\.localhost:(\d+)", told + documentation)) == {"8481"}
    assert "serve --listen" not in documentation
