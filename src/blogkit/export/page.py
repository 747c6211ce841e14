"""A post as a page of HTML that needs nothing else: formulas as MathML, style inside, no script.

The page is well-formed XML too. All text of posts is escaped, and the page's own policy lets
nothing load or run.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from blogkit.library.formulas import Formula
from blogkit.views.clean import clean, shown_date
from blogkit.views.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blogkit.library.reports import FullPost
    from blogkit.posts import Block, FormulaSource

_REFERENCE = re.compile(r"\\(?:eq)?ref\s*\{([^{}]*)\}")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"

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
p { margin: .9rem 0; white-space: pre-line; }
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


def post_page(post: FullPost, addresses: Mapping[str, str], *, home: str) -> str:
    """The reading page of a post.

    Args:
        post: the post.
        addresses: address of each post's page, by its id; posts that are not in it get no link.
        home: address of the list of posts.
    """
    parts = [
        f'<nav><a href="{escaped(home)}">{escaped(say("All posts"))}</a></nav>',
        article(post, addresses),
        _named_by(post, addresses),
    ]
    return page(post.title, "\n".join(filter(None, parts)))


def article(post: FullPost, addresses: Mapping[str, str]) -> str:
    """A post as an element: title, facts, blocks; links to the posts that have an address."""
    drawn = _Drawn(post, addresses)
    facts = [shown_date(post.date), *post.categories, *post.tags]
    parts = [
        f"<article>\n<h1>{escaped(post.title)}</h1>",
        f'<p class="facts">{escaped(" · ".join(filter(None, facts)))}</p>',
        _original(post.address),
        *(piece for block in post.blocks for piece in drawn.block(block)),
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

    def __init__(self, post: FullPost, addresses: Mapping[str, str]) -> None:
        self._post = post
        self._labels = {f.label: f.number for f in reversed(post.formulas) if f.label}
        self._titles = {
            reference.title: addresses[reference.post_id]
            for reference in post.references
            if reference.post_id is not None
            and reference.post_id in addresses
            and reference.post_id != post.id
        }

    def block(self, block: Block) -> Iterator[str]:
        """The elements of a block; a paragraph is cut where a display stands in it."""
        text = block.span.of(self._post.text)
        if block.kind == "code":
            yield f"<pre><code>{escaped(text)}</code></pre>"
            return
        element = f"h{min(block.level + 1, 6)}" if block.kind == "heading" else "p"
        prose = ""
        for piece, is_display in self._pieces(block):
            if is_display and element == "p":
                yield from _element(element, prose)
                yield piece
                prose = ""
            else:
                prose += piece
        if block.kind == "caption":
            yield f"<figure><figcaption>{prose}</figcaption></figure>"
        else:
            yield from _element(element, prose)

    def _pieces(self, block: Block) -> Iterator[tuple[str, bool]]:
        """HTML of text and formulas in order, with whether it is a display."""
        position = block.span.start
        for formula in self._post.formulas:
            if block.span.start <= formula.span.start < block.span.end:
                yield self._prose(self._post.text[position : formula.span.start]), False
                yield _formula(formula), formula.display
                position = formula.span.end
        yield self._prose(self._post.text[position : block.span.end]), False

    def _prose(self, text: str) -> str:
        """Text with links to the formulas and posts that it names."""
        found, position = "", 0
        links = sorted(
            [*_REFERENCE.finditer(text), *_TITLE.finditer(text)], key=lambda m: m.start()
        )
        for match in links:
            link = self._link(match)
            if link is None or match.start() < position:
                continue
            found += escaped(text[position : match.start()]) + link
            position = match.end()
        return found + escaped(text[position:])

    def _link(self, match: re.Match[str]) -> str | None:
        name = match[1].strip()
        if match[0].startswith("《"):
            address = self._titles.get(name)
            shown = match[0]
        else:
            address = f"#formula-{self._labels[name]}" if name in self._labels else None
            shown = f"({name})"
        return f'<a href="{escaped(address)}">{escaped(shown)}</a>' if address else None


def _element(name: str, inside: str) -> Iterator[str]:
    stripped = inside.strip("\n")
    if stripped.strip():
        yield f"<{name}>{stripped}</{name}>"


def _formula(formula: FormulaSource) -> str:
    drawn = Formula(formula.whole, formula.display).to_html()
    anchor = f"formula-{formula.number}"
    if not formula.display:
        return f'<span id="{anchor}">{drawn}</span>'
    shown = escaped(formula.label or str(formula.number))
    return (
        f'<div class="display" id="{anchor}"><div>{drawn}</div>'
        f'<a class="number" href="#{anchor}">({shown})</a></div>'
    )


def escaped(text: str) -> str:
    """Text for HTML, with control characters and changes of direction shown as what they are."""
    return html.escape(clean(text))
