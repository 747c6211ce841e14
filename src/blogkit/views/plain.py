"""Results as plain text, for pipes and files: one thing a line, no colour, no wrapping.

What draws formulas is imported by the views that do: a list of hits or posts starts without it.
"""

from __future__ import annotations

import os
import re

from blogkit.views.clean import (
    clean,
    columns,
    one_line,
    one_line_snippet,
    one_name,
    shown_date,
)
from blogkit.views.speech import said, say, say_count
from blogkit.views.terms import term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.check.reports import CheckReport
    from blogkit.compute.reports import ValueReport
    from blogkit.library.formula_reports import (
        Concordance,
        FormulaHit,
        FormulaHits,
        Formulas,
        FormulaShape,
        FormulaShapes,
    )
    from blogkit.library.preview import Preview
    from blogkit.library.reports import (
        AddReport,
        BackupReport,
        CompleteReport,
        DoctorReport,
        DuplicateMember,
        Duplicates,
        FullPost,
        PostList,
        RemoveReport,
    )
    from blogkit.library.vocabulary import NameGroups, Word, Words, WordsChange
    from blogkit.library.watching import FileChange
    from blogkit.posts import ListedPost
    from blogkit.search.hits import Hit, Hits
    from blogkit.sources.noticing import Places
    from blogkit.store.formulas import PostFormula

WRITTEN = re.compile(r"[$\\*_\[<~&]|:`")
"""What formulas and marks are written with."""


def place(path: str | None, line: int) -> str:
    """``path:line``, relative to the current folder where that is shorter; a page's address."""
    if path is None:
        return say("(given by a program)")
    if path.startswith(("http://", "https://")):
        return one_line(path)
    return f"{short_path(path)}:{line}"


def short_path(path: str) -> str:
    """A path as seen from the current folder, if that is shorter; safe to show, on one line."""
    return one_name(_from_here(path))


def _from_here(path: str) -> str:
    if not os.path.isabs(path):
        return path
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return path
    return relative if len(relative) < len(path) and not relative.startswith("..") else path


def value(report: ValueReport) -> Iterator[str]:
    """The value; of several sides each on its line, with what it is the value of."""
    from blogkit.library.formulas import Formula

    for side in report.sides:
        shown = clean(side.value)
        if len(report.sides) == 1:
            yield shown
        else:
            yield f"{shown}  {one_line(Formula(side.latex).to_inline_text())}"
    for used in report.used:
        yield say("used: {definition}", definition=one_line(Formula(used).to_inline_text()))


def hits(found: Hits) -> Iterator[str]:
    """Each hit in three lines: rank and title, place, passage."""
    for hit in found:
        yield f"{hit.rank}. {heading_of(hit)}  [{clean(hit.post_id)}]"
        yield f"   {place(hit.path, hit.line)}"
        yield f"   {one_line_snippet(hit.snippet).text}"
        if hit.match == "similar":
            yield f"   {only_similar()}"
        if hit.terms:
            yield f"   {say('in common: {terms}', terms=one_line(', '.join(hit.terms)))}"
        if hit.explanation:
            yield from (f"   {clean(line)}" for line in hit.explanation.lines(said=said))


def only_similar() -> str:
    """Said of a hit whose formula does not answer the one that is asked for."""
    return say("its formula is only similar")


def remarks(found: Hits) -> Iterator[str]:
    """What of a query was not understood, and what may have been meant."""
    for part in found.ignored:
        yield one_line(said(part.message))
    if found.did_you_mean:
        yield say("did you mean: {query}", query=one_line(found.did_you_mean))


def section_of(heading: str) -> str:
    """A heading on one line, without what only writes marks."""
    if WRITTEN.search(heading):
        from blogkit.text.marks import plain_words

        heading = plain_words(heading)
    return one_line(heading)


def heading_of(hit: Hit) -> str:
    """Title, section and date of a hit."""
    section = f" › {section_of(hit.heading)}" if hit.heading else ""
    date = shown_date(hit.date)
    return f"{one_line(hit.title)}{section}" + (f"  ({date})" if date else "")


def posts(found: PostList) -> Iterator[str]:
    """A line each: id, date, characters, formulas, copies, title."""
    yield from columns([[name.upper() for name in post_columns()], *map(post_row, found)])


def post_columns() -> list[str]:
    """The names of the cells that describe a post."""
    return [say("id"), say("date"), say("chars"), say("formulas"), say("copies"), say("title")]


