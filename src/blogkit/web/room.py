"""What all pages share: the library, what is kept of its answers, and how pages are made."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from blogkit.notes import Notes
from blogkit.text.addresses import host_of
from blogkit.views.checked import drawn, kind, verdict
from blogkit.views.clean import clean, one_line, shorten, shown_date
from blogkit.views.plain import likeness, shape_places
from blogkit.views.speech import said, say_count, spoken
from blogkit.views.symbols_plain import sort_of
from blogkit.views.terms import term
from blogkit.web.checks import Checks
from blogkit.web.drawing import draw, marked_latex
from blogkit.web.examples import examples
from blogkit.web.languages import NAMES, say_html
from blogkit.web.overview import Overview, overview, short_place, with_own_tags
from blogkit.web.picture import Picture, picture
from blogkit.web.prose import set_heading, set_line, set_passage, set_section, set_snippet
from blogkit.web.shelf import Awaited, Kept, Shelf
from blogkit.web.symbols import Symbols, symbols_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from blogkit.language import Message
    from blogkit.library.facade import Library
    from blogkit.library.reports import Duplicates
    from blogkit.posts import ListedPost, Post
    from blogkit.search.hits import Hits

_KEPT_PAGES = 200


@dataclass(frozen=True)
class Room:
    """One library, served."""

    shelf: Shelf
    """Its opened libraries."""
    is_writable: bool = False
    """Whether files may be added by the page."""
    token: str = field(default_factory=lambda: new_token())
    """What every form that changes something must bring along."""
    kept_posts: Kept[tuple[ListedPost, ...]] = field(default_factory=Kept)
    """All posts without their texts."""
    kept_overview: Kept[Overview] = field(default_factory=Kept)
    """What the library holds in all."""
    kept_examples: Kept[tuple[tuple[str, Message], ...]] = field(default_factory=Kept)
    """Queries to try."""
    kept_pages: Kept[str] = field(default_factory=lambda: Kept(_KEPT_PAGES))
    """Pages that answer searches."""
    kept_options: Kept[Markup] = field(default_factory=Kept)
    """What the search form offers to choose from."""
    kept_related: Kept[Hits] = field(default_factory=lambda: Kept(_KEPT_PAGES))
    """Posts like others."""
    kept_symbols: Kept[Symbols] = field(default_factory=lambda: Kept(_KEPT_PAGES))
    """What the symbols of posts mean."""
    kept_duplicates: Kept[Duplicates] = field(default_factory=Kept)
    """What was merged."""
    picture: Awaited[Picture] = field(init=False)
    """The map."""
    checks: Checks = field(init=False)
    """What is known of the formulas."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "checks", Checks(self.shelf))
        object.__setattr__(self, "picture", Awaited(self.shelf, picture))

    def posts(self, library: Library) -> tuple[ListedPost, ...]:
        """All posts without their texts, in the order in which they were added."""
        return self.kept_posts.get(library, lambda asked: asked.list_posts().posts)

    def overview(self, library: Library) -> Overview:
        """What the library holds in all; with the reader's own tags, which change without it."""
        known = self.kept_overview.get(library, lambda asked: overview(self.posts(asked)))
        own = Notes(library).tags()
        return with_own_tags(known, own.values()) if own else known

    def is_empty(self, library: Library) -> bool:
        """Whether the library holds no post."""
        return not self.overview(library).posts

    def examples(self, library: Library) -> tuple[tuple[str, Message], ...]:
        """Queries that find something, each with what it asks for."""
        return self.kept_examples.get(library, examples)

    def duplicates(self, library: Library) -> Duplicates:
        """What was merged."""
        return self.kept_duplicates.get(library, lambda asked: asked.duplicates())

    def related(self, library: Library, post_id: str) -> Hits:
        """A few posts like one."""
        return self.kept_related.get(
            library, lambda asked: asked.related(post_id, limit=5), post_id
        )

    def symbols(self, library: Library, post: Post, *, is_asked: bool) -> Symbols | None:
        """What the symbols of a post mean; None where that is not known yet and not asked for."""
        if not is_asked:
            return self.kept_symbols.known(library, post.id)
        return self.kept_symbols.get(library, lambda asked: symbols_of(asked, post), post.id)

    def close(self) -> None:
        """Stop the checks and close the libraries."""
        self.checks.close()
        self.shelf.close()


def new_token() -> str:
    """What a form must bring along, known to nobody else."""
    return secrets.token_urlsafe(24)


def room_of(request: Request) -> Room:
    """The room that a request is for."""
    return cast("Room", request.app.state.room)


def page(request: Request, name: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page from its template.

    Args:
        request: what is answered.
        name: the template, without its suffix.
        status: the status of the answer.
        values: what the template shows; everything is escaped but ``Markup``.
    """
    return answer(render(request, name, **values), status)


def render(request: Request, name: str, **values: object) -> str:
    """The HTML of a page; see ``page``."""
    room = room_of(request)
    template = environment().get_template(f"{name}.html")
    return template.render(
        values, here=request.url.path, is_writable=room.is_writable, token=room.token
    )


def answer(html: str, status: int = 200) -> HTMLResponse:
    """HTML as an answer that the browser keeps no copy of: the library may change."""
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


@cache
def environment() -> Environment:
    """The templates, with what they need to show things."""
    made = Environment(
        loader=PackageLoader("blogkit.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        draw=draw,
        line=one_line,
        said=said,
        term=term,
        in_line=drawn,
        kind=kind,
        sort_of=sort_of,
        verdict=verdict,
        likeness=likeness,
        kept=clean,
        shorten=shorten,
        date=shown_date,
        snippet=lambda snippet, answers, is_like: set_snippet(
            snippet.text, snippet.spans, answers, is_like=is_like
        ),
        prose=set_line,
        heading=set_heading,
        section=set_section,
        passage=set_passage,
        post_address=post_address,
        formula_address=formula_address,
        marked_latex=marked_latex,
        place=short_place,
        shape_places=shape_places,
        host=host_of,
    )
    made.globals.update(
        say=say_html, say_count=say_count, said=said, language=spoken, languages=NAMES
    )
    return made


def post_address(post_id: str, anchor: object = None) -> str:
    """Where a post is read.

    >>> post_address("a/b", "f-3")
    '/posts/a%2Fb#f-3'
    """
    return f"/posts/{quote(post_id, safe='')}" + (f"#{anchor}" if anchor else "")


def formula_address(formula_id: str) -> str:
    """Where the page of a formula is.

    >>> formula_address("3f9a#eq:clip-1")
    '/formula?id=3f9a%23eq%3Aclip-1'
    """
    return f"/formula?id={quote(formula_id, safe='')}"
