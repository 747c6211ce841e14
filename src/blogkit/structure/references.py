r"""What a post's references lead to: displays by their numbers, headings, figures, other posts.

A display bears the number that its ``\tag`` says, else its place among the displays without one.
``\notag`` and a starred environment bear none, as in TeX.
"""

from __future__ import annotations

from functools import cached_property

from blogkit.pictures import KeptPictures
from blogkit.regexes import regex
from blogkit.results.records import record
from blogkit.text.marks import plain_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal, TypeAlias

    from blogkit.library.reports import FullPost
    from blogkit.posts import Block, FormulaSource
    from blogkit.text.marks import Mark

    TargetKind: TypeAlias = Literal["formula", "block", "post", "nothing"]

REFERENCE = regex(r"\\(?P<eq>eq|auto|c|C)?ref\s*\{(?P<label>[^{}]*)\}")
"""A reference as LaTeX writes it."""
TITLE = regex(r"《((?:[^《》]|《[^《》]*》)+)》")
"""A title as Chinese writes it."""
_LABEL = regex(r"\\label\s*\{([^{}]*)\}")
_TAG = regex(r"\\tag(?P<star>\*?)\s*\{(?P<tag>(?:[^{}]|\{[^{}]*\})*)\}")
_STARRED = regex(
    r"(?:\$\$|\\\[)?\s*\\begin\{(?:equation|align|alignat|flalign|gather|multline|eqnarray)\*\}"
)
_UNNUMBERED = regex(r"\\(?:notag|nonumber)(?![A-Za-z])")
_DEFINES = regex(r"\s*\\(?:(?:re|provide)?newcommand|def|DeclareMathOperator|let)(?![A-Za-z])")
_LABELS = ("label", "eqlabel")
_SILENT = (*_LABELS, "width", "height", "bibliography")
_REFERS = ("ref", "eqref", "numref", "eq", "secref", "figref")
_CITES = ("cite", "citet", "citep", "cite:t", "cite:p", "citealt", "citeyear", "citeauthor")
_PREFIX = regex(r"(?:sub)*(?:sec|chap|ch|fig|tab|tbl|eq|img)[_:-]")
_HAN = regex("[\u3400-\u9fff]")
_LANGUAGE_CHARS = 2000


@record
class Target:
    """What a reference leads to, and how it is shown."""

    kind: TargetKind
    """A display, a block, another post, or nothing that is known."""
    key: str
    """Number of the formula, place of the block, id of the post; empty for nothing."""
    text: str
    """How the reference is shown."""


