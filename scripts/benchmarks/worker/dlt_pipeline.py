"""dlt's rest_api source into SQLite, as its documentation shows it, with what makes it faster: lists are not
unfolded into tables of their own, and records are appended without a look at what is there. Run as
`dlt_pipeline.py ORIGIN FILE`; the pipeline's own files go beside FILE."""

import sys
from pathlib import Path

import dlt
from dlt.sources.rest_api import rest_api_source


def main() -> None:
    """From the first page to the last."""
    origin, path = sys.argv[1:]
    source = rest_api_source(
        {
            "client": {"base_url": f"{origin}/v1/",
                       "paginator": {"type": "json_link", "next_url_path": "links.next.href"}},
            "resources": [{"name": "patients", "write_disposition": "append",
                           "endpoint": {"path": "patients", "params": {"page[size]": 100}, "data_selector": "data"}}],
        },
        name="welkin", max_table_nesting=0)
    pipeline = dlt.pipeline(
        "welkin", destination=dlt.destinations.sqlalchemy(f"sqlite:///{path}"), dataset_name="main",
        pipelines_dir=str(Path(path).parent / "pipelines"))
    pipeline.run(source)


if __name__ == "__main__":
    main()
