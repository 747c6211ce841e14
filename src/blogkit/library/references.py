"""What a post refers to, by a title in ``《》``, a link or a label, and what refers to it."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from blogkit.library.reports import Citing, FullPost, Reference
from blogkit.posts import Post
from blogkit.store.citations import all_labels, all_names, citing, labels_named_by, named_by
from blogkit.store.database import Database
from blogkit.store.posts import read_post
from blogkit.text.naming import (
    keys_of_citations,
    keys_of_names,
    labels_in,
    link_keys,
    referenced_labels,
    referenced_titles,
    title_key,
)


class Names:
    """The posts of a library by what another post may call them.

    Args:
        known: id, title and address of each post; of several with one title or one address the
            last given counts.
        labels: labels of parts of posts, with id and title of the post of each.
    """

    def __init__(
        self,
        known: Iterable[tuple[str, str, str | None]],
        labels: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        self._by_label = labels or {}
        self._by_title: dict[str, str] = {}
        self._by_address: dict[str, tuple[str, str]] = {}
        for post_id, title, address in known:
            self._by_title[title_key(title)] = post_id
            for key in link_keys("", [address] if address else ()):
                self._by_address[key] = post_id, title

    def references(
        self, post_id: str | None, text: str, links: Iterable[str] = ()
    ) -> list[Reference]:
        """The titles that a post names, then the titles of the posts that it only links to.

        >>> names = Names([("b", "乙", None), ("c", "丙", "https://kexue.fm/archives/2")])
        >>> found = names.references("a", "见《乙》与 http://spaces.ac.cn/archives/2/。")
        >>> [(reference.title, reference.post_id) for reference in found]
        [('乙', 'b'), ('丙', 'c')]
        """
        titles = referenced_titles(text)
        named = [Reference(title, self._by_title.get(title_key(title))) for title in titles]
        found = {reference.post_id for reference in named} | {post_id}
        for key in link_keys(text, links) if self._by_address else ():
            linked, title = self._by_address.get(key, (post_id, ""))
            if linked not in found:
                found.add(linked)
                named.append(Reference(title, linked))
        return self._with_labels(named, text) if self._by_label else named

    def _with_labels(self, named: list[Reference], text: str) -> list[Reference]:
        """References, with those to the posts of which the text names a label."""
        labels: dict[tuple[str, str], list[str]] = defaultdict(list)
        for label in referenced_labels(text):
            if label in self._by_label:
                labels[self._by_label[label]].append(label)
        for (post_id, title), names in labels.items():
            known = next((n for n, each in enumerate(named) if each.post_id == post_id), None)
            if known is None:
                named.append(Reference(title, post_id, tuple(names)))
            else:
                named[known] = Reference(named[known].title, post_id, tuple(names))
        return named


def names_of_posts(posts: Sequence[Post]) -> Names:
    """The names of posts; of several with one name the first is meant."""
    return Names(
        [(post.id or "", title, None) for post in reversed(posts) for title in post.other_titles]
        + [(post.id or "", post.title, post.address) for post in reversed(posts)],
        {
            label: (post.id or "", post.title)
            for post in reversed(posts)
            for label in labels_in(post.text)
        },
    )


def names_of_library(database: Database) -> Names:
    """The names of all posts of a library."""
    return Names(all_names(database), all_labels(database))


def full_posts(posts: Sequence[Post], library: str) -> Iterator[FullPost]:
    """All posts of a library with their references, each as ``full_post`` has it.

    Args:
        posts: all posts, in the library's order; of several with one title the first is meant.
        library: its folder.
    """
    by_key: dict[str, list[Citing]] = defaultdict(list)
    for post in posts:
        for key in keys_of_citations(post.text, post.links):
            by_key[key].append(Citing(post.title, post.id or ""))
    place = {post.id or "": number for number, post in enumerate(posts)}
    names = names_of_posts(posts)
    for post in posts:
        own_keys = keys_of_names((post.title, *post.other_titles), post.address, post.text)
        others = {citing for key in own_keys for citing in by_key.get(key, ())}
        others.discard(Citing(post.title, post.id or ""))
        citing_it = sorted(others, key=lambda citing: place[citing.post_id])
        references = names.references(post.id, post.text, post.links)
        yield _with_references(post, references, citing_it, library)


def read_full_post(database: Database, number: int) -> FullPost:
    """A post with its references, resolved both ways."""
    post = read_post(database, number)
    return _with_references(
        post,
        Names(named_by(database, number), labels_named_by(database, number)).references(
            post.id, post.text, post.links
        ),
        [Citing(title, post_id) for title, post_id in citing(database, number)],
        os.path.dirname(database.path),
    )


def _with_references(
    post: Post, references: Iterable[Reference], citing: Iterable[Citing], library: str
) -> FullPost:
    values = {name: getattr(post, name) for name in Post.__match_args__}
    return FullPost(
        **values,
        references=tuple(references),
        referenced_by=tuple(citing),
        library=library,
    )
