"""What the caller declares, what is assumed, and that trees keep their places."""

from blogkit.formula import (
    NOWHERE,
    Apply,
    Constant,
    Number,
    Opaque,
    Symbol,
    build,
    children,
    to_sexpr,
    variables,
    walk,
)
from blogkit.formula.vocabulary import BINDERS, NAMED, OPERATORS
from blogkit.latex import parse


def messages(latex: str, *declared: str) -> list[str]:
    reading = build(parse(latex).tree, declared_functions=declared)
    return [assumption.message for assumption in reading.assumptions]


def test_a_declared_function_is_applied() -> None:
    layout = parse("a(b+c)").tree
    assert to_sexpr(build(layout).tree) == "(times a (plus b c))"
    assert to_sexpr(build(layout, declared_functions=["a"]).tree) == "(call a (plus b c))"


def test_a_declared_function_is_not_an_assumption() -> None:
    assert messages("f(x)") == ["f before a bracket is a function"]
    assert messages("f(x)", "f") == []


def test_a_bound_variable_indexes() -> None:
    layout = parse("d_k").tree
    assert to_sexpr(build(layout).tree) == "d_k"
    assert to_sexpr(build(layout, bound=["k"]).tree) == "(index d k)"


def test_i_is_a_constant_only_where_the_caller_says_so() -> None:
    layout = parse(r"2 \pi i").tree
    assert to_sexpr(build(layout).tree) == "(times 2 #π i)"
    assert to_sexpr(build(layout, constants=["i"]).tree) == "(times 2 #π #i)"


def test_a_bound_i_is_no_constant() -> None:
    layout = parse(r"\sum_{i=1}^n x^i").tree
    assert "#i" not in to_sexpr(build(layout, constants=["i"]).tree)


def test_an_assumed_constant_is_marked() -> None:
    tree = build(parse("e^x").tree).tree
    assert isinstance(tree, Apply)
    assert tree.args[0] == Constant("e")
    assert isinstance(tree.args[0], Constant)
    assert tree.args[0].assumed


def test_a_product_before_a_bracket_is_an_assumption() -> None:
    assert messages("a(b+c)") == ["a before a bracket is a factor"]


def test_the_place_of_an_assumption_is_the_name() -> None:
    assumption = build(parse("1 + f(x)").tree).assumptions[0]
    assert (assumption.code, assumption.span.of("1 + f(x)")) == ("application", "f")


def test_spans_point_at_the_source() -> None:
    latex = r"a = \frac{b}{c} + 1"
    tree = build(parse(latex).tree).tree
    assert tree.span.of(latex) == latex
    quotient = next(x for x in walk(tree) if isinstance(x, Apply) and x.operator == "divide")
    assert quotient.span.of(latex) == r"\frac{b}{c}"


def test_spans_are_not_compared() -> None:
    first, second = build(parse("x").tree).tree, build(parse(r"\, x").tree).tree
    assert first == second == Symbol("x")
    assert hash(first) == hash(second)
    assert (first.span == second.span, Symbol("x").span) == (False, NOWHERE)


def test_an_opaque_part_keeps_its_layout_and_is_counted() -> None:
    reading = build(parse(r"\foo = 1").tree)
    opaque = next(node for node in walk(reading.tree) if isinstance(node, Opaque))
    assert (opaque.latex, opaque.reason, reading.opaque_count) == ("\\foo", "unknown-command", 1)
    assert opaque.layout is not None


def test_children_are_in_reading_order() -> None:
    tree = build(parse("1 + 2 + 3").tree).tree
    assert children(tree) == (Number("1"), Number("2"), Number("3"))


def test_named_functions_are_operators() -> None:
    assert set(NAMED.values()) - set(OPERATORS) == set()


def test_operators_of_trees_are_of_the_vocabulary() -> None:
    latex = r"\sum_i \sin x \odot y / z^2 + \nabla f \pm \lfloor a! \rfloor \cup B"
    for node in walk(build(parse(latex).tree).tree):
        operator = getattr(node, "operator", None)
        assert operator is None or operator in OPERATORS or operator in BINDERS


def names(latex: str) -> tuple[set[str], set[str], set[str]]:
    found = variables(build(parse(latex).tree).tree)
    free, bound, functions = (
        {symbol.name for symbol in part} for part in (found.free, found.bound, found.functions)
    )
    return free, bound, functions


def test_a_bound_variable_is_free_elsewhere() -> None:
    assert names(r"i + \sum_{i=1}^n x_i") == ({"i", "n", "x"}, {"i"}, set())


def test_a_bound_variable_does_not_reach_its_own_range() -> None:
    assert names(r"\sum_{i=1}^{i} 1") == ({"i"}, {"i"}, set())


def test_an_expectation_binds_what_is_drawn() -> None:
    assert names(r"\mathbb{E}_{z \sim p}[f(z)]") == ({"p"}, {"z"}, {"f"})


def test_a_set_binds_its_elements() -> None:
    assert names(r"\{x \in A \mid x > c\}") == ({"A", "c"}, {"x"}, set())


def test_an_integral_binds_its_variable() -> None:
    assert names(r"\int_0^a f(x)\,dx") == ({"a"}, {"x"}, {"f"})
