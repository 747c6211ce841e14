"""Whether the code of a formula gives the right value, at random points.

The value comes from the checker's ball evaluator, which shares the reading of the formula with the
code and nothing else; for vectors and matrices from `arrays`, which walks the tree by hand.
"""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from blogkit.compute.code import Argument, Code
from blogkit.compute.plan import Part, Plan
from blogkit.compute.shapes import family, read_shapes
from blogkit.compute.values import Point, evaluate
from blogkit.errors import FormulaError
from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.formula.tree import Symbol, Tree
from blogkit.meaning.trees.rewriting import map_nodes, substitute
from computing import arrays

LENGTH = 4
"""Members of each array."""
TOLERANCE = 1e-7


@dataclass(frozen=True)
class Trial:
    """One point: what the function is given, and what it has to give."""

    arguments: Mapping[str, Any]
    """Values by the names of arguments."""
    by_tree: Mapping[Tree, Any]
    """The same by symbols; an array is under its `Index` without indices."""
    expected: tuple[Any, ...]
    """The values of the results."""


def trials(plan: Plan, code: Code, seed: int = 1, tries: int = 8) -> list[Trial]:
    """Points at which the value is known; none where no reference can tell it."""
    dice = random.Random(seed)
    found = []
    for attempt in range(tries):
        given = {one.tree: _random(one, dice, attempt) for one in code.arguments}
        try:
            expected = tuple(reference(plan.parts[k], plan, given, dice) for k in plan.results)
        except (
            FormulaError,
            arrays.UnknownError,
            ArithmeticError,
            ValueError,
            IndexError,
            TypeError,
        ):
            continue
        if all(np.isrealobj(one) and np.all(np.isfinite(one)) for one in expected):
            names = {one.name: given[one.tree] for one in code.arguments}
            found.append(Trial(names, given, expected))
    return found


def _random(argument: Argument, dice: random.Random, attempt: int) -> Any:
    """A value with few binary digits, so that floats and fractions are the same."""

    def number() -> float:
        high = 64 if attempt % 3 else 12
        return dice.randint(2, high) / 16 * (-1 if attempt % 3 == 2 and dice.random() < 0.4 else 1)

    rank = {"real": 0, "integer": 0, "vector": 1, "matrix": 2}.get(argument.sort)
    if argument.sort == "integer":
        return dice.randint(1, LENGTH - 1)
    if rank is None:
        raise FormulaError("an array of more than two axes")
    if rank == 0:
        return number()
    return np.array([number() for _ in range(LENGTH**rank)]).reshape((LENGTH,) * rank)


def reference(part: Part, plan: Plan, given: Mapping[Tree, Any], dice: random.Random) -> Any:
    """What a part has to give."""
    body, env = _plain(plan, part, given)
    shapes = read_shapes([body])
    if all(np.ndim(v) <= shapes.axes.get(_base(k), 0) for k, v in env.items()):
        with suppress(FormulaError):
            return _in_balls(plan, body, env)
    with np.errstate(all="ignore"):
        return arrays.value(body, _with_sizes(env, read_shapes([one.body for one in plan.parts])))


def _in_balls(plan: Plan, body: Tree, env: Mapping[Tree, Any]) -> float:
    values: dict[Tree, Tree] = {}
    lengths: dict[Symbol, tuple[int, ...]] = {}
    for key, value in env.items():
        if np.ndim(value):
            base = _base(key)
            lengths[base] = np.shape(value)
            for place in np.ndindex(np.shape(value)):
                index = tuple(t.Number(str(k + 1)) for k in place)
                values[t.Index(base, index)] = _tree(value[place])
        else:
            values[key] = _tree(value)
    whole = Plan(plan.latex, "value", (Part(None, body),), (0,), (), plan.known)
    found = evaluate(whole.parts[0], whole, Point(values, lengths), 15)
    if type(found).__name__ in ("acb", "Exact"):
        raise FormulaError("no real number")
    return float(found.mid()) if hasattr(found, "mid") else float(found)


