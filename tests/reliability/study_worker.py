"""Studies a library until it is killed: cards, answers, reading list, Anki. Run by ``study_kills``.

    python study_worker.py LIBRARY SEED

Each change is announced and reported on a line of its own: ``begin KIND COUNTS`` with what there
will be (``Counts``), then ``done KIND DIGEST`` with all that there is, once blogkit has said so.
"""

import contextlib
import hashlib
import sqlite3
import sys
import time
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from kill_worker import say

from blogkit import Library, Study
from blogkit.errors import StudyError
from blogkit.study.anki import GUID_PREFIX

POSTS = 6
_STATES = ("unread", "reading", "read", "to-review")
_KINDS = ("线性", "随机", "动态", "全局", "局部", "隐式")
_TERMS = ("裁剪", "正则化", "初始化", "归一化", "采样", "编码", "注意力")


@dataclass(frozen=True)
class Counts:
    """How much of everything there is, as far as a change changes it."""

    taken: int
    """Cards that are asked."""
    dropped: int
    """Cards that are not wanted."""
    reviews: int
    """Answers in the log."""
    reading: str
    """What was said of each post, a digit each."""

    def __str__(self) -> str:
        return f"{self.taken} {self.dropped} {self.reviews} {self.reading}"


def counts(study: Study) -> Counts:
    """What there is now."""
    reviews = study._database.connection.execute("SELECT count(*) FROM reviews").fetchone()[0]
    states = {entry.title: _STATES.index(entry.state) for entry in study.reading_list().entries}
    said = "".join(str(states[title(number)]) for number in range(POSTS))
    return Counts(study.cards().total, study.cards(dropped=True).total, reviews, said)


def digest(study: Study) -> str:
    """All that is stored of study."""
    execute = study._database.connection.execute
    rows = [
        execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
        for table in ("cards", "reviews", "reading")
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def title(number: int) -> str:
    """The title of a post."""
    return f"第{number}篇"


def write_posts(folder: Path) -> None:
    """Posts that offer several cards each, unlike one another."""
    folder.mkdir(exist_ok=True)
    for number in range(POSTS):
        defined = "".join(_definition(number, place) for place in range(len(_TERMS)))
        text = f"# {title(number)}\n\n{defined}"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")


def _definition(number: int, place: int) -> str:
    kind, term = _KINDS[number], _TERMS[place]
    filler = "".join(chr(0x4E00 + 997 * number + 131 * place + n * n) for n in range(20))
    return (
        f"所谓{kind}{term}（kind {'abcdef'[number]} {'pqrstuv'[place]}），"
        f"就是根据{filler}来对更新量做一个缩放。\n\n"
        f"由此得到{kind}{term}的更新公式为\n"
        f"$$\\theta_{{{place}}} = \\frac{{\\gamma}}{{{'abcdef'[number]} + \\eta}}$$\n\n"
    )


def anki_package(path: Path, cards: list[str], first_review: int) -> None:
    """A package as Anki exports it, with a review of each card, as far as blogkit reads it."""
    collection = path.with_suffix(".anki21")
    collection.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(collection)) as made, made:
        made.executescript(
            "CREATE TABLE notes (id, guid); CREATE TABLE cards (id, nid);"
            "CREATE TABLE revlog (id, cid, ease, time);"
        )
        for number, card in enumerate(cards):
            made.execute("INSERT INTO notes VALUES (?, ?)", (number, GUID_PREFIX + card))
            made.execute("INSERT INTO cards VALUES (?, ?)", (number, number))
            review = (first_review + number * 60_000, number, 1 + number % 4, 4000)
            made.execute("INSERT INTO revlog VALUES (?, ?, ?, ?)", review)
    with zipfile.ZipFile(path, "w") as package:
        package.write(collection, "collection.anki21")


class Changes:
    """The changes of a user who studies, each announced and reported."""

    def __init__(self, study: Study, chosen: Random, folder: Path) -> None:
        self._study = study
        self._chosen = chosen
        self._package = folder / "reviews.apkg"
        self._kinds = (
            self._accept, self._accept, self._drop, self._grade, self._grade, self._undo,
            self._mark, self._import,
        )  # fmt: skip

    def change(self) -> None:
        """One change, chosen by chance."""
        self._chosen.choice(self._kinds)(counts(self._study))

    def _accept(self, now: Counts) -> None:
        post = title(self._chosen.randrange(POSTS))
        offered = [card for card in self._study.offered(post) if card.status != "accepted"]
        cards = offered[: self._chosen.randint(1, 5)]
        if cards:
            back = sum(card.status == "dropped" for card in cards)
            after = replace(now, taken=now.taken + len(cards), dropped=now.dropped - back)
            say("begin", "accept", str(after))
            self._study.accept(post, *(card.id for card in cards))
            self._done("accept")

    def _drop(self, now: Counts) -> None:
        cards = self._some_cards(3)
        if cards:
            after = replace(now, taken=now.taken - len(cards), dropped=now.dropped + len(cards))
            say("begin", "drop", str(after))
            self._study.drop(*cards)
            self._done("drop")

    def _grade(self, now: Counts) -> None:
        for card in self._some_cards(1):
            say("begin", "grade", str(replace(now, reviews=now.reviews + 1)))
            self._study.grade(card, str(self._chosen.randint(1, 4)), seconds=2.5)
            self._done("grade")

    def _undo(self, now: Counts) -> None:
        say("begin", "undo", str(replace(now, reviews=now.reviews - 1)))
        with contextlib.suppress(StudyError):  # the last reviews are Anki's, or there are none
            self._study.undo()
        self._done("undo")

    def _mark(self, now: Counts) -> None:
        number, state = self._chosen.randrange(POSTS), self._chosen.randrange(len(_STATES))
        said = now.reading[:number] + str(state) + now.reading[number + 1 :]
        say("begin", "mark", str(replace(now, reading=said)))
        self._study.mark(title(number), _STATES[state])
        self._done("mark")

    def _import(self, now: Counts) -> None:
        cards = self._some_cards(8)
        # Each review once, ever: Anki's numbers are the times at which it was done.
        anki_package(self._package, cards, int(time.time() * 1000) - 10**9)
        say("begin", "import", str(replace(now, reviews=now.reviews + len(cards))))
        self._study.import_anki(self._package)
        self._done("import")

    def _some_cards(self, most: int) -> list[str]:
        cards = [card.id for card in self._study.cards()]
        return self._chosen.sample(cards, min(len(cards), self._chosen.randint(1, most)))

    def _done(self, kind: str) -> None:
        say("done", kind, digest(self._study))


def main() -> None:
    """Study for ever."""
    folder, chosen = Path(sys.argv[1]), Random(int(sys.argv[2]))
    with Library.open(folder) as library:
        study = Study(library)
        changes = Changes(study, chosen, folder.parent)
        say("ready")
        while True:
            changes.change()


if __name__ == "__main__":
    main()
