"""scripts/check-symbols: red when a comment's link names nothing that is declared, green when it does."""

import subprocess
from pathlib import Path

import pytest

from welkin.paths import ROOT

ONE = """/// A thing.
public struct Thing<Part: Sendable>: Sendable {
    enum Kind: String { case small = "s", large(Int, of: String), `default` }
    static let (first, second) = (1, 2)
    init?(_ text: String, at place: (Int, Int) = (0, 0)) {}
    func find<Result>(_ one: (Int) -> Result, of other: @escaping @Sendable () -> Void) {}
    subscript(field: String) -> Int { 0 }
    static func == (one: Thing, other: Thing) -> Bool { true }
}
func alone() {}
"""

TWO = """extension Thing { var far: Int { 0 } }
func elsewhere() {}
"""


def check(folder: Path, comment: str) -> subprocess.CompletedProcess[str]:
    """A comment in module One, beside its declarations and those of module Two."""
    for module, text in (("One", ONE), ("Two", TWO)):
        (folder / "Sources" / module).mkdir(parents=True, exist_ok=True)
        (folder / "Sources" / module / "File.swift").write_text(text)
    (folder / "Sources" / "One" / "Comment.swift").write_text(f"{comment}\nlet commented = 1\n")
    return subprocess.run([ROOT / "scripts" / "check-symbols", folder / "Sources"], capture_output=True, text=True,
                          check=False, timeout=20)


@pytest.mark.parametrize("link", [
    "Thing", "Thing/Kind", "Thing/Kind/small", "Thing/Kind/large(_:of:)", "Thing/Kind/large", "Thing/Kind/default",
    "Thing/second", "Thing/init(_:at:)", "Thing/find(_:of:)", "Thing/find(_:of:)-(Int)", "Thing/subscript(_:)",
    "Thing/==(_:_:)", "Thing/far", "/Two/Thing/far", "One/Thing", "alone()", "alone", "Kind-swift.enum", "commented",
])
def test_link_to_what_is_declared_passes(folder: Path, link: str) -> None:
    done = check(folder, f"/// See ``{link}``.")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("link", [
    "Nothing", "thing", "Thing/nothing", "Thing/find(_:)", "Thing/Kind/large(_:)", "elsewhere()",
    "Thing/far/first", "/Two/Nothing", "Thing/init(_:)", "alone(_:)",
])
def test_link_to_nothing_is_named_with_its_line(folder: Path, link: str) -> None:
    done = check(folder, f"/// A line.\n    /// See ``{link}``.")
    assert done.returncode == 1
    assert done.stderr.startswith("Sources/One/Comment.swift:2: ") and link in done.stderr


def test_page_of_a_catalogue_is_looked_at_too(folder: Path) -> None:
    catalogue = folder / "Sources" / "One" / "One.docc"
    catalogue.mkdir(parents=True)
    (catalogue / "One.md").write_text("# ``One``\n\n<doc:Other> ``Thing/far`` ``/Two/Thing``\n")
    (catalogue / "Other.md").write_text("# Other\n\n<doc:One> <doc:None>\n\n``Thing/nothing``\n")
    done = check(folder, "")
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "Sources/One/One.docc/Other.md:3", "Sources/One/One.docc/Other.md:5"]


@pytest.mark.parametrize("comment", ["// See ``nothing``.", "/// See `nothing`.", "/// See ```nothing```."])
def test_what_is_no_link_is_left_alone(folder: Path, comment: str) -> None:
    assert check(folder, comment).returncode == 0


def test_comments_of_this_repository_are_right() -> None:
    done = subprocess.run([ROOT / "scripts/check-symbols"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
