r"""Glossaries and acronyms: the terms that keys stand for (glossaries, acronym, acro)."""

import re
from collections.abc import Callable

from blogkit.sources.tex.state import Entry, State
from blogkit.sources.tex.stream import BREAK_MARK, Stream, closing_brace

_STAR = re.compile(r"[*+]?")


def fields(told: str) -> dict[str, str]:
    """The values of ``name={a}, plural=b``, by their names.

    >>> fields("name={图模型, 概率的}, plural=b")
    {'name': '图模型, 概率的', 'plural': 'b'}
    """
    stream = Stream(told + ",")
    found: dict[str, str] = {}
    while (one := stream.until(",", len(told) + 1)) is not None:
        name, _, value = one.replace(BREAK_MARK, " ").partition("=")
        value = " ".join(value.split())
        is_group = value[:1] == "{" and closing_brace(value, 0) == len(value) - 1
        found[name.strip()] = value[1:-1].strip() if is_group else value
    return found


def _entry(state: State, stream: Stream) -> None:
    r"""``\newglossaryentry{key}{name=…}``, ``\longnewglossaryentry{key}{name=…}{description}``."""
    key, told = stream.group(), fields(stream.group() or "")
    if key:
        name = told.get("name") or told.get("text") or key
        state.glossary[key.strip()] = Entry(
            told.get("text") or name, told.get("plural", ""), told.get("long", ""),
            told.get("symbol", ""), told.get("description", ""),
        )  # fmt: skip


def _acronym(state: State, stream: Stream) -> None:
    r"""``\newacronym[options]{key}{short}{long}``."""
    stream.option()
    key, short, long = stream.group(), stream.group(), stream.group()
    if key and short:
        state.glossary[key.strip()] = Entry(short, long=long or "")


def _acro(state: State, stream: Stream) -> None:
    r"""``\acro{key}[short]{long}``, ``\newacro`` (acronym)."""
    key, short, long = stream.group(), stream.option(), stream.group()
    if key:
        state.glossary[key.strip()] = Entry(short or key, long=long or "")


def _declared(state: State, stream: Stream) -> None:
    r"""``\DeclareAcronym{key}{short=…, long=…}`` (acro)."""
    key, told = stream.group(), fields(stream.group() or "")
    if key:
        state.glossary[key.strip()] = Entry(told.get("short", key), long=told.get("long", ""))


ENTRIES: dict[str, Callable[[State, Stream], None]] = {
    "newglossaryentry": _entry,
    "provideglossaryentry": _entry,
    "longnewglossaryentry": _entry,
    "newacronym": _acronym,
    "newabbreviation": _acronym,
    "acro": _acro,
    "newacro": _acro,
    "acrodef": _acro,
    "DeclareAcronym": _declared,
}
"""What makes an entry, without its backslash."""


def _name(entry: Entry) -> str:
    return entry.name


def _plural(entry: Entry) -> str:
    """The plural; where none is told, an s behind Latin letters only."""
    ends_in_latin = entry.name[-1:].isascii() and entry.name[-1:].isalpha()
    return entry.plural or entry.name + ("s" if ends_in_latin else "")


def _long(entry: Entry) -> str:
    return entry.long or entry.name


def _full(entry: Entry) -> str:
    return f"{entry.long} ({entry.name})" if entry.long else entry.name


_FORMS: dict[str, Callable[[Entry], str]] = {
    **dict.fromkeys(
        ("gls", "glstext", "glsname", "glsfirst", "glsentrytext", "glsentryname", "glsentryfirst",
         "glsentryshort", "acrshort", "glsxtrshort", "ac", "acs", "acsu", "glsuseri"), _name,
    ),
    **dict.fromkeys(
        ("glspl", "glsplural", "glsentryplural", "glsfirstplural", "acrshortpl", "acp", "acsp",
         "glsxtrshortpl"), _plural,
    ),
    **dict.fromkeys(
        ("acrlong", "acl", "glsentrylong", "glsxtrlong", "acrlongpl", "aclp", "glsxtrlongpl"),
        _long,
    ),
    **dict.fromkeys(("acrfull", "acf", "glsxtrfull", "glsentryfull", "acrfullpl", "acfp"), _full),
    **dict.fromkeys(("glssymbol", "glsentrysymbol"), lambda entry: entry.symbol or entry.name),
    **dict.fromkeys(
        ("glsdesc", "glsentrydesc"), lambda entry: entry.description or entry.name,
    ),
}  # fmt: skip
_WITH_TEXT = ("glslink", "glsdisp", "hyperlink", "glshyperlink")


def term(name: str, state: State, stream: Stream) -> str | None:
    r"""What a command of a glossary prints, ``\gls{key}``; None where it is none.

    A key that no entry has is printed as it is: the words are the nearest to what was meant.
    """
    folded = name[0].lower() + name[1:] if not name.isupper() else name.lower()
    form = _FORMS.get(folded)
    if form is None and name not in _WITH_TEXT:
        return None
    stream.take(_STAR)
    stream.option()
    key = stream.group()
    if key is None:
        return None
    key = key.strip()
    if form is None:
        return stream.group() or key
    if stream.following == "[":
        stream.option()
    shown = form(state.glossary.get(key, Entry(key)))
    if name.isupper():
        return shown.upper()
    return shown[:1].upper() + shown[1:] if name[0].isupper() else shown
