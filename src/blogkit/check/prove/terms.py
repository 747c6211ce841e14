r"""Statements about matrices and vectors: proved in the free algebra or by entries, else tried.

Names get matrices of small fractions in sizes 1 to 3 that fit; one failure, in exact arithmetic or
balls (for norms), refutes. Matrices that are written out are compared entry by entry as fractions
of polynomials, which is a proof.
"""

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flint import ctx

from blogkit.check.answers import Answer, Open, Proved, Refuted, Supported, method
from blogkit.check.prove.matrix_theorems import theorem_of
from blogkit.check.question import Question
from blogkit.formula import Apply, Big, Call, Index, Relation, Symbol, Tree, walk
from blogkit.formula.printing import to_latex
from blogkit.formula.vocabulary import ALL_DERIVATIVES
from blogkit.language import Message
from blogkit.meaning.facts.notation import SPECIAL, meanings
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.probability.sequences import defined_name
from blogkit.meaning.probability.spelling import STEP, spelled_out
from blogkit.meaning.terms.entries import same_entries
from blogkit.meaning.terms.free_algebra import Algebra
from blogkit.meaning.terms.nodes import Term, all_terms, is_bound_name, without_slopes
from blogkit.meaning.terms.points import Limit, Point, points, read_facts
from blogkit.meaning.terms.reader import TermReader
from blogkit.meaning.terms.signs import is_matrix_claim
from blogkit.meaning.terms.spectra import is_of_matrices
from blogkit.meaning.terms.values import compare, is_ball, value_latex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Value = Any  # a number (fmpq or arb) or a Grid

_SPECIAL_WORDS: Final = {
    "zero": Message("zero"),
    "identity": Message("identity"),
    "ones": Message("all-ones"),
}
BITS = 256
"""Precision of balls, for norms."""


def applies(question: Question) -> bool:
    """Whether a claim is about matrices or vectors."""
    return isinstance(question.claim, Relation) and is_matrix_claim(question.claim, question.facts)


