"""What scripts/check-links knows of Markdown on GitHub: links, files and anchors."""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

sys.dont_write_bytecode = True
_path = str(Path(__file__).resolve().parents[1] / "check-links")
_spec = importlib.util.spec_from_loader("check_links", SourceFileLoader("check_links", _path))
assert _spec and _spec.loader
check_links = importlib.util.module_from_spec(_spec)
sys.modules["check_links"] = check_links
_spec.loader.exec_module(check_links)


def anchor(heading: str, _separator: str = "-") -> str:
    """For Markdown's table of contents."""
    return check_links.anchor(heading)
