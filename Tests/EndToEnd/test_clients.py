"""Several secrets, clients, session keys and Apps, and how they change while the handler runs."""

import base64
import os
from dataclasses import replace
from pathlib import Path

import pytest

from welkin import http, logs, stacks, wait
from welkin.handler import session_key
from welkin.session import Launched, token_of
from welkin.stacks import APP_NAME, Stack
from welkin.tokens import Client, mac, unb64


def other_client(client: Client) -> Client:
    """A second client of the same App: the same people, an id and a secret of its own."""
    return Client(client.app_url, provider=client.provider, worker=client.worker, patient=client.patient)


def write(path: Path, *lines: str) -> None:
    """Replaces a file in one step, as a careful operator does."""
    draft = path.with_suffix(".new")
    draft.write_text("".join(f"{line}\n" for line in lines))
    draft.chmod(0o600)
    os.replace(draft, path)


def reason(stack: Stack, token: str, target: str = "/launch") -> str:
    """`launched`, or the reason code."""
    answer = stack.send(http.launch(token, target))
    if answer.status == 302:
        return "launched"
    return logs.with_id(stack.log, answer.id)["reason"]


@pytest.fixture
def credentials(folder: Path) -> Path:
    return folder / "credentials"


@pytest.mark.reason("client_mismatch")
@pytest.mark.reason("signature_mismatch")
def test_several_clients_and_secrets(folder: Path, credentials: Path) -> None:
    one = Client(f"https://{APP_NAME}/launch")
    rotated, two, stranger = replace(one, secret="s" * 43), other_client(one), other_client(one)
    write(credentials, *(f"{c.client_id} {c.secret}" for c in (one, rotated, two)))
    values = {"WELKIN_CLIENT_ID": None, "WELKIN_CLIENT_SECRET": None,
              "WELKIN_PROVIDER_ID": one.provider, "WELKIN_CREDENTIALS_FILE": str(credentials)}
    with stacks.bare(folder, values=values) as stack:
        for client in (one, rotated, two):
            assert reason(stack, client.token()) == "launched"
        assert reason(stack, stranger.token()) == "signature_mismatch"
        # Signed with one client's secret, but in the name of the other.
        assert reason(stack, two.token(secret=one.secret)) == "client_mismatch"
        assert reason(stack, one.token(secret=two.secret)) == "client_mismatch"
        assert reason(stack, one.token(secret=rotated.secret)) == "launched"


@pytest.mark.reason("signature_mismatch")
def test_secrets_rotate_while_it_runs(folder: Path, credentials: Path) -> None:
    old = Client(f"https://{APP_NAME}/launch")
    new = replace(old, secret="n" * 43)
    write(credentials, f"{old.client_id} {old.secret}")
    values = {"WELKIN_CLIENT_ID": None, "WELKIN_CLIENT_SECRET": None,
              "WELKIN_PROVIDER_ID": old.provider, "WELKIN_CREDENTIALS_FILE": str(credentials)}
    with stacks.bare(folder, values=values) as stack:
        assert reason(stack, old.token()) == "launched"
        assert reason(stack, new.token()) == "signature_mismatch"

        write(credentials, f"{old.client_id} {old.secret}", f"{new.client_id} {new.secret}")
        wait.until(lambda: reason(stack, new.token()) == "launched", "the new secret is live")
        assert reason(stack, old.token()) == "launched"

        write(credentials, f"{new.client_id} {new.secret}")
        wait.until(lambda: reason(stack, old.token()) == "signature_mismatch", "the old secret is retired")
        assert reason(stack, new.token()) == "launched"
        assert stack.handler.process.running