def post_row(post: ListedPost) -> list[str]:
    """The cells that describe a post."""
    return [
        clean(post.id or ""),
        shown_date(post.date),
        str(post.chars),
        str(post.formulas),
        str(len(post.occurrences)),
        one_line(post.title),
    ]


def post(shown: FullPost) -> Iterator[str]:
    """Head and text of a post."""
    from blogkit.views.drawn import drawn_blocks

    yield one_line(shown.title)
    for name, value in (*post_facts(shown), *post_references(shown)):
        yield say("{name}: {value}", name=name, value=value)
    for block in drawn_blocks(shown, width=None):
        if not block.is_tight:
            yield block.between
        yield from block.lines()
    if shown.truncated:
        yield ""
        yield say("(the source stops here, at a link to the full post)")


def post_facts(shown: FullPost) -> Iterator[tuple[str, str]]:
    """What is known of a post besides its text, by name."""
    yield say("id"), shown.id or ""
    if shown.other_titles:
        yield say("also titled"), one_line(", ".join(shown.other_titles))
    if shown.date:
        yield say("date"), shown_date(shown.date)
    if shown.categories:
        yield say("categories"), one_line(", ".join(shown.categories))
    if shown.tags:
        yield say("tags"), one_line(", ".join(shown.tags))
    if shown.address:
        yield say("address"), one_line(shown.address)
    for occurrence in shown.occurrences:
        kept = "" if occurrence.kept else f"  {say('(copy)')}"
        yield say("from"), f"{place(occurrence.path, occurrence.line)}-{occurrence.end_line}{kept}"


def post_references(shown: FullPost) -> Iterator[tuple[str, str]]:
    """What a post refers to, and what refers to it, by name."""
    for reference in shown.references:
        found = f"  → {clean(reference.post_id)}" if reference.post_id else ""
        yield say("refers to"), f"《{one_line(reference.title)}》{found}"
    for citing in shown.referenced_by:
        yield say("named by"), f"《{one_line(citing.title)}》  ← {clean(citing.post_id)}"


def duplicates(found: Duplicates) -> Iterator[str]:
    """Each group: what was merged, from where, and the passages that differ."""
    for group in found:
        yield f"{one_line(group.title)}  [{clean(group.post_id)}]  {term(group.kind)}"
        for member in group.members:
            kept = likeness(member)
            name = f"  id {clean(member.id)}" if member.id else ""
            yield f"  {place(member.path, member.line)}-{member.end_line}{name}  {kept}"
        for difference in group.differences:
            yield f"    {say('at {place}', place=place(difference.path, difference.line))}"
            yield f"    - {one_line(difference.kept) or say('(nothing)')}"
            yield f"    + {one_line(difference.other) or say('(nothing)')}"
            if difference.only:
                yield f"    = {say('they differ in {what} only', what=difference.only)}"


def likeness(member: DuplicateMember) -> str:
    """What a copy is to its group: the kept one, or how like it."""
    if member.kept:
        return say("kept")
    return say("like it {similarity:.2f}", similarity=member.similarity)


def added(report: AddReport) -> Iterator[str]:
    """What an add or sync did, in a few lines."""
    pictures = report.pictures
    yield say(
        "{files} ({unchanged} unchanged), {entries}: {posts}, {merged}{formulas}{pictures}; "
        "{seconds:.1f} s",
        files=say_count(report.files, "{count} file", "{count} files"),
        unchanged=report.unchanged,
        entries=say_count(report.entries, "{count} entry", "{count} entries"),
        posts=say_count(report.posts, "{count} new post", "{count} new posts"),
        merged=say_count(report.merged, "{count} merged copy", "{count} merged copies"),
        formulas=say_count(report.formulas, "; {count} formula", "; {count} formulas"),
        pictures=say_count(pictures, "; {count} picture", "; {count} pictures") if pictures else "",
        seconds=report.seconds,
    )
    yield from _skipped(report.skipped)
    for lines in report.left_out:
        where = f"{short_path(lines.path)}:{lines.line}-{lines.end_line}"
        yield say("no post: {where}", where=where)
    for path in report.gone:
        yield say("gone, kept until removed: {path}", path=short_path(path))


def watched(places: Places) -> str:
    """What is watched, in a line."""
    return say(
        "watching (folders: {folders}, single files: {files}); Ctrl-C ends",
        folders=len(places.folders),
        files=len(places.files),
    )


