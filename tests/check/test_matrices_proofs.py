"""Matrix identities in the free algebra, and matrices that are written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structure_questions import decided, question_of, turned, word

from blogkit.check.answers import Open, Proved
from blogkit.check.prove.terms import (
    prove_entries,
    prove_matrices,
    try_matrices,
)
from blogkit.formula import Number, Symbol
from blogkit.meaning.sorts import Sort

TRUE = [
    r"(AB)^\top = B^\top A^\top",
    r"(AB)^{-1} = B^{-1}A^{-1}",
    r"(A^\top)^{-1} = (A^{-1})^\top",
    r"(\mathbf{A}^\top)^\top = \mathbf{A}",
    r"\mathbf{A}(\mathbf{B}+\mathbf{C})=\mathbf{A}\mathbf{B}+\mathbf{A}\mathbf{C}",
    r"\operatorname{tr}(ABC)=\operatorname{tr}(CAB)",
    r"\operatorname{tr}(A^\top B) = \operatorname{tr}(B^\top A)",
    r"\operatorname{tr}(xx^\top)=\|x\|^2",
    r"\operatorname{tr}(x y^\top)= y^\top x",
    r"\det(AB) = \det A \det B",
    r"\det(A^{-1}) = \frac{1}{\det A}",
    r"\det(cA)=c^n\det A",
    r"\|x-y\|^2 = \|x\|^2 - 2x^\top y + \|y\|^2",
    r"\|x+y\|^2 + \|x-y\|^2 = 2\|x\|^2 + 2\|y\|^2",
    r"\langle x, y\rangle = x^\top y",
    r"x^T A y = y^T A^\top x",
    r"x y^\top z = (y^\top z) x",
    r"\|A\|_F = \sqrt{\operatorname{tr}(A^\top A)}",
    r"A \odot B = B \odot A",
    r"(A+UCV)^{-1} = A^{-1} - A^{-1}U(C^{-1}+VA^{-1}U)^{-1}VA^{-1}",
    r"(I+AB)^{-1}A = A(I+BA)^{-1}",
    r"\operatorname{rank}(A) = \operatorname{rank}(A^\top)",
]

FALSE = [
    r"\mathbf{A}\mathbf{B} = \mathbf{B}\mathbf{A}",
    r"(AB)^\top = A^\top B^\top",
    r"(AB)^{-1} = A^{-1}B^{-1}",
    r"(\mathbf{A}+\mathbf{B})^2 = \mathbf{A}^2 + 2\mathbf{A}\mathbf{B} + \mathbf{B}^2",
    r"\operatorname{tr}(ABC)=\operatorname{tr}(CBA)",
    r"\operatorname{tr}(AB)=\operatorname{tr}(A)\operatorname{tr}(B)",
    r"\det(A+B) = \det A + \det B",
    r"\det(A^{-1}) = \det A",
    r"\det(cA)=c\det A",
    r"\|x-y\|^2 = \|x\|^2 + 2x^\top y + \|y\|^2",
    r"\|x-y\|^2 = \|x\|^2 - x^\top y + \|y\|^2",
    r"x^\top A y = y^\top A x",
    r"xy^\top = yx^\top",
    r"\|A\|_F^2 = \operatorname{tr}(A A)",
    r"(A+B)^{-1} = A^{-1} + B^{-1}",
    r"(A+UCV)^{-1} = A^{-1} + A^{-1}U(C^{-1}+VA^{-1}U)^{-1}VA^{-1}",
    r"\operatorname{rank}(A+B) = \operatorname{rank}(A)+\operatorname{rank}(B)",
    r"|\langle x,y\rangle| \ge \|x\|\|y\|",
    r"\|x+y\| = \|x\| + \|y\|",
]


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_identity_is_proved_and_holds_for_small_matrices(latex: str) -> None:
    question = question_of(latex)
    assert word(prove_matrices(question)) == "Proved"
    assert word(prove_matrices(turned(question))) == "Proved"
    assert word(try_matrices(question)) in {"Supported", "Open"}


@pytest.mark.parametrize("latex", FALSE)
def test_a_wrong_identity_is_refuted_and_never_proved(latex: str) -> None:
    question = question_of(latex)
    assert word(prove_matrices(question)) == "Open"
    assert word(try_matrices(question)) == "Refuted"
    assert word(try_matrices(turned(question))) == "Refuted"


@pytest.mark.parametrize(
    ("latex", "method"),
    [
        (r"|\langle x,y\rangle| \le \|x\|\|y\|", "Cauchy-Schwarz inequality"),
        (r"\langle x,y\rangle^2 \le \|x\|^2\|y\|^2", "Cauchy-Schwarz inequality"),
        (r"\|x+y\| \le \|x\| + \|y\|", "triangle inequality"),
        (r"\|x\|-\|y\| \le \|x-y\|", "triangle inequality"),
        (r"x^\top A^\top A x \ge 0", "a sum of squares"),
    ],
)
def test_an_inequality_is_proved_by_its_theorem(latex: str, method: str) -> None:
    answer = prove_matrices(question_of(latex))
    assert isinstance(answer, Proved)
    assert answer.method == method


def test_inverses_that_are_needed_are_told() -> None:
    answer = prove_matrices(question_of(r"(AB)^{-1} = B^{-1}A^{-1}"))
    assert isinstance(answer, Proved)
    assert answer.conditions == (r"A \text{ is invertible}", r"B \text{ is invertible}")


WRITTEN_OUT = [
    (
        r"\begin{pmatrix}a & b \\ c & e\end{pmatrix}^{-1} = "
        r"\frac{1}{ae-bc} \begin{pmatrix}e & -b \\ -c & a\end{pmatrix}"
    ),
    r"\det \begin{pmatrix} a&b\\c&d\end{pmatrix} = ad-bc",
    r"\det \begin{pmatrix} a&b&c\\d&e&f\\g&h&j\end{pmatrix} = aej+bfg+cdh-gec-hfa-jdb",
    (
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}1\\1\end{pmatrix}"
        r"=\begin{pmatrix}3\\7\end{pmatrix}"
    ),
]


@pytest.mark.parametrize("latex", WRITTEN_OUT)
def test_matrices_that_are_written_out_are_compared_by_entries(latex: str) -> None:
    assert word(prove_entries(question_of(latex))) == "Proved"


@pytest.mark.parametrize(
    "latex",
    [
        (
            r"\begin{pmatrix}a & b \\ c & e\end{pmatrix}^{-1} = "
            r"\frac{1}{ae-bc} \begin{pmatrix}e & -c \\ -b & a\end{pmatrix}"
        ),
        r"\det \begin{pmatrix} a&b\\c&d\end{pmatrix} = ac-bd",
        (
            r"\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}1\\1\end{pmatrix}"
            r"=\begin{pmatrix}3\\6\end{pmatrix}"
        ),
    ],
)
def test_wrong_entries_are_refuted(latex: str) -> None:
    assert word(decided(question_of(latex))) == "Refuted"


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\mathbf{u}\times\mathbf{v} = -\mathbf{v}\times\mathbf{u}", "side by side"),
        (r"\mathbf{A}\mathbf{v} = \lambda \mathbf{v}", "to meet"),
        (r"\mathbf{x}^\top \mathbf{H} \mathbf{x} \geq 0", "to meet"),
        (r"\mathbf{Q}^\top\mathbf{Q}=\mathbf{I}", "to meet"),
        (r"\mathbf{A}^\top=-\mathbf{A}", "property"),
        (r"\mathbf{A}=\mathbf{A}^\top", "name"),
        (r"\|\mathbf{w}\|^2 - r^2 \leq 0", "to meet"),
        (r"\det(tI - AB) = \det(tI - BA)", "not square"),
        (r"\mathbf{A}\mathbf{B} \neq \mathbf{B}\mathbf{A}", "differ in general"),
        (r"\|x\|_1 \leq \sqrt{n} \|x\|_2", "to meet"),
        (r"M = \begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}", "to meet"),
        (r"\det\begin{pmatrix} a-\lambda & b \\ c & d-\lambda\end{pmatrix} = 0", "to meet"),
        (r"A A^{-1} = E", "special matrix"),
        (r"\|A\| \le \operatorname{tr}(A)", "norm of a matrix"),
    ],
)
def test_what_may_be_meant_otherwise_stays_open(latex: str, reason: str) -> None:
    answer = decided(question_of(latex))
    assert isinstance(answer, Open)
    assert reason in answer.reason


def test_sizes_that_do_not_fit_are_told() -> None:
    size = [Number("2"), Number("3")]
    sorts = {Symbol(name): Sort("matrix", (size[0], size[1])) for name in "AB"}
    answer = decided(question_of(r"(AB)^\top = B^\top A^\top", sorts=sorts))
    assert answer == Open("the sizes of the matrices don't fit")


def test_symmetry_that_is_given_is_used_and_met() -> None:
    question = question_of(r"x^\top A y = y^\top A x", assume=(r"A^\top = A",))
    assert word(prove_matrices(question)) == "Proved"
    assert word(try_matrices(question)) == "Supported"


def test_orthogonality_that_is_given_is_used_and_met() -> None:
    question = question_of(r"\|Qx\| = \|x\|", assume=(r"Q^\top Q = I",))
    assert word(prove_matrices(question)) == "Proved"
    wrong = question_of(r"\|Qx\| = 2\|x\|", assume=(r"Q^\top Q = I",))
    assert word(try_matrices(wrong)) == "Refuted"


def test_a_fact_that_is_not_understood_stops_a_refutation() -> None:
    question = question_of(
        r"\mathbf{A}\mathbf{B} = \mathbf{B}\mathbf{A}", assume=(r"\mathbf{A} \sim \mathbf{B}",)
    )
    assert word(try_matrices(question)) == "Open"


LETTERS = st.lists(st.sampled_from("ABCD"), min_size=2, max_size=5)


def grouped(letters: list[str], cut: int) -> str:
    """A product with a bracket somewhere: `A(BC)`."""
    cut = 1 + cut % (len(letters) - 1)
    left, right = (
        " ".join(rf"\mathbf{{{x}}}" for x in part) for part in (letters[:cut], letters[cut:])
    )
    return f"({left})({right})"


@given(LETTERS, st.integers(0, 9), st.integers(0, 9))
def test_grouping_does_not_matter(letters: list[str], one: int, two: int) -> None:
    question = question_of(f"{grouped(letters, one)} = {grouped(letters, two)}")
    assert word(prove_matrices(question)) == "Proved"


@given(LETTERS, st.integers(0, 9))
def test_a_transpose_turns_the_order(letters: list[str], cut: int) -> None:
    turned_letters = " ".join(rf"\mathbf{{{x}}}^\top" for x in reversed(letters))
    question = question_of(rf"({grouped(letters, cut)})^\top = {turned_letters}")
    assert word(prove_matrices(question)) == "Proved"


@given(LETTERS.filter(lambda letters: letters[0] != letters[1]))
def test_two_letters_swapped_is_refuted(letters: list[str]) -> None:
    other = [letters[1], letters[0], *letters[2:]]
    question = question_of(f"{grouped(letters, 0)} = {grouped(other, 0)}")
    assert word(prove_matrices(question)) == "Open"
    assert word(try_matrices(question)) == "Refuted"
