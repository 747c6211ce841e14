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
    while tally.kills < kills:
        said = run_worker(WORKER, folder, chosen, longest_seconds, tally)
        _check(folder, said)
        tally.reported += sum(line.startswith("done") for line in said) - 1
    return tally


def _check(folder: Path, said: list[str]) -> None:
    """Hold the library to what was said before the kill: what was done, and all of a change or
    none of it."""
    digests = [line.split()[2] for line in said if line.startswith("done")]
    announced = said[-1].split(maxsplit=2)[2] if said[-1].startswith("begin") else None
    with Library.open(folder) as library:
        study = Study(library)
        if digest(study) != digests[-1]:
            assert announced == str(counts(study)), (said[-1], counts(study))
        _check_schedules(library)


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
