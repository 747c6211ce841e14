"""Whether a post, or a section of it, is as the conditions of a query want it.

The same for a library and for posts in memory: both give their posts as ``PostFacts``.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase

from blogkit.posts import sections
from blogkit.search.date_ranges import read_dates
from blogkit.search.phrases import Phrase
from blogkit.text.analyzer import prose
from blogkit.text.normalize import fold, squeeze

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from blogkit.dates import PostDate
    from blogkit.posts import Post, Section
    from blogkit.search.query import Condition

_READS_TEXT = ("text", "has", "label")
"""Kinds of conditions that need the post's text; of the others, its head is enough."""


class PostFacts:
    """What is known of a post without its text, and a way to its text.

    Args:
        number: its number in the index.
        title: its title.
        date: its date.
        tags: its tags.
        categories: its categories.
        paths: the files that hold a copy of it.
        load: gives the whole post.
    """

    __slots__ = ("_load", "_post", "categories", "date", "number", "paths", "tags", "title")

    def __init__(
        self,
        number: int,
        title: str,
        date: PostDate,
        tags: Sequence[str],
        categories: Sequence[str],
        paths: Sequence[str],
        load: Callable[[], Post],
    ) -> None:
        self.number = number
        self.title = title
        self.date = date
        self.tags = tags
        self.categories = categories
        self.paths = paths
        self._load = load
        self._post: Post | None = None

    @property
    def post(self) -> Post:
        """The post with its text, formulas and blocks; read when it is first asked for."""
        if self._post is None:
            self._post = self._load()
        return self._post

    def sections(self) -> list[Section]:
        """The sections of the post, in order."""
        return list(sections(self.post.text, self.post.blocks))


class Selection:
    """The posts, or sections, that a query's conditions leave.

    Args:
        sections: for each post that is left, in the library's order, the sections that are as the
            conditions want them by themselves; none where only the whole post is.
        by: ``post`` or ``section``.
    """

    __slots__ = ("_by", "sections")

    def __init__(self, sections: dict[int, tuple[int, ...]], by: str) -> None:
        self.sections = sections
        self._by = by

    def allows(self, post: int, section: int) -> bool:
        """Whether the section may be found."""
        if self._by == "post":
            return post in self.sections
        return section in self.sections.get(post, ())

    def prefers(self, post: int, section: int) -> bool:
        """Whether the section shows why its post was found, as far as the conditions go."""
        chosen = self.sections[post]
        return not chosen or section in chosen

    def places(self) -> Iterator[tuple[int, int]]:
        """What is left: each section, or of each post the one that shows it."""
        for post, chosen in self.sections.items():
            if self._by == "section":
                yield from ((post, section) for section in chosen)
            else:
                yield post, chosen[0] if chosen else 0


def select(
    clauses: Sequence[Sequence[Condition]],
    facts: Iterable[PostFacts],
    *,
    by: str,
    places: Sequence[str],
    may_hold: Mapping[Condition, set[int]],
) -> Selection:
    """The posts that meet every clause, or with ``by="section"`` the sections that do.

    A post has what any of its sections has, so that a phrase in one and a word in another
    find it; and a post that has an excluded word anywhere is excluded.

    Args:
        clauses: what must hold: of each clause at least one condition.
        facts: the posts to choose from.
        by: ``post`` or ``section``.
        places: fields of the index in which words and phrases are looked for; all, if empty.
        may_hold: for some conditions, the only posts whose text may have what they look for.
    """
    tests = [
        [_Test(condition, places, may_hold.get(condition)) for condition in clause]
        for clause in clauses
    ]
    tests.sort(key=lambda clause: any(test.reads_text for test in clause))
    found: dict[int, tuple[int, ...]] = {}
    for post in facts:
        chosen = _chosen_sections(tests, post, by)
        if chosen is not None:
            found[post.number] = tuple(chosen)
    return Selection(found, by)


