r"""Labels that two lines bear, and references to labels that nobody bears.

The label is looked for in the whole text of a post, since it may be a figure's; what stands in code
is no label. A post that stops at a "read more" link may bear the label in its missing part.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from blogkit.language import Message
from blogkit.latex import Problem, Reference
from blogkit.lint.reading import Reading
from blogkit.spans import Span

DUPLICATE = "duplicate-label"
UNKNOWN = "unknown-label"

LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
REFERENCE = re.compile(r"\\(?:eq|c|C|auto)?ref\s*\{([^{}]*)\}")


def find(reading: Reading) -> Iterator[Problem]:
    r"""Labels that the formula bears twice.

    >>> [problem.span for problem in find(Reading.of(r"a \label{eq:a} b \label{eq:a}"))]
    [Span(start=17, end=29)]
    """
    yield from duplicates(reading, Counter())


def duplicates(reading: Reading, borne: Counter[str]) -> Iterator[Problem]:
    """The labels of a formula that were borne before; those of the formula are added."""
    for node in reading.nodes:
        if not isinstance(node, Reference) or node.command != "\\label":
            continue
        key = node.key.strip()
        borne[key] += 1
        if borne[key] > 1:
            message = Message(
                "expected a label of its own, found '{key}', which an earlier formula "
                "bears; rename one of the two",
                key=key,
            )
            yield Problem(DUPLICATE, "error", message, node.span)


def labels(texts: Iterable[str]) -> set[str]:
    r"""All labels that stand in texts.

    >>> labels([r"$$x \label{eq:a}$$"])
    {'eq:a'}
    """
    return {key.strip() for text in texts for key in LABEL.findall(text)}


def unknown(text: str, known: set[str]) -> Iterator[Problem]:
    r"""References of a text to labels that are not known; spans count from the text's start.

    >>> [problem.span for problem in unknown(r"见 \eqref{eq:b}", {"eq:a"})]
    [Span(start=2, end=14)]
    """
    for match in REFERENCE.finditer(text):
        for key in match[1].split(","):
            key = key.strip()
            if key and key not in known:
                message = Message(
                    "expected a label of the post, found '{key}', which nothing bears; correct "
                    r"it or add \label{{{key}}}",
                    key=key,
                )
                yield Problem(UNKNOWN, "error", message, Span(*match.span()))
