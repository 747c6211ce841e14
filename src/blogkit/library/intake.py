"""Taking copies into the database: finding what they are copies of, merging, letting go.

All functions here run inside one transaction of ``Database.writing``.
"""

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from blogkit.dedup.likeness import EXACT, ComparedText, Likeness, are_of_series, compare
from blogkit.dedup.merge import fullest, merge
from blogkit.errors import PostIdError
from blogkit.language import Message
from blogkit.library.fingerprinting import Progress, put_fingerprints, renew_fingerprints
from blogkit.library.picture_intake import PictureIntake
from blogkit.posts import Post
from blogkit.sources.images.finding import PictureFinder
from blogkit.sources.read import with_formulas
from blogkit.sources.reading import SourceProblem
from blogkit.store import copies as stored_copies
from blogkit.store import pictures as stored_pictures
from blogkit.store import posts as stored_posts
from blogkit.store.copies import Copy
from blogkit.store.database import Database
from blogkit.text.normalize import storable

CANDIDATES_COMPARED = 20
"""Copies with the most shared fingerprints that a new one is compared with."""
_ID_CHARS = 10


@dataclass(slots=True)
class Intake:
    """One transaction's work on copies, counted."""

    database: Database
    """Where they go."""
    generation: int
    """The generation that the transaction makes."""
    progress: Progress | None = None
    """Called with each copy, where fingerprints of another version are made anew."""
    entries: int = 0
    """Copies taken in."""
    new_posts: int = 0
    """Posts made."""
    merged: int = 0
    """Copies that joined a post of other sources, or of an earlier place in their own."""
    pictures: int = 0
    """Pictures that the copies refer to and that are kept."""
    problems: list[SourceProblem] = field(default_factory=list)
    """Pictures that are not kept, and why."""
    _touched: set[int] = field(default_factory=set)
    _emptied: set[int] = field(default_factory=set)
    """Posts that lost a copy: what is stored of the kept one may be of another."""
    _known: dict[tuple[int, int], Likeness | None] = field(default_factory=dict)
    """How two copies are alike that were compared, by their rows, the earlier first."""
    _has_dropped: bool = False

    def take(self, source: int, posts: Sequence[Post], finder: PictureFinder | None = None) -> None:
        """Make posts the copies that a source holds, in place of those it held before.

        Args:
            source: the source.
            posts: what it holds.
            finder: what finds their pictures; those that it does not find and that were known
                of the source before stay.
        """
        renew_fingerprints(self.database, self.progress)
        old = stored_copies.read_copies_of_source(self.database, source)
        old_ids = {copy.id for copy in old}
        same_post = self._only_home(old) if len(posts) == 1 else None
        known = stored_pictures.pictures_of_source(self.database, source)
        for post in posts:
            self.entries += 1
            copy = self._take_one(source, post, old_ids, same_post)
            self._keep_pictures(copy, post, finder, known)
        self._drop(old)

    def drop_source(self, source: int) -> None:
        """Forget all copies of a source."""
        self._drop(stored_copies.read_copies_of_source(self.database, source))

    def renew(self, number: int) -> None:
        """Let a post be merged anew from its copies."""
        self._touched.add(number)

    def finish(self) -> None:
        """Merge anew every post whose copies changed; forget those that have none left."""
        while self._touched:
            self._refresh(self._touched.pop())
        if self._has_dropped:
            stored_pictures.delete_orphans(self.database)

    def _keep_pictures(
        self, copy: int, post: Post, finder: PictureFinder | None, known: Mapping[str, str]
    ) -> None:
        """Keep the pictures of a copy that are at hand."""
        kept = PictureIntake(self.database, copy, finder, known)
        kept.take(post)
        self.pictures += kept.count
        self.problems += kept.problems

    def _take_one(self, source: int, post: Post, old_ids: set[int], same_post: int | None) -> int:
        """Take in one copy; its row."""
        compared = ComparedText(post)
        candidates = self._candidates(compared)
        matches = _alike(candidates)
        number = self._home(matches)
        if number is None and same_post is not None:
            number = same_post
        if post.id:
            self._free_given(post.id, number, source)
        is_new = number is None
        if number is None:
            number = self._new_post(compared, post.id)
        elif any(copy.post_number == number and copy.id not in old_ids for copy, _ in matches):
            self.merged += 1
        copy = stored_copies.insert_copy(
            self.database,
            post,
            post_number=number,
            source=source,
            given_id=post.id,
            digest=compared.digest(),
        )
        put_fingerprints(self.database, copy, compared)
        is_as_stored = storable(post.text) == post.text
        if is_as_stored and matches:
            self._known.update(((other.id, copy), likeness) for other, likeness in candidates)
        if post.id and stored_posts.number_by_id(self.database, post.id) is None:
            stored_posts.put_alias(self.database, post.id, number)
        if is_new and is_as_stored:
            # The only copy so far, and stored as it is: it need not be read back to be merged.
            stored_posts.write_post(
                self.database, number, merge([post]), copies=[copy], generation=self.generation
            )
        else:
            self._touched.add(number)
        return copy

    def _candidates(self, compared: ComparedText) -> list[tuple[Copy, Likeness | None]]:
        """The copies that a text was compared with, and how it is like each."""
        found = []
        for copy in stored_copies.candidates(
            self.database,
            compared.digest(),
            compared.fingerprints(),
            title=compared.title or "",
            key=compared.address,
            limit=CANDIDATES_COMPARED,
        ):
            likeness = _likeness(copy, compared)
            found.append((copy, likeness))
            if likeness == EXACT:  # what else is like it has joined this one's post
                break
        return found

    def _home(self, matches: list[tuple[Copy, Likeness]]) -> int | None:
        """The post that a copy with these matches belongs to; posts that it joins become one.

        A text that holds several posts as excerpts is a collection of them, not a copy.
        """
        whole = {copy.post_number for copy, likeness in matches if likeness.kind != "excerpt"}
        numbers = sorted(whole or {copy.post_number for copy, _ in matches})
        if not numbers or (not whole and len(numbers) > 1):
            return None
        for absorbed in numbers[1:]:
            self._absorb(absorbed, numbers[0])
        return numbers[0]

    def _only_home(self, old: Sequence[Copy]) -> int | None:
        """The post of a source's only copy, if no other source has a copy of it.

        A file that held one post and holds one now holds the same post, however it was rewritten.
        """
        if len(old) != 1:
            return None
        number = old[0].post_number
        return number if len(stored_copies.read_copies(self.database, post=number)) == 1 else None

    def _absorb(self, absorbed: int, into: int) -> None:
        for copy in stored_copies.read_copies(self.database, post=absorbed):
            stored_copies.move_copy(self.database, copy.id, to_post=into)
        stored_posts.absorb_post(self.database, absorbed, into, self.generation)
        self._touched.discard(absorbed)

    def _new_post(self, compared: ComparedText, given: str | None) -> int:
        self.new_posts += 1
        post_id = given or _free_id(self.database, compared)
        return stored_posts.new_post(self.database, post_id, self.generation)

    def _free_given(self, given: str, number: int | None, source: int) -> None:
        """Take a given id from the post that the source's former copy belongs to.

        Raises:
            PostIdError: if another post has the id.
        """
        owner = stored_posts.number_by_id(self.database, given)
        if owner is None or owner == number:
            return
        if not stored_copies.has_copy(self.database, source=source, post=owner):
            raise PostIdError(
                Message(
                    "post '{given}': another post has this id, '{title}', with other content; "
                    "give another id",
                    given=given,
                    title=stored_posts.read_post(self.database, owner).title,
                )
            )
        self._take_away(given, owner)

    def _take_away(self, given: str, owner: int) -> None:
        """Let a post go by the id of its next copy, or one made of its content."""
        copies = stored_copies.read_copies(self.database, post=owner)
        others = [copy for copy in copies if copy.given_id != given]
        instead = next((copy.given_id for copy in others if copy.given_id), None)
        stored_posts.drop_id(
            self.database,
            given,
            instead=instead or _free_id(self.database, ComparedText((others or copies)[0].post)),
        )

    def _drop(self, copies: Iterable[Copy]) -> None:
        for copy in copies:
            self._has_dropped = True
            stored_copies.delete_copy(self.database, copy.id)
            # An earlier copy of the same intake may have joined this copy's post to another.
            self._touched.add(copy.post_number)
            self._emptied.add(copy.post_number)
            self._known.clear()  # another copy may get its row

    def _refresh(self, number: int) -> None:
        copies = stored_copies.read_copies(self.database, post=number)
        if not copies:
            if stored_posts.exists(self.database, number):
                stored_posts.delete_post(self.database, number, self.generation)
            return
        kept = copies[fullest([copy.post for copy in copies])]
        compared = ComparedText(kept.post)
        alike: list[Copy] = []
        for copy in copies:
            if copy is kept:
                alike.insert(0, copy)
            elif likeness := self._likeness_of(copy, kept, compared):
                alike.append(copy)
                self._set_likeness(copy, likeness.kind, likeness.similarity)
            else:
                self._part(copy)
        self._set_likeness(kept, None, None)
        merged = merge([copy.post for copy in sorted(alike, key=_row)])
        has_formulas = (
            number not in self._emptied and stored_posts.kept_copy(self.database, number) == kept.id
        )
        stored_posts.write_post(
            self.database,
            number,
            merged if has_formulas else with_formulas(merged)[0],
            copies=[copy.id for copy in alike],
            generation=self.generation,
            has_formulas=has_formulas,
        )

    def _likeness_of(self, copy: Copy, kept: Copy, compared: ComparedText) -> Likeness | None:
        """How two stored copies are alike; they may have been compared when the later came."""
        rows = min(copy.id, kept.id), max(copy.id, kept.id)
        if rows not in self._known:
            return _likeness(copy, compared, kept.digest)
        return self._known[rows]

    def _set_likeness(self, copy: Copy, kind: str | None, similarity: float | None) -> None:
        if (copy.kind, copy.similarity) != (kind, similarity):
            stored_copies.set_likeness(self.database, copy.id, kind, similarity)

    def _part(self, copy: Copy) -> None:
        """Give a copy a post of its own: what made it one with the others is gone."""
        if copy.given_id:
            self._take_away(copy.given_id, copy.post_number)
        number = self._new_post(ComparedText(copy.post), copy.given_id)
        stored_copies.move_copy(self.database, copy.id, to_post=number)
        self._touched.add(number)


def _row(copy: Copy) -> int:
    return copy.id


def _alike(candidates: Iterable[tuple[Copy, Likeness | None]]) -> list[tuple[Copy, Likeness]]:
    """Those that are alike, the closest first."""
    found = [(copy, likeness) for copy, likeness in candidates if likeness]
    return sorted(found, key=lambda match: match[1].rank, reverse=True)


def _likeness(copy: Copy, compared: ComparedText, digest: bytes | None = None) -> Likeness | None:
    """How a stored copy is like a text; of equal texts the digest tells."""
    stored = ComparedText(copy.post)
    if copy.digest != (digest or compared.digest()):
        return compare(stored, compared)
    return None if are_of_series(stored, compared) else EXACT


def _free_id(database: Database, compared: ComparedText) -> str:
    """A short id made from content; salted where another content has it already."""
    content = compared.squeezed.encode("utf-8", "surrogatepass")
    for salt in itertools.count():
        digest = hashlib.sha256(content + (b"%d" % salt if salt else b"")).hexdigest()
        if stored_posts.number_by_id(database, digest[:_ID_CHARS]) is None:
            return digest[:_ID_CHARS]
    raise AssertionError("count() does not end")
