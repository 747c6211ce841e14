"""Any text of LaTeX's tokens: reading never raises, places nest, printing settles."""

from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.latex import Node, parse, to_latex
from blogkit.latex.commands import COMMANDS
from blogkit.latex.environments import ENVIRONMENTS
from blogkit.latex.symbols import SYMBOLS

PLAIN = [
    *"{}{}{}[]()^_'&$#~%|ax1+=,梯²\\\n \ud800\0",
    "\\(",
    "\\)",
    "\\unknown",
    "\\a",
    "\\def\\a#1{",
]
ENDS = [f"\\{word}{{{name}}}" for name in ENVIRONMENTS for word in ("begin", "end")]
TOKENS = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(list(COMMANDS)),
    st.sampled_from(sorted(SYMBOLS)),
    st.sampled_from(ENDS),
)
LATEX = st.one_of(st.lists(TOKENS, max_size=25).map("".join), st.text(max_size=60))


def check_places(node: Node) -> None:
    for child in node.children:
        assert node.span.start <= child.span.start <= child.span.end <= node.span.end
        check_places(child)


@settings(max_examples=500)
@given(LATEX)
def test_places_lie_in_the_source_and_within_their_parents(latex: str) -> None:
    parsed = parse(latex)
    assert (parsed.tree.span.start, parsed.tree.span.end) == (0, len(latex))
    check_places(parsed.tree)
    assert all(0 <= p.span.start <= p.span.end <= len(latex) for p in parsed.problems)


@settings(max_examples=500)
@given(LATEX)
def test_printing_what_was_printed_changes_nothing(latex: str) -> None:
    printed = to_latex(parse(latex).tree)
    assert printed == to_latex(parse(printed).tree)
