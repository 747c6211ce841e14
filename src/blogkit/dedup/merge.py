"""Several copies made one post, and the passages in which a copy differs."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from blogkit.dedup.bare import bare
from blogkit.dedup.contrast import contrast
from blogkit.dedup.wording import Wording, wording_of
from blogkit.posts import OtherPassage, Post
from blogkit.spans import Span
from blogkit.text.dates import UNDATED, PostDate
from blogkit.text.normalize import collapse_space, squeeze
from blogkit.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that a copy has otherwise than the kept one."""

    path: str | None
    """File of the copy."""
    line: int
    """Line of the copy where the passage stands, or would stand."""
    kept: str
    """The passage in the kept copy; empty if it lacks it."""
    other: str
    """The passage in the copy; empty if it lacks it."""
    only: str | None = None
    """What alone differs, where the two look much the same: white space, width, …"""

    def to_dict(self) -> dict[str, object]:
        """The difference as JSON has it."""
        found: dict[str, object] = {
            "path": self.path,
            "line": self.line,
            "kept": self.kept,
            "other": self.other,
        }
        if self.only:
            found["only"] = self.only
        return found


def fullest(copies: Sequence[Post]) -> int:
    """Index of the copy that says most; of equals, the first."""
    if len(copies) == 1:
        return 0
    return max(range(len(copies)), key=lambda index: (_squeezed_chars(copies[index]), -index))


def _squeezed_chars(copy: Post) -> int:
    """How long its text is when it is squeezed; folding changes no length."""
    return sum(map(len, copy.text.split()))


def merge(copies: Sequence[Post]) -> Post:
    """One post from its copies: the fullest, completed by what the others know.

    Args:
        copies: at least one, in the order in which they were added, each with one occurrence.

    Returns:
        The fullest copy with title, date, tags, categories, comments and address from whichever
        copy has them, all links and occurrences, the kept one's first, and what else the others
        say: their titles, and the passages that the kept one lacks.
    """
    kept_index = fullest(copies)
    kept = copies[kept_index]
    others = [copy for index, copy in enumerate(copies) if index != kept_index]
    by_preference = [kept, *others]
    titled = next((copy for copy in by_preference if copy.title_from == "heading"), kept)
    occurrences = [kept.occurrences[0]]
    occurrences += [replace(copy.occurrences[0], kept=False) for copy in others]
    return replace(
        kept,
        title=titled.title,
        title_from=kept.title_from if titled is kept else "duplicate",
        date=_merged_date([copy.date for copy in by_preference]),
        tags=next((copy.tags for copy in by_preference if copy.tags), ()),
        categories=next((copy.categories for copy in by_preference if copy.categories), ()),
        comments=next((c.comments for c in by_preference if c.comments is not None), None),
        occurrences=tuple(occurrences),
        address=next((copy.address for copy in by_preference if copy.address), None),
        links=tuple(dict.fromkeys(link for copy in by_preference for link in copy.links)),
        other_titles=_other_titles(titled.title, by_preference),
        other_passages=tuple(_other_passages(kept, others)),
    )


def _other_titles(title: str, copies: Sequence[Post]) -> tuple[str, ...]:
    """The copies' own titles that are written otherwise than the one that the post bears."""
    titles = {
        squeeze(copy.title): copy.title for copy in reversed(copies) if copy.title_from == "heading"
    }
    titles.pop(squeeze(title), None)
    return tuple(reversed(titles.values()))


def _other_passages(kept: Post, others: Sequence[Post]) -> Iterator[OtherPassage]:
    """The passages of other copies that the kept text has nowhere, each once.

    Punctuation, width and white space make no difference.
    """
    if not others:
        return
    own, known = wording_of(kept), bare(squeeze(kept.text))
    seen = {collapse_space(kept.text)}
    for occurrence, other in enumerate(others, start=1):
        text = collapse_space(other.text)
        if text in seen:
            continue
        seen.add(text)
        for _, passages, line in _changes(own, wording_of(other)):
            if not passages:
                continue
            span = Span(passages[0].start, passages[-1].end)
            said = bare(squeeze(span.of(other.text)))
            if said and said not in known and said not in seen:
                seen.add(said)
                yield OtherPassage(occurrence, line, span, span.of(other.text))


def _merged_date(dates: list[PostDate]) -> PostDate:
    """The first date, made fuller by one that does not contradict it."""
    known = [date for date in dates if date]
    if not known:
        return UNDATED
    first = known[0]
    fuller = (date for date in known if date.year and first.agrees(date))
    return first if first.year else next(fuller, first)


def differences(kept: Wording, other: Wording) -> Iterator[Difference]:
    """The passages in which a copy differs from the kept one, sentence by sentence, in order.

    A title that only one of them has comes first. White space alone makes no difference.
    """
    if collapse_space(kept.heading) != collapse_space(other.heading):
        yield _difference(other.path, other.line, kept.heading, other.heading)
    for of_kept, of_other, line in _changes(kept, other):
        yield _difference(other.path, line, _text(kept, of_kept), _text(other, of_other))


def _difference(path: str | None, line: int, kept: str, other: str) -> Difference:
    return Difference(path, line, kept, other, contrast(kept, other))


def _changes(kept: Wording, other: Wording) -> Iterator[tuple[list[Span], list[Span], int]]:
    """The runs of sentences in which two copies differ, and their lines in the second."""
    parts = _parts_that_differ(kept, other)
    spans = _sentences(kept, parts[0]), _sentences(other, parts[1])
    words = [
        [collapse_space(span.of(copy.text)) for span in of_copy]
        for copy, of_copy in ((kept, spans[0]), (other, spans[1]))
    ]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for tag, from_kept, to_kept, from_other, to_other in matcher.get_opcodes():
        if tag != "equal":
            is_within = from_other < len(spans[1])
            line = other.line_of(spans[1][from_other].start) if is_within else other.end_line
            yield spans[0][from_kept:to_kept], spans[1][from_other:to_other], line


def _sentences(copy: Wording, part: Span) -> list[Span]:
    found = sentences(part.of(copy.text))
    return [Span(part.start + span.start, part.start + span.end) for span in found]


def _parts_that_differ(kept: Wording, other: Wording) -> tuple[Span, Span]:
    """Two copies without the blocks at their beginnings and ends that they share, but for one.

    The one says where stands what only the first copy has. No formula reaches from one block into
    another, so that the parts have the same sentences as the whole texts.
    """
    texts, begun = (kept.text, other.text), (kept.block_starts, other.block_starts)
    shared = _shared_chars(lambda length: texts[0][:length] == texts[1][:length], texts)
    start = max((at for at in begun[0] & begun[1] if at <= shared), default=0)
    behind = texts[0][start:], texts[1][start:]
    shared = _shared_chars(lambda length: behind[0][-length:] == behind[1][-length:], behind)
    left = [{len(text) - at for at in starts} for text, starts in zip(texts, begun, strict=True)]
    cut = sorted(length for length in left[0] & left[1] if length <= shared)[-2:-1] or [0]
    return Span(start, len(texts[0]) - cut[0]), Span(start, len(texts[1]) - cut[0])


def _shared_chars(are_equal: Callable[[int], bool], texts: tuple[str, str]) -> int:
    """The greatest length at which two texts are equal; where one is, so is each smaller one."""
    return bisect_left(range(1, min(map(len, texts)) + 1), True, key=lambda n: not are_equal(n))


def _text(copy: Wording, spans: list[Span]) -> str:
    return copy.text[spans[0].start : spans[-1].end] if spans else ""
