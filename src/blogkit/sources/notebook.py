"""Jupyter notebooks: Markdown cells as text, code cells as code, of outputs the pictures.

Source: the notebook format's description, versions 3 and 4 (nbformat).
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.posts import Post
from blogkit.sources.front_matter import FrontMatter
from blogkit.sources.images.inlined import data_in, decoded, without_data
from blogkit.sources.markdown import markdown_drafts, markdown_post
from blogkit.sources.reading import Draft

_MISSES_BORNE = 50
"""Strings not found in the file as they would be written, after which no more are looked for."""
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell, as far as it is read."""

    kind: str
    """``markdown``, ``code`` or ``heading`` (version 3)."""
    source: str
    """Its text."""
    lines: list[int]
    """Line of the file for each line of the text."""
    level: int = 1
    """Depth of a heading."""
    outputs: tuple[str, ...] = ()
    """Addresses of the pictures that its code drew."""


def notebook_pictures(text: str, path: str) -> Callable[[str], bytes | None]:
    """What finds the pictures that a notebook holds, by the addresses that its post has."""
    held: dict[str, str] = data_in(text)
    for cell in _raw_cells(_load(text, path), path):
        for pictures in (_attachments(cell), _outputs(cell)):
            held.update(pictures)
    return lambda address: _as_bytes(held[address]) if address in held else None


def _as_bytes(said: str) -> bytes | None:
    """A picture's bytes, by what a notebook says: base64, or an SVG as it is."""
    return said.encode("utf-8", "replace") if said.lstrip()[:1] == "<" else decoded(said)


def read_notebook(text: str, path: str) -> list[Post]:
    """The one post of a notebook; none where no cell has text.

    Raises:
        SourceError: ``notebook`` if it is no JSON, or has no cells.
    """
    drafts: list[Draft] = []
    notebook = _load(text, path)
    for cell in _cells(notebook, text, path):
        drafts += _drafts(cell)
    metadata = notebook.get("metadata")
    title = metadata.get("title") if isinstance(metadata, dict) else None
    front = FrontMatter(title=str(title) if title else None)
    return markdown_post(drafts, front, path, last_line=text.rstrip().count("\n") + 1)


def _load(text: str, path: str) -> dict[str, object]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        said = (
            error.msg if isinstance(error, json.JSONDecodeError) else Message("nested too deeply")
        )
        message = Message("expected a notebook in JSON, found: {said}", said=said)
        raise SourceError("notebook", path, message, line=line) from error
    if not isinstance(loaded, dict):
        message = Message(
            "expected a notebook with cells, found {name}", name=type(loaded).__name__
        )
        raise SourceError("notebook", path, message)
    return loaded


def _raw_cells(notebook: dict[str, object], path: str) -> Iterator[dict[str, object]]:
    """The cells in order; ``number`` is that of each, from 1, and ``again`` names the attachments
    that an earlier cell has too."""
    listed = notebook.get("cells")
    if listed is None and isinstance(sheets := notebook.get("worksheets"), list):
        listed = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet)]
    if not isinstance(listed, list):
        raise SourceError("notebook", path, Message("expected a notebook with cells, found none"))
    seen: set[str] = set()
    for number, cell in enumerate(listed, start=1):
        if isinstance(cell, dict):
            names = set(_fields(cell.get("attachments")))
            yield {**cell, "number": number, "again": sorted(names & seen)}
            seen |= names


def _fields(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _attachments(cell: dict[str, object]) -> Iterator[tuple[str, str]]:
    """The pictures that a cell of Markdown holds, by their addresses."""
    for name, bundle in _fields(cell.get("attachments")).items():
        if said := _picture_in(_fields(bundle)):
            yield _attachment(cell, name), said


def _attachment(cell: dict[str, object], name: str) -> str:
    """An address that no other cell's attachment has."""
    again = cell["again"]
    is_again = isinstance(again, list) and name in again
    return f"attachment:{cell['number']}/{name}" if is_again else f"attachment:{name}"


def _outputs(cell: dict[str, object]) -> Iterator[tuple[str, str]]:
    """The pictures that a cell's code drew, by addresses that count them."""
    outputs = cell.get("outputs")
    for number, output in enumerate(outputs if isinstance(outputs, list) else (), start=1):
        fields = _fields(output)
        if said := _picture_in({**fields, **_fields(fields.get("data"))}):
            yield f"output:{cell['number']}.{number}", said


def _picture_in(bundle: dict[str, object]) -> str:
    """The best picture among the forms in which something is said; empty where there is none."""
    for kind in ("png", "jpeg", "webp", "gif", "svg+xml", "svg"):
        said = bundle.get(f"image/{kind}", bundle.get(kind))
        lines = said if isinstance(said, list) else [said]
        if text := "".join(line for line in lines if isinstance(line, str)):
            return text
    return ""


def _cells(notebook: dict[str, object], text: str, path: str) -> Iterator[_Cell]:
    places = _Places(text)
    for cell in _raw_cells(notebook, path):
        source = cell.get("source", cell.get("input", ""))
        parts = source if isinstance(source, list) else [source]
        written = [part for part in parts if isinstance(part, str)]
        level = cell.get("level")
        yield _Cell(
            kind=str(cell.get("cell_type")),
            source=_with_addresses(cell, "".join(written)),
            lines=places.lines_of(written),
            level=level if isinstance(level, int) and 1 <= level <= 6 else 1,
            outputs=tuple(address for address, _ in _outputs(cell)),
        )


def _with_addresses(cell: dict[str, object], source: str) -> str:
    """A cell's text, its pictures called by addresses that no other cell's have."""
    text = without_data(_SURROGATE.sub("\ufffd", source).replace("\r\n", "\n"))
    for name in _fields(cell.get("attachments")):
        text = text.replace(f"attachment:{name}", _attachment(cell, name))
    return text


def _list(sheet: dict[str, object]) -> list[object]:
    cells = sheet.get("cells")
    return cells if isinstance(cells, list) else []


class _Places:
    """Finds the strings of a notebook in its file, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._line = 1
        self._misses = 0

    def lines_of(self, parts: list[str]) -> list[int]:
        """Line of the file for each line of the parts."""
        lines: list[int] = []
        for part in parts:
            self._go_to(part)
            lines += [self._line] * (part.count("\n") + (not part.endswith("\n")))
        return lines or [self._line]

    def _go_to(self, part: str) -> None:
        """Go to a part's place; a file that writes its strings otherwise is soon left in peace."""
        if self._misses > _MISSES_BORNE:
            return
        forms = (json.dumps(part, ensure_ascii=False), json.dumps(part))
        places = [self._text.find(form, self._position) for form in dict.fromkeys(forms)]
        found = min((place for place in places if place >= 0), default=-1)
        self._misses += found < 0
        if found >= 0:
            self._line += self._text.count("\n", self._position, found)
            self._position = found


def _drafts(cell: _Cell) -> Iterator[Draft]:
    def placed(draft: Draft) -> Draft:
        index = min(draft.line, len(cell.lines)) - 1
        return replace(draft, line=cell.lines[index])

    if cell.kind == "markdown":
        yield from map(placed, markdown_drafts(cell.source))
    elif cell.kind == "heading" and cell.source.strip():
        yield Draft("heading", " ".join(cell.source.split()), cell.lines[0], cell.level)
    elif cell.kind == "code" and cell.source.strip():
        code = cell.source.strip("\n").rstrip()
        lead = len(cell.source) - len(cell.source.lstrip("\n"))
        yield placed(Draft("code", code, 1 + lead))
        for address in cell.outputs:
            yield Draft("caption", "", cell.lines[-1], info=address)
