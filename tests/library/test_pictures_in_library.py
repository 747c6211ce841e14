"""Pictures of posts in a library: kept once, shown with every copy, gone with the last one."""

import json
import sqlite3
import tarfile
import zipfile
from base64 import b64encode
from pathlib import Path

import pytest
from pictures import GIF, JPEG, SVG, WEBP_LOSSY, png
from starlette.testclient import TestClient

from blogkit import Library, Post
from blogkit.errors import LibraryDamagedError, PictureNotFoundError
from blogkit.export.folder import Folder
from blogkit.export.markdown import write_markdown
from blogkit.export.site import write_site
from blogkit.library import picture_intake
from blogkit.store.pictures import count_pictures
from blogkit.views import plain
from blogkit.views.pictures import Protocol, post
from blogkit.views.sixel import to_sixel
from blogkit.web.app import make_app

NO_PICTURE = (
    "expected a whole picture, PNG, JPEG, GIF, WebP or SVG, found something else; it is left out"
)
TEXT = "讲的是梯度裁剪，" + "把梯度的模长缩到不超过一个上界，训练就稳定了。" * 4


def put(folder: Path, files: dict[str, bytes | str]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def kept(library: Library, name: str) -> list[tuple[str, str, str]]:
    """Address, caption and type of each picture of a post."""
    return [(p.address, p.caption, p.type) for p in library.post(name).pictures]


def test_a_picture_is_kept_with_its_size_and_bytes(library: Library, tmp_path: Path) -> None:
    report = library.add(
        put(tmp_path / "a", {"x.md": f"# 甲\n\n{TEXT}\n\n![图](i.jpg)\n", "i.jpg": JPEG})
    )
    (picture,) = library.post("甲").pictures
    assert (report.pictures, report.problems) == (1, ())
    assert picture.to_dict() == {
        "address": "i.jpg", "caption": "图", "line": 5, "digest": picture.digest, "type": "jpeg",
        "width": 12, "height": 7, "bytes": len(JPEG),
    }  # fmt: skip
    assert library.picture(picture.digest) == library.picture(picture.digest[:12]) == JPEG
    assert library.post("甲").to_dict()["pictures"] == [picture.to_dict()]


def test_one_picture_of_many_posts_is_kept_once(library: Library, tmp_path: Path) -> None:
    files = {f"{n}.md": f"# 第{n}篇\n\n讲编号{n * 37}的事。\n\n![图](i{n}.png)\n" for n in range(3)}
    library.add(put(tmp_path / "a", {**files, **{f"i{n}.png": png() for n in range(3)}}))
    assert count_pictures(library.database) == (1, len(png()))
    library.remove(tmp_path / "a" / "0.md", tmp_path / "a" / "1.md")
    assert count_pictures(library.database) == (1, len(png()))
    library.remove(tmp_path / "a" / "2.md")
    assert count_pictures(library.database) == (0, 0)


def test_a_saved_page_has_the_pictures_of_its_folder(library: Library, tmp_path: Path) -> None:
    page = f'<article><h1>甲</h1><p>{TEXT}</p><img src="x_files/i.webp" alt="图"></article>'
    library.add(put(tmp_path / "a", {"x.html": page, "x_files/i.webp": WEBP_LOSSY}))
    assert kept(library, "甲") == [("x_files/i.webp", "图", "webp")]


def test_a_latex_file_has_the_pictures_of_its_folders_whatever_it_calls_them(
    library: Library, tmp_path: Path
) -> None:
    names = ("beside", "in_path.png", "sub/deep", "shown.pdf")
    text = "".join(f"\\includegraphics[width=3cm]{{{name}}}\\caption{{{name}}}" for name in names)
    files: dict[str, bytes | str] = {
        "x.tex": f"\\graphicspath{{{{figs/}}}}\\section{{甲}}{TEXT}\n\n{text}",
        "beside.jpg": JPEG,
        "figs/in_path.png": png(),
        "sub/deep.svg": SVG,
        "shown.pdf": b"%PDF-1.5",
        "shown.gif": GIF,
    }
    report = library.add(put(tmp_path / "a", files))
    assert report.problems == ()
    assert [(caption, kind) for _, caption, kind in kept(library, "甲")] == [
        ("beside", "jpeg"), ("in_path.png", "png"), ("sub/deep", "svg"), ("shown.pdf", "gif")
    ]  # fmt: skip


def test_pictures_for_print_are_told_at_once(library: Library, tmp_path: Path) -> None:
    text = f"\\section{{甲}}{TEXT}\n\\includegraphics{{a}}\n\\includegraphics{{b.eps}}"
    files: dict[str, bytes | str] = {"x.tex": text, "a.pdf": b"%PDF-1.5", "b.eps": b"%!PS-Adobe"}
    (problem,) = library.add(put(tmp_path / "a", files)).problems
    assert problem.message == (
        f"{tmp_path / 'a' / 'x.tex'}:2: expected pictures as PNG, JPEG, GIF, WebP or SVG, found "
        "PDF or EPS, which is not shown: a, b.eps; put the same beside it as SVG or PNG"
    )


def test_a_zip_has_the_pictures_in_it(library: Library, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(
            "blog/notes/x.md", f"# 甲\n\n{TEXT}\n\n![图](../img/i.gif)\n\n![](/img/j.png)"
        )
        archive.writestr("blog/img/i.gif", GIF)
        archive.writestr("blog/img/j.png", png())
    library.add(tmp_path / "a.zip")
    assert kept(library, "甲") == [("../img/i.gif", "图", "gif"), ("/img/j.png", "", "png")]


def test_a_tar_has_the_pictures_in_it(library: Library, tmp_path: Path) -> None:
    folder = put(tmp_path / "a", {"x.md": f"# 甲\n\n{TEXT}\n\n![图](i.gif)\n", "i.gif": GIF})
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.add(folder, ".")
    library.add(tmp_path / "a.tar.gz")
    assert kept(library, "甲") == [("i.gif", "图", "gif")]


def test_a_book_has_the_pictures_of_its_chapters(library: Library, tmp_path: Path) -> None:
    container = '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
    package = (
        '<package><metadata><title>书</title></metadata><manifest><item id="c" href="t/c.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine>'
        "</package>"
    )
    chapter = f'<html><body><h1>甲</h1><p>{TEXT}</p><img src="../m/i.jpg" alt="图"/></body></html>'
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("O/p.opf", package)
        archive.writestr("O/t/c.xhtml", chapter)
        archive.writestr("O/m/i.jpg", JPEG)
    library.add(tmp_path / "a.epub")
    assert kept(library, "甲") == [("../m/i.jpg", "图", "jpeg")]


def test_a_page_that_holds_its_pictures_has_them(library: Library, tmp_path: Path) -> None:
    source = f"data:image/png;base64,{b64encode(png()).decode()}"
    page = f'<article><h1>甲</h1><p>{TEXT}</p><img src="{source}" alt="图"></article>'
    library.add(put(tmp_path / "a", {"x.html": page}))
    ((address, *told),) = kept(library, "甲")
    assert (address[:6], told) == ("data:,", ["图", "png"])


def test_a_picture_that_unpacks_to_too_much_is_not_unpacked(
    library: Library, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.md", f"# 甲\n\n{TEXT}\n\n![](i.png)\n")
        archive.writestr("i.png", png() + bytes(300 * 2**20))
    report = library.add(tmp_path / "a.zip")
    (problem,) = report.problems
    assert problem.message == (
        f"{tmp_path}/a.zip!i.png: expected a picture of at most 8 MiB, found a larger one; "
        "it is left out"
    )
    assert len(library) == 1


def test_a_post_has_so_many_pictures_and_no_more(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_intake, "MOST_PICTURES", 2)
    text = "".join(f"![{n}](i{n}.png)\n\n" for n in range(5))
    files: dict[str, bytes | str] = {f"i{n}.png": png(12, 7 + n) for n in range(5)}
    report = library.add(put(tmp_path / "a", {"x.md": f"# 甲\n\n{TEXT}\n\n{text}", **files}))
    assert [problem.line for problem in report.problems] == [9]
    assert [caption for _, caption, _ in kept(library, "甲")] == ["0", "1"]


def test_a_page_in_one_file_has_the_pictures_of_its_parts(library: Library, tmp_path: Path) -> None:
    page = (
        f"<article><h1>甲</h1><p>{TEXT}</p><img src='i.gif' alt='一'><img src='cid:p@x' alt='二'>"
        "</article>"
    )
    parts = [
        ("text/html; charset=utf-8", "Content-Location: https://a.org/p/x.html", page.encode()),
        ("image/gif", "Content-Location: https://a.org/p/i.gif", GIF),
        ("image/png", "Content-ID: <p@x>", png()),
    ]
    mail = (
        "Snapshot-Content-Location: https://a.org/p/x.html\n"
        'Content-Type: multipart/related; boundary="B"\n\n'
    )
    for kind, name, data in parts:
        head = f"--B\nContent-Type: {kind}\n{name}\nContent-Transfer-Encoding: base64\n\n"
        mail += f"{head}{b64encode(data).decode()}\n"
    library.add(put(tmp_path / "a", {"x.mhtml": f"{mail}--B--\n"}))
    assert kept(library, "甲") == [("i.gif", "一", "gif"), ("cid:p@x", "二", "png")]


def test_a_notebook_has_its_attachments_and_what_its_code_drew(
    library: Library, tmp_path: Path
) -> None:
    def attached(words: str, data: bytes) -> dict[str, object]:
        pictures = {"i.png": {"image/png": b64encode(data).decode()}}
        source = f"![{words}](attachment:i.png)\n"
        return {"cell_type": "markdown", "source": source, "attachments": pictures}

    drawn = {"image/svg+xml": [SVG.decode()], "text/plain": "<Figure>"}
    code = {"cell_type": "code", "source": "plot()", "outputs": [{"data": drawn}]}
    cells = [
        {"cell_type": "markdown", "source": f"# 甲\n{TEXT}"},
        attached("一", png()), attached("二", GIF), code,
    ]  # fmt: skip
    library.add(put(tmp_path / "a", {"x.ipynb": json.dumps({"cells": cells, "nbformat": 4})}))
    assert kept(library, "甲") == [
        ("attachment:i.png", "一", "png"), ("attachment:3/i.png", "二", "gif"),
        ("output:4.1", "", "svg"),
    ]  # fmt: skip


def test_a_copy_without_pictures_is_shown_with_those_of_another(
    library: Library, tmp_path: Path
) -> None:
    page = (
        f"<article><h1>甲</h1><p>{TEXT}</p><img src='x_files/i.gif' alt='果蝇'>"
        "<p><img src='x_files/j.png' alt=''></p></article>"
    )
    fuller = f"# 甲\n\n{TEXT}\n\n![果蝇](https://a.org/other.gif)\n\n再加一句话。\n\n![](https://a.org/j.png)\n"
    put(
        tmp_path / "a",
        {"x.html": page, "x_files/i.gif": GIF, "x_files/j.png": png(), "y.md": fuller},
    )
    library.add(tmp_path / "a" / "x.html", tmp_path / "a" / "y.md")
    post = library.post("甲")
    assert len(post.occurrences) == 2
    assert [(p.address, p.type) for p in post.pictures] == [
        ("https://a.org/other.gif", "gif"), ("https://a.org/j.png", "png"),
    ]  # fmt: skip


def test_another_picture_of_the_same_name_is_not_taken_for_it(
    library: Library, tmp_path: Path
) -> None:
    text = f"# 甲\n\n{TEXT}\n\n![](a/1.png)\n\n![](b/1.png)\n"
    library.add(put(tmp_path / "a", {"x.md": text, "a/1.png": png()}))
    assert kept(library, "甲") == [("a/1.png", "", "png")]


def test_a_picture_stays_when_its_file_is_gone(library: Library, tmp_path: Path) -> None:
    folder = put(tmp_path / "a", {"x.md": f"# 甲\n\n{TEXT}\n\n![图](i.png)\n", "i.png": png()})
    library.add(folder)
    (folder / "i.png").unlink()
    put(folder, {"x.md": f"# 甲\n\n{TEXT}再加一句。\n\n![图](i.png)\n"})
    library.sync()
    assert kept(library, "甲") == [("i.png", "图", "png")]


def test_a_picture_that_was_drawn_anew_is_read_again(library: Library, tmp_path: Path) -> None:
    folder = put(tmp_path / "a", {"x.md": f"# 甲\n\n{TEXT}\n\n![图](i.png)\n", "i.png": png()})
    library.add(folder)
    assert library.sync().unchanged == 1
    put(folder, {"i.png": GIF})
    assert library.sync().unchanged == 0
    assert kept(library, "甲") == [("i.png", "图", "gif")]
    assert count_pictures(library.database) == (1, len(GIF))
    assert library.sync().unchanged == 1


def test_what_is_no_picture_is_told_and_the_post_is_added(library: Library, tmp_path: Path) -> None:
    text = f"# 甲\n\n{TEXT}\n\n![图](i.png)\n\n![二](j.gif)\n\n![不在](k.png)\n"
    report = library.add(put(tmp_path / "a", {"x.md": text, "i.png": "<html>", "j.gif": GIF}))
    path = tmp_path / "a" / "x.md"
    assert [(p.line, p.code, p.message) for p in report.problems] == [
        (5, "picture", f"{path}:5: i.png: {NO_PICTURE}")
    ]
    assert (report.unreadable, kept(library, "甲")) == (0, [("j.gif", "二", "gif")])


def test_what_counts_visitors_is_left_out_without_a_word(library: Library, tmp_path: Path) -> None:
    library.add(
        put(tmp_path / "a", {"x.md": f"# 甲\n\n{TEXT}\n\n![](i.png)\n", "i.png": png(1, 1)})
    )
    assert kept(library, "甲") == []


def test_a_terminal_says_that_there_is_a_picture(library: Library, tmp_path: Path) -> None:
    text = (
        f"# 甲\n\n{TEXT}\n\n![图 $x^2$](i.png)\n\n![](i.png)\n\n句中 ![小](i.png) 有图。\n\n"
        "![](no.png)\n\n另![](i.png)一。\n\n末。\n"
    )
    library.add(put(tmp_path / "a", {"x.md": text, "i.png": png()}))
    shown = "\n".join(plain.post(library.post("甲")))
    assert shown.endswith(
        "[picture: 图 x²]\n\n[picture]\n\n句中 [picture: 小] 有图。\n\n另[picture]一。\n\n末。"
    )


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """The folder of a library whose post has a caption, a sentence and a table with pictures."""
    text = (
        f"# 甲\n\n{TEXT}\n\n![图 $x$](i.svg)\n\n"
        "句中 ![小](j.gif '题') 与 <img src=\"j.gif\"> 有图。\n\n"
        "| 甲 |\n|---|\n| ![格](j.gif) |\n\n![不在](k.png)\n"
    )
    svg = SVG.replace(b"<path", b"<script>f()</script><path")
    put(tmp_path / "a", {"x.md": text, "i.svg": svg, "j.gif": GIF})
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "a")
    return tmp_path / "library"


def test_the_page_shows_them_and_its_server_gives_them(three: Path) -> None:
    with Library.open(three) as library:
        svg, gif = library.post("甲").pictures
    with TestClient(make_app(str(three)), base_url="http://127.0.0.1:8765") as client:
        page = client.get("/posts/甲").text
        given = client.get(f"/pictures/{svg.digest}")
        assert client.get(f"/pictures/{'0' * 64}").status_code == 404
        assert "img-src 'self'" in client.get("/posts/甲").headers["content-security-policy"]
    assert (
        f'<img src="/pictures/{svg.digest}" alt="图 $x$" width="12" height="7" loading="lazy"'
        in page
    )
    assert page.count(f'<img src="/pictures/{gif.digest}"') == 3
    assert (given.headers["content-type"], given.content) == ("image/svg+xml", SVG)
    assert given.headers["content-security-policy"].endswith("; sandbox")
    assert given.headers["x-content-type-options"] == "nosniff"


def test_they_are_exported_with_the_posts(three: Path, tmp_path: Path) -> None:
    with Library.open(three) as library:
        posts = list(library.full_posts())
        svg, gif = posts[0].pictures
        assert write_markdown(posts, Folder(str(tmp_path / "md")), library.picture) == 3
        assert write_site(posts, Folder(str(tmp_path / "site")), library.picture) == 4
    written = next((tmp_path / "md").glob("*.md")).read_text(encoding="utf-8")
    assert f"![图 $x$](pictures/{svg.name})" in written
    assert (
        f"句中 ![小](pictures/{gif.name} '题') 与 <img src=\"pictures/{gif.name}\"> 有图。"
        in written
    )
    assert f"| ![格](pictures/{gif.name}) |" in written
    assert "![不在](k.png)" in written
    page = next((tmp_path / "site" / "posts").glob("*.html")).read_text(encoding="utf-8")
    assert f'src="../pictures/{svg.name}"' in page
    assert (tmp_path / "site" / "pictures" / gif.name).read_bytes() == GIF
    with Library.open(tmp_path / "again") as again:
        again.add(tmp_path / "md")
        assert [p.digest for p in again.post("甲").pictures] == [svg.digest, gif.digest]


def test_a_digest_that_no_picture_has_is_told(library: Library) -> None:
    with pytest.raises(PictureNotFoundError) as told:
        library.picture("3f9a")
    assert str(told.value) == (
        "no picture, or no single one, has the digest '3f9a'; 'blogkit show --json' lists those "
        "of a post"
    )


def test_posts_with_and_without_pictures_keep_their_ids(library: Library, tmp_path: Path) -> None:
    """A picture without words is no part of the text, by which a post is known."""
    library.add_posts([Post(title="甲", text=TEXT)])
    before = library.post("甲").id
    library.add(put(tmp_path / "a", {"x.md": f"# 甲\n\n![](i.png)\n\n{TEXT}\n", "i.png": png()}))
    post = library.post("甲")
    assert (post.id, len(post.occurrences), post.text) == (before, 2, TEXT)


@pytest.mark.parametrize(
    ("protocol", "begin"), [("kitty", "\x1b_G"), ("iterm2", "\x1b]1337;File"), ("sixel", "\x1bP")]
)
def test_a_terminal_that_can_draws_them_whatever_their_type(
    library: Library, tmp_path: Path, protocol: Protocol, begin: str
) -> None:
    files: dict[str, bytes | str] = {"a": png(), "b": JPEG, "c": GIF, "d": WEBP_LOSSY, "e": SVG}
    text = "".join(f"![图 {name}]({name})\n\n" for name in files)
    library.add(put(tmp_path / "a", {**files, "x.md": f"# 甲\n\n{TEXT}\n\n{text}"}))
    drawn = [p for p in post(library.post("甲"), protocol, library.picture) if begin in p]
    assert len(drawn) == 5


def test_sixel_has_the_colours_of_the_picture() -> None:
    """Blue is number 23 of the cube: green 3 of 5, blue 5 of 5; seven rows are two bands."""
    shown = to_sixel(png(12, 7, (0, 153, 255)), in_colour=True)
    assert shown.endswith("#215;2;100;100;100#23!12~-#23!12@-\x1b\\")


def test_a_changed_byte_of_a_picture_is_told_and_read_anew(three: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(three / "library.db")
    with connection:
        connection.execute("UPDATE picture_data SET data = x'00' WHERE length(data) < 100")
    connection.close()
    with Library.open(three) as library:
        gif = library.post("甲").pictures[1]
        with pytest.raises(LibraryDamagedError, match=r"picture [0-9a-f]{64} is not as it was"):
            library.picture(gif.digest)
        assert not library.doctor().is_well
        with pytest.raises(LibraryDamagedError):
            library.back_up(tmp_path / "backup.db")
    assert Library.repair(three).is_well
    with Library.open(three) as library:
        assert [library.picture(p.digest) for p in library.post("甲").pictures] == [SVG, GIF]


def test_a_backup_has_the_pictures(three: Path, tmp_path: Path) -> None:
    with Library.open(three) as library:
        (tmp_path / "again").mkdir()
        library.back_up(tmp_path / "again" / "library.db")
        digest = library.post("甲").pictures[1].digest
    with Library.open(tmp_path / "again") as again:
        assert again.picture(digest) == GIF
