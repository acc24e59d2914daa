"""The way to the Data API: TLS, proxies, encodings; and what is told where there is none."""

import base64
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from welkin import tls, wait
from welkin.listener import Listener
from welkin.preload import Preload
from welkin.proxy import Proxy
from welkin.small_api import SmallAPI
from welkin.tls import Certificate
from welkin.worker import Run, Worker

ONE = ("sync", "--json", "--resource", "visits")
#: A name that only a proxy can reach.
FAR = "api.welkin.example"
DAY = 86_400


@pytest.fixture(scope="module")
def good(new_folder: Callable[[], Path]) -> Certificate:
    return tls.make(new_folder(), ["localhost", FAR])


@pytest.fixture
def worker(folder: Path) -> Worker:
    return Worker(folder)


def failure(run: Run) -> str:
    """What the one resource failed with."""
    assert run.code == 1, f"{run.code}: {run.errors}"
    problem = str(run.event("failed")["problem"])
    for dump in ("errno", "error set", "SSL_", "NIO", "OPENSSL", "Error("):
        assert dump not in problem, problem
    return problem


def check(worker: Worker, origin: str, **changes: str) -> str:
    """The line of `check` about the credentials, which is where it first needs the network."""
    run = worker.run("check", WELKIN_DATA_API_URL=origin, **changes)
    assert run.code == 1, run.text
    return next(line for line in run.text.splitlines() if line.startswith("problem  credentials"))


def test_tls_with_an_authority_of_ones_own(worker: Worker, good: Certificate) -> None:
    with SmallAPI(good) as api:
        trusted = {"WELKIN_DATA_API_URL": api.origin(), "SSL_CERT_FILE": str(good.authority)}
        assert worker.run(*ONE, **trusted).code == 0
        assert [path.split("?")[0] for path, _ in api.requests] == ["/v1/token", "/v1/visits"]
        # From the settings' file, as everything else.
        settings = worker.folder / "network.env"
        settings.write_text(f"SSL_CERT_FILE={good.authority}\n")
        settings.chmod(0o600)
        assert worker.run(*ONE, WELKIN_DATA_API_URL=api.origin(), WELKIN_CONFIG=str(settings)).code == 0


def test_an_unknown_authority(worker: Worker, good: Certificate) -> None:
    with SmallAPI(good) as api:
        problem = failure(worker.run(*ONE, WELKIN_DATA_API_URL=api.origin()))
        assert f"localhost:{api.port}" in problem and "an authority that this machine does not know" in problem
        line = check(worker, api.origin())
        assert "ca-certificates" in line and "SSL_CERT_FILE" in line
        assert api.requests == [], "nothing is sent to whom one does not trust, not even to look closer"


def test_a_certificate_signed_by_itself(worker: Worker, folder: Path) -> None:
    own = tls.self_signed(folder, "localhost")
    with SmallAPI(own) as api:
        assert "is self-signed" in failure(worker.run(*ONE, WELKIN_DATA_API_URL=api.origin()))
        assert "SSL_CERT_FILE" in check(worker, api.origin())
        assert api.requests == []
        # Named, it is its own authority.
        assert worker.run(*ONE, WELKIN_DATA_API_URL=api.origin(), SSL_CERT_FILE=str(own.authority)).code == 0


def test_an_authority_in_the_place_of_a_server(worker: Worker, folder: Path) -> None:
    made = tls.make(folder, ["localhost"])
    with SmallAPI(Certificate(made.authority, made.authority, folder / "ca.key", "")) as api:
        assert "is not a server certificate" in failure(worker.run(*ONE, WELKIN_DATA_API_URL=api.origin()))


def test_an_expired_certificate(worker: Worker, folder: Path) -> None:
    expired = tls.make(folder, ["localhost"], days=-1)
    with SmallAPI(expired) as api:
        trusted = {"SSL_CERT_FILE": str(expired.authority)}
        problem = failure(worker.run(*ONE, WELKIN_DATA_API_URL=api.origin(), **trusted))
        assert f"the certificate of localhost:{api.port} expired at 20" in problem
        assert "clock" in check(worker, api.origin(), **trusted)
        assert api.requests == []


@pytest.mark.parametrize(("seconds", "words"), [(-DAY, "is not valid before"), (3 * DAY, "expired at")])
def test_the_clock_of_this_machine_is_off(worker: Worker, good: Certificate, preload: Preload, seconds: int,
                                          words: str) -> None:
    with SmallAPI(good) as api:
        trusted = {"SSL_CERT_FILE": str(good.authority), **preload.clock(seconds)}
        assert words in failure(worker.run(*ONE, WELKIN_DATA_API_URL=api.origin(), **trusted))
        assert "this machine's clock" in check(worker, api.origin(), **trusted)
        assert api.requests == []


