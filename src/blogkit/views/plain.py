"""Results as plain text, for pipes and files: one thing a line, no colour, no wrapping."""

import os
from collections.abc import Iterator

from blogkit.check.reports import CheckReport
from blogkit.formula_reports import Concordance, FormulaHit, FormulaHits, Formulas
from blogkit.formulas import Formula
from blogkit.posts import ListedPost
from blogkit.preview import Preview
from blogkit.reports import (
    AddReport,
    BackupReport,
    DoctorReport,
    Duplicates,
    FullPost,
    PostList,
    RemoveReport,
)
from blogkit.search.hits import Hit, Hits
from blogkit.store.formulas import PostFormula
from blogkit.views.checked import WORDS, details, summary, worth_showing
from blogkit.views.clean import clean, columns, one_line, one_line_snippet, shown_date
from blogkit.views.drawn import drawn_block, drawn_in_line
from blogkit.vocabulary import NameGroups, Word, Words, WordsChange


def place(path: str | None, line: int) -> str:
    """``path:line``, relative to the current folder where that is shorter."""
    if path is None:
        return "(given by a program)"
    return f"{clean(short_path(path))}:{line}"


def short_path(path: str) -> str:
    """A path as a person types it from the current folder, if that is shorter."""
    if not os.path.isabs(path):
        return path
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return path
    return relative if len(relative) < len(path) and not relative.startswith("..") else path


def hits(found: Hits) -> Iterator[str]:
    """Each hit in three lines: rank and title, place, passage."""
    for hit in found:
        yield f"{hit.rank}. {heading_of(hit)}  [{hit.post_id}]"
        yield f"   {place(hit.path, hit.line)}"
        yield f"   {one_line_snippet(hit.snippet).text}"
        if hit.terms:
            yield f"   in common: {one_line(', '.join(hit.terms))}"
        if hit.explanation:
            yield from (f"   {clean(line)}" for line in hit.explanation.lines())


def remarks(found: Hits) -> Iterator[str]:
    """What of a query was not understood, and what may have been meant."""
    for part in found.ignored:
        yield one_line(part.message)
    if found.did_you_mean:
        yield f"did you mean: {one_line(found.did_you_mean)}"


def heading_of(hit: Hit) -> str:
    """Title, section and date of a hit."""
    section = f" › {one_line(hit.heading)}" if hit.heading else ""
    date = shown_date(hit.date)
    return f"{one_line(hit.title)}{section}" + (f"  ({date})" if date else "")


def posts(found: PostList) -> Iterator[str]:
    """A line each: id, date, characters, formulas, copies, title."""
    rows = [["ID", "DATE", "CHARS", "FORMULAS", "COPIES", "TITLE"]]
    rows += [post_row(post) for post in found]
    yield from columns(rows)


def post_row(post: ListedPost) -> list[str]:
    """The cells that describe a post."""
    return [
        post.id or "",
        shown_date(post.date),
        str(post.chars),
        str(post.formulas),
        str(len(post.occurrences)),
        one_line(post.title),
    ]


def post(shown: FullPost) -> Iterator[str]:
    """Head and text of a post."""
    yield one_line(shown.title)
    for name, value in post_facts(shown):
        yield f"{name}: {value}"
    for block in shown.blocks:
        yield ""
        for piece in drawn_block(shown.text, block, shown.formulas, width=None):
            yield piece.text
    if shown.truncated:
        yield ""
        yield "(the source stops here, at a link to the full post)"


def post_facts(shown: FullPost) -> Iterator[tuple[str, str]]:
    """What is known of a post besides its text, by name."""
    yield "id", shown.id or ""
    if shown.date:
        yield "date", shown_date(shown.date)
    if shown.categories:
        yield "categories", one_line(", ".join(shown.categories))
    if shown.tags:
        yield "tags", one_line(", ".join(shown.tags))
    if shown.address:
        yield "address", one_line(shown.address)
    for occurrence in shown.occurrences:
        kept = "" if occurrence.kept else "  (copy)"
        yield "from", f"{place(occurrence.path, occurrence.line)}-{occurrence.end_line}{kept}"
    for reference in shown.references:
        found = f"  → {reference.post_id}" if reference.post_id else ""
        yield "refers to", f"《{one_line(reference.title)}》{found}"
    for citing in shown.referenced_by:
        yield "named by", f"《{one_line(citing.title)}》  ← {citing.post_id}"


def duplicates(found: Duplicates) -> Iterator[str]:
    """Each group: what was merged, from where, and the passages that differ."""
    for group in found:
        yield f"{one_line(group.title)}  [{group.post_id}]  {group.kind}"
        for member in group.members:
            kept = "kept" if member.kept else f"like it {member.similarity:.2f}"
            name = f"  id {clean(member.id)}" if member.id else ""
            yield f"  {place(member.path, member.line)}-{member.end_line}{name}  {kept}"
        for difference in group.differences:
            yield f"    at {place(difference.path, difference.line)}"
            yield f"    - {one_line(difference.kept) or '(nothing)'}"
            yield f"    + {one_line(difference.other) or '(nothing)'}"


def added(report: AddReport) -> Iterator[str]:
    """What an add or sync did, in a few lines."""
    yield (
        f"{report.files} files ({report.unchanged} unchanged), {report.entries} entries: "
        f"{report.posts} new posts, {report.merged} merged copies; "
        f"{report.formulas} formulas; {report.seconds:.1f} s"
    )
    yield from _skipped(report.skipped)
    for lines in report.left_out:
        yield f"no post: {clean(short_path(lines.path))}:{lines.line}-{lines.end_line}"
    for path in report.gone:
        yield f"gone, kept until removed: {clean(short_path(path))}"


