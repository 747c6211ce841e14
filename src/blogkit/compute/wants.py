"""What can't be computed, said for a reader. Imports the operator tree."""

from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Tree
from blogkit.language import Message


def uncomputable(tree: Tree) -> Message:
    match tree:
        case t.Opaque():
            return Message("{part} could not be read", part=tree.latex)
        case t.Expectation():
            return Message(
                "{part}: an expectation needs the distribution, written as a sum or an integral",
                part=to_latex(tree),
            )
        case t.Ellipsis():
            return Message("what the dots stand for is not clear")
        case t.Text(text=text):
            return Message("“{text}” is words, nothing to compute", text=text)
    return Message("{part} is nothing to compute with numbers", part=to_latex(tree))
