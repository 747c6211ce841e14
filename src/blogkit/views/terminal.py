"""Results for a person at a terminal, as Rich renderables: colour, columns, marked words."""

from __future__ import annotations

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from blogkit.spans import display_width
from blogkit.views import plain
from blogkit.views.clean import clean, one_line, one_line_snippet, shown_date
from blogkit.views.line_breaking import NO_BREAK
from blogkit.views.speech import said, say
from blogkit.views.terms import term
from blogkit.views.wrapping import Prose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.tree import Tree

    from blogkit.check.reports import CheckedFormula, CheckReport
    from blogkit.compute.reports import ValueReport
    from blogkit.library.formula_reports import (
        Concordance,
        FormulaHit,
        FormulaHits,
        Formulas,
        FormulaShapes,
    )
    from blogkit.library.preview import Preview
    from blogkit.library.reports import (
        AddReport,
        BackupReport,
        CompleteReport,
        DoctorReport,
        Duplicates,
        FullPost,
        PostList,
        RemoveReport,
    )
    from blogkit.library.vocabulary import NameGroups, Words, WordsChange
    from blogkit.posts import Block
    from blogkit.search.explanation import Explanation
    from blogkit.search.hits import Hit, Hits
    from blogkit.views.drawn import DrawnBlock

_MARK = "bold yellow"
_BLOCKS = {"heading": "bold", "caption": "dim", "code": "green", "paragraph": "", "table": ""}
_MARK_STYLES = {
    "strong": "bold", "emphasis": "italic", "deleted": "strike", "code": "green",
    "link": "underline",
}  # fmt: skip
_VERDICTS = {
    "proved": "bold green",
    "supported": "green",
    "measured": "cyan",
    "refuted": "bold red",
    "undecided": "yellow",
    "not_a_statement": "dim",
}
_STATES = {"well": "green", "repaired": "yellow", "broken": "bold red"}


def hits(found: Hits) -> RenderableType:
    """Each hit with its title, place and passage, and how many there are in all."""
    if not found.total:
        return nothing_found()
    parts: list[RenderableType] = []
    for hit in found:
        parts.append(one_hit(hit))
        if hit.terms:
            shared = Text(say("in common: {terms}", terms=""), style="dim")
            shared.append(one_line(", ".join(hit.terms)))
            parts.append(Padding(shared, (0, 0, 0, 4)))
        if hit.explanation:
            parts.append(Padding(_explanation(hit.explanation), (0, 0, 0, 4)))
        parts.append(Text(""))
    if found.truncated:
        last = found.offset + len(found)
        more = say(
            "{first}–{last} of {total}; --offset {last} for more",
            first=found.offset + 1,
            last=last,
            total=found.total,
        )
        parts.append(Text(more))
    return Group(*parts)


def one_hit(hit: Hit, *, places: bool = True) -> RenderableType:
    """A hit with its title and passage, and where it stands if places are wanted."""
    head = _hit_head(hit)
    if places:
        place = f"\n{plain.place(hit.path, hit.line)}  {clean(hit.post_id)}"
        head.append(place, style="dim")
    parts: list[RenderableType] = [
        Prose(head, hanging=4),
        Padding(Prose(_passage(hit)), (0, 0, 0, 4)),
    ]
    if hit.match == "similar":
        parts.append(Padding(Text(plain.only_similar(), style="dim"), (0, 0, 0, 4)))
    return Group(*parts)


def nothing_found() -> Text:
    """Said to a person where a list of hits is empty; a program counts them."""
    return Text(say("Nothing was found. Fewer words find more."))


def _hit_head(hit: Hit) -> Text:
    head = Text().append(f"{hit.rank:>2}. ", style="dim")
    head.append(one_line(hit.title), style="bold cyan")
    if hit.heading:
        head.append(f" › {plain.section_of(hit.heading)}", style="cyan")
    if hit.date:
        head.append(f"  {shown_date(hit.date)}", style="green")
    return head


