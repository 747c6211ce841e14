"""Formulas of a library that run: each with what its post defines.

    runnable(database, found, post).to_code("numpy")

It exists because a formula of a post is not alone: what `f` is stands in the line above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.check.context.post_notes import read_post
from blogkit.formula import variables
from blogkit.library.formulas import Formula
from blogkit.macros import macros_of
from blogkit.meaning.definitions import unique
from blogkit.store import posts as stored_posts
from blogkit.symbols import meanings_of

if TYPE_CHECKING:
    from blogkit.meaning.definitions import Definition
    from blogkit.store.database import Database
    from blogkit.store.formulas import PostFormula


def runnable(database: Database, found: PostFormula) -> Formula:
    """A formula of a library with what its post defines and says of its symbols."""
    post = stored_posts.read_post(database, found.post_number)
    known: tuple[Definition, ...] = ()
    if found.passage is None:
        others = read_post(post).around(found.span).definitions
        known = tuple(one for one in unique(others).values() if _is_helpful(one))
    source = f"{post.title} ({found.id})" if post.title else found.id
    macros = macros_of(found.definitions)
    return Formula(found.latex, found.display, macros, known, meanings_of(post), source)


def _is_helpful(definition: Definition) -> bool:
    """Whether it says how something is computed; `n = 3` is a case, not what `n` is."""
    return bool(definition.parameters or variables(definition.body).free)
