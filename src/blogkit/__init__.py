"""Local-first search and study of math-heavy writing in Chinese and English.

The public names are loaded when they are first used, so that ``import blogkit`` costs next to
nothing.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # type checkers take it for true; typing itself costs 5 ms to import
if TYPE_CHECKING:
    from blogkit.check.reports import CheckReport
    from blogkit.errors import BlogkitError
    from blogkit.library.checking import check_formula
    from blogkit.library.corpus import Corpus
    from blogkit.library.facade import Library
    from blogkit.library.formulas import Formula, parse_formula
    from blogkit.lookup.index import FormulaIndex
    from blogkit.posts import Post
    from blogkit.search.hits import Hit, Hits, Snippet
    from blogkit.study.facade import Study
    from blogkit.text.dates import PostDate

_MODULES = {
    "BlogkitError": "errors",
    "CheckReport": "check.reports",
    "Corpus": "library.corpus",
    "Formula": "library.formulas",
    "FormulaIndex": "lookup.index",
    "Hit": "search.hits",
    "Hits": "search.hits",
    "Library": "library.facade",
    "Post": "posts",
    "PostDate": "text.dates",
    "Snippet": "search.hits",
    "Study": "study.facade",
    "check_formula": "library.checking",
    "parse_formula": "library.formulas",
}

__all__ = [
    "BlogkitError",
    "CheckReport",
    "Corpus",
    "Formula",
    "FormulaIndex",
    "Hit",
    "Hits",
    "Library",
    "Post",
    "PostDate",
    "Snippet",
    "Study",
    "__version__",
    "check_formula",
    "parse_formula",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'blogkit' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"blogkit.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
