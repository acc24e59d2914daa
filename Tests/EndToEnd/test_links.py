"""scripts/check-links: red when a link or an anchor leads nowhere, green when all of them are right."""

import subprocess
from pathlib import Path

import pytest

from welkin.paths import ROOT

OTHER = """# Other page

## What `status` prints: a *verdict*, in 1.5 s

## Twice

### Twice

<a id="made-by-hand"></a>

```sh
## No heading
```

## snake_case & C++
"""


class Pages:
    """A repository of a few pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        subprocess.run(["git", "init", "-q", folder], check=True)
        self.write("other.md", OTHER)
        self.write("deep/down/page.md", "# Down\n\n[up](../../other.md#twice-1)\n")
        self.write("code.swift", "let one = 1\n")
        self.write("name with blank.png", "")
        self.write(".gitignore", "dist/\n")
        self.write("dist/made.md", "# Made\n")

    def write(self, name: str, text: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def check(self, page: str) -> subprocess.CompletedProcess[str]:
        self.write("page.md", page)
        return subprocess.run([ROOT / "scripts" / "check-links", self._folder], capture_output=True, text=True, check=False,
                              timeout=20)


@pytest.fixture
def pages(folder: Path) -> Pages:
    return Pages(folder)


@pytest.mark.parametrize("link", [
    "[a](other.md)", "[a](./deep/down/page.md#down)", "[a](deep/)", "[a](code.swift#L1)", "[a](#here)",
    "[a](other.md#what-status-prints-a-verdict-in-15-s)", "[a](other.md#twice)", "[a](other.md#twice-1)",
    "[a](other.md#made-by-hand)", "[a](other.md#snake_case--c)", "[`code`](other.md)", '[a](other.md "title")',
    "[a](<name with blank.png>)", "[a](name%20with%20blank.png)", "![a](name%20with%20blank.png)",
    "[![a](name%20with%20blank.png)](other.md)", '<img src="code.swift"> <source srcset="code.swift 1x, other.md 2x">',
    "[a][label]\n\n[label]: other.md#twice", "<https://example.org/nowhere> [b](https://example.org/#nowhere)",
    "`[a](nowhere.md)`", "```\n[a](nowhere.md)\n```", "~~~ md\n[a](nowhere.md)\n```\n~~~", "<!-- [a](nowhere.md) -->",
])
def test_good_link_passes(pages: Pages, link: str) -> None:
    done = pages.check(f"# Page\n\n## Here\n\n{link}\n")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("link", [
    "[a](nowhere.md)", "[a](Other.md)", "[a](other.md#nowhere)", "[a](other.md#no-heading)", "[a](other.md#twice-2)",
    "[a](#nowhere)", "[a](#Here)", "[a](../outside.md)", "[a](/other.md)", "[a](dist/made.md)", "[a](code.swift#anchor)",
    "[a]()", "[a][nowhere]", "[a][label]\n\n[label]: nowhere.md", '<img src="nowhere.png">',
    '<source srcset="code.swift 1x, nowhere.png 2x">', "[![a](nowhere.png)](other.md)", "[a `code` b](nowhere.md)",
    "[a [b] c](nowhere.md)", "| [a](nowhere.md) |", "[a](deep/down/other.md)",
])
def test_broken_link_is_named_with_its_line(pages: Pages, link: str) -> None:
    done = pages.check(f"# Page\n\n## Here\n\n{link}\n")
    assert done.returncode == 1
    assert done.stderr.startswith("page.md:") and int(done.stderr.split(":")[1]) in (5, 7), done.stderr
    assert len(done.stderr.splitlines()) in (1, 2)


def test_pages_of_this_repository_are_right() -> None:
    done = subprocess.run([ROOT / "scripts" / "check-links"], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
