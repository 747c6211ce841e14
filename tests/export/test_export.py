"""Posts written out: Markdown that reads back, JSON Lines, a site that opens from disk."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cases import read_cases

from blogkit import Library, Post, PostDate
from blogkit.export.folder import Folder, long_name
from blogkit.export.markdown import to_markdown, write_markdown
from blogkit.export.page import article
from blogkit.export.site import write_site
from blogkit.sources.read import read_posts, with_formulas

HERE = Path(__file__).parent
XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def exported(folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "blogkit", "--library", str(folder), "export", *options],
        capture_output=True,
        check=False,
    )


def added(folder: Path, *posts: Post) -> Path:
    with Library.open(folder) as library:
        library.add_posts(posts)
    return folder


def links(page: ElementTree.Element) -> list[str]:
    return [link.attrib["href"] for link in page.iter(f"{XHTML}a")]


def test_markdown_reads_back_as_the_same_posts(seeded: Library, tmp_path: Path) -> None:
    posts = list(seeded.full_posts())
    assert write_markdown(posts, Folder(str(tmp_path / "notes"))) == 36
    with Library.open(tmp_path / "again") as again:
        report = again.add(tmp_path / "notes")
        assert (report.posts, report.merged, report.problems) == (36, 0, ())
        read = {post.title: post for post in again.full_posts()}
    for post in posts:
        found = read[post.title]
        assert (found.text, found.tags, found.categories) == (
            post.text,
            post.tags,
            post.categories,
        )
        assert [b.kind for b in found.blocks] == [b.kind for b in post.blocks]
        assert [f.latex for f in found.formulas] == [f.latex for f in post.formulas]


def structure(post: Post) -> list[tuple[object, ...]]:
    """All that a post's blocks are, but their lines."""
    return [
        (b.kind, b.span, b.level, [h.marker for h in b.holders], b.info, b.marks, b.flows)
        for b in post.blocks
    ]


@pytest.mark.parametrize("book", ["d2l-zh", "slm-notes"])
def test_markdown_of_a_book_reads_back_too(book: str, data: Path) -> None:
    for path in sorted((data / book).glob("*.md")):
        (post,) = read_posts(path.read_bytes(), str(path)).posts
        (again,) = read_posts(to_markdown(post).encode(), str(path)).posts
        assert (again.title, again.text) == (post.title, post.text)
        assert structure(again) == structure(post)


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "round_trip.txt"))
def test_markdown_comes_out_as_it_went_in(given: str, expected: str) -> None:
    (post,) = read_posts(f"# 题\n\n{given}".encode(), "a.md").posts
    written = to_markdown(post)
    assert written.split("---\n\n", 1)[1] == expected + "\n"
    (again,) = read_posts(written.encode(), "a.md").posts
    assert structure(again) == structure(post)


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "from_html.txt"))
def test_a_page_is_written_as_markdown_that_reads_the_same(given: str, expected: str) -> None:
    (post,) = read_posts(f"<article>{given}</article>".encode(), "a.html").posts
    written = to_markdown(post)
    assert written.split("---\n\n", 1)[1] == expected + "\n"