def _plain(plan: Plan, part: Part, given: Mapping[Tree, Any]) -> tuple[Tree, dict[Tree, Any]]:
    """The tree with what is computed before put in, and each value from outside a plain symbol."""
    env: dict[Tree, Any] = {}
    renamed: dict[Tree, Tree] = {}
    for number, (key, value) in enumerate(given.items()):
        if isinstance(key, Symbol) or (isinstance(key, t.Index) and not key.indices):
            env[key] = value
        else:
            renamed[key] = Symbol(f"atom{number}")
            env[renamed[key]] = value
    body = _replaced(part.body, renamed)
    done = {
        one.left: _replaced(one.body, renamed)
        for one in plan.parts
        if one is not part and one.left is not None and one.left not in t.walk(one.body)
    }
    for _ in plan.parts:
        body = substitute(body, done)
    shapes = read_shapes([one.body for one in plan.parts])
    return map_nodes(body, _scalar_norm(_with_sizes(env, shapes))), env


def _replaced(tree: Tree, renamed: Mapping[Tree, Tree]) -> Tree:
    """Trees replaced from the outside in: a norm before the gradient in it."""
    for old in sorted(renamed, key=lambda one: -sum(1 for _ in t.walk(one))):
        tree = map_nodes(tree, lambda node, old=old: renamed[old] if node == old else node)
    return tree


def _scalar_norm(env: Mapping[Tree, Any]) -> Callable[[Tree], Tree]:
    """A norm of numbers is their absolute value."""

    def changed(node: Tree) -> Tree:
        match node:
            case t.Apply(operator="norm", args=(inner, *_)):
                names = [n for n in t.walk(inner) if isinstance(n, Symbol)]
                if all(np.ndim(env.get(n, env.get(t.Index(n, ()), 0))) == 0 for n in names):
                    return t.Apply("abs", (inner,))
        return node

    return changed


def _base(key: Tree) -> Symbol:
    base, _ = family(key)
    return base if base is not None else Symbol("?")


def _with_sizes(env: Mapping[Tree, Any], shapes: Any) -> dict[Tree, Any]:
    twins = {
        bold: env[t.Index(plain, ())]
        for bold, plain in shapes.twins.items()
        if t.Index(plain, ()) in env
    }
    sets = dict.fromkeys(shapes.sets, float(LENGTH))
    first = {key: int(start.text) for key, start in shapes.first.items() if hasattr(start, "text")}
    sizes = {size: LENGTH - 1 + first.get(key, 1) for size, key in shapes.sizes.items()}
    return {**sizes, **sets, **twins, **env, t.Text("first"): first}


def _tree(value: float) -> Tree:
    top, bottom = float(abs(value)).as_integer_ratio()
    found: Tree = t.Number(str(top))
    if bottom != 1:
        found = t.Apply("divide", (found, t.Number(str(bottom))))
    return t.Apply("minus", (found,)) if value < 0 else found


def agrees(function: Callable[..., Any], code: Code, trial: Trial) -> bool:
    """Whether a function gives what it has to at a point."""
    given = {name: _given(value, code.to) for name, value in trial.arguments.items()}
    with np.errstate(all="ignore"):
        found = function(**given)
    results = found if isinstance(found, tuple) else (found,)
    return len(results) == len(trial.expected) and all(
        same(a, b) for a, b in zip(results, trial.expected, strict=True)
    )


def _given(value: Any, to: str) -> Any:
    """A value as code for a target takes it: lists for plain Python, exact numbers for SymPy."""
    if to not in ("python", "sympy"):
        return value
    if isinstance(value, np.ndarray):
        return [_given(entry, to) for entry in value.tolist()]
    if isinstance(value, list):
        return [_given(entry, to) for entry in value]
    if to == "sympy" and isinstance(value, float):
        from sympy import Rational

        return Rational(*value.as_integer_ratio())
    return value


def same(found: Any, expected: Any) -> bool:
    """Whether two values agree to seven digits."""
    if np.iscomplexobj(found) and np.all(np.abs(np.imag(found)) <= TOLERANCE):
        found = np.real(found)
    one, two = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    if one.shape != two.shape:
        return False
    return bool(np.all(np.abs(one - two) <= TOLERANCE * (1 + np.abs(two))))


__all__ = ["Trial", "agrees", "reference", "same", "trials", "variables"]
