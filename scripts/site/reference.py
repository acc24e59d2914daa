"""What DocC knows of a module, as Markdown: a page for each type, with its members as sections.

DocC's own pages are made by a script that a browser does not load from the disk. Its data are not.
"""

import html
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Kinds that have a page of their own; everything else is a section of its parent's page.
TYPES = {"class", "struct", "enum", "protocol", "actor", "module", "extension"}

#: What every value has; of no use in a list.
UNTOLD = {"Sendable", "SendableMetatype", "Copyable", "Escapable", "BitwiseCopyable"}

Node = dict[str, Any]


@dataclass
class Symbol:
    """A symbol or an article."""

    data: Node
    identifier: str
    path: str = ""
    anchor: str = ""
    names: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.data["metadata"]["title"]

    @property
    def kind(self) -> str:
        metadata = self.data["metadata"]
        return metadata.get("symbolKind") or metadata.get("role", "")

    @property
    def is_page(self) -> bool:
        return self.data["kind"] == "article" or self.kind in TYPES


class Reference:
    """The reference of some modules, from the archives that `docc convert` has made of them."""

    def __init__(self, archives: dict[str, Path]) -> None:
        self.modules = list(archives)
        self._symbols: dict[str, Symbol] = {}
        self._by_usr: dict[str, Symbol] = {}
        for archive in archives.values():
            for path in sorted((archive / "data/documentation").rglob("*.json")):
                data = json.loads(path.read_text())
                # Pages that only list what a protocol brings.
                title, role = data["metadata"].get("title", ""), data["metadata"].get("role")
                if role == "collectionGroup" and title.endswith("Implementations"):
                    continue
                symbol = Symbol(data, data["identifier"]["url"])
                self._symbols[symbol.identifier] = symbol
                if usr := data["metadata"].get("externalID"):
                    self._by_usr[usr] = symbol
        self._place()

    def _place(self) -> None:
        for symbol in self._symbols.values():
            symbol.names = symbol.identifier.split("/documentation/", 1)[1].split("/")
            if symbol.is_page:
                module, *rest = symbol.names
                name = symbol.title if symbol.data["kind"] == "symbol" else rest[-1]
                symbol.path = f"reference/{module}/{_file_name(name) if rest else 'index'}.md"
        taken: set[tuple[str, str]] = set()
        for symbol in self._symbols.values():
            if symbol.is_page:
                continue
            parent = self._parent(symbol)
            symbol.path = parent.path
            name = re.sub(r"[^a-z0-9]+", "-", symbol.names[-1].lower()).strip("-") or "operator"
            number, anchor = 1, name
            while (symbol.path, anchor) in taken:
                number += 1
                anchor = f"{name}-{number}"
            taken.add((symbol.path, anchor))
            symbol.anchor = anchor

    def _parent(self, symbol: Symbol) -> Symbol:
        base, _ = symbol.identifier.rsplit("/", 1)
        while base not in self._symbols or not self._symbols[base].is_page:
            base, _ = base.rsplit("/", 1)
        return self._symbols[base]

    def write(self, target: Path) -> None:
        for symbol in self._symbols.values():
            if symbol.is_page:
                path = target / symbol.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(_Page(self, symbol).text())

    def find(self, identifier: str) -> Symbol | None:
        return self._symbols.get(identifier)

    def find_usr(self, usr: str) -> Symbol | None:
        return self._by_usr.get(usr)

    def navigation(self) -> list[dict[str, object]]:
        """Each module: its landing page, its articles, its types."""
        modules: list[dict[str, object]] = []
        for module in self.modules:
            inside = [symbol for symbol in self._symbols.values() if symbol.is_page and symbol.names[0] == module]
            landing = [symbol.path for symbol in inside if len(symbol.names) == 1]
            articles = [{symbol.title: symbol.path} for symbol in inside if symbol.data["kind"] == "article"]
            types = [{symbol.title: symbol.path} for symbol in sorted(inside, key=lambda symbol: symbol.title)
                     if symbol.data["kind"] == "symbol" and len(symbol.names) > 1]
            modules.append({module: [*landing, *articles, *types]})
        return modules


