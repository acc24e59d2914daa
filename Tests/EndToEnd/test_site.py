"""scripts/docs: a site that works from the disk, with search, and that a broken link keeps from being built."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urldefrag

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from welkin import wait
from welkin.browsers import Browsers
from welkin.paths import ROOT

SITE = ROOT / "dist" / "docs"

#: Of a package that is not built yet, scripts/docs builds a part.
pytestmark = pytest.mark.timeout(900)


class Document(HTMLParser):
    """What a page of the site refers to, and what can be referred to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if not value:
                continue
            if name in ("id", "name"):
                self.anchors.add(value)
            elif tag == "a" and name == "href":
                self.links.add(value)
            elif name in ("src", "srcset") or (tag == "link" and name == "href"):
                self.loaded.add(value.split()[0])


@pytest.fixture(scope="module")
def documents() -> dict[Path, Document]:
    """All pages of the site, freshly built."""
    done = subprocess.run([ROOT / "scripts" / "docs"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path: Document(path) for path in SITE.rglob("*.html")}


@pytest.fixture(params=["Chromium", "Firefox"])
def reader(request: pytest.FixtureRequest, documents: dict[Path, Document], browsers: Browsers) -> Iterator[WebDriver]:
    """A browser at the site's first page."""
    driver = browsers[request.param]
    driver.get((SITE / "index.html").as_uri())
    yield driver
    driver.get("about:blank")


def test_every_page_of_the_repository_is_in_it(documents: dict[Path, Document]) -> None:
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "*.md"], check=True, capture_output=True, text=True).stdout
    for name in listed.splitlines():
        if ".docc/" not in name:
            assert SITE / (name.removesuffix("README.md") + "index.html" if name.endswith("README.md")
                           else name.removesuffix(".md") + ".html") in documents
    for name in ("DataAPI/index", "DataAPI/FirstFind", "DataAPI/RetriesAndBudgets", "DataAPI/Client", "Records/Record"):
        assert SITE / "reference" / f"{name}.html" in documents


def test_links_lead_somewhere_and_nothing_is_loaded_from_elsewhere(documents: dict[Path, Document]) -> None:
    broken = []
    for path, document in documents.items():
        if path.name == "404.html":  # for a web server, with addresses from the root
            continue
        for link in document.links | document.loaded:
            address, fragment = urldefrag(link)
            if address.startswith(("https:", "http:", "mailto:")):
                if link in document.loaded:
                    broken.append(f"{path}: loads {link}")
                continue
            target = (path.parent / unquote(address)).resolve() if address else path
            if not target.is_file():
                broken.append(f"{path}: {link}")
            elif fragment and target in documents and unquote(fragment) not in documents[target].anchors:
                broken.append(f"{path}: {link}: no such anchor")
    assert not broken


def test_search_finds_a_page_from_the_disk(reader: WebDriver) -> None:
    reader.find_element(By.CSS_SELECTOR, "input[name=query]").send_keys("hand-off")
    found = wait.until(lambda: reader.find_elements(By.CSS_SELECTOR, ".md-search-result__link"),
                       "the search finds something", timeout=30)
    pages = {(link.get_attribute("href") or "").split("?")[0] for link in found}
    assert (SITE / "Sources" / "DECISIONS.html").as_uri() in pages, pages


def test_reference_is_reached_from_the_landing_page(reader: WebDriver) -> None:
    reader.get((SITE / "reference" / "DataAPI" / "index.html").as_uri())
    reader.find_element(By.CSS_SELECTOR, "article a[href='Client.html']").click()
    wait.until(lambda: reader.find_elements(By.XPATH, "//h1[starts-with(., 'Client')]"), "the page of Client opens")
    assert reader.find_element(By.CSS_SELECTOR, "h3#find").text.startswith("find(_:)")
    assert reader.find_elements(By.CSS_SELECTOR, ".declaration a[href='Pages.html']")


