"""lighttpd with mod_cgi."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import wait
from .handler import config_file, environment
from .http import Answer, Request, Site
from .paths import LAUNCH, tool
from .process import Process

CONFIG = """server.document-root = "{folder}/empty"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/error.log"
server.breakagelog = "{folder}/handler.log"
server.upload-dirs = ( "{folder}" )
server.modules = ( "mod_rewrite", "mod_alias", "mod_setenv", "mod_cgi" )
url.rewrite-once = (
    "^/(launch(/[a-z0-9-]+)?|healthz|metrics)(\\?.*)?$" => "/cgi-bin/welkin-launch$3",
    "^/a/[a-z0-9-]+/[A-Za-z0-9_-]{{22}}/session$" => "/cgi-bin/welkin-launch"
)
alias.url = ( "/cgi-bin/" => "{folder}/cgi-bin/" )
setenv.set-environment = ( "WELKIN_CONFIG" => "{folder}/settings" )
cgi.assign = ( "/welkin-launch" => "" )
"""


@dataclass
class Lighttpd:
    """A running lighttpd; `values` are the handler's settings."""

    folder: Path
    site: Site
    values: Mapping[str, str]
    process: Process = field(init=False)

    @property
    def log(self) -> Path:
        return self.folder / "handler.log"

    def send(self, request: Request) -> Answer:
        return self.site.send(request)

    def __enter__(self) -> "Lighttpd":
        (self.folder / "empty").mkdir()
        (self.folder / "cgi-bin").mkdir()
        (self.folder / "cgi-bin" / "welkin-launch").symlink_to(LAUNCH)
        config_file(self.folder / "settings", self.values)
        config = self.folder / "lighttpd.conf"
        config.write_text(CONFIG.format(folder=self.folder, port=self.site.port))
        self.process = Process([tool("lighttpd"), "-D", "-f", config], self.folder / "stderr.log",
                               lambda: wait.accepts_tcp(self.site.port), env=environment({}))
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()
