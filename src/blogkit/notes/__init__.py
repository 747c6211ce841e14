"""Notes of a reader's own on posts, passages and formulas.

    from blogkit import Library
    from blogkit.notes import Notes

    with Library.open("my-library") as library:
        notes = Notes(library)
        notes.add("日食记", quote="生态缸", text="自己也想养一个")

They lie in the library's database, apart from the posts, and are found again in a fuller copy.
"""

from blogkit.notes.facade import Notes
from blogkit.notes.reports import Note, NoteList

__all__ = ["Note", "NoteList", "Notes"]
