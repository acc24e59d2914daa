"""WELKIN_STATE_DIR: what happens once happens once, and a `kill -9` forgets none of it."""

import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from welkin import http, logs, stacks, wait
from welkin.session import Launched
from welkin.stacks import Stack


@pytest.fixture
def stateful(folder: Path, certificate):
    state = folder / "state"
    state.mkdir(mode=0o700)
    with stacks.bare(folder, values={"WELKIN_STATE_DIR": str(state)}) as stack:
        yield stack, state


def kill_and_start(stack: Stack) -> None:
    """As if the machine had lost power: nothing is flushed, nothing is told."""
    stack.handler.process.kill()
    stack.handler.start()


def replay_refused(stack: Stack, token: str) -> str | None:
    answer = stack.send(http.launch(token))
    if answer.status == 302:
        return None
    assert answer.status == 401
    return logs.with_id(stack.log, answer.id)["reason"]


@pytest.mark.reason("token_replayed")
@pytest.mark.parametrize("killed", [False, True], ids=["running", "after kill -9"])
def test_launch_token_is_good_once(stateful, killed: bool) -> None:
    stack, _ = stateful
    token = stack.client.token()
    assert stack.send(http.launch(token)).status == 302
    # A double click is two posts of one token: the second is as good as the first.
    assert stack.send(http.launch(token)).status == 302
    if killed:
        kill_and_start(stack)
    reason = wait.until(lambda: replay_refused(stack, token), "the grace is over", timeout=30, every=0.2)
    assert reason == "token_replayed"
    assert stack.send(http.launch(stack.client.token(exp=stack.client.claims()["exp"] - 1))).status == 302


@pytest.mark.parametrize("killed", [False, True], ids=["running", "after kill -9"])
def test_handoff_is_good_once(stateful, killed: bool) -> None:
    stack, _ = stateful
    launched = stack.launch()
    assert stack.send(launched.exchange()).status == 200
    if killed:
        kill_and_start(stack)
    answer = stack.send(launched.exchange())
    assert (answer.status, answer.json["error"]) == (401, "handoff_used")
    fresh = stack.launch(stack.client.on_patient())
    assert stack.send(fresh.exchange()).status == 200


@pytest.mark.parametrize("killed", [False, True], ids=["running", "after kill -9"])
def test_ended_is_ended(stateful, killed: bool) -> None:
    stack, _ = stateful
    launched, other = stack.launch(), stack.launch(stack.client.on_patient())
    bearer = stack.send(launched.exchange()).json["token"]
    assert stack.send(launched.end(bearer=bearer)).status == 204
    if killed:
        kill_and_start(stack)
    for request in (launched.read(cookie=True), launched.read(bearer=bearer), launched.renew(bearer=bearer)):
        answer = stack.send(request)
        assert (answer.status, answer.json["error"]) == (401, "session_ended")
    assert stack.send(other.read(cookie=True)).status == 200


def test_ended_launch_takes_no_hand_off(stateful) -> None:
    stack, _ = stateful
    launched = stack.launch()
    assert stack.send(launched.end(cookie=True)).status == 204
    answer = stack.send(launched.exchange())
    assert answer.status == 401
    assert answer.json["error"] in ("session_ended", "handoff_used")


def test_state_folder_names_nobody(stateful) -> None:
    """Tokens are remembered by hashes; neither names nor contents tell of whom."""
    stack, state = stateful
    launched = stack.launch()
    stack.send(launched.exchange())
    stack.send(launched.end(cookie=True))
    found = [path for path in state.rglob("*") if path.is_file()]
    assert found, "something is remembered"
    for path in found:
        text = path.name.encode() + path.read_bytes()
        for secret in (stack.client.worker, stack.client.patient, launched.cookie, launched.handoff):
            assert secret.encode() not in text


@pytest.mark.reason("state_unavailable")
def test_without_its_folder_nobody_is_launched(stateful) -> None:
    stack, state = stateful
    shutil.rmtree(state)
    state.write_text("a file where the folder was")
    answer = stack.send(http.launch(stack.client.token()))
    assert answer.status == 503
    assert logs.with_id(stack.log, answer.id)["reason"] == "state_unavailable"
    state.unlink()
    state.mkdir(mode=0o700)
    assert stack.send(http.launch(stack.client.token())).status == 302


def test_many_at_once_never_sweep_away_what_another_writes(stateful) -> None:
    """Now and then a launch sweeps the folder, in which others are just writing."""
    stack, state = stateful
    seen: Counter = Counter()

    def client(launches: int) -> None:
        for _ in range(launches):
            seen[stack.send(http.launch(stack.client.on_patient().token())).status] += 1
    threads = [threading.Thread(target=client, args=[375]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {302: 3000}
    names = Counter(path.name.split("-")[0] for path in state.iterdir())
    assert names == {"launched": 3000}, "each is remembered, and no draft is left"


@pytest.mark.reason("token_replayed")
@pytest.mark.parametrize("seconds", [60, 86_400])
def test_a_clock_that_was_set_back_makes_no_token_fresh(stateful, seconds: int) -> None:
    """The first use then lies ahead; that is not the same as a moment ago."""
    stack, state = stateful
    token = stack.client.token()
    assert stack.send(http.launch(token)).status == 302
    assert stack.send(http.launch(token)).status == 302, "a double click"
    [launched] = state.iterdir()
    times = launched.stat()
    launched.write_text(str(int(launched.read_text()) + seconds))
    os.utime(launched, ns=(times.st_atime_ns, times.st_mtime_ns + seconds * 10**9))
    assert replay_refused(stack, token) == "token_replayed"
    assert stack.send(http.launch(stack.client.on_patient().token())).status == 302


@pytest.fixture(params=["size=64k", "size=1m,nr_inodes=24"], ids=["no room", "no inodes"])
def small(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[Stack, Path]]:
    """A state folder on a file system of its own, so small that some launches fill it."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a file system")
    state = folder / "state"
    state.mkdir(mode=0o700)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"{request.param},mode=0700", "tmpfs", state],
                             capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        with stacks.bare(folder, values={"WELKIN_STATE_DIR": str(state)}) as stack:
            yield stack, state
    finally:
        subprocess.run(["umount", state], check=True)


@pytest.mark.reason("state_unavailable")
def test_a_full_disk_lets_nobody_in_until_something_has_expired(small) -> None:
    stack, state = small

    def launch() -> http.Answer:
        return stack.send(http.launch(stack.client.on_patient().token()))
    for _ in range(100):
        answer = launch()
        if answer.status != 302:
            break
    assert answer.status == 503
    assert logs.with_id(stack.log, answer.id)["reason"] == "state_unavailable"
    assert answer["Retry-After"] == "60"
    assert launch().status == 503, "nothing has expired"
    remembered = list(state.iterdir())
    assert len(remembered) > 10
    assert all(path.name.startswith("launched-") for path in remembered), "no draft takes up room"

    os.utime(remembered[0], (1, 1))
    assert launch().status == 302, "what has expired made room, at once"
    assert not remembered[0].exists()
    assert launch().status == 503
    for path in remembered[1:]:
        os.utime(path, (1, 1))
    assert [launch().status for _ in range(5)] == [302] * 5


def test_without_state_tokens_and_hand_offs_repeat(bare: Stack) -> None:
    """The default is stateless: the twin of the tests above."""
    token = bare.client.token()
    launched = Launched.from_answer(bare.send(http.launch(token)))
    assert bare.send(http.launch(token)).status == 302
    assert bare.send(launched.exchange()).status == 200
    assert bare.send(launched.exchange()).status == 200
