"""Files that hold files: zip, tar, EPUB. Nothing is ever written to disk, or read beside them.

A bundle comes from the web, so it is not believed: what is unpacked is counted as it comes, against
limits on the number of files, the size of each and of all, the ratio of unpacking, and the depth of
bundles in bundles. A member whose name leads out of the bundle is refused.
"""

import io
import lzma
import posixpath
import re
import tarfile
import zipfile
from collections.abc import Iterator

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.decode import is_text
from blogkit.sources.formats import HEAD_BYTES, extension_of, is_data_file, is_taken
from blogkit.sources.passing import PICTURE, reason_by_name, reason_for_folder
from blogkit.sources.tex.project import PART_ENDINGS
from blogkit.sources.unpacking import BROKEN, Allowance, Member, opened_zip, read_packed, torn

BUNDLES_DEEP = 3
"""Bundles in bundles that are opened: the outer one counts."""
MEMBER_MARK = "!"
"""Stands between a bundle's path and the name of a file in it."""
_TAR_ENDINGS = (".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")
_PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif", ".ico")
"""Files that are unpacked only where a post shows them."""
_ASSETS = re.compile(r"(.+)(?:_files|\.files)")


def bundle_of(data: bytes, path: str, told: str | None) -> str | None:
    """``epub``, ``zip`` or ``tar`` where a file is one, by its first bytes; else None.

    A file that is named as a bundle counts as one, so that a torn one is told as such.
    """
    if told in ("epub", "zip", "tar"):
        return told
    name = path.lower()
    if name.endswith(".epub"):
        return "epub"
    if data.startswith(b"PK\x03\x04") or name.endswith(".zip"):
        return "epub" if data[30:58] == b"mimetypeapplication/epub+zip" else "zip"
    packed = data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"))
    if name.endswith(_TAR_ENDINGS) or data[257:262] == b"ustar" or packed:
        return "tar"
    return None


def is_bundle_name(path: str) -> bool:
    """Whether a file of a folder is named as a bundle."""
    return path.lower().endswith((".zip", ".epub", *_TAR_ENDINGS))


def members_of(
    data: bytes, path: str, bundle: str, *, depth: int = 1, allowance: Allowance | None = None
) -> Iterator[Member]:
    """The files of a bundle in order, those of bundles inside of it in their places.

    Raises:
        SourceError: ``bundle`` if it is torn, ``bundle-too-large`` at a limit; what came before
            was given.
    """
    allowance = allowance or Allowance(path, len(data))
    if bundle == "epub":
        from blogkit.sources.epub import read_epub

        yield from read_epub(data, path, allowance)
        return
    unpack = _unzip if bundle == "zip" else _untar
    for member in unpack(data, path, allowance):
        if member.skipped == PICTURE:
            continue
        inner = None if member.skipped or member.problem else bundle_of(
            member.data, member.path, None
        )  # fmt: skip
        if inner is None:
            yield member
        elif depth >= BUNDLES_DEEP:
            yield Member(member.path, problem=_too_deep(member.path))
        else:
            yield from _inner(member, inner, depth + 1, allowance)


def _inner(member: Member, bundle: str, depth: int, allowance: Allowance) -> Iterator[Member]:
    """The files of a bundle in a bundle; if it is torn, the rest of the outer one goes on."""
    try:
        yield from members_of(member.data, member.path, bundle, depth=depth, allowance=allowance)
    except SourceError as error:
        if error.code == "bundle-too-large":
            raise
        yield Member(member.path, problem=(error.code, error.text))


def _too_deep(path: str) -> tuple[str, str]:
    return "too-deep", Message(
        "{path}: expected at most {bundles_deep} bundles in one another, found more",
        path=path,
        bundles_deep=BUNDLES_DEEP,
    )