def test_a_certificate_for_another_host(worker: Worker, folder: Path) -> None:
    other = tls.make(folder, ["other.example"])
    with SmallAPI(other) as api:
        trusted = {"SSL_CERT_FILE": str(other.authority)}
        problem = failure(worker.run(*ONE, WELKIN_DATA_API_URL=api.origin(), **trusted))
        assert f"the certificate of localhost:{api.port} is for another host" in problem
        assert "WELKIN_DATA_API_URL" in check(worker, api.origin(), **trusted)
        assert api.requests == []


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_no_version_of_tls_in_common(worker: Worker, good: Certificate) -> None:
    api = SmallAPI(good)
    api.context.maximum_version = ssl.TLSVersion.TLSv1_1
    api.context.minimum_version = ssl.TLSVersion.TLSv1
    api.context.set_ciphers("ALL:@SECLEVEL=0")
    with api:
        problem = failure(worker.run(*ONE, WELKIN_DATA_API_URL=api.origin(), SSL_CERT_FILE=str(good.authority)))
        assert "no version of TLS or no cipher in common" in problem


def test_a_server_without_tls(worker: Worker) -> None:
    with SmallAPI() as api:
        problem = failure(worker.run(*ONE, WELKIN_DATA_API_URL=f"https://localhost:{api.port}"))
        assert f"localhost:{api.port} does not speak TLS" in problem


def test_nobody_listens(worker: Worker) -> None:
    port = wait.free_port()
    line = check(worker, f"http://127.0.0.1:{port}")
    assert f"cannot connect to 127.0.0.1:{port}: connection refused" in line
    assert "check WELKIN_DATA_API_URL, the network and its firewall" in line


def test_a_name_that_nobody_knows(worker: Worker) -> None:
    """Told as what it is, or, on a machine without a name server, as that."""
    line = check(worker, "https://api.invalid")
    assert "cannot connect to api.invalid:443: " in line
    assert "its name is unknown" in line or "no name server answers" in line


def test_a_proxy(worker: Worker, good: Certificate) -> None:
    """By its user and password, which are told nowhere, for requests and for the heartbeat."""
    with SmallAPI(good) as api, Proxy(api.port) as proxy:
        address = f"http://us%40er:pass-of-the-proxy@{proxy.address}"
        far = {"WELKIN_DATA_API_URL": f"https://{FAR}", "SSL_CERT_FILE": str(good.authority), "HTTPS_PROXY": address,
               "WELKIN_HEARTBEAT_URL": f"https://{FAR}/beat"}
        run = worker.run(*ONE, **far)
        assert run.code == 0, run.errors
        assert {path.split("?")[0] for path, _ in api.requests} == {"/v1/token", "/v1/visits", "/beat"}
        assert set(proxy.asked) == {f"CONNECT {FAR}:443 HTTP/1.1"}
        assert set(proxy.authorizations) == {"Basic " + base64.b64encode(b"us@er:pass-of-the-proxy").decode()}
        assert "pass-of-the-proxy" not in run.errors
        # In small letters; and out of the settings' file.
        assert worker.run(*ONE, **{**far, "HTTPS_PROXY": "", "https_proxy": proxy.address}).code == 0


def test_hosts_that_need_no_proxy(worker: Worker, good: Certificate) -> None:
    with SmallAPI(good) as api, Proxy(api.port) as proxy:
        trusted = {"SSL_CERT_FILE": str(good.authority), "HTTPS_PROXY": f"http://{proxy.address}"}
        assert worker.run(*ONE, WELKIN_DATA_API_URL=api.origin(), **trusted).code == 0
        assert api.requests and not proxy.asked, "this machine is reached directly"
        # A replica remembers where its records come from.
        worker.reset()
        # With NO_PROXY the name is to be found without the proxy, which it cannot.
        run = worker.run("check", WELKIN_DATA_API_URL=f"https://{FAR}", NO_PROXY=".welkin.example", **trusted)
        assert run.code == 1 and FAR in run.text and "HTTPS_PROXY refused" not in run.text
        assert not proxy.asked
        # The twin.
        assert worker.run(*ONE, WELKIN_DATA_API_URL=f"https://{FAR}", NO_PROXY="other.example", **trusted).code == 0
        assert proxy.asked


