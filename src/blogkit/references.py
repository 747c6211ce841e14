"""Titles that a post names in ``《》``, and the posts that bear them; and the other way round."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from blogkit.posts import Post
from blogkit.reports import Citing, FullPost, Reference
from blogkit.text.normalize import fold, fold_script

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_MARKS = re.compile(r"[\W_]+")


def referenced_titles(text: str) -> list[str]:
    """The titles between ``《`` and ``》``, in order, each once; of nested ones the outer.

    >>> referenced_titles("参考《寻求一个光滑的最大值函数》《软化》等")
    ['寻求一个光滑的最大值函数', '软化']
    """
    return list(dict.fromkeys(title.strip() for title in _TITLE.findall(text)))


def title_key(title: str) -> str:
    """What two ways to write a title share: its letters, whatever width, script and marks.

    >>> title_key("“让Keras更酷一些！”：层") == title_key("「讓 Keras 更酷一些!」:层")
    True
    """
    folded = fold(fold_script(title))
    return _MARKS.sub("", folded) or folded.strip()


def resolve(titles: Iterable[str], known: Iterable[tuple[str, str]]) -> Iterator[Reference]:
    """Each title with the post that bears it, however it is written.

    Args:
        titles: as the text has them.
        known: id and title of each post; of several with one title the last given counts.
    """
    by_title = {title_key(title): post_id for post_id, title in known}
    for title in titles:
        yield Reference(title, by_title.get(title_key(title)))


def citing_posts(post: Post, texts: Iterable[tuple[str, str, str]]) -> Iterator[Citing]:
    """The posts whose text names a post's title, the post itself left out.

    Args:
        post: the post that is named.
        texts: id, title and text of the posts that may name it.
    """
    wanted = title_key(post.title)
    for post_id, title, text in texts:
        if post_id != post.id and wanted in map(title_key, referenced_titles(text)):
            yield Citing(title, post_id)


def full_posts(posts: Sequence[Post]) -> Iterator[FullPost]:
    """All posts of a library with their references, each as ``full_post`` has it.

    Args:
        posts: all posts, in the library's order; of several with one title the first is meant.
    """
    named = [referenced_titles(post.text) for post in posts]
    citing: dict[str, list[Citing]] = defaultdict(list)
    for post, titles in zip(posts, named, strict=True):
        for key in dict.fromkeys(map(title_key, titles)):
            citing[key].append(Citing(post.title, post.id or ""))
    by_title = {title_key(post.title): post.id for post in reversed(posts)}
    for post, titles in zip(posts, named, strict=True):
        references = (Reference(title, by_title.get(title_key(title))) for title in titles)
        others = (c for c in citing[title_key(post.title)] if c.post_id != post.id)
        yield _with_references(post, references, others)


def full_post(
    post: Post, known: Iterable[tuple[str, str]], texts: Iterable[tuple[str, str, str]]
) -> FullPost:
    """A post with its references, resolved both ways.

    Args:
        post: the post.
        known: id and title of each post.
        texts: id, title and text of the posts that may name it.
    """
    references = resolve(referenced_titles(post.text), known)
    return _with_references(post, references, citing_posts(post, texts))


def _with_references(
    post: Post, references: Iterable[Reference], citing: Iterable[Citing]
) -> FullPost:
    values = {field.name: getattr(post, field.name) for field in fields(Post)}
    return FullPost(**values, references=tuple(references), referenced_by=tuple(citing))
