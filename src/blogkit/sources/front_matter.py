"""Front matter: the YAML or TOML block before a Markdown post."""

import datetime
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from blogkit.language import Message
from blogkit.text.addresses import is_web_address
from blogkit.text.dates import UNDATED, PostDate

_FENCES = {"---": "---", "+++": "+++"}
_LIST_COMMA = re.compile(r"(?<!\s)\s*[,，;；]\s*")
_ADDRESSES = ("canonical", "canonical_url", "canonicalurl", "permalink", "url", "source", "link")
"""Names under which front matter says an address; paths, as site generators take them, are none."""
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a front matter says of its post."""

    title: str | None = None
    """The title, if it names one."""
    date: PostDate = UNDATED
    """The date of publication."""
    tags: tuple[str, ...] = ()
    """Tags in order."""
    categories: tuple[str, ...] = ()
    """Categories in order, nested ones one after the other."""
    address: str | None = None
    """The address that it names, http or https."""


def split_front_matter(text: str) -> tuple[str | None, str, int]:
    """The front matter without its fences, its fence, and how many lines it takes with them.

    The front matter is None, its fence empty and the lines 0 where the text has none.
    """
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in _FENCES:
        return None, "", 0
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCES[fence] or (fence == "---" and line.rstrip() == "..."):
            return "\n".join(lines[1:index]), fence, index + 1
    return None, "", 0


def read_front_matter(source: str, fence: str) -> FrontMatter:
    """Title, date, tags and categories of a front matter.

    Raises:
        ValueError: if it is no valid YAML or TOML, or no table of names and values.

    >>> read_front_matter("title: 梯度\\ndate: 2020-06-05\\ntags: [优化, 梯度]", "---").tags
    ('优化', '梯度')
    """
    table = tomllib.loads(source) if fence == "+++" else _load_yaml(source)
    if not isinstance(table, dict):
        raise ValueError(
            Message("expected names and values, found {name}", name=type(table).__name__)
        )
    values = {str(name).lower(): value for name, value in table.items()}
    title = _scalar(values.get("title"))
    return FrontMatter(
        title=title.strip() or None,
        date=_read_date(values.get("date")),
        tags=tuple(dict.fromkeys(_names(values.get("tags", values.get("tag"))))),
        categories=tuple(dict.fromkeys(_names(values.get("categories", values.get("category"))))),
        address=next(filter(None, (_address(values.get(name)) for name in _ADDRESSES)), None),
    )


def _address(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and is_web_address(value.strip()) else None


def _load_yaml(source: str) -> object:
    import yaml

    try:
        return _yaml_or_latex(source) or {}
    except (yaml.YAMLError, RecursionError) as error:
        problem = getattr(error, "problem", None) or Message("nested too deeply")
        raise ValueError(Message("invalid YAML: {problem}", problem=problem)) from error


def _yaml_or_latex(source: str) -> object:
    r"""What YAML says; where it stumbles over `"$\mathcal{O}(n)$"`, backslashes are LaTeX's."""
    import yaml

    try:
        return yaml.safe_load(source)
    except yaml.scanner.ScannerError:
        return yaml.safe_load(source.replace("\\", "\\\\"))


def _scalar(value: object) -> str:
    """A value as text; empty for lists and tables, which aliases can make endless."""
    return "" if value is None or isinstance(value, list | tuple | dict | set) else str(value)


def _names(value: object, seen: set[int] | None = None) -> Iterable[str]:
    """The names in a value; a list that aliases repeat is read once."""
    seen = set() if seen is None else seen
    if isinstance(value, list | tuple):
        if id(value) not in seen:
            seen.add(id(value))
            for item in value:
                yield from _names(item, seen)
    elif isinstance(value, str):
        yield from (name for name in _LIST_COMMA.split(value.strip()) if name)
    elif name := _scalar(value):
        yield name


def _read_date(value: object) -> PostDate:
    if isinstance(value, datetime.date):
        return PostDate(value.year, value.month, value.day)
    match = _DATE.search(_scalar(value))
    if not match:
        return UNDATED
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    if not 1 <= month <= 12 or not day <= 31:
        return UNDATED
    return PostDate(year, month, day or None)
