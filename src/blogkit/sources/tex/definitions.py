r"""Definitions, ``\newcommand`` and its kin, read into a state."""

import re
from collections.abc import Callable

from blogkit.sources.elements import name_set
from blogkit.sources.tex.state import GROUP, Argument, Environment, Macro, State
from blogkit.sources.tex.stream import Stream

MACROS_KEPT = 2000
_BODY_CHARS = 4000
_SPACE = re.compile(r"[ \t\n\ue0f5]+")
_NAME = re.compile(r"\\([A-Za-z@]{1,60}|[^A-Za-z\s])")
_STAR = re.compile(r"\*")
_EQUALS = re.compile(r"[ \t]*=?[ \t]*")
_PARAMETERS = re.compile(r"(?:[^{}\\\n]|\\[A-Za-z@]+(?![A-Za-z@])){0,60}(?=\{)")
_PROGRAM = re.compile(
    r"\\(?:[A-Za-z]*@[A-Za-z@]*|expandafter|csname|futurelet|catcode|afterassignment|begingroup"
    r"|IfNoValueTF|IfBooleanTF|write18|loop|the(?![A-Za-z]))"
)
_XPARSE = re.compile(r"\s*(?:[+!]\s*)?([mosOdDrRtvg])")
_OWN = name_set(
    r"""
    part chapter section subsection subsubsection paragraph subparagraph caption item begin end
    label ref eqref autoref cref Cref pageref cite citep citet title author date footnote par input
    include documentclass usepackage left right text textbf emph textit maketitle tableofcontents
    \ % & # _ { } $ ( ) [ ] , ; : ! - /
    """
)
"""Commands that stay what they are, whatever a style makes of them."""


def _name(stream: Stream) -> str | None:
    r"""The command that is defined, ``{\name}`` or ``\name``."""
    stream.skip_space()
    if stream.following == "{":
        match = _NAME.fullmatch((stream.group() or "").strip())
    else:
        match = stream.take(_NAME)
    return match[1] if match else None


def _define(state: State, name: str | None, macro: Macro | None) -> None:
    """Keep a macro; one that is a program, not a text, takes an older meaning away."""
    if name is None or name in _OWN:
        return
    known = name in state.macros or len(state.macros) < MACROS_KEPT
    if macro is None or len(macro.body) > _BODY_CHARS or _PROGRAM.search(macro.body) or not known:
        state.macros.pop(name, None)
    else:
        state.macros[name] = macro


def _plain_macro(stream: Stream) -> Macro | None:
    r"""What follows the name in ``\newcommand``: count, default, body."""
    count = (stream.option() or "0").strip()
    default = stream.option()
    body = stream.argument()
    if body is None or not count.isdecimal() or int(count[:2]) > 9:
        return None
    arguments = [GROUP] * int(count[:1])
    if default is not None and arguments:
        arguments[0] = Argument("option", default)
    return Macro(_one_line(body), tuple(arguments))


def _one_line(body: str) -> str:
    """A body without line breaks: they belong to the lines where it was defined."""
    paragraphs = re.split(r"\n[ \t]*\n\s*", body.replace("\ue0f5", ""))
    return r"\par ".join(_SPACE.sub(" ", paragraph) for paragraph in paragraphs)


def _new_command(state: State, stream: Stream) -> None:
    stream.take(_STAR)
    name = _name(stream)
    _define(state, name, _plain_macro(stream))


def _provide_command(state: State, stream: Stream) -> None:
    stream.take(_STAR)
    name = _name(stream)
    macro = _plain_macro(stream)
    if name not in state.macros:
        _define(state, name, macro)


def _def(state: State, stream: Stream) -> None:
    r"""``\def\name#1,#2.{body}``: what stands between the parameters ends them."""
    name = _name(stream)
    text = stream.take(_PARAMETERS)
    body = stream.group()
    if text is None or body is None:
        return
    prefix, *ends = re.split(r"#[1-9]", text.group())
    arguments = tuple(Argument("until", end) if end else GROUP for end in ends)
    _define(state, name, Macro(_one_line(body), arguments, prefix.strip()))


def _let(state: State, stream: Stream) -> None:
    name = _name(stream)
    stream.take(_EQUALS)
    target = stream.argument()
    if target is None:
        return
    known = _NAME.fullmatch(target)
    macro = state.macros.get(known[1]) if known else None
    _define(state, name, macro or Macro(target, is_alias=True))


