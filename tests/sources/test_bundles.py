"""Zip and tar from strangers: limits, names, torn files; and from Chinese Windows."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from blogkit.errors import SourceError
from blogkit.sources import unpacking
from blogkit.sources.read import Reading, Told, read_source


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def outcome(readings: list[Reading]) -> list[tuple[str, str]]:
    """Each member with what became of it."""
    return [
        (
            reading.path,
            reading.format
            or "".join(reading.skipped)
            or "".join(problem.code for problem in reading.problems),
        )
        for reading in readings
    ]


POST = "# 标题\n\n正文在这里。\n".encode()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_of_every_packing(mode: str) -> None:
    readings = list(read_source(tarred({"./a.md": POST}, mode), "b.tar"))
    assert outcome(readings) == [("b.tar", "tar"), ("b.tar!a.md", "markdown")]


@pytest.mark.parametrize(
    "name", ["../a.md", "/etc/a.md", "a/../../b.md", "C:\\a.md", "..\\a.md", "a\x1b[31m.md"]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    for pack in (zipped, tarred):
        readings = list(read_source(pack({name: POST, "good.md": POST}), "b"))
        codes = sorted(code for _, code in outcome(readings)[1:])
        assert codes == ["markdown", "unsafe-name"]


def test_links_and_devices_in_a_tar_are_no_files() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        device = tarfile.TarInfo("device.md")
        device.type = tarfile.CHRTYPE
        archive.addfile(link)
        archive.addfile(device)
    assert outcome(list(read_source(buffer.getvalue(), "b.tar"))) == [("b.tar", "tar")]


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE_BYTES", 1 << 20)
    bomb = zipped({"a.txt": b"0" * (8 << 20)})
    with pytest.raises(SourceError) as caught:
        list(read_source(bomb, "bomb.zip"))
    assert str(caught.value) == (
        "bomb.zip: expected files of a reasonable size, found more than its size allows: "
        "a zip bomb?; unpack it and add the files"
    )


def test_a_tar_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE_BYTES", 1 << 20)
    with pytest.raises(SourceError, match="a zip bomb"):
        list(read_source(tarred({"a.txt": b"0" * (8 << 20)}), "bomb.tgz"))


def test_a_bomb_in_a_bundle_counts_for_the_outer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "FREE_BYTES", 1 << 20)
    inner = zipped({"a.txt": b"0" * (4 << 20)})
    with pytest.raises(SourceError, match=r"^b\.zip: .* a zip bomb"):
        list(read_source(zipped({f"{n}.zip": inner for n in range(3)}), "b.zip"))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MEMBERS_READ", 3)
    with pytest.raises(SourceError, match="found more than 3 files"):
        list(read_source(zipped({f"{n}.md": POST for n in range(4)}), "b.zip"))


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MEMBER_BYTES", 1 << 20)
    with pytest.raises(SourceError, match="found a file of more than 1 MiB"):
        list(read_source(zipped({"a.txt": b"0" * (2 << 20)}), "b.zip"))


def test_bundles_in_bundles_are_opened_three_deep() -> None:
    data = POST
    for depth in range(4):
        data = zipped({"a.md" if depth == 0 else "b.zip": data})
    assert outcome(list(read_source(data, "b.zip"))) == [
        ("b.zip", "zip"),
        ("b.zip!b.zip!b.zip!b.zip", "too-deep"),
    ]
    two = zipped({"b.zip": zipped({"a.md": POST})})
    assert outcome(list(read_source(two, "b.zip")))[1] == ("b.zip!b.zip!a.md", "markdown")


def test_a_torn_bundle_is_told() -> None:
    whole = zipped({"a.md": POST * 100})
    with pytest.raises(SourceError) as caught:
        list(read_source(whole[:40], "torn.zip"))
    assert str(caught.value) == (
        "torn.zip: expected a whole zip file, found a torn one or another format "
        "(File is not a zip file)"
    )
    with pytest.raises(SourceError, match="expected a whole tar file"):
        list(read_source(tarred({"a.md": POST})[:40], "torn.tar.gz"))


def test_a_torn_bundle_in_a_bundle_leaves_the_others() -> None:
    data = zipped({"a.zip": b"PK\x03\x04torn", "b.md": POST})
    assert [code for _, code in outcome(list(read_source(data, "x.zip")))] == [
        "zip",
        "bundle",
        "markdown",
    ]


def test_an_encrypted_file_is_told() -> None:
    data = bytearray(zipped({"a.md": POST}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert outcome(list(read_source(bytes(data), "x.zip")))[1] == ("x.zip!a.md", "encrypted")


def test_names_in_gb18030_are_read() -> None:
    """Windows in China packs names in its own encoding without saying so."""
    data = zipped({"AAAA.md": POST}).replace(b"AAAA", "梯度".encode("gb18030"))
    assert outcome(list(read_source(data, "x.zip")))[1][0] == "x.zip!梯度.md"


def test_what_the_user_says_counts_for_the_files_inside() -> None:
    data = zipped({"a.txt": "<p>繁體的內容</p>".encode("big5")})
    readings = list(read_source(data, "x.zip", Told("html", "big5")))
    assert [post.text for post in readings[1].posts] == ["繁體的內容"]


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    list(read_source(zipped({"a.md": POST, "../b.md": POST}), "x.zip"))
    assert list(tmp_path.iterdir()) == []
