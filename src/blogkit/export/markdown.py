"""Posts as Markdown with front matter, a file each, as site generators and editors read them.

What was Markdown comes out as it went in, but for the kind of list or quotation it stood in and the
language of code, which a post does not keep.
"""

import datetime
import re
from collections.abc import Sequence

from blogkit.export.folder import Folder, long_name
from blogkit.posts import Block, Post
from blogkit.text.dates import PostDate

_TICKS = re.compile(r"`{3,}")
_MARKUP = re.compile(
    r"""^(?P<before>[ ]{0,3}(?:\d{1,9}(?=[.)]\s))?)
    (?P<mark>
        (?<=\d)[.)] | (?:[-+*]|\#{1,6})(?=\s) | > | `{3,} | ~{3,}
        | (?:={2,}|-{2,}|\*{3,}|_{3,})[ \t]*$
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""What begins a block of Markdown, with what may stand before it on its line."""
_WHOLE_CAPTION = re.compile(r"[^\]\n]+")


def write_markdown(posts: Sequence[Post], folder: Folder) -> int:
    """A file for each post, named by its title and id; how many that are."""
    for post in posts:
        folder.put(f"{long_name(post)}.md", to_markdown(post))
    return len(posts)


def to_markdown(post: Post) -> str:
    r"""A post as Markdown, with what is known of it as YAML in front.

    >>> print(to_markdown(Post(title="Softmax", text="设 $x$ 为实数。", tags=("优化",))))
    ---
    title: Softmax
    tags:
    - 优化
    ---
    <BLANKLINE>
    设 $x$ 为实数。
    <BLANKLINE>
    """
    return f"{_front_matter(post)}\n\n{body(post)}\n"


def body(post: Post) -> str:
    """The text of a post as Markdown, without title and front matter."""
    return "\n\n".join([_block(post, block) for block in post.blocks] or [post.text])


def _front_matter(post: Post) -> str:
    import yaml

    known: dict[str, object] = {"title": post.title}
    if post.id:
        known["id"] = post.id
    if post.date:
        known["date"] = _date(post.date)
    if post.tags:
        known["tags"] = list(post.tags)
    if post.categories:
        known["categories"] = list(post.categories)
    if post.address:
        known["canonical_url"] = post.address
    if post.truncated:
        known["truncated"] = True
    shown: str = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10**9)
    return f"---\n{shown}---"


def _date(date: PostDate) -> datetime.date | str:
    """A whole date as YAML knows it; of others what is known, ``2020-06`` or ``06-05``."""
    if date.year and date.month and date.day:
        try:
            return datetime.date(date.year, date.month, date.day)
        except ValueError:  # the 31st of a shorter month
            pass
    parts = (date.year, date.month, date.day)
    return "-".join(f"{part:02}" for part in parts if part is not None)


def _block(post: Post, block: Block) -> str:
    inside = block.span.of(post.text)
    if block.kind == "heading":
        return "#" * min(block.level or 2, 6) + " " + " ".join(inside.split("\n"))
    if block.kind == "code":
        longest = max(map(len, _TICKS.findall(inside)), default=2)
        fence = "`" * (longest + 1)
        return f"{fence}\n{inside}\n{fence}"
    if block.kind == "caption" and _WHOLE_CAPTION.fullmatch(inside):
        return f"![{inside}]()"
    return _as_prose(post, block)


def _as_prose(post: Post, block: Block) -> str:
    """A paragraph with a backslash where one of its lines would begin a list, heading or quotation.

    Lines inside of formulas are left as they are.
    """
    formulas = [f.span for f in post.formulas if f.span.start < block.span.end]

    def escape(match: re.Match[str]) -> str:
        place = block.span.start + match.start()
        if any(span.start < place < span.end for span in formulas):
            return match[0]
        return f"{match['before']}\\{match['mark']}"

    return _MARKUP.sub(escape, block.span.of(post.text)).lstrip(" \t")
