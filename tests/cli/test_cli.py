"""The command line, as a process: output, exit statuses, errors, manners."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from blogkit.cli.app import main
from blogkit.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def blogkit(seeded_folder: Path):
    """Runs blogkit on the library of the seeds."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "blogkit", *arguments],
            input=stdin,
            capture_output=True,
            env={**os.environ, "BLOGKIT_LIBRARY": str(seeded_folder), **environment},
            check=False,
        )

    return run


def test_search_prints_rank_title_place_and_passage(blogkit) -> None:
    ran = blogkit("search", "梯度裁剪", "--limit", "1")
    first, second, third = ran.stdout.decode().splitlines()
    assert re.fullmatch(r"1\. 为什么梯度裁剪能加速.* › 梯度裁剪  \(06-05\)  \[\w{10}\]", first)
    assert second.strip().endswith("002_8c2afe7e835e0a0b.txt:80")
    assert "梯度裁剪(gradient clipping)" in third
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_search_json_has_the_shape_of_the_contract(blogkit) -> None:
    found = json.loads(blogkit("search", "--json", "梯度裁剪").stdout)
    assert found.keys() == {"schema", "query", "total", "truncated", "hits", "did_you_mean"}
    hit = found["hits"][0]
    assert hit.keys() == {
        "rank", "score", "post_id", "title", "date", "section", "path", "line", "snippet",
        "formulas",
    }  # fmt: skip
    assert hit["date"] == {"year": None, "month": 6, "day": 5}
    assert hit["section"] == {"heading": "梯度裁剪", "line": 77}
    start, end = hit["snippet"]["spans"][0]
    assert hit["snippet"]["text"][start:end] == "梯度"


def test_posts_json_has_the_shape_of_the_contract(blogkit) -> None:
    found = json.loads(blogkit("posts", "--json").stdout)
    assert (found["schema"], found["total"], len(found["posts"])) == (1, 36, 36)
    assert found["posts"][0].keys() >= {
        "id", "title", "title_from", "date", "tags", "categories", "chars", "formulas",
        "truncated", "occurrences",
    }  # fmt: skip
    assert found["posts"][0]["occurrences"][0].keys() == {
        "path", "line", "end_line", "truncated", "kept",
    }  # fmt: skip


def test_show_json_has_sections_formulas_and_references(blogkit) -> None:
    post = json.loads(blogkit("show", "--json", "漫谈重参数:从正态分布到Gumbel Softmax").stdout)
    assert [section["heading"] for section in post["sections"]] == [None, "基本概念"]
    (base,) = [formula for formula in post["formulas"] if formula["label"] == "eq:base"]
    assert base["id"] == f"{post['id']}#eq:base"
    assert base["line"] == 77
    start, end = base["span"]
    assert post["text"][start:end].startswith(r"\begin{equation}L_{\theta}=")


def test_duplicates_json_has_the_shape_of_the_contract(blogkit) -> None:
    groups = json.loads(blogkit("duplicates", "--json").stdout)["groups"]
    assert [group["kind"] for group in groups] == ["exact", "exact", "edited", "edited"]
    assert groups[0]["members"][0].keys() == {
        "path", "line", "end_line", "id", "similarity", "kept",
    }  # fmt: skip
    assert groups[3]["differences"][0].keys() == {"path", "line", "kept", "other"}


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        pytest.param(["search", "绝无此词"], 1, "", id="nothing found"),
        pytest.param(
            ["show", "zzz"],
            2,
            "blogkit: no post has the id or title 'zzz'; 'blogkit posts' lists them\n",
            id="no such post",
        ),
        pytest.param(
            ["frobnicate"],
            2,
            "blogkit: expected a command, found 'frobnicate'; commands are "
            + ", ".join(COMMANDS)
            + "\n",
            id="no such command",
        ),
        pytest.param(
            ["serch", "梯度"], 2, "blogkit: there is no command 'serch': search?\n", id="misspelt"
        ),
        pytest.param(
            ["dupicates"],
            2,
            "blogkit: there is no command 'dupicates': duplicates?\n",
            id="a letter is missing",
        ),
        pytest.param(
            ["search", "--limit", "x", "梯度"],
            2,
            "blogkit search: argument --limit: expected 0 or more, found 'x'; "
            "'blogkit search -h' shows examples\n",
            id="no number",
        ),
    ],
)
def test_exit_status_and_message(blogkit, arguments: list[str], status: int, message: str) -> None:
    ran = blogkit(*arguments)
    assert (ran.returncode, ran.stderr.decode()) == (status, message)
    assert ran.stdout == b""