def _operator(state: State, stream: Stream) -> None:
    star = "*" if stream.take(_STAR) else ""
    name = _name(stream)
    body = stream.argument()
    if body is not None:
        _define(state, name, Macro(rf"\operatorname{star}{{{_one_line(body)}}}"))


def _paired(state: State, stream: Stream) -> None:
    r"""``\DeclarePairedDelimiter\abs{\lvert}{\rvert}`` (mathtools)."""
    name = _name(stream)
    left, right = stream.argument(), stream.argument()
    if left is None or right is None:
        return
    body = rf"\blogkitpair{{{left}}}{{{right}}}{{#1}}{{#2}}{{#3}}"
    arguments = (Argument("star"), Argument("option"), GROUP)
    _define(state, name, Macro(body, arguments))


def paired(stream: Stream) -> str:
    r"""What a paired delimiter becomes: ``\abs*{x}`` stretches, ``\abs[\big]{x}`` is told how."""
    parts = [stream.group() or "" for _ in range(5)]
    left, right, star, size, inside = parts
    if star:
        return rf"\left{left} {inside} \right{right}"
    if size:
        return rf"{size}l{left} {inside} {size}r{right}"
    return f"{left} {inside} {right}"


def _document_command(state: State, stream: Stream) -> None:
    r"""``\NewDocumentCommand\name{m O{x} s}{body}`` (xparse)."""
    name = _name(stream)
    told, body = stream.group(), stream.group()
    arguments = _signature(told or "")
    if body is not None and arguments is not None:
        _define(state, name, Macro(_one_line(body), arguments))


def _signature(told: str) -> tuple[Argument, ...] | None:
    """The arguments that a signature of xparse names; None if it asks for stranger ones."""
    arguments: list[Argument] = []
    stream = Stream(told)
    while match := stream.take(_XPARSE):
        kind = match[1]
        if kind == "O":
            arguments.append(Argument("option", stream.group() or ""))
        elif kind in "mos":
            known = {"m": GROUP, "o": Argument("option"), "s": Argument("star")}
            arguments.append(known[kind])
        else:
            return None
    stream.skip_space()
    return tuple(arguments) if stream.is_done and len(arguments) <= 9 else None


def _new_environment(state: State, stream: Stream) -> None:
    stream.take(_STAR)
    name = stream.group()
    begin = _plain_macro(stream)
    end = stream.group()
    if name is None or begin is None or end is None or len(state.environments) >= MACROS_KEPT:
        return
    if not _PROGRAM.search(begin.body) and not _PROGRAM.search(end):
        state.environments[name.strip()] = Environment(begin, _one_line(end))


def _new_switch(state: State, stream: Stream) -> None:
    name = _name(stream)
    if name and name.startswith("if") and len(state.switches) < MACROS_KEPT:
        state.switches[name[2:]] = False


def _new_toggle(state: State, stream: Stream) -> None:
    state.switches[(stream.group() or "").strip()] = False


def _set_switch(state: State, stream: Stream) -> None:
    name, value = (stream.group() or "").strip(), (stream.group() or "").strip()
    state.switches[name] = value == "true"


def _new_listing(state: State, stream: Stream) -> None:
    r"""``\lstnewenvironment{name}…``, ``\DefineVerbatimEnvironment{name}…``: code."""
    name = stream.group()
    while stream.option() is not None or (stream.following == "{" and stream.group() is not None):
        pass
    if name:
        state.listings.add(name.strip())


DEFINITIONS: dict[str, Callable[[State, Stream], None]] = {
    **dict.fromkeys(
        ("newcommand", "renewcommand", "DeclareRobustCommand", "newrobustcmd"), _new_command
    ),
    "providecommand": _provide_command,
    **dict.fromkeys(("def", "gdef", "edef", "xdef"), _def),
    "let": _let,
    "DeclareMathOperator": _operator,
    "DeclarePairedDelimiter": _paired,
    **dict.fromkeys(
        ("NewDocumentCommand", "RenewDocumentCommand", "DeclareDocumentCommand",
         "ProvideDocumentCommand"), _document_command,
    ),
    **dict.fromkeys(("newenvironment", "renewenvironment"), _new_environment),
    "newif": _new_switch,
    **dict.fromkeys(("newtoggle", "newboolean", "provideboolean"), _new_toggle),
    **dict.fromkeys(("setboolean", "settoggle"), _set_switch),
    **dict.fromkeys(("lstnewenvironment", "DefineVerbatimEnvironment"), _new_listing),
}  # fmt: skip
"""What defines something, without its backslash: it changes the state and draws nothing."""
