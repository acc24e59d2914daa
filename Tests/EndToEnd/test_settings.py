"""Settings that cannot work: nobody is launched, the log says why, and `check` lists every problem."""

import base64
import hmac
import re
import secrets
import uuid
from pathlib import Path

import pytest

from welkin import handler, http, logs, stacks
from welkin.http import Request
from welkin.stacks import APP_NAME
from welkin.tokens import Client, b64, mac

#: One thing wrong each, and the setting that the message must name.
UNUSABLE = {
    "no App URL": ({"WELKIN_APP_URL": None}, "WELKIN_APP_URL"),
    "an App URL without TLS": ({"WELKIN_APP_URL": f"http://{APP_NAME}/launch"}, "WELKIN_APP_URL"),
    "an App URL that is none": ({"WELKIN_APP_URL": "launch"}, "WELKIN_APP_URL"),
    "no client secret": ({"WELKIN_CLIENT_SECRET": None}, "WELKIN_CLIENT_SECRET"),
    "no client id": ({"WELKIN_CLIENT_ID": None}, "WELKIN_CLIENT_ID"),
    "no session key": ({"WELKIN_SESSION_KEY": None}, "WELKIN_SESSION_KEY"),
    "a session key of 31 bytes": ({"WELKIN_SESSION_KEY": "k" * 31}, "WELKIN_SESSION_KEY"),
    "a session key that is not base64": ({"WELKIN_SESSION_KEY": "base64:!" + "A" * 60}, "WELKIN_SESSION_KEY"),
    "leeway in words": ({"WELKIN_CLOCK_LEEWAY": "soon"}, "WELKIN_CLOCK_LEEWAY"),
    "a negative leeway": ({"WELKIN_CLOCK_LEEWAY": "-1"}, "WELKIN_CLOCK_LEEWAY"),
    "no idle time": ({"WELKIN_SESSION_IDLE": "0"}, "WELKIN_SESSION_IDLE"),
    "neither on nor off": ({"WELKIN_HANDOFF": "maybe"}, "WELKIN_HANDOFF"),
    "a host origin with a path": ({"WELKIN_HOST_ORIGIN": "https://coach.welkinhealth.com/x"}, "WELKIN_HOST_ORIGIN"),
    "a host origin without TLS": ({"WELKIN_HOST_ORIGIN": "http://coach.welkinhealth.com"}, "WELKIN_HOST_ORIGIN"),
    "credentials that are not there": (
        {"WELKIN_CLIENT_ID": None, "WELKIN_CLIENT_SECRET": None, "WELKIN_CREDENTIALS_FILE": "/nonexistent"},
        "WELKIN_CREDENTIALS_FILE"),
    "a state folder that is not there": ({"WELKIN_STATE_DIR": "/nonexistent"}, "WELKIN_STATE_DIR"),
    "a state folder that others write in": ({"WELKIN_STATE_DIR": "/tmp"}, "WELKIN_STATE_DIR"),
    "another App's URL": (
        {"WELKIN_APPS": "main,video", "WELKIN_VIDEO_APP_URL": f"https://{APP_NAME}/launch/audio"},
        "WELKIN_VIDEO_APP_URL"),
    "an App with a name that is none": ({"WELKIN_APPS": "main,../x"}, "WELKIN_APPS"),
    "a provider that is no id": ({"WELKIN_PROVIDER_ID": "no such id"}, "WELKIN_PROVIDER_ID"),
}


def values(**changes: str | None) -> dict[str, str]:
    return handler.settings(Client(f"https://{APP_NAME}/launch"), **changes)


@pytest.mark.reason("settings_unusable")
@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_settings_launch_nobody(folder: Path, name: str) -> None:
    changes, setting = UNUSABLE[name]
    client = Client(f"https://{APP_NAME}/launch")
    log = folder / "cgi.log"
    answer = handler.run_cgi(http.launch(client.token()), handler.settings(client, **changes), log)
    assert answer.status == 503
    assert logs.with_id(log, answer.id)["reason"] == "settings_unusable"
    assert setting in log.read_text(), "the log says which setting"
    assert handler.run_cgi(http.launch(client.token()), handler.settings(client), log).status == 302

    checked = handler.command("check", values=values(**changes))
    assert checked.returncode == 1
    assert setting in checked.stdout + checked.stderr
    good = handler.command("check", values=values())
    assert good.returncode == 0, good.stdout + good.stderr


