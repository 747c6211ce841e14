"""What the words around a formula say of it: `words_around.txt`, one post a line.

The classes are those of `test_claims.py`, for the displays of each post together.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import read_cases

from blogkit.check.context.post_notes import read_post
from blogkit.check.context.questions import Asked, PostContext, questions
from blogkit.check.verdicts import with_answer, without_answer
from blogkit.check.worker import decide_all
from blogkit.posts import Post
from blogkit.text.mathspans import find_math

ALLOWED = {
    "true": {"proved", "supported"},
    "false": {"refuted"},
    "false?": {"refuted", "undecided"},
    "open": {"undecided", "not_a_statement"},
}


def asked_in(text: str) -> Iterator[Asked]:
    """What the displays of a post ask."""
    notes = read_post(Post(title="", text=text))
    for formula in find_math(text)[0]:
        if formula.display:
            yield from questions(formula.body.of(text), context=PostContext(notes, formula.span))


def verdicts(posts: list[str]) -> Iterator[str]:
    """The verdict on the displays of each post: refuted in one part is refuted."""
    asked = [list(asked_in(post)) for post in posts]
    waiting = [part.question for parts in asked for part in parts if part.question]
    answers = iter(decide_all(waiting, seconds=6.0))
    for parts in asked:
        found = {
            (with_answer(part, next(answers)) if part.question else without_answer(part)).verdict
            for part in parts
        }
        order = ("refuted", "undecided", "supported", "proved")
        yield next((word for word in order if word in found), "not_a_statement")


@pytest.mark.parametrize(
    ("lines", "expected"), read_cases(Path(__file__).parent / "words_around.txt")
)
def test_the_truth_of_displays_under_the_words_around(lines: str, expected: str) -> None:
    posts = lines.splitlines()
    found = dict(zip(posts, verdicts(posts), strict=True))
    wrong = {post: word for post, word in found.items() if word not in ALLOWED[expected]}
    assert wrong == {}
