"""Killing blogkit while a user studies: no answer is lost, and no schedule is half of one."""

from pathlib import Path
from random import Random

from kills import Tally, run_worker
from study_worker import counts, digest, write_posts

from blogkit import Library, Study
from blogkit.store import cards as stored_cards
from blogkit.store import reviews as stored_reviews
from blogkit.study.schedule import graded

WORKER = Path(__file__).with_name("study_worker.py")


def kill_study(folder: Path, *, kills: int, seed: int, longest_seconds: float) -> Tally:
    """Kill workers that study one library, which is looked over after every kill.

    Raises:
        AssertionError: with the first promise that was not kept.
    """
    chosen = Random(seed)
    tally = Tally()
    posts = folder.parent / f"{folder.name}-posts"
    write_posts(posts)
    with Library.open(folder) as library:
        library.add(posts)
        known = digest(Study(library))
    while tally.kills < kills:
        said = run_worker(WORKER, folder, chosen, longest_seconds, tally)
        known = _check(folder, said, known)
        tally.reported += sum(line.startswith("done") for line in said)
    return tally


def _check(folder: Path, said: list[str], known: str) -> str:
    """Hold the library to what was said before the kill; the digest of what it holds now.

    Args:
        folder: the library.
        said: lines ``begin KIND COUNTS`` and ``done KIND DIGEST``.
        known: the digest of what the library held before.
    """
    done = [known, *(line.split()[2] for line in said if line.startswith("done"))]
    open_change = said[-1] if said and said[-1].startswith("begin") else "none"
    with Library.open(folder) as library:
        study = Study(library)
        if digest(study) != done[-1]:
            assert open_change.endswith(f" {counts(study)}"), (open_change, counts(study))
        _check_schedules(library)
        return digest(study)


def _check_schedules(library: Library) -> None:
    """Each card is asked when its answers say so."""
    database = library.database
    for (card,) in database.connection.execute("SELECT id FROM cards ORDER BY id").fetchall():
        stored = stored_cards.read_card(database, card)
        reviews = sorted(stored_reviews.reviews_of(database, card), key=lambda r: r.time)
        after = [graded(review.before, review.grade, review.time) for review in reviews]
        assert stored is not None
        if after:
            assert [review.before for review in reviews[1:]] == after[:-1], card
            assert stored.schedule == after[-1], card