def _unzip(data: bytes, path: str, allowance: Allowance) -> Iterator[Member]:
    with opened_zip(data, path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        names = {info: zip_name(info) for info in infos}
        pages = _pages(list(names.values()))
        for info in sorted(infos, key=lambda info: names[info]):
            allowance.take_member()
            place = f"{path}{MEMBER_MARK}{names[info]}"
            turned_down = _turned_down(place, names[info], pages)
            if turned_down:
                yield turned_down
                continue
            read = read_packed(archive, info, place, allowance)
            if isinstance(read, bytes):
                yield _looked_at(place, names[info], read)
            else:
                yield Member(place, problem=read)


def zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; names without the flag for UTF-8 are often GB18030 in Chinese zips."""
    name = info.filename.removeprefix("./")
    if info.flag_bits & 0x800:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _untar(data: bytes, path: str, allowance: Allowance) -> Iterator[Member]:
    try:
        with opened_tar(data, allowance) as archive:
            infos = []
            for info in archive:
                allowance.take_member()
                infos.append(info)
            files = sorted((info for info in infos if info.isfile()), key=lambda info: info.name)
            pages = _pages([info.name.removeprefix("./") for info in files])
            for info in files:
                name = info.name.removeprefix("./")
                place = f"{path}{MEMBER_MARK}{name}"
                turned_down = _turned_down(place, name, pages)
                stream = None if turned_down else archive.extractfile(info)
                if turned_down or stream is None:
                    yield turned_down or Member(place, skipped="not-text")
                else:
                    yield _looked_at(place, name, allowance.read(stream))
    except BROKEN as error:
        raise torn(path, "tar", error) from error


def opened_tar(data: bytes, allowance: Allowance) -> tarfile.TarFile:
    """A tar file in memory, whose bytes are unpacked within what is allowed."""
    return tarfile.open(fileobj=io.BytesIO(_unpacked(data, allowance)), mode="r:")


def _unpacked(data: bytes, allowance: Allowance) -> bytes:
    """A tar file's bytes, unpacked within what is allowed."""
    import bz2
    import gzip

    packed = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=packed) as unzipped:
            return allowance.read(unzipped)
    if data.startswith(b"BZh"):
        with bz2.BZ2File(packed) as unpacked:
            return allowance.read(unpacked)
    if data.startswith(b"\xfd7zXZ\0"):
        with lzma.LZMAFile(packed) as expanded:
            return allowance.read(expanded)
    return data


def _pages(names: list[str]) -> frozenset[str]:
    """Names of web pages without their endings: beside one may lie a folder of its assets."""
    return frozenset(
        name.rpartition(".")[0] for name in names if extension_of(name) in (".html", ".htm")
    )


def _turned_down(place: str, name: str, pages: frozenset[str]) -> Member | None:
    """The member as one that is not even unpacked, if its name says so."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or re.match(r"[A-Za-z]:", name) or not name.isprintable():
        message = Message(
            "{place!a}: expected a name inside the bundle, found one that leads out of it",
            place=place,
        )
        return Member(place, problem=("unsafe-name", message))
    for folder in parts[:-1]:
        if reason := reason_for_folder(folder):
            return Member(place, skipped=reason)
    for index, part in enumerate(parts[:-1]):
        match = _ASSETS.fullmatch(part)
        if match and posixpath.join(*parts[:index], match[1]) in pages:
            return Member(place, skipped="assets")
    if parts[-1].lower().endswith(_PICTURE_ENDINGS):
        return Member(place, skipped=PICTURE)
    reason = reason_by_name(parts[-1])
    return Member(place, skipped=reason) if reason else None


def _looked_at(place: str, name: str, data: bytes) -> Member:
    """A member with its bytes, or passed over because no format is like it."""
    if is_bundle_name(name):
        return Member(place, data)
    if name.lower().endswith(PART_ENDINGS) and not is_taken(name, data[:HEAD_BYTES]):
        return Member(place, data, skipped="not-text")
    if not is_taken(name, data[:HEAD_BYTES]) or not is_text(data):
        return Member(place, skipped="not-text")
    if is_data_file(name, data[:HEAD_BYTES]):
        return Member(place, skipped="data")
    return Member(place, data)
