"""Results for a person at a terminal, as Rich renderables: colour, columns, marked words."""

from difflib import SequenceMatcher

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from blogkit.reports import AddReport, DoctorReport, Duplicates, FullPost, Posts, RemoveReport
from blogkit.search.hits import Hit, Hits
from blogkit.views import plain
from blogkit.views.clean import clean, one_line, one_line_snippet, shown_date

_MARK = "bold yellow"
_STATES = {"well": "green", "repaired": "yellow", "broken": "bold red"}


def hits(found: Hits) -> RenderableType:
    """Each hit with its title, place and passage, and how many there are in all."""
    parts: list[RenderableType] = []
    for hit in found:
        parts += [_hit_head(hit), Padding(_passage(hit), (0, 0, 1, 4))]
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


def _passage(hit: Hit) -> Text:
    snippet = one_line_snippet(hit.snippet)
    text = Text(snippet.text)
    for span in snippet.spans:
        text.stylize(_MARK, span.start, span.end)
    return text


def posts(found: Posts) -> RenderableType:
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


def post(shown: FullPost) -> RenderableType:
    """Head, and text with its headings and captions set off."""
    parts: list[RenderableType] = [Text(one_line(shown.title), style="bold cyan")]
    facts = Table.grid(padding=(0, 2, 0, 0))
    for name, value in plain.post_facts(shown):
        facts.add_row(Text(name, style="dim"), Text(value))
    parts += [facts, Text("")]
    styles = {"heading": "bold", "caption": "italic dim", "code": "green", "paragraph": ""}
    for block in shown.blocks:
        text = Text(clean(block.span.of(shown.text)), style=styles[block.kind])
        parts += [text, Text("")]
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


def added(report: AddReport) -> RenderableType:
    """What an add or sync did."""
    return Text("\n".join(plain.added(report)))


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
