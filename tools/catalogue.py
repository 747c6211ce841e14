"""The catalogues of blogkit's sentences: extracted from the code, brought level, compiled.

    python tools/catalogue.py

Translate what the command then names in ``src/blogkit/locale/zh/LC_MESSAGES/blogkit.po``, and run
it again. Tests hold the catalogue to the code, and the compiled file to the catalogue.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOURCE = Path(__file__).parent.parent / "src" / "blogkit"
FOLDER = SOURCE / "locale" / "zh" / "LC_MESSAGES"
CATALOGUES = (FOLDER / "blogkit.po", FOLDER / "argparse.po")
"""The first is brought level with the code; the other, of argparse's words, is kept by hand."""

_MARKS = {"Message": (0,), "say": (0,), "say_count": (1, 2)}
"""What marks a sentence, with the places of its templates: one, or one thing and many."""
_PASSING_ON = ("language.py", "views/speech.py", "web/languages.py")
"""The modules that hand on a template which is marked where it is written."""


def extracted() -> Catalog:
    """Every sentence that is marked in the code, with the files that have it."""
    found = Catalog(fuzzy=False)
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        for message in python_sentences(path.read_text(encoding="utf-8"), name):
            found.add(message, None, [(name, 0)])
    keywords = {mark: tuple(place + 1 for place in places) for mark, places in _MARKS.items()}
    for name, _, message, _, _ in extract_from_dir(
        SOURCE, [("**/templates/**.html", "jinja2")], keywords=keywords
    ):
        found.add(message, None, [(name, 0)])
    return found


def python_sentences(text: str, name: str) -> Iterator[str | tuple[str, ...]]:
    """The sentences that a module marks, also within f-strings, which Babel's own way passes over.

    Raises:
        ValueError: if a marked sentence is no literal, so that nobody could translate it.
    """
    for node in ast.walk(ast.parse(text)):
        mark = (
            node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        )
        if mark not in _MARKS:
            continue
        templates = [node.args[place] for place in _MARKS[mark]]
        literals = [t.value for t in templates if isinstance(t, ast.Constant)]
        if len(literals) == len(templates):
            yield literals[0] if len(literals) == 1 else tuple(literals)
        elif name not in _PASSING_ON:
            raise ValueError(f"{name}:{node.lineno}: expected a literal in {mark}, found none")


def read(path: Path) -> Catalog:
    """A catalogue as it is kept."""
    with path.open("rb") as file:
        return read_po(file, locale="zh")


def compile_beside(path: Path) -> None:
    """Write what gettext reads, unless it says the same already: Babel puts its version there."""
    made = io.BytesIO()
    write_mo(made, read(path))
    binary = path.with_suffix(".mo")
    if said_by(made.getvalue()) != said_by(binary.read_bytes()):
        binary.write_bytes(made.getvalue())


def said_by(compiled: bytes) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each sentence of a compiled catalogue with its translation."""
    return sentences(read_mo(io.BytesIO(compiled)))


def sentences(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each sentence with its translation, both with their plurals; without the head."""
    return {_forms(message.id): _forms(message.string) for message in catalogue if message.id}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def update(path: Path) -> Catalog:
    """Bring a catalogue level with the code: new sentences come in, unused ones go."""
    catalogue = read(path)
    catalogue.update(
        extracted(),
        no_fuzzy_matching=True,
        update_header_comment=False,
        update_creation_date=False,
    )
    made = io.BytesIO()
    write_po(
        made, catalogue, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False
    )
    # The version of Babel would change the file on every machine.
    path.write_bytes(re.sub(rb'"Generated-By: .*"\n', b"", made.getvalue(), count=1))
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """The sentences that have no translation, or one that is only guessed."""
    return [str(m.id) for m in catalogue if m.id and (m.fuzzy or not _is_translated(m.string))]


def _is_translated(string: str | Sequence[str]) -> bool:
    """Whether a sentence, or each form of one about a number of things, is there."""
    return bool(string) and all(string)


def main() -> int:
    """Update, compile, and name what is to be translated; 1 if anything is."""
    catalogue = update(CATALOGUES[0])
    for path in CATALOGUES:
        compile_beside(path)
    untranslated = missing(catalogue)
    print("\n".join([*untranslated, f"{len(untranslated)} sentences to translate"]))
    return bool(untranslated)


if __name__ == "__main__":
    sys.exit(main())
