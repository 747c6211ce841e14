"""`--json` of each command has the fields that other programs read; more may come, none may go."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
POST = "a4b675f702"
POST_FIELDS = (
    "id title title_from date.year date.month date.day tags categories chars formulas truncated "
    "occurrences[].path occurrences[].line occurrences[].end_line occurrences[].truncated "
    "occurrences[].kept"
)
FORMULA_FIELDS = "id post_id label display latex path line span number"


def _each(place: str, fields: str) -> str:
    return " ".join(f"{place}[].{field}" for field in fields.split())


FIELDS = {
    ("add", str(ROOT / "seeds")): "files entries posts merged formulas pictures unchanged seconds "
    + _each("problems", "path line code message"),
    ("home",): "posts unread half_read.total due.total due.new due.accepted due.next_due "
    "cited.total doubts.refuted doubts.undecided doubts.checked doubts.posts "
    + _each("added", POST_FIELDS)
    + " "
    + _each("cited.posts", "post_id title state time cited_by"),
    ("posts",): "total " + _each("posts", POST_FIELDS),
    ("show", POST): POST_FIELDS
    + " "
    + _each("sections", "heading level line text")
    + " "
    + _each("formulas", FORMULA_FIELDS)
    + " "
    + _each("references", "title post_id")
    + " "
    + _each("pictures", "address caption line digest type width height bytes"),
    ("read", POST): POST_FIELDS,
    ("search", "梯度裁剪", "--explain"): "query total truncated did_you_mean "
    + _each(
        "hits",
        "rank score post_id title date section.heading section.line path line snippet.text "
        "snippet.spans formulas explanation",
    ),
    ("duplicates",): _each("groups", "post_id kind")
    + " "
    + _each("groups[].members", "path line end_line id similarity kept")
    + " "
    + _each("groups[].differences", "path line kept other"),
    ("formula", "list", "--by-shape"): "total "
    + _each("shapes", FORMULA_FIELDS + " places posts")
    + " "
    + _each("shapes[].others", FORMULA_FIELDS),
    ("formula", "find", r"\frac{?a}{?b}"): "pattern total "
    + _each("hits", FORMULA_FIELDS + " rank score match matched_span bindings"),
    ("formula", "value", "x/3", "--at", "x=1"): "latex value digits at used",
    ("formula", "plot", "y=x/3"): "latex x.latex x.range y.latex y.range surface fixed difference "
    + _each("curves", "latex points"),
    ("formula", "code", f"{POST}#8"): "latex to name code used "
    + _each("arguments", "name latex sort meaning"),
    ("formula", "symbols", POST): _each(
        "symbols",
        "latex sort size meaning defined_by path line span occurrences post_id "
        "elsewhere[].post_id elsewhere[].meaning",
    ),
    ("formula", "check", f"{POST}#8", r"\sqrt{x^2}=x"): "seconds counts.refuted "
    + _each("results", "formula_id latex path line problems")
    + " "
    + _each(
        "results[].statements",
        "latex kind verdict method assumptions conditions counterexample samples reason",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fields")
    _asked(made, "add", str(ROOT / "seeds"))
    return made


def _asked(folder: Path, *words: str) -> Any:
    command = [sys.executable, "-m", "blogkit", "--library", str(folder), *words, "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    return json.loads(done.stdout)


def _missing(found: Any, field: str) -> list[str]:
    """The field, if an object that should have it has not; lists are looked through."""
    name, _, rest = field.partition(".")
    plain = name.removesuffix("[]")
    if found is None:
        return []
    if plain not in found:
        return [field]
    values = found[plain] if name.endswith("[]") else [found[plain]]
    return [gap for value in values if rest for gap in _missing(value, rest)]


@pytest.mark.parametrize(("words", "fields"), FIELDS.items(), ids=lambda value: str(value)[:30])
def test_json_has_the_promised_fields(words: tuple[str, ...], fields: str, folder: Path) -> None:
    answer = _asked(folder, *words)
    assert answer["schema"] == 1
    assert [gap for field in fields.split() for gap in _missing(answer, field)] == []
