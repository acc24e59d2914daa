"""What the App's page lets nobody have, in real browsers."""

import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from welkin import clinic as clinics
from welkin import tls, wait, watch
from welkin.app_page import PATIENCE, AppPage, Desk
from welkin.browsers import Browsers
from welkin.tokens import remember

on = pytest.mark.parametrize
watched = on("desk", ["Chromium, watched"], indirect=True)


def app_origin(desk: Desk) -> str:
    return desk.clinic.stack.nginx.site.origin


def posts_to_session(desk: Desk) -> int:
    return len(re.findall(r"POST /a/main/[^ ]*/session ", desk.clinic.stack.nginx.access_log.read_text()))


def work(desk: Desk) -> AppPage:
    """A bit of everything that both kinds of the App do."""
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    page.write(remember(f"Of everything. {uuid.uuid4()}"))
    page.press("#note-send")
    page.note("saved")
    page.press("#phones .call")
    page.until("return document.querySelector('#phones .call').dataset.status === 'dialing'", "it dials")
    calls = page.launch_persistent()
    call = desk.clinic.ring(omar)
    calls.until_data("incoming", "ringing", "yes")
    calls.press("#incoming-open")
    calls.until_data("incoming", "status", "answered")
    page.click("close-persistent")  # It lies over the other one.
    page.until_data("guard", "guard", "different")
    page.press("#guard-back")
    page.until_data("guard", "guard", "same")
    desk.clinic.hang_up(call)
    page.reload()
    return page.until_people()


@watched
def test_nobody_else_is_asked_for_anything_and_no_policy_is_broken(desk: Desk) -> None:
    watch.drain(desk.driver)
    page = work(desk)
    asked = watch.requests(desk.driver, app_origin(desk))
    assert len(asked) > 60, "modules, styles, session and data of both kinds"
    assert [url for url in asked if not re.match(rf"{app_origin(desk)}/(launch$|a/main/|assets/)", url)] == []
    assert watch.complaints(desk.driver, app_origin(desk)) == []

    # The witness: what would be seen.
    page.inside("""new Image().src = 'https://elsewhere.test/pixel.gif';
        document.addEventListener('securitypolicyviolation', event => { window.violated = event.effectiveDirective })""")
    page.until("return window.violated === 'img-src'", "the policy forbids it")
    assert any("Content Security Policy" in text for text in watch.complaints(desk.driver, app_origin(desk)))
    assert "https://elsewhere.test/pixel.gif" in watch.requests(desk.driver, app_origin(desk))