def test_diagram_is_a_picture(reader: WebDriver) -> None:
    reader.get((SITE / "Sources" / "index.html").as_uri())
    diagram = reader.find_element(By.CSS_SELECTOR, ".diagram svg")
    assert "welkin-launch" in diagram.text and diagram.size["height"] > 100


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/docs as a module."""
    loader = SourceFileLoader("docs", str(ROOT / "scripts" / "docs"))
    spec = importlib.util.spec_from_loader("docs", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


class Repository:
    """A page at the top of a small repository, and what scripts/docs makes of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        subprocess.run(["git", "init", "-q", folder], check=True)
        for name in ("code/One.swift", "code/deep/Two.swift", "told/README.md", "Sources/One/One.docc/First.md"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("# Text\n")

    def copied(self, text: str) -> str:
        """The page as MkDocs reads it; or what is wrong with it."""
        (self._folder / "page.md").write_text(text)
        program = "import sys, pathlib, pages; pages.Pages(*map(pathlib.Path, sys.argv[1:])).copy()"
        done = subprocess.run([sys.executable, "-c", program, self._folder, self._folder / ".git" / "site"], text=True,
                              cwd=ROOT / "scripts" / "site", capture_output=True, check=False)
        return done.stderr or (self._folder / ".git" / "site" / "page.md").read_text()

    def has(self, name: str) -> bool:
        return (self._folder / ".git" / "site" / name).exists()


@pytest.mark.parametrize("link, target, shown", [
    ("code/One.swift", "code/One.swift.md", "code/One.swift.md"),
    ("code/One.swift#L1", "code/One.swift.md", "code/One.swift.md"),
    ("code/", "code/index.md", "code/deep/Two.swift.md"),
    ("told/", "told/README.md", "told/README.md"),
    ("told/README.md#text", "told/README.md#text", "told/README.md"),
    ("Sources/One/One.docc/First.md", "reference/One/First.md", "page.md"),
    ("https://example.org/code/One.swift", "https://example.org/code/One.swift", "page.md"),
])
def test_link_to_what_is_no_page_leads_to_one(folder: Path, link: str, target: str, shown: str) -> None:
    repository = Repository(folder)
    assert repository.copied(f"# Page\n\nA [`name`]({link}), `[a]({link})`.\n\n```\n[a]({link})\n```\n") == \
        f"# Page\n\nA [`name`]({target}), `[a]({link})`.\n\n```\n[a]({link})\n```\n"
    assert repository.has(shown)


@pytest.mark.parametrize("text, is_read_alike", [
    ("Text:\n\n- one\n  more of it\n- two\n", True),
    ("- one\n    - inside\n- two\n", True),
    ("1. one\n2. two\n", True),
    ("```\nText:\n- one\n```\n", True),
    ("Text:\n- one\n", False),
    ("- one\n  - inside\n", False),
])
def test_list_that_mkdocs_reads_otherwise_is_refused(folder: Path, text: str, is_read_alike: bool) -> None:
    copied = Repository(folder).copied(f"# Page\n\n{text}")
    assert copied == f"# Page\n\n{text}" if is_read_alike else "BadPage: page.md:" in copied


@pytest.mark.parametrize("link, problem", [("Thing", ""), ("Nothing", "Nothing"), ("Thing/nothing", "nothing")])
def test_broken_link_of_a_comment_is_an_error(script: ModuleType, folder: Path, link: str, problem: str) -> None:
    (folder / "Few.swift").write_text(f"/// Like ``{link}``.\npublic struct Other {{}}\n\npublic struct Thing {{}}\n")
    (folder / "graph").mkdir()
    subprocess.run(["swiftc", "-emit-module", "-module-name", "Few", "-emit-symbol-graph", "-emit-symbol-graph-dir",
                    "graph", "Few.swift"], cwd=folder, check=True)
    if problem:
        with pytest.raises(script.Failure, match=problem):
            script.archive("Few", folder / "graph", [], folder / "archive")
    else:
        script.archive("Few", folder / "graph", [], folder / "archive")
