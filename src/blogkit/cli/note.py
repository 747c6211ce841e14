"""``blogkit note``: notes of one's own on posts, passages and formulas."""

from __future__ import annotations

import argparse
import sys

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page, add_shared, command_parser, count
from blogkit.cli.output import emit, write_file
from blogkit.library.facade import Library
from blogkit.notes import Note, NoteList, Notes
from blogkit.study.cards import Cards
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command and its actions."""
    made = command_parser(
        "note",
        say(
            "Notes of your own: on words of a post, on a formula, on a post as a whole. They lie "
            "apart from the posts, and find their words again when a fuller copy of the post comes."
        ),
        [
            ("add a4b6 --quote '两者基本是等价的'", say("highlight words of a post")),
            ("add a4b6 --quote '是一个常数' --text '多大合适？'", say("write a note on them")),
            ("add a4b6#8 --question", say("a formula that is not understood yet")),
            ("add a4b6 --tag 重读", say("a tag of your own; 'tag:重读' finds the post")),
            ("list --questions", say("what is not understood yet")),
            ("list a4b6 --words 常数", say("notes of a post with a word")),
            ("card 3f9a", say("make a note a card")),
            ("export -o notes.md", say("all notes as Markdown")),
        ],
    )
    actions = made.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_writing(actions)
    listing = _action(actions, "list", say("the notes, or those of a post or a formula"))
    listing.add_argument("target", nargs="?", metavar="X", help=say("a post or a formula"))
    _add_filters(listing)
    add_page(listing, limit=None)
    for name, does in (("remove", say("forget notes")), ("card", say("make notes cards"))):
        action = _action(actions, name, does)
        action.add_argument("note", nargs="+", metavar="NOTE", help=say("its id, or the start"))
    exporting = _action(actions, "export", say("write notes out"))
    exporting.add_argument("target", nargs="?", metavar="X", help=say("a post or a formula"))
    _add_filters(exporting)
    exporting.add_argument(
        "--to",
        choices=("markdown", "annotations"),
        default="markdown",
        help=say("Markdown, or W3C annotations as JSON, one a line"),
    )
    exporting.add_argument("-o", "--output", metavar="FILE", help=say("the file to write"))
    return made


def _add_writing(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    adding = _action(actions, "add", say("write a note"))
    adding.add_argument("target", metavar="X", help=say("a post or a formula"))
    adding.add_argument("--quote", default="", metavar="WORDS", help=say("words of the post"))
    adding.add_argument(
        "--line", type=count, metavar="N", help=say("where they begin, if they stand twice")
    )
    editing = _action(actions, "edit", say("change what a note says"))
    editing.add_argument("note", metavar="NOTE", help=say("its id, or the start"))
    editing.add_argument(
        "--understood",
        dest="question",
        action="store_false",
        default=None,
        help=say("take the question mark away"),
    )
    for made in (adding, editing):
        made.add_argument("--text", metavar="TEXT", help=say("what is written; - reads it"))
        made.add_argument("--tag", action="append", metavar="TAG", help=say("a tag of your own"))
        made.add_argument(
            "--question",
            action="store_true",
            default=None,
            help=say("it is not understood yet"),
        )


def _add_filters(made: argparse.ArgumentParser) -> None:
    made.add_argument("--words", default="", metavar="WORDS", help=say("only notes with these"))
    made.add_argument("--tag", metavar="TAG", help=say("only notes with this tag"))
    made.add_argument(
        "--questions", action="store_true", help=say("only what is not understood yet")
    )


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, does: str
) -> argparse.ArgumentParser:
    made = actions.add_parser(name, help=does)
    add_shared(made, is_inner=True)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked, and print it."""
    with Library.open(arguments.library) as library:
        notes = Notes(library)
        if arguments.action in ("list", "export"):
            return _show(arguments, library, notes)
        if arguments.action == "remove":
            _emit(arguments, "removed", notes.remove(*arguments.note))
        elif arguments.action == "card":
            made = tuple(notes.take_card(note) for note in arguments.note)
            _emit(arguments, "cards", Cards(made, len(made)))
        else:
            _write(arguments, notes)
    return FOUND


def _write(arguments: argparse.Namespace, notes: Notes) -> None:
    text = sys.stdin.read() if arguments.text == "-" else arguments.text
    if arguments.action == "add":
        note = notes.add(
            arguments.target,
            quote=arguments.quote,
            text=text or "",
            tags=arguments.tag or (),
            is_question=bool(arguments.question),
            line=arguments.line,
        )
    else:
        note = notes.edit(
            arguments.note,
            text=text,
            tags=arguments.tag,
            is_question=arguments.question,
        )
    _emit(arguments, "written", note)


def _show(arguments: argparse.Namespace, library: Library, notes: Notes) -> int:
    found = notes.list(
        arguments.target,
        words=arguments.words,
        tag=arguments.tag,
        only_questions=arguments.questions,
        limit=getattr(arguments, "limit", None),
        offset=getattr(arguments, "offset", 0),
    )
    if arguments.action == "export" and not arguments.json:
        _export(arguments, library, found)
    else:
        emit(arguments, "notes", found, pager=True, family="notes_")
    return FOUND if found.total else NOTHING


def _export(arguments: argparse.Namespace, library: Library, found: NoteList) -> None:
    from blogkit.export import notes as export

    if arguments.to == "markdown":
        text = export.to_markdown(found)
    else:
        ids = {note.post_id for note in found if note.title}
        text = export.to_annotations(found, {post: library.post(post).address for post in ids})
    if arguments.output:
        write_file(arguments.output, text)
    elif text:
        print(text)


def _emit(arguments: argparse.Namespace, view: str, result: Note | NoteList | Cards) -> None:
    emit(arguments, view, result, family="notes_")
