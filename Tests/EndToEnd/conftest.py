"""Fixtures: a folder for the run, a certificate, and the stack that most tests share."""

import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from welkin import aging as aging_sessions  # noqa: E402
from welkin import clinic as clinics  # noqa: E402
from welkin import stacks, tls  # noqa: E402
from welkin.app_page import AppPage, Desk  # noqa: E402
from welkin.browsers import ENGINES, Browsers  # noqa: E402
from welkin.data_api import DataAPI  # noqa: E402
from welkin.gate import Gate  # noqa: E402
from welkin.paths import ROOT  # noqa: E402
from welkin.preload import Preload  # noqa: E402
from welkin.stacks import APP_NAME, HOST_NAME, Stack  # noqa: E402
from welkin.worker import Worker  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", type=Path, default=ROOT / "dist" / "screenshots",
                     help="where the pictures of the App's page go (dist/screenshots)")


def pytest_configure() -> None:
    """A run that is told to end still ends the servers that it has started."""
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("SIGTERM", returncode=143))


@pytest.fixture(scope="session")
def run_folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """One short path (a unix socket's has 107 bytes at most), kept only when something failed."""
    folder = Path(tempfile.mkdtemp(prefix="welkin-"))
    # Apache's children run as another user, and reach their own folders through this one.
    folder.chmod(0o711)
    yield folder
    if request.session.testsfailed:
        sys.stderr.write(f"\nlogs and configurations of the servers: {folder}\n")
    else:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_folder(run_folder: Path) -> Callable[[], Path]:
    """Makes a folder of its own for each server."""
    numbers = count(1)

    def make() -> Path:
        folder = run_folder / str(next(numbers))
        folder.mkdir()
        return folder
    return make


@pytest.fixture
def folder(new_folder: Callable[[], Path]) -> Path:
    return new_folder()


@pytest.fixture(scope="session")
def certificate(new_folder: Callable[[], Path]) -> tls.Certificate:
    folder = new_folder()
    folder.chmod(0o755)
    return tls.make(folder, [APP_NAME, HOST_NAME])


@pytest.fixture(scope="session")
def site(new_folder: Callable[[], Path], certificate: tls.Certificate) -> Iterator[Stack]:
    """nginx with the project's site, kept connections and default settings: what most tests use."""
    with stacks.nginx(new_folder(), certificate) as stack:
        yield stack


@pytest.fixture(scope="session")
def bare(new_folder: Callable[[], Path]) -> Iterator[Stack]:
    """The handler alone, spoken to in FastCGI records."""
    with stacks.bare(new_folder()) as stack:
        yield stack


@pytest.fixture(scope="session", autouse=True)
def aging(request: pytest.FixtureRequest, new_folder: Callable[[], Path]) -> Iterator[aging_sessions.Aging | None]:
    """Starts with the run, whatever its first test is."""
    if "test_expiry.py" not in request.config.files_collected:
        yield None
        return
    with aging_sessions.start(new_folder()) as made:
        yield made


@pytest.fixture(scope="session")
def app_clinic(new_folder: Callable[[], Path], certificate: tls.Certificate) -> Iterator[clinics.Clinic]:
    """The App with its data and a host page, for tests in browsers."""
    with clinics.start(new_folder, certificate) as made:
        yield made


@pytest.fixture(scope="session")
def short_clinic(new_folder: Callable[[], Path], certificate: tls.Certificate) -> Iterator[clinics.Clinic]:
    """Another one, whose sessions are as short as can be and can be ended for good."""
    state = new_folder()
    state.chmod(0o700)
    values = {"WELKIN_SESSION_IDLE": "60", "WELKIN_STATE_DIR": str(state)}
    with clinics.start(new_folder, certificate, values) as made:
        yield made


@pytest.fixture(scope="session")
def browsers(new_folder: Callable[[], Path], certificate: tls.Certificate) -> Iterator[Browsers]:
    with Browsers(new_folder, certificate) as made:
        yield made


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, browsers: Browsers, app_clinic: clinics.Clinic,
         run_folder: Path) -> Iterator[Desk]:
    """A worker in each engine, or in the browsers that `@on(…)` names."""
    with Desk(browsers[request.param], app_clinic, run_folder) as made:
        yield made


@pytest.fixture(scope="session", autouse=True)
def aged_pages(request: pytest.FixtureRequest, run_folder: Path) -> Iterator[dict[str, AppPage]]:
    """In each engine a page with a draft that is left alone from the start of the run."""
    if "test_app_page_session.py" not in request.config.files_collected:
        yield {}
        return
    clinic = request.getfixturevalue("short_clinic")
    started = request.getfixturevalue("browsers")
    pages = {}
    with ExitStack() as desks:
        for engine in ENGINES:
            pages[engine] = desks.enter_context(Desk(started[engine], clinic, run_folder)).open(clinic.patients[0])
            pages[engine].write(f"Begun in {engine}.")
            pages[engine].note("draft")
        yield pages


@pytest.fixture
def api(folder: Path) -> Iterator[DataAPI]:
    """A Data API of the test's own, with 12 patients and what belongs to them."""
    with DataAPI(folder) as made:
        yield made


@pytest.fixture
def worker(folder: Path, api: DataAPI) -> Worker:
    """A worker of that API, whose replica is not there yet."""
    return Worker(folder, api)


@pytest.fixture
def gate(api: DataAPI, worker: Worker) -> Iterator[Gate]:
    """Stands between the two from now on."""
    with Gate(api) as made:
        worker.values["WELKIN_DATA_API_URL"] = made.origin
        yield made


@pytest.fixture(scope="session")
def preload(new_folder: Callable[[], Path]) -> Preload:
    return Preload(new_folder())


#: These run last: the one waits for what was made at the beginning, the other searches all logs.
LAST = ["test_expiry.py", "test_logs.py"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Notes which reasons have a test, and puts the last ones last."""
    config.reasons_tested = {
        mark.args[0] for item in items for mark in item.iter_markers("reason")}
    config.files_collected = {Path(item.path).name for item in items}
    order = {name: place for place, name in enumerate(LAST, 1)}
    items.sort(key=lambda item: order.get(Path(item.path).name, 0))
