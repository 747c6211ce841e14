"""argparse's own words ("usage:", "the following arguments are required") in another language.

argparse asks gettext, in the way of a program that speaks the language of its locale: by the text
domain and the environment of the process. So both are set while it reads a command line, and only
then.
"""

from __future__ import annotations

import contextlib
import gettext
import os

from blogkit.language import catalogue_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAIN = "argparse"
"""The catalogue of these words; by itself, as they are not blogkit's, and differ by Python."""

_LANGUAGES = "LANGUAGE"


@contextlib.contextmanager
def argparse_speaking(language: str) -> Iterator[None]:
    """Let argparse speak a language meanwhile."""
    domain, before = gettext.textdomain(), os.environ.get(_LANGUAGES)
    gettext.bindtextdomain(DOMAIN, catalogue_folder())
    gettext.textdomain(DOMAIN)
    os.environ[_LANGUAGES] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ[_LANGUAGES]
        else:
            os.environ[_LANGUAGES] = before