def _explanation(explanation: Explanation) -> Tree:
    """The numbers behind a score as a tree, with lines."""
    from rich.tree import Tree

    tree = Tree(Text(clean(next(explanation.lines(said=said))), style="yellow"), guide_style="dim")
    for detail in explanation.details:
        tree.add(_explanation(detail))
    return tree


def _passage(hit: Hit) -> Text:
    snippet = one_line_snippet(hit.snippet)
    if plain.WRITTEN.search(snippet.text):
        from blogkit.views.drawn import drawn_snippet

        snippet = drawn_snippet(snippet, space=NO_BREAK)
    text = Text(snippet.text)
    for span in snippet.spans:
        text.stylize(_MARK, span.start, span.end)
    return text


def posts(found: PostList) -> RenderableType:
    """A table of posts."""
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    *names, title = plain.post_columns()
    for name in names[:2]:
        table.add_column(name, no_wrap=True)
    for name in names[2:]:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(title, style="bold", overflow="fold")
    for post in found:
        table.add_row(*(Text(cell) for cell in plain.post_row(post)))
    return table


def post(shown: FullPost, *, width: int) -> RenderableType:
    """Head, and text with its headings and captions set off and its formulas drawn."""
    blocks = (drawn for _, drawn in post_blocks(shown, width=width))
    return Group(post_head(shown), *blocks, Text(""), *post_end(shown))


def post_head(shown: FullPost) -> RenderableType:
    """Title, and what is known of the post."""
    return Group(
        Text(one_line(shown.title), style="bold cyan"),
        facts([*plain.post_facts(shown), *plain.post_references(shown)]),
    )


