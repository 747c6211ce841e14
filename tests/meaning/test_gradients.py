"""Gradients by rules are what small steps show, whatever the rule."""

import pytest
from flint import arb, ctx, fmpq
from structure_questions import question_of

from blogkit.formula import Relation
from blogkit.meaning.terms.points import Point, points
from blogkit.meaning.terms.reader import TermReader
from blogkit.meaning.terms.values import Grid

STEP = fmpq(1, 2**120)
EXPRESSIONS = [
    (r"\mathbf{a}^\top \mathbf{x}", r"\mathbf{x}"),
    (r"\mathbf{x}^\top \mathbf{A} \mathbf{x}", r"\mathbf{x}"),
    (r"\|\mathbf{A}\mathbf{x} - \mathbf{b}\|^2", r"\mathbf{x}"),
    (r"\|\mathbf{x}\|", r"\mathbf{x}"),
    (r"\frac{\mathbf{a}^\top\mathbf{x}}{\mathbf{x}^\top\mathbf{x} + 1}", r"\mathbf{x}"),
    (r"\tanh(\mathbf{a}^\top\mathbf{x}) + \sin(\mathbf{a}^\top\mathbf{x})^2", r"\mathbf{x}"),
    (r"\sqrt{\mathbf{x}^\top\mathbf{x} + 2}", r"\mathbf{x}"),
    (r"\sigma(\mathbf{a}^\top\mathbf{x}) \log(\mathbf{x}^\top\mathbf{x} + 1)", r"\mathbf{x}"),
    (r"f(\mathbf{x}) g(\mathbf{A}\mathbf{x})", r"\mathbf{x}"),
    (r"f(\mathbf{x}, \mathbf{a}^\top\mathbf{x})^2", r"\mathbf{x}"),
    (r"\sum_{i=1}^n (\mathbf{x}^\top \mathbf{z}_i - y_i)^2", r"\mathbf{x}"),
    (r"\log \sum_{i=1}^n \exp(\mathbf{x}^\top \mathbf{z}_i)", r"\mathbf{x}"),
    (r"\operatorname{tr}(\mathbf{X}^\top\mathbf{A}\mathbf{X})", r"\mathbf{X}"),
    (r"\det \mathbf{X}", r"\mathbf{X}"),
    (r"\mathbf{a}^\top\mathbf{X}^{-1}\mathbf{b}", r"\mathbf{X}"),
    (r"\|\mathbf{X}\|_F^2 + \operatorname{tr}(\mathbf{X}^3)", r"\mathbf{X}"),
    (r"\sum_{i=1}^3 \|\mathbf{x}_i - \mathbf{c}\|^2", r"\mathbf{x}_2"),
    (r"\log \sum_{i=1}^3 \exp(\mathbf{x}_i^\top \mathbf{c})", r"\mathbf{x}_2"),
    (r"\left(\sum_{i=1}^3 \mathbf{x}_i^\top \mathbf{c}\right)^2", r"\mathbf{x}_3"),
    (r"\left\|\sum_{i=1}^3 \mathbf{x}_i\right\|^2", r"\mathbf{x}_1"),
    (r"\frac{1}{\sum_{i=1}^3 \exp(\mathbf{x}_i^\top \mathbf{c})}", r"\mathbf{x}_2"),
]


def stepped(point: Point, key: object, row: int, column: int) -> Point:
    """The point, one entry of one name moved by a small step."""
    matrix = point.names[key]
    rows = [list(entries) for entries in matrix.rows]
    rows[row][column] += STEP
    names = {**point.names, key: Grid(tuple(map(tuple, rows)))}
    moved = Point(point.reader, point.sizes, point.kinds, point.source, point.trial, names)
    moved.wholes.update(point.wholes)
    return moved


@pytest.mark.parametrize(("latex", "name"), EXPRESSIONS)
def test_a_gradient_is_what_a_small_step_shows(latex: str, name: str) -> None:
    question = question_of(rf"\nabla_{{{name}}} \left({latex}\right) = {latex}")
    assert isinstance(question.claim, Relation)
    reader = TermReader(question.facts)
    gradient, value = (reader.term(side) for side in question.claim.operands)
    by = reader.term(question.claim.operands[0].args[1])
    seen = 0
    with ctx.workprec(512):
        for point in list(points(reader, []))[:12:3]:
            slopes, before = point.value(gradient), point.value(value)
            point.value(by)
            key = point._member(by.name)
            slopes = slopes if isinstance(slopes, Grid) else Grid(((slopes,),))
            if not isinstance(point.names[key], Grid):
                continue
            for i, row in enumerate(slopes.rows):
                for j, slope in enumerate(row):
                    after = stepped(point, key, i, j).value(value)
                    shown = (arb(after) - arb(before)) / arb(STEP)
                    assert abs(shown - arb(slope)) < arb(2) ** -60
                    seen += 1
    assert seen
