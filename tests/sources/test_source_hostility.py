"""Whatever bytes come, a reader gives posts or a SourceError, and soon.

Finds are kept as cases in ``cases/`` and in SLOW_ONCE.
"""

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from source_cases import CASES, packed

from blogkit.errors import SourceError
from blogkit.sources.formats import BUNDLE_NAMES, OWN_READERS
from blogkit.sources.read import Told, read_source

_OPENINGS = (
    r"\iftrue ", r"\iffalse ", r"\ifnum1>0 \else ", r"\ifx\a\b x\else ", r"\newcommand{",
    r"\newcommand\a[", r"\def\a{", r"\def\a#1", r"\def\a#1.{#1}\a ", r"\begin{",
    r"\begin{equation}", r"\begin{lstlisting}[", r"\input{", r"\be ", r"\verb|", "%\n", "a & ",
    r"\footnote{", r"\item[", r"\section{", r"\gls{", r"\ensuremath{a} ", r"\url{", "$", "``",
    r"\'{",
)  # fmt: skip
_NESTED = (r"\id{", r"\enquote{", r"\ifthenelse{a}{", r"\footnote{", r"\glslink{a}{", r"\emph{")
_BEFORE_SPACES = {
    "latex": ("a", r"\section", r"\input", r"\title", r"\section[a]", r"\newcommand"),
    "markdown": ("---\ntags: a", "# a", "| a"),
    "archive": ("5 Jun\n标签: a",),
}
LINEAR = [
    *(("latex", "", piece, "") for piece in _OPENINGS),
    *(("markdown", "", piece, "") for piece in _OPENINGS if not piece.startswith(r"\if")),
    *(("latex", r"\newcommand\id[1]{#1}", piece, "}") for piece in _NESTED),
    *(("latex", "", piece, "") for piece in (r"$\newcommand{", r"$\def\a{")),
    ("latex", "", r"\iffalse ", r"\fi "),
    ("latex", r"\enquote{", r"$x$ \emph{b} ", ""),
    *((format, head, 20 * " ", "") for format, heads in _BEFORE_SPACES.items() for head in heads),
]
"""Texts of which twice as much may take twice as long: those that took four times as long once,
and their kin. Format, what stands before, what is repeated, what closes it as often."""
FORMATS = [reader.name for reader in OWN_READERS]
SEEDS = [
    packed(path) if path.is_dir() else path.read_bytes()
    for path in sorted(CASES.glob("*/*"))
    if path.name not in ("expected.txt", "told.txt")
]
_MARKS = r"""
<p> </p> <math> <mi> <mtable> <mtr> <mlabeledtr> <mfrac> <msup> <em> <br> <pre> <code>
<table><tr><td> <article> <script/type="math/tex"> </script> <span/class="katex"> <h1> $ $$ \( \)
<span/class="MathJax"> <i/data-tex="x"> <img/alt="$x$"> \[ \] \begin{equation} \end{equation}
\section{ \def\a{\a} \a \\( \_ \newcommand{\b}[1]{#1} \item % { } ` ``` [[ ]] >[!note] {%a%}
MIME-Version:1.0 Content-Type:multipart/related;boundary=x Content-Type:text/html --x --x--
Content-Transfer-Encoding:quoted-printable Content-Transfer-Encoding:base64 =E5=A4=A9 =0A =
{{<a>}} --- x 题 。 &#xD800; &nbsp; <rss> <item> <description> <![CDATA[ ]]> {"cells":[ "
"""
_SPACES = ["\n", "\n\n", " ", "\x1b[31m", "\u202e", "\0", "\n5 Jun\n", "\n---\n", "\n```\n"]
TOKENS = [*_MARKS.split(), *_SPACES]
SLOW_ONCE = {
    "formulas in one line": ("latex", "$a$ " * 250_000),
    "formulas that never end": ("markdown", "\\(" * 500_000),
    "delimiters escaped once too often": ("markdown", "\\\\(" * 300_000),
    "displays and blank lines": ("markdown", "$$ a = b\n\n" * 50_000),
    "environments in dollars": ("markdown", "$\\begin{a}\n\n" * 30_000),
    "environments that never end": ("plain", "\\begin{equation}" * 60_000),
    "nested braces": ("latex", "{" * 1_000_000),
    "macros that never end": ("latex", "\\def\\a{\\b\\b}\\def\\b{\\a\\a}" + "$\\a$ " * 100_000),
    "strings of a notebook written otherwise": (
        "notebook",
        '{"cells":[{"cell_type":"markdown","source":[' + '"a\\/\\n",' * 100_000 + '""]}]}',
    ),
    "listings that never end": ("latex", "\\begin{verbatim}" * 60_000),
    "comments that never end": ("markdown", "<!--" * 250_000),
    "formulas of MathJax in a row": ("html", '<span class="MathJax">x</span>' * 30_000),
    "aliases of aliases": (
        "markdown",
        "---\na0: &a0 [x]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
        + "title: *a59\ntags: *a59\ndate: *a59\n---\nx",
    ),
    "paragraphs that never end": ("html", "<p>x" * 100_000),
    "descriptions that never end": ("feed", "<rss><item>" + "<description>" * 50_000),
    "CDATA that never ends": ("feed", "<rss><item><description>" + "<![CDATA[" * 100_000),
    "conditions that never end": ("latex", "\\iffalse " * 50_000),
    "definitions that never end": ("latex", "\\newcommand{\\a}{" * 50_000),
    "parts that never end": (
        "mhtml",
        "Content-Type: multipart/related; boundary=x\n\n" + "--x\nContent-Type: a/b\n\n" * 20_000,
    ),
    "titles that are links": ("html", "<h1><a href='/1'>x" * 100_000),
    "pictures that are no pictures": ("html", "data:a;base64," * 300_000),
}


