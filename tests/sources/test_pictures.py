"""Pictures: where posts refer to them, what they are by their bytes, what may be read beside."""

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st
from pictures import GIF, JPEG, SVG, WEBP_EXTENDED, WEBP_LOSSLESS, WEBP_LOSSY, png

from blogkit.errors import SourceError
from blogkit.pictures import picture_references
from blogkit.sources.images.content import PICTURE_BYTES, read_picture
from blogkit.sources.images.neighbours import FolderNeighbours, found_beside
from blogkit.sources.read import read_posts

HERE = Path(__file__).parent
EVERY_TYPE = {
    "png": [png()], "jpeg": [JPEG], "gif": [GIF], "svg": [SVG],
    "webp": [WEBP_LOSSY, WEBP_LOSSLESS, WEBP_EXTENDED],
}  # fmt: skip
ALL = [data for of_type in EVERY_TYPE.values() for data in of_type]


@pytest.mark.parametrize(("text", "expected"), read_cases(HERE / "pictures.txt"))
def test_pictures_of_markdown(text: str, expected: str) -> None:
    (post,) = read_posts(text.encode(), "a.md").posts
    found = picture_references(post.text, post.blocks)
    assert "\n".join(f"{r.line} {r.address} | {r.words}".rstrip() for r in found) == expected


@pytest.mark.parametrize(("text", "expected"), read_cases(HERE / "pictures_html.txt"))
def test_pictures_of_pages(text: str, expected: str) -> None:
    (post,) = read_posts(f"<article>{text}</article>".encode(), "a.html").posts
    shown = [
        f"caption {block.info} | {block.span.of(post.text)}".rstrip()
        if block.kind == "caption"
        else block.span.of(post.text)
        for block in post.blocks
    ]
    assert "\n".join(shown) == expected
    assert post.text == "\n\n".join(b.span.of(post.text) for b in post.blocks if b.span)


@pytest.mark.parametrize(("text", "expected"), read_cases(HERE / "svg.txt"))
def test_svg_is_made_harmless(text: str, expected: str) -> None:
    try:
        found = read_picture(text.encode(), "a.svg")
        shown = f"{found.width}x{found.height} {found.data.decode()}"
    except SourceError as error:
        shown = str(error)
    assert shown == expected


@pytest.mark.parametrize("kind", EVERY_TYPE)
def test_type_and_size_are_those_of_the_bytes(kind: str) -> None:
    for data in EVERY_TYPE[kind]:
        found = read_picture(data, "a.txt")
        assert (found.type, found.width, found.height) == (kind, 12, 7)