def facts(found: Iterable[tuple[str, str]]) -> RenderableType:
    """Names, and what each stands for."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for name, value in found:
        table.add_row(Text(name, style="dim"), Text(value))
    return table


def post_blocks(shown: FullPost, *, width: int) -> Iterator[tuple[Block, RenderableType]]:
    """The blocks of a post that show something, each with the blank line before it."""
    from blogkit.views.drawn import drawn_blocks

    for drawn in drawn_blocks(shown, width=width, space=NO_BREAK):
        before = [] if drawn.is_tight else [Text(drawn.between, style="dim")]
        yield drawn.block, Group(*before, *_block(drawn))


def post_end(shown: FullPost) -> list[RenderableType]:
    """What is said behind the text; nothing where all of it is there."""
    if not shown.truncated:
        return []
    return [Text(say("(the source stops here, at a link to the full post)"), style="dim")]


def _block(block: DrawnBlock) -> Iterator[RenderableType]:
    """The pieces of a block, with bullets and bars before its lines."""
    margin = block.first
    for piece in block.pieces:
        if piece.is_display:
            for line in piece.text.split("\n"):
                shown = Text(margin, style="dim", no_wrap=True, overflow="crop")
                yield shown.append(line, style="not dim cyan")
                margin = block.rest
            continue
        text = Text(piece.text, style=_BLOCKS[block.block.kind])
        for start, end, name in piece.styles:
            text.stylize(_mark_style(name, piece.text[start:end]), start, end)
        yield Prose(text, first=margin, rest=block.rest)
        margin = block.rest


def _mark_style(name: str, text: str) -> str:
    """How a mark is shown; Chinese is not slanted but underlined."""
    if name == "emphasis" and display_width(text) > len(text):
        return "underline"
    return _MARK_STYLES.get(name, "")


def duplicates(found: Duplicates) -> RenderableType:
    """Each group with its copies, and what differs marked in both passages."""
    parts: list[RenderableType] = []
    for group in found:
        head = Text(one_line(group.title), style="bold cyan")
        head.append(f"  {term(group.kind)}", style="yellow").append(
            f"  {clean(group.post_id)}", style="dim"
        )
        parts.append(head)
        for member in group.members:
            kept = plain.likeness(member)
            where = f"  {plain.place(member.path, member.line)}-{member.end_line}"
            parts.append(Text(where).append(f"  {kept}", style="green" if member.kept else "dim"))
        for difference in group.differences:
            at = plain.place(difference.path, difference.line)
            parts.append(Text(f"    {say('at {place}', place=at)}", style="dim"))
            parts += _compared(one_line(difference.kept), one_line(difference.other))
            if difference.only:
                only = say("they differ in {what} only", what=difference.only)
                parts.append(Text(f"    {only}", style="yellow"))
        parts.append(Text(""))
    return Group(*parts)


def _compared(kept: str, other: str) -> list[RenderableType]:
    left, right = Text("- ", style="red"), Text("+ ", style="green")
    left.append(kept or say("(nothing)"), style="not red")
    right.append(other or say("(nothing)"), style="not green")
    if kept and other:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(None, kept, other, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                left.stylize("bold red", a + 2, b + 2)
                right.stylize("bold green", c + 2, d + 2)
    return [Padding(left, (0, 0, 0, 4)), Padding(right, (0, 0, 0, 4))]


def formulas(found: Formulas) -> RenderableType:
    """A table of formulas, each on one line."""
    return _formula_table(map(plain.formula_row, found), "dim", "green")


def formula_shapes(found: FormulaShapes) -> RenderableType:
    """A table of shapes: how many formulas have each, and the first of them on one line."""
    return _formula_table(map(plain.shape_row, found), "yellow", "dim", "green")


def _formula_table(rows: Iterable[list[str]], *styles: str) -> Table:
    """A table whose last column holds formulas; the others have styles."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for style in styles:
        table.add_column(style=style, no_wrap=True)
    table.add_column(style="bold", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def formula_hits(found: FormulaHits, *, width: int) -> RenderableType:
    """Each hit drawn, with how it answers, its LaTeX with that part marked, and the bindings."""
    from blogkit.views.drawn import drawn_in_line

    if not len(found):
        return nothing_found()
    parts: list[RenderableType] = []
    for hit in found:
        head = Text(f"{hit.rank:>2}. ", style="dim").append(term(hit.answers_by), style="yellow")
        head.append(f"  {clean(hit.formula.id)}", style="bold cyan")
        head.append(f"  {plain.place(hit.formula.path, hit.formula.line)}", style="dim")
        parts += [head, _drawing(hit.formula.whole, hit.formula.display, width)]
        parts.append(Padding(_marked(hit), (0, 0, 0, 4)))
        for name, latex in hit.bindings.items():
            bound = Text(f"{name} = ", style="yellow").append(one_line(latex), style="not yellow")
            parts.append(Padding(bound, (0, 0, 0, 4)))
        if hit.sentence is not None:
            parts.append(Padding(Text(drawn_in_line(hit.sentence)), (0, 0, 0, 4)))
        if hit.equals:
            parts.append(Padding(Text(plain.other_places(hit), style="dim"), (0, 0, 0, 4)))
        parts.append(Text(""))
    return Group(*parts)


def _marked(hit: FormulaHit) -> Text:
    latex, span = clean(hit.formula.latex).replace("\n", " "), hit.matched_span
    text = Text(latex, style="dim")
    text.stylize("not dim bold", span.start, span.end)
    return text


def _drawing(latex: str, display: bool, width: int) -> Text:
    from blogkit.library.formulas import Formula

    drawing = Formula(latex, display).to_text(width=width - 4)
    lines = [f"    {line}" for line in clean(drawing).split("\n")]
    return Text("\n".join(lines), no_wrap=True, overflow="crop")


def value(report: ValueReport) -> RenderableType:
    """The value of a formula, of several sides each on its line."""
    return Text("\n".join(plain.value(report)))


def concordance(found: Concordance, *, width: int) -> RenderableType:
    """A formula drawn, its place and sentence, and where else it occurs."""
    from blogkit.views.drawn import drawn_in_line

    formula = found.formula
    head = Text(clean(formula.id), style="bold cyan").append(f"  {one_line(found.title)}")
    where = Text(plain.place(formula.path, formula.line), style="dim")
    parts: list[RenderableType] = [head, where, Text("")]
    parts += [_drawing(formula.whole, formula.display, width), Text("")]
    parts += [Text(one_line(formula.whole), style="dim"), Text("")]
    parts.append(Text(drawn_in_line(found.sentence)))
    for hit in found.others:
        line = Text(f"\n{term(hit.match)}", style="yellow")
        line.append(f"  {clean(hit.formula.id)}", style="cyan")
        line.append(f"  {one_line(found.titles[hit.formula.post_id])}", style="not yellow")
        line.append(f"  {plain.place(hit.formula.path, hit.formula.line)}", style="dim")
        parts.append(line)
        if hit.match == "renamed":
            parts.append(_drawing(hit.formula.whole, hit.formula.display, width))
    return Group(*parts)


def checks(report: CheckReport, *, width: int) -> RenderableType:
    """Each formula that states something, drawn, with a table of its statements' verdicts."""
    from blogkit.views.checked import summary, worth_showing

    parts: list[RenderableType] = []
    for result in worth_showing(report):
        head = Text(clean(result.formula_id or say("formula")), style="bold cyan")
        if result.line is not None:
            head.append(f"  {plain.place(result.path, result.line)}", style="not bold dim")
        parts += [head, _drawing(result.whole, True, width), Text("")]
        parts += [_problem_lines(result), _verdicts(result), Text("")]
    return Group(*parts, Text(summary(report), style="bold"))


def _problem_lines(result: CheckedFormula) -> Text:
    text = Text()
    for problem in result.problems:
        style = {"error": "bold red", "style": "dim"}.get(problem.severity, "yellow")
        text.append(f"    {term(problem.severity)}", style=style)
        column, message = problem.span.start + 1, clean(said(problem.message))
        text.append(f"  {say('column {column}: {message}', column=column, message=message)}")
        text.append(f"  [{problem.code}]\n", style="dim")
    return text


def _verdicts(result: CheckedFormula) -> Table:
    from blogkit.views.checked import details, drawn, kind, verdict

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=4)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for statement in result.statements:
        judged = Text(verdict(statement), style=_VERDICTS[statement.verdict])
        shown = Text(drawn(statement.latex), style="bold")
        shown.append(f"  {kind(statement)}", style="not bold dim")
        for name, value in details(statement):
            shown.append(f"\n{name} ", style="not bold dim")
            shown.append(value, style="not bold")
        table.add_row("", judged, shown)
    return table


