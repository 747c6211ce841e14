"""SIGKILL at random moments: what was reported is there, the rest is absent whole."""

from pathlib import Path

from kills import kill_often
from study_kills import kill_study


def test_killed_at_any_moment_a_library_holds_what_it_reported(
    tmp_path: Path, is_long: bool
) -> None:
    kills = 50 if is_long else 5
    tally = kill_often(tmp_path / "library", kills=kills, seed=7, longest_seconds=1.0)
    assert tally.kills == kills


def test_killed_at_any_moment_of_study_no_answer_is_lost(tmp_path: Path, is_long: bool) -> None:
    kills = 50 if is_long else 5
    tally = kill_study(tmp_path / "library", kills=kills, seed=7, longest_seconds=1.0)
    assert tally.kills == kills