class _Page:
    """One page's text."""

    def __init__(self, reference: Reference, symbol: Symbol) -> None:
        self._reference, self._symbol = reference, symbol
        self._references: dict[str, Node] = {}

    def text(self) -> str:
        symbol = self._symbol
        heading = symbol.data["metadata"].get("roleHeading", "") if symbol.data["kind"] == "symbol" else ""
        # In a search, what explains comes before what lists.
        matter = "---\nsearch:\n  boost: 0.5\n---\n" if symbol.data["kind"] == "symbol" else ""
        parts = [f"{matter}# {_escaped(symbol.title)}"]
        if heading:
            inside = "" if len(symbol.names) == 1 else f" · module [{symbol.names[0]}](index.md)"
            parts.append(f"*{heading}*{inside}")
        parts += self._body(symbol, level=2)
        if symbol.data["kind"] == "symbol":
            parts += self._topics(symbol)
        return "\n\n".join(part for part in parts if part) + "\n"

    def _body(self, symbol: Symbol, level: int) -> list[str]:
        """Declaration, summary, discussion, parameters and result."""
        self._references = symbol.data.get("references", {})
        sections = symbol.data.get("primaryContentSections", [])
        parts = [self._declaration(section) for section in sections if section["kind"] == "declarations"]
        parts.append(self._inline(symbol.data.get("abstract", [])))
        for section in sections:
            if section["kind"] == "parameters":
                parts.append("\n".join(f"- `{parameter['name']}`: {self._one_line(parameter['content'])}"
                                       for parameter in section["parameters"]))
            elif section["kind"] == "content":
                parts += self._content(section["content"], level)
        conforms = [self._references[identifier].get("title", "").removeprefix("Swift.")
                    for section in symbol.data.get("relationshipsSections", []) if section.get("type") == "conformsTo"
                    for identifier in section["identifiers"] if identifier in self._references]
        if names := [f"`{name}`" for name in conforms if name not in UNTOLD]:
            parts.append(f"Conforms to {', '.join(names)}.")
        return parts

    def _content(self, blocks: list[Node], level: int) -> list[str]:
        """A discussion, without the headings that DocC adds by itself."""
        parts: list[str] = []
        prefix = ""
        for block in blocks:
            if block["type"] == "heading" and block["text"] in ("Overview", "Discussion"):
                continue
            if block["type"] == "heading" and block["text"] == "Return Value":
                prefix = "*Returns* "
                continue
            parts.append(prefix + self._block(block, level))
            prefix = ""
        return parts

    def _topics(self, symbol: Symbol) -> list[str]:
        """Members in full, nested types and articles as links."""
        parts: list[str] = []
        told: set[str] = set()
        for section in symbol.data.get("topicSections", []):
            found = [self._reference.find(identifier) for identifier in section["identifiers"]]
            there = [each for each in found if each and each.identifier not in told]
            told |= {each.identifier for each in there}
            if not there:
                continue
            parts.append(f"## {_escaped(section['title'])}")
            if pages := [each for each in there if each.is_page]:
                self._references = symbol.data.get("references", {})
                parts.append("\n".join(f"- {self._link(each)}: {self._inline(each.data.get('abstract', []))}"
                                       for each in pages))
            for each in there:
                if not each.is_page:
                    # The cases of an enumeration have its name in front.
                    parts.append(f"### `{each.title.removeprefix(symbol.title + '.')}` {{ #{each.anchor} }}")
                    parts += self._body(each, level=4)
        return parts

    def _declaration(self, section: Node) -> str:
        """As HTML, in which types are links."""
        pieces = []
        for token in section["declarations"][0]["tokens"]:
            text = html.escape(token["text"])
            symbol = (self._reference.find(token.get("identifier", ""))
                      or self._reference.find_usr(token.get("preciseIdentifier", "")))
            style = {"keyword": "k", "attribute": "k", "number": "m", "string": "s"}.get(token["kind"])
            if symbol and symbol is not self._symbol:
                pieces.append(f'<a href="{html.escape(self._address(symbol, "html"))}">{text}</a>')
            else:
                pieces.append(f'<span class="{style}">{text}</span>' if style else text)
        return f'<div class="declaration highlight"><pre><code>{"".join(pieces)}</code></pre></div>'

    def _address(self, symbol: Symbol, suffix: str = "md") -> str:
        own, other = self._symbol.path.split("/"), symbol.path.split("/")
        path = other[-1] if own[:-1] == other[:-1] else "../" + "/".join(other[1:])
        return f"{path.removesuffix('.md')}.{suffix}" + (f"#{symbol.anchor}" if symbol.anchor else "")

    def _link(self, symbol: Symbol, text: str | None = None) -> str:
        shown = _escaped(text or symbol.title) if symbol.data["kind"] == "article" else f"`{text or symbol.title}`"
        return f"[{shown}]({self._address(symbol)})"

    def _one_line(self, blocks: list[Node]) -> str:
        return " ".join(self._block(block, 4) for block in blocks)

    def _block(self, block: Node, level: int) -> str:
        kind = block["type"]
        if kind == "heading":
            return f"{'#' * max(level, block['level'])} {_escaped(block['text'])}"
        if kind == "paragraph":
            return self._inline(block["inlineContent"])
        if kind == "codeListing":
            return "\n".join([f"```{block.get('syntax') or 'swift'}", *block["code"], "```"])
        if kind in ("unorderedList", "orderedList"):
            mark = "- " if kind == "unorderedList" else "1. "
            items = ("\n\n".join(self._block(inner, level) for inner in item["content"]) for item in block["items"])
            return "\n".join(mark + item.replace("\n", "\n    ") for item in items)
        if kind == "aside":
            return f"**{_escaped(block.get('name') or block['style'].title())}:** {self._one_line(block['content'])}"
        if kind == "table":
            rows = [[self._one_line(cell).replace("|", "&#124;") for cell in row] for row in block["rows"]]
            lines = [f"| {' | '.join(row)} |" for row in rows]
            return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
        raise ValueError(f"{self._symbol.identifier}: a block of the kind {kind} is new")

    def _inline(self, content: list[Node]) -> str:
        return "".join(self._word(node) for node in content).strip()

    def _word(self, node: Node) -> str:
        kind = node["type"]
        if kind == "text":
            return _escaped(node["text"])
        if kind == "codeVoice":
            return f"`{node['code']}`" if "`" not in node["code"] else f"`` {node['code']} ``"
        if kind in ("emphasis", "newTerm"):
            return f"*{self._inline(node['inlineContent'])}*"
        if kind == "strong":
            return f"**{self._inline(node['inlineContent'])}**"
        if kind == "reference":
            identifier = node["identifier"]
            if symbol := self._reference.find(identifier):
                return self._link(symbol)
            told = self._references.get(identifier, {})
            if told.get("type") == "link":
                return f"[{_escaped(told['title'])}]({told['url']})"
            return f"`{told.get('title', identifier.rsplit('/', 1)[-1])}`"
        if kind == "link":
            return f"[{_escaped(node['title'])}]({node['destination']})"
        raise ValueError(f"{self._symbol.identifier}: text of the kind {kind} is new")


def _file_name(title: str) -> str:
    return re.sub(r"[^\w.]+", "-", title).strip("-")


def _escaped(text: str) -> str:
    """Text that Markdown leaves as it is."""
    text = re.sub(r"([\\`*_\[\]{}#])", r"\\\1", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
