"""Readers, by cases that are text files, and the seeds."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.posts import Post
from blogkit.sources.read import Reading, Told, read_posts
from blogkit.structure.nesting import placed
from blogkit.views.clean import shown_date

HERE = Path(__file__).parent


def shown(reading: Reading) -> str:
    """A reading as the cases have it."""
    lines = [line for post in reading.posts for line in _post(post)]
    lines += [f"left out {first}-{last}" for first, last in reading.left_out]
    lines += [f"problem {problem.code} {problem.line}" for problem in reading.problems]
    return "\n".join(lines)


def _post(post: Post) -> list[str]:
    occurrence = post.occurrences[0]
    place = f"{occurrence.line}-{occurrence.end_line}"
    cut = " truncated" if post.truncated else ""
    facts = [f"{shown_date(post.date) or 'undated'} {post.title_from} {place}{cut} {post.title}"]
    if post.tags:
        facts.append("tags " + ",".join(post.tags))
    if post.categories:
        facts.append("categories " + ",".join(post.categories))
    if post.comments is not None:
        facts.append(f"comments {post.comments}")
    lines = [" | ".join(facts)]
    lines += [
        f"  {b.line} {b.kind} {flat(b.span.of(post.text)) or f'<{b.info}>'}" for b in post.blocks
    ]
    for formula in post.formulas:
        label = f"{formula.label} " if formula.label else ""
        lines.append(f"  formula {formula.line} {label}{flat(formula.span.of(post.text))}")
    return lines


def structured(post: Post) -> str:
    """What holds each block, with a ditto where it held the one before; and its marks."""
    lines = []
    for place in placed(post.blocks):
        block = place.block
        markers = [holder.marker or "…" for holder in block.holders]
        held = [f'{marker}"' for marker in markers[: place.shared]] + markers[place.shared :]
        text = block.span.of(post.text)
        lines.append(
            " ".join([*held, "|", *([f"{block.info}:"] if block.info else []), flat(text)])
        )
        for mark in block.marks:
            address = f" → {mark.target}" if mark.target else ""
            lines.append(f"  {mark.kind} {flat(mark.inside.of(text))}".rstrip() + address)
    return "\n".join(lines)


def flat(text: str) -> str:
    return text.replace("\n", "⏎")


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "archive.txt"))
def test_archive_page(given: str, expected: str) -> None:
    assert shown(read_posts(given.encode(), "case.txt")) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "markdown.txt"))
def test_markdown(given: str, expected: str) -> None:
    assert shown(read_posts(given.encode(), "case.md")) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "structure.txt"))
def test_structure_of_markdown(given: str, expected: str) -> None:
    (post,) = read_posts(given.encode(), "case.md").posts
    assert structured(post) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "structure_html.txt"))
def test_structure_of_a_page(given: str, expected: str) -> None:
    (post,) = read_posts(f"<article>{given}</article>".encode(), "case.html").posts
    assert structured(post) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "structure_latex.txt"))
def test_structure_of_latex(given: str, expected: str) -> None:
    (post,) = read_posts(given.encode(), "case.tex").posts
    assert structured(post) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "latex.txt"))
def test_latex(given: str, expected: str) -> None:
    assert shown(read_posts(given.encode(), "case.tex")) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "html.txt"))
def test_html(given: str, expected: str) -> None:
    assert shown(read_posts(given.encode(), "case.html")) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "feed.txt"))
def test_feed(given: str, expected: str) -> None:
    assert shown(read_posts(given.encode(), "case.xml")) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "plain.txt"))
def test_plain_text(given: str, expected: str) -> None:
    assert shown(read_posts(given.encode(), "case.txt")) == expected


def readings(seeds: Path) -> dict[str, Reading]:
    return {path.name[:3]: read_posts(path.read_bytes(), str(path)) for path in seeds.glob("*.txt")}


def test_the_seeds_hold_forty_entries(seeds: Path) -> None:
    found = readings(seeds)
    assert {name: len(reading.posts) for name, reading in found.items()} == dict.fromkeys(
        ["000", "001", "002", "003", "004"], 8
    )
    assert [reading.problems for reading in found.values()] == [()] * 5


def test_five_seeds_have_no_title_and_one_no_link(seeds: Path) -> None:
    posts = [(name, post) for name, reading in readings(seeds).items() for post in reading.posts]
    untitled = sorted((name, shown_date(p.date)) for name, p in posts if p.title_from == "text")
    whole = [post.title for _, post in posts if not post.truncated]
    assert untitled == [
        ("000", "10-19"),
        ("002", "06-01"),
        ("002", "06-05"),
        ("002", "06-23"),
        ("003", "02-09"),
    ]
    assert whole == ["日食记"]


def test_no_year_is_ever_guessed(seeds: Path) -> None:
    years = {p.date.year for reading in readings(seeds).values() for p in reading.posts}
    assert years == {None}


def test_every_block_of_the_seeds_stands_on_its_line(seeds: Path) -> None:
    for path in seeds.glob("*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for post in read_posts(path.read_bytes(), str(path)).posts:
            for block in post.blocks:
                first = block.span.of(post.text).split("\n")[0]
                assert lines[block.line - 1].strip() == first.strip()
            for formula in post.formulas:
                assert formula.span.of(post.text).split("\n")[0] in lines[formula.line - 1]


@pytest.mark.parametrize("name", ["2023_05_06.md", "journals/2023-05-06.md"])
def test_a_journals_date_is_its_name(name: str) -> None:
    assert shown_date(read_posts("- 今天读了 $x$。".encode(), name).posts[0].date) == "2023-05-06"


def test_a_title_is_never_cut_inside_a_formula() -> None:
    text = f"设有函数 $f(x) = {'x + ' * 20}x$ 与它的导数,我们来看看它们之间有什么样的关系。"
    post = read_posts(text.encode(), "a.txt").posts[0]
    assert post.title == "设有函数…"


def test_an_entry_of_thousands_of_tags_is_mended_as_others_are() -> None:
    markup = "<p>段<b>落</b>。" * 3000
    text = f"<rss><item><title>甲<description>{markup}</description></item></rss>"
    (post,) = read_posts(text.encode(), "case.xml", Told("feed")).posts
    assert (post.title, post.text.count("段落。")) == ("甲", 3000)
