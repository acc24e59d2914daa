"""Draws a diagram when the site is built, so that readers need no script for it."""

import hashlib
from typing import Any

import mermaidx


def fence(source: str, *_: Any, **__: Any) -> str:
    """For pymdownx.superfences: a `mermaid` block as a picture."""
    name = "diagram-" + hashlib.sha256(source.encode()).hexdigest()[:8]
    svg = mermaidx.render(source).svg().replace("my-svg", name)
    return f'<div class="diagram">{svg}</div>'
