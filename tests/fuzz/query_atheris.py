"""Fuzzes what reads queries, patterns and running text with Atheris, for a number of seconds.

    pip install atheris                      # a development tool, not a dependency of blogkit
    python tests/fuzz/query_atheris.py 1800  # seconds; a corpus folder may follow

An input is at fault if reading it raises, or if a part that is told lies elsewhere than it says.
The fault is printed and the run stops.
"""

import sys

try:
    import atheris
except ImportError:
    raise SystemExit("query_atheris needs atheris: pip install atheris") from None

with atheris.instrument_imports(include=["blogkit"]):
    from blogkit.lookup.pattern import read_pattern
    from blogkit.search.query import read_query
    from blogkit.text.mathspans import find_math

_TOKENS = [
    "梯度", "attention", " ", "\n", "\n\n", "-", '"', "“", "”", "「", "」", ":", "：", "title:",
    "tag:", "category:", "path:", "in:", "in:caption", "date:", "2020", "-06", "..", "OR", "AND",
    "$", "$$",
    r"\(", r"\)", r"\[", r"\]", r"\begin{align}", r"\end{align}", r"\frac{a}{b}", "?a", "?num",
    "?", "{", "}", "_", "^", "py:", "has:", "label:", "*", "《", "》", "(", ")", "`", "``", "\\",
    "\0", "\ud800", "3", "元", "|", "&", r"\qvar{a}", r"\left(", r"\right)", "'", "=", "+",
    r"\label{a}", "\u202e",
]  # fmt: skip


def _input(data: bytes) -> str:
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        return provider.ConsumeUnicode(300)
    count = provider.ConsumeIntInRange(1, 40)
    last = len(_TOKENS) - 1
    return "".join(_TOKENS[provider.ConsumeIntInRange(0, last)] for _ in range(count))


def check(data: bytes) -> None:
    """Raises where the input shows a fault."""
    text = _input(data)
    try:
        query = read_query(text)
        for part in query.ignored:
            assert part.span.of(text) == part.text
        for formula in query.formulas:
            assert formula.latex in formula.span.of(text)
        read_pattern(text)
        found, problems = find_math(text)
        end = 0
        for formula_span in found:
            assert end <= formula_span.span.start <= formula_span.body.start
            assert formula_span.body.end <= formula_span.span.end <= len(text)
            end = formula_span.span.end
        assert all(0 <= p.span.start < p.span.end <= len(text) for p in problems)
    except BaseException:
        sys.stderr.write(f"input: {text!r}\n")
        raise


if __name__ == "__main__":
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=300", *sys.argv[2:]], check)
    atheris.Fuzz()
