"""A post as a page of HTML that needs nothing else: formulas as MathML, style inside, no script.

The page is well-formed XML too. All text of posts is escaped, and the page's own policy lets
nothing run, nor load but the pictures beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from blogkit.library.formulas import Formula
from blogkit.structure.inline import block_tokens, table_rows
from blogkit.structure.references import References, has_tag
from blogkit.views.clean import shown_date
from blogkit.views.elements import escaped, figure_html, inline_html, nested, table_html
from blogkit.views.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogkit.library.reports import FullPost
    from blogkit.posts import Block, FormulaSource, Picture
    from blogkit.structure.inline import Token
    from blogkit.structure.references import Target

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; form-action 'none'; "
    "base-uri 'none'"
)
"""A page loads its own pictures and nothing else; opened from disk, these are files."""
NOTHING: Mapping[str, str] = MappingProxyType({})

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fdfcf9; --faint: #6b6b6b;
  --line: #dedad0; --link: #1f4f8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #dcd9d2; --paper: #171717; --faint: #98958e;
  --line: #383633; --link: #8db4e8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 2rem 1.25rem 5rem; color: var(--ink);
  background: var(--paper); font: 1.0625rem/1.8 Georgia, "Noto Serif CJK SC", "Source Han Serif SC",
  "Songti SC", SimSun, serif; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.35; margin: 1.5rem 0 .5rem; }
h2, h3, h4, h5, h6 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
p { margin: .9rem 0; }
li > p { margin: .3rem 0; }
blockquote { margin: .9rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
.inset { padding-left: 1.6rem; }
li.task { list-style: none; } li.task > .task-box { float: left; margin-left: -1.3rem; }
em .han { font-style: normal; }
.han { text-emphasis: filled dot; text-emphasis-position: under right; }
.together { white-space: nowrap; }
.half { margin: 0 .2em 0 -.08em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .2em; }
nav, .facts, figcaption, .number { color: var(--faint); font-size: .9rem; }
.facts { border-bottom: 1px solid var(--line); padding-bottom: .8rem; }
.display { display: flex; align-items: center; gap: 1rem; margin: .6rem 0; padding: .4rem 0;
  overflow: auto hidden; }
.display > :first-child { flex: 1 0 auto; text-align: center; }
.display .number { flex: none; text-decoration: none; }
:target { background: color-mix(in srgb, var(--link) 14%, transparent); }
pre { overflow-x: auto; padding: .8rem; border: 1px solid var(--line); font-size: .9rem;
  line-height: 1.5; }
math { font-family: "STIX Two Math", "Latin Modern Math", "Noto Sans Math", "Cambria Math", math; }
figure { margin: 1.2rem 0; text-align: center; }
img { max-width: 100%; height: auto; background: white; vertical-align: middle; }
ul { padding-left: 1.2rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); font-size: .95rem; }
@media print { body { max-width: none; } nav { display: none; } }
"""