def file_change(change: FileChange) -> Iterator[str]:
    """What became of a file, in a line."""
    if change.message is not None:
        yield say("{name}: {value}", name=term(change.what), value=one_name(said(change.message)))
        return
    posts = say_count(change.posts, "{count} post", "{count} posts")
    kept = say("kept until removed") if change.what == "gone" else ""
    file = say("{name}: {value}", name=term(change.what), value=short_path(change.path or ""))
    yield say(", ").join(filter(None, [file, posts, kept]))


def previewed(found: Preview) -> Iterator[str]:
    """What an add would read: each file, and a line for each of its posts."""
    for file in found.files:
        told = f"{file.format}, {file.encoding}" if file.encoding else file.format
        yield f"{short_path(file.path)}: {told}"
        for post in file.posts:
            line = post.occurrences[0].line if post.occurrences else 1
            date = f"  ({shown_date(post.date)})" if shown_date(post.date) else ""
            cut = say(", truncated") if post.truncated else ""
            yield f"  {line}: {one_line(post.title)}{date}"
            size = say(
                "{characters}, {formulas}",
                characters=say_count(post.chars, "{count} character", "{count} characters"),
                formulas=say_count(len(post.formulas), "{count} formula", "{count} formulas"),
            )
            yield f"     {size}{cut}"
    for address in found.fetched:
        yield say("would be fetched: {address}", address=one_line(address))
    yield say(
        "{files}, {posts} would be read; nothing was added",
        files=say_count(len(found.files), "{count} file", "{count} files"),
        posts=say_count(found.posts, "{count} post", "{count} posts"),
    )
    yield from _skipped(found.skipped)


def _skipped(counts: dict[str, int]) -> Iterator[str]:
    if counts:
        skipped = [
            say("{count} {reason}", count=count, reason=term(reason))
            for reason, count in sorted(counts.items())
        ]
        yield say("skipped: {skipped}", skipped=say(", ").join(skipped))


def completed(report: CompleteReport) -> Iterator[str]:
    """What became of each excerpt that has an address, a line each, and how many that are."""
    for post in report:
        if post.address:
            row = f"{term(post.outcome)}: {one_line(post.title)}  [{clean(post.post_id)}]"
            yield f"{row}  {one_line(post.address)}"
    counts = dict(report.counts)
    without = counts.pop("no-address", 0)
    if counts:
        yield say(", ").join(
            say("{count} {reason}", count=count, reason=term(outcome))
            for outcome, count in counts.items()
        )
    if without:
        yield say(
            "{count} excerpts whose address is not known; add the pages or the feed that they "
            "stand in",
            count=without,
        )
    elif not counts:
        yield say("no excerpts: every post is whole")


def removed(report: RemoveReport) -> Iterator[str]:
    """What a remove did."""
    yield say(
        "{sources} sources and {posts} posts forgotten", sources=report.sources, posts=report.posts
    )


def words(found: Words) -> Iterator[str]:
    """A line each: the word, where it comes from, its English names."""
    yield from columns([word_row(word) for word in found])


def word_row(word: Word) -> list[str]:
    """The cells that describe a word."""
    origins = [*([say("added")] if word.is_user else []), *map(term, word.origins)]
    return [word.word, ", ".join(origins), one_line(", ".join(word.english))]


def words_add(done: WordsChange) -> Iterator[str]:
    """What adding words did."""
    yield say(
        "{words} words added; {posts} posts have them",
        words=len(done.changed),
        posts=done.posts,
    )
    for word in done.unchanged:
        yield say("known already: {word}", word=word)


def words_remove(done: WordsChange) -> Iterator[str]:
    """What removing words did."""
    yield say(
        "{words} words removed; {posts} posts have them",
        words=len(done.changed),
        posts=done.posts,
    )
    for word in done.unchanged:
        yield say("was not added: {word}", word=word)


def aliases(found: NameGroups) -> Iterator[str]:
    """A line each group of names; then the file in which to write more."""
    yield from columns(
        [[term(group.source), one_line(" = ".join(group.names))] for group in found.groups]
    )
    yield say("yours: {file}", file=clean(found.file))


def formulas(found: Formulas) -> Iterator[str]:
    """A line each: id, place, the formula on one line."""
    yield from columns([formula_row(formula) for formula in found])


def formula_shapes(found: FormulaShapes) -> Iterator[str]:
    """A line each: how many there are, id, place and line of the first."""
    yield from columns([shape_row(shape) for shape in found])


def shape_row(shape: FormulaShape) -> list[str]:
    """The cells that describe a shape."""
    return [shape_places(shape), *formula_row(shape.formula)]


