"""Changes a library until it is killed: adds, syncs, removes, rebuilds. Run by ``kills``.

    python kill_worker.py LIBRARY SEED

Each change is announced and reported on a line of its own: ``begin KIND FILE VERSION``, then
``done KIND FILE VERSION`` once blogkit has said so.
"""

import sys
from pathlib import Path
from random import Random

from blogkit import Library
from blogkit.library.indexing import Indexing

FILES = 12


def say(*words: str) -> None:
    """A line that is out before anything else is done."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def text(name: str, version: str) -> str:
    """A post unlike the others, which says its version."""
    number = int(name[:2]) + 1
    sentences = "".join(
        f"第{n}句讲编号{number * 977 + n * 31}的{'甲乙丙丁戊己庚辛'[n % 8]}事。" for n in range(40)
    )
    return f"# 第{name[:2]}篇\n\n版本{version}。{sentences}\n\n$$x_{{{number}}} = {number} y$$\n"


def change(library: Library, chosen: Random, folder: Path) -> None:
    """One change, announced and reported."""
    name = f"{chosen.randrange(FILES):02}.md"
    path = folder / name
    kind = chosen.choice(("add", "add", "add", "sync", "sync", "remove", "remove", "rebuild"))
    version = str(chosen.randrange(10**9))
    held = {Path(post.path or "").name for post in library.posts()}
    if kind == "sync" and name not in held:
        kind = "add"
    if kind == "remove" and name not in held:
        return
    if kind in ("add", "sync"):
        # Not in place: a kill may leave half a file, which is no matter of the library's.
        part = path.with_suffix(".part")
        part.write_text(text(name, version), encoding="utf-8")
        part.replace(path)
    say("begin", kind, name, version)
    if kind == "add":
        library.add(path)
    elif kind == "sync":
        library.sync()
    elif kind == "remove":
        library.remove(path)
    else:
        Indexing(str(Path(library.folder) / "index"), library._database).rebuild()
    say("done", kind, name, version)


def main() -> None:
    """Change the library for ever."""
    library_folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    chosen = Random(seed)
    posts = library_folder.parent / f"{library_folder.name}-posts"
    posts.mkdir(exist_ok=True)
    with Library.open(library_folder) as library:
        # A file may have changed before the last kill and not been read: let it be as it was read.
        for post in library.posts():
            held = library.post(post.id or "").text
            version = held.partition("版本")[2].partition("。")[0]
            name = Path(post.path or "").name
            (posts / name).write_text(text(name, version), encoding="utf-8")
        say("ready")
        while True:
            change(library, chosen, posts)


if __name__ == "__main__":
    main()
