"""Notes written out: as Markdown to read, as W3C annotations for other programs.

Source: W3C Web Annotation Data Model (2017).
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from blogkit.study.clock import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogkit.notes import Note


def to_markdown(notes: Iterable[Note]) -> str:
    """Notes by post: the words as a quotation, what was written below them."""
    return "\n".join(
        line
        for _, of_post in groupby(notes, key=lambda note: note.post_id)
        for line in _section(list(of_post))
    )


def _section(notes: list[Note]) -> Iterator[str]:
    yield f"# {notes[0].title or notes[0].post_id}\n"
    for note in notes:
        yield from (f"> {line}" for line in note.quote.splitlines())
        said = [note.text] if note.text else []
        marks = [*(["?"] if note.is_question else []), *(f"#{tag}" for tag in note.tags)]
        said += [" ".join(marks)] if marks else []
        yield "\n" + "\n\n".join(said) + "\n" if said else ""


def to_annotations(notes: Iterable[Note], addresses: Mapping[str, str | None]) -> str:
    """Notes as JSON-LD, one annotation a line.

    Args:
        notes: the notes.
        addresses: where on the web each post stands, by its id; None where that is not known.
    """
    return "\n".join(
        json.dumps(_annotation(note, addresses.get(note.post_id)), ensure_ascii=False)
        for note in notes
    )


def _annotation(note: Note, address: str | None) -> dict[str, object]:
    source = address or f"urn:blogkit:post:{note.post_id}"
    bodies = [{"type": "TextualBody", "value": note.text, "format": "text/markdown"}] * bool(
        note.text
    )
    bodies += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in note.tags]
    selector = {
        "type": "TextQuoteSelector", "exact": note.quote, "prefix": note.prefix,
        "suffix": note.suffix,
    }  # fmt: skip
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:blogkit:note:{note.id}",
        "type": "Annotation",
        "motivation": _motivation(note),
        "created": moment(note.created),
        "modified": moment(note.changed),
        "body": bodies,
        "target": {"source": source, "selector": selector} if note.quote else source,
    }


def _motivation(note: Note) -> str:
    if note.is_question:
        return "questioning"
    if note.text:
        return "commenting"
    return "tagging" if note.tags else "highlighting"