@pytest.mark.parametrize(("status", "remedy"), [
    ("407 Proxy Authentication Required", "user and password in HTTPS_PROXY"),
    ("403 Forbidden", "the operator of the proxy")])
def test_a_proxy_that_refuses(worker: Worker, good: Certificate, status: str, remedy: str) -> None:
    with SmallAPI(good) as api, Proxy(api.port, status=status) as proxy:
        line = check(worker, f"https://{FAR}", HTTPS_PROXY=f"http://user:pass-of-the-proxy@{proxy.address}")
        assert f"the proxy of HTTPS_PROXY refused to connect to {FAR}:443: status {status[:3]}" in line
        assert remedy in line
        assert "pass-of-the-proxy" not in line and proxy.address not in line
        assert api.requests == []


def test_a_proxy_that_is_away(worker: Worker) -> None:
    address = f"http://127.0.0.1:{wait.free_port()}"
    line = check(worker, f"https://{FAR}", HTTPS_PROXY=address)
    assert "cannot connect to the proxy of HTTPS_PROXY: connection refused" in line and address not in line


def test_a_certificate_behind_a_proxy(worker: Worker, good: Certificate) -> None:
    """A proxy that looks into TLS shows a certificate of its own."""
    with SmallAPI(good) as api, Proxy(api.port) as proxy:
        line = check(worker, f"https://{FAR}", HTTPS_PROXY=f"http://{proxy.address}")
        assert f"the certificate of {FAR}:443 is signed by an authority that this machine does not know" in line
        assert "SSL_CERT_FILE" in line and api.requests == []


@pytest.mark.parametrize(("setting", "value"), [
    ("HTTPS_PROXY", "socks5://user:pass-of-the-proxy@proxy:1080"), ("https_proxy", "http://pass-of-the-proxy:x"),
    ("SSL_CERT_FILE", "/no/such/file-of-certificates"), ("SSL_CERT_FILE", "{folder}/empty"),
    ("SSL_CERT_FILE", "{folder}/a-folder"), ("SSL_CERT_DIR", "/no/such/folder-of-certificates")])
def test_unusable_settings_of_the_network(worker: Worker, setting: str, value: str) -> None:
    (worker.folder / "a-folder").mkdir()
    (worker.folder / "empty").write_text("no certificate\n")
    value = value.format(folder=worker.folder)
    for command in ("sync", "verify", "check"):
        run = worker.run(command, **{setting: value})
        told = run.errors + run.text
        assert run.code == 4 and setting in told, told
        assert value not in told and "pass-of-the-proxy" not in told


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["plain", "mark"])
def test_encodings(worker: Worker, compressed: bool, before: bytes) -> None:
    with SmallAPI(before=before, compressed=compressed) as api:
        api.page = b'{"data": [{"id": "1", "updated_at": "2026-01-01T00:00:00.000Z"}], "links": {"self": "/v1/visits"}}'
        run = worker.run(*ONE, WELKIN_DATA_API_URL=api.origin())
        assert run.code == 0 and run.event("done")["inserted"] == 1, run.errors
        assert {encodings for _, encodings in api.requests} == {"gzip, deflate"}


def test_a_bomb(worker: Worker) -> None:
    """100 MB that come as 100 KB: refused at the limit, and memory stays near it."""
    with SmallAPI(compressed=True) as api:
        worker.values["WELKIN_DATA_API_URL"] = api.origin()
        api.page = b'{"data": [' + b" " * 20_000_000 * 5
        run, peak = worker.memory(*ONE)
        assert run.code == 1 and run.event("failed")["code"] == "too_large", run.errors
        assert peak < 120_000, f"{peak} KiB"


def test_a_heartbeat_by_its_own_certificate(worker: Worker, good: Certificate) -> None:
    """It believes whom the requests believe, too."""
    with SmallAPI(good) as api, Listener() as monitor:
        trusted = {"WELKIN_DATA_API_URL": api.origin(), "SSL_CERT_FILE": str(good.authority)}
        assert worker.run(*ONE, **trusted, WELKIN_HEARTBEAT_URL=f"{monitor.origin}/beat").code == 0
        assert monitor.paths == ["/beat"]
        run = worker.run(*ONE, **trusted, WELKIN_HEARTBEAT_URL=f"{api.origin()}/beat")
        assert "heartbeat" not in run.errors and api.requests[-1][0] == "/beat"
