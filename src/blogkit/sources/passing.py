"""Why a file of a folder or a bundle is no post, by its name and by how it looks.

A file that a user names is read whatever it is called; in a folder these are passed over and
counted, a reason each.
"""

import json
import re
from typing import TYPE_CHECKING

from blogkit.sources.elements import name_set

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURE = "picture"
"""Why a picture is no post: it is kept with those that show it, and so not counted."""
_ABOUT_THE_FOLDER = name_set(
    """
    readme license licence copying contributors contributing changelog code_of_conduct codeowners
    """
)
_BUILD_FILES = name_set(
    """
    makefile gnumakefile dockerfile containerfile jenkinsfile vagrantfile gemfile gemfile.lock
    rakefile procfile pipfile pkg-info cmakelists.txt cmakecache.txt constraints.txt sources.txt
    manifest.in runtime.txt justfile latexmkrc podfile brewfile
    """
)
_REQUIREMENTS = re.compile(r"requirements?(?:[-_.][\w.-]+)?\.txt|[\w-]+[-_.]requirements\.txt")
_SITE_PARTS = name_set(
    """
    _sidebar.md _navbar.md _coverpage.md _footer.md _404.md robots.txt humans.txt ads.txt
    security.txt cname sitemap.xml sitemap.txt llms.txt 404.html 404.md
    """
)
_SITE_FOLDERS = name_set(
    "_includes _layouts _data _sass _plugins _static _templates _build node_modules __pycache__"
)
_NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?|nan|inf|NA|null", re.I)
_CELL_ENDS = ("\t", ",", ";", "|")
_LEAST_LINES, _LEAST_WORDS = 5, 50
_DATA_SHARE = 0.9
_LONGEST_WORD_CHARS = 40


def reason_for_folder(name: str) -> str | None:
    """Why nothing in a folder of that name is read; None if it is.

    >>> reason_for_folder("_includes"), reason_for_folder(".git"), reason_for_folder("_posts")
    ('site-parts', 'hidden', None)
    """
    if name.startswith(".") or name == "__MACOSX":
        return "hidden"
    return "site-parts" if name.lower() in _SITE_FOLDERS else None


def reason_by_name(name: str) -> str | None:
    """Why a file of that name is no post; None if it may be one.

    >>> reason_by_name("LICENSE.txt"), reason_by_name("requirements-dev.txt")
    ('about-the-folder', 'build-files')
    """
    folded = name.lower()
    stem, _, ending = folded.rpartition(".")
    if folded.startswith("."):
        return "hidden"
    is_text = ending in ("md", "markdown", "txt", "rst", "html", "text") or not stem
    if is_text and (stem or ending).partition(".")[0] in _ABOUT_THE_FOLDER:
        return "about-the-folder"
    if folded in _BUILD_FILES or _REQUIREMENTS.fullmatch(folded):
        return "build-files"
    is_contents = name == "SUMMARY.md"  # of GitBook and mdBook; a note may be called summary.md
    return "site-parts" if is_contents or folded in _SITE_PARTS else None


def is_data(text: str) -> bool:
    """Whether a plain text is data: numbers, a table, JSON, a list of words, or a script.

    >>> is_data("x,y\\n1,2\\n3,4\\n5,6\\n7,8\\n"), is_data("一篇文章,讲 1 和 2。\\n第二行,如此。")
    (True, False)
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if text.startswith("#!") or _is_json(text):
        return True
    if len(lines) < _LEAST_LINES:
        return False
    if _share(lines, _is_numbers) >= _DATA_SHARE or _is_table(lines):
        return True
    return len(lines) >= _LEAST_WORDS and _share(lines, _is_word) >= _DATA_SHARE


def _share(lines: list[str], holds: "Callable[[str], bool]") -> float:
    return sum(map(holds, lines)) / len(lines)


def _is_json(text: str) -> bool:
    """Whether a text, whole or the beginning of one, is JSON."""
    start = text.lstrip()[:2000]
    if not re.match(r'[{\[]\s*["{\[\d]', start):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return bool(re.match(r'[\[\s]*\{\s*"[^"\n]{1,100}"\s*:', start))
    return True


def _is_numbers(line: str) -> bool:
    parts = re.split(r"[\s,;|:]+", line)
    return all(_NUMBER.fullmatch(part) for part in parts if part)


def _is_table(lines: list[str]) -> bool:
    """Whether all lines have the same number of cells, two at least, mostly short."""
    for mark in _CELL_ENDS:
        counts = {line.count(mark) for line in lines[:-1]}
        if len(counts) == 1 and counts != {0}:
            cells = [cell.strip() for line in lines[:-1] for cell in line.split(mark)]
            numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
            if mark == "\t" or numbers * 3 >= len(cells):
                return True
    return False


def _is_word(line: str) -> bool:
    """Whether a line is one word; a sentence has spaces or signs in it."""
    return len(line) <= _LONGEST_WORD_CHARS and re.fullmatch(r"[\w.@#/+'’-]+", line) is not None
