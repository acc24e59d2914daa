"""Tables and promises, on the terminal and as Markdown."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Section:
    """One part's result: a table, and notes that explain it."""

    title: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def _lines(self) -> list[list[str]]:
        widths = [max(map(len, column)) for column in zip(self.header, *self.rows)]
        return [
            [cell.ljust(width) if i == 0 else cell.rjust(width)
             for i, (cell, width) in enumerate(zip(row, widths))]
            for row in [self.header, *self.rows]
        ]

    def text(self) -> str:
        """For a terminal."""
        table = ["  ".join(line).rstrip() for line in self._lines()]
        return "\n".join([self.title, "", *table, "", *self.notes, ""])

    def markdown(self) -> str:
        """For dist/bench.md and scripts/benchmarks/README.md: a heading, a table, the notes as one paragraph each."""
        head, *body = ["| " + " | ".join(line) + " |" for line in self._lines()]
        rule = "|---|" + "---:|" * (len(self.header) - 1)
        notes = [line for note in self.notes for line in (note, "")]
        return "\n".join([f"### {self.title}", "", head, rule, *body, "", *notes])


@dataclass(frozen=True)
class Promise:
    """A bound that the project promises, and the measured value."""

    what: str
    measured: float
    bound: float
    at_least: bool
    unit: str = "×"

    @property
    def kept(self) -> bool:
        """Whether the measured value is within the bound."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def row(self) -> list[str]:
        """The promise as a table row."""
        word = "at least" if self.at_least else "at most"
        measured = f"{self.measured:.2f}".rstrip("0").rstrip(".")
        return [self.what, f"{word} {self.bound:g} {self.unit}", f"{measured} {self.unit}",
                "yes" if self.kept else "NO"]


class Report:
    """All results of one run. Prints sections as they arrive."""

    def __init__(self, machine: list[str]) -> None:
        self.machine = machine
        self.sections: list[Section] = []
        self.promises: list[Promise] = []
        print("\n".join(machine), end="\n\n", flush=True)

    def add(self, section: Section, *promises: Promise) -> None:
        """Adds a part's table and its promises."""
        self.sections.append(section)
        self.promises += promises
        print(section.text(), flush=True)

    def finish(self, path: Path) -> bool:
        """Prints the promises, writes the Markdown, and returns whether every promise was kept."""
        table = Section("Promised and measured", ["promise", "bound", "measured", "kept"],
                        [promise.row() for promise in self.promises])
        print(table.text())
        parts = ["\n".join(self.machine), *(each.markdown() for each in self.sections)]
        parts.insert(1, table.markdown())
        path.write_text("\n\n".join(part.rstrip() for part in parts) + "\n")
        return all(promise.kept for promise in self.promises)
