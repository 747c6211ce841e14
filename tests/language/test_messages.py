"""What the library says: English to programs, and any language to those who show it."""

import json
import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.errors import LibraryError, MissingExtraError, SourceError
from blogkit.language import (
    Message,
    in_clauses,
    in_list,
    in_row,
    language_of_locale,
    message_of,
    translate,
    translate_count,
)
from blogkit.views.speech import say, speak, speak_as_before, spoken

POSTS = Message("{posts} posts", posts=3)


def test_a_message_is_its_english_text() -> None:
    assert POSTS == "3 posts"
    assert hash(POSTS) == hash("3 posts")
    assert json.dumps({"message": POSTS}) == '{"message": "3 posts"}'


def test_a_message_is_said_in_chinese() -> None:
    assert translate(POSTS, "zh") == "3 篇文章"


def test_messages_among_the_values_are_said_too() -> None:
    wrong = Message("missing, or not as it was written")
    assert translate(Message("{wrong}; made anew", wrong=wrong), "zh") == (
        "缺失，或与写入时不同；已重新生成"
    )


def test_a_message_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(Message("{first} {then}", first=POSTS, then="x")))
    assert (again, translate(again, "zh")) == ("3 posts x", "3 篇文章x")


def test_text_that_is_no_message_is_left_as_it_is() -> None:
    assert translate("proved", "zh") == "proved"


def test_a_message_that_the_catalogue_lacks_is_said_in_english() -> None:
    assert translate(Message("no such sentence {n}", n=1), "zh") == "no such sentence 1"


@given(st.text())
def test_values_are_never_read_as_templates(text: str) -> None:
    assert translate(Message("no post: {where}", where=text), "zh") == f"不属于任何文章：{text}"


@given(st.text())
def test_a_template_without_values_may_hold_any_braces(text: str) -> None:
    assert Message(text) == text
    assert translate(Message(text), "en") == text


def test_rows_lists_and_clauses_are_joined_as_the_language_does() -> None:
    one, other = Message("a sum of squares"), Message("minimal polynomial")
    assert in_row([one, other]) == "a sum of squares minimal polynomial"
    assert translate(in_list([one, other]), "zh") == "平方和，最小多项式"
    assert translate(in_clauses([one, other]), "zh") == "平方和；最小多项式"
    assert in_list([]) == ""


def test_counts_have_the_plural_of_their_language() -> None:
    def counted(count: int, language: str) -> str:
        return translate_count(count, "{count} formula", "{count} formulas", {}, language)

    assert [counted(n, "en") for n in (0, 1, 2)] == ["0 formulas", "1 formula", "2 formulas"]
    assert [counted(n, "zh") for n in (0, 1, 2)] == ["0 个公式", "1 个公式", "2 个公式"]


@pytest.mark.parametrize(
    ("error", "english", "chinese"),
    [
        (
            LibraryError(Message("{folder}: can't be made: {error}", folder="x", error="full")),
            "x: can't be made: full",
            "x: 无法建立：full",
        ),
        (
            SourceError("empty", "a.md", Message("expected a file, found none"), line=3),
            "a.md:3: expected a file, found none",
            "a.md:3: 应为文件，却没有",
        ),
        (
            MissingExtraError("fsrs", "study", Message("scheduling reviews")),
            "scheduling reviews needs fsrs, which is not installed: pip install 'blogkit[study]'",
            "安排复习需要 fsrs，尚未安装：pip install 'blogkit[study]'",
        ),
    ],
)
def test_errors_are_english_and_can_be_said_in_chinese(error, english: str, chinese: str) -> None:
    assert str(error) == english
    assert translate(error.text, "zh") == chinese


def test_what_an_error_says_without_a_message_is_its_text() -> None:
    assert message_of(OSError(2, "No such file")) == "[Errno 2] No such file"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANGUAGE": "zh"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh-Hans-CN"}, "zh"),
    ],
)
def test_the_locale_says_the_language(environment: dict[str, str], expected: str) -> None:
    assert language_of_locale(environment) == expected


def test_threads_speak_their_own_language() -> None:
    found: dict[str, str] = {}

    def run(language: str) -> None:
        speak(language)
        found[language] = say("{posts} posts", posts=1)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("en", "zh")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"en": "1 posts", "zh": "1 篇文章"}
    assert spoken() == "en"


def test_a_language_is_spoken_until_it_is_taken_back() -> None:
    before = speak("zh")
    assert spoken() == "zh"
    speak_as_before(before)
    assert spoken() == "en"