@method
def prove_matrices(question: Question) -> Answer:
    """A proof of a relation between matrices, vectors or numbers made of them, or `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1:
        return Open(Message("no relation between matrices"))
    reader = TermReader(question.facts)
    left, right = reader.read(claim)
    algebra = Algebra(reader.sizes)
    algebra.learn(question.facts)
    return _prove(claim.operators[0], left, right, algebra, reader)


def prove_as_terms(question: Question) -> Answer:
    """A proof of an equation of numbers, families and functions that nobody defines, or `Open`.

    It is the last of the methods, for what the others can't compute. A proof is believed where
    small values that can be tried agree with it.
    """
    plain, spelled = question, replace(question, claim=spelled_out(question.claim))
    answer = prove_matrices(question)
    if not isinstance(answer, Proved) and spelled != plain:
        question, answer = spelled, prove_matrices(spelled)
        if isinstance(answer, Proved):
            answer = replace(answer, steps=(STEP, *answer.steps))
    if not isinstance(answer, Proved):
        return answer
    answer = replace(answer, method=Message("normal form of sums, products and functions"))
    assert isinstance(question.claim, Relation)
    reader = TermReader(question.facts)
    left, right = reader.read(question.claim)
    try:
        tried = _try_all(left, question.claim.operators[0], right, reader, [])
    except NotApplicable:
        return answer  # not to be computed, as a part that stands for whatever it is
    if isinstance(tried, Refuted):
        return Open(Message("small values contradict what its normal form shows"))
    return answer


def _prove(sign: str, left: Term, right: Term, algebra: Algebra, reader: TermReader) -> Answer:
    if any(term.operator == "literal" for side in (left, right) for term in all_terms(side)):
        raise NotApplicable(Message("matrices that are written out are compared entry by entry"))
    is_scalar = reader.is_scalar(left) and reader.is_scalar(right)
    conditions = (*reader.conventions, *algebra.conditions)
    if sign == "=" and (
        algebra.same_scalars(left, right) if is_scalar else algebra.same_matrices(left, right)
    ):
        steps = (Message("Both sides have the same normal form: a sum of words, order kept."),)
        conditions = (*reader.conventions, *algebra.conditions)
        return Proved(Message("free algebra of matrices"), conditions, (*algebra.steps, *steps))
    if sign in {"≤", "≥"} and is_scalar:
        low, high = (left, right) if sign == "≤" else (right, left)
        theorem = theorem_of(algebra, low, high)
        if theorem:
            return Proved(theorem, conditions, ())
    return Open(Message("the two sides have different normal forms"))


@method
def prove_entries(question: Question) -> Answer:
    """A proof for matrices that are written out, or `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or claim.operators != ("=",) or not applies(question):
        return Open(Message("no equation of matrices"))
    reader = TermReader(question.facts)
    left, right = reader.read(claim)
    if not any(t.operator == "literal" for side in (left, right) for t in all_terms(side)):
        return Open(Message("no matrix is written out"))
    if same_entries(left, right, reader.sizes):
        steps = (Message("All entries agree as fractions of polynomials."),)
        return Proved(
            Message("comparison of entries"),
            (Message(r"\text{all denominators are not zero}"),),
            steps,
        )
    return Open(Message("some entries differ as fractions of polynomials"))


@method
def try_matrices(question: Question) -> Answer:
    """A counterexample among small matrices, or support, or `Open`."""
    claim = question.claim
    if not isinstance(claim, Relation) or len(claim.operators) != 1 or not applies(question):
        return Open(Message("no relation between matrices"))
    if claim.operators[0] not in {"=", "≠", "≤", "≥", "<", ">"}:
        return Open(Message("the relation is not understood for matrices"))
    if defined_name(claim, question.facts) is not None:
        return Open(Message("a name is defined elsewhere, so a counterexample might violate it"))
    reader = TermReader(question.facts)
    left, right = reader.read(claim)
    facts = read_facts(reader, claim)
    told = {fact.name for fact in facts} | reader.sizes.named.keys()
    doubt = _doubt(left, claim.operators[0], right, told)
    if any(isinstance(node, Apply) and node.operator in ALL_DERIVATIVES for node in walk(claim)):
        doubt = ""
    if doubt and reader.special:
        reason = Message("a name may stand for a special matrix")
        return Open(reason, readings=_meanings(claim, reader))
    if doubt:
        return Open(doubt)
    answer = _try_all(left, claim.operators[0], right, reader, facts)
    withheld = _why_withheld(claim, left, right, reader)
    if isinstance(answer, Refuted) and withheld:
        return Open(withheld)
    if not reader.special:
        return answer
    limits = [Limit(SPECIAL[_letter(name)], name) for name in reader.special]
    other = _try_all(left, claim.operators[0], right, reader, [*facts, *limits])
    return _either_way(claim, answer, other, reader)


def _why_withheld(claim: Relation, left: Term, right: Term, reader: TermReader) -> str:
    """Why a refutation of a claim would not be one; empty where it would."""
    if reader.has_layout:
        return Message("the layout of the derivative is not known")
    if reader.rests_on_habit:
        habit = reader.conventions[-1]
        return Message("it is false where ${habit}$, which may not be meant", habit=habit)
    if _relates_values(left, claim.operators[0], right) or _tells_of_function(claim):
        return Message("a property of a function of which nothing is known")
    return _tied(claim)


def _relates_values(left: Term, sign: str, right: Term) -> bool:
    r"""Whether a claim relates values of an unknown function at several places: `f(-x) = f(x)`.

    That is told of a function, like an inequality; at one place it is an identity in its value.
    """
    calls = [term for side in (left, right) for term in all_terms(side) if term.operator == "call"]
    places: dict[Tree, set[tuple[Term, ...]]] = defaultdict(set)
    for call in calls:
        assert call.name is not None
        function, _ = without_slopes(call.name)
        places[function].add(call.args)
    return bool(calls) and (sign != "=" or any(len(args) > 1 for args in places.values()))


def _tells_of_function(claim: Tree) -> bool:
    r"""Whether an equation tells what an unknown function is like: `f'(x) = f(x)`.

    Where something made of functions is derived, as in `(fg)'`, it is meant of all functions.
    """
    nodes = list(walk(claim))
    derived = [
        node.args[0]
        for node in nodes
        if isinstance(node, Apply) and node.operator in ALL_DERIVATIVES
    ]
    calls = [x for x in nodes if isinstance(x, Call) and not is_of_matrices(x.function)]
    compound = [of for of in derived if not isinstance(of, Call | Symbol) or _is_nested(of)]
    return bool(calls) and not compound


def _is_nested(tree: Tree) -> bool:
    """Whether it is a function of what is more than a name: `f(g(x))`, `f(Ax)`."""
    return isinstance(tree, Call) and any(not isinstance(arg, Symbol | Index) for arg in tree.args)


def _tied(claim: Tree) -> str:
    """Why a matrix beside one with a star may be no matrix of its own: `A^{*} A`."""
    names = {node for node in walk(claim) if isinstance(node, Symbol)}
    for name in names:
        plain = replace(name, accents=())
        if {"star", "dagger"} & {*name.accents} and plain in names:
            return Message(
                "'{marked}' may be made of '{name}': its adjoint or adjugate",
                marked=to_latex(name),
                name=to_latex(plain),
            )
    return ""


def _either_way(claim: Tree, any_matrix: Answer, special: Answer, reader: TermReader) -> Answer:
    """The answer for names such as `O` that may be any matrix or the one that they often are."""
    if type(any_matrix) is type(special):
        return any_matrix
    name = min(reader.special, key=to_latex)
    return Open(
        Message(
            "it depends on whether '{name}' is any matrix or the {special} matrix",
            name=to_latex(name),
            special=_SPECIAL_WORDS[SPECIAL[_letter(name)]],
        ),
        readings=_meanings(claim, reader),
    )


def _meanings(claim: Tree, reader: TermReader) -> tuple[str, ...]:
    return meanings(claim, _letter(min(reader.special, key=to_latex)))


def _letter(name: Tree) -> str:
    base = name.base if isinstance(name, Index) else name
    assert isinstance(base, Symbol)
    return base.name


def _doubt(left: Term, sign: str, right: Term, told: set[Tree | None]) -> str:
    """Why a statement that fails may still be meant: it may tell what holds of given matrices."""
    names = [set(_names(side)) for side in (left, right)]
    own = [names[0] - names[1] - told, names[1] - names[0] - told]
    has_literal = any(t.operator == "literal" for side in (left, right) for t in all_terms(side))
    is_shaped = any(
        t.name in own[0] | own[1] and (t.rows or t.columns)
        for side in (left, right)
        for t in all_terms(side)
    )
    if any(own) and (is_shaped or not has_literal or not all(names) or all(own)):
        return Message("a relation that may be what a matrix or vector is to meet")
    if sign == "≠":
        return Message("whether two things differ in general is not what is tried")
    for one, other in ((left, right), (right, left)):
        if sign == "=" and (one.operator == "name" or (names[0] and _is_fixed(one, has_literal))):
            return Message("a name gets a value")
        if sign == "=" and len(names[0]) == 1 and _is_property(one, other):
            return Message("a property that is told of one matrix")
        if sign not in {"=", "≠"} and one.operator in {"zero", "number", "name"}:
            return Message("a bound that is told of one matrix or vector")
    return ""


def _names(side: Term) -> "Iterator[Tree]":
    """The names in one side, of members the family, and those that say how far sums run."""
    for term in all_terms(side):
        if term.operator == "name" and term.name not in (None, Symbol("1", "bold")):
            assert term.name is not None
            is_bound = any(map(is_bound_name, walk(term.name)))
            yield term.name.base if is_bound and isinstance(term.name, Index) else term.name
        elif isinstance(term.name, Big) and term.name.upper is not None:
            yield from (node for node in walk(term.name.upper) if isinstance(node, Symbol))
        elif term.operator in {"norm", "symbolic-power"} and isinstance(term.name, Symbol):
            yield term.name


def _is_fixed(term: Term, has_literal: bool) -> bool:
    """Whether a written-out matrix or its determinant is told to be a number."""
    return has_literal and term.operator in {"zero", "number"}


def _is_property(one: Term, other: Term) -> bool:
    """`A^T = A`, `A^T A = I`, `A^2 = A`, `A^{-1} = A^T`: one or two letters on a side."""
    plain = {"name", "transpose", "inverse", "times", "power", "identity", "zero", "number"}
    sides = [list(all_terms(one)), list(all_terms(other))]
    letters = [sum(t.operator == "name" for t in side) for side in sides]
    if any(t.operator not in plain for side in sides for t in side) or max(letters) > 2:
        return False
    has_both = any(
        t.operator == "times" and len({arg.operator for arg in t.args} & {"name", "inverse"}) == 2
        for side in sides
        for t in side
    )
    return one.operator in {"name", "transpose", "identity", "zero"} and not has_both


def _try_all(left: Term, sign: str, right: Term, reader: TermReader, facts: list[Limit]) -> Answer:
    samples, is_told = 0, False
    with ctx.workprec(BITS):
        for point in points(reader, facts):
            try:
                if not all(point.meets(fact) for fact in facts):
                    continue
                one, two = point.value(left), point.value(right)
                verdict = compare(one, sign, two)
            except Undefined:
                continue
            if verdict is False and (point.is_square or not reader.has_free_sizes):
                return refuted_at(point, one, two)
            if verdict is False:
                return Open(
                    Message("it fails for matrices that are not square; nothing is said of sizes")
                )
            samples += 1
            is_told = is_told or not point.is_of_numbers
    if not samples or not is_told:  # matrices of one entry commute and are symmetric
        return Open(Message("no small matrices could be tried"))
    return Supported(Message("random small matrices"), samples, tuple(reader.conventions))


def refuted_at(point: Point, one: "Value", two: "Value") -> Refuted:
    """The refutation at a point where two sides have these values."""
    shown = {to_latex(name): value_latex(value) for name, value in point.names.items()}
    for name in point.reader.sizes.named:
        size = point.sizes[point.reader.sizes.find(point.reader.sizes.named[name])]
        if isinstance(name, Symbol):
            shown[to_latex(name)] = str(size)
    for name, number in point.wholes.items():
        if isinstance(name, Symbol) and not is_bound_name(name):
            shown[to_latex(name)] = str(number)
    for latex, function in point.functions.items():
        shown[f"{latex}({function.arguments})"] = function.latex
    is_exact = not any(map(is_ball, (one, two)))
    method = (
        Message("exact arithmetic, small matrices")
        if is_exact
        else Message("ball arithmetic, 256 bits")
    )
    return Refuted(method, shown, value_latex(one), value_latex(two))
