"""The documents in Chinese say what their English twins say, section by section."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^    (blogkit .*?)(?:  .*)?$", re.MULTILINE)
_TYPED = re.compile(r"^\$ (.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\n]+)\)")


def twins() -> list[str]:
    """The guides that have a Chinese twin; errors.md is made by a program, with a test there."""
    pages = sorted(path.relative_to(ROOT) for path in (ROOT / "docs").glob("*.zh.md"))
    return [str(page).replace(".zh.md", ".md") for page in pages if page.name != "errors.zh.md"]


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def chinese(document: str) -> str:
    return document.replace(".md", ".zh.md")


def sections(text: str) -> list[tuple[str, list[str], list[str], list[int]]]:
    """Each section's level, commands, links without their anchors, and the rows of its tables."""
    split = re.split(r"^(#+) ", _FENCED.sub(_without_headings, text), flags=re.MULTILINE)
    return [
        (level, commands(part), links(part), rows(part))
        for level, part in zip(split[1::2], split[2::2], strict=True)
    ]


def _without_headings(block: re.Match[str]) -> str:
    """A fenced block in which no comment can be taken for a heading."""
    return re.sub(r"^#", " #", block[0], flags=re.MULTILINE)


def commands(text: str) -> list[str]:
    """What is typed, but for what picks lines out of what is printed, which may name its words."""
    return [line.split(" | ")[0] for line in _TYPED.findall(text)] + _INDENTED.findall(text)


def links(text: str) -> list[str]:
    """Where a section leads to, whichever language stands there."""
    targets = [target.split("#")[0] for target in _LINK.findall(text)]
    return sorted(target.replace(".zh.md", ".md") for target in targets)


def rows(text: str) -> list[int]:
    """How many rows each table has."""
    return [len(table.splitlines()) for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]


@pytest.mark.parametrize("document", twins())
def test_twins_have_the_same_sections_commands_links_and_tables(document: str) -> None:
    english, other = sections(read(document)), sections(read(chinese(document)))
    assert [part[0] for part in other] == [part[0] for part in english]
    for number, (expected, found) in enumerate(zip(english, other, strict=True), 1):
        assert found == expected, f"section {number}"


@pytest.mark.parametrize("document", twins())
def test_twins_lead_to_each_other_and_links_to_headings_that_are_there(document: str) -> None:
    name = Path(document).name
    assert f"English · [中文]({chinese(name)})" in read(document)
    assert f"[English]({name}) · 中文" in read(chinese(document))
    for page in (document, chinese(document)):
        for target in _LINK.findall(read(page)):
            file, _, anchor = target.partition("#")
            if "://" not in target and anchor:
                assert anchor in anchors(f"docs/{file}"), f"{page}: {target}"


def anchors(document: str) -> list[str]:
    """The names of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", _FENCED.sub("", read(document)), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", head).lower().replace(" ", "-") for head in heads]