def test_check_lists_every_problem_at_once() -> None:
    wrong = {"WELKIN_APP_URL": None, "WELKIN_SESSION_KEY": "short", "WELKIN_CLOCK_LEEWAY": "x",
             "WELKIN_HANDOFF": "maybe", "WELKIN_CLIENT_SECRET": None}
    checked = handler.command("check", values=values(**wrong))
    assert checked.returncode == 1
    said = checked.stdout + checked.stderr
    assert [name for name in wrong if name not in said] == []
    assert "short" not in said, "a key is never printed"


def test_a_misspelt_setting_is_told() -> None:
    checked = handler.command("check", values=values(WELKIN_SESSION_IDEL="60"))
    assert "WELKIN_SESSION_IDEL" in checked.stdout + checked.stderr


@pytest.mark.reason("settings_unusable")
def test_a_running_handler_with_unusable_settings_stays_and_says_so(folder: Path) -> None:
    with stacks.bare(folder, values={"WELKIN_SESSION_KEY": "short"}) as stack:
        answer = stack.send(http.launch(stack.client.token()))
        assert answer.status == 503
        assert logs.with_id(stack.log, answer.id)["reason"] == "settings_unusable"
        assert stack.send(Request("GET", "/healthz")).status == 503
        assert "WELKIN_SESSION_KEY" in stack.log.read_text()
        assert stack.handler.process.running


def test_settings_from_a_file(folder: Path) -> None:
    """WELKIN_CONFIG names a file as systemd's EnvironmentFile has it."""
    client = Client(f"https://{APP_NAME}/launch")
    path = folder / "settings"
    given = handler.settings(client)
    path.write_text("# a comment\n\n" + "".join(f'{n}="{v}"\n' for n, v in given.items()))
    path.chmod(0o600)
    answer = handler.run_cgi(http.launch(client.token()), {"WELKIN_CONFIG": str(path)}, folder / "cgi.log")
    assert answer.status == 302


def test_generated_key_is_a_usable_key(folder: Path) -> None:
    made = handler.command("generate-key")
    assert made.returncode == 0
    key = made.stdout.strip().splitlines()[-1].removeprefix("WELKIN_SESSION_KEY=")
    client = Client(f"https://{APP_NAME}/launch")
    answer = handler.run_cgi(http.launch(client.token()), handler.settings(client, WELKIN_SESSION_KEY=key),
                             folder / "cgi.log")
    assert answer.status == 302
    assert handler.command("generate-key").stdout != made.stdout


@pytest.mark.parametrize("show", [False, True])
def test_inspect_tells_what_is_wrong_with_a_token(show: bool) -> None:
    client = Client(f"https://{APP_NAME}/launch")
    given = handler.settings(client)
    words = ["inspect", *(["--show-claims"] if show else [])]
    good = handler.command(*words, values=given, stdin=client.token())
    assert good.returncode == 0, good.stdout + good.stderr
    assert (client.worker in good.stdout) == show
    bad = handler.command(*words, values=given, stdin=client.token(exp=1))
    assert bad.returncode == 1
    assert "expired" in bad.stdout + bad.stderr


def test_check_lists_short_ids_and_shows_no_secret(folder: Path) -> None:
    client = Client(f"https://{APP_NAME}/launch")
    keys, credentials = folder / "keys", folder / "credentials"
    old, new = handler.session_key(), handler.session_key()
    keys.write_text(f"# the first one signs\n{new}\n;{handler.session_key()}\n{old}\n")
    credentials.write_text(f"{client.client_id} {client.secret}\n")
    for path in (keys, credentials):
        path.chmod(0o600)
    given = values(WELKIN_SESSION_KEY=None, WELKIN_SESSION_KEYS_FILE=str(keys), WELKIN_CLIENT_ID=None,
                   WELKIN_CLIENT_SECRET=None, WELKIN_CREDENTIALS_FILE=str(credentials))
    checked = handler.command("check", values=given)
    assert checked.returncode == 0, checked.stdout

    def short_id(key: bytes, label: bytes) -> str:
        return hmac.new(key, label, "sha256").hexdigest()[:8]

    ids = [short_id(base64.b64decode(key.removeprefix("base64:")), b"welkin key id") for key in (new, old)]
    assert re.search(rf"signs and verifies +{ids[0]}\n +only verify +{ids[1]}\n", checked.stdout), checked.stdout
    assert re.search(rf"live secrets +{short_id(client.secret.encode(), b'welkin secret id')}\n", checked.stdout)
    for secret in (client.secret, new.removeprefix("base64:"), old.removeprefix("base64:")):
        assert secret not in checked.stdout + checked.stderr