@pytest.mark.parametrize("kind", EVERY_TYPE)
def test_a_torn_picture_is_none(kind: str) -> None:
    for data in EVERY_TYPE[kind]:
        with pytest.raises(SourceError, match=r"^a: expected a whole picture, PNG, JPEG"):
            read_picture(data[: len(data) // 2 if kind != "jpeg" else 20], "a")


def segment(code: int, inside: bytes) -> bytes:
    return bytes([0xFF, code]) + struct.pack(">H", 2 + len(inside)) + inside


def exif(order: str, *entries: tuple[int, int]) -> bytes:
    written = b"".join(struct.pack(f"{order}HHIHH", tag, 3, 1, value, 0) for tag, value in entries)
    begins = {"<": b"II*\0", ">": b"MM\0*"}[order]
    head = begins + struct.pack(f"{order}IH", 8, len(entries))
    return segment(0xE1, b"Exif\0\0" + head + written + bytes(4))


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_keeps_how_it_is_turned_and_nothing_else_that_it_says(order: str) -> None:
    said = exif(order, (0x8825, 99), (0x0112, 6)) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/")
    said += segment(0xED, b"Photoshop 3.0") + segment(0xFE, b"me") + segment(0xE2, b"MPF\0")
    colours = segment(0xE2, b"ICC_PROFILE\0...")
    photo = JPEG[:2] + said + colours + JPEG[2:] + b"another picture"
    kept = JPEG[:2] + exif(">", (0x0112, 6)) + colours + JPEG[2:]
    assert read_picture(photo, "a.jpg").data == kept


def test_an_upright_photo_or_one_whose_exif_is_torn_says_nothing() -> None:
    for said in (exif(">", (0x0112, 1)), segment(0xE1, b"Exif\0\0MM"), exif("<")):
        assert read_picture(JPEG[:2] + said + JPEG[2:], "a.jpg").data == JPEG


def test_a_torn_photo_says_nothing_either() -> None:
    torn = JPEG[:-9]
    assert read_picture(torn[:2] + exif("<", (0x8825, 9)) + torn[2:], "a.jpg").data == torn


def test_words_of_a_png_and_a_webp_are_not_kept() -> None:
    words = b"".join(
        struct.pack(">I", 3) + name + b"a\0b" + bytes(4) for name in (b"tEXt", b"eXIf", b"tIME")
    )
    assert read_picture(png()[:33] + words + png()[33:] + b"more", "a.png").data == png()
    whole = WEBP_EXTENDED
    said = b"EXIF" + struct.pack("<I", 3) + b"abc\0" + b"XMP " + struct.pack("<I", 2) + b"<>"
    head = whole[:20] + bytes([whole[20] | 0x0C]) + whole[21:]
    photo = b"RIFF" + struct.pack("<I", len(whole) + len(said) - 8) + head[8:] + said
    assert read_picture(photo, "a.webp").data == whole


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%!PS-Adobe-3.0", b"\xc5\xd0\xd3\xc6"])
def test_what_is_for_print_is_told_apart(data: bytes) -> None:
    with pytest.raises(SourceError, match="found PDF or PostScript; it is left out") as told:
        read_picture(data, "a.png")
    assert told.value.code == "picture-for-print"


@pytest.mark.parametrize("data", [b"", b"<html>", b"BM" + bytes(99), b"\0" * 99])
def test_what_is_no_picture_is_none(data: bytes) -> None:
    with pytest.raises(SourceError, match="found something else; it is left out"):
        read_picture(data, "a.png")


def test_a_small_file_that_says_it_is_huge_is_refused() -> None:
    data = bytearray(png())
    data[16:24] = struct.pack(">II", 19_000, 19_000)
    with pytest.raises(SourceError) as told:
        read_picture(bytes(data), "a.png")
    assert str(told.value) == (
        "a.png: expected a picture of at most 64 million pixels, found 19000 × 19000; "
        "it is left out"
    )


def test_a_picture_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(SourceError, match="at most 8 MiB, found a larger one"):
        read_picture(png() + bytes(PICTURE_BYTES), "a.png")


@given(st.sampled_from(ALL), st.integers(0, 99), st.binary(max_size=9))
def test_whatever_bytes_come_a_picture_is_read_or_one_error_raised(
    data: bytes, at: int, put: bytes
) -> None:
    with suppress(SourceError):
        found = read_picture(data[:at] + put + data[at + len(put) :], "a")
        assert min(found.width, found.height) > 0


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("notes/a.png", "a.png"),
        ("notes/图 1.png", "%E5%9B%BE%201.png"),
        ("notes/img/a.png", "img\\a.png"),
        ("notes/img/a.png", "./img/a.png?raw=true"),
        ("notes/x/a.png", "a.png"),  # Hexo: a folder of the post's own
        ("notes/attachments/a.png", "a.png"),  # Obsidian
        ("img/a.png", "../img/a.png"),  # in the folder that was added
        ("static/img/a.png", "/img/a.png"),  # Hugo
    ],
)
def test_a_picture_is_found_where_editors_put_it(tmp_path: Path, file: str, address: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_bytes(GIF)
    beside = FolderNeighbours(f"{tmp_path}/notes/x.md", [str(tmp_path)])
    assert found_beside(address, f"{tmp_path}/notes/x.md", beside) == GIF


@pytest.mark.parametrize("address", ["../a.png", "{root}/a.png", "file://{root}/a.png", "l.png"])
def test_nothing_outside_of_the_folder_is_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "a.png").write_bytes(GIF)
    (tmp_path / "notes" / "l.png").symlink_to(tmp_path / "a.png")
    beside = FolderNeighbours(f"{tmp_path}/notes/x.md", [])
    told = address.format(root=tmp_path)
    assert found_beside(told, f"{tmp_path}/notes/x.md", beside) is None


@pytest.mark.parametrize("text", ["<?a?>" * 9999, "<!---->" * 9999, "<!DOCTYPE a" * 9999])
def test_what_only_begins_as_an_svg_is_told_apart_at_once(text: str) -> None:
    with pytest.raises(SourceError):
        read_picture(text.encode(), "a.svg")


@pytest.mark.parametrize(
    "text", ['<img "' * 9999, "<img a='" * 9999, "{% asset_img " + "a." * 9999]
)
def test_what_only_begins_as_a_picture_is_words(text: str) -> None:
    (post,) = read_posts(text.encode(), "a.md").posts
    assert list(picture_references(post.text, post.blocks)) == []