def test_front_matter_has_what_is_known() -> None:
    post = Post(
        title='"引号": 与冒号',
        text="正文。",
        id="3f9a",
        date=PostDate(2020, 6, 5),
        tags=("优化", "no"),
        truncated=True,
    )
    assert to_markdown(post) == (
        "---\n"
        "title: '\"引号\": 与冒号'\n"
        "id: 3f9a\n"
        "date: 2020-06-05\n"
        "tags:\n"
        "- 优化\n"
        "- 'no'\n"
        "truncated: true\n"
        "---\n\n"
        "正文。\n"
    )


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (PostDate(2020, 6, None), "date: 2020-06"),
        (PostDate(None, 6, 5), "date: 06-05"),
        (PostDate(2021, 2, 31), "date: '2021-02-31'"),
        (PostDate(), "---"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(date: PostDate, shown: str) -> None:
    assert to_markdown(Post(title="题", text="文。", date=date)).split("\n")[2] == shown


def test_what_only_looks_like_markdown_is_escaped_but_not_in_formulas() -> None:
    text = "- 甲\n1. 乙\n> 丙，比如 $a\n- b$ 和 2.5\n\n---\n\n```\n丁"
    post, _ = with_formulas(Post(title="题", text=text))
    body = to_markdown(post).split("---\n\n", 1)[1]
    assert body == "\\- 甲\n1\\. 乙\n\\> 丙，比如 $a\n- b$ 和 2.5\n\n\\---\n\n\\```\n丁\n"


def test_code_with_fences_in_it_gets_a_longer_one() -> None:
    source = "# 题\n\n````\n```\nx\n```\n````\n"
    (post,) = read_posts(source.encode(), "a.md").posts
    (again,) = read_posts(to_markdown(post).encode(), "a.md").posts
    assert (again.text, [b.kind for b in again.blocks]) == (post.text, ["code"])


def test_json_lines_are_what_show_prints(seeded_folder: Path, seeded: Library) -> None:
    ran = exported(seeded_folder, "--to", "jsonl")
    shown = [json.loads(line) for line in ran.stdout.decode().splitlines()]
    assert shown == [seeded.post(post.id).to_dict() for post in seeded.posts()]
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_site_has_a_whole_page_for_each_post_and_no_broken_link(
    seeded: Library, tmp_path: Path
) -> None:
    posts = list(seeded.full_posts())
    assert write_site(posts, Folder(str(tmp_path))) == 37
    pages = {path: ElementTree.parse(path).getroot() for path in tmp_path.rglob("*.html")}
    assert len(pages) == 37
    for path, page in pages.items():
        for link in links(page):
            file, _, anchor = link.partition("#")
            target = Path(os.path.normpath(path.parent / file)) if file else path
            assert target in pages
            ids = {element.get("id") for element in pages[target].iter()}
            assert not anchor or anchor in ids
    drawn = sum(len(list(page.iter(f"{MATHML}math"))) for page in pages.values())
    unread = sum(1 for page in pages.values() for c in page.iter(f"{XHTML}code") if c.get("class"))
    assert drawn + unread == sum(len(post.formulas) for post in posts)
    assert unread == 0


def test_a_page_links_what_its_text_names(tmp_path: Path) -> None:
    folder = added(
        tmp_path / "library",
        Post(
            title="甲", text="见《乙》。由\\eqref{eq:a}得\n$$x=1\\label{eq:a}$$\n和\\ref{eq:none}。"
        ),
        Post(title="乙", text="另一篇，谈的是日食。"),
    )
    assert exported(folder, "--to", "site", "-o", str(tmp_path / "site")).returncode == 0
    with Library.open(folder) as library:
        first, second = (library.post(title).id for title in "甲乙")
    page = ElementTree.parse(tmp_path / "site" / "posts" / f"{first}.html").getroot()
    assert links(page) == ["../index.html", f"{second}.html", "#formula-1", "#formula-1"]
    assert "\\ref{eq:none}" in "".join(page.itertext())
    other = ElementTree.parse(tmp_path / "site" / "posts" / f"{second}.html").getroot()
    assert links(other) == ["../index.html", f"{first}.html"]


HOSTILE = '<script>alert(1)</script> <img src=x onerror="alert(1)"> & \x1b[31m \u202e $\\text{<b>}$'


def test_nothing_of_a_hostile_post_becomes_markup_or_a_path(tmp_path: Path) -> None:
    title = '../../"><script>alert(2)</script>'
    folder = added(tmp_path / "library", Post(title=title, text=HOSTILE, id="../../../x"))
    for to in ("site", "markdown"):
        out = tmp_path / "deep" / "er" / to
        assert exported(folder, "--to", to, "-o", str(out)).returncode == 0
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and "library" not in p.parts]
    assert all("er" in path.parts for path in outside)
    for path in (tmp_path / "deep" / "er" / "site").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        page = ElementTree.fromstring(source)
        names = {element.tag.rpartition("}")[2] for element in page.iter()}
        assert names.isdisjoint({"script", "img", "iframe", "object", "form", "b"})
        assert not any(n.startswith("on") for element in page.iter() for n in element.attrib)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", source)
        assert "default-src 'none'" in source


def test_file_names_stay_within_what_file_systems_take() -> None:
    name = long_name(Post(title="长" * 300, text="", id="3f9a"))
    assert len(f"{name}.md".encode()) <= 255
    assert long_name(Post(title="CON: a/b\\c?*\0", text="", id="3f9a")) == "CON-a-b-c-3f9a"


def test_only_posts_that_are_named_are_written(seeded_folder: Path, tmp_path: Path) -> None:
    ran = exported(
        seeded_folder, "--to", "markdown", "-o", str(tmp_path / "o"), "a4b6", "a4b675f702"
    )
    assert ran.stdout.decode() == f"1 post in 1 file: {tmp_path / 'o'}\n"
    (file,) = (tmp_path / "o").iterdir()
    assert file.name.endswith("-a4b675f702.md")


def test_json_reports_what_was_written(seeded_folder: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "all.jsonl")
    ran = exported(seeded_folder, "--to", "jsonl", "-o", out, "--json")
    assert json.loads(ran.stdout) == {
        "schema": 1, "to": "jsonl", "output": out, "posts": 36, "files": 1,
    }  # fmt: skip
    assert len(Path(out).read_text(encoding="utf-8").splitlines()) == 36


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        pytest.param(
            ["--to", "site"],
            2,
            "blogkit: expected where to write site, found nothing; give -o\n",
            id="no folder",
        ),
        pytest.param(
            ["--to", "jsonl", "zzz"],
            2,
            "blogkit: no post has the id or title 'zzz'; 'blogkit posts' lists them\n",
            id="no such post",
        ),
    ],
)
def test_exit_status_and_message(
    seeded_folder: Path, options: list[str], status: int, message: str
) -> None:
    ran = exported(seeded_folder, *options)
    assert (ran.returncode, ran.stderr.decode(), ran.stdout) == (status, message, b"")


def test_a_folder_that_can_t_be_written_is_one_clear_line(
    seeded_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    ran = exported(seeded_folder, "--to", "site", "-o", str(tmp_path / "file"))
    assert ran.returncode == 2
    assert ran.stderr.decode() == (
        f"blogkit: {tmp_path}/file/index.html: can't be written: File exists\n"
    )


def test_all_posts_at_once_are_each_as_by_itself(seeded: Library) -> None:
    assert list(seeded.full_posts()) == [seeded.post(post.id) for post in seeded.posts()]


def test_a_table_that_is_referred_to_bears_its_name(tmp_path: Path) -> None:
    table = "|甲|乙|\n|-|-|\n|1|2|\n:label:`tab_x`"
    (tmp_path / "a.md").write_text(f"# 题\n\n见 :numref:`tab_x`。\n\n{table}\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "a.md")
        html = article(library.post("题"), {})
    assert '<a href="#block-1">表 1</a>' in html
    assert '<div class="wide" id="block-1"><p>表 1</p><table>' in html