def read(data: bytes, told: Told) -> None:
    with contextlib.suppress(SourceError):
        list(read_source(data, "case", told))


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    text=st.lists(st.sampled_from(TOKENS), max_size=60).map("".join),
    format=st.sampled_from(FORMATS),
)
def test_any_text_is_read_or_refused(text: str, format: str) -> None:
    read(text.encode(), Told(format))


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    seed=st.sampled_from(SEEDS),
    cut=st.tuples(st.integers(0, 4000), st.integers(0, 4000)),
    noise=st.binary(max_size=12),
    format=st.sampled_from([None, *FORMATS, *BUNDLE_NAMES]),
)
def test_any_damaged_source_is_read_or_refused(
    seed: bytes, cut: tuple[int, int], noise: bytes, format: str | None
) -> None:
    start, end = sorted(cut)
    read(seed[:start] + noise + seed[end:], Told(format))


@pytest.mark.parametrize("name", SLOW_ONCE)
def test_large_hostile_text_takes_seconds(name: str) -> None:
    format, text = SLOW_ONCE[name]
    started = time.process_time()
    read(text.encode(), Told(format))
    assert time.process_time() - started < 20


@pytest.mark.parametrize(("format", "before", "piece", "behind"), LINEAR)
def test_twice_as_much_takes_twice_as_long(
    format: str, before: str, piece: str, behind: str
) -> None:
    """Not four times; what takes less than half a second may take as long as it will."""

    def seconds(count: int) -> float:
        started = time.process_time()
        read((before + piece * count + "x" + behind * count).encode(), Told(format))
        return time.process_time() - started

    twice = seconds(20_000)
    assert twice < 0.5 or twice < 3 * seconds(10_000)


def test_elements_nested_too_deeply_are_refused() -> None:
    with pytest.raises(SourceError) as caught:
        list(read_source(b"<div>" * 100_000, "a.html"))
    assert str(caught.value) == ("a.html: expected a page, found elements nested deeper than 2,048")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    feed = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss><item>&x;</item></rss>'
    with pytest.raises(SourceError, match="found <!ENTITY"):
        list(read_source(feed.encode(), "a.xml"))