def shape_places(shape: FormulaShape) -> str:
    """How many formulas have a shape, and in how many posts."""
    formulas = say_count(shape.places, "{count} formula", "{count} formulas")
    return f"{formulas} · {say_count(shape.posts, '{count} post', '{count} posts')}"


def formula_row(formula: PostFormula) -> list[str]:
    """The cells that describe a formula."""
    from blogkit.library.formulas import Formula

    inline = one_line(Formula(formula.whole).to_inline_text())
    return [clean(formula.id), place(formula.path, formula.line), inline]


def formula_hits(found: FormulaHits) -> Iterator[str]:
    """Each hit: how it answers, its place, its LaTeX with the part that answers marked."""
    for hit in found:
        yield f"{hit.rank}. {term(hit.answers_by)}  {clean(hit.formula.id)}"
        yield f"   {place(hit.formula.path, hit.formula.line)}"
        yield f"   {one_line(_marked(hit))}"
        for name, latex in hit.bindings.items():
            yield f"   {name} = {one_line(latex)}"
        if hit.sentence is not None:
            from blogkit.views.drawn import drawn_in_line

            yield f"   {drawn_in_line(hit.sentence)}"
        if hit.equals:
            yield f"   {other_places(hit)}"


_PLACES = 3
"""Other places of a formula that a line names."""


def other_places(hit: FormulaHit) -> str:
    """Where else the formula of a hit stands."""
    named = ", ".join(clean(formula.id) for formula in hit.equals[:_PLACES])
    more = hit.places - 1 - min(_PLACES, len(hit.equals))
    if not more:
        return say("also {places}", places=named)
    return say("also {places} and {count} more", places=named, count=more)


def _marked(hit: FormulaHit) -> str:
    """The LaTeX of a hit, with the part that answers between ``⟦`` and ``⟧``."""
    latex, span = hit.formula.latex, hit.matched_span
    if span.start == 0 and span.end >= len(latex):
        return latex
    return f"{latex[: span.start]}⟦{span.of(latex)}⟧{latex[span.end :]}"


def concordance(found: Concordance) -> Iterator[str]:
    """A formula drawn, its place and sentence, and where else it occurs."""
    from blogkit.library.formulas import Formula
    from blogkit.views.drawn import drawn_in_line

    formula = found.formula
    yield f"{clean(formula.id)}  {one_line(found.title)}"
    yield place(formula.path, formula.line)
    yield ""
    yield clean(Formula(formula.whole, formula.display).to_text())
    yield ""
    yield one_line(formula.whole)
    yield ""
    yield drawn_in_line(found.sentence)
    for hit in found.others:
        where = place(hit.formula.path, hit.formula.line)
        title = one_line(found.titles[hit.formula.post_id])
        yield ""
        yield f"{term(hit.match)}  {clean(hit.formula.id)}  {where}  {title}"
        if hit.match == "renamed":
            yield f"   {one_line(hit.formula.latex)}"


def doctor(report: DoctorReport) -> Iterator[str]:
    """A line for each thing looked at."""
    yield say("library: {folder}", folder=clean(report.library))
    yield from columns(
        [[term(f.name), term(f.state), clean(said(f.message))] for f in report.findings]
    )


def checks(report: CheckReport) -> Iterator[str]:
    """Each formula that states something, its statements with their verdicts, and the counts."""
    from blogkit.views.checked import details, kind, summary, verdict, worth_showing

    for result in worth_showing(report):
        where = f"  {place(result.path, result.line)}" if result.line is not None else ""
        yield f"{clean(result.formula_id or say('formula'))}{where}"
        yield f"  {one_line(result.latex)}"
        for problem in result.problems:
            told = say(
                "{severity}: column {column}: {message}",
                severity=term(problem.severity),
                column=problem.span.start + 1,
                message=clean(said(problem.message)),
            )
            yield f"  {told} [{problem.code}]"
        for statement in result.statements:
            yield "  " + say(
                "{verdict} ({kind}): {latex}",
                verdict=verdict(statement),
                kind=kind(statement),
                latex=one_line(statement.latex),
            )
            for name, text in details(statement):
                yield "    " + say("{name}: {value}", name=name, value=text)
    yield summary(report)


def backup(report: BackupReport) -> Iterator[str]:
    """What a backup holds."""
    yield say(
        "{posts} posts in {path}, {bytes} bytes",
        posts=report.posts,
        path=short_path(report.path),
        bytes=report.bytes,
    )
