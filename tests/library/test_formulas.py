"""Formulas by themselves and in a library: read, drawn, looked up, from Python and the shell."""

import json
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit import Corpus, FormulaIndex, Library, Post, parse_formula
from blogkit.errors import FormulaError, PostNotFoundError
from blogkit.index.stamp import read_stamp
from blogkit.render.png import chinese_font
from blogkit.views import pictures, plain
from blogkit.views.pictures import encode

CLIP = "为什么梯度裁剪能加速训练过程?一个简明的分析"


def answers(library: Library, pattern: str) -> list[tuple[str, str]]:
    """How each formula answers, but for the merely similar ones."""
    hits = library.find_formula(pattern, limit=50)
    return [(hit.formula.id.split("#")[1], hit.match) for hit in hits if hit.match != "similar"]


def test_many_formulas_are_indexed_as_they_are_added(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add_posts([Post(title="少", text="设 $x$。", id="few")])
        assert read_stamp(str(tmp_path / "index" / "formulas")) is None
        library.add_posts([Post(title="多", text="设 $x$ 与 $y$。" * 2500, id="many")])
        stamp = read_stamp(str(tmp_path / "index" / "formulas"))
        assert stamp is not None
        assert stamp.generation == library.generation


def test_a_formula_is_read_drawn_and_printed() -> None:
    formula = parse_formula(r"\frac{1}{2}\min\{1,x\}")
    assert formula.problems == ()
    assert formula.to_latex() == r"\frac{1}{2}\min\{1,x\}"
    assert formula.to_text() == "1\n─ min{1, x}\n2"
    assert ElementTree.fromstring(formula.to_mathml()).tag.endswith("math")
    assert "annotation" in formula.to_html()


def test_pictures_are_what_they_say() -> None:
    assert parse_formula(r"\text{(连续情形)} \label{eq:x}").to_svg().startswith("<svg")
    assert parse_formula(r"\int_0^1 x\,dx \label{eq:x}").to_png().startswith(b"\x89PNG")


def test_pictures_with_chinese_need_a_font_and_say_so() -> None:
    formula = parse_formula(r"\text{(连续情形)}")
    if chinese_font() is None:
        with pytest.raises(FormulaError, match="font"):
            formula.to_png()
    else:
        assert formula.to_png().startswith(b"\x89PNG")


def test_pictures_in_a_terminal(seeded: Library) -> None:
    png = parse_formula("x").to_png()
    assert b64decode(re.sub("\x1b_G[^;]*;|\x1b\\\\", "", encode(png, "kitty"))) == png
    assert encode(png, "iterm2").startswith(f"\x1b]1337;File=inline=1;size={len(png)}:")
    sixel = encode(png, "sixel")
    assert re.fullmatch(
        '\x1bP0;0;q"1;1;\\d+;\\d+#0;2;100;100;100#1;2;0;0;0[#$01?-~-]+\x1b\\\\', sixel
    )
    assert sum("\x1b_G" in piece for piece in pictures.post(seeded.post(CLIP), "kitty")) == 4


def test_a_reference_to_a_label_of_the_post_is_resolved(library: Library) -> None:
    text = "由$$x=1\\label{eq:one}$$与\\eqref{eq:one}、\\eqref{eq:two}可知。"
    library.add_posts([Post(title="甲", text=text, id="one")])
    assert "与(1)、\\eqref{eq:two}可知。" in list(plain.post(library.post("one")))


@pytest.mark.parametrize("latex", ["$x$", "$$x$$", r"\(x\)", r"\[x\]", "x"])
def test_delimiters_are_taken_off(latex: str) -> None:
    assert parse_formula(latex).to_latex() == "x"


@given(st.text())
def test_no_string_makes_it_raise(latex: str) -> None:
    formula = parse_formula(latex)
    assert isinstance(formula.to_text(), str)
    assert all(0 <= p.span.start <= p.span.end <= len(formula.latex) for p in formula.problems)


def test_broken_latex_is_told_with_its_place() -> None:
    (problem,) = parse_formula(r"\frac{1}{2").problems
    assert problem.message == r"expected '}' to close \frac, found end of formula"
    assert (problem.severity, problem.span.end) == ("error", 10)


def test_every_formula_of_the_seeds_is_read_without_a_problem(seeded: Library) -> None:
    formulas = seeded.formulas()
    assert formulas.total == len(formulas) == 70
    assert [f.id for f in formulas if parse_formula(f.latex).problems] == []


def test_a_label_names_a_formula_in_its_post(seeded: Library) -> None:
    hits = seeded.find_formula("eq:p")
    assert [hit.match for hit in hits] == ["exact", "exact"]
    assert len({hit.formula.post_id for hit in hits}) == 2


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\min\left\{1, \frac{?a}{?b}\right\}", [("eq:clip-1", "part"), ("8", "part")]),
        (r"\frac{?a}{?b + ?a}", [("eq:clip-2", "part"), ("8", "part")]),
        (r"\mathop{\arg\min}_{\theta} L(\theta)", [("5", "part")]),
        (r"Z(\theta) = \int ?a d(\Delta\theta)", [("4", "part")]),
        (
            r"?a \leftarrow ?a - ?b",
            [("3", "exact"), ("eq:clip-2", "exact"), ("eq:clip-1", "exact")],
        ),
    ],
)
def test_found_by_structure(seeded: Library, pattern: str, expected: list) -> None:
    found = answers(seeded, pattern)
    assert sorted(found) == sorted(expected)


