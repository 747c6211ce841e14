"""Whatever bytes come, a reader gives posts or a SourceError, and soon.

Finds are kept as cases in ``cases/`` and in SLOW_ONCE.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from costs import grows_with_length, processor_seconds
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
    ("markdown", "", "![](", ""),
    *(("latex", "", piece, "") for piece in (r"$\newcommand{", r"$\def\a{")),
    ("latex", "", r"\iffalse ", r"\fi "),
    ("latex", r"\enquote{", r"$x$ \emph{b} ", ""),
    ("html", "<table><tr><th>a<th>b<tr><td>a<td>", "<p>$a$|", ""),
    ("html", "<table><tr><th>a<th>b", "<tr><td>$a$|<td>b", ""),
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
SLOW_ONCE: dict[str, tuple[str, int, Callable[[int], str]]] = {
    "formulas in one line": ("latex", 250_000, lambda n: "$a$ " * n),
    "formulas that never end": ("markdown", 500_000, lambda n: "\\(" * n),
    "delimiters escaped once too often": ("markdown", 300_000, lambda n: "\\\\(" * n),
    "displays and blank lines": ("markdown", 50_000, lambda n: "$$ a = b\n\n" * n),
    "environments in dollars": ("markdown", 30_000, lambda n: "$\\begin{a}\n\n" * n),
    "environments that never end": ("plain", 60_000, lambda n: "\\begin{equation}" * n),
    "nested braces": ("latex", 1_000_000, lambda n: "{" * n),
    "macros that never end": (
        "latex",
        100_000,
        lambda n: "\\def\\a{\\b\\b}\\def\\b{\\a\\a}" + "$\\a$ " * n,
    ),
    "strings of a notebook written otherwise": (
        "notebook",
        100_000,
        lambda n: '{"cells":[{"cell_type":"markdown","source":[' + '"a\\/\\n",' * n + '""]}]}',
    ),
    "listings that never end": ("latex", 60_000, lambda n: "\\begin{verbatim}" * n),
    "comments that never end": ("markdown", 250_000, lambda n: "<!--" * n),
    "formulas of MathJax in a row": (
        "html",
        30_000,
        lambda n: '<span class="MathJax">x</span>' * n,
    ),
    "aliases of aliases": (
        "markdown",
        60,
        lambda n: (
            "---\na0: &a0 [x]\n"
            + "".join(f"a{k}: &a{k} [*a{k - 1}, *a{k - 1}]\n" for k in range(1, n))
            + "title: *a{0}\ntags: *a{0}\ndate: *a{0}\n---\nx".format(n - 1)
        ),
    ),
    "paragraphs that never end": ("html", 100_000, lambda n: "<p>x" * n),
    "descriptions that never end": (
        "feed",
        50_000,
        lambda n: "<rss><item>" + "<description>" * n,
    ),
    "CDATA that never ends": (
        "feed",
        100_000,
        lambda n: "<rss><item><description>" + "<![CDATA[" * n,
    ),
    "conditions that never end": ("latex", 50_000, lambda n: "\\iffalse " * n),
    "definitions that never end": ("latex", 50_000, lambda n: "\\newcommand{\\a}{" * n),
    "parts that never end": (
        "mhtml",
        20_000,
        lambda n: (
            "Content-Type: multipart/related; boundary=x\n\n" + "--x\nContent-Type: a/b\n\n" * n
        ),
    ),
    "titles that are links": ("html", 100_000, lambda n: "<h1><a href='/1'>x" * n),
    "pictures that are no pictures": ("html", 300_000, lambda n: "data:a;base64," * n),
}
"""Texts that took minutes once: their format, how long the long form has them, and the text."""


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
def test_large_hostile_text_takes_seconds(name: str, is_long: bool) -> None:
    """The long form has all of it; the short one a sixteenth, of which half takes half as long."""
    format, length, text = SLOW_ONCE[name]

    def work(count: int) -> None:
        read(text(count).encode(), Told(format))

    if is_long:
        assert processor_seconds(lambda: work(length)) < 20
    else:
        assert grows_with_length(work, max(length // 16, 60))


@pytest.mark.parametrize(("format", "before", "piece", "behind"), LINEAR)
def test_twice_as_much_takes_twice_as_long(
    format: str, before: str, piece: str, behind: str
) -> None:
    def work(count: int) -> None:
        read((before + piece * count + "x" + behind * count).encode(), Told(format))

    assert grows_with_length(work, 20_000)


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
