"""Whether a post, or a section of it, is as the conditions of a query want it.

The same for a library and for posts in memory: both give their posts as ``PostFacts``.
"""

from __future__ import annotations

import os
from fnmatch import fnmatchcase

from blogkit.index.matches import FEATURES
from blogkit.posts import searched_sections
from blogkit.search.date_ranges import read_dates
from blogkit.search.phrases import Phrase
from blogkit.text.analyzer import prose
from blogkit.text.normalize import fold, squeeze

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from blogkit.posts import Post, Section
    from blogkit.search.query import Condition
    from blogkit.search.searcher import Index
    from blogkit.text.dates import PostDate

_READS_TEXT = ("text", "label")
"""Kinds of conditions that need the post's text; of the others, its head or the index is enough."""


class PostFacts:
    """What is known of a post without its text, and a way to its text.

    Args:
        number: its number in the index.
        titles: its title, and those of its other copies.
        date: its date.
        tags: its tags, and those that its reader gave it.
        categories: its categories.
        section_count: how many sections it has.
        paths: gives the files that hold a copy of it.
        load: gives the whole post.
        has_notes: whether its reader wrote something beside it.
    """

    __slots__ = (
        "_load", "_paths", "_post", "_sections", "categories", "date", "has_notes", "number",
        "section_count", "tags", "titles",
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
        has_notes: bool = False,
    ) -> None:
        self.number = number
        self.titles = titles
        self.date = date
        self.tags = tags
        self.categories = categories
        self.section_count = section_count
        self._paths = paths
        self._load = load
        self.has_notes = has_notes
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


def is_feature(condition: Condition) -> bool:
    """Whether a condition asks for something that sections have, and not for what a post has."""
    return condition.kind == "has" and condition.value in FEATURES


class Held:
    """What the index says of a condition: which sections may have what it looks for.

    Args:
        pieces: what any such section has in the index.
        index: the index.
        is_exact: whether each section that has the pieces has what is looked for.
    """

    def __init__(self, pieces: Sequence[str], index: Index, *, is_exact: bool) -> None:
        self.is_exact = is_exact
        self._pieces = pieces
        self._index = index
        self._posts: set[int] | None = None
        self._sections: dict[int, set[int]] | None = None

    @property
    def posts(self) -> set[int]:
        """The posts with such a section."""
        if self._posts is None:
            self._posts = self._index.posts_with(self._pieces)
        return self._posts

    @property
    def sections(self) -> dict[int, set[int]]:
        """By post, the sections."""
        if self._sections is None:
            self._sections = self._index.sections_with(self._pieces)
        return self._sections

    def among(self, posts: Collection[int]) -> dict[int, set[int]]:
        """The same of some posts."""
        return self._index.sections_with(self._pieces, posts)


class Selection:
    """The posts, or sections, that a query's conditions leave.

    Args:
        sections: for each post that is left, in the library's order, the sections that are as the
            conditions want them by themselves; none where only the whole post is.
        by: ``post`` or ``section``.
    """

    __slots__ = ("_by", "_sections")

    def __init__(self, sections: dict[int, tuple[int, ...]], by: str) -> None:
        self._sections = sections
        self._by = by

    @property
    def posts(self) -> Collection[int]:
        """The posts that are left, in the library's order."""
        return self._sections.keys()

    def allows(self, post: int, section: int) -> bool:
        """Whether the section may be found."""
        if self._by == "post":
            return post in self._sections
        return section in self._sections.get(post, ())

    def prefers(self, post: int, section: int) -> bool:
        """Whether the section shows why its post was found, as far as the conditions go."""
        chosen = self._sections[post]
        return not chosen or section in chosen

    def places(self) -> Iterator[tuple[int, int]]:
        """What is left: each section, or of each post any."""
        for post, chosen in self._sections.items():
            yield from ((post, section) for section in (chosen if self._by == "section" else (0,)))

    def shown(self, posts: Sequence[int]) -> dict[int, int]:
        """Of each of some posts the section that shows it; of one that is gone any."""
        return {post: next(iter(self._sections.get(post, ())), 0) for post in posts}


class IndexedSelection(Selection):
    """Posts of which the index decides every condition: no text is read, few sections looked at.

    Args:
        posts: numbers of the posts that are left, in the library's order.
        clauses: what must hold, each condition with what the index says of it.
        look: makes the selection of some posts alone.
    """

    __slots__ = ("_clauses", "_look", "_shows_text")

    def __init__(
        self,
        posts: Sequence[int],
        clauses: Sequence[Sequence[tuple[Condition, Held]]],
        look: Callable[[Collection[int]], Selection],
    ) -> None:
        super().__init__(dict.fromkeys(posts, ()), "post")
        self._clauses = clauses
        self._look = look
        self._shows_text = any(not c.is_negated for clause in clauses for c, _ in clause)

    def prefers(self, post: int, section: int) -> bool:
        """Whether the section shows why its post was found, as far as the conditions go."""
        return not self._shows_text or all(
            any((section in h.sections.get(post, ())) != c.is_negated for c, h in clause)
            for clause in self._clauses
        )

    def shown(self, posts: Sequence[int]) -> dict[int, int]:
        """Of each of some posts the section that shows it."""
        return self._look(posts).shown(posts)


def posts_left(
    clauses: Sequence[Sequence[tuple[Condition, Held]]], numbers: Callable[[], Sequence[int]]
) -> list[int]:
    """The posts that meet every clause, in the library's order, as the index says.

    Args:
        clauses: of each clause at least one condition must hold.
        numbers: gives the numbers of all posts.
    """
    left: set[int] | None = None
    for clause in clauses:
        having = set[int]().union(*(h.posts for c, h in clause if not c.is_negated))
        lacking = [h.posts for c, h in clause if c.is_negated]
        if lacking:
            without = set.intersection(*lacking) - having
            left = (set(numbers()) if left is None else left) - without
        else:
            left = having if left is None else left & having
    return sorted(left or ())


def select(
    clauses: Sequence[Sequence[Condition]],
    facts: Iterable[PostFacts],
    *,
    by: str,
    places: Sequence[str],
    held: Mapping[Condition, tuple[Mapping[int, set[int]], bool]],
) -> Selection:
    """The posts that meet every clause, or with ``by="section"`` the sections that do.

    A post has what any of its sections has, so that a phrase in one and a word in another
    find it; and a post that has an excluded word anywhere is excluded.

    Args:
        clauses: what must hold: of each clause at least one condition.
        facts: the posts to choose from.
        by: ``post`` or ``section``.
        places: fields of the index in which words and phrases are looked for; all, if empty.
        held: for some conditions, the only sections, by post, that may have what they look for; and
            whether they have it.
    """
    tests = [
        [_Test(condition, places, *held.get(condition, (None, False))) for condition in clause]
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
        is_decided: bool,
    ) -> None:
        self.condition = condition
        self.reads_text = condition.kind in _READS_TEXT or is_feature(condition)
        self.shows_text = self.reads_text and not condition.is_negated
        self._may_hold = may_hold
        self._is_decided = is_decided
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


def _head_has(feature: str, post: PostFacts) -> bool:
    if feature == "tag":
        return bool(post.tags)
    if feature == "category":
        return bool(post.categories)
    if feature == "note":
        return post.has_notes
    return bool(post.date) if feature == "date" else post.date.year is not None


def _is_path(value: str, path: str) -> bool:
    """Whether a path has the value in it, or is as a pattern with ``*`` says."""
    folded, wanted = fold(path.replace(os.sep, "/")), fold(value)
    if "*" in wanted or "?" in wanted:
        return fnmatchcase(folded, f"*{wanted}")
    return wanted in folded
