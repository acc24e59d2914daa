"""Settings that cannot work: nobody is launched, the log says why, and `check` lists every problem."""

from pathlib import Path

import pytest

from welkin import handler, http, logs, stacks
from welkin.http import Request
from welkin.stacks import APP_NAME
from welkin.tokens import Client

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