def previewed(found: Preview) -> Iterator[str]:
    """What an add would read: each file, and a line for each of its posts."""
    for file in found.files:
        told = f"{file.format}, {file.encoding}" if file.encoding else file.format
        yield f"{clean(short_path(file.path))}: {told}"
        for post in file.posts:
            line = post.occurrences[0].line if post.occurrences else 1
            date = f"  ({shown_date(post.date)})" if shown_date(post.date) else ""
            cut = ", truncated" if post.truncated else ""
            yield f"  {line}: {one_line(post.title)}{date}"
            yield f"     {post.chars} characters, {len(post.formulas)} formulas{cut}"
    yield f"{len(found.files)} files, {found.posts} posts would be read; nothing was added"
    yield from _skipped(found.skipped)


def _skipped(counts: dict[str, int]) -> Iterator[str]:
    if counts:
        yield "skipped: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def removed(report: RemoveReport) -> Iterator[str]:
    """What a remove did."""
    yield f"{report.sources} sources and {report.posts} posts forgotten"


def words(found: Words) -> Iterator[str]:
    """A line each: the word, where it comes from, its English names."""
    yield from columns([word_row(word) for word in found])


def word_row(word: Word) -> list[str]:
    """The cells that describe a word."""
    origins = [*(["added"] if word.is_user else []), *word.origins]
    return [word.word, ", ".join(origins), one_line(", ".join(word.english))]


def words_add(done: WordsChange) -> Iterator[str]:
    """What adding words did."""
    yield f"{len(done.changed)} words added; {done.posts} posts indexed again"
    for word in done.unchanged:
        yield f"known already: {word}"


def words_remove(done: WordsChange) -> Iterator[str]:
    """What removing words did."""
    yield f"{len(done.changed)} words removed; {done.posts} posts indexed again"
    for word in done.unchanged:
        yield f"was not added: {word}"


def aliases(found: NameGroups) -> Iterator[str]:
    """A line each group of names; then the file in which to write more."""
    yield from columns(
        [[group.source, one_line(" = ".join(group.names))] for group in found.groups]
    )
    yield f"yours: {clean(found.file)}"


def formulas(found: Formulas) -> Iterator[str]:
    """A line each: id, place, the formula on one line."""
    yield from columns([formula_row(formula) for formula in found])


def formula_row(formula: PostFormula) -> list[str]:
    """The cells that describe a formula."""
    inline = one_line(Formula(formula.latex).to_inline_text())
    return [clean(formula.id), place(formula.path, formula.line), inline]


def formula_hits(found: FormulaHits) -> Iterator[str]:
    """Each hit: how it answers, its place, its LaTeX with the part that answers marked."""
    for hit in found:
        yield f"{hit.rank}. {hit.match}  {clean(hit.formula.id)}"
        yield f"   {place(hit.formula.path, hit.formula.line)}"
        yield f"   {one_line(_marked(hit))}"
        for name, latex in hit.bindings.items():
            yield f"   {name} = {one_line(latex)}"


def _marked(hit: FormulaHit) -> str:
    """The LaTeX of a hit, with the part that answers between ``⟦`` and ``⟧``."""
    latex, span = hit.formula.latex, hit.matched_span
    if span.start == 0 and span.end >= len(latex):
        return latex
    return f"{latex[: span.start]}⟦{span.of(latex)}⟧{latex[span.end :]}"


def concordance(found: Concordance) -> Iterator[str]:
    """A formula drawn, its place and sentence, and where else it occurs."""
    formula = found.formula
    yield f"{clean(formula.id)}  {one_line(found.title)}"
    yield place(formula.path, formula.line)
    yield ""
    yield clean(Formula(formula.latex, formula.display).to_text())
    yield ""
    yield one_line(formula.latex)
    yield ""
    yield drawn_in_line(found.sentence)
    for hit in found.others:
        where = place(hit.formula.path, hit.formula.line)
        title = one_line(found.titles[hit.formula.post_id])
        yield ""
        yield f"{hit.match}  {clean(hit.formula.id)}  {where}  {title}"
        if hit.match == "renamed":
            yield f"   {one_line(hit.formula.latex)}"


def doctor(report: DoctorReport) -> Iterator[str]:
    """A line for each thing looked at."""
    yield f"library: {clean(report.library)}"
    yield from columns([[f.name, f.state, clean(f.message)] for f in report.findings])


def checks(report: CheckReport) -> Iterator[str]:
    """Each formula that states something, its statements with their verdicts, and the counts."""
    for result in worth_showing(report):
        where = f"  {place(result.path, result.line)}" if result.line is not None else ""
        yield f"{clean(result.formula_id or 'formula')}{where}"
        yield f"  {one_line(result.latex)}"
        for problem in result.problems:
            where = f"{problem.severity}: column {problem.span.start + 1}"
            yield f"  {where}: {clean(problem.message)} [{problem.code}]"
        for statement in result.statements:
            kind = statement.kind.replace("_", " ")
            yield f"  {WORDS[statement.verdict]} ({kind}): {one_line(statement.latex)}"
            for name, text in details(statement):
                yield f"    {name}: {text}"
    yield summary(report)


def backup(report: BackupReport) -> Iterator[str]:
    """What a backup holds."""
    yield f"{report.posts} posts in {clean(short_path(report.path))}, {report.bytes} bytes"
