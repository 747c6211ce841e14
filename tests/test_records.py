"""Records are frozen dataclasses to whoever asks, without the cost of making one."""

import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass

import pytest

from blogkit.results.records import record
from blogkit.search.hits import Hits, Snippet
from blogkit.spans import Span


@dataclass(frozen=True, slots=True)
class Expected:
    """A place."""

    line: int
    column: int = 1


@record
class Place:
    """A place."""

    line: int
    column: int = 1


def test_a_record_is_a_dataclass_to_dataclasses() -> None:
    assert dataclasses.is_dataclass(Place)
    assert [(f.name, f.type, f.default) for f in dataclasses.fields(Place)] == [
        (f.name, f.type, f.default) for f in dataclasses.fields(Expected)
    ]
    assert dataclasses.replace(Place(3), column=4) == Place(3, 4)
    assert dataclasses.asdict(Snippet("裁剪", (Span(0, 2),))) == {
        "text": "裁剪", "spans": ({"start": 0, "end": 2},),
    }  # fmt: skip
    assert Hits.__dataclass_params__.frozen


def test_records_are_equal_by_class_and_fields() -> None:
    assert Place(3) == Place(line=3, column=1)
    assert Place(3) != Expected(3)
    assert Place(3) != Place(4)
    assert len({Place(3), Place(3, 1)}) == 1
    assert pickle.loads(pickle.dumps(Span(1, 2))) == Span(1, 2)
    assert repr(Place(3)) == "Place(line=3, column=1)"
    match Place(3):
        case Place(line, column):
            assert (line, column) == (3, 1)


@pytest.mark.parametrize("name", ["line", "unknown"])
def test_a_record_cannot_be_changed(name: str) -> None:
    place = Place(3)
    with pytest.raises(FrozenInstanceError, match=f"^cannot assign to field '{name}'$"):
        setattr(place, name, 4)
    with pytest.raises(FrozenInstanceError, match=r"^cannot assign to field 'line'$"):
        del place.line
    assert not hasattr(place, "__dict__")


@pytest.mark.parametrize("arguments", [(), (1, 2, 3)])
def test_a_record_wants_its_fields(arguments: tuple[int, ...]) -> None:
    with pytest.raises(TypeError):
        Place(*arguments)


def test_making_a_record_does_not_load_dataclasses() -> None:
    code = "import sys, blogkit.search.hits; print('dataclasses' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_a_record_says_how_it_is_made_before_one_is() -> None:
    import inspect

    @record
    class Fresh:
        line: int
        column: int = 1

    assert str(inspect.signature(Fresh)) == "(line, column=1)"
    assert Fresh(2) == Fresh(2, column=1)
    assert str(inspect.signature(Fresh)) == "(line, column=1)"
