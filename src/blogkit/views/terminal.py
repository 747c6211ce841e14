"""Results for a person at a terminal, as Rich renderables: colour, columns, marked words."""

from difflib import SequenceMatcher

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from blogkit.check.reports import CheckedFormula, CheckReport
from blogkit.formula_reports import Concordance, FormulaHit, FormulaHits, Formulas
from blogkit.formulas import Formula
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
from blogkit.search.explanation import Explanation
from blogkit.search.hits import Hit, Hits
from blogkit.views import plain
from blogkit.views.checked import WORDS, details, drawn, summary, worth_showing
from blogkit.views.clean import clean, one_line, one_line_snippet, shown_date
from blogkit.views.drawn import drawn_block, drawn_in_line
from blogkit.vocabulary import NameGroups, Words, WordsChange

_MARK = "bold yellow"
_BLOCKS = {"heading": "bold", "caption": "italic dim", "code": "green", "paragraph": ""}
_VERDICTS = {
    "proved": "bold green",
    "supported": "green",
    "refuted": "bold red",
    "undecided": "yellow",
    "not_a_statement": "dim",
}
_STATES = {"well": "green", "repaired": "yellow", "broken": "bold red"}


def hits(found: Hits) -> RenderableType:
    """Each hit with its title, place and passage, and how many there are in all."""
    parts: list[RenderableType] = []
    for hit in found:
        parts += [_hit_head(hit), Padding(_passage(hit), (0, 0, 0, 4))]
        if hit.terms:
            shared = Text("in common: ", style="dim").append(one_line(", ".join(hit.terms)))
            parts.append(Padding(shared, (0, 0, 0, 4)))
        if hit.explanation:
            parts.append(Padding(_explanation(hit.explanation), (0, 0, 0, 4)))
        parts.append(Text(""))
    if found.truncated:
        last = found.offset + len(found)
        parts.append(Text(f"{found.offset + 1}–{last} of {found.total}; --offset {last} for more"))
    return Group(*parts)


def _hit_head(hit: Hit) -> Text:
    head = Text(f"{hit.rank:>2}. ", style="dim")
    head.append(one_line(hit.title), style="bold cyan")
    if hit.heading:
        head.append(f" › {one_line(hit.heading)}", style="cyan")
    if hit.date:
        head.append(f"  {shown_date(hit.date)}", style="green")
    head.append(f"\n    {plain.place(hit.path, hit.line)}  {hit.post_id}", style="dim")
    return head


def _explanation(explanation: Explanation) -> Tree:
    """The numbers behind a score as a tree, with lines."""
    tree = Tree(Text(clean(next(explanation.lines())), style="yellow"), guide_style="dim")
    for detail in explanation.details:
        tree.add(_explanation(detail))
    return tree


def _passage(hit: Hit) -> Text:
    snippet = one_line_snippet(hit.snippet)
    text = Text(snippet.text)
    for span in snippet.spans:
        text.stylize(_MARK, span.start, span.end)
    return text


