"""The pages as a client without scripts sees them."""

import html
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from blogkit import Library, Post, Study
from blogkit.notes import Notes
from blogkit.web.app import make_app
from blogkit.web.picture import picture

HERE = "http://127.0.0.1:8765"


@pytest.fixture
def client(seeded_folder: Path):
    with TestClient(make_app(str(seeded_folder)), base_url=HERE) as opened:
        yield opened


@pytest.fixture
def many(tmp_path: Path):
    """Twenty-five posts of one word, one naming the first."""
    posts = [Post(title=f"题{n}", text=f"梯度 $x_{{{n}}}$。", id=f"p{n}") for n in range(24)]
    posts.append(
        Post(title="末", text="见《题0》。" + r"由$\eqref{e}$ \eqref{e} $$a=b\label{e}$$", id="x")
    )
    with Library.open(tmp_path / "library") as library:
        library.add_posts(posts)
    with TestClient(make_app(str(tmp_path / "library")), base_url=HERE) as opened:
        yield opened


def test_hits_come_in_pages_that_are_linked_both_ways(many: TestClient) -> None:
    first = many.get("/?q=梯度").text
    assert "24 posts" in first
    assert 'rel="prev"' not in first
    address = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = many.get(address).text
    assert '<ol class="hits" start="11">' in second
    third = many.get(re.search(r'rel="next" href="([^"]+)"', second)[1].replace("&amp;", "&")).text
    assert third.count('class="hit"') == 4
    assert 'rel="next"' not in third
    assert 'rel="prev"' in third


def test_notes_come_in_pages_of_what_was_asked_for(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add_posts([Post(title="甲", text="梯度。", id="a")])
        notes = Notes(library)
        for number in range(55):
            notes.add("a", text=f"第{number}条", tags=["重读"], is_question=True)
        notes.add("a", text="另一条")
    with TestClient(make_app(str(tmp_path / "library")), base_url=HERE) as opened:
        first = opened.get("/notes?target=a&words=条&tag=重读&questions=1").text
        following = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
        second = opened.get(following).text
        before = html.unescape(re.search(r'rel="prev" href="([^"]+)"', second)[1])
        assert opened.get(before).text == first
    assert "55 of 56 notes" in second
    assert second.count('class="note"') == 5
    assert 'rel="next"' not in second
    assert '<input type="hidden" name="target" value="a">' in second


def test_a_search_shows_notes_and_offers_own_tags(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add_posts([Post(title="甲", text="梯度。", id="a")])
        with TestClient(make_app(library.folder), base_url=HERE) as opened:
            assert "重读" not in opened.get("/").text
            Notes(library).add("a", quote="梯度", text="值域里的一点", tags=["重读"])
            first, found = opened.get("/").text, opened.get("/hits?q=值域").text
            tagged = opened.get("/hits?tag=重读").text
    assert '<option value="重读">1</option>' in first
    assert "1 note has it" in found
    assert '<a lang="zh" href="/posts/a#L1">值域里的一点</a>' in found
    assert 'class="hit"' in tagged


def test_references_lead_to_posts_and_formulas(many: TestClient) -> None:
    shown = many.get("/posts/x").text
    assert re.search(r'<a href="/posts/p0">《题0》</a>', shown)
    assert shown.count('<a href="#f-2">(1)</a>') == 2
    assert re.search(r'<a href="/posts/x">末</a>', many.get("/posts/p0").text)


def test_bare_symbols_and_names_are_listed_when_asked_for(tmp_path: Path) -> None:
    post = Post(title="甲", text=r"$\text{argmax}$、$\max$、$x$、$$a+b=c$$、$y$", id="a")
    with Library.open(tmp_path / "library") as library:
        library.add_posts([post])
    with TestClient(make_app(str(tmp_path / "library")), base_url=HERE) as client:
        for address in ("/formulas?order=post", "/formulas?post=a"):
            shown = client.get(address).text
            assert re.findall(r'class="latex">([^<]+)<', shown) == ["a+b=c"]
            assert "4 bare symbols and names are left out" in shown
            (everything,) = re.findall(r'<a href="([^"]+)">show all 5</a>', shown)
            whole = client.get(html.unescape(everything)).text
            listed = re.findall(r'class="latex">([^<]+)<', whole)
            assert listed == [r"\text{argmax}", r"\max", "x", "a+b=c", "y"]


def test_formulas_of_one_shape_are_one_entry(tmp_path: Path) -> None:
    texts = {"a": "$$a+b=c$$、$x$、$$e^x$$", "b": "$$x+y=z$$、$$u+v=w$$"}
    with Library.open(tmp_path / "library") as library:
        library.add_posts([Post(title=name, text=text, id=name) for name, text in texts.items()])
        shapes = library.formula_shapes()
    assert (shapes.total, shapes.left_out) == (2, 1)
    assert [(s.latex, s.places, s.posts) for s in shapes] == [("a+b=c", 3, 2), ("e^x", 1, 1)]
    assert [formula.latex for formula in shapes[0].others] == ["x+y=z", "u+v=w"]
    with TestClient(make_app(str(tmp_path / "library")), base_url=HERE) as client:
        shown = client.get("/formulas").text
        assert "2 shapes of formulas, the most frequent first" in shown
        assert "3 formulas · 2 posts" in shown
        assert re.findall(r'<details class="alike">', shown) == ['<details class="alike">']
        assert 'start="2"' in client.get("/formulas?offset=1").text


def test_formulas_of_a_post_come_in_pages(many: TestClient) -> None:
    assert "25 formulas" in many.get("/formulas?order=post").text
    assert many.get("/formulas?post=p3").text.count('class="hit"') == 1
    assert 'start="21"' in many.get("/formulas?order=post&offset=20").text
    assert (
        'href="/formulas?order=post&amp;all=1&amp;offset=0"'
        in many.get("/formulas?all=1&offset=20").text
    )


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/posts/zzz", 404, "no post has the id or title &#39;zzz&#39;"),
        ("/formula?id=a4b675f702%23nix", 404, "has no formula &#39;nix&#39;"),
        ("/cards?post=zzz", 404, "no post has the id or title"),
        ("/nix", 404, "Not Found"),
    ],
)
def test_what_is_not_there_is_told(
    client: TestClient, address: str, status: int, message: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, message in answer.text) == (status, True)


