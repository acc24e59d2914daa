"""Whole stacks: a web server, the handler, and an App registered with it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from . import http, wait
from .apache import Apache
from .handler import Handler, Inherited, Listening, Spawned, settings
from .http import Answer, Request, Site
from .lighttpd import Lighttpd
from .nginx import Nginx
from .session import Launched
from .tls import Certificate
from .tokens import Client

APP_NAME = "app.clinic.test"
HOST_NAME = "coach.welkinhealth.test"


@dataclass
class Stack:
    """What a test needs of a stack, whatever it is made of."""

    client: Client
    send: Callable[[Request], Answer]
    log: Path
    handler: Handler | None = None
    nginx: Nginx | None = None
    #: Where it is reached; None for a handler alone.
    site: Site | None = None

    @property
    def path(self) -> str:
        """The path of the App URL."""
        return urlsplit(self.client.app_url).path

    def launch(self, client: Client | None = None, target: str | None = None, **changes: object) -> Launched:
        """A launch that succeeds."""
        token = (client or self.client).token(**changes)
        return Launched.from_answer(self.send(http.launch(token, target or self.path)))


def _app(certificate: Certificate) -> tuple[Site, Client]:
    site = Site(APP_NAME, wait.free_port(), certificate.authority)
    return site, Client(f"{site.origin}/launch")


@contextmanager
def nginx(folder: Path, certificate: Certificate, *, mode: type[Handler] = Listening, keepalive: int = 4,
          threads: int | None = None, values: Mapping[str, str | None] | None = None,
          **options: object) -> Iterator[Stack]:
    """nginx with the project's site before a handler that speaks FastCGI."""
    site, client = _app(certificate)
    with ExitStack() as stack:
        handler = stack.enter_context(mode(folder, settings(client, **(values or {})), threads))
        server = stack.enter_context(
            Nginx(folder, site, handler.socket, certificate, keepalive=keepalive, **options))
        yield Stack(client, server.send, handler.log, handler, server, site)


@contextmanager
def apache(folder: Path, certificate: Certificate, kind: str,
           values: Mapping[str, str | None] | None = None) -> Iterator[Stack]:
    """Apache that runs the handler itself."""
    site, client = _app(certificate)
    if kind == "htaccess":
        client = replace(client, app_url=f"{site.origin}/clinic/launch")
    with Apache(kind, folder, site, settings(client, **(values or {})), certificate) as server:
        yield Stack(client, server.send, server.log, site=site)


@contextmanager
def lighttpd(folder: Path) -> Iterator[Stack]:
    """lighttpd that runs the handler as CGI; without TLS, which is no concern of CGI."""
    site = Site(APP_NAME, wait.free_port())
    client = Client(f"https://{APP_NAME}/launch")
    with Lighttpd(folder, site, settings(client)) as server:
        yield Stack(client, server.send, server.log, site=site)


@contextmanager
def bare(folder: Path, mode: type[Handler] = Listening, threads: int | None = None,
         values: Mapping[str, str | None] | None = None) -> Iterator[Stack]:
    """The handler alone; requests go to its socket as FastCGI records."""
    client = Client(f"https://{APP_NAME}/launch")
    with mode(folder, settings(client, **(values or {})), threads) as handler:
        yield Stack(client, handler.send, handler.log, handler)


#: Every way in which the handler can be run, by name.
EVERY: dict[str, Callable[[Path, Certificate], object]] = {
    "nginx, kept connections": nginx,
    "nginx, connections not kept": lambda folder, tls: nginx(folder, tls, keepalive=0),
    "nginx, spawn-fcgi": lambda folder, tls: nginx(folder, tls, mode=Spawned),
    "nginx, socket on fd 0": lambda folder, tls: nginx(folder, tls, mode=Inherited),
    "Apache, mod_cgid": lambda folder, tls: apache(folder, tls, "mod_cgid"),
    "Apache, mod_cgi": lambda folder, tls: apache(folder, tls, "mod_cgi"),
    "Apache, mod_fcgid": lambda folder, tls: apache(folder, tls, "mod_fcgid"),
    "Apache, .htaccess": lambda folder, tls: apache(folder, tls, "htaccess"),
    "lighttpd, mod_cgi": lambda folder, _: lighttpd(folder),
}
