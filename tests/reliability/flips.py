"""Flipping bytes in a library, and judging what it then answers."""

import enum
import json
from functools import cache
from pathlib import Path
from random import Random

from blogkit import Library
from blogkit.errors import LibraryError
from blogkit.study.facade import Study

SEEDS = Path(__file__).parent.parent.parent / "seeds"
ANSWERS = ("梯度裁剪", "积分梯度", "日食记 OR 模长", "注意力")


class Outcome(enum.Enum):
    """What a library did after damage."""

    SAME = "the same answers"
    TOLD = "a clear error"
    WRONG = "other answers"


def make_library(folder: Path) -> Path:
    """A library of the seeds with all its indexes made."""
    with Library.open(folder) as library:
        library.add(SEEDS)
        library.add_words("随机噪声")
        library.find_formula(r"\gamma")
        study = Study(library)
        study.accept_all("a4b675f702")
        study.mark("a4b675f702", "reading")
    return folder


def flip(place: Path, chosen: Random) -> str:
    """Change one bit of a file, or of a file in a folder; where."""
    files = [place] if place.is_file() else sorted(p for p in place.iterdir() if p.stat().st_size)
    path = chosen.choice(files)
    data = bytearray(path.read_bytes())
    at = chosen.randrange(len(data))
    data[at] ^= 1 << chosen.randrange(8)
    path.write_bytes(data)
    return f"{path.name} at {at}"


def answers_after(folder: Path, sound: Path) -> Outcome:
    """Whether a library answers as a sound one, each question by itself."""
    wanted = _wanted(sound)
    try:
        with Library.open(folder) as library:
            found = _answers(library)
    except LibraryError:
        return Outcome.TOLD
    outcome = Outcome.SAME
    for answer, right in zip(found, wanted, strict=True):
        if answer is None:
            outcome = Outcome.TOLD
        elif answer != right:
            return Outcome.WRONG
    return outcome


@cache
def _wanted(sound: Path) -> list[str | None]:
    with Library.open(sound) as library:
        return _answers(library)


def _answers(library: Library) -> list[str | None]:
    searches = [lambda query=query: library.search(query, limit=100) for query in ANSWERS]
    searches.append(lambda: library.find_formula(r"\frac{?a}{?a+?b}"))
    study = Study(library)
    others = [
        library.posts,
        library.duplicates,
        lambda: library.post("日食记"),
        study.cards,
        study.reading_list,
    ]
    return [
        *(_answer(lambda search=search: hits_of(search())) for search in searches),
        *(_answer(lambda other=other: other().to_dict()) for other in others),
    ]


def hits_of(found) -> list[str]:
    """Hits in no order: an index that was made anew weighs words as one that grew nearly does."""
    hits = [hit.to_dict() for hit in found]
    for hit in hits:
        del hit["rank"], hit["score"]
    return sorted(json.dumps(hit, ensure_ascii=False) for hit in hits)


def _answer(question) -> str | None:
    try:
        return json.dumps(question(), ensure_ascii=False)
    except LibraryError:
        return None