@pytest.mark.parametrize("guid", [True, False])
def test_swapped_credentials_are_never_shown(folder: Path, guid: bool) -> None:
    """Not by `check`, nor in the log of a launch."""
    client = Client(f"https://{APP_NAME}/launch")
    secret = secrets.token_hex(16)
    id = str(uuid.uuid4()) if guid else "client-of-welkin-1"
    swapped = values(WELKIN_CLIENT_ID=secret, WELKIN_CLIENT_SECRET=id)
    checked = handler.command("check", values=swapped)
    log = folder / "cgi.log"
    handler.run_cgi(http.launch(client.token()), swapped, log)
    for said in (checked.stdout, checked.stderr, log.read_text()):
        assert secret not in said and id not in said
    assert ("are they swapped?" in checked.stdout) == guid


def test_a_line_that_looks_like_a_key_signs_nothing(folder: Path) -> None:
    """A comment in the manner of systemd's files, and a leaked key that was commented out with `;`."""
    client, leaked, live = Client(f"https://{APP_NAME}/launch"), handler.session_key(), handler.session_key()
    keys = folder / "keys"
    keys.write_text(f"; session keys, the first one signs, all verify\n;{leaked}\n{live}\n")
    keys.chmod(0o600)
    given = values(WELKIN_SESSION_KEY=None, WELKIN_SESSION_KEYS_FILE=str(keys))
    assert re.search(r"only verify +none\n", handler.command("check", values=given).stdout)
    with stacks.bare(folder, values={"WELKIN_SESSION_KEY": None, "WELKIN_SESSION_KEYS_FILE": str(keys)}) as stack:
        launched = stack.launch()
        assert stack.send(launched.read(cookie=True)).status == 200
        signed = launched.cookie.rpartition(".")[0]
        for key in (b"; session keys, the first one signs, all verify", f";{leaked}".encode(),
                    base64.b64decode(leaked.removeprefix("base64:"))):
            forged = f"{signed}.{b64(mac(signed, key))}"
            assert stack.send(launched.read(bearer=forged)).json["error"] == "session_invalid"


def test_provider_in_capitals_is_the_same(folder: Path) -> None:
    client = Client(f"https://{APP_NAME}/launch")
    given = handler.settings(client, WELKIN_PROVIDER_ID=client.provider.upper())
    assert handler.run_cgi(http.launch(client.token()), given, folder / "cgi.log").status == 302
    lower = handler.settings(client)
    token = client.token(welkin_provider_id=client.provider.upper(), welkin_oauth_client_id=client.client_id.upper())
    assert handler.run_cgi(http.launch(token), lower, folder / "cgi.log").status == 302


@pytest.mark.parametrize("kind", ["a settings file", "a link", "a folder"])
def test_listen_replaces_only_a_socket(folder: Path, kind: str) -> None:
    path, target = folder / "s.sock", folder / "target"
    target.write_text("WELKIN_ISSUER=x\n")
    if kind == "a folder":
        path.mkdir()
    elif kind == "a link":
        path.symlink_to(target)
    else:
        path.write_text("WELKIN_ISSUER=x\n")
    before = path.lstat()
    done = handler.command("--listen", f"unix:{path}", values=values())
    assert done.returncode == 1 and "already exists and is not a socket" in done.stderr
    assert path.lstat().st_ino == before.st_ino and sorted(file.name for file in folder.iterdir()) == ["s.sock", "target"]
