"""What the operator asks: healthz and metrics, from this machine only."""

import re

from welkin import http, logs
from welkin.http import Answer, Request
from welkin.session import token_of
from welkin.stacks import Stack

LOCAL = "127.0.0.1"


def ask(stack: Stack, path: str, source: str = LOCAL) -> Answer:
    return stack.nginx.site.send(Request("GET", path), source=source)


def samples(text: str) -> dict[str, float]:
    """Prometheus text as a mapping from name and labels to value."""
    return {name: float(value) for name, value in
            (line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))}


def grown(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    return {name: value - before.get(name, 0) for name, value in after.items() if value != before.get(name, 0)}


def test_healthz(site: Stack) -> None:
    answer = ask(site, "/healthz")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_nobody_else_sees_them(site: Stack) -> None:
    for path in ("/healthz", "/metrics"):
        assert ask(site, path).status == 200
        assert ask(site, path, source="127.0.0.2").status == 404


def test_metrics_count_what_happened(site: Stack) -> None:
    before = samples(ask(site, "/metrics").text)
    launched = site.launch()
    site.send(http.launch(site.client.token(secret="wrong")))
    bearer = token_of(site.send(launched.exchange()))
    site.send(launched.read(bearer=bearer))
    site.send(launched.end(bearer=bearer))
    answer = ask(site, "/metrics")
    assert answer["Content-Type"].startswith("text/plain")
    change = grown(before, samples(answer.text))

    def by(metric: str, **labels: str) -> float:
        return sum(value for name, value in change.items() if name.startswith(metric + "{")
                   and all(f'{label}="{wanted}"' in name for label, wanted in labels.items()))
    assert by("welkin_launches_total", app="main", outcome="launched") == 1
    assert by("welkin_launches_total", outcome="refused", reason="signature_mismatch") == 1
    for action in ("read", "exchange", "end"):
        assert by("welkin_sessions_total", app="main", action=action) == 1
    assert by("welkin_launch_secret_verified_total", app="main", client=site.client.client_id) == 1
    verified = next(name for name in change if name.startswith("welkin_launch_secret_verified_total"))
    assert re.search(r'secret="[0-9a-f]{8}"', verified), "which secret, by a short hash"
    assert any(name.startswith("welkin_request_duration_seconds_bucket") for name in change)


def test_metrics_name_nobody(site: Stack) -> None:
    launched = site.launch()
    text = ask(site, "/metrics").text
    for secret in (site.client.secret, site.client.worker, site.client.patient, site.client.provider,
                   launched.launch, launched.cookie):
        assert secret not in text


def test_log_lines_name_nobody(site: Stack) -> None:
    client = site.client.on_patient()
    site.launch(client)
    assert logs.lines(site.log), "there is a log to look at"
    text = site.log.read_text()
    for secret in (client.secret, client.worker, client.patient, client.provider):
        assert secret not in text