def _chosen_sections(
    tests: Sequence[Sequence[_Test]], post: PostFacts, by: str
) -> list[int] | None:
    """The sections that meet every clause by themselves; None if the post is not left."""
    for clause in tests:
        reads_text = any(test.reads_text for test in clause)
        may_be_left_to_sections = reads_text and by == "section"
        if not may_be_left_to_sections and not any(test.of_post(post) for test in clause):
            return None
    if by == "post" and not any(test.shows_text for clause in tests for test in clause):
        return []
    whole = [
        ordinal
        for ordinal, section in enumerate(post.sections())
        if all(any(test.of_section(post, section) for test in clause) for clause in tests)
    ]
    return whole if whole or by == "post" else None


class _Test:
    """A condition, made ready to be asked of many posts."""

    def __init__(
        self, condition: Condition, places: Sequence[str], may_hold: set[int] | None
    ) -> None:
        self.condition = condition
        self.reads_text = condition.kind in _READS_TEXT
        self.shows_text = self.reads_text and not condition.is_negated
        self._may_hold = may_hold
        self._places = places
        self._phrase = Phrase(condition.value) if condition.kind in ("text", "title") else None
        self._dates = read_dates(condition.value) if condition.kind == "date" else None

    def of_post(self, post: PostFacts) -> bool:
        """Whether the post meets the condition, in any of its sections."""
        if not self.reads_text:
            return self._of_head(post) != self.condition.is_negated
        if self._may_hold is not None and post.number not in self._may_hold:
            return self.condition.is_negated
        has = any(self._of_section(post, section) for section in post.sections())
        return has != self.condition.is_negated

    def of_section(self, post: PostFacts, section: Section) -> bool:
        """Whether the section by itself meets the condition."""
        has = self._of_section(post, section) if self.reads_text else self._of_head(post)
        return has != self.condition.is_negated

    def _of_head(self, post: PostFacts) -> bool:
        kind, value = self.condition.kind, self.condition.value
        if kind == "date":
            return self._dates is not None and post.date in self._dates
        if kind == "tag":
            return squeeze(value) in map(squeeze, post.tags)
        if kind == "category":
            return squeeze(value) in map(squeeze, post.categories)
        if kind == "path":
            return any(_is_path(value, path) for path in post.paths)
        return self._phrase is not None and self._phrase.is_in(post.title)

    def _of_section(self, post: PostFacts, section: Section) -> bool:
        kind, value = self.condition.kind, self.condition.value
        if kind == "has":
            return _has(value, post, section)
        if kind == "label":
            return any(
                fnmatchcase(formula.label or "", value)
                for formula in post.post.formulas
                if section.span.start <= formula.span.start < section.span.end
            )
        phrase = self._phrase
        if phrase is None:
            return False
        texts = _texts(post, section, self._places)
        if "$" in value or "\\" in value:
            return any(phrase.is_in(text) for text in texts)
        return any(phrase.is_in(prose(text)) for text in texts)


def _texts(post: PostFacts, section: Section, places: Sequence[str]) -> Iterator[str]:
    """The texts of a section in which a phrase may stand."""
    if not places or "title" in places:
        yield post.title
    if not places or "headings" in places:
        yield section.heading or ""
    if not places or "tags" in places:
        yield from (*post.tags, *post.categories)
    if not places or (not section.blocks and "body" in places):
        yield section.text
    else:
        for block in section.blocks:
            if ("captions" if block.kind == "caption" else "body") in places:
                yield block.span.of(post.post.text)


def _has(feature: str, post: PostFacts, section: Section) -> bool:
    if feature == "formula":
        return any(
            section.span.start <= formula.span.start < section.span.end
            for formula in post.post.formulas
        )
    if feature in ("caption", "code"):
        return any(block.kind == feature for block in section.blocks)
    if feature == "heading":
        return section.heading is not None
    if feature == "tag":
        return bool(post.tags)
    if feature == "category":
        return bool(post.categories)
    return bool(post.date) if feature == "date" else post.date.year is not None


def _is_path(value: str, path: str) -> bool:
    """Whether a path has the value in it, or is as a pattern with ``*`` says."""
    folded, wanted = fold(path.replace(os.sep, "/")), fold(value)
    if "*" in wanted or "?" in wanted:
        return fnmatchcase(folded, f"*{wanted}")
    return wanted in folded