def test_bindings_say_what_wildcards_stand_for(seeded: Library) -> None:
    hit = seeded.find_formula(r"\frac{?a}{?b + ?a}").hits[0]
    assert hit.bindings["?a"] == r"\gamma"
    latex = hit.formula.latex
    assert hit.matched_span.of(latex) == (
        r"\frac{\gamma}{\Vert \nabla_{\theta} f(\theta)\Vert+\gamma}"
    )


def test_there_is_always_an_answer(seeded: Library) -> None:
    hits = seeded.find_formula(r"\oint_C \vec{B}\cdot d\vec{l} = \mu_0 x")
    assert hits.total > 0
    assert {hit.match for hit in hits} == {"similar"}


def test_a_broken_pattern_is_read_as_far_as_it_goes(seeded: Library) -> None:
    hits = seeded.find_formula(r"\frac{\gamma}{\Vert \nabla_{\theta} f(\theta)\Vert+\gamma")
    assert [problem.code for problem in hits.problems] != []
    assert hits.hits[0].match == "part"


def test_the_formula_index_follows_the_library(library: Library) -> None:
    library.add_posts([Post(title="甲", text="设 $a^2+b^2=c^2$ 成立。", id="one")])
    assert answers(library, "x^2+y^2=z^2") == [("1", "renamed")]
    library.add_posts([Post(title="乙", text="又设 $x^2+y^2=z^2$ 与 $q$。", id="two")])
    assert answers(library, "x^2+y^2=z^2") == [("1", "exact"), ("1", "renamed")]
    library.remove("post:one")
    assert answers(library, "x^2+y^2=z^2") == [("1", "exact")]
    assert library.find_formula("q").hits[0].formula.number == 2


def test_a_torn_formula_index_is_made_anew(library: Library, seeds: Path) -> None:
    library.add(seeds)
    expected = answers(library, r"\gamma")
    for path in (Path(library.folder) / "index" / "formulas").glob("*.npy"):
        path.write_bytes(b"")
    assert answers(library, r"\gamma") == expected


def test_concordance_shows_sentence_and_other_places(library: Library) -> None:
    library.add_posts(
        [
            Post(title="甲", text="先看一句。我们有 $\\sum_i x_i = 1$,如此。再看。", id="one"),
            Post(title="乙", text="又有 $\\sum_j y_j = 1$。", id="two"),
        ]
    )
    found = library.concordance("one#1")
    assert found.sentence == "我们有 $\\sum_i x_i = 1$,如此。"
    assert [(hit.match, found.titles[hit.formula.post_id]) for hit in found.others] == [
        ("renamed", "乙")
    ]


def test_a_formula_that_is_not_there_is_one_clear_line(seeded: Library) -> None:
    with pytest.raises(PostNotFoundError, match="has no formula 'eq:nowhere'; 'blogkit formula"):
        seeded.formula(f"{CLIP}#eq:nowhere")


def test_a_corpus_finds_formulas_too(seeded: Library) -> None:
    corpus = Corpus(seeded.posts())
    for pattern in (r"\min\{1, \frac{?a}{?b}\}", "eq:clip-1", r"\gamma"):
        ours = [(hit.formula.id, hit.match) for hit in corpus.find_formula(pattern)]
        assert ours == [(hit.formula.id, hit.match) for hit in seeded.find_formula(pattern)]


def test_a_bare_index() -> None:
    index = FormulaIndex.build([("pythagoras", "a^2+b^2=c^2"), ("other", r"\frac{1}{x}")])
    (hit, *_) = index.find("y^2 + x^2 = z^2", limit=1)
    assert (hit.id, hit.match) == ("pythagoras", "renamed")


