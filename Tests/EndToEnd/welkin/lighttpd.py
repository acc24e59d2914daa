"""lighttpd with the project's own files for it, as CGI."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import wait
from .handler import config_file, environment
from .http import Answer, Request, Site
from .paths import BUNDLE, DEPLOY_FILES, LAUNCH, WORKER, tool
from .process import Process

CONFIG = """server.document-root = "{folder}/empty"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/error.log"
server.breakagelog = "{folder}/handler.log"
server.upload-dirs = ( "{folder}" )
include "welkin/cgi.conf"
{data}
"""


@dataclass
class Lighttpd:
    """A running lighttpd; `values` are the handler's settings.

    The page's data comes from the socket `data`, or from the worker as CGI with the settings `data`.
    """

    folder: Path
    site: Site
    values: Mapping[str, str]
    data: Path | Mapping[str, str] | None = None
    process: Process = field(init=False)

    @property
    def log(self) -> Path:
        return self.folder / "handler.log"

    def send(self, request: Request) -> Answer:
        return self.site.send(request)

    def __enter__(self) -> "Lighttpd":
        config_file(self.folder / "settings", self.values)
        self._install()
        config = self.folder / "lighttpd.conf"
        data = ""
        if self.data:
            data = f'include "welkin/data-{"proxy" if isinstance(self.data, Path) else "cgi"}.conf"'
        config.write_text(CONFIG.format(folder=self.folder, port=self.site.port, data=data))
        self.process = Process([tool("lighttpd"), "-D", "-f", config], self.folder / "stderr.log",
                               lambda: wait.accepts_tcp(self.site.port), env=environment({}))
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()

    def _install(self) -> None:
        """As the project's cgi.conf says."""
        (self.folder / "empty").mkdir()
        (self.folder / "program").mkdir()
        (self.folder / "program" / "welkin-launch").symlink_to(LAUNCH)
        if isinstance(self.data, Mapping):
            config_file(self.folder / "worker.env", self.data)
            (self.folder / "program" / "welkin-worker").symlink_to(WORKER)
        shutil.copytree(DEPLOY_FILES / "lighttpd", self.folder / "welkin")
        names = self.folder / "welkin" / "names.conf"
        text = names.read_text()
        for name, value in {"cgi": self.folder / "program", "config": self.folder / "settings",
                            "bundle": BUNDLE,
                            "data_socket": self.data if isinstance(self.data, Path) else None,
                            "data_config": f"{self.folder}/settings:{self.folder}/worker.env"}.items():
            if value is None:
                continue
            text, count = re.subn(rf'(?m)^(var\.welkin_{name}\s*=\s*)".*"$', rf'\g<1>"{value}"', text)
            assert count == 1, f"names.conf no longer has one welkin_{name}"
        names.write_text(text)
