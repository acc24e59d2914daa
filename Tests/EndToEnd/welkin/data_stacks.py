"""The page's data through each web server but nginx, which has tests of its own: over the service's socket, or as CGI."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import wait
from .apache import Apache
from .data_site import Data, Service
from .handler import settings
from .http import Site
from .lighttpd import Lighttpd
from .open_app import Page
from .stacks import APP_NAME, Stack
from .tls import Certificate


@dataclass(frozen=True)
class DataStack:
    """A web server, and what answers the page behind it."""

    stack: Stack
    data: Data
    #: Where what the service or the CGI program says ends up.
    log: Path
    #: Whether each request is a process.
    is_cgi: bool
    service: Service | None = None

    def open(self, patient: str | None = "") -> Page:
        """The App on the first patient, on another, or on none."""
        client = self.stack.client
        return Page.of(self.stack.send, self.stack.launch(client if patient == "" else client.on_patient(patient)))


def _values(folder: Path, data: Data, app_url: str) -> tuple[object, dict[str, str]]:
    state = folder / "state"
    state.mkdir(mode=0o700)
    client = data.client(app_url)
    return client, settings(client, WELKIN_STATE_DIR=str(state))


@contextmanager
def apache(folder: Path, data: Data, certificate: Certificate, kind: str) -> Iterator[DataStack]:
    """Apache before the service (`proxy`), or with the worker as CGI."""
    site = Site(APP_NAME, wait.free_port(), certificate.authority)
    client, values = _values(folder, data, f"{site.origin}{'/clinic' if kind == 'htaccess' else ''}/launch")
    if kind != "proxy":
        # All of it is the CGI user's.
        own = data.moved(folder)
        with Apache(kind, folder, site, values, certificate, own.settings()) as server:
            yield DataStack(Stack(client, server.send, server.log, site=site), own, server.log, True)
        return
    # The service runs as its own user, in a folder of its own.
    own = data.moved(folder.with_name(folder.name + "-data"))
    with Service(folder, {**own.settings(), **values}) as service, \
            Apache("mod_cgid", folder, site, values, certificate, service.socket) as server:
        yield DataStack(Stack(client, server.send, server.log, site=site), own, service.log, False, service)


@contextmanager
def lighttpd(folder: Path, data: Data, kind: str) -> Iterator[DataStack]:
    """lighttpd before the service (`proxy`), or with the worker as CGI; without TLS."""
    site = Site(APP_NAME, wait.free_port())
    client, values = _values(folder, data, f"https://{APP_NAME}/launch")
    own = data.moved(folder)
    if kind != "proxy":
        with Lighttpd(folder, site, values, own.settings()) as server:
            yield DataStack(Stack(client, server.send, server.log, site=site), own, server.log, True)
        return
    with Service(folder, {**own.settings(), **values}) as service, \
            Lighttpd(folder, site, values, service.socket) as server:
        yield DataStack(Stack(client, server.send, server.log, site=site), own, service.log, False, service)


#: Every way but nginx, by name.
EVERY: dict[str, Callable[[Path, Data, Certificate], object]] = {
    "Apache, mod_proxy": lambda folder, data, tls: apache(folder, data, tls, "proxy"),
    "Apache, mod_cgid": lambda folder, data, tls: apache(folder, data, tls, "mod_cgid"),
    "Apache, mod_cgi": lambda folder, data, tls: apache(folder, data, tls, "mod_cgi"),
    "Apache, .htaccess": lambda folder, data, tls: apache(folder, data, tls, "htaccess"),
    "lighttpd, mod_proxy": lambda folder, data, _: lighttpd(folder, data, "proxy"),
    "lighttpd, mod_cgi": lambda folder, data, _: lighttpd(folder, data, "mod_cgi"),
}
