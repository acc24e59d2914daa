"""Apache with the project's own files for it: as CGI (mod_cgid, mod_cgi), under mod_fcgid, and with
the .htaccess for shared hosting."""

import os
import pwd
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import wait
from .handler import config_file
from .http import Answer, Request, Site
from .paths import BUNDLE, DEPLOY_FILES, LAUNCH, WORKER, tool
from .process import Process
from .tls import Certificate

MODULES = Path("/usr/lib/apache2/modules")

CGID = ("mpm_event", "LoadModule cgid_module {modules}/mod_cgid.so\nScriptSock {folder}/cgid.sock")

INSTALLED = "DocumentRoot {{folder}}/empty\nInclude welkin/{name}.conf"

#: What differs: the multi-processing module, how programs are run, and how the App is set up.
KINDS = {
    "mod_cgid": (*CGID, INSTALLED.format(name="cgi")),
    "mod_cgi": ("mpm_prefork", "LoadModule cgi_module {modules}/mod_cgi.so", INSTALLED.format(name="cgi")),
    "mod_fcgid": ("mpm_event", "LoadModule fcgid_module {modules}/mod_fcgid.so\nFcgidIPCDir {folder}/fcgid\n"
                  "FcgidProcessTableFile {folder}/fcgid/table", INSTALLED.format(name="fcgid")),
    "htaccess": (*CGID, "DocumentRoot {folder}/public_html\n"
                 "<Directory {folder}/public_html>\nRequire all granted\nAllowOverride All\n</Directory>"),
}

CONFIG = """ServerRoot {folder}
ServerName {name}
PidFile {folder}/apache.pid
Mutex file:{folder}
Listen 127.0.0.1:{port}
ErrorLog {folder}/error.log
StartServers 1
{user}
LoadModule {mpm}_module {modules}/mod_{mpm}.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule authz_host_module {modules}/mod_authz_host.so
LoadModule alias_module {modules}/mod_alias.so
LoadModule env_module {modules}/mod_env.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule ssl_module {modules}/mod_ssl.so
TypesConfig /etc/mime.types
LogFormat "%h %m %U %>s" plain
CustomLog {folder}/access.log plain
SSLEngine on
SSLCertificateFile {certificate}
SSLCertificateKeyFile {key}
{programs}
{app}
{data}
"""

PROXY = """LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
Include welkin/data-proxy.conf"""


@dataclass
class Apache:
    """A running Apache; `values` are the handler's settings.

    The page's data comes from the socket `data`, or from the worker as CGI with the settings `data`.
    """

    kind: str
    folder: Path
    site: Site
    values: Mapping[str, str]
    certificate: Certificate
    data: Path | Mapping[str, str] | None = None
    process: Process = field(init=False)

    @property
    def log(self) -> Path:
        """Where what the handler writes to its standard error ends up."""
        return self.folder / "error.log"

    def send(self, request: Request) -> Answer:
        return self.site.send(request)

    def __enter__(self) -> "Apache":
        config_file(self.folder / "settings", self.values)
        if isinstance(self.data, Mapping):
            config_file(self.folder / "worker.env", self.data)
        for name in ("fcgid", "empty"):
            (self.folder / name).mkdir()
        if self.kind == "htaccess":
            self._upload()
        else:
            self._install()
        if os.geteuid() == 0:
            self._give_away()
        config = self.folder / "apache.conf"
        config.write_text(self._config())
        self.process = Process([tool("apache2"), "-f", config, "-DFOREGROUND"], self.folder / "stderr.log",
                               lambda: wait.accepts_tcp(self.site.port))
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()

    def _install(self) -> None:
        """As the project's cgi.conf says: its files, the program, the bundle, and the names filled in."""
        shutil.copytree(DEPLOY_FILES / "apache", self.folder / "welkin")
        (self.folder / "program").mkdir()
        shutil.copy(LAUNCH, self.folder / "program" / "welkin-launch")
        if isinstance(self.data, Mapping):
            shutil.copy(WORKER, self.folder / "program" / "welkin-worker")
        shutil.copytree(BUNDLE, self.folder / "bundle")
        names = self.folder / "welkin" / "names.conf"
        text = names.read_text()
        for name, value in {"CGI": self.folder / "program", "CONFIG": self.folder / "settings",
                            "BUNDLE": self.folder / "bundle",
                            "DATA_SOCKET": self.data if isinstance(self.data, Path) else None,
                            "DATA_CONFIG": f"{self.folder}/settings:{self.folder}/worker.env",
                            "HOST_ORIGIN": self.values.get("WELKIN_HOST_ORIGIN")}.items():
            if value:
                text, count = re.subn(rf"(?m)^(Define WELKIN_{name}\s+).*$", rf"\g<1>{value}", text)
                assert count == 1, f"names.conf no longer has one WELKIN_{name}"
        names.write_text(text)

    def _upload(self) -> None:
        """As the project's htaccess says: everything in one folder of what the host serves."""
        served = self.folder / "public_html" / "clinic"
        shutil.copytree(BUNDLE, served)
        files = DEPLOY_FILES / "shared-hosting"
        shutil.copy(files / "htaccess", served / ".htaccess")
        programs = {"welkin.cgi": LAUNCH} | ({"data.cgi": WORKER} if isinstance(self.data, Mapping) else {})
        for name, program in programs.items():
            script = (files / name).read_text()
            assert "/home/FILL-IN/welkin" in script
            (served / name).write_text(script.replace("/home/FILL-IN/welkin", str(self.folder)))
            (served / name).chmod(0o755)
            shutil.copy(program, self.folder / program.name)
        (self.folder / "settings").rename(self.folder / "welkin.env")

    def _give_away(self) -> None:
        """Apache's children do not run as root, and must be able to read what is theirs."""
        user = pwd.getpwnam("www-data")
        self.folder.chmod(0o755)
        for path in [self.folder, *self.folder.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid)

    def _config(self) -> str:
        mpm, programs, app = KINDS[self.kind]
        places = {"folder": self.folder, "modules": MODULES}
        data = ""
        if isinstance(self.data, Path):
            data = PROXY
        elif self.data and self.kind != "htaccess":
            data = "Include welkin/data-cgi.conf"
        return CONFIG.format(
            **places, name=self.site.name, port=self.site.port, mpm=mpm,
            user="User www-data\nGroup www-data" if os.geteuid() == 0 else "",
            certificate=self.certificate.certificate, key=self.certificate.key,
            programs=programs.format(**places), app=app.format(**places),
            data=data.format(**places))
