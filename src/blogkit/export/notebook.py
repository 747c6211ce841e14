"""How results look: a line in Python's shell, HTML and Markdown in a notebook, rows for pandas.

Everything is made of what a result says of itself in ``to_dict`` (see ``shown``), so that a new
result needs nothing here. Pages and formulas are those of exported posts. Loaded when a result is
first shown, and by nothing else.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from blogkit.errors import BlogkitError, MissingExtraError
from blogkit.language import Message
from blogkit.macros import alone
from blogkit.posts import Post
from blogkit.results.shown import Rows, Shown, ShownFormula
from blogkit.spans import Span
from blogkit.text.dates import PostDate
from blogkit.text.mathspans import find_math
from blogkit.views.clean import clean, one_line, shorten, shown_date

if TYPE_CHECKING:
    import pandas

    from blogkit.library.reports import FullPost

_LINE_COLUMNS = 100
_CELL_COLUMNS = 60
"""Widest value in a line."""
_MOST_LINES = 10
"""Rows that a list prints."""
_MOST_ROWS = 100
"""Rows that a list draws."""
_DATE, _PASSAGE, _SECTION = {"year", "month", "day"}, {"text", "spans"}, {"heading", "line"}
"""What the objects are made of that JSON has for a date, a passage and a section."""
_PICTURE_BYTES, _PICTURES_BYTES = 2**20, 4 * 2**20
"""Size of a picture, and of all of a post, that a notebook keeps in its file."""
_STYLE = (
    "<style>.blogkit td,.blogkit th{text-align:left!important;vertical-align:top;padding:.2em .8em}"
    ".blogkit math{font-family:'STIX Two Math','Latin Modern Math',math}"
    ".blogkit p{white-space:pre-line}"
    ".blogkit figure{margin:1em 0}.blogkit img{max-width:100%;height:auto}"
    ".blogkit .display{display:flex;align-items:center}"
    ".blogkit .display>:first-child{flex:1 0 auto;text-align:center}</style>"
)
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_BAR = re.compile(r"(?<!\\)\|")


def to_line(result: Shown) -> str:
    """A result on one line; of a list also its first rows, a line each.

    >>> Post(title="Softmax", text="设 $x$ 为实数。")
    <Post Softmax · chars 10>
    """
    if not isinstance(result, Rows):
        return _line(result)
    lines = [_line(result), *(f"  {_line(row)}" for row in result[:_MOST_LINES])]
    if len(result) > _MOST_LINES:
        lines.append(f"  … {len(result) - _MOST_LINES} more")
    return "\n".join(lines)


def to_html(result: Shown) -> str:
    """A post as its page, a formula drawn, a list as a table, any other result as its facts."""
    if isinstance(result, Post):
        from blogkit.export.page import article

        inside = article(_full(result), {}, _pictures(result))
    elif isinstance(result, ShownFormula):
        inside = _drawn(to_alone(result), display=True)
    elif isinstance(result, Rows):
        inside = _html_table(_caption(result), _columns(result), _told_rows(result))
    else:
        rows = [{"": name, " ": value} for name, value in _told(result).items()]
        inside = _html_table(type(result).__name__, ("", " "), rows)
    return f'<div class="blogkit">{_STYLE}{inside}</div>'


def to_markdown(result: Shown) -> str:
    """The same as Markdown, formulas between dollars."""
    if isinstance(result, Post):
        from blogkit.export.markdown import body

        return f"# {result.title}\n\n{body(_full(result), _pictures(result), is_alone=True)}"
    if isinstance(result, ShownFormula):
        return f"$$\n{to_alone(result)}\n$$"
    if isinstance(result, Rows):
        table = _markdown_table(_columns(result), _told_rows(result))
        return f"**{_markdown(_caption(result))}**\n\n{table}"
    return "\n".join(
        f"- **{name}**: {_markdown(_text(name, value))}" for name, value in _told(result).items()
    )


def to_latex(result: ShownFormula) -> str:
    """A formula as notebooks set it, without the macros of its post."""
    return rf"$\displaystyle {to_alone(result)}$"


def to_alone(result: ShownFormula) -> str:
    """LaTeX that notebooks set by itself: no macro of its post, no label, no outer environment."""
    from blogkit.library.formulas import Formula
    from blogkit.study.anki import mathjax_body

    if isinstance(result, Formula):
        latex = result.to_latex() if result.macros else result.latex
    else:
        latex = alone(result.latex, getattr(result, "definitions", ""))
    return mathjax_body(_LABEL.sub("", latex)).strip()


def to_pandas(result: Rows[Any]) -> pandas.DataFrame:
    """The rows as a data frame.

    Raises:
        MissingExtraError: without the extra ``notebook``.
    """
    try:
        import pandas
    except ImportError as error:
        purpose = Message("a table of rows")
        raise MissingExtraError("pandas", "notebook", purpose) from error
    rows = [{name: _plain(value) for name, value in row.items()} for row in result._table()]
    return pandas.DataFrame(rows).convert_dtypes()


def _line(result: Shown) -> str:
    found = _told(result)
    parts = [_in_line(name, value) for name, value in found.items()]
    line = " · ".join(part for part in parts if part)
    return shorten(f"<{type(result).__name__} {line}".rstrip(), _LINE_COLUMNS - 1) + ">"


def _in_line(name: str, value: object) -> str:
    """A value in a line; counts bear their names, what is not known is not said."""
    if not value:
        return ""
    if value is True:
        return name
    text = shorten(one_line(_text(name, value)), _CELL_COLUMNS)
    is_count = isinstance(value, int | float) or (isinstance(value, list) and text.isdigit())
    return f"{name} {text}" if is_count else text


def _caption(result: Rows[Any]) -> str:
    return _line(result).strip("<>")


def _told(result: Shown) -> dict[str, object]:
    """What a result says in short: of a list what it says beside its rows."""
    found = result.to_dict()
    if isinstance(result, Rows):
        found = {name: value for name, value in found.items() if not isinstance(value, list)}
    found.pop("schema", None)
    names = (not isinstance(result, Rows) and result._shown) or found
    return {name: found.get(name, getattr(result, name, None)) for name in names}


def _columns(result: Rows[Any]) -> Sequence[str]:
    return result._shown or (result[0]._shown if result else ())


def _told_rows(result: Rows[Any]) -> Iterator[Mapping[str, object]]:
    """What each line of a drawn table says, formulas without the macros of their posts."""
    for row in islice(result._table(), _MOST_ROWS):
        known = str(row.get("definitions") or "")
        yield {**row, "latex": alone(str(row["latex"]), known)} if known else row


def _plain(value: object) -> object:
    """A value of JSON as a table has it: dates, passages and sections as text."""
    if isinstance(value, dict):
        if value.keys() == _DATE:
            return shown_date(PostDate(**value)) or None
        if value.keys() == _PASSAGE:
            return value["text"]
        if value.keys() == _SECTION:
            return value["heading"]
    return value


def _text(name: str, value: object) -> str:
    """A value as text: lists of words as these, others as their length."""
    value = _plain(value)
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, list | tuple):
        is_words = all(isinstance(one, str) for one in value)
        return ", ".join(value) if is_words else str(len(value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items() if one)
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _html_table(caption: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    from blogkit.views.elements import escaped

    head = "".join(f"<th>{escaped(name)}</th>" for name in columns)
    lines = "".join(
        f"<tr>{''.join(f'<td>{_html(name, row.get(name))}</td>' for name in columns)}</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escaped(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _html(name: str, value: object) -> str:
    """A cell: LaTeX and the formulas of a text drawn, what a query found marked."""
    text = clean(_text(name, value))
    if name == "latex":
        return _drawn(text)
    marks = value["spans"] if isinstance(value, dict) and value.keys() == _PASSAGE else ()
    return set_text(text, [Span(start, end) for start, end in marks])


def set_text(text: str, marks: Sequence[Span] = ()) -> str:
    """A text as HTML, its formulas drawn, parts of it marked.

    >>> set_text("裁剪 <b>", [Span(0, 2)])
    '<mark>裁剪</mark> &lt;b&gt;'
    """
    from blogkit.structure.inline import text_tokens
    from blogkit.views.elements import inline_html

    return inline_html(text_tokens(text, marks), formula=lambda found: _drawn(found.latex))


def _drawn(latex: str, *, display: bool = False) -> str:
    from blogkit.library.formulas import Formula

    return Formula(clean(latex), display).to_html()


def _markdown_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    lines = [columns, ["---"] * len(columns)]
    lines += [[_markdown_cell(name, row.get(name)) for name in columns] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _markdown_cell(name: str, value: object) -> str:
    """A cell: no bar of it ends the cell, neither in words nor in a formula."""
    text = one_line(_text(name, value))
    if name == "latex":
        text = f"${text}$"
    pieces, position = "", 0
    for math in find_math(text)[0]:
        pieces += _markdown(text[position : math.span.start])
        pieces += _BAR.sub(r"\\vert ", math.span.of(text)).replace(r"\|", r"\Vert ")
        position = math.span.end
    return pieces + _markdown(text[position:])


def _markdown(text: str) -> str:
    """Words that Markdown shows as they are."""
    return re.sub(r"[\\`*_<>\[\]#|]", lambda match: "\\" + match[0], text)


def _pictures(post: Post) -> dict[str, str]:
    """The pictures that its library keeps of a post as addresses that hold them, by digest.

    Nothing is loaded from elsewhere; of what is too large or no longer kept the words are shown.
    """
    from blogkit.library.facade import Library
    from blogkit.library.reports import FullPost

    folder = post.library if isinstance(post, FullPost) else None
    if not post.pictures or folder is None or not os.path.isdir(folder):
        return {}
    found: dict[str, str] = {}
    left = _PICTURES_BYTES
    with suppress(BlogkitError), Library.open(folder) as library:
        for picture in post.pictures:
            if picture.digest not in found and picture.bytes <= min(left, _PICTURE_BYTES):
                left -= picture.bytes
                held = b64encode(library.picture(picture.digest)).decode()
                found[picture.digest] = f"data:{picture.media_type};base64,{held}"
    return found


def _full(post: Post) -> FullPost:
    """A post as it is shown, also one that was never added."""
    from blogkit.library.reports import FullPost
    from blogkit.sources.read import with_formulas

    if isinstance(post, FullPost):
        return post
    read = post if post.blocks else with_formulas(post)[0]
    return FullPost(**{name: getattr(read, name) for name in Post.__match_args__})