class References:
    """The references of one post.

    Args:
        post: the post.
    """

    def __init__(self, post: FullPost) -> None:
        self.numbers = equation_numbers(post.text, post.formulas)
        self.figures: dict[int, str] = {}
        self._post = post
        self.pictures = KeptPictures(post)
        self._labels: dict[str, Target] = {}
        self._titles = {
            reference.title: reference.post_id
            for reference in post.references
            if reference.post_id is not None and reference.post_id != post.id
        }
        for formula in post.formulas:
            names = [formula.label or "", *_LABEL.findall(formula.span.of(post.text))]
            for name in filter(None, names):
                self._labels.setdefault(name.strip(), self._formula(formula))
        for place, block in enumerate(post.blocks):
            for mark in block.marks:
                if mark.kind == "role" and mark.target in _LABELS:
                    self._label(place, block, mark)
                elif mark.kind == "plain" and mark.target:
                    self._labels.setdefault(mark.target, self._block(place))
        for reference in post.references:
            for label in reference.labels:
                target = Target("post", reference.post_id or "", f"《{reference.title}》")
                self._labels.setdefault(label, target)

    def by_label(self, label: str, *, in_brackets: bool) -> Target | None:
        """What a label of the post stands at; None where the post has it nowhere.

        Args:
            label: as the reference names it.
            in_brackets: whether the number of a display is shown as ``(3)``, else as ``3``; and
                that of a figure as ``Figure 3``, else as ``3``.
        """
        target = self._labels.get(label.strip())
        if target is None or in_brackets:
            return target
        if target.kind == "formula":
            return Target(target.kind, target.key, target.text[1:-1])
        number = target.text.rpartition(" ")[2] if target.text in self.figures.values() else ""
        return Target(target.kind, target.key, number) if number else target

    @cached_property
    def named_blocks(self) -> frozenset[int]:
        """Places of the blocks that bear labels."""
        return frozenset(int(t.key) for t in self._labels.values() if t.kind == "block")

    def by_title(self, title: str) -> Target | None:
        """The other post of the library that bears a title; None where none does."""
        post_id = self._titles.get(title.strip())
        return None if post_id is None else Target("post", post_id, f"《{title}》")

    def _formula(self, formula: FormulaSource) -> Target:
        number = self.numbers.get(formula.number, "")
        return Target("formula", str(formula.number), f"({number or formula.name})")

    def _label(self, place: int, block: Block, mark: Mark) -> None:
        """Give a role's label to the display before it, else to the block that it stands at."""
        name = mark.inside.of(block.span.of(self._post.text)).strip()
        before = block.span.start + mark.span.start
        if mark.target == "eqlabel":
            displays = [f for f in self._post.formulas if f.display and f.span.end <= before]
            target = self._formula(displays[-1]) if displays else None
        else:
            at = place - 1 if _only_labels(block, self._post.text) else place
            target = self._block(at) if at >= 0 else Target("post", "", self._post.title)
        if target:
            self._labels.setdefault(name, target)

    def _block(self, place: int) -> Target:
        block = self._post.blocks[place]
        if block.kind in ("caption", "table"):
            if place not in self.figures:
                same = [self._post.blocks[at].kind for at in self.figures]
                number = same.count(block.kind) + 1
                self.figures[place] = f"{self._figure_word(block.kind)} {number}"
            return Target("block", str(place), self.figures[place])
        text = " ".join(plain_words(block.span.of(self._post.text)).split())
        return Target("block", str(place), text if block.kind == "heading" else "↑")

    def _figure_word(self, kind: str) -> str:
        """What a figure or table is called in the post's own language."""
        is_chinese = _HAN.search(self._post.text[:_LANGUAGE_CHARS])
        if kind == "table":
            return "表" if is_chinese else "Table"
        return "图" if is_chinese else "Figure"


def role_target(name: str, argument: str, references: References | None) -> Target | None:
    """What a role says: a reference, a citation, nothing; None where it is a word like code.

    Args:
        name: of the role, such as ``eqref``.
        argument: what it is given.
        references: those of its post, where there is one.
    """
    if name in _SILENT or name.startswith("end_"):
        return Target("nothing", "", "")
    if name in _CITES or name.startswith("begin_"):
        return Target("nothing", "", f"[{argument}]")
    if name not in _REFERS:
        return None
    known = references.by_label(argument, in_brackets=True) if references else None
    return known or Target("nothing", "", _PREFIX.sub("", argument).replace("_", " "))


def equation_numbers(text: str, formulas: Sequence[FormulaSource]) -> dict[int, str]:
    r"""The number that each display of a post bears, without brackets, by the formula's number.

    Displays that bear none, and formulas in line, are not in it.

    Args:
        text: the post's text.
        formulas: its formulas, in order.
    """
    numbers: dict[int, str] = {}
    count = 0
    for formula in formulas:
        if not formula.display or not formula.latex.strip() or _DEFINES.match(formula.latex):
            continue
        tag = _TAG.search(formula.latex)
        if tag:
            numbers[formula.number] = tag["tag"].strip().replace("$", "")
        elif not _STARRED.match(formula.span.of(text)) and not _UNNUMBERED.search(formula.latex):
            count += 1
            numbers[formula.number] = str(count)
    return numbers


def has_tag(formula: FormulaSource) -> bool:
    r"""Whether a formula says its own number by ``\tag``, so that its drawing has it."""
    return _TAG.search(formula.latex) is not None


def _only_labels(block: Block, text: str) -> bool:
    """Whether a block says nothing but labels."""
    inside = block.span.of(text)
    return not "".join(_between(inside, block)).strip()


def _between(text: str, block: Block) -> Iterator[str]:
    position = 0
    for mark in block.marks:
        if mark.kind == "role" and mark.target in _SILENT:
            yield text[position : mark.span.start]
            position = mark.span.end
    yield text[position:]
