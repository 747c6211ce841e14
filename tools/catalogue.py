"""The catalogues of blogkit's sentences: extracted from the code, brought level, compiled.

    python tools/catalogue.py

Translate what the command then names in ``src/blogkit/locale/zh/LC_MESSAGES/blogkit.po``, and run
it again. Tests hold the catalogue to the code, and the compiled file to the catalogue.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "blogkit"
FOLDER = SOURCE / "locale" / "zh" / "LC_MESSAGES"
CATALOGUES = (FOLDER / "blogkit.po", FOLDER / "argparse.po")
"""The first is brought level with the code; the other, of argparse's words, is kept by hand."""

_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "Message": None,
    "say": None,
    "say_count": (2, 3),
}
"""What marks a sentence: its first argument, or the two for one thing and for many."""


def extracted() -> Catalog:
    """Every sentence that is marked in the code, with the files that have it."""
    found = Catalog(project="blogkit", version="0", fuzzy=False)
    for name, line, message, comments, context in extract_from_dir(
        SOURCE, _METHODS, keywords=_KEYWORDS, strip_comment_tags=True
    ):
        if message and any(message if isinstance(message, tuple) else (message,)):
            found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    """A catalogue as it is kept."""
    with path.open("rb") as file:
        return read_po(file, locale="zh")


def compiled(catalogue: Catalog) -> bytes:
    """What gettext reads."""
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def update(path: Path) -> Catalog:
    """Bring a catalogue level with the code: new sentences come in, unused ones go."""
    catalogue = read(path)
    catalogue.update(extracted(), no_fuzzy_matching=True, update_header_comment=False)
    with path.open("wb") as file:
        write_po(
            file, catalogue, width=100, sort_by_file=True, ignore_obsolete=True,
            include_lineno=False,
        )  # fmt: skip
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """The sentences that have no translation, or one that is only guessed."""
    return [str(m.id) for m in catalogue if m.id and (not m.string or m.fuzzy)]


def main() -> int:
    """Update, compile, and name what is to be translated; 1 if anything is."""
    catalogue = update(CATALOGUES[0])
    for path in CATALOGUES:
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
    untranslated = missing(catalogue)
    print("\n".join([*untranslated, f"{len(untranslated)} sentences to translate"]))
    return bool(untranslated)


if __name__ == "__main__":
    sys.exit(main())
