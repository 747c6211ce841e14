"""What a library says of symbols, as frozen dataclasses that are also JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.results.records import record
from blogkit.results.shown import Rows, ShownFormula

if TYPE_CHECKING:
    from blogkit.spans import Span
    from blogkit.symbols.sorts import SortName


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that say what a symbol is, with their place."""

    text: str
    """The words; formulas in them between dollars."""
    span: Span
    """Where they stand in the post's text."""
    sentence: str
    """The sentence that they stand in."""

    def to_dict(self) -> dict[str, object]:
        """The words as JSON has them."""
        return {
            "text": self.text,
            "span": self.span.to_list(),
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another post says of the same symbol."""

    post_id: str
    """That post."""
    title: str
    """Its title."""
    meaning: str
    """Its words."""

    def to_dict(self) -> dict[str, object]:
        """It as JSON has it."""
        return {"post_id": self.post_id, "title": self.title, "meaning": self.meaning}


@record
class SymbolMeaning(ShownFormula):
    """A symbol and what is known of it."""

    _shown = ("latex", "meaning", "sort", "size")

    latex: str
    """The symbol, of a family its common name."""
    sort: SortName
    """What kind of thing it is, of a family its members; `unknown` where nothing says."""
    size: str | None
    r"""Its size, `n` or `n \times d`; None where unknown."""
    is_family: bool
    """Whether it names a family: `x_1, …, x_n`."""
    wordings: tuple[Wording, ...]
    """What words say of it, the best first; none where the post does not say."""
    defined_by: str | None
    """The formula that defines it, in LaTeX."""
    defined_in: str | None
    """Id of the formula of the post that holds the definition."""
    path: str | None
    """File of the post; None for LaTeX by itself."""
    line: int | None
    """Line of the file where it first stands."""
    occurrences: tuple[Span, ...]
    """Where it stands, in the post's text or in the LaTeX, in order; one at least."""
    formulas: tuple[str, ...]
    """Ids of the formulas that it stands in, in order."""
    post_id: str | None
    """The post; None for LaTeX by itself."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """What other posts of the library say of the same symbol, the most related posts first."""

    @property
    def meaning(self) -> str | None:
        """The words that define it; None where the post does not say."""
        return self.wordings[0].text if self.wordings else None

    def to_dict(self) -> dict[str, object]:
        """The symbol as JSON has it."""
        first = self.occurrences[0]
        return {
            "latex": self.latex,
            "sort": self.sort,
            "size": self.size,
            "family": self.is_family,
            "meaning": self.meaning,
            "meanings": [wording.to_dict() for wording in self.wordings],
            "defined_by": self.defined_by,
            "defined_in": self.defined_in,
            "path": self.path,
            "line": self.line,
            "span": first.to_list(),
            "occurrences": [span.to_list() for span in self.occurrences],
            "formulas": list(self.formulas),
            "post_id": self.post_id,
            "elsewhere": [other.to_dict() for other in self.elsewhere],
        }


@record
class SymbolReport(Rows[SymbolMeaning]):
    """The symbols of a formula or a post, in the order of their first places."""

    _rows = "symbols"
    _is_whole = True

    symbols: tuple[SymbolMeaning, ...]
    """Each symbol once."""
