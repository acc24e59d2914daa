"""nginx with the project's own site files, which are embedded as an operator would embed them."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from . import wait
from .http import Answer, Request, Site
from .paths import BUNDLE, NGINX_FILES, tool
from .process import Process
from .tls import Certificate

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

CONFIG = """{load}daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes {workers};
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/tmp/body; proxy_temp_path {folder}/tmp/proxy;
    fastcgi_temp_path {folder}/tmp/fastcgi; uwsgi_temp_path {folder}/tmp/uwsgi; scgi_temp_path {folder}/tmp/scgi;
    include welkin/http.conf;
    upstream welkin_launch {{ server unix:{socket}; {keepalive} }}
    {upstream}
    server {{
        listen 127.0.0.1:{port} ssl http2;
        server_name {name};
        include welkin/snippets/tls.conf;
        ssl_certificate {certificate}; ssl_certificate_key {key};
        set $welkin_bundle {bundle};
        set $welkin_host_origin {host_origin};
        access_log {folder}/access.log welkin;
        include welkin/snippets/app.conf;
        {brotli}
        {back_end}
        {data}
    }}
    {more}
}}
"""

#: In front of the simulator, so that Welkin's page is on TLS and on another site than the App.
PROXY = """server {{
        listen 127.0.0.1:{port} ssl http2;
        server_name {name};
        ssl_certificate {certificate}; ssl_certificate_key {key};
        access_log off;
        location / {{ proxy_pass http://127.0.0.1:{target}; proxy_set_header Host $http_host; }}
    }}"""


@dataclass
class Nginx:
    """A running nginx before the handler's socket."""

    folder: Path
    site: Site
    socket: Path
    certificate: Certificate
    host_origin: str = "https://coach.welkinhealth.com"
    workers: int = 2
    #: Connections that each worker keeps open to the handler; 0 keeps none.
    keepalive: int = 4
    back_end: str | None = None
    #: The data service's socket.
    data: Path | None = None
    #: Who answers the data routes that the data service does not have.
    simulated: str | None = None
    #: Somebody's own program, for all data routes.
    own_data: str | None = None
    bundle: Path = BUNDLE
    #: A site name and the loopback port that its requests go on to.
    proxy: tuple[Site, int] | None = None
    process: Process = field(init=False)

    @property
    def access_log(self) -> Path:
        return self.folder / "access.log"

    @property
    def error_log(self) -> Path:
        return self.folder / "error.log"

    def send(self, request: Request) -> Answer:
        return self.site.send(request)

    def __enter__(self) -> "Nginx":
        (self.folder / "tmp").mkdir()
        self._embed()
        (self.folder / "nginx.conf").write_text(self._config())
        self.start()
        return self

    def start(self) -> None:
        """Also again, after `process.stop()`."""
        self.process = Process(
            [tool("nginx"), "-e", self.error_log, "-p", self.folder, "-c", self.folder / "nginx.conf"],
            self.folder / "stderr.log", lambda: wait.accepts_tcp(self.site.port))

    def __exit__(self, *_: object) -> None:
        self.process.stop()

    def _embed(self) -> None:
        """`include welkin/…` is looked up beside nginx.conf."""
        files = self.folder / "welkin"
        if self.keepalive:
            files.symlink_to(NGINX_FILES)
            return
        shutil.copytree(NGINX_FILES, files)
        snippet = files / "snippets" / "fastcgi.conf"
        text = snippet.read_text()
        assert "fastcgi_keep_conn on;" in text
        snippet.write_text(text.replace("fastcgi_keep_conn on;", "fastcgi_keep_conn off;"))

    def _config(self) -> str:
        tls = {"certificate": self.certificate.certificate, "key": self.certificate.key}
        back_end = ""
        if self.back_end:
            back_end = f"set $welkin_back_end {self.back_end}; include welkin/snippets/back-end.conf;"
        data = ""
        if self.data:
            data += "include welkin/snippets/data.conf;"
        if self.simulated:
            data += f" set $welkin_simulated {self.simulated}; include welkin/snippets/simulated-calls.conf;"
        if self.own_data:
            data += f" set $welkin_own_data {self.own_data}; include welkin/snippets/own-data.conf;"
        more = ""
        if self.proxy:
            outside, target = self.proxy
            more = PROXY.format(port=outside.port, name=outside.name, target=target, **tls)
        return CONFIG.format(
            load=f"load_module {BROTLI};\n" if BROTLI.exists() else "",
            brotli="include welkin/snippets/brotli.conf;" if BROTLI.exists() else "",
            # The temporary folder is ours alone; workers of another user could not reach the socket.
            user="user root;\n" if os.geteuid() == 0 else "",
            folder=self.folder, workers=self.workers, socket=self.socket,
            keepalive=f"keepalive {self.keepalive};" if self.keepalive else "",
            upstream=f"upstream welkin_data {{ server unix:{self.data}; keepalive 8; }}" if self.data else "",
            port=self.site.port, name=self.site.name, bundle=self.bundle, host_origin=self.host_origin,
            back_end=back_end, data=data, more=more, **tls)
