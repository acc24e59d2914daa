"""Apache with the handler as CGI (mod_cgid, mod_cgi) or under mod_fcgid, as on shared hosting."""

import os
import pwd
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import wait
from .handler import config_file
from .http import Answer, Request, Site
from .paths import BUNDLE, LAUNCH, tool
from .process import Process
from .tls import Certificate

MODULES = Path("/usr/lib/apache2/modules")

#: What differs between the three ways: the multi-processing module, and how the handler is run.
KINDS = {
    "mod_cgid": ("mpm_event", "LoadModule cgid_module {modules}/mod_cgid.so\nScriptSock {folder}/cgid.sock\n"),
    "mod_cgi": ("mpm_prefork", "LoadModule cgi_module {modules}/mod_cgi.so\n"),
    "mod_fcgid": ("mpm_event", """LoadModule fcgid_module {modules}/mod_fcgid.so
FcgidIPCDir {folder}/fcgid
FcgidProcessTableFile {folder}/fcgid/table
FcgidInitialEnv WELKIN_CONFIG {folder}/settings
FcgidMaxRequestLen 1048576
"""),
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
LoadModule alias_module {modules}/mod_alias.so
LoadModule env_module {modules}/mod_env.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule ssl_module {modules}/mod_ssl.so
TypesConfig /etc/mime.types
AddType text/javascript .js .mjs
LogFormat "%h %m %U %>s" plain
CustomLog {folder}/access.log plain
{module}
{tls}
SetEnv WELKIN_CONFIG {folder}/settings
ScriptAliasMatch "^/launch(/[a-z0-9-]+)?$" {folder}/cgi-bin/welkin-launch
ScriptAliasMatch "^/a/[a-z0-9-]+/[A-Za-z0-9_-]{{22}}/session$" {folder}/cgi-bin/welkin-launch
ScriptAliasMatch "^/(healthz|metrics)$" {folder}/cgi-bin/welkin-launch
AliasMatch "^/a/([a-z0-9-]+)/[A-Za-z0-9_-]{{22}}/$" {folder}/bundle/$1/index.html
Alias /assets/ {folder}/bundle/assets/
<Directory {folder}>
    Require all granted
</Directory>
<Directory {folder}/cgi-bin>
    Options +ExecCGI
    SetHandler {handler}
</Directory>
"""


@dataclass
class Apache:
    """A running Apache; `values` are the handler's settings."""

    kind: str
    folder: Path
    site: Site
    values: Mapping[str, str]
    certificate: Certificate | None = None
    process: Process = field(init=False)

    @property
    def log(self) -> Path:
        """Where what the handler writes to its standard error ends up."""
        return self.folder / "error.log"

    def send(self, request: Request) -> Answer:
        return self.site.send(request)

    def __enter__(self) -> "Apache":
        self._lay_out()
        config = self.folder / "apache.conf"
        config.write_text(self._config())
        self.process = Process([tool("apache2"), "-f", config, "-DFOREGROUND"], self.folder / "stderr.log",
                               lambda: wait.accepts_tcp(self.site.port))
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()

    def _lay_out(self) -> None:
        """The handler and the pages are copied, as one would to a shared host, where Apache can read them."""
        (self.folder / "cgi-bin").mkdir()
        (self.folder / "fcgid").mkdir()
        shutil.copy(LAUNCH, self.folder / "cgi-bin" / "welkin-launch")
        if BUNDLE.exists():
            shutil.copytree(BUNDLE, self.folder / "bundle")
        config_file(self.folder / "settings", self.values)
        if os.geteuid() == 0:
            user = pwd.getpwnam("www-data")
            self.folder.chmod(0o755)
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid)

    def _config(self) -> str:
        mpm, module = KINDS[self.kind]
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        tls = ""
        if self.certificate:
            tls = (f"SSLEngine on\nSSLCertificateFile {self.certificate.certificate}\n"
                   f"SSLCertificateKeyFile {self.certificate.key}")
        places = {"folder": self.folder, "modules": MODULES}
        return CONFIG.format(
            **places, name=self.site.name, port=self.site.port, mpm=mpm, user=user, tls=tls,
            module=module.format(**places),
            handler="fcgid-script" if self.kind == "mod_fcgid" else "cgi-script")
