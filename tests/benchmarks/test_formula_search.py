"""The pure functions that the formula-search figures rest on."""

import random
from collections import Counter

import pytest
from formulas.alterations import commuted, renamed, with_wildcards
from formulas.corpora import FungrimFormula
from formulas.pieces import latex_of, texts, tokens_of
from formulas.rows import in_half
from formulas.scores import is_deceived, percentile, recall, reciprocal_rank
from formulas.variables import renamed_form, signature, variable_tokens

LEGENDRE = r"P_{n}\!\left(-z\right) = {\left(-1\right)}^{n} P_{n}\!\left(z\right)"
KEPT_IN_PLACE = [
    r"\frac{d}{d z}\, f(z)",
    r"\log G(z)",
    r"\begin{pmatrix} 1 \end{pmatrix} \begin{pmatrix} 2 \end{pmatrix}",
    r"\sum_{k=1}^{n} {a}_{k} + c",
    r"x / y z",
]


def test_reciprocal_rank_counts_unjudged_places() -> None:
    assert reciprocal_rank(["unjudged", "right"], {"right"}) == 0.5
    assert reciprocal_rank(["unjudged"], {"right"}) == 0.0


def test_recall_looks_no_deeper_than_asked() -> None:
    assert recall(["a", "b", "c"], {"a", "c"}, 2) == 0.5


def test_deceived_only_where_a_false_one_comes_first() -> None:
    assert is_deceived(["x", "false"], {"true"}, {"false"})
    assert not is_deceived(["true", "false"], {"true"}, {"false"})
    assert not is_deceived(["x"], {"true"}, {"false"})


def test_percentile_is_a_measured_value() -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.0


def test_halves_split_everything() -> None:
    assert all(in_half(f"q{n}", "dev") != in_half(f"q{n}", "test") for n in range(50))


def test_tokens_print_back() -> None:
    assert latex_of(tokens_of(LEGENDRE)) == LEGENDRE


def test_variables_come_from_the_tree() -> None:
    tree = "Equal(LegendrePolynomial(n, Neg(z)), Mul(Pow(-1, n), LegendrePolynomial(n, z)))"
    formula = FungrimFormula("fun:0010f3", LEGENDRE, tree, ("n", "z"))
    assert variable_tokens(formula, tokens_of(LEGENDRE)) == {"n", "z"}


def test_renaming_is_consistent_and_leaves_functions() -> None:
    tokens = tokens_of(LEGENDRE)
    query = renamed(tokens, {"n", "z"}, random.Random(1))
    assert query is not None
    new = {b.text for a, b in zip(tokens, query.model, strict=True) if a.text in {"n", "z"}}
    assert renamed_form(query.model, new) == renamed_form(tokens, {"n", "z"})


@pytest.mark.parametrize("latex", KEPT_IN_PLACE)
def test_what_does_not_commute_stays(latex: str) -> None:
    assert all(commuted(tokens_of(latex), random.Random(seed)) is None for seed in range(20))


def test_commuting_keeps_the_tokens() -> None:
    query = commuted(tokens_of(r"a b + {c}^{2} = 0"), random.Random(2))
    assert query is not None
    assert Counter(texts(query.model)) == Counter(texts(tokens_of(r"a b + {c}^{2} = 0")))


def test_mirrored_relations_have_one_signature() -> None:
    left, right = tokens_of(r"a < b"), tokens_of(r"b > a")
    assert signature(left, {"a", "b"}) == signature(right, {"a", "b"})


def test_wildcards_keep_brackets_balanced() -> None:
    for seed in range(20):
        query = with_wildcards(tokens_of(LEGENDRE), random.Random(seed))
        assert query is not None
        assert query.latex.count(r"\left") == query.latex.count(r"\right")
        assert query.latex.count("{") == query.latex.count("}")
