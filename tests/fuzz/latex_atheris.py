"""Fuzzes the LaTeX reader and printer with Atheris, for a number of seconds.

    pip install atheris                      # a development tool, not a dependency of blogkit
    python tests/fuzz/latex_atheris.py 1800  # seconds; a corpus folder may follow

Half of the inputs are bytes read as text, half are picked from a list of tokens, which reach
deeper. An input is at fault if reading or printing raises, if a span lies outside of its parent's,
or if printing what was printed changes it. The fault is printed and the run stops.
"""

import sys

try:
    import atheris
except ImportError:
    raise SystemExit("latex_atheris needs atheris: pip install atheris") from None

with atheris.instrument_imports(include=["blogkit"]):
    from blogkit.latex import Node, parse, to_latex
    from blogkit.latex.commands import COMMANDS
    from blogkit.latex.environments import ENVIRONMENTS
    from blogkit.latex.symbols import DELIMITERS, OPERATORS, SYMBOLS

_WORDS = "{ } { } [ ] & ^ _ ' # $ \\( \\) a x 1 + = ( ) | ~ % * 梯 ² \ud800 \0 e\u0301"
_PLAIN = _WORDS.split()
_TOKENS = [
    *_PLAIN,
    " ",
    "\n",
    *COMMANDS,
    *sorted(SYMBOLS)[::5],
    *OPERATORS,
    *(f"\\left{name}" for name in sorted(DELIMITERS)[::3]),
    *(f"\\right{name}" for name in sorted(DELIMITERS)[::3]),
    *(f"\\begin{{{name}}}" for name in ENVIRONMENTS),
    *(f"\\end{{{name}}}" for name in ENVIRONMENTS),
    "\\newcommand{\\b}[1][x]{#1",
    "\\def\\a#1{",
    "\\def\\a#1;{",
    "\\a",
    "\\b",
    "\\let\\c\\frac",
    "\\c",
    "[2pt]",
    "2pt",
    "\\verb|a|",
    "\\url{a%b}",
    "\\begin{array}{c|c}",
    "{red}",
    '"41',
    "\\",
    "\\unknown",
]


def _input(data: bytes) -> str:
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        return provider.ConsumeUnicode(400)
    count = provider.ConsumeIntInRange(1, 40)
    last = len(_TOKENS) - 1
    return "".join(_TOKENS[provider.ConsumeIntInRange(0, last)] for _ in range(count))


def _check_spans(node: Node) -> None:
    waiting = [node]
    while waiting:
        parent = waiting.pop()
        for child in parent.children:
            inside = parent.span.start <= child.span.start <= child.span.end <= parent.span.end
            assert inside, f"{child!r} is not within {parent.span}"
            waiting.append(child)


def check(data: bytes) -> None:
    """Raises where the input shows a fault."""
    latex = _input(data)
    try:
        parsed = parse(latex)
        _check_spans(parsed.tree)
        assert all(0 <= p.span.start <= p.span.end <= len(latex) for p in parsed.problems)
        printed = to_latex(parsed.tree)
        again = to_latex(parse(printed).tree)
        assert again == printed, f"printed {printed!r}, then {again!r}"
    except BaseException:
        sys.stderr.write(f"input: {latex!r}\n")
        raise


if __name__ == "__main__":
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=400", *sys.argv[2:]], check)
    atheris.Fuzz()
