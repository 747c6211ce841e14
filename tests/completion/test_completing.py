"""What may follow what is typed; and how it is written for a shell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit import Library, Post
from blogkit.cli.completing import bash_lines, complete, lines
from blogkit.cli.shells.quoting import open_quote, plain, take_apart, written

BREAKS = " \t\n\"'><=;|&(:"
"""bash's own COMP_WORDBREAKS."""
TITLE = "为什么梯度裁剪能加速训练过程?一个简明的分析"


@pytest.fixture
def seeds_named(seeded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOGKIT_LIBRARY", str(seeded_folder))


def names(*words: str) -> list[str]:
    wanted = complete(words[:-1], words[-1])
    assert wanted.kind in ("names", "open")
    return [name for name, _ in wanted.candidates]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["sh"], ["show"], id="a command"),
        pytest.param(["--col"], ["--color"], id="an option before the command"),
        pytest.param(["--color", "a"], ["auto", "always"], id="a value of an option"),
        pytest.param(["--color", "always", "sy"], ["sync"], id="a command behind an option"),
        pytest.param(["search", "--ex"], ["--explain"], id="an option of a command"),
        pytest.param(["search", "--by", "s"], ["section"], id="a choice"),
        pytest.param(["formula", "re"], ["render"], id="an action"),
        pytest.param(["formula", "render", "x", "--to", "m"], ["mathml"], id="of an action"),
        pytest.param(["show", "a4"], ["a4b675f702"], id="an id"),
        pytest.param(["show", "为什么"], [TITLE], id="a title"),
        pytest.param(["show", "a4b675f702", ""], [], id="nothing is left to give"),
        pytest.param(["formula", "find", "eq:clip"], ["eq:clip-1", "eq:clip-2"], id="labels"),
        pytest.param(["formula", "list", "a4"], ["a4b675f702"], id="an argument left free"),
        pytest.param(
            ["formula", "show", "a4b6#eq"],
            ["a4b6#eq:clip-1", "a4b6#eq:clip-2"],
            id="labels of a post by the start of its id",
        ),
        pytest.param(
            ["formula", "show", "a4b675f702#eq:c"],
            ["a4b675f702#eq:clip-1", "a4b675f702#eq:clip-2"],
            id="labels of a post",
        ),
        pytest.param(
            ["formula", "show", f"{TITLE}#eq:clip-2"], [f"{TITLE}#eq:clip-2"], id="by its title"
        ),
        pytest.param(["search", "label:eq:clip-1"], ["label:eq:clip-1"], id="a field of a query"),
        pytest.param(["search", "tag:优"], ["tag:优化"], id="a tag"),
        pytest.param(["search", "裁剪", "category:数"], ["category:数学研究"], id="a later word"),
        pytest.param(["search", "梯度"], [], id="plain words are not completed"),
        pytest.param(["show", "绝无"], [], id="nothing begins so"),
        pytest.param(["frobnicate", "x"], [], id="no such command"),
    ],
)
def test_what_may_follow(seeds_named: None, words: list[str], expected: list[str]) -> None:
    assert names(*words) == expected


def test_without_anything_typed_all_ids_are_offered_with_their_titles(seeds_named: None) -> None:
    found = complete(["show"], "").candidates
    assert len(found) == 36
    assert ("a4b675f702", TITLE) in found


def test_several_posts_are_offered_to_be_gone_on_with(seeds_named: None) -> None:
    wanted = complete(["formula", "show"], "a")
    assert wanted.kind == "open"
    assert [name for name, _ in wanted.candidates] == ["a5c88fa618#", "aef23ad623#", "a4b675f702#"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["add", ""], "files"),
        (["add", "a", "b"], "files"),
        (["--library", ""], "folders"),
        (["formula", "render", "x", "-o", ""], "files"),
    ],
)
def test_the_shell_completes_paths_itself(words: list[str], kind: str) -> None:
    assert complete(words[:-1], words[-1]).kind == kind


def test_a_library_named_on_the_line_is_asked(tmp_path: Path) -> None:
    with Library.open(tmp_path / "一 个#?%") as library:
        library.add_posts([Post(title="独一", text="正文。")])
    assert names("--library", str(tmp_path / "一 个#?%"), "show", "独") == ["独一"]


def test_completing_makes_no_library(tmp_path: Path) -> None:
    assert names("--library", str(tmp_path / "none"), "show", "a") == []
    assert not (tmp_path / "none").exists()


def test_what_is_no_library_has_no_names(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"no database" * 100)
    assert names("--library", str(tmp_path), "show", "") == []