def blogkit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "blogkit", "--library", str(folder), "formula", *arguments]
    return subprocess.run(command, capture_output=True, check=False)


def test_formula_find_json_has_the_shape_of_the_contract(seeded_folder: Path) -> None:
    found = json.loads(blogkit(seeded_folder, "find", "eq:clip-1", "--json").stdout)
    assert found.keys() >= {"schema", "pattern", "total", "hits"}
    assert found["hits"][0].keys() >= {
        "id", "post_id", "label", "display", "latex", "path", "line", "span", "number", "rank",
        "score", "match", "matched_span", "bindings",
    }  # fmt: skip
    assert (found["hits"][0]["label"], found["hits"][0]["line"]) == ("eq:clip-1", 82)


def test_formula_list_of_a_post(seeded_folder: Path) -> None:
    found = json.loads(blogkit(seeded_folder, "list", CLIP, "--json").stdout)
    assert [formula["number"] for formula in found["formulas"]] == list(range(1, 9))


@pytest.mark.parametrize("target", ["text", "mathml", "svg", "html", "latex"])
def test_formula_render(seeded_folder: Path, target: str) -> None:
    ran = blogkit(seeded_folder, "render", f"{CLIP}#eq:clip-1", "--to", target)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.strip()


def test_formula_render_writes_a_picture(seeded_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    ran = blogkit(seeded_folder, "render", r"\frac{1}{x}", "--to", "png", "-o", str(path))
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert path.read_bytes().startswith(b"\x89PNG")


def test_formula_render_says_what_is_wrong(seeded_folder: Path) -> None:
    ran = blogkit(seeded_folder, "render", r"\frac{1}{2")
    assert ran.returncode == 1
    assert ran.stderr.decode() == (
        "blogkit: error, column 11: expected '}' to close \\frac, found end of formula\n"
    )


def test_show_draws_the_formulas_of_a_post(seeded_folder: Path) -> None:
    command = [sys.executable, "-m", "blogkit", "--library", str(seeded_folder), "show", CLIP]
    out = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "其中η就是学习率" in out
    assert re.findall(r"  \((\d)\)$", out, re.MULTILINE) == ["1", "2", "3", "4"]
    assert "\\frac" not in out


WORDED = r"""# 损失函数

分类时常用交叉熵，它写作

$$H(p,q)=-\sum_i p_i\log q_i$$

它与熵 $H(p)$ 之差是KL散度，即 $D(p\|q)=H(p,q)-H(p)$。

## 交叉熵的导数

于是 $\frac{\partial H}{\partial q_i}=-\frac{p_i}{q_i}$，其中 $q$ 是概率。

## 其他

$\mathrm{softmax}(x)$ 与 $a+b+c$ 无关，$XAB$ 与 $PLPR$ 也是。
"""


@pytest.fixture(params=["library", "corpus"])
def worded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library | Corpus]:
    (tmp_path / "loss.md").write_text(WORDED, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "loss.md")
        yield library if request.param == "library" else Corpus(library.posts())


def test_words_find_the_formulas_beside_them(worded: Library | Corpus) -> None:
    hits = worded.find_formula("交叉熵")
    found = [(hit.formula.latex, hit.answers_by) for hit in hits]
    assert found == [
        (r"H(p,q)=-\sum_i p_i\log q_i", "beside"),
        (r"\frac{\partial H}{\partial q_i}=-\frac{p_i}{q_i}", "beside"),
        ("q", "beside"),
    ]
    assert hits.hits[0].sentence.startswith("分类时常用交叉熵")
    assert (hits.total, hits.looked_for) == (3, "words")


def test_words_with_letters_in_them_find_them_too(worded: Library | Corpus) -> None:
    (first, *_) = worded.find_formula("KL散度")
    assert first.formula.latex == r"D(p\|q)=H(p,q)-H(p)"


def test_formulas_that_name_a_word_come_first(worded: Library | Corpus) -> None:
    (hit, *others) = worded.find_formula("softmax")
    assert [other.answers_by for other in others] == ["beside"] * 3
    assert (hit.formula.latex, hit.match, hit.sentence) == (
        r"\mathrm{softmax}(x)",
        "part",
        None,
    )


@pytest.mark.parametrize("word", ["loss", "无此词", "perceptron"])
def test_a_word_that_stands_nowhere_finds_nothing(worded: Library | Corpus, word: str) -> None:
    hits = worded.find_formula(word)
    assert (hits.total, len(hits), hits.looked_for) == (0, 0, "words")