def test_an_empty_library_is_told_how_to_grow(tmp_path: Path) -> None:
    with TestClient(make_app(str(tmp_path / "empty")), base_url=HERE) as client:
        client.get("/map")
        time.sleep(0.5)
        for address in ("/", "/posts", "/checks", "/map", "/formulas", "/study", "/duplicates"):
            assert "blogkit add PATH" in client.get(address).text, address
        for address in ("/cards", "/?q=a"):
            assert client.get(address).status_code == 200
    with TestClient(make_app(str(tmp_path / "empty"), writable=True), base_url=HERE) as client:
        assert '<a href="/add">Add some</a>' in client.get("/").text


def test_the_first_page_shows_what_the_library_holds(client: TestClient) -> None:
    shown = client.get("/").text
    assert "36 posts, 70 formulas." in shown
    assert "36 posts are not read yet" in shown
    posts = re.findall(r'<li><a lang="zh" href="(/posts/[^"]+)">', shown)
    assert len(posts) == 7  # five that were added last, two that others cite
    assert {client.get(post).status_code for post in posts} == {200}
    tags = re.findall(r'class="tag" href="([^"]+)"', shown)
    assert tags
    for address in map(html.unescape, tags):
        assert 'class="hit"' in client.get(address).text, address


@pytest.mark.parametrize(
    "address",
    ["/", "/posts", "/formulas", "/formula?id=a4b675f702%238", "/study", "/cards", "/checks",
     "/duplicates", "/map"],
)  # fmt: skip
def test_a_page_says_what_it_is_for(client: TestClient, address: str) -> None:
    (said,) = re.findall(r'<p class="purpose">([^<]+)</p>', client.get(address).text)
    assert said.endswith(".")


def test_cards_that_may_be_taken_are_offered_while_there_are_none(client: TestClient) -> None:
    for address in ("/cards", "/study"):
        offering = re.findall(r'href="(/cards\?post=[^"]+)"', client.get(address).text)
        assert offering
        for post in offering:
            assert 'class="card"' in client.get(post).text


def test_every_query_that_is_offered_finds_something(client: TestClient) -> None:
    queries = re.findall(r'<td><a href="(/\?q=[^"]+)"', client.get("/").text)
    assert len(queries) >= 4
    for address in map(html.unescape, queries):
        assert 'class="hit"' in client.get(address).text, address


