"""A formula of a post: definitions put in, and when an equation may be no claim."""

import pytest

from blogkit.check.context.post_notes import read_post
from blogkit.check.context.questions import Asked, PostContext, questions
from blogkit.formula import to_sexpr
from blogkit.meaning.facts.assume import read_assumptions
from blogkit.posts import Post
from blogkit.text.mathspans import find_math

CONDITION = "it may be meant as a condition and not as a claim"


def last_of(text: str) -> Asked:
    """The last statement of the last formula of a text."""
    formula = find_math(text)[0][-1]
    context = PostContext(read_post(Post(title="", text=text)), formula.span)
    return questions(formula.body.of(text), context=context)[-1]


def claim_of(text: str) -> str:
    asked = last_of(text)
    assert asked.question is not None, asked.reason
    return to_sexpr(asked.question.claim)


def test_a_definition_of_the_post_is_put_in_and_stated() -> None:
    text = r"定义 $$\sigma(x) = \frac{1}{1+e^{-x}}$$ 则 $$\sigma(-a) = 1 - \sigma(a)$$"
    sigma = "(divide 1 (plus 1 (power #e (minus {}))))"
    expected = f"(= {sigma.format('(minus a)')} (plus 1 (minus {sigma.format('a')})))"
    assert expected == claim_of(text)
    question = last_of(text).question
    assert question is not None
    assert r"\sigma(x) = \frac{1}{1+e^{-x}}" in [fact.latex for fact in question.facts.stated]
    assert last_of(text).doubt == ""


def test_a_prime_on_a_defined_function_is_its_derivative() -> None:
    assert claim_of("$$f(x) = x^3$$ 则 $$f'(x) = 3x^2$$") == (
        "(= (derivative (power x 3) x) (times 3 (power x 2)))"
    )


def test_a_definition_within_a_definition_is_put_in() -> None:
    text = "$$a = b + 1$$ $$c = 2a$$ 于是 $$c - 2 = 2b$$"
    assert claim_of(text) == "(= (plus (times 2 (plus b 1)) (minus 2)) (times 2 b))"


def test_putting_in_captures_no_variable() -> None:
    text = r"$$f(x) = x + j$$ 于是 $$\sum_{j=1}^n f(j) = 0$$"
    assert claim_of(text) == "(= (sum :for j :from 1 :to n :of (call f j)) 0)"


def test_what_is_defined_in_two_ways_is_not_put_in() -> None:
    text = "$$f(x) = x^2$$ $$f(x) = x^3$$ 于是 $$f(2) = 4$$"
    assert claim_of(text) == "(= (call f 2) 4)"
    assert last_of(text).doubt == "the post defines 'f' in a way that could not be used"


def test_a_second_definition_is_a_claim_in_doubt() -> None:
    asked = last_of("$$f(x) = x^2$$ 以及 $$f(x) = x^3$$")
    assert (asked.statement.kind, asked.statement.is_claim) == ("identity", True)
    assert asked.doubt == "the post may define its left side anew here"


def test_a_definition_of_another_section_leaves_a_doubt() -> None:
    asked = last_of("# 一\n\n$$f(x) = x^2$$\n\n# 二\n\n$$f(2) = 4$$")
    assert asked.doubt == "'f(x) = x^2' stands in another section and may not be meant here"


@pytest.mark.parametrize(
    "text",
    [
        r"分离超平面为 $$\mathbf{w}^\top \mathbf{x} + b = 0$$",
        r"这里 $x^2 = 2$",
        r"向量满足 $\|x\|_1 = 1$",
        r"勾股定理 $$a^2 + b^2 = c^2$$",
        r"矩阵满足 $A^\top = A$",
        r"约束为 $$\|w\|_2 \leq 1$$",
    ],
)
def test_a_condition_of_a_post_is_in_doubt(text: str) -> None:
    assert last_of(text).doubt == CONDITION


@pytest.mark.parametrize(
    "text",
    [
        r"我们有 $$(a+b)^2 = a^2 + b^2$$",
        r"我们有 $$-\log \frac{e^{s_t}}{\sum_{i=1}^n e^{s_i}} = s_t + \log\sum_{i=1}^n e^{s_i}$$",
        r"有不等式 $$\min\{1, x\} \leq \frac{x}{x+1}$$",
    ],
)
def test_a_claim_of_a_post_is_in_no_doubt(text: str) -> None:
    assert last_of(text).doubt == ""


