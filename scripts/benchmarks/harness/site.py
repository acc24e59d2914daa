"""nginx with the project's own configuration (`nginx/`), as an operator would include it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.build import ROOT
from harness.nginx import nginx

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

HTTP = """\
    include welkin/http.conf;
    # nginx/upstream.conf with a socket in this folder.
    upstream welkin_launch {{ server unix:{socket}; keepalive 4; keepalive_timeout 60s; keepalive_requests 10000; }}
    upstream welkin_data {{ server unix:{folder}/data.sock; keepalive 32; keepalive_timeout 60s; keepalive_requests 10000; }}
    server {{
        listen 127.0.0.1:{port}{listen};
        server_name app.localhost;
        set $welkin_bundle {bundle};
        set $welkin_host_origin {host_origin};
{locations}
    }}
"""

# The launch route without its limit per address, because all clients of a benchmark share one.
UNLIMITED = """\
        location = /launch {
            include welkin/snippets/small-body.conf;
            include welkin/snippets/handler.conf;
        }
"""

WHOLE = """\
        include welkin/snippets/tls.conf;
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/key.pem;
        include welkin/snippets/app.conf;
        include welkin/snippets/data.conf;
        set $welkin_simulated http://127.0.0.1:{data_port};
        include welkin/snippets/simulated-calls.conf;
"""


@contextmanager
def launch_route(folder: Path, socket: Path, port: int) -> Iterator[None]:
    """Only the launch route, over plain HTTP, for any number of clients."""
    with _site(folder, socket, port, " backlog=1024", UNLIMITED, "https://coach.welkinhealth.com"):
        yield


@contextmanager
def whole_site(folder: Path, socket: Path, port: int, host_origin: str, data_port: int) -> Iterator[None]:
    """Everything, over TLS and HTTP/2, with data from data.sock and the simulator's from that port; the folder holds
    certificate.pem and key.pem."""
    locations = WHOLE.format(folder=folder, data_port=data_port)
    if BROTLI.exists():
        locations += "        include welkin/snippets/brotli.conf;\n"
    with _site(folder, socket, port, " ssl http2", locations, host_origin):
        yield


@contextmanager
def _site(
    folder: Path, socket: Path, port: int, listen: str, locations: str, host_origin: str
) -> Iterator[None]:
    os.symlink(ROOT / "nginx", folder / "welkin")
    http = HTTP.format(
        folder=folder, socket=socket, port=port, listen=listen, bundle=ROOT / "dist/bundle", host_origin=host_origin,
        locations=locations)
    modules = [BROTLI] if BROTLI.exists() else []
    with nginx(folder, http, port, folder / "nginx.out", modules):
        yield
