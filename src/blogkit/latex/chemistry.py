r"""mhchem's `\ce` as LaTeX: formulas with numbers, charges and states, and arrows of reactions."""

import re

from blogkit.regexes import regex

_ARROWS = {
    "<=>": r"\xrightleftharpoons",
    "<->": r"\xleftrightarrow",
    "->": r"\xrightarrow",
    "<-": r"\xleftarrow",
}
_PART = regex(
    r"""
    (?P<arrow><=>|<->|->|<-)(?:\[(?P<above>[^\][]*)\])?(?:\[(?P<below>[^\][]*)\])?
  | (?P<script>[\^_](?:\{[^{}]*\}|\d*[+-]|\d+|[a-z]))
  | (?P<gas>[\^v](?=\s|\Z))
  | (?P<element>[A-Z][a-z]?)
  | (?P<state>\((?:aq|s|l|g)\))
  | (?P<number>\d+(?:[./]\d+)?)
  | (?P<charge>[+-](?=\s|\Z|[\])]))
  | (?P<plus>[+=](?=\s))
  | (?P<bond>[-=\#])
  | (?P<dot>[*.])
  | (?P<bracket>[()\[\]])
  | (?P<letter>[a-z])
  | (?P<space>\s+)
    """,
    re.VERBOSE,
)
_BONDS = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}


def chemical_latex(text: str) -> str | None:
    r"""A formula or reaction as LaTeX; None where something in it is not understood.

    >>> chemical_latex("2H2 + O2 -> 2H2O")
    '2\\,\\mathrm{H}_{2}+\\mathrm{O}_{2}\\xrightarrow{}2\\,\\mathrm{H}_{2}\\mathrm{O}'
    >>> chemical_latex("SO4^2- (aq)"), chemical_latex(r"\foo")
    ('\\mathrm{S}\\mathrm{O}_{4}^{2-}\\mathrm{(aq)}', None)
    """
    out: list[str] = []
    position, after = 0, "space"
    text = text.strip()
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            return None
        kind = match.lastgroup or ""
        if match["arrow"]:
            kind = "arrow"
        out.append(_written(kind, match, after))
        position, after = match.end(), kind
    return "".join(out)


def _written(kind: str, match: "re.Match[str]", after: str) -> str:
    """One part, by what stands before it."""
    text = match[0]
    begins = after in ("space", "arrow", "plus", "dot")
    if kind == "arrow":
        above, below = (chemical_latex(match[name] or "") for name in ("above", "below"))
        option = f"[{below}]" if below else ""
        return f"{_ARROWS[match['arrow']]}{option}{{{above or match['above'] or ''}}}"
    if kind == "number":
        return rf"{text}\," if begins else f"_{{{text}}}"
    if kind == "script":
        return ("{}" if begins else "") + f"{text[0]}{{{text[1:].strip('{}')}}}"
    if kind == "charge":
        return text if begins else f"^{{{text}}}"
    if kind == "gas":
        return r"\uparrow " if text == "^" else r"\downarrow "
    plain = {"plus": text, "dot": r"\cdot ", "bracket": text, "space": ""}
    if kind == "bond":
        return _BONDS[text]
    return plain.get(kind, rf"\mathrm{{{text}}}")