def test_an_equation_of_probabilities_behind_an_assumption_is_in_doubt() -> None:
    text = r"假设各词独立，则 $$P(x_1, x_2) = P(x_1) P(x_2)$$"
    assert last_of(text).doubt == (
        "it may rest on the independence or approximation that the words beside it speak of"
    )


def test_a_formula_by_itself_is_read_as_true_of_all_values() -> None:
    (asked,) = questions(r"(a + b)^2 = a^2 + b^2")
    assert asked.question is not None
    assert asked.doubt == ""


def test_an_equation_in_which_nothing_can_cancel_may_be_a_condition() -> None:
    (right_angle,) = questions(r"a^2 + b^2 = c^2")
    assert right_angle.doubt == (
        "its sides share no symbol: it may be meant as a condition and not as a claim"
    )
    (polyhedron,) = questions(r"V - E + F = 2")
    assert polyhedron.doubt == (
        "each symbol occurs once: it may be meant as a condition and not as a claim"
    )
    (assumed,) = questions(r"a^2 + b^2 = c^2", assume=read_assumptions(["a > 0"]))
    assert assumed.doubt == ""


def test_the_lines_of_a_system_are_in_doubt() -> None:
    first, second = questions(r"\begin{cases} x + y = 1 \\ x - y = 3 \end{cases}")
    assert first.doubt == "it may rest on 'x - y = 3'"
    assert second.doubt == "it may rest on 'x + y = 1'"


def test_a_mean_is_in_doubt() -> None:
    (asked,) = questions(r"\sum_{i=1}^n (x_i - \bar{x}) = 0")
    assert asked.doubt == r"'\bar{x}' may be the mean of the values that it is named after"


def test_a_variable_that_another_equation_ties_is_in_doubt() -> None:
    asked = last_of(r"$$x_t = x_{t-1} + y$$ 于是 $$x_1 + y = y + x_2$$")
    assert asked.doubt == "'x' is tied by 'x_t = x_{t-1} + y', which could not be used"


def test_an_update_by_an_arrow_ties_nothing() -> None:
    asked = last_of(r"$$\theta \leftarrow \theta - \eta g$$ 于是 $$\theta + \theta = 2\theta$$")
    assert asked.doubt == ""


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\frac{dy}{dx} = 2x^2", "how 'y' depends on 'x' is not known"),
        (r"\nabla_w L = 2w^2", "how 'L' depends on 'w' is not known"),
        (r"\sin x \approx x", "'≈' does not say how near"),
        (r"\frac{1}{} + x = x + y", "a part is missing"),
    ],
)
def test_what_can_not_be_asked_has_its_reason(latex: str, reason: str) -> None:
    (asked,) = questions(latex)
    assert (asked.question, asked.reason) == (None, reason)


def test_a_letter_that_the_post_defines_is_no_constant() -> None:
    assert claim_of("误差 $$e = y - x$$ 于是 $$e + x = y + 0$$") == (
        "(= (plus (plus y (minus x)) x) (plus y 0))"
    )


def test_an_index_of_the_post_is_no_imaginary_unit() -> None:
    text = r"设 $x_i$ 为第$i$个。于是 $$(i + 1)^2 = i^2 + 2i + 1$$"
    question = last_of(text).question
    assert question is not None
    assert question.facts.field_ == "real"


def test_macros_of_the_post_are_known() -> None:
    text = r"$\newcommand{\norm}[1]{\left\|#1\right\|}$ 有 $$\norm{x} \geq 0$$"
    assert claim_of(text) == "(≥ (norm x) 0)"


def test_a_bar_without_partner_leaves_the_whole_chain_undecided() -> None:
    for asked in questions("|x|y|\\le|x-y|"):
        assert asked.question is None
        assert asked.reason in ("a bar in it has no partner", "one of its sides is missing")


def test_what_a_derivative_holds_fixed_is_told() -> None:
    text = r"设 $$h_t = a h_{t-1}$$ 且 $$L = h_T + h_{T-1}$$ 则"
    held = last_of(rf"{text} $$\frac{{\partial L}}{{\partial h_{{T-1}}}} = 1$$").question
    assert held is not None
    assert held.plain is not None
    assert [to_sexpr(name) for name in held.plain.held] == ["(index h T)"]
