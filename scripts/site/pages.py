"""The repository's Markdown pages, as MkDocs wants them: what they link to that is no page becomes one."""

import os
import re
import shutil
from pathlib import Path, PurePosixPath

from github import check_links

#: What a browser shows by itself.
PICTURES = {".png", ".svg", ".jpg", ".gif", ".ico", ".webp"}

#: How a source is coloured.
LANGUAGES = {".js": "js", ".json": "json", ".swift": "swift", ".py": "python"}

#: A line that begins an item of a list.
ITEM = re.compile(r"^( *)(?:[-*+]|1\.) ")

#: The headings of the navigation, and which pages stand under each: the first that fits.
SECTIONS = [
    ("Welkin Apps", r"README\.md"),
    ("Write an App", r"nginx/bundle/.*"),
    ("Install and operate", r"nginx/.*|scripts/deploy/.*"),
    ("The programs", r"Sources/welkin-.*|Sources/Sync/.*"),
    ("The project", r".*"),
]


class BadPage(Exception):
    """A page that MkDocs would show otherwise than GitHub does."""


class Pages:
    """The pages of a repository, and the sources that they show."""

    def __init__(self, root: Path, target: Path) -> None:
        self._root, self._target = root, target
        self._repository = check_links.Repository(root)
        self.names = sorted(name for name in self._repository.files if name.endswith(".md") and ".docc/" not in name)
        self._shown: set[str] = set()

    def copy(self) -> None:
        for name in self.names:
            self._write(name, self._rewritten(name))
        for name in self._repository.files:
            if PurePosixPath(name).suffix in PICTURES:
                (self._target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(self._root / name, self._target / name)

    def title(self, name: str) -> str:
        return self._repository.text(name).split("\n", 1)[0].removeprefix("# ").strip()

    def navigation(self) -> list[dict[str, object]]:
        """Each page under its heading; a folder's README before the folder's other pages."""
        found: dict[str, list[str]] = {heading: [] for heading, _ in SECTIONS}
        def order(name: str) -> tuple[object, ...]:
            return PurePosixPath(name).parent.parts, not name.endswith("README.md"), name

        for name in sorted(self.names, key=order):
            found[next(heading for heading, pattern in SECTIONS if re.fullmatch(pattern, name))].append(name)
        return [{heading: names[0] if len(names) == 1 else [{self.title(name): name} for name in names]}
                for heading, names in found.items() if names]

    def _write(self, name: str, text: str) -> None:
        path = self._target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def _rewritten(self, name: str) -> str:
        """A page whose links to sources and folders lead to pages."""
        text = self._repository.text(name)
        _refuse_lists(name, check_links.without_fences(text))
        # As long as the text, and blank where no link can be.
        plain = check_links.CODE.sub(lambda found: check_links.blank(found[0]), check_links.without_fences(text))
        pieces, end = [], 0
        for link in check_links.INLINE.finditer(plain):
            pieces += [text[end:link.start(1)], self._destination(name, text[link.start(1):link.end(1)])]
            end = link.end(1)
        return "".join([*pieces, text[end:]])

    def _destination(self, page: str, target: str) -> str:
        path, _, fragment = target.partition("#")
        if not path or check_links.EXTERNAL.match(target):
            return target
        name = check_links.resolve(page, path)
        if article := re.fullmatch(r"Sources/(\w+)/\1\.docc/(\w+)\.md", name):
            module, title = article.groups()
            title = "index" if title == module else title
            return os.path.relpath(f"reference/{module}/{title}.md", PurePosixPath(page).parent)
        if name in self._repository.files:
            if name.endswith(".md") or PurePosixPath(name).suffix in PICTURES:
                return target
            self._show_source(name)
            return path + ".md"
        if f"{name}/README.md" in self._repository.files:
            return f"{path.rstrip('/')}/README.md" + (f"#{fragment}" if fragment else "")
        self._show_folder(name)
        return f"{path.rstrip('/')}/index.md"

    def _show_source(self, name: str) -> None:
        if name in self._shown:
            return
        self._shown.add(name)
        text = self._repository.text(name)
        fence = "`" * (3 + max([0, *map(len, re.findall(r"`{3,}", text))]))
        language = LANGUAGES.get(PurePosixPath(name).suffix, "text")
        self._write(f"{name}.md", f"---\nsearch:\n  exclude: true\n---\n# {PurePosixPath(name).name}\n\n`{name}`\n\n"
                                  f"{fence}{language}\n{text}{fence}\n")

    def _show_folder(self, folder: str) -> None:
        if folder in self._shown:
            return
        self._shown.add(folder)
        files = (name for name in self._repository.files if name.startswith(f"{folder}/"))
        inside = sorted(name.removeprefix(f"{folder}/") for name in files)
        for name in inside:
            self._show_source(f"{folder}/{name}")
        rows = "".join(f"- [{name}]({name}.md)\n" for name in inside)
        self._write(f"{folder}/index.md", f"---\nsearch:\n  exclude: true\n---\n# {folder}\n\n{rows}")


def _refuse_lists(name: str, text: str) -> None:
    """Lists that are none for Python's Markdown: behind a line of text, or inside another by less than four blanks."""
    before = ""
    for number, line in enumerate(text.split("\n"), 1):
        item = ITEM.match(line)
        if item and len(item[1]) % 4:
            raise BadPage(f"{name}:{number}: a list inside a list is moved in by four blanks")
        if item and before.strip() and not before.startswith(" ") and not re.match(r"[-*+] |\d+\. ", before):
            raise BadPage(f"{name}:{number}: a list has an empty line before it")
        before = line
