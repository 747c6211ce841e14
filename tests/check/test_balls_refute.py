r"""The search for counterexamples: what is refuted, what is supported, what stays open.

Each counterexample that is printed is read back and put in: the statement must be false there.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.check.answers import Open, Refuted, Supported
from blogkit.check.question import Question
from blogkit.check.refute import seek_counterexample
from blogkit.formula import Relation, Symbol, Tree, build, variables
from blogkit.latex import parse
from blogkit.meaning.balls import Evaluation, Truth, precision
from blogkit.meaning.facts.known import Fact, Facts
from blogkit.meaning.sampling.goals import goal_of
from blogkit.meaning.sorts import Kind, Sort
from blogkit.meaning.trees.rewriting import substitute

SORTS: dict[str, Sort] = {
    "n": Sort("natural"),
    "m": Sort("natural"),
    "k": Sort("natural"),
    "z": Sort("complex"),
    "f": Sort("function"),
    "s": Sort("real", is_family=True),
    "p": Sort("real", is_family=True),
    "v": Sort("vector"),
    "w": Sort("vector"),
}
NORM = r"\|\nabla_\theta f(\theta)\|"


def tree(latex: str) -> Tree:
    return build(parse(latex).tree).tree


def question(latex: str, *assume: str) -> Question:
    claim = tree(latex)
    constraints = tuple(Fact(tree(text), text, "given") for text in assume)
    has_complex = r"\mathrm{i}" in latex or "z" in re.sub(r"\\[a-z]+", "", latex)
    facts = Facts(
        {Symbol(name): sort for name, sort in SORTS.items()},
        constraints,
        field_="complex" if has_complex else "real",
    )
    return Question(claim, facts, latex)


def answer(latex: str, *assume: str) -> Refuted | Supported | Open:
    return seek_counterexample(question(latex, *assume))


FALSE = [
    (r"(a+b)^2 = a^2 + b^2",),
    (r"(a+b)^2 = a^2 + 2.0001 a b + b^2",),
    (r"\sin(\pi x) = 0",),
    (r"\pi + 10^{-20} = \pi",),
    (r"\pi = 3.14159265358979",),
    (r"x = x + 10^{-60}",),
    (r"\sqrt{x^2} = x",),
    (r"\log(z^2) = 2 \log z",),
    (r"x^2 + y^2 > 2 x y",),
    (r"x^2 + y^2 \ge 2.0001 x y",),
    (r"e^x \ge 1 + x + 10^{-12}",),
    (r"x + \frac{1}{x} > 2", "x > 0"),
    (r"x > 0 \implies x + \frac{1}{x} > 2",),
    (r"x + \frac{1}{x} > 2 \text{ if } x > 0",),
    (r"1 + 2 + \cdots + n = \frac{n(n-1)}{2}", r"n \ge 1"),
    (r"\sum_{k=0}^n \binom{n}{k} = 2^{n+1}",),
    (r"\max(s_1, \dots, s_n) \le \sum_{i=1}^n s_i", r"n \ge 1"),
    (r"\log\frac{e^{s_k}}{\sum_{i=1}^n e^{s_i}} = -\log\left(1 + \sum_{i=1}^n e^{s_i-s_k}\right)",),
    (r"-\sum_{i=1}^n p_i \log p_i \ge \log n", "p_i > 0", r"\sum_{i=1}^n p_i = 1", r"n \ge 1"),
    (r"\int_0^x t \, dt = \frac{x^2}{3}",),
    (r"\frac{d}{dx} \sin x = -\cos x",),
    (r"\sin'(x) = \sin x",),
    (r"\lfloor x + \frac{1}{2} \rfloor = \lfloor x \rfloor",),
    (r"\frac{x}{y} \in \mathbb{Z}",),
    (r"n^2 + n + 41 \not\equiv 0 \pmod{41}",),
    (rf"\frac{{1}}{{2}} \max\{{1, \frac{{c}}{{{NORM}}}\}} \le \frac{{c}}{{{NORM} + c}}", "c > 0"),
    (rf"0.5001 \min\{{1, \frac{{c}}{{{NORM}}}\}} \le \frac{{c}}{{{NORM} + c}}", "c > 0"),
    (
        rf"\frac{{c}}{{{NORM} + c}} \le (1 - 10^{{-12}}) \min\{{1, \frac{{c}}{{{NORM}}}\}}",
        "c > 0",
    ),
    (r"\|v\| \ge \|w\|",),
    (r"|\log z| \le |\log \operatorname{Re}(z)| + \pi",),
    (r"ab \le \frac{1}{5}", "a + b = 1"),
]

TRUE = [
    (r"(a+b)^2 = a^2 + 2 a b + b^2",),
    (r"\mathrm{e}^{\mathrm{i} \pi} = -1",),
    (r"\sin(\pi n) = 0",),
    (r"\sqrt{x^2} = |x|",),
    (r"\log(x y) = \log x + \log y",),
    (r"x^2 + y^2 \ge 2 x y",),
    (r"e^x \ge 1 + x",),
    (r"\frac{x^2 - 1}{x - 1} = x + 1",),
    (r"|z|^2 = z \overline{z}",),
    (r"1 + 2 + \cdots + n = \frac{n(n+1)}{2}", r"n \ge 1"),
    (r"1 + x + x^2 + \cdots + x^n = \frac{1 - x^{n+1}}{1 - x}",),
    (r"\binom{n}{k} = \frac{n!}{k!(n-k)!}", r"k \le n"),
    (r"\gcd(n, m) \operatorname{lcm}(n, m) = n m",),
    (r"\max(s_1, \dots, s_n) \le \sum_{i=1}^n |s_i|", r"n \ge 1"),
    (r"-\sum_{i=1}^n p_i \log p_i \le \log n", "p_i > 0", r"\sum_{i=1}^n p_i = 1", r"n \ge 1"),
    (r"\int_0^x t \, dt = \frac{x^2}{2}",),
    (r"\sin''(z) = -\sin(z)",),
    (r"a < b < c \implies a < c",),
    (r"\Gamma(x + 1) = x \Gamma(x)", "x > 0"),
    (rf"\frac{{1}}{{2}} \min\{{1, \frac{{c}}{{{NORM}}}\}} \le \frac{{c}}{{{NORM} + c}}", "c > 0"),
    (r"\pi \ne 3",),
]


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case[0])
def test_false_statements_are_refuted(case: tuple[str, ...]) -> None:
    assert isinstance(answer(*case), Refuted)


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case[0])
def test_true_statements_are_supported(case: tuple[str, ...]) -> None:
    assert isinstance(answer(*case), Supported)


@pytest.mark.parametrize("case", FALSE, ids=lambda case: case[0])
def test_printed_counterexamples_reproduce(case: tuple[str, ...]) -> None:
    asked = question(*case)
    found = answer(*case)
    if not isinstance(found, Refuted) or r"\|" in case[0]:
        return
    goal = goal_of(asked.claim, asked.facts)
    point = {
        tree(name): build(parse(value).tree, constants=["i"]).tree
        for name, value in found.counterexample.items()
    }
    assert not any(variables(value).free for value in point.values())
    is_complex = asked.facts.field_ == "complex"
    integers = frozenset(s for s in asked.facts.sorts if asked.facts.sorts[s].kind == "natural")
    with precision(400):
        evaluation = Evaluation(point, is_complex=is_complex, integers=integers)
        assert evaluation.truth(goal.tree) is Truth.FALSE


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"f(x) = f(y)", "Not computed with numbers: f has no known meaning."),
        (
            r"\|v + w\| \le \|v\| + \|w\|",
            "Not computed with numbers: there is no rule for 'norm'.",
        ),
        (r"e^{i \pi} = 1", "Not sampled: i may be the imaginary unit or a variable."),
        (r"1 + 3 + \cdots + 2^n = n", "Not sampled: the rule behind an ellipsis is not clear."),
        (
            r"9^{9^{9^{9^9}}} = 1",
            "Not computed with numbers: a number is too large to compute with.",
        ),
        (r"\sqrt{-1 - x^2} = x", "It was undefined at every point that was tried."),
        (r"z \ne \sqrt{2}", "It could fail at single points, which samples do not meet."),
        (
            r"2 X \mid Y",
            "Not computed with numbers: divisibility of what is not known to be an integer.",
        ),
        (r"m \mid n", "Not sampled: a bar between two names may be a condition."),
        (r"D x^2 = 2 x", "Not sampled: D may be a derivative."),
        (
            r"C_n^k = 1",
            "Not sampled: a letter with a number below and above may be a number of combinations.",
        ),
        (r"f'' \ge 0", "Not sampled: f'' may stand for something that is no number."),
        (
            r"8 \text{ bit} = 2",
            r"Not sampled: \operatorname{bit} may stand for something that is no number.",
        ),
        (
            r"\|\mathbf{s}\| = \sum_{i=1}^n s_i^2",
            "Not computed with numbers: there is no rule for 'norm'.",
        ),
        (r"x \approx x", "Not computed with numbers: the relation ≈ is not decided by numbers."),
    ],
)
def test_what_is_not_decided_says_why(latex: str, reason: str) -> None:
    assert Open(reason) == answer(latex)


def test_a_function_that_is_said_to_be_arbitrary_takes_any_value() -> None:
    asked = question(r"f(x) \ge x")
    told = Fact(tree(r"f(x) \in \mathbb{R}"), r"f(x) \in \mathbb{R}", "given")
    facts = Facts(asked.facts.sorts, stated=(told,))
    found = seek_counterexample(Question(asked.claim, facts, ""))
    assert isinstance(found, Refuted)
    assert set(found.counterexample) == {"x", "f(x)"}
    assert found.method == "exact arithmetic"


def test_a_condition_on_a_function_prevents_a_refutation() -> None:
    assert isinstance(answer(r"f(x) \ge 0", r"f(x) > -1"), Open)


def test_an_unread_condition_prevents_a_refutation() -> None:
    found = answer(r"x = 1", r"x \in A")
    assert isinstance(found, Open)
    assert "a condition was not understood" in found.reason


def test_conditions_say_where_it_was_undefined() -> None:
    found = answer(r"\frac{x^2 - 1}{x - 1} = x + 1")
    assert isinstance(found, Supported)
    assert found.conditions == (r"x - 1 \neq 0",)


def test_a_free_index_is_said_to_lie_in_its_range() -> None:
    found = answer(r"s_k \le \log \sum_{i=1}^n e^{s_i}", r"n \ge 1")
    assert isinstance(found, Supported)
    assert found.conditions == (r"k \in \{1, \dots, n\}",)


def test_a_closed_formula_is_evaluated_to_three_hundred_digits() -> None:
    assert answer(r"4 \arctan 1 = \pi") == Supported("ball arithmetic, 1100 bits", 1)


def test_values_of_both_sides_are_printed() -> None:
    found = answer(r"x + 1 = x")
    assert found == Refuted("exact arithmetic", {"x": "1"}, "2", "1")


def test_the_answer_is_the_same_each_time() -> None:
    latex = r"\sin x \le \cos x"
    assert answer(latex) == answer(latex)


TURNED = {"=": "=", "\\le": "\\ge", "<": ">", "\\ge": "\\le", ">": "<"}
PARTS = st.sampled_from(
    ["x", "y", "x + y", "x y", "x^2", "y^2", r"\sin x", "|x|", "1", r"\frac{x}{y}", "e^y", "x - y"]
)


@settings(max_examples=25)
@given(PARTS, PARTS, st.sampled_from(sorted(TURNED)))
def test_the_verdict_does_not_depend_on_the_side(left: str, right: str, sign: str) -> None:
    one = answer(f"{left} {sign} {right}")
    other = answer(f"{right} {TURNED[sign]} {left}")
    assert type(one) is type(other)


@settings(max_examples=25)
@given(PARTS, PARTS, st.sampled_from(sorted(TURNED)))
def test_the_verdict_does_not_depend_on_names(left: str, right: str, sign: str) -> None:
    asked = question(f"{left} {sign} {right}")
    renamed = substitute(asked.claim, {Symbol("x"): Symbol("u"), Symbol("y"): Symbol("a")})
    other = Question(renamed, asked.facts, "")
    assert isinstance(renamed, Relation)
    one, two = (seek_counterexample(q) for q in (asked, other))
    assert type(one) is type(two)


@pytest.mark.parametrize("kind", ["rational", "real", "complex"])
def test_a_wider_sort_is_no_less_refuted(kind: Kind) -> None:
    x = Symbol("x")
    facts = Facts({x: Sort(kind)}, field_="complex" if kind == "complex" else "real")
    asked = Question(tree(r"x^2 = 2 x"), facts, "")
    assert isinstance(seek_counterexample(asked), Refuted)
