"""Whether a post, or a section of it, is as the conditions of a query want it.

The same for a library and for posts in memory: both give their posts as ``PostFacts``.
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase

from blogkit.posts import searched_sections
from blogkit.search.date_ranges import read_dates
from blogkit.search.phrases import Phrase
from blogkit.text.analyzer import prose
from blogkit.text.normalize import fold, squeeze

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from blogkit.posts import Post, Section
    from blogkit.search.query import Condition
    from blogkit.text.dates import PostDate

_READS_TEXT = ("text", "has", "label")
"""Kinds of conditions that need the post's text; of the others, its head is enough."""
_OF_HEAD = ("tag", "category", "date", "year")
"""What ``has:`` asks of a post's head."""
_PAIR = re.compile(r"[\u4e00-\u9fd5]{1,2}")
"""One or two Chinese characters: the index has them just where they stand in a text."""


class PostFacts:
    """What is known of a post without its text, and a way to its text.

    Args:
        number: its number in the index.
        titles: its title, and those of its other copies.
        date: its date.
        tags: its tags.
        categories: its categories.
        section_count: how many sections it has.
        paths: gives the files that hold a copy of it.
        load: gives the whole post.
    """

    __slots__ = (
        "_load", "_paths", "_post", "_sections", "categories", "date", "number", "section_count",
        "tags", "titles",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        titles: Sequence[str],
        date: PostDate,
        tags: Sequence[str],
        categories: Sequence[str],
        section_count: int,
        paths: Callable[[], Sequence[str]],
        load: Callable[[], Post],
    ) -> None:
        self.number = number
        self.titles = titles
        self.date = date
        self.tags = tags
        self.categories = categories
        self.section_count = section_count
        self._paths = paths
        self._load = load
        self._post: Post | None = None
        self._sections: list[Section] | None = None

    @property
    def paths(self) -> Sequence[str]:
        """The files that hold a copy of it."""
        return self._paths()

    @property
    def post(self) -> Post:
        """The post with its text, formulas and blocks; read when it is first asked for."""
        if self._post is None:
            self._post = self._load()
        return self._post

    @property
    def sections(self) -> list[Section]:
        """What is searched of the post, in order."""
        if self._sections is None:
            self._sections = list(searched_sections(self.post))
        return self._sections


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
    may_hold: Mapping[Condition, Mapping[int, set[int]]],
) -> Selection:
    """The posts that meet every clause, or with ``by="section"`` the sections that do.

    A post has what any of its sections has, so that a phrase in one and a word in another
    find it; and a post that has an excluded word anywhere is excluded.

    Args:
        clauses: what must hold: of each clause at least one condition.
        facts: the posts to choose from.
        by: ``post`` or ``section``.
        places: fields of the index in which words and phrases are looked for; all, if empty.
        may_hold: for some conditions, the only sections, by post, that may have what they look
            for; where that is one or two Chinese characters, they have it.
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
        for ordinal in range(post.section_count)
        if all(any(test.of_section(post, ordinal) for test in clause) for clause in tests)
    ]
    return whole if whole or by == "post" else None


class _Test:
    """A condition, made ready to be asked of many posts."""

    def __init__(
        self,
        condition: Condition,
        places: Sequence[str],
        may_hold: Mapping[int, set[int]] | None,
    ) -> None:
        self.condition = condition
        self.reads_text = condition.kind in _READS_TEXT and not (
            condition.kind == "has" and condition.value in _OF_HEAD
        )
        self.shows_text = self.reads_text and not condition.is_negated
        self._may_hold = may_hold
        self._is_decided = not places and bool(_PAIR.fullmatch(condition.value))
        self._places = places
        self._phrase = Phrase(condition.value) if condition.kind in ("text", "title") else None
        self._dates = read_dates(condition.value) if condition.kind == "date" else None

    def of_post(self, post: PostFacts) -> bool:
        """Whether the post meets the condition, in any of its sections."""
        if not self.reads_text:
            return self._of_head(post) != self.condition.is_negated
        ordinals: Iterable[int] = range(post.section_count)
        if self._may_hold is not None:
            ordinals = self._may_hold.get(post.number, ())
        has = any(self._holds(post, ordinal) for ordinal in ordinals)
        return has != self.condition.is_negated

    def of_section(self, post: PostFacts, ordinal: int) -> bool:
        """Whether the section by itself meets the condition."""
        has = self._holds(post, ordinal) if self.reads_text else self._of_head(post)
        return has != self.condition.is_negated

    def _holds(self, post: PostFacts, ordinal: int) -> bool:
        """Whether a section has it; the text is read only where the index can't tell."""
        if self._may_hold is not None:
            if ordinal not in self._may_hold.get(post.number, ()):
                return False
            if self._is_decided:
                return True
        return self._of_section(post, post.sections[ordinal])

    def _of_head(self, post: PostFacts) -> bool:
        kind, value = self.condition.kind, self.condition.value
        if kind == "has":
            return _head_has(value, post)
        if kind == "date":
            return self._dates is not None and post.date in self._dates
        if kind == "tag":
            return squeeze(value) in map(squeeze, post.tags)
        if kind == "category":
            return squeeze(value) in map(squeeze, post.categories)
        if kind == "path":
            return any(_is_path(value, path) for path in post.paths)
        return self._phrase is not None and any(map(self._phrase.is_in, post.titles))

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
        yield from post.titles
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
    return section.heading is not None


def _head_has(feature: str, post: PostFacts) -> bool:
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