def posts(found: PostList) -> RenderableType:
    """A table of posts."""
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("id", "date"):
        table.add_column(name, no_wrap=True)
    for name in ("chars", "formulas", "copies"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("title", style="bold", overflow="fold")
    for post in found:
        table.add_row(*(Text(cell) for cell in plain.post_row(post)))
    return table


def post(shown: FullPost, *, width: int) -> RenderableType:
    """Head, and text with its headings and captions set off and its formulas drawn."""
    parts: list[RenderableType] = [Text(one_line(shown.title), style="bold cyan")]
    facts = Table.grid(padding=(0, 2, 0, 0))
    for name, value in plain.post_facts(shown):
        facts.add_row(Text(name, style="dim"), Text(value))
    parts += [facts, Text("")]
    for block in shown.blocks:
        for piece in drawn_block(shown.text, block, shown.formulas, width=width):
            style = "cyan" if piece.is_display else _BLOCKS[block.kind]
            wrap = not piece.is_display
            parts.append(
                Text(piece.text, style=style, no_wrap=not wrap, overflow=None if wrap else "crop")
            )
        parts.append(Text(""))
    if shown.truncated:
        parts.append(Text("(the source stops here, at a link to the full post)", style="dim"))
    return Group(*parts)


def duplicates(found: Duplicates) -> RenderableType:
    """Each group with its copies, and what differs marked in both passages."""
    parts: list[RenderableType] = []
    for group in found:
        head = Text(one_line(group.title), style="bold cyan")
        head.append(f"  {group.kind}", style="yellow").append(f"  {group.post_id}", style="dim")
        parts.append(head)
        for member in group.members:
            kept = "kept" if member.kept else f"like it {member.similarity:.2f}"
            where = f"  {plain.place(member.path, member.line)}-{member.end_line}"
            parts.append(Text(where).append(f"  {kept}", style="green" if member.kept else "dim"))
        for difference in group.differences:
            at = plain.place(difference.path, difference.line)
            parts.append(Text(f"    at {at}", style="dim"))
            parts += _compared(one_line(difference.kept), one_line(difference.other))
        parts.append(Text(""))
    return Group(*parts)


def _compared(kept: str, other: str) -> list[RenderableType]:
    left, right = Text("- ", style="red"), Text("+ ", style="green")
    left.append(kept or "(nothing)", style="not red")
    right.append(other or "(nothing)", style="not green")
    if kept and other:
        matcher = SequenceMatcher(None, kept, other, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                left.stylize("bold red", a + 2, b + 2)
                right.stylize("bold green", c + 2, d + 2)
    return [Padding(left, (0, 0, 0, 4)), Padding(right, (0, 0, 0, 4))]


def formulas(found: Formulas) -> RenderableType:
    """A table of formulas, each on one line."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(style="green", no_wrap=True)
    table.add_column(style="bold", overflow="fold")
    for formula in found:
        table.add_row(*(Text(cell) for cell in plain.formula_row(formula)))
    return table


def formula_hits(found: FormulaHits, *, width: int) -> RenderableType:
    """Each hit drawn, with how it answers, its LaTeX with that part marked, and the bindings."""
    parts: list[RenderableType] = []
    for hit in found:
        head = Text(f"{hit.rank:>2}. ", style="dim").append(hit.match, style="yellow")
        head.append(f"  {clean(hit.formula.id)}", style="bold cyan")
        head.append(f"  {plain.place(hit.formula.path, hit.formula.line)}", style="dim")
        parts += [head, _drawing(hit.formula.latex, hit.formula.display, width)]
        parts.append(Padding(_marked(hit), (0, 0, 0, 4)))
        for name, latex in hit.bindings.items():
            bound = Text(f"{name} = ", style="yellow").append(one_line(latex), style="not yellow")
            parts.append(Padding(bound, (0, 0, 0, 4)))
        parts.append(Text(""))
    return Group(*parts)


def _marked(hit: FormulaHit) -> Text:
    latex, span = clean(hit.formula.latex).replace("\n", " "), hit.matched_span
    text = Text(latex, style="dim")
    text.stylize("not dim bold", span.start, span.end)
    return text


def _drawing(latex: str, display: bool, width: int) -> Text:
    drawing = Formula(latex, display).to_text(width=width - 4)
    lines = [f"    {line}" for line in clean(drawing).split("\n")]
    return Text("\n".join(lines), no_wrap=True, overflow="crop")


def concordance(found: Concordance, *, width: int) -> RenderableType:
    """A formula drawn, its place and sentence, and where else it occurs."""
    formula = found.formula
    head = Text(clean(formula.id), style="bold cyan").append(f"  {one_line(found.title)}")
    where = Text(plain.place(formula.path, formula.line), style="dim")
    parts: list[RenderableType] = [head, where, Text("")]
    parts += [_drawing(formula.latex, formula.display, width), Text("")]
    parts += [Text(one_line(formula.latex), style="dim"), Text("")]
    parts.append(Text(drawn_in_line(found.sentence)))
    for hit in found.others:
        line = Text(f"\n{hit.match}", style="yellow")
        line.append(f"  {clean(hit.formula.id)}", style="cyan")
        line.append(f"  {one_line(found.titles[hit.formula.post_id])}", style="not yellow")
        line.append(f"  {plain.place(hit.formula.path, hit.formula.line)}", style="dim")
        parts.append(line)
        if hit.match == "renamed":
            parts.append(_drawing(hit.formula.latex, hit.formula.display, width))
    return Group(*parts)


def checks(report: CheckReport, *, width: int) -> RenderableType:
    """Each formula that states something, drawn, with a table of its statements' verdicts."""
    parts: list[RenderableType] = []
    for result in worth_showing(report):
        head = Text(clean(result.formula_id or "formula"), style="bold cyan")
        if result.line is not None:
            head.append(f"  {plain.place(result.path, result.line)}", style="not bold dim")
        parts += [head, _drawing(result.latex, True, width), Text("")]
        parts += [_problem_lines(result), _verdicts(result), Text("")]
    return Group(*parts, Text(summary(report), style="bold"))


def _problem_lines(result: CheckedFormula) -> Text:
    text = Text()
    for problem in result.problems:
        style = "bold red" if problem.severity == "error" else "yellow"
        text.append(f"    {problem.severity}", style=style)
        text.append(f"  column {problem.span.start + 1}: {clean(problem.message)}")
        text.append(f"  [{problem.code}]\n", style="dim")
    return text


def _verdicts(result: CheckedFormula) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=4)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for statement in result.statements:
        verdict = Text(WORDS[statement.verdict], style=_VERDICTS[statement.verdict])
        said = Text(drawn(statement.latex), style="bold")
        said.append(f"  {statement.kind.replace('_', ' ')}", style="not bold dim")
        for name, value in details(statement):
            said.append(f"\n{name} ", style="not bold dim")
            said.append(value, style="not bold")
        table.add_row("", verdict, said)
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
        table.add_row(Text(group.source), Text(one_line(" = ".join(group.names))))
    return Group(table, Text(f"yours: {clean(found.file)}", style="dim"))


def previewed(found: Preview) -> RenderableType:
    """What an add would read."""
    return Text("\n".join(plain.previewed(found)))


def removed(report: RemoveReport) -> RenderableType:
    """What a remove did."""
    return Text("\n".join(plain.removed(report)))


def doctor(report: DoctorReport) -> RenderableType:
    """A table of what was looked at."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for finding in report.findings:
        state = Text(finding.state, style=_STATES[finding.state])
        table.add_row(Text(finding.name), state, Text(clean(finding.message)))
    return Group(Text(f"library: {clean(report.library)}", style="dim"), table)


def backup(report: BackupReport) -> RenderableType:
    """What a backup holds."""
    return Text("\n".join(plain.backup(report)))
