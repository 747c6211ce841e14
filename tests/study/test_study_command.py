"""``blogkit study`` as a process: output, JSON, exit statuses, and answers from a pipe."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from blogkit.cli.study_new import edited
from blogkit.errors import StudyError
from blogkit.study.cards import Card
from blogkit.views.study_plain import duration

TERM = "3e9126180f"


@pytest.fixture
def blogkit(seeds_library):
    """Runs ``blogkit study`` on a library of the seeds of its own."""
    seeds_library.close()

    def run(*arguments: str, stdin: str = ""):
        return subprocess.run(
            [sys.executable, "-m", "blogkit", "study", *arguments],
            input=stdin.encode(),
            capture_output=True,
            env={**os.environ, "BLOGKIT_LIBRARY": seeds_library.folder, "EDITOR": "false"},
            check=False,
        )

    return run


def test_an_hour_of_study_in_one_minute(blogkit, clipping: str, tmp_path: Path) -> None:
    ran = blogkit()
    assert (ran.returncode, ran.stdout.decode()) == (
        1,
        "no cards yet; 'blogkit study new POST' offers some\n",
    )
    ran = blogkit("new", clipping)
    assert (ran.returncode, ran.stdout.decode().count("  new  ")) == (0, 5)
    taken = blogkit("new", clipping, "--accept", TERM, "de1b", "--drop", "23cf", "--json")
    assert [card["id"] for card in json.loads(taken.stdout)["cards"]] == [TERM, "de1b275e2c"]
    ran = blogkit("grade", "3e91", "good")
    assert ran.stdout.decode() == f"{TERM}  good; next in 10 min\n"
    assert blogkit().stdout.decode().startswith("1 due (1 new) of 2 cards; 1 answers today\n")
    assert blogkit("undo").stdout.decode().startswith(f"taken back: {TERM}  good")
    ran = blogkit("undo")
    assert (ran.returncode, ran.stderr.decode()) == (
        2,
        "blogkit: no answer to take back: nothing was reviewed yet\n",
    )
    ran = blogkit("export", "--anki", str(tmp_path / "x.apkg"))
    assert ran.stdout.decode() == f"{tmp_path / 'x.apkg'}: 2 cards, 1 of them clozes\n"


def test_reviewing_from_a_pipe_stores_each_answer_and_quits_without_loss(
    blogkit, clipping: str
) -> None:
    blogkit("new", clipping, "--accept-all")
    ran = blogkit("review", stdin="\n3\n\n1\nu\n\n4\n\nq\n")
    assert ran.returncode == 0
    shown = ran.stdout.decode()
    assert "\x1b[" not in shown
    assert re.findall(r"^\w{10}  (\w+); next in (.*)$", shown, re.MULTILINE) == [
        ("good", "10 min"),
        ("again", "1 min"),
        ("easy", "8 d"),
    ]
    assert "taken back: de1b275e2c  again" in shown
    due = json.loads(blogkit("--json").stdout)
    assert (due["total"], due["resting"], due["reviewed_today"]) == (1, 2, 2)


def test_a_review_that_is_cut_off_keeps_what_was_answered(blogkit, clipping: str) -> None:
    blogkit("new", clipping, "--accept-all")
    assert blogkit("review", stdin="\n3\n\n").returncode == 0
    assert json.loads(blogkit("--json").stdout)["reviewed_today"] == 1


def test_every_action_has_json_of_its_shape(blogkit, clipping: str, tmp_path: Path) -> None:
    apkg = str(tmp_path / "x.apkg")
    shapes = [
        (["new", clipping], {"total", "cards"}),
        (["new", clipping, "--accept-all"], {"total", "cards"}),
        ([], {"total", "new", "resting", "accepted", "reviewed_today", "next_due", "cards"}),
        (
            ["review"],
            {"total", "new", "resting", "accepted", "reviewed_today", "next_due", "cards"},
        ),
        (["grade", TERM, "hard"], {"card_id", "grade", "time", "due", "card"}),
        (["undo"], {"card_id", "grade", "time", "due", "card"}),
        (["cards"], {"total", "cards"}),
        (["edit", TERM, "--answer", "剪"], {"total", "cards"}),
        (["drop", TERM], {"total", "cards"}),
        (["forecast"], {"days", "later"}),
        (["history"], {"days", "total", "streak_days"}),
        (["list"], {"total", "counts", "posts"}),
        (["mark", clipping, "read"], {"post_id", "title", "state", "time"}),
        (["next"], {"total", "posts"}),
        (["export", "--anki", apkg], {"path", "cards", "clozes"}),
        (["import", "--anki", apkg], {"path", "reviews", "known", "unknown", "cards"}),
    ]
    for arguments, shape in shapes:
        ran = blogkit(*arguments, "--json")
        assert ran.stderr == b"", arguments
        assert json.loads(ran.stdout).keys() == {"schema", *shape}, arguments


def test_plain_and_coloured_output_say_the_same(blogkit, clipping: str) -> None:
    blogkit("new", clipping, "--accept-all")
    blogkit("mark", clipping, "reading")
    for arguments in ([], ["cards"], ["forecast"], ["history"], ["list"], ["next"]):
        plain = blogkit(*arguments).stdout.decode()
        coloured = blogkit(*arguments, "--color", "always").stdout.decode()
        assert "\x1b[" in coloured
        assert "\x1b[" not in plain
    assert blogkit("next").stdout.decode().startswith(f"1. {clipping}  [a4b675f702]\n   you are")


def test_what_is_asked_wrongly_is_told(blogkit) -> None:
    for arguments, message in (
        (["grade", "zz", "good"], "no card has the id 'zz'; 'blogkit study cards' lists them"),
        (["forecast", "--days", "0"], "days: expected 1 to 3660, found 0"),
    ):
        ran = blogkit(*arguments)
        assert (ran.returncode, ran.stderr.decode()) == (2, f"blogkit: {message}\n")


def test_an_editor_changes_question_and_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Card("1", "term", "new", "p", None, None, 1, "", "", "旧＿＿＿＿", "词")
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib; path = pathlib.Path(sys.argv[1]);"
        "path.write_text(path.read_text('utf-8').replace('旧', '新'), 'utf-8')",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    assert edited(card) == ("新＿＿＿＿", "词")
    monkeypatch.setenv("VISUAL", "false")
    with pytest.raises(StudyError, match="card 1: the editor 'false' failed: "):
        edited(card)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(5, "5 s"), (600, "10 min"), (5400, "1.5 h"), (86400 * 8, "8 d"), (86400 * 400, "1.1 years")],
)
def test_how_long_is_said_in_a_fitting_unit(seconds: int, shown: str) -> None:
    assert duration(seconds) == shown
