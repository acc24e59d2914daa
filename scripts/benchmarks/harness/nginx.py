"""An nginx in its own folder, on loopback, with one server per contestant."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.processes import free_ports, running

# Kept-alive connections per contestant and nginx worker: as many as wrk has, so that none is closed.
KEEPALIVE = 24

MAIN = """\
{head}daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_processes 2;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 100000000;  # wrk keeps its connections for the whole run
    client_body_temp_path {folder}/temp-body;
    fastcgi_temp_path {folder}/temp-fastcgi;
    proxy_temp_path {folder}/temp-proxy;
    uwsgi_temp_path {folder}/temp-uwsgi;
    scgi_temp_path {folder}/temp-scgi;
{http}
}}
"""

FASTCGI = """\
    upstream {name} {{ server unix:{socket}; keepalive {keepalive}; keepalive_requests 100000000; }}
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        location / {{
            fastcgi_pass {name};
            fastcgi_keep_conn on;
            fastcgi_next_upstream error timeout non_idempotent;
            fastcgi_next_upstream_tries 0;
            fastcgi_param SCRIPT_FILENAME {script};
            fastcgi_param QUERY_STRING $query_string;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
            fastcgi_param CONTENT_LENGTH $content_length;
            fastcgi_param SCRIPT_NAME $fastcgi_script_name;
            fastcgi_param REQUEST_URI $request_uri;
            fastcgi_param SERVER_PROTOCOL $server_protocol;
            fastcgi_param HTTPS on;
            fastcgi_param GATEWAY_INTERFACE CGI/1.1;
            fastcgi_param REMOTE_ADDR $remote_addr;
            fastcgi_param SERVER_NAME $server_name;
            fastcgi_param SERVER_PORT $server_port;
        }}
    }}
"""

PROXY = """\
    upstream {name} {{ server unix:{socket}; keepalive {keepalive}; keepalive_requests 100000000; }}
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        location / {{
            proxy_pass http://{name};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
        }}
    }}
"""


@dataclass(frozen=True)
class Upstream:
    """A program to which nginx passes every request."""

    name: str
    socket: Path
    http: bool = False
    script: Path = Path("/dev/null")


@contextmanager
def nginx(
    folder: Path, http: str, port: int, log: Path, modules: Sequence[Path] = ()
) -> Iterator[None]:
    """nginx with these lines inside `http`, until the block ends; `port` is one that it listens on."""
    # As root, nginx would run its workers as another user, which cannot access the folder.
    head = "user root;\n" if os.geteuid() == 0 else ""
    head += "".join(f"load_module {module};\n" for module in modules)
    config = folder / "nginx.conf"
    config.write_text(MAIN.format(head=head, folder=folder, http=http))
    with running(["nginx", "-p", folder, "-c", config, "-e", folder / "nginx.log"], port, log):
        yield


@contextmanager
def in_front_of(upstreams: Sequence[Upstream], folder: Path, log: Path) -> Iterator[dict[str, int]]:
    """nginx in front of all of them; yields the port of each by name."""
    ports = dict(zip((each.name for each in upstreams), free_ports(len(upstreams))))
    blocks = [
        (PROXY if each.http else FASTCGI).format(
            name=each.name, socket=each.socket, port=ports[each.name], script=each.script,
            keepalive=KEEPALIVE,
        )
        for each in upstreams
    ]
    with nginx(folder, "".join(blocks), ports[upstreams[0].name], log):
        yield ports
