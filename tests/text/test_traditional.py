"""Traditional and simplified characters find each other, and keep their places."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit import Library, Post
from blogkit.text.normalize import _ScriptFolding, fold_script
from blogkit.text.traditional import SIMPLIFIED, TRADITIONAL


def test_each_character_is_simplified_as_opencc_does_it() -> None:
    opencc = pytest.importorskip("opencc", reason="opencc is in the extra 'dev'")
    ideographs = "".join(map(chr, range(0x4E00, 0x9FD6)))
    simplified = opencc.OpenCC("t2s").convert("\n".join(ideographs)).split("\n")
    pairs = [
        (given, made)
        for given, made in zip(ideographs, simplified, strict=True)
        if given != made and "\u4e00" <= made <= "\u9fd5"
    ]
    assert list(zip(TRADITIONAL, SIMPLIFIED, strict=True)) == pairs


def test_paragraphs_are_folded_as_opencc_simplifies_them(data: Path) -> None:
    opencc = pytest.importorskip("opencc", reason="opencc is in the extra 'dev'")
    converter = opencc.OpenCC("t2s")
    rows = (data / "drcd" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    text = re.sub("[^\u4e00-\u9fd5]", "", "".join(json.loads(row)["text"] for row in rows))
    expected, actual = converter.convert(text), fold_script(text)
    assert len(text) > 500_000
    different = sum(a != b for a, b in zip(expected, actual, strict=True))
    assert different / len(text) < 0.0005


@given(st.text())
def test_folding_the_script_keeps_offsets(text: str) -> None:
    assert len(fold_script(text)) == len(text)


@pytest.mark.parametrize("query", ["梯度裁剪加速训练", "梯度裁剪加速訓練"])
@pytest.mark.parametrize("text", ["梯度裁剪能加速訓練過程。", "梯度裁剪能加速训练过程。"])
def test_either_script_finds_the_other_and_shows_it_as_written(
    library: Library, query: str, text: str
) -> None:
    library.add_posts([Post(title="一", text=text), Post(title="二", text="毫不相干。")])
    (hit,) = library.search(query)
    assert hit.snippet.text == text
    marked = [span.of(text) for span in hit.snippet.spans]
    assert marked == ["梯度", "裁剪", "加速", text[7:9]]


def test_many_texts_are_folded_as_one_is() -> None:
    text = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    parts = [text[at : at + 100] for at in range(0, len(text), 100)]
    fold_script(text)
    assert [part.translate(_ScriptFolding()) for part in parts] == list(map(fold_script, parts))
    assert fold_script("薴苧") == "苧苎"