def test_pages_of_words_continue_one_another(worded: Library | Corpus) -> None:
    pages = [worded.find_formula("交叉熵", limit=1, offset=n).hits for n in range(4)]
    assert [h.formula.number for page in pages for h in page] == [
        h.formula.number for h in worded.find_formula("交叉熵")
    ]


def test_equal_formulas_are_one_hit_with_its_places(tmp_path: Path) -> None:
    for name, latex in (("甲", "x+1"), ("乙", "1 + x"), ("丙", "y+2")):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n我们有 ${latex}$。\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path)
        hits = library.find_formula("x+1")
        first = hits.hits[0]
        titles = [library.post(f.post_id).title for f in (first.formula, *first.equals)]
        assert (titles, first.places, hits.total) == (["甲", "乙"], 2, 1)
        shown = list(plain.formula_hits(hits))
        assert f"   also {first.equals[0].id}" in shown


LONG = "".join(f"第{n}句讲的是第{n * n}件事情，它与别的都不相同。" for n in range(30))


@pytest.fixture
def merged(tmp_path: Path) -> Iterator[Library]:
    """A post of two copies, each with a passage, and formulas, of its own."""
    kept = (
        f"{LONG}结尾设 $\\def\\R{{\\mathbb R}}x\\in\\R$ 完。" + "又一句说明补在后面，使它更长。" * 8
    )
    other = LONG.replace(
        "第3句讲的是第9件事情",
        "麒麟不等式说 $\\oint_\\R\\zeta=\\kappa$，$x\\in\\R$，即$$\\aleph=\\R^7\\label{eq:k}$$",
    )
    (tmp_path / "a.md").write_text(f"# 故事\n\n{kept}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# 故事\n\n{other}\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "a.md", tmp_path / "b.md")
        assert library.posts().total == 1
        yield library


def test_formulas_of_a_copy_are_listed_behind_those_of_the_post(merged: Library) -> None:
    (post,) = merged.posts()
    found = [(f.id, f.latex, Path(f.path or "").name, f.line) for f in merged.formulas(post.id)]
    assert found == [
        (f"{post.id}#1", r"\def\R{\mathbb R}x\in\R", "a.md", 3),
        (f"{post.id}#2", r"\oint_\R\zeta=\kappa", "b.md", 3),
        (f"{post.id}#3", r"x\in\R", "b.md", 3),
        (f"{post.id}#eq:k", r"\aleph=\R^7\label{eq:k}", "b.md", 3),
    ]
    assert merged.formulas() == merged.formulas(post.id)
    assert len(merged.post(post.id).formulas) == 1


@pytest.mark.parametrize("pattern", [r"\oint_{\mathbb{R}} \zeta = \kappa", r"\oint_?a ?b"])
def test_formulas_of_a_copy_are_found_with_their_place(merged: Library, pattern: str) -> None:
    hit = merged.find_formula(pattern).hits[0]
    assert (hit.formula.latex, Path(hit.formula.path or "").name) == (
        r"\oint_\R\zeta=\kappa",
        "b.md",
    )


def test_formulas_of_a_copy_are_found_by_the_words_beside_them(merged: Library) -> None:
    found = [(hit.formula.latex, hit.answers_by) for hit in merged.find_formula("麒麟不等式")]
    assert (r"\oint_\R\zeta=\kappa", "beside") in found


def test_formulas_of_a_copy_are_found_by_label_and_shown_with_their_sentence(
    merged: Library,
) -> None:
    (hit,) = merged.find_formula("eq:k")
    found = merged.concordance(hit.formula.id)
    assert found.formula.latex == r"\aleph=\R^7\label{eq:k}"
    assert found.sentence.startswith("麒麟不等式说")
    assert r"\mathbb" in found.sentence


def test_a_search_by_a_formula_of_a_copy_shows_its_passage(merged: Library) -> None:
    (hit,) = merged.search(r"$\oint_\mathbb{R} \zeta$")
    assert "麒麟" in hit.snippet.text


def test_a_formula_of_a_copy_is_checked_by_itself(merged: Library) -> None:
    (post,) = merged.posts()
    report = merged.check(f"{post.id}#2", f"{post.id}#1")
    assert [result.formula_id for result in report] == [f"{post.id}#2", f"{post.id}#1"]
    assert merged.check(post.id).results[-1].formula_id == f"{post.id}#1"
