"""The command line in Chinese: help, results, errors; and what stays as it is."""

import argparse
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from blogkit.cli.app import main
from blogkit.cli.argparse_words import argparse_speaking
from blogkit.cli.asked_language import asked_language
from blogkit.cli.commands import COMMANDS
from blogkit.views.speech import speak, speak_as_before, spoken

SEEDS = Path(__file__).parent.parent.parent / "seeds"
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
"""Three English words in a row: a sentence that nobody translated."""


@pytest.fixture
def chinese() -> Iterator[None]:
    before = speak("zh")
    with argparse_speaking("zh"):
        yield
    speak_as_before(before)


@pytest.fixture
def run(seeded_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Runs blogkit on the library of the seeds: exit status, output, errors."""
    monkeypatch.chdir(SEEDS.parent)

    def call(*arguments: str, lang: str = "zh", library: Path = seeded_folder):
        status = main(["--library", str(library), "--lang", lang, *arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its actions."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_no_english_sentence(chinese: None, command: str) -> None:
    for parser in parsers(import_module(f"blogkit.cli.{command}").parser()):
        lines = parser.format_help().splitlines()
        assert [line for line in lines if ENGLISH.search(line) and "blogkit " not in line] == []
        assert lines[0].startswith(("示例", "用法"))


def test_the_overview_is_in_chinese(run) -> None:
    status, printed, _ = run("-h")
    assert status == 0
    assert "  search      按相关程度列出文章，各附最佳段落\n" in printed
    lines = printed.splitlines()
    assert [line for line in lines if ENGLISH.search(line) and "blogkit " not in line] == []


def test_help_is_aligned_by_columns(chinese: None) -> None:
    lines = import_module("blogkit.cli.formula").parser().format_help().splitlines()
    (render,) = [line for line in lines if line.startswith(r"  blogkit formula render")]
    assert render.endswith("  一张图")
    usage = [line for line in lines if "[--color" in line or "[--json]" in line]
    assert usage[1].startswith(" " * len("xx" * 3 + "blogkit formula "))


HELP = "；“blogkit {} -h”有示例\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["add"], "blogkit add: 缺少参数：PATH" + HELP.format("add")),
        (
            ["posts", "--limitt"],
            "blogkit posts: 不认识的参数：--limitt" + HELP.format("posts"),
        ),
        (
            ["posts", "--limit", "x"],
            "blogkit posts: 参数 --limit：应为 0 或更大的数，却是“x”" + HELP.format("posts"),
        ),
        (
            ["posts", "--limit"],
            "blogkit posts: 参数 --limit：须有一个值" + HELP.format("posts"),
        ),
        (
            ["search", "--by", "x", "y"],
            "blogkit search: 参数 --by：无效的选择：'x'（可选：'post', 'section'）"
            + HELP.format("search"),
        ),
        (["show", "nothing"], "blogkit: 没有 id 或标题为“nothing”的文章；“blogkit posts”可列出\n"),
        (["formula", "check", "x", "--assume", "?"], None),
        (["nonsense"], None),
    ],
)
def test_errors_are_in_chinese(run, arguments: list[str], expected: str | None) -> None:
    status, _, told = run(*arguments)
    assert status == 2
    assert not ENGLISH.search(told.replace(", ", "，"))
    if expected is not None:
        assert told == expected


def test_a_session_is_in_chinese(run, tmp_path: Path) -> None:
    library = tmp_path / "library"
    status, added, _ = run("add", "seeds", library=library)
    assert status == 0
    assert re.sub(r"\d\.\d", "0.1", added) == (
        "5 个文件（0 个未变），40 篇：新文章 36 篇，合并副本 4 份；公式 82 个；用时 0.1 秒\n"
        "跳过：文件夹说明 1 个\n"
        "不属于任何文章：seeds/002_8c2afe7e835e0a0b.txt:1-8\n"
    )
    assert run("doctor", library=library)[1].splitlines()[1:] == [
        "数据库  完好  36 篇文章",
        "索引    完好  57 节",
    ]
    assert run("study", library=library) == (
        1,
        "还没有卡片；“blogkit study new POST”会提供一些\n",
        "",
    )
    assert run("study", "mark", "日食记", "read", library=library)[1] == (
        "已读：日食记  [10c6c31757]\n"
    )
    assert run("search", "梯渡裁剪", library=library)[2] == "blogkit: 您是否想找：梯度裁剪\n"


def test_verdicts_methods_and_reasons_are_in_chinese(run) -> None:
    status, printed, _ = run("formula", "check", r"\sqrt{x^2} = x", r"x^2+1 \ge 2x")
    assert status == 1
    assert re.sub(r"\d\.\d 秒", "0.1 秒", printed) == (
        "公式\n"
        "  \\sqrt{x^2} = x\n"
        "  已否定（恒等式）：\\sqrt{x^2} = x\n"
        "    方法：精确算术\n"
        "    反例：x = −1\n"
        "    假设：x ∈ ℝ\n"
        "    理由：此时左边为 1，右边为 -1\n"
        "公式\n"
        "  x^2+1 \\ge 2x\n"
        "  已证明（不等式）：x^2+1 \\ge 2x\n"
        "    方法：分情形并组合不等式\n"
        "    假设：x ∈ ℝ\n"
        "    理由：在每种情形下，两边之差乘以一个正的分母等于 ((−1 + x)²)，其中没有负项。\n"
        "2 个公式：1 个已证明，1 个已否定；0.1 秒\n"
    )


def test_problems_of_a_formula_are_in_chinese(run) -> None:
    _, printed, _ = run("formula", "check", "frac{a}{b}")
    assert (
        "错误：第 1 列：应为“\\frac”，却是“frac”，TeX 会把它排成 4 个变量；请写“\\frac”"
        " [lost-backslash]\n"
    ) in printed
    assert run("formula", "render", r"\frac{1}{")[2] == (
        "blogkit: 错误，第 10 列：应有闭合 \\frac 的“}”，却是公式末尾\n"
    )


JSON = [
    ["posts"],
    ["search", "梯度裁剪", "--explain"],
    ["search", "date:20x0 梯渡裁剪"],
    ["duplicates"],
    ["show", "日食记"],
    ["doctor"],
    ["words", "list"],
    ["formula", "list"],
    ["formula", "find", r"\frac{?a}{?b"],
    ["formula", "check", r"\sqrt{x^2} = x", "frac{a}{b}"],
    ["study", "next"],
]


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
def test_json_and_exit_status_are_the_same_in_both_languages(run, arguments: list[str]) -> None:
    def result(lang: str) -> tuple[int, object]:
        status, printed, _ = run(*arguments, "--json", lang=lang)
        return status, {k: v for k, v in json.loads(printed).items() if k != "seconds"}

    assert result("zh") == result("en")


@pytest.mark.parametrize("arguments", [["show", "x"], ["search", "zzqq"], ["nonsense"], ["add"]])
def test_failures_have_the_same_exit_status(run, arguments: list[str]) -> None:
    assert run(*arguments)[0] == run(*arguments, lang="en")[0]


def test_completion_is_the_same_in_both_languages(run) -> None:
    def completed(lang: str) -> str:
        main(["__complete", "zsh", "blogkit", "--lang", lang, "se"])
        return run("completion", "zsh", lang=lang)[1]

    assert completed("zh") == completed("en")


@pytest.mark.parametrize(
    ("arguments", "environment", "encoding", "expected"),
    [
        (["--lang", "zh", "posts"], {}, "utf-8", "zh"),
        (["posts", "--lang=zh"], {}, "utf-8", "zh"),
        (["search", "--", "--lang", "zh"], {}, "utf-8", "en"),
        (["posts"], {"LANG": "zh_CN.UTF-8"}, "utf-8", "zh"),
        (["--lang", "en", "posts"], {"LANG": "zh_CN.UTF-8"}, "utf-8", "en"),
        (["posts"], {"LANG": "zh_CN.GB18030"}, "gb18030", "zh"),
        (["posts"], {"LANG": "zh_CN.UTF-8"}, "ascii", "en"),
        (["--lang", "zh", "posts"], {"LC_ALL": "C"}, "utf-8", "zh"),
        (["--lang", "de", "posts"], {"LANG": "zh_CN.UTF-8"}, "utf-8", "zh"),
        (["__complete", "bash"], {"LANG": "zh_CN.UTF-8"}, "utf-8", "en"),
    ],
)
def test_the_option_goes_before_the_locale(
    arguments: list[str], environment: dict[str, str], encoding: str, expected: str
) -> None:
    assert asked_language(arguments, environment, encoding) == expected


def test_a_run_leaves_no_language_behind(run) -> None:
    run("posts")
    assert spoken() == "en"


def test_an_exported_site_is_in_chinese_and_its_posts_as_they_are(run, tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        run("export", "--to", "site", "-o", str(tmp_path / lang), lang=lang)
    index, english = ((tmp_path / lang / "index.html").read_text() for lang in ("zh", "en"))
    assert index == english.replace("<h1>Posts</h1>", "<h1>文章</h1>").replace(
        "<title>Posts</title>", "<title>文章</title>"
    )
    assert "<h1>文章</h1>" in index