def test_session_keys_rotate(folder: Path) -> None:
    """The first key signs and seals, all keys verify and open; a key that is gone does no more."""
    keys, old, new = folder / "keys", session_key(), session_key()
    values = {"WELKIN_SESSION_KEY": None, "WELKIN_SESSION_KEYS_FILE": str(keys)}
    write(keys, old)
    with stacks.bare(folder, values=values) as stack:
        before, unused = stack.launch(), stack.launch(stack.client.on_patient())
        assert signed_by(old, before)

        write(keys, new, old)
        wait.until(lambda: signed_by(new, stack.launch()), "the new key signs")
        assert stack.send(before.read(cookie=True)).status == 200, "what the old key signed still holds"
        assert stack.send(before.exchange()).status == 200, "and what it sealed still opens"
        renewed = token_of(stack.send(before.renew(cookie=True)))

        write(keys, new)
        wait.until(lambda: stack.send(before.read(cookie=True)).status == 401, "the old key is gone")
        assert stack.send(before.read(cookie=True)).json["error"] == "session_invalid"
        assert stack.send(unused.exchange()).json["error"] == "handoff_invalid"
        assert stack.send(before.read(bearer=renewed)).status == 200


def signed_by(key: str, launched: Launched) -> bool:
    """Whether this key has signed the session: it is a compact JWS."""
    signing_input, _, signature = launched.cookie.rpartition(".")
    return unb64(signature) == mac(signing_input, base64.b64decode(key.removeprefix("base64:")))


@pytest.fixture
def two_apps(folder: Path):
    """`main` and `video`, each with a client of its own."""
    video = Client(f"https://{APP_NAME}/launch/video")
    values = {
        "WELKIN_APPS": "main,video", "WELKIN_VIDEO_APP_URL": video.app_url,
        "WELKIN_VIDEO_CLIENT_ID": video.client_id, "WELKIN_VIDEO_CLIENT_SECRET": video.secret,
        "WELKIN_VIDEO_PROVIDER_ID": video.provider,
    }
    with stacks.bare(folder, values=values) as stack:
        yield stack, video


@pytest.mark.reason("signature_mismatch")
@pytest.mark.reason("audience_mismatch")
def test_each_app_has_its_own_clients_and_audience(two_apps) -> None:
    stack, video = two_apps
    main = stack.client
    assert reason(stack, main.token()) == "launched"
    assert reason(stack, video.token(), "/launch/video") == "launched"
    assert reason(stack, video.token()) == "signature_mismatch"
    assert reason(stack, main.token(), "/launch/video") == "signature_mismatch"
    assert reason(stack, main.token(aud=video.app_url)) == "audience_mismatch"
    assert reason(stack, video.token(aud=main.app_url), "/launch/video") == "audience_mismatch"
    assert stack.send(http.launch(main.token(), "/launch/nothing")).status == 404


def test_session_of_one_app_is_not_good_for_another(two_apps) -> None:
    stack, video = two_apps
    main = stack.launch()
    other = stack.launch(video, "/launch/video")
    assert other.path.startswith("/a/video/")
    bearer = token_of(stack.send(main.exchange()))
    assert stack.send(main.read(bearer=bearer)).json["app"] == "main"
    crossed = replace(main, app="video", path=main.path.replace("/main/", "/video/"))
    for request in (crossed.read(bearer=bearer), crossed.read(cookie=True)):
        answer = stack.send(request)
        assert (answer.status, answer.json["error"]) == (401, "session_invalid")
    answer = stack.send(crossed.exchange(stack.launch().handoff))
    assert (answer.status, answer.json["error"]) == (401, "handoff_invalid")
    assert stack.send(other.read(cookie=True)).json["app"] == "video"


def test_app_url_in_a_folder(folder: Path) -> None:
    """Shared hosting: everything hangs under the folder of the App URL."""
    url = f"https://{APP_NAME}/clinic/launch"
    with stacks.bare(folder, values={"WELKIN_APP_URL": url}) as stack:
        client = replace(stack.client, app_url=url)
        launched = stack.launch(client, "/clinic/launch")
        assert launched.path.startswith("/clinic/a/main/")
        assert stack.send(launched.read(cookie=True)).status == 200
        assert stack.send(http.launch(client.token(), "/launch")).status == 404
