"""What formulas state: `statements.txt`, the seeds, and what must not change the answer."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.check.context.post_notes import read_post
from blogkit.check.context.questions import PostContext, questions
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.meaning.statements.cutting import split
from blogkit.meaning.trees.reading import read
from blogkit.sources.read import read_posts, with_formulas

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"


def stated(latex: str) -> str:
    lines = []
    for statement in split(read(latex).tree, latex):
        claim = "claim" if statement.is_claim else "no claim"
        line = f"{claim}, {statement.kind}: {statement.latex}"
        if statement.conditions:
            line += " if " + "; ".join(map(to_latex, statement.conditions))
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize(("latex", "expected"), read_cases(HERE / "statements.txt"))
def test_statements_of_a_formula(latex: str, expected: str) -> None:
    assert expected == stated(latex)


@pytest.mark.parametrize(("latex", "expected"), read_cases(HERE / "statements.txt"))
def test_kinds_do_not_depend_on_which_side_is_left(latex: str, expected: str) -> None:
    for statement in split(read(latex).tree, latex):
        tree = statement.tree
        if isinstance(tree, t.Relation) and tree.operators == ("=",):
            swapped = t.Relation((tree.operands[1], tree.operands[0]), ("=",))
            (again,) = split(swapped, "")
            if not statement.latex.startswith("="):
                assert (again.kind, again.is_claim) == (statement.kind, statement.is_claim)


def kinds_in_seeds(name: str) -> dict[int, list[str]]:
    """Kinds of the statements of each display, by its line; `*` marks a claim."""
    path = str(next(SEEDS.glob(f"{name}_*.txt")))
    found: dict[int, list[str]] = {}
    for post in read_posts(Path(path).read_bytes(), path).posts:
        post = post if post.formulas else with_formulas(post)[0]
        notes = read_post(post)
        for formula in post.formulas:
            if formula.display:
                asked = questions(formula.latex, context=PostContext(notes, formula.span))
                kinds = [a.statement.kind + "*" * a.statement.is_claim for a in asked]
                found[formula.line] = kinds
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {14: ["limit*"], 77: ["definition"], 79: ["other", "other"], 99: ["definition"]}),
        ("001", {14: ["identity*"], 45: ["definition"]}),
        (
            "002",
            {
                33: ["definition", "definition"],
                54: ["model"],
                80: ["update"],
                82: ["update"],
                84: ["update"],
                86: ["inequality*", "inequality*"],
                99: ["objective"],
                101: ["objective"],
            },
        ),
        (
            "004",
            {
                17: ["identity*"],
                75: ["definition", "update", "update", "update", "update"],
                112: ["update"],
                114: ["update"],
                116: ["update"],
                118: ["inequality*", "inequality*"],
            },
        ),
    ],
)
def test_kinds_of_the_displays_of_the_seeds(name: str, expected: dict[int, list[str]]) -> None:
    assert expected == kinds_in_seeds(name)


def test_a_known_symbol_on_the_left_makes_a_claim() -> None:
    latex = r"y = x^2"
    known = frozenset([read("y").tree])
    (statement,) = split(read(latex).tree, latex, known=known)  # type: ignore[arg-type]
    assert (statement.kind, statement.is_claim) == ("identity", True)
