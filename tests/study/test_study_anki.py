"""Packages for Anki, opened by Anki's own library; and its reviews, taken back."""

import html
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from hypothesis import given
from hypothesis import strategies as st
from study_clock import StillClock

from blogkit import Library, Post, Study
from blogkit.errors import LibraryError, MissingExtraError, SourceError
from blogkit.study.anki import cloze_html, mathjax_body, to_html
from blogkit.study.cards import MATH_BLANK, Card


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "anki.anki2"))
    yield opened
    opened.close()


@pytest.fixture
def package(study: Study, clipping: str, tmp_path: Path) -> Path:
    study.accept_all(clipping)
    path = tmp_path / "cards.apkg"
    study.export_anki(path)
    return path


def take(collection: Collection, path: Path) -> tuple[int, int, int]:
    """Import a package into Anki: how many notes were new, updated, and the same as before."""
    request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    return len(log.new), len(log.updated), len(log.duplicate)


def fields(collection: Collection, guid: str) -> dict[str, str]:
    (note,) = (
        note for note in map(collection.get_note, collection.find_notes("")) if note.guid == guid
    )
    return dict(note.items())


def part(question: str, answer: str) -> Card:
    return Card("0123456789", "part", "accepted", "p", None, None, 1, "", "", question, answer)


def test_anki_reads_all_cards_with_their_fields(collection: Collection, package: Path) -> None:
    assert take(collection, package) == (5, 0, 0)
    assert (collection.note_count(), collection.card_count()) == (5, 5)
    assert {deck.name for deck in collection.decks.all_names_and_ids()} >= {"blogkit"}
    formula = fields(collection, "blogkit-de1b275e2c")
    assert formula["Answer"] == r"\[\theta \leftarrow \theta-\eta \nabla_{\theta} f(\theta)\]"
    assert formula["Question"].endswith(r"<br>\[\boxed{?}\]<br>其中\(\eta\)就是学习率。")
    hidden = fields(collection, "blogkit-2e2d45387f")["Text"]
    assert r"{{c1::\frac{\gamma}{\Vert \nabla_{\theta} f(\theta)\Vert} }}\right\}\]" in hidden
    source = fields(collection, "blogkit-de1b275e2c")["Source"]
    assert source.endswith(" · 002_8c2afe7e835e0a0b.txt:79")


def test_a_second_export_updates_and_doubles_nothing(
    collection: Collection, package: Path, study: Study, clock: StillClock
) -> None:
    take(collection, package)
    clock.seconds += 60
    study.edit("de1b275e2c", question="梯度下降？")
    study.export_anki(package)
    new, updated, _ = take(collection, package)
    assert (new, collection.note_count(), collection.card_count()) == (0, 5, 5)
    assert updated == 5
    assert fields(collection, "blogkit-de1b275e2c")["Question"] == "梯度下降？"


def test_every_card_of_the_seeds_is_shown_by_anki_with_its_answer(
    collection: Collection, study: Study, seeds_library: Library, tmp_path: Path
) -> None:
    for post in seeds_library.posts():
        study.accept_all(post.id or "")
    done = study.export_anki(tmp_path / "all.apkg")
    assert (done.cards, done.clozes) == (19, 11)
    take(collection, tmp_path / "all.apkg")
    cards = {card.id: card for card in study.cards()}
    for note in map(collection.get_note, collection.find_notes("")):
        (shown,) = (card.render_output() for card in note.cards())
        answer = to_html(cards[note["Card"]].answer).strip("\\()[]")
        squeezed = [re.sub(r"\s+", "", text) for text in (answer, shown.answer_text)]
        assert squeezed[0] in squeezed[1]
        assert "{{" not in shown.question_text


@pytest.mark.parametrize(
    "answer",
    [
        r"$\frac{1}{x^{2^{3}}}$",
        r"$a::b$",
        r"$\{\{x\}\}$",
        r"${{c2::x}}$",
        "甲}}乙::丙{{丁",
        "<b>粗</b> & $a<b$",
    ],
)
def test_anki_gives_a_cloze_back_whole(
    collection: Collection, library: Library, tmp_path: Path, answer: str
) -> None:
    library.add_posts([Post(title="题", text="所谓梯度裁剪，就是根据梯度的模长来做缩放。", id="p")])
    study = Study(library)
    (card,) = study.accept_all("p")
    study.edit(card.id, question=f"前面 $x={MATH_BLANK}+{{a}}$ 后面", answer=answer)
    study.export_anki(tmp_path / "one.apkg")
    assert take(collection, tmp_path / "one.apkg") == (1, 0, 0)
    (note,) = map(collection.get_note, collection.find_notes(""))
    (shown,) = (card.render_output() for card in note.cards())
    text = html.unescape(re.sub(r"<[^>]*>", "", shown.answer_text))
    plain = answer.removeprefix("$").removesuffix("$") if answer.startswith("$") else answer
    expected = to_html(plain) if "$" in plain else html.escape(plain, quote=False)
    wanted = html.unescape(expected)
    assert re.sub(r"\s+", "", wanted) in re.sub(r"\s+", "", text)


