"""A post as every view shows it: words, marks, references, numbers."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from cases import read_cases

from blogkit import Library
from blogkit.library.reports import FullPost
from blogkit.posts import Post
from blogkit.sources.read import read_posts
from blogkit.structure.inline import (
    Token,
    block_tokens,
    formulas_of,
    inline_tokens,
    table_rows,
    text_tokens,
)
from blogkit.structure.references import References, equation_numbers, role_target
from blogkit.text.marks import find_marks
from blogkit.views.elements import inline_html, nested, table_html

HERE = Path(__file__).parent
REFERENCES = re.compile(
    r"\\(?P<eq>eq)?ref\{(?P<label>\w[^}]*)\}|(?P<role>[:{]\w+[:}])`(?P<name>\w+)`"
)


def shown(token: Token) -> str:
    if token.formula is not None:
        latex = token.formula.latex.strip()
        return f"{{{{{latex}}}}}" if token.is_display else f"{{{latex}}}"
    if token.kind == "break":
        return "⏎"
    if token.kind in ("text", "reference"):
        return token.text
    address = f" {token.address}" if token.address and token.kind == "open" else ""
    return f"<{'/' * (token.kind == 'close')}{token.name}{address}>"


def full(text: str, name: str = "case.md") -> FullPost:
    (post,) = read_posts(text.encode(), name).posts
    return FullPost(**{field.name: getattr(post, field.name) for field in fields(Post)})


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "inline.txt"))
def test_words_and_marks(given: str, expected: str) -> None:
    formulas = formulas_of(given)
    marks = find_marks(given, [span for span, _ in formulas])
    assert "".join(map(shown, inline_tokens(given, marks, formulas, flows=True))) == expected


def test_tags_in_a_text_without_its_post_are_words() -> None:
    assert [token.text for token in text_tokens("<b>标签</b> &amp;")] == ["<b>标签</b> &amp;"]


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "page.txt"))
def test_words_as_elements(given: str, expected: str) -> None:
    post = full(given)
    html = inline_html(
        block_tokens(post, post.blocks[0], References(post)),
        formula=lambda found: f"[{found.latex}]" if found.display else found.latex,
        link=lambda target: f"#{target.key}",
        spaces_marks=True,
    )
    assert html == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "lists.txt"))
def test_lists_and_quotations_as_elements(given: str, expected: str) -> None:
    post = full(given)
    pieces = [before + (b.span.of(post.text) if b else "") for before, b in nested(post.blocks)]
    assert "".join(pieces) == expected


def test_references_of_latex_lead_to_figures_and_sections() -> None:
    post = full(
        r"\section{引言}\label{sec:a}"
        r"见图 \ref{fig:a}、\autoref{fig:b}、\ref{sec:a} 与 \ref{no}。"
        r"\begin{figure}\caption{甲}\label{fig:a}\end{figure}"
        r"\begin{figure}\caption{乙\label{fig:b}}\end{figure}",
        "case.tex",
    )
    references = References(post)
    tokens = block_tokens(post, post.blocks[1], references)
    assert "".join(map(shown, tokens)) == r"见图 1、图 2、引言 与 \ref{no}。"
    assert references.figures == {2: "图 1", 3: "图 2"}


def test_rows_of_a_table_have_all_its_cells() -> None:
    assert table_html("| a | b |", [["1"], ["2", "3"]]) == (
        "<table><tbody><tr><td>1</td><td></td></tr><tr><td>2</td><td>3</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "tables.txt"))
def test_cells_of_tables(given: str, expected: str) -> None:
    post = full(given)
    rows = table_rows(post, post.blocks[0], References(post))

    def words(cell: list[Token]) -> str:
        return "".join(t.formula.latex if t.formula else t.text for t in cell).strip()

    assert "\n".join(" / ".join(map(words, row)) for row in rows) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "numbers.txt"))
def test_numbers_of_displays(given: str, expected: str) -> None:
    numbers = equation_numbers(full(given).text, full(given).formulas)
    assert "\n".join(f"{n}: {text}" for n, text in numbers.items()) == expected


@pytest.mark.parametrize(("given", "expected"), read_cases(HERE / "references.txt"))
def test_what_references_lead_to(given: str, expected: str) -> None:
    post = full(given)
    references = References(post)
    lines = {}
    for match in REFERENCES.finditer(post.text):
        name = (match["role"] or "").strip(":{}")
        if name in ("label", "eqlabel"):
            continue
        target = (
            role_target(name, match["name"], references)
            if name
            else references.by_label(match["label"], in_brackets=bool(match["eq"]))
        )
        said = f"{target.kind} {target.key} {target.text}" if target else "nothing"
        lines[match[0]] = f"{match[0]} → {' '.join(said.split())}"
    assert "\n".join(lines.values()) == expected


@pytest.mark.parametrize(
    "piece",
    [
        "`a` ",
        "*a ",
        "**粗",
        "[",
        "[a](b",
        "<b>",
        "_a",
        "*a_",
        "[[a]",
        "~~a",
        "\\",
        "&a;",
        "<b>x</b>",
        "[a *b](c) d*",
        " ",
        "\n ",
        "|",
        ":a:",
        "a:`",
    ],
)
def test_marks_cost_no_more_than_the_length_of_a_text(piece: str) -> None:
    text = piece * 20_000
    inline_tokens(text, find_marks(text), (), flows=True)


def test_marks_far_within_one_another_are_only_words() -> None:
    text = "<b>" * 50 + "x" + "</b>" * 50
    tokens = inline_tokens(text, find_marks(text), ())
    assert sum(token.kind == "open" for token in tokens) == 16


def test_a_role_leads_to_the_other_post_that_bears_its_label(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 甲\n:label:`sec_a`\n\n正文，讲的是日食。", encoding="utf-8")
    (tmp_path / "b.md").write_text("# 乙\n\n如 :numref:`sec_a`所说，求导。", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path)
        first, second = library.post("甲"), library.post("乙")
        whole = {post.title: post for post in library.full_posts()}
    tokens = block_tokens(second, second.blocks[0], References(second))
    assert [token.text for token in tokens] == ["如", "《甲》", "所说，求导。"]
    assert [r.post_id for r in second.references] == [first.id]
    assert [c.title for c in first.referenced_by] == ["乙"]
    assert whole == {"甲": first, "乙": second}