def test_a_title_that_could_steer_the_terminal_or_the_command_is_not_offered(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path) as library:
        library.add_posts(
            [
                Post(title="甲\x1b[31m红", text="第一篇，讲梯度。", id="p1"),
                Post(title="甲\n乙", text="第二篇，说的是日食。", id="p2"),
                Post(title="甲 $(touch x); `y`", text="第三篇谈生态缸。", id="p3"),
            ]
        )
    given_names = names("--library", str(tmp_path), "show", "甲")
    assert given_names == ["甲 $(touch x); `y`"]
    line = f"blogkit --library {tmp_path} show 甲"
    assert bash_lines(line, BREAKS, "9") == [
        "names",
        r"甲\ \$\(touch\ x\)\;\ \`y\`",
    ]


def test_titles_that_several_posts_bear_are_offered_by_id_only(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add_posts(
            [
                Post(title="同名", text="第一篇，讲梯度裁剪。", id="p1"),
                Post(title="同名", text="第二篇，说的是日食。", id="p2"),
            ]
        )
    assert names("--library", str(tmp_path), "show", "同") == []
    assert names("--library", str(tmp_path), "show", "p") == ["p1", "p2"]


def test_lines_for_zsh_and_fish_say_what_a_name_stands_for(seeds_named: None) -> None:
    assert lines("zsh", ["show", "a4b"]) == ["names", f"a4b675f702\t{TITLE}"]
    assert lines("fish", ["show", "'为什么"]) == ["names", f"{TITLE}\ta4b675f702"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("blogkit show 为什么", [TITLE.replace("?", r"\?")], id="without quotes"),
        pytest.param("blogkit show '为什么", [TITLE], id="in single quotes"),
        pytest.param("blogkit formula find eq:clip-1", ["clip-1"], id="behind a colon"),
        pytest.param("blogkit formula find 'eq:clip-1", ["eq:clip-1"], id="a colon in quotes"),
        pytest.param(r"blogkit formula find eq\:clip-1", [r"eq:clip-1"], id="a colon escaped"),
        pytest.param("blogkit search tag:优", ["优化"], id="a field"),
        pytest.param(
            'blogkit show "无监',
            ['无监督分词和句法分析"\\!"原来BERT还可以这样用'],
            id="an exclamation",
        ),
    ],
)
def test_bash_gets_what_stands_behind_its_last_word_break(
    seeds_named: None, line: str, expected: list[str]
) -> None:
    assert bash_lines(line, BREAKS, "9")[1:] == expected


def test_bash_shows_what_names_stand_for_only_in_a_list(seeds_named: None) -> None:
    line = "blogkit formula find eq:clip-"
    assert bash_lines(line, BREAKS, "63")[1].startswith(r"clip-1  (\theta \leftarrow")
    assert bash_lines(line, BREAKS, "37")[1:] == ["clip-1", "clip-2"]


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_words_written_and_taken_apart_are_the_same(words: list[str]) -> None:
    """Line breaks between words and inside of them are of no line."""
    words = [word for word in words if word and "\n" not in word]
    line = "".join(written(word, "") + " " for word in words)
    assert take_apart(line).words == words
    assert take_apart(line).raw == ""


@settings(max_examples=50)
@given(st.text(st.characters(exclude_characters="\0\n", exclude_categories=["Cs"]), min_size=1))
def test_what_is_written_reads_as_it_was(text: str) -> None:
    """Held against bash itself."""
    words = [written(text, ""), *(quote + written(text, quote) + quote for quote in "'\"")]
    assert [plain(word) for word in words] == [text] * 3
    assert [open_quote(word[:-1] or "x")[0] for word in words[1:]] == ["'", '"']
    program = "printf '%s\\0' " + " ".join(words)
    ran = subprocess.run(["bash", "-c", program], capture_output=True, check=True)
    assert ran.stdout.decode().split("\0")[:-1] == [text] * 3


def test_completion_imports_nothing_heavy(seeded_folder: Path) -> None:
    heavy = ["numpy", "sympy", "jieba", "rjieba", "rich", "markdown_it", "yaml"]
    program = (
        "import sys; from blogkit.cli.app import main; "
        "main(['__complete', 'zsh', 'show', 'a4']); "
        "main(['__complete', 'zsh', 'formula', 'show', 'a4']); "
        f"print([name for name in {heavy} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        env={**os.environ, "BLOGKIT_LIBRARY": str(seeded_folder)},
    )
    assert ran.stderr.decode().strip() == "[]"