def page(title: str, body: str) -> str:
    """A whole page.

    Args:
        title: as text.
        body: as HTML.
    """
    return (
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="zh">\n<head>\n'
        f'<meta charset="utf-8"/>\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>'
        '\n<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escaped(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )


def post_page(
    post: FullPost,
    addresses: Mapping[str, str],
    pictures: Mapping[str, str] = NOTHING,
    *,
    home: str,
) -> str:
    """The reading page of a post.

    Args:
        post: the post.
        addresses: address of each post's page, by its id; posts that are not in it get no link.
        pictures: addresses of pictures' files, by digest.
        home: address of the list of posts.
    """
    parts = [
        f'<nav><a href="{escaped(home)}">{escaped(say("All posts"))}</a></nav>',
        article(post, addresses, pictures),
        _named_by(post, addresses),
    ]
    return page(post.title, "\n".join(filter(None, parts)))


def article(
    post: FullPost, addresses: Mapping[str, str], pictures: Mapping[str, str] = NOTHING
) -> str:
    """A post as an element: title, facts, blocks; links to the posts that have an address.

    Args:
        post: the post.
        addresses: address of each post's page, by its id.
        pictures: addresses of pictures' files, by digest; of others only the words are shown.
    """
    drawn = _Drawn(post, addresses, pictures)
    facts = [shown_date(post.date), *post.categories, *post.tags]
    parts = [
        f"<article>\n<h1>{escaped(post.title)}</h1>",
        f'<p class="facts">{escaped(" · ".join(filter(None, facts)))}</p>',
        _original(post.address),
        *drawn.blocks(),
        f'<p class="facts">{escaped(say("The source stops here."))}</p>' if post.truncated else "",
        "</article>",
    ]
    return "\n".join(filter(None, parts))


def _original(address: str | None) -> str:
    if address is None:
        return ""
    shown = escaped(address)
    return f'<p class="facts"><a href="{shown}" rel="noreferrer">{shown}</a></p>'


def _named_by(post: FullPost, addresses: Mapping[str, str]) -> str:
    links = [
        f'<li><a href="{escaped(addresses[citing.post_id])}">{escaped(citing.title)}</a></li>'
        for citing in post.referenced_by
        if citing.post_id in addresses
    ]
    return (
        f"<footer><p>{escaped(say('Named by'))}</p>\n<ul>{''.join(links)}</ul></footer>"
        if links
        else ""
    )


class _Drawn:
    """The blocks of one post as HTML."""

    def __init__(
        self, post: FullPost, addresses: Mapping[str, str], pictures: Mapping[str, str]
    ) -> None:
        self._post = post
        self._addresses = addresses
        self._pictures = pictures
        self._references = References(post)

    def blocks(self) -> Iterator[str]:
        """The elements of the post, in order."""
        for place, (before, block) in enumerate(nested(self._post.blocks)):
            yield before
            if block is not None:
                yield from self._block(place, block)

    def _block(self, place: int, block: Block) -> Iterator[str]:
        """The elements of a block; a paragraph is cut where a display stands in it."""
        text = block.span.of(self._post.text)
        figure = self._references.figures.get(place, "")
        anchor = f' id="block-{place}"' if place in self._references.named_blocks else ""
        if block.kind == "code":
            yield f"<pre><code>{escaped(text)}</code></pre>"
        elif block.kind == "table":
            rows = table_rows(self._post, block, self._references)
            cells = [[self._inline(cell) for cell in row] for row in rows]
            name = f"<p>{escaped(figure)}</p>" if figure else ""
            yield f'<div class="wide"{anchor}>{name}{table_html(text, cells)}</div>'
        elif block.kind == "caption":
            yield from self._figure(block, figure, anchor)
        elif block.kind == "heading":
            name = f"h{min(block.level + 1, 6)}"
            shown = self._inline(self._tokens(block))
            yield f"<{name}{anchor}>{shown}</{name}>"
        else:
            yield from self._paragraphs(block, anchor)

    def _figure(self, block: Block, name: str, anchor: str) -> Iterator[str]:
        """A caption with its picture, if that is at hand; nothing of a picture without words."""
        shown = self._inline(self._tokens(block))
        picture = self._references.pictures.of(block)
        source = self._picture(picture) if picture else ""
        if picture and source:
            words = block.span.of(self._post.text)
            yield f"<figure{anchor}>{figure_html(picture, source, words, shown, name)}</figure>"
        elif below := " ".join(filter(None, (escaped(name), shown))):
            yield f"<figure{anchor}><figcaption>{below}</figcaption></figure>"

    def _picture(self, picture: Picture) -> str:
        return self._pictures.get(picture.digest, "")

    def _paragraphs(self, block: Block, anchor: str) -> Iterator[str]:
        for tokens in _cut_at_displays(self._tokens(block)):
            if tokens[0].is_display:
                yield self._inline(tokens)
            elif shown := self._inline(tokens).strip():
                yield f"<p{anchor}>{shown}</p>"
                anchor = ""

    def _tokens(self, block: Block) -> list[Token]:
        return block_tokens(self._post, block, self._references)

    def _inline(self, tokens: Iterable[Token]) -> str:
        return inline_html(
            tokens,
            formula=self._formula,
            link=self._address,
            picture=self._picture,
            spaces_marks=True,
        )

    def _address(self, target: Target) -> str:
        if target.kind == "post":
            return self._addresses.get(target.key, "")
        prefix = {"formula": "#formula-", "block": "#block-"}.get(target.kind)
        return f"{prefix}{target.key}" if prefix else ""

    def _formula(self, formula: FormulaSource) -> str:
        drawn = Formula(formula.whole, formula.display).to_html()
        anchor = f"formula-{formula.number}"
        if not formula.display:
            return f'<span id="{anchor}">{drawn}</span>'
        number = self._references.numbers.get(formula.number)
        link = f'<a class="number" href="#{anchor}">({escaped(number or "")})</a>'
        shown = link if number and not has_tag(formula) else ""
        return f'<div class="display" id="{anchor}"><div>{drawn}</div>{shown}</div>'


def _cut_at_displays(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Tokens in runs: a display by itself, else what stands between, with marks of its own."""
    opened: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if token.is_display:
            if run:
                yield [*run, *(replace(t, kind="close") for t in reversed(opened))]
            yield [token]
            run = list(opened)
            continue
        run.append(token)
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            opened.pop()
    if run:
        yield run
