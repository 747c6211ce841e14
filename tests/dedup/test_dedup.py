"""Likeness, merging and differences."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.dedup.fingerprints import WINDOW_SHINGLES, shingles, winnow
from blogkit.dedup.likeness import ComparedText, Likeness, compare
from blogkit.dedup.merge import Difference, differences, merge
from blogkit.dedup.wording import wording_of
from blogkit.posts import Block, Occurrence, Post
from blogkit.spans import Span
from blogkit.text.dates import PostDate
from blogkit.text.normalize import squeeze

LONG = "".join(f"第{n}句讲的是第{n * n}件事情,它与别的都不相同。" for n in range(30))


def copy(text: str, path: str = "a.txt", **facts) -> Post:
    return Post(text=text, occurrences=(Occurrence(path, 1, 9),), **facts)


def told_differences(kept: Post, other: Post) -> list[Difference]:
    return list(differences(wording_of(kept), wording_of(other)))


def like(first: str, second: str) -> Likeness | None:
    return compare(*(ComparedText(Post(title="甲", text=text)) for text in (first, second)))


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        pytest.param(LONG + " 完", LONG + "\n\n  完\n", "exact", id="other white space"),
        pytest.param(LONG, LONG.replace("第3句", "第三句"), "edited", id="an edit"),
        pytest.param(LONG, LONG[:200], "excerpt", id="the start of it"),
        pytest.param(LONG, LONG[200:420], "excerpt", id="the middle of it"),
        pytest.param(LONG, LONG.replace("ICLR", "ＩＣＬＲ") + ",", "edited", id="one comma"),
        pytest.param(LONG, "完全不同的另一篇文章。" * 20, None, id="nothing in common"),
        pytest.param(LONG, LONG[:20], None, id="too short to say anything"),
        pytest.param("", "", "exact", id="both empty"),
    ],
)
def test_compare(first: str, second: str, kind: str | None) -> None:
    for likeness in (like(first, second), like(second, first)):
        assert (likeness.kind if likeness else None) == kind


@given(st.text(min_size=WINDOW_SHINGLES + 7, max_size=60), st.text(), st.text())
def test_a_shared_passage_gives_a_shared_fingerprint(passage: str, a: str, b: str) -> None:
    """The guarantee of winnowing, for a passage that fills a window after squeezing."""
    if len(squeeze(passage)) < WINDOW_SHINGLES + 7:
        return
    first, second = (winnow(shingles(squeeze(text + passage))) for text in (a, b))
    assert len(np.intersect1d(first, second)) > 0


def test_shingles_are_those_of_the_definition() -> None:
    text = "abcdefghij"
    assert len(set(shingles(text).tolist())) == 3
    assert shingles(text)[0] == shingles("abcdefgh")[0]
    assert shingles(text)[2] == shingles("cdefghij")[0]


def test_the_fullest_copy_is_kept_and_completed() -> None:
    full = copy(LONG, title="第0句", title_from="text", date=PostDate(None, 6, 5))
    short = copy(LONG[:100], "b.txt", title="标题", tags=("优化",), date=PostDate(2020, 6, 5))
    merged = merge([short, full])
    assert (merged.text, merged.title, merged.title_from) == (LONG, "标题", "duplicate")
    assert (merged.tags, merged.date) == (("优化",), PostDate(2020, 6, 5))
    assert [(o.path, o.kept) for o in merged.occurrences] == [("a.txt", True), ("b.txt", False)]


def test_a_date_that_contradicts_is_not_taken() -> None:
    first = copy(LONG, title="甲", date=PostDate(None, 6, 5))
    second = copy(LONG, title="甲", date=PostDate(2020, 7, 1))
    assert merge([first, second]).date == PostDate(None, 6, 5)


def test_differences_are_told_sentence_by_sentence() -> None:
    kept = copy("第一句。ICLR2020论文。第三句。", title="甲")
    other = copy("第一句。ICLR 2020论文。第三句。", "b.txt", title="甲")
    (difference,) = told_differences(kept, other)
    assert (difference.path, difference.kept, difference.other) == (
        "b.txt",
        "ICLR2020论文。",
        "ICLR 2020论文。",
    )


PARAGRAPHS = ["梯度。裁剪。", "设 $x。y$ 为。", "三。四？", "$$\na\n$$", "五", "六。", "end. Then"]


def in_blocks(paragraphs: list[str]) -> Post:
    text = "\n\n".join(paragraphs)
    starts = [len("\n\n".join([*paragraphs[:n], ""])) for n in range(len(paragraphs))]
    blocks = tuple(
        Block("paragraph", Span(start, start + len(said)), 2 * n + 1)
        for n, (start, said) in enumerate(zip(starts, paragraphs, strict=True))
    )
    return copy(text, title="甲", blocks=blocks)


@given(
    st.permutations(PARAGRAPHS), st.lists(st.integers(0, len(PARAGRAPHS)), min_size=3, max_size=3)
)
def test_ends_that_are_shared_are_passed_over(paragraphs: list[str], cuts: list[int]) -> None:
    start, middle, end = sorted(cuts)
    kept = in_blocks([*paragraphs[:middle], *paragraphs[end:]])
    other = in_blocks([*paragraphs[:start], *paragraphs[middle:]])
    told = [(d.kept, d.other) for d in told_differences(kept, other)]
    whole = told_differences(replace(kept, blocks=()), replace(other, blocks=()))
    assert told == [(d.kept, d.other) for d in whole]


def test_what_a_copy_lacks_stands_before_what_follows_it() -> None:
    kept = in_blocks(["一。", "二。", "三。", "四。"])
    (difference,) = told_differences(kept, in_blocks(["一。", "三。", "四。"]))
    assert (difference.kept, difference.other, difference.line) == ("二。", "", 3)


def test_a_missing_title_is_a_difference() -> None:
    kept = copy("正文。", title="正文", title_from="text")
    other = copy("正文。", "b.txt", title="标题")
    assert [(d.kept, d.other) for d in told_differences(kept, other)] == [("", "标题")]


def test_near_duplicates_of_d2l_are_told_from_the_others(data: Path) -> None:
    folder = data / "neardup-d2l"
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    found, wanted, false = 0, 0, 0
    with (folder / "pairs.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            resemblance = float(row["jaccard_8char"])
            copies = like(texts[row["id1"]], texts[row["id2"]]) is not None
            wanted += resemblance >= 0.6
            found += copies and resemblance >= 0.6
            false += copies and resemblance < 0.2
    assert wanted == 329
    assert (found / wanted, false) == (1.0, 0)