def test_no_script_comes_from_text(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    text = remember(f"<img src=x onerror='window.hit=1'><b>{uuid.uuid4()}</b>")
    page.write(text)
    page.press("#note-send")
    page.note("saved")
    desk.clinic.sync()
    page.reload()
    page.until_people()
    assert page.inside("return document.querySelector('#notes .note').textContent") == text
    assert page.inside("return [window.hit, document.querySelectorAll('#notes img, #notes b b').length]") == [None, 0]
    refused = page.inside("""if (!window.trustedTypes) return 'none here';
        try { document.createElement('p').innerHTML = '<b>'; } catch (error) { return error.name } return 'taken'""")
    assert refused in ("TypeError", "none here")
    assert refused == "TypeError" or page.driver.capabilities["browserName"] != "chrome"


def test_nothing_is_kept_but_bearer_and_draft(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    page = desk.open(elsa)
    page.write("A draft.")
    page.note("draft")
    worker = desk.clinic.stack.client.worker
    kept = {f"welkin:{page.launch_id()}:bearer", f"welkin:draft:{worker}:{elsa}:note"}
    assert set(page.inside("return Object.keys(sessionStorage)")) == kept
    assert page.inside("return [document.cookie, Object.keys(localStorage).length, name]") == ["", 0, "app-frame"]
    page.inside("window.bases = null; (indexedDB.databases?.() ?? Promise.resolve([])).then(found => { window.bases = found.length })")
    assert page.until("return window.bases !== null && [bases]", "the databases are counted") == [0]


def answer(page: AppPage, path: str, bearer: str | None) -> int:
    """The status that a request by this page's own script gets, with that bearer and no cookie."""
    page.inside("""const [path, bearer] = arguments, headers = {Accept: 'application/json'};
        if (bearer) headers['X-Welkin-Session'] = bearer;
        const post = {method: 'POST', headers: {...headers, 'Content-Type': 'application/json'}, body: '{}'};
        window.answered = 0;
        fetch(path, {...(path.endsWith('session') ? {headers} : post), credentials: 'omit'})
            .then(answer => { window.answered = answer.status })""", path, bearer)
    return page.until("return window.answered", "an answer")


def test_second_app_in_a_tab_gets_nothing_of_the_first(desk: Desk) -> None:
    elsa = desk.clinic.patients[0]
    first = desk.open(elsa)
    second = first.launch_persistent()
    own, other = first.launch_id(), second.launch_id()
    asked = second.inside("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert any(f"/a/main/{other}/" in url for url in asked)
    assert not any(f"/a/main/{own}/" in url for url in asked), "it asks for its own launch alone"
    for mine, theirs in ((second, own), (first, other)):
        assert answer(mine, "session", mine.bearer()) == 200
        for name in ("session", "data/context"):
            assert answer(mine, f"/a/main/{theirs}/{name}", mine.bearer()) == 401, "a bearer is good for its launch"
            assert answer(mine, f"/a/main/{theirs}/{name}", None) == 401
    assert second.inside("return document.body.dataset.kind") == "calls"
    assert second.data("patient", "id") == ""
    # Elsa is on Welkin's screen, and may be shown as that; her App's session is not in this document.
    assert own not in second.inside("return document.documentElement.outerHTML")


@watched
def test_each_app_reads_its_own_keys_only(desk: Desk) -> None:
    """Frames of one tab share sessionStorage: that each page keeps to its own is all that separates them."""
    spy = """for (const name of ['getItem', 'setItem', 'removeItem']) {
        const real = Storage.prototype[name]; (window.touched ??= []);
        Storage.prototype[name] = function (key, ...rest) { touched.push(`${name} ${key}`); return real.call(this, key, ...rest) } }"""
    elsa = desk.clinic.patients[0]
    page = desk.tab()
    with watch.early_script(desk.driver, spy):
        assert page.launch(elsa).state == "ready"
        page.until_people()
        page.write("A draft.")
        page.note("draft")
        second = page.launch_persistent()
    touched = second.inside("return touched")
    assert f"setItem welkin:{second.launch_id()}:bearer" in touched
    others = [key for key in touched if second.launch_id() not in key]
    # To find out which have expired, it looks at when they end.
    assert set(others) <= {f"getItem welkin:{page.launch_id()}:bearer"}


@pytest.fixture
def stranger(desk: Desk) -> Iterator[AppPage]:
    """A page of another origin, which even has tokens that are right: the simulator without its proxy."""
    page = desk.tab()
    page.host = desk.clinic.host.origin
    yield page


def test_other_origin_cannot_frame_the_app(desk: Desk, stranger: AppPage) -> None:
    elsa = desk.clinic.patients[0]
    before = posts_to_session(desk)
    stranger.driver.get(f"{stranger.host}/patients/{elsa}")
    wait.until(lambda: stranger.welkin("return document.readyState") == "complete", "the page")
    pages = desk.clinic.stack.nginx.access_log.read_text().count("GET /a/main/")
    stranger.click("launch-app")
    wait.until(lambda: desk.clinic.stack.nginx.access_log.read_text().count("GET /a/main/") > pages, "the page is asked for",
               PATIENCE)
    # A launch that is right, after it: whatever the one before had asked for would be in the log by now.
    page = desk.open(elsa)
    assert posts_to_session(desk) == before + 1
    assert not stranger.see("return document.body?.dataset.state ?? null")
    assert page.data("patient", "id") == elsa


def test_init_message_of_another_origin_is_ignored(desk: Desk) -> None:
    elsa, omar = desk.clinic.patients[:2]
    page = desk.open(elsa)
    page.until_data("guard", "guard", "same")
    page.click("send-wrong-origin")
    wait.until(lambda: page.messages(type="wrong_origin"), "it was posted", PATIENCE)
    page.go(f"/patients/{omar}")
    page.until_data("guard", "guard", "different")
    page.press("#guard-back")
    page.until_data("guard", "guard", "same")
    assert [text for text in page.messages(direction="from-app") if "Wrong" in text] == []


def test_init_message_of_another_origin_is_not_taken_for_want_of_another(desk: Desk) -> None:
    """The App has something to say, and waits for somebody to say it to."""
    page = desk.tab()
    page.driver.get(f"{page.host}/inbox#dev")
    wait.until(lambda: page.welkin("return document.querySelector('#dev-panel')?.dataset.open") == "true", "the panel")
    page.choose("init-mode", "none")
    app = page.launch_persistent()
    desk.clinic.ring()
    app.until_data("incoming", "ringing", "yes")
    app.inside("window.heard = []; addEventListener('message', event => window.heard.push(event.origin))")
    page.click("send-wrong-origin")
    app.until("return window.heard.includes('null')", "it arrives")
    page.click("send-second-init")
    wait.until(lambda: page.messages(direction="from-app"), "Welkin hears it", PATIENCE)
    assert [text for text in page.messages(direction="from-app") if "Wrong" in text] == []


@pytest.fixture
def lax_desk(browsers: Browsers, new_folder: Callable[[], Path], certificate: tls.Certificate,
             run_folder: Path) -> Iterator[Desk]:
    """A site whose policy lets a page frame the App that is not the one in the session."""
    values = {"WELKIN_HOST_ORIGIN": "https://coach.welkinhealth.com"}
    with clinics.start(new_folder, certificate, values) as clinic, Desk(browsers["Chromium"], clinic, run_folder) as made:
        yield made


def test_page_that_frames_the_app_is_not_believed_by_that(lax_desk: Desk) -> None:
    page = lax_desk.open(lax_desk.clinic.patients[0])
    page.inside("window.heard = []; addEventListener('message', event => window.heard.push(event.data))")
    page.click("send-second-init")
    page.until("return window.heard.includes('welkin_init')", "it arrives")
    page.write(remember(f"Asks first. {uuid.uuid4()}"))
    page.press("#note-send")
    page.until_shown("guard-question")
    assert page.data("guard", "guard") == "unknown"
    assert page.messages(direction="from-app") == []


def test_page_outside_welkin_tells_nothing_and_asks_for_nothing(desk: Desk) -> None:
    page = desk.open(desk.clinic.patients[0])
    address = page.inside("return location.href")
    before = posts_to_session(desk)
    page.driver.switch_to.default_content()
    page.driver.get(address + "#handoff=x")
    state = wait.until(lambda: page.welkin("const s = document.body?.dataset.state; return s !== 'loading' && s"), "the page",
                       PATIENCE)
    assert state == "outside"
    shown = page.welkin("return document.body.innerText")
    assert "This App opens inside Welkin" in shown and "Brandt" not in shown
    assert page.welkin("return location.hash") == "", "a hand-off does not stay in the address"
    assert posts_to_session(desk) == before


@on("desk", ["Chromium, third-party cookies blocked"], indirect=True)
def test_everything_works_with_third_party_cookies_blocked(desk: Desk) -> None:
    page = work(desk)
    assert page.data("patient", "id") == desk.clinic.patients[0]