def added(report: AddReport) -> RenderableType:
    """What an add or sync did."""
    return Text("\n".join(plain.added(report)))


def words(found: Words) -> RenderableType:
    """A table of words."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for style in ("bold", "green", "dim"):
        table.add_column(style=style, overflow="fold")
    for word in found:
        table.add_row(*(Text(cell) for cell in plain.word_row(word)))
    return table


def words_add(done: WordsChange) -> RenderableType:
    """What adding words did."""
    return Text("\n".join(plain.words_add(done)))


def words_remove(done: WordsChange) -> RenderableType:
    """What removing words did."""
    return Text("\n".join(plain.words_remove(done)))


def aliases(found: NameGroups) -> RenderableType:
    """A table of groups of names, and the file in which to write more."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for group in found.groups:
        table.add_row(Text(term(group.source)), Text(one_line(" = ".join(group.names))))
    return Group(table, Text(say("yours: {file}", file=clean(found.file)), style="dim"))


def previewed(found: Preview) -> RenderableType:
    """What an add would read."""
    return Text("\n".join(plain.previewed(found)))


def completed(report: CompleteReport) -> RenderableType:
    """What became of each excerpt."""
    return Text("\n".join(plain.completed(report)))


def removed(report: RemoveReport) -> RenderableType:
    """What a remove did."""
    return Text("\n".join(plain.removed(report)))


def doctor(report: DoctorReport) -> RenderableType:
    """A table of what was looked at."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for finding in report.findings:
        state = Text(term(finding.state), style=_STATES[finding.state])
        table.add_row(Text(term(finding.name)), state, Text(clean(said(finding.message))))
    return Group(Text(say("library: {folder}", folder=clean(report.library)), style="dim"), table)


def backup(report: BackupReport) -> RenderableType:
    """What a backup holds."""
    return Text("\n".join(plain.backup(report)))
