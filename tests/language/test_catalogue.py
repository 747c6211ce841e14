"""The Chinese catalogue is complete, agrees with the code, and is what is compiled."""

import argparse
import ast
import inspect
import re
from string import Formatter

import pytest

catalogue = pytest.importorskip("catalogue", reason="Babel is not installed")

Catalog = pytest.importorskip("babel.messages.catalog").Catalog

BLOGKIT, ARGPARSE = catalogue.CATALOGUES
HAN = "\u4e00-\u9fff"


def messages(path):
    return [message for message in catalogue.read(path) if message.id]


def pairs():
    """Each English template with its translation."""
    for message in messages(BLOGKIT):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        yield ids[-1], strings[0]


def fields(template: str) -> set[str]:
    """The names of the values that a template takes; none where its braces are just braces."""
    try:
        names = {name or "" for _, name, _, _ in Formatter().parse(template)}
    except ValueError:
        return set()
    return {name for name in names if re.fullmatch("[a-z_]+", name)}


def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    kept = {message.id for message in messages(BLOGKIT)}
    assert {message.id for message in catalogue.extracted() if message.id} == kept


@pytest.mark.parametrize("path", catalogue.CATALOGUES, ids=lambda path: path.stem)
def test_every_sentence_has_a_translation_that_is_not_guessed(path) -> None:
    assert catalogue.missing(catalogue.read(path)) == []


def test_translations_take_the_values_that_the_sentence_takes() -> None:
    assert [(a, b) for a, b in pairs() if fields(a) != fields(b)] == []


@pytest.mark.parametrize("path", catalogue.CATALOGUES, ids=lambda path: path.stem)
def test_the_compiled_file_is_what_the_catalogue_compiles_to(path) -> None:
    compiled = catalogue.said_by(path.with_suffix(".mo").read_bytes())
    assert compiled == catalogue.sentences(catalogue.read(path))


def without_formulas(text: str) -> str:
    """A sentence with a letter for each formula, and for each key that is to be pressed."""
    return re.sub(r"\\text\{+[^{}]*\}+|\$[^$]*\$", "x", re.sub(r"\[\w\] ", "", text))


PROGRAMMERS = (
    ".__call__() not defined",
    "conflicting ",
    "cannot merge actions",
    "'required' is an invalid argument",
    "invalid option string",
    "dest= is required",
    "invalid conflict_resolution",
    "mutually exclusive arguments must be optional",
    "%r is not callable",
)
"""What argparse says to who writes a parser wrongly; no user ever reads it."""


def test_the_words_of_this_argparse_are_translated() -> None:
    asked = {
        call.args[0].value
        for call in ast.walk(ast.parse(inspect.getsource(argparse)))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "ngettext")
        and isinstance(call.args[0], ast.Constant)
    }
    known = {m.id[0] if isinstance(m.id, tuple) else m.id for m in messages(ARGPARSE)}
    assert {words for words in asked - known if not words.startswith(PROGRAMMERS)} == set()


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (rf"[{HAN}][,;:?!](?:[{HAN}]|$)", "a half-width mark between Chinese characters"),
        (rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", "no space between Chinese and Latin"),
        (r"[，。；：？！（）] | [，。；：？！（）]", "a space beside a full-width mark"),
        (rf"[{HAN}] [{HAN}]", "a space between Chinese characters"),
    ],
)
def test_translations_are_set_as_chinese_is(pattern: str, fault: str) -> None:
    wrong = [b for _, b in pairs() if re.search(pattern, without_formulas(b))]
    assert wrong == [], fault


def test_a_sentence_that_is_no_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a literal in say, found none") as caught:
        list(catalogue.python_sentences("say(words)", "x.py"))
    assert str(caught.value) == "x.py:1: expected a literal in say, found none"


def test_sentences_within_f_strings_are_found() -> None:
    assert list(catalogue.python_sentences("f'{say(\"less\")} '", "x.py")) == ["less"]


def test_a_plural_without_a_translation_is_missing() -> None:
    made = Catalog(locale="zh")
    made.add(("{count} card", "{count} cards"), ("",))
    made.add(("{count} post", "{count} posts"), ("{count} 篇文章",))
    made.add("Study", "")
    assert catalogue.missing(made) == ["('{count} card', '{count} cards')", "Study"]