def test_a_library_without_words_of_its_own_still_offers_queries(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add_posts([Post(title="On reading", text='A "plain" text.', id="a")])
    with TestClient(make_app(str(tmp_path / "library")), base_url=HERE) as client:
        queries = re.findall(r'<td><a href="(/\?q=[^"]+)"', client.get("/").text)
        assert queries
        for address in map(html.unescape, queries):
            assert 'class="hit"' in client.get(address).text, address


def test_cards_that_are_due_are_told_on_the_first_page(tmp_path: Path, seeds: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add(seeds / "002_8c2afe7e835e0a0b.txt")
    with TestClient(make_app(str(tmp_path / "library")), base_url=HERE) as client:
        assert "Take cards of a post" in client.get("/").text
        with Library.open(tmp_path / "library") as library:
            taken = Study(library).accept_all("a4b675f702").total
        assert taken > 0
        assert re.search(r"\d+ cards are due", client.get("/").text)


def test_the_first_page_shows_what_to_come_back_to(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add_posts([Post(title="甲", text="显然\n\n$$2+2=5$$", id="a")])
        with TestClient(make_app(library.folder), base_url=HERE) as opened:
            before = opened.get("/").text
            library.check("a")
            Study(library).mark("a", "reading")
            after = opened.get("/").text
    assert "Nothing was checked yet." in before
    assert 'href="/formula?id=a%231"' not in before
    assert 'href="/formula?id=a%231"' in after
    assert "1 refuted, 0 undecided in 1 of 1 posts with formulas" in after
    half_read = re.search(r"<h2>Half read</h2>(.*?)</section>", after, re.S)[1]
    assert 'href="/posts/a"' in half_read


def test_formulas_are_shown_before_they_are_checked(client: TestClient) -> None:
    shown = client.get("/checks").text
    assert "0 of 36 posts checked" in shown
    assert "Check every formula" in shown
    assert shown.count('class="hit"') == 10
    assert shown.count("<math") == 10


def test_the_start_of_the_checks_stays_in_sight_while_a_post_is_checked(
    client: TestClient,
) -> None:
    client.get("/posts/a4b675f702?checked=1")
    assert "Check every formula" in client.get("/checks").text


def test_a_query_that_is_not_understood_is_told(client: TestClient) -> None:
    shown = client.get("/?q=date:20x0 日食").text
    assert "query:1: expected a date such as" in shown


def test_a_misspelt_query_is_told_with_a_link(client: TestClient) -> None:
    shown = client.get("/?q=梯渡裁剪").text
    assert re.search(r'Did you mean <a href="/\?q=[^"]+">梯度裁剪</a>', shown)


def test_the_copies_of_a_post_are_told_with_how_they_differ(client: TestClient) -> None:
    shown = client.get("/duplicates").text
    assert "<ins> </ins>" in shown
    assert shown.count('class="group"') == 4


def test_the_map_is_drawn_beside_the_requests(client: TestClient) -> None:
    assert "Being drawn" in client.get("/map").text
    deadline = time.monotonic() + 600
    while "Being drawn" in (shown := client.get("/map").text) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert shown.count("<circle") == 36


def test_the_map_is_the_same_twice_and_holds_every_post(seeded_folder: Path) -> None:
    with Library.open(seeded_folder) as library:
        first, second = picture(library), picture(library)
    assert first == second
    assert len(first.dots) == 36
    assert {line.kind for line in first.lines} == {"reference", "likeness"}
    for group in first.groups:
        box = group.box
        assert all(box.x < dot.x < box.x + box.width for dot in group.dots)
        assert all(box.y < dot.y < box.y + box.height for dot in group.dots)


def test_a_group_of_the_map_is_named_by_what_its_titles_have_in_common(tmp_path: Path) -> None:
    subjects = {"扩散模型": "噪声 去噪 采样 分数", "优化器": "动量 学习率 衰减 批次"}
    posts = [
        Post(f"{subject}漫谈 {number}", f"{subject} {words} {subject} 第 {number} 篇")
        for subject, words in subjects.items()
        for number in range(4)
    ]
    with Library.open(tmp_path) as library:
        diary = [
            Post("龟鱼记", "鱼缸里养龟。", tags=("生活",)),
            Post("日食", "看。", tags=("生活",)),
        ]
        library.add_posts([*posts, *diary])
        made = picture(library)
    *named, alone = made.groups
    assert [len(group.dots) for group in made.groups] == [4, 4, 2]
    assert all(len({dot.title[:3] for dot in group.dots}) == 1 for group in named)
    assert all(group.terms[0] in group.dots[0].title for group in named)
    assert (alone.terms, [dot.title for dot in alone.dots]) == ((), ["龟鱼记", "日食"])


def test_pages_load_no_file_of_another_host(client: TestClient) -> None:
    for address in ("/", "/posts/a4b675f702", "/map"):
        loaded = re.findall(r'(?:src|href|action)="([^"]+)"', client.get(address).text)
        assert [a for a in loaded if not a.startswith(("/", "#"))] == []


def test_a_port_that_is_taken_is_told(seeded_folder: Path, site: str) -> None:
    port = site.rpartition(":")[2]
    command = [sys.executable, "-m", "blogkit", "--library", str(seeded_folder)]
    ran = subprocess.run([*command, "serve", "--port", port], capture_output=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.decode() == (
        f"blogkit: 127.0.0.1:{port}: can't listen: Address already in use; "
        "choose another with --port\n"
    )


def test_a_post_leads_to_where_it_stood_and_to_nothing_that_runs(tmp_path: Path) -> None:
    there = 'https://kexue.fm/archives/1?a="><script>x'
    posts = [
        Post(title="甲", text="设 $x$ 为实数。", id="a", address=there),
        Post(title="乙", text="今天看了日食。", id="b", address="javascript:alert(1)"),
        Post(title="丙", text="见 https://kexue.fm/archives/1 。", id="c"),
        Post(title="丁", text="别的一件事情。", id="d", address="https://kexue.fm/archives/1/"),
    ]
    with Library.open(tmp_path / "library") as library:
        library.add_posts(posts)
    with TestClient(make_app(str(tmp_path / "library")), base_url=HERE) as client:
        shown = client.get("/posts/a").text
        assert 'rel="noreferrer">kexue.fm</a>' in shown
        assert "<script>x" not in shown
        assert "javascript:" not in client.get("/posts/b").text
        assert re.search(r'<h2>Refers to</h2>\s*<ul lang="zh"><li><a href="/posts/d">丁</a>',
                         client.get("/posts/c").text)  # fmt: skip
