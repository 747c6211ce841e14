"""Regular expressions that are compiled when they are used."""

import re
import subprocess
import sys

import pytest

from blogkit.regexes import regex


def test_it_acts_as_the_compiled_pattern() -> None:
    late, early = regex("(?P<unit>MIB|kib)", re.IGNORECASE), re.compile("(?i)(?P<unit>MIB|kib)")
    for text in ("3 MiB", "12 公里", ""):
        assert late.findall(text) == early.findall(text)
    assert (late.groupindex, late.groups) == (early.groupindex, early.groups)
    assert late.pattern == "(?P<unit>MIB|kib)"


def test_an_error_is_raised_where_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error, match="missing \\)"):
        wrong.match("")


def test_nothing_is_compiled_by_making_one() -> None:
    program = (
        "import re; before = len(re._cache); from blogkit.text import analyzer, marks; "
        "print(len(re._cache) - before)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.strip() == b"0"
