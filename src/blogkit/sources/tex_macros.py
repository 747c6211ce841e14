r"""Macros of LaTeX, ``\newcommand``, ``\def``, ``\DeclareMathOperator``, expanded with bounds.

What a macro that calls itself would make of a formula is given up, not waited for.
"""

import re

EXPANSIONS = 500
"""Macros expanded in one formula."""
GROWTH_CHARS = 20_000
"""How much longer than written a formula may become."""
_MACROS_READ = 500
_BODY_CHARS = 2000
_DEFINITION = re.compile(
    r"\\(?:re)?(?:newcommand|providecommand)\*?\s*\{?\s*\\([A-Za-z]{1,40})\s*\}?\s*"
    r"(?:\[(\d)\])?\s*(?=\{)"
    r"|\\def\s*\\([A-Za-z]{1,40})((?:#\d){0,9})\s*(?=\{)"
    r"|\\DeclareMathOperator(\*?)\s*\{?\s*\\([A-Za-z]{1,40})\s*\}?\s*(?=\{)"
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_CALL = re.compile(r"\\([A-Za-z]+)")
_PARAMETER = re.compile(r"#(\d)")


def read_macros(text: str) -> dict[str, tuple[int, str]]:
    r"""Names of the macros that a text defines, with how many arguments each takes and its body.

    >>> read_macros(r"\newcommand{\R}{\mathbb{R}} \def\half#1{\frac{#1}{2}}")
    {'R': (0, '\\mathbb{R}'), 'half': (1, '\\frac{#1}{2}')}
    """
    macros: dict[str, tuple[int, str]] = {}
    for match in _DEFINITION.finditer(text):
        if len(macros) >= _MACROS_READ:
            break
        end = _closing(text, match.end())
        if end is None:
            break
        body = text[match.end() + 1 : end]
        if len(body) > _BODY_CHARS:
            continue
        if match[6]:
            macros[match[6]] = (0, rf"\operatorname{match[5]}{{{body}}}")
        elif match[3]:
            macros[match[3]] = (len(match[4]) // 2, body)
        else:
            macros[match[1]] = (int(match[2] or 0), body)
    return macros


def expand_macros(formula: str, macros: dict[str, tuple[int, str]]) -> str | None:
    r"""A formula with its macros expanded; None if there is no end to them.

    >>> expand_macros(r"$x \in \R^n$", {"R": (0, r"\mathbb{R}")})
    '$x \\in \\mathbb{R}^n$'
    """
    if not macros:
        return formula
    expanded, position = formula, 0
    for _ in range(EXPANSIONS):
        call = _next_call(expanded, position, macros)
        if call is None:
            return expanded
        count, body = macros[call[1]]
        arguments, end = _arguments(expanded, call.end(), count)
        if arguments is None:
            position = call.end()
            continue
        shown = _filled(body, arguments)
        following = expanded[end : end + 1]
        space = " " if following.isalpha() and re.search(r"\\[A-Za-z]+$", shown[-40:]) else ""
        expanded = expanded[: call.start()] + shown + space + expanded[end:]
        position = call.start()
        if len(expanded) > len(formula) + GROWTH_CHARS:
            return None
    return None


def _next_call(
    text: str, position: int, macros: dict[str, tuple[int, str]]
) -> re.Match[str] | None:
    return next((call for call in _CALL.finditer(text, position) if call[1] in macros), None)


def _filled(body: str, arguments: list[str]) -> str:
    """A macro's body with its arguments in place."""
    by_number = {str(number): argument for number, argument in enumerate(arguments, start=1)}
    return _PARAMETER.sub(lambda parameter: by_number.get(parameter[1], ""), body)


def _arguments(text: str, position: int, count: int) -> tuple[list[str] | None, int]:
    """The arguments behind a macro's name: groups, commands or single characters."""
    found: list[str] = []
    for _ in range(count):
        while text[position : position + 1].isspace():
            position += 1
        if position >= len(text):
            return None, position
        if text[position] == "{":
            end = _closing(text, position)
            if end is None:
                return None, position
            found.append(text[position + 1 : end])
            position = end + 1
        else:
            call = _CALL.match(text, position)
            stop = call.end() if call else position + 1
            found.append(text[position:stop])
            position = stop
    return found, position


def _closing(text: str, opening: int) -> int | None:
    """Offset of the brace that closes the one at opening; None where none does."""
    level = 0
    for match in _BRACE.finditer(text, opening):
        level += {"{": 1, "}": -1}.get(match.group(), 0)
        if level == 0:
            return match.start()
    return None