@given(st.text(alphabet=r"{}:c1\frac$x<&", max_size=30))
def test_a_cloze_begins_and_ends_once_whatever_it_hides(answer: str) -> None:
    field = cloze_html(part(f"问 {MATH_BLANK} 答", answer or "x"))
    assert (field.count("{{"), field.count("}}"), field.count("::")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\begin{align}a&=b\end{align}", r"\begin{aligned}a&=b\end{aligned}"),
        (r"\begin{gather*}a\\b\end{gather*}", r"\begin{gathered}a\\b\end{gathered}"),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", r"\begin{aligned}a&=b\end{aligned}"),
        (r"\begin{aligned}a\end{aligned}", r"\begin{aligned}a\end{aligned}"),
        (r"\begin{pmatrix}a\end{pmatrix}", r"\begin{pmatrix}a\end{pmatrix}"),
    ],
)
def test_displays_that_mathjax_takes_inside_its_delimiters(latex: str, expected: str) -> None:
    assert mathjax_body(latex) == expected


def answer_in_anki(collection: Collection, grades: int) -> None:
    """Answer the first cards with "good", as Anki's reviewer does."""
    collection.decks.select(collection.decks.id_for_name("blogkit"))
    for _ in range(grades):
        (queued,) = collection.sched.get_queued_cards(fetch_limit=1).cards
        card = collection.get_card(queued.card.id)
        card.start_timer()
        answer = collection.sched.build_answer(card=card, states=queued.states, rating=2)
        collection.sched.answer_card(answer)


def export_from_anki(collection: Collection, path: Path, *, legacy: bool) -> None:
    options = ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
    collection.export_anki_package(out_path=str(path), options=options, limit=None)


def test_reviews_done_in_anki_come_back_once(
    collection: Collection, package: Path, study: Study, clock: StillClock, tmp_path: Path
) -> None:
    take(collection, package)
    answer_in_anki(collection, 3)
    export_from_anki(collection, tmp_path / "back.apkg", legacy=True)
    done = study.import_anki(tmp_path / "back.apkg")
    assert (done.reviews, done.known, done.unknown, done.cards) == (3, 0, 0, 3)
    due = study.due()
    assert due.new + due.resting == 2
    again = study.import_anki(tmp_path / "back.apkg")
    assert (again.reviews, again.known) == (0, 3)


def test_imported_reviews_count_as_if_they_had_been_given_here(
    collection: Collection, package: Path, study: Study, tmp_path: Path
) -> None:
    take(collection, package)
    answer_in_anki(collection, 1)
    export_from_anki(collection, tmp_path / "back.apkg", legacy=True)
    study.import_anki(tmp_path / "back.apkg")
    database = study._database.connection
    time, grade, due = database.execute(
        "SELECT time, grade, (SELECT due FROM cards WHERE id = card) FROM reviews"
    ).fetchone()
    assert (grade, due - time) == (3, 600)


def test_the_newest_form_of_package_is_told(
    collection: Collection, package: Path, study: Study, tmp_path: Path
) -> None:
    take(collection, package)
    path = tmp_path / "new.apkg"
    export_from_anki(collection, path, legacy=False)
    with pytest.raises(SourceError) as caught:
        study.import_anki(path)
    assert str(caught.value) == (
        f"{path}: expected an older form of package, found Anki's newest; tick 'Support older "
        "Anki versions' when you export it from Anki"
    )


def test_what_is_no_package_is_told(study: Study, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.apkg", "w") as package:
        package.writestr("note.txt", "x")
    (tmp_path / "text.apkg").write_text("no database, but long enough to be looked at" * 99)
    for name, message in (
        ("empty.apkg", "expected a package of Anki, found no collection in it"),
        ("none.apkg", "expected a file, found none"),
        ("text.apkg", "expected a package or collection of Anki: file is not a database"),
    ):
        with pytest.raises(SourceError) as caught:
            study.import_anki(tmp_path / name)
        assert str(caught.value) == f"{tmp_path / name}: {message}"


def test_a_folder_that_is_not_there_is_told(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "x.apkg"
    with pytest.raises(LibraryError) as caught:
        study.export_anki(path)
    assert str(caught.value) == f"{path}: can't be written: No such file or directory"


def test_without_the_extra_exporting_says_what_to_install(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(MissingExtraError) as caught:
        study.export_anki(tmp_path / "x.apkg")
    assert str(caught.value) == (
        "exporting to Anki needs genanki, which is not installed: pip install 'blogkit[study]'"
    )
