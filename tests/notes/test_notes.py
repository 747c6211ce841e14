"""Notes of a reader: written, found again, searched, listed, exported, made cards."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import read_cases

from blogkit import Library, Post, Study
from blogkit.cli.app import main
from blogkit.errors import NoteError, PostNotFoundError
from blogkit.export.notes import to_annotations, to_markdown
from blogkit.notes import Notes
from blogkit.notes.anchors import QuotedText, quote_at
from blogkit.spans import Span

CLIP = "a4b675f702"
MORE = "quote more, or name the line"
EXPECTED = f"post {CLIP}: expected words of the post, found"
NOW = 1_700_000_000


@pytest.fixture
def library(tmp_path: Path, seeds: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        opened.add(seeds / "002_8c2afe7e835e0a0b.txt", seeds / "003_fbb836d9fe362ced.txt")
        yield opened


@pytest.fixture
def notes(library: Library) -> Notes:
    return Notes(library, now=lambda: NOW)


def test_a_highlight_knows_its_words_and_their_place(library: Library, notes: Notes) -> None:
    note = notes.add("a4b6", quote="也就是说两者是可以相互控制的")
    assert (note.post_id, note.line, note.is_lost) == (CLIP, 87, False)
    assert note.span.of(library[CLIP].text) == note.quote == "也就是说两者是可以相互控制的"
    assert library[CLIP].text.endswith(note.suffix)
    assert note.to_dict()["created"] == "2023-11-14T22:13:20Z"


def test_a_formula_is_marked_as_not_understood_and_understood(notes: Notes) -> None:
    note = notes.add(f"{CLIP}#eq:clip-1", is_question=True)
    assert (note.formula_id, note.is_question) == (f"{CLIP}#eq:clip-1", True)
    assert r"\min\left\{1," in note.quote
    assert [n.id for n in notes.list(only_questions=True)] == [note.id]
    assert [n.id for n in notes.list(f"{CLIP}#eq:clip-1")] == [note.id]
    assert notes.list(f"{CLIP}#eq:clip-2").total == 0
    answered = notes.edit(note.id[:5], text="取较小者", is_question=False)
    assert (answered.text, answered.is_question) == ("取较小者", False)
    assert notes.list(only_questions=True).total == 0


def test_a_tag_of_ones_own_finds_the_post(library: Library, notes: Notes) -> None:
    assert library.search("tag:重读").total == 0
    generation = library.generation
    notes.add(CLIP, tags=["#重读", "重读", " 第 一 遍"])
    assert [hit.post_id for hit in library.search("tag:重读")] == [CLIP]
    assert [hit.post_id for hit in library.search("has:note")] == [CLIP]
    assert library.search("-has:note 梯度").total == library.search("梯度").total - 1
    assert notes.list(tag="第 一 遍")[0].tags == ("重读", "第 一 遍")
    assert library[CLIP].tags == ("优化", "梯度")
    assert library.generation == generation


def test_notes_are_searched_by_words_of_theirs(notes: Notes) -> None:
    notes.add(CLIP, quote="是一个常数", text="多大合適？", tags=["实验"])
    for words in ("合适", "常数 实验", "多大合适"):
        assert notes.list(words=words).total == 1
    assert notes.list(words="合适 没有").total == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("多大", 1),
        ("合适 常数", 1),
        ('"多大合适"', 1),
        ("合适 -没有 tag:优化", 1),
        ("合适 没有", 0),
        ("tag:实验", 0),
        ("$x$", 0),
        ("", 0),
    ],
)
def test_a_query_finds_the_notes_that_have_its_words(query: str, found: int, notes: Notes) -> None:
    notes.add(CLIP, quote="是一个常数", text="多大合適？", tags=["实验"])
    answer = notes.search(query)
    assert (answer.total, len(answer)) == (found, found)
    assert notes.search(query, limit=0).total == found


def test_a_search_in_the_shell_tells_of_notes(
    library: Library, notes: Notes, capsys: pytest.CaptureFixture[str]
) -> None:
    notes.add(CLIP, quote="是一个常数", text="值域里的一点")
    main(["--library", library.folder, "search", "值域", "tag:优化"])
    assert capsys.readouterr().err == (
        "blogkit: 1 note has these words: blogkit note list --words '值域'\n"
    )


def test_notes_are_listed_by_their_places(notes: Notes) -> None:
    last = notes.add(CLIP, quote="也就是说两者")
    first = notes.add(CLIP, quote="顾名思义")
    whole = notes.add(CLIP, text="整篇")
    assert [n.id for n in notes.list()] == [whole.id, first.id, last.id]
    assert [n.id for n in notes.list(limit=1, offset=1)] == [first.id]
    assert repr(notes.list()).startswith("<NoteList total 3>\n  <Note ")


@pytest.mark.parametrize(
    ("before", "after", "words"), read_cases(Path(__file__).parent / "anchors.txt", 4)
)
def test_words_are_found_again(before: str, after: str, words: str) -> None:
    start, end = before.index("«"), before.index("»") - 1
    plain = before.replace("«", "").replace("»", "")
    found = QuotedText(after).find(quote_at(plain, Span(start, end)))
    assert (found.of(after) if found else "") == words
    if "乙说" in after:
        assert after.startswith("很小", found.end)


def test_notes_survive_a_fuller_copy_and_the_merge_of_posts(tmp_path: Path) -> None:
    lead = "本文介绍梯度裁剪为什么能够加速训练过程,并且比较几种裁剪方式的收敛速度. " * 4
    excerpt = Post(
        title="裁剪", text=f"{lead}\n\n其中 $\\gamma$ 是一个常数.", truncated=True, id="old"
    )
    other = "另一篇，讲的是日食与生态缸。" * 8
    with Library.open(tmp_path / "library") as library:
        library.add_posts([Post(title="甲", text=other, id="first"), excerpt])
        notes = Notes(library)
        on_words = notes.add("old", quote="是一个常数", text="多大？")
        on_formula = notes.add("old#1", is_question=True)
        (tmp_path / "full.md").write_text(
            "---\ntitle: 裁剪\n---\n\n编者按：$\\alpha$ 是一个常数。\n\n"
            f"{lead.replace(',', '，')}\n\n其中 $\\gamma$ **是一个常数**。\n\n"
            f"{'后文是证明，分三步进行。' * 20}\n",
            encoding="utf-8",
        )
        library.add(tmp_path / "full.md")
        assert len(library) == 2
        assert library["old"].path.endswith("full.md")
        moved, asked = notes.note(on_words.id), notes.note(on_formula.id)
        text = library["old"].text
        assert text[: moved.span.start].rstrip(" *").endswith("$\\gamma$")
        assert asked.span.of(text) == "$\\gamma$"
        assert asked.formula_id == "old#2"
        library.remove(tmp_path / "full.md")
        assert notes.note(on_words.id).span is not None


def test_what_is_gone_is_told_and_not_guessed(library: Library, notes: Notes, seeds: Path) -> None:
    note = notes.add(CLIP, quote="顾名思义", text="想想")
    library.remove(seeds / "002_8c2afe7e835e0a0b.txt")
    gone = notes.note(note.id)
    assert (gone.title, gone.span, gone.is_lost, gone.text) == ("", None, True, "想想")
    library.add(seeds / "002_8c2afe7e835e0a0b.txt")
    assert notes.note(note.id).line == note.line


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"quote": "天外来客"}, f"{EXPECTED} '天外来客', which it does not have"),
        ({"quote": "梯度"}, f"post {CLIP}: '梯度' stands in lines …; {MORE}"),
        ({}, "expected a text, a tag or a question, found nothing to note"),
        ({"text": "字" * 50_001}, "expected a note of at most 50000 characters, found 50001"),
        ({"quote": "字" * 5_001}, "expected a quote of at most 5000 characters, found 5001"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_is_refused(notes: Notes, given: dict[str, str], message: str) -> None:
    with pytest.raises(NoteError) as caught:
        notes.add(CLIP, **given)
    assert re.sub(r"lines [\d, ]+;", "lines …;", str(caught.value)) == message
    assert notes.list().total == 0


def test_names_that_mean_nothing_are_refused(notes: Notes) -> None:
    with pytest.raises(PostNotFoundError):
        notes.add("zzz", text="x")
    with pytest.raises(PostNotFoundError):
        notes.add(f"{CLIP}#99", text="x")
    note = notes.add(CLIP, text="x")
    with pytest.raises(NoteError, match="with which 0 begin"):
        notes.remove(note.id, "zzzz")
    assert notes.remove(note.id).total == 1
    assert notes.list().total == 0


def test_notes_become_cards(library: Library, notes: Notes) -> None:
    pytest.importorskip("fsrs", reason="fsrs is not installed")
    mark = notes.add(CLIP, quote="两者基本是等价的")
    asked = notes.add(f"{CLIP}#7", text="裁剪的阈值")
    blank, said = notes.take_card(mark.id), notes.take_card(asked.id)
    assert "＿＿＿＿" in blank.question
    assert (blank.answer, blank.kind) == ("两者基本是等价的", "note")
    assert (said.question, said.answer) == (r"$\gamma > 0$", "裁剪的阈值")
    assert notes.take_card(mark.id).id == blank.id
    assert Study(library).due().total == 2
    with pytest.raises(NoteError, match="expected one on words or a formula"):
        notes.take_card(notes.add(CLIP, text="整篇").id)


def test_notes_are_written_out(library: Library, notes: Notes) -> None:
    notes.add(CLIP, quote="是一个常数", text="多大？", tags=["实验"])
    notes.add(f"{CLIP}#7", is_question=True)
    shown = to_markdown(notes.list())
    assert shown.startswith(f"# {library[CLIP].title}\n")
    assert "> 是一个常数\n\n多大？\n\n#实验\n" in shown
    first, second = map(json.loads, to_annotations(notes.list(), {}).splitlines())
    assert {first["motivation"], second["motivation"]} == {"commenting", "questioning"}
    for annotation in (first, second):
        assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert annotation["target"]["source"] == f"urn:blogkit:post:{CLIP}"
        assert annotation["target"]["selector"]["type"] == "TextQuoteSelector"


def test_the_command_line_writes_lists_and_forgets(library: Library, tmp_path: Path) -> None:
    folder = library.folder

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "blogkit", "--library", folder, "note", *words]
        return subprocess.run(command, capture_output=True, check=False)

    added = json.loads(
        run("add", CLIP, "--quote", "是一个常数", "--text", "$\\gamma$ 多大？", "--json").stdout
    )
    lines = run("list", "--words", "多大").stdout.decode().splitlines()
    assert lines[1:3] == ["    “是一个常数”", "    γ 多大？"]
    assert lines[0].startswith(f"{added['id']}  ")
    out = tmp_path / "notes.md"
    assert run("export", "-o", str(out)).returncode == 0
    assert "> 是一个常数" in out.read_text(encoding="utf-8")
    refused = run("export", "-o", str(tmp_path / "nowhere" / "notes.md"))
    assert refused.returncode == 2
    assert "notes.md: can't be written: " in refused.stderr.decode()
    assert run("remove", added["id"]).stdout.decode() == "1 note forgotten\n"
    assert run("list").returncode == 1
