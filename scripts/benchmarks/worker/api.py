"""The Data API, served by nginx from files: every answer is ready, so that it costs all contestants
the same, and next to nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.nginx import nginx

# A page is chosen by its `page[from]`. None: the beginning of everything. One that no file is named after:
# where a later run begins; what changed since then.
HTTP = """\
    map $args $welkin_page {{
        default first;
        "~page(?:%5B|\\[)from(?:%5D|\\])=(\\d+)-(\\d\\d)-(\\d\\d)T(\\d\\d)(?::|%3A)(\\d\\d)(?::|%3A)(\\d\\d)" $1$2$3T$4$5$6;
    }}
    # Without the pages: what names a resource, or one value of its filter.
    map $args $welkin_filter {{
        default "";
        "~(?:^|&)((?:alert|event)_type=[^&]+)" $1;
    }}
    log_format welkin_requests "$request_method $uri $welkin_filter";
    server {{
        listen 127.0.0.1:{port};
        access_log {log} welkin_requests;
        default_type application/json;
        root {pages};
        location = /v1/token {{ return 200 '{{"access_token":"{token}","token_type":"bearer","expires_in":3600}}'; }}
        location = /v1/patients {{ try_files /$welkin_page.json /patients/$welkin_page.json /changed.json @empty; }}
        location ~ ^/v1/(?<welkin_resource>[a-z_]+)$ {{ try_files /$welkin_resource/$welkin_page.json @empty; }}
        location @empty {{ return 200 '{{"data":[],"links":{{"next":null}}}}'; }}
    }}
"""


class StaticAPI:
    """Its address, and the requests that it got."""

    def __init__(self, port: int, log: Path) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._log = log

    def requests(self) -> list[str]:
        """`METHOD /path FILTER` of every request so far, except those for tokens."""
        return [line for line in self._log.read_text().splitlines() if " /v1/token " not in line]


@contextmanager
def static_api(folder: Path, pages: Path, port: int) -> Iterator[StaticAPI]:
    """nginx over a folder of pages, until the block ends."""
    log = folder / "requests.log"
    folder.mkdir(exist_ok=True)
    http = HTTP.format(port=port, log=log, pages=pages, token="t" * 40)
    with nginx(folder, http, port, folder / "nginx.out"):
        yield StaticAPI(port, log)