@pytest.mark.parametrize("command", [["search"], ["formula", "find"]])
def test_to_a_person_it_is_said_that_nothing_was_found(blogkit, command: list[str]) -> None:
    ran = blogkit("--color", "always", *command, "绝无此词")
    assert ran.returncode == 1
    assert "Nothing was found. Fewer words find more." in ran.stdout.decode()


@pytest.mark.usefixtures("words_at_hand")
def test_add_reports_a_bad_file_and_adds_the_others(blogkit, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# 甲\n\n正文。", encoding="utf-8")
    (tmp_path / "bad.md").write_bytes(b"\xff\xfa\xfe")
    folder = str(tmp_path / "library")
    ran = blogkit("--library", folder, "add", str(tmp_path / "good.md"), str(tmp_path / "bad.md"))
    assert ran.returncode == 1
    assert (
        "expected UTF-8, UTF-16, GB18030 or Big5, found byte 0xff at offset 0"
        in ran.stderr.decode()
    )
    assert json.loads(blogkit("--library", folder, "posts", "--json").stdout)["total"] == 1


@pytest.mark.usefixtures("words_at_hand")
def test_add_fails_only_if_nothing_could_be_read(blogkit, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(b"\xff\xfa\xfe")
    folder = str(tmp_path / "library")
    assert blogkit("--library", folder, "add", str(tmp_path / "bad.md")).returncode == 2
    assert blogkit("--library", folder, "add", str(tmp_path / "nothing")).returncode == 2


@pytest.mark.usefixtures("words_at_hand")
def test_a_missing_path_beside_a_good_one_is_a_problem_not_a_failure(
    blogkit, tmp_path: Path
) -> None:
    """Regression: a path that is not there counted as much as the file that was read."""
    (tmp_path / "good.md").write_text("# 甲\n\n正文。", encoding="utf-8")
    folder = str(tmp_path / "library")
    for _ in range(2):
        ran = blogkit("--library", folder, "add", str(tmp_path / "good.md"), "nothing")
        assert ran.returncode == 1
        assert ran.stderr.decode() == (
            "blogkit: nothing: expected a file or a folder, found nothing there\n"
        )


@pytest.mark.usefixtures("words_at_hand")
def test_add_reads_standard_input(blogkit, tmp_path: Path) -> None:
    folder = str(tmp_path / "library")
    text = "5 Jun\n\n标题\n\n正文。\n".encode()
    ran = blogkit("--library", folder, "add", "-", "--json", stdin=text)
    assert json.loads(ran.stdout)["posts"] == 1
    found = json.loads(blogkit("--library", folder, "posts", "--json").stdout)
    assert found["posts"][0]["occurrences"][0]["path"] == "-"


def test_a_library_that_can_t_be_made_is_one_clear_line(blogkit, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = blogkit("--library", str(tmp_path / "file" / "x"), "posts")
    assert ran.returncode == 2
    assert ran.stderr.decode() == f"blogkit: {tmp_path}/file/x: can't be made: Not a directory\n"


@pytest.mark.usefixtures("words_at_hand")
def test_control_characters_never_reach_the_terminal(blogkit, tmp_path: Path) -> None:
    folder = str(tmp_path / "library")
    evil = "# 标题\x1b]0;owned\x07 \u202eabc\n\n正文\x1b[31m红\x9b31m。"
    (tmp_path / "evil.md").write_text(evil, encoding="utf-8")
    blogkit("--library", folder, "add", str(tmp_path / "evil.md"))
    for command in (["posts"], ["search", "正文"], ["show", "标"]):
        for colour in ("never", "always"):
            out = blogkit("--library", folder, "--color", colour, *command).stdout.decode()
            rest = re.sub(r"\x1b\[[0-9;]*m", "", out) if colour == "always" else out
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", rest)
            assert "owned" in out or command[0] == "show" or command[0] == "search"


def test_colour_only_where_it_is_wanted(blogkit) -> None:
    assert b"\x1b[" not in blogkit("search", "梯度").stdout
    assert b"\x1b[" in blogkit("--color", "always", "search", "梯度").stdout
    assert b"\x1b[" not in blogkit("search", "梯度", "--color", "never").stdout


def test_a_closed_pipe_is_no_error(seeded_folder: Path) -> None:
    command = f"{sys.executable} -m blogkit --library '{seeded_folder}' posts | head -1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert ran.stdout.decode().startswith("ID ")
    assert ran.stderr == b""


def test_help_shows_examples_first() -> None:
    for name in COMMANDS:
        ran = subprocess.run(
            [sys.executable, "-m", "blogkit", name, "-h"], capture_output=True, check=True
        )
        assert ran.stdout.decode().startswith(f"examples:\n  blogkit {name}")


def test_every_command_is_in_the_readme_and_takes_json() -> None:
    readmes = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")]
    for name in COMMANDS:
        assert [f"blogkit {name}" in readme for readme in readmes] == [True, True]
        ran = subprocess.run(
            [sys.executable, "-m", "blogkit", name, "-h"], capture_output=True, check=True
        )
        assert b"--json" in ran.stdout


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from blogkit import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"blogkit {__version__}\n"


HEAVY = [
    "sympy", "numpy", "rich", "jieba", "rjieba", "rank_bm25", "markdown_it", "yaml", "pypinyin",
    "blogkit.search.query", "blogkit.search.evaluation", "blogkit.search.spelling",
    "dataclasses", "inspect", "typing",
]  # fmt: skip


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command loads."""
    program = (
        "import sys; from blogkit.cli.app import main; "
        f"main(['--library', {str(folder)!r}, *{arguments!r}]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return set(ran.stderr.decode().split())


def test_a_search_imports_nothing_heavy(seeded_folder: Path) -> None:
    for options in ([], ["--json"]):
        modules = loaded(seeded_folder, "search", "梯度裁剪", *options)
        assert [name for name in HEAVY if name in modules] == []


OF_ANY = "cli errors language results spans store views"
OF_A_LIBRARY = f"{OF_ANY} library.facade library.post_sequence text"
OF_A_SEARCH = f"{OF_A_LIBRARY} index library.indexing macros regexes search sources"
OF_A_FORMULA = f"{OF_A_LIBRARY} latex macros posts regexes"
LOADS = {
    "--help": OF_ANY,
    "search 梯度裁剪": OF_A_SEARCH,
    "posts": f"{OF_A_LIBRARY} library.reports macros posts regexes",
    "related 10c6c31757": f"{OF_A_SEARCH} posts",
    "show 10c6c31757": (
        f"{OF_A_FORMULA} library.formulas library.references library.reports pictures search"
        " structure"
    ),
    r"formula render x^2": f"{OF_ANY} latex library.formulas regexes render",
    r"formula find x^2": (
        f"{OF_A_FORMULA} index library.formula_lookup library.formula_reports lookup"
    ),
}
"""By command, the parts of blogkit that it loads; of `library/` the modules."""


@pytest.mark.parametrize("command", LOADS)
def test_a_command_loads_what_it_needs(seeded_folder: Path, command: str) -> None:
    modules = loaded(seeded_folder, *command.split())
    parts = {
        ".".join(names[1 : 3 if names[1] == "library" else 2])
        for names in (name.split(".") for name in modules)
        if names[0] == "blogkit" and names[1:]
    } - {"library"}
    assert sorted(parts) == sorted(LOADS[command].split())
    heavy = {"sympy", "rich", "rank_bm25", "markdown_it", "yaml", "pypinyin", "jieba"}
    of_numpy = {"numpy", "typing", "inspect"}
    never = {*heavy, "dataclasses", "pathlib", "secrets"}
    assert modules.isdisjoint(never if "find" in command else never | of_numpy)
    assert "tantivy" not in modules or "index" in parts


def test_adding_a_note_loads_no_reader_of_other_formats_and_nothing_of_the_web(
    tmp_path: Path,
) -> None:
    (tmp_path / "note.md").write_text("# 熵\n\n熵是 $-\\sum p\\log p$。", encoding="utf-8")
    modules = loaded(tmp_path / "library", "add", str(tmp_path / "note.md"))
    others = {
        f"blogkit.sources.{name}"
        for name in ("epub", "feed", "mhtml", "html.blocks", "html.chapter")
    }
    assert modules.isdisjoint(others | {"urllib.request", "httpx", "sympy"})


def test_how_words_sound_is_asked_only_of_words_that_are_new(tmp_path: Path) -> None:
    note, folder = tmp_path / "note.md", tmp_path / "library"
    note.write_text("# 采样\n\n随机噪声。\n\n梯度裁剪。", encoding="utf-8")
    assert "pypinyin" in loaded(folder, "add", str(note))
    note.write_text("# 采样\n\n梯度噪声。\n\n随机裁剪。", encoding="utf-8")
    assert "pypinyin" not in loaded(folder, "add", str(note))
    note.write_text("# 采样\n\n梯度噪声。\n\n随机矩阵。", encoding="utf-8")
    assert "pypinyin" in loaded(folder, "add", str(note))


def test_a_list_of_posts_loads_nothing_that_reads_their_texts(seeded_folder: Path) -> None:
    modules = loaded(seeded_folder, "posts")
    assert "blogkit.store.listing" in modules
    assert modules.isdisjoint(
        {"blogkit.store.posts", "blogkit.store.columns", "blogkit.text.marks"}
    )


def test_study_loads_what_makes_cards_for_new_ones_only(seeded_folder: Path) -> None:
    for command in ("study", "study list", "study forecast"):
        modules = loaded(seeded_folder, *command.split())
        assert "blogkit.study.facade" in modules
        assert modules.isdisjoint({"blogkit.formula", "blogkit.check", "blogkit.symbols", "numpy"})
    assert "blogkit.study.making" in loaded(seeded_folder, "study", "new", "10c6c31757")


def test_on_a_terminal_a_command_loads_what_writes_it_and_no_more(seeded_folder: Path) -> None:
    for command in ("search 裁剪", "posts", "show 10c6c31757"):
        modules = loaded(seeded_folder, "--color", "always", *command.split())
        assert "rich" in modules
        assert modules.isdisjoint({"numpy", "sympy", "blogkit.sources.read", "blogkit.dedup"})


QUERIES = [
    ["注意力", "attention"],
    ["采样", "-退火"],
    ['"梯度裁剪"'],
    ["date:06", "-has:formula"],
    [r"裁剪 $\frac{a}{b}$"],
    ["date:20x0", "梯渡裁剪"],
    ["--pinyin", "tidu"],
    ["--by", "section", "--explain", "注意力"],
]


@pytest.mark.parametrize("arguments", QUERIES, ids=" ".join)
def test_shell_python_and_json_give_one_list(blogkit, seeded, arguments: list[str]) -> None:
    words = [word for word in arguments if word not in ("--pinyin", "--by", "section", "--explain")]
    by = "section" if "--by" in arguments else "post"
    expected = seeded.search(
        " ".join(words), by=by, explain="--explain" in arguments, pinyin="--pinyin" in arguments
    )
    assert json.loads(blogkit("search", "--json", *arguments).stdout) == expected.to_dict()
    printed = blogkit("search", *arguments).stdout.decode().splitlines()
    heads = [line for line in printed if re.match(r"\d+\. ", line)]
    assert [re.search(r"\[(\w+)\]$", line)[1] for line in heads] == [h.post_id for h in expected]


def test_what_of_a_query_is_not_understood_is_told_on_standard_error(blogkit) -> None:
    ran = blogkit("search", "date:20x0 attnetion")
    assert ran.stderr.decode() == (
        "blogkit: query:1: expected a date such as 2020, 2020-06, 06-05 or 2020-06..2021, found "
        "'20x0'; read as plain words\n"
        "blogkit: did you mean: date:2020 attention\n"
    )
    assert (ran.returncode, ran.stdout) == (1, b"")


def test_a_misspelt_option_is_told_though_words_may_begin_with_a_hyphen(blogkit) -> None:
    ran = blogkit("search", "--expalin", "熵")
    assert ran.returncode == 2
    assert "unrecognized arguments: --expalin" in ran.stderr.decode()
    assert blogkit("search", "-日食", "title:日食").returncode == 1
    assert blogkit("search", "--", "--json").returncode == 1


@pytest.mark.usefixtures("words_at_hand")
def test_words_are_added_listed_and_removed(blogkit, tmp_path: Path) -> None:
    folder = str(tmp_path / "library")
    (tmp_path / "a.md").write_text("# 甲\n\n讲随机噪声的作用。", encoding="utf-8")

    def words(*arguments: str) -> tuple[int, str]:
        ran = blogkit("--library", folder, "words", *arguments)
        return ran.returncode, ran.stdout.decode() + ran.stderr.decode()

    blogkit("--library", folder, "add", str(tmp_path / "a.md"))
    assert words("list") == (1, "")
    assert words("add", "随机噪声") == (0, "1 words added; 1 posts have them\n")
    assert words("add", "随机噪声") == (
        0,
        "0 words added; 0 posts have them\nknown already: 随机噪声\n",
    )
    assert words("list", "--mine") == (0, "随机噪声  added\n")
    assert words("remove", "随机噪声") == (0, "1 words removed; 1 posts have them\n")
    assert words("remove", "随机噪声") == (
        1,
        "0 words removed; 0 posts have them\nwas not added: 随机噪声\n",
    )
    assert words("add", "x") == (
        2,
        (
            "blogkit: expected a word of 2 to 16 Chinese characters, found 'x'; Latin words, names "
            "and numbers are found whole without being added\n"
        ),
    )
    assert words("aliases")[1].splitlines()[-1].endswith("aliases.txt")
    listed = json.loads(blogkit("--library", folder, "words", "list", "--json").stdout)
    assert listed == {"schema": 1, "total": 0, "words": []}


def test_an_explanation_is_a_tree_on_any_output(blogkit) -> None:
    for colour in ("never", "always"):
        out = blogkit("--color", colour, "search", "--explain", "注意力", "--limit", "1").stdout
        assert "is also 'attention' (blogkit's list of names)" in out.decode().replace("\n", "")
    hit = json.loads(blogkit("search", "--explain", "--json", "熵").stdout)["hits"][0]
    assert hit["explanation"].keys() == {"value", "description", "details"}
    assert hit["explanation"]["value"] == pytest.approx(hit["score"], rel=1e-4)


@pytest.mark.usefixtures("words_at_hand")
@pytest.mark.parametrize("command", ["search 梯度", "posts", "formula list", "formula find x"])
def test_an_empty_library_is_told(tmp_path: Path, blogkit, command: str) -> None:
    folder = str(tmp_path / "library")
    done = blogkit("--library", folder, *command.split())
    told = f"blogkit: the library {folder} is empty; 'blogkit add PATH...' reads posts into it\n"
    assert (done.returncode, done.stderr.decode()) == (1, told)
    found = blogkit("search", "不在任何文章里的词句")
    assert "is empty" not in found.stderr.decode()
