r"""LaTeX's text with all that its macros make: what TeX calls the gullet, with bounds.

Comments go, listings are set apart, definitions are taken, ``\if`` is followed, terms of the
glossary become their names and macros what they stand for. A macro that does not end is left as it
is written, and what comes after it is still read. Every line break of the file stays: as itself, or
as a mark.
"""

import re
from collections.abc import Callable

from blogkit.sources.elements import name_set
from blogkit.sources.tex.definitions import DEFINITIONS, paired
from blogkit.sources.tex.glossary import ENTRIES, term
from blogkit.sources.tex.hidden import Hidden
from blogkit.sources.tex.state import GROUP, Macro, State
from blogkit.sources.tex.stream import BREAK_MARK, Stream, breaks

EXPANSIONS = 500
"""Macros expanded for one that stands in the file."""
GROWTH_CHARS = 20_000
"""How much longer than written a macro may become."""
EXPANSIONS_OF_FILE = 100_000
"""Macros expanded in one file; the others stay as they are written."""
EXPANDED_CHARS, EXPANDED_CHARS_OF_ONE = 2_000_000, 10
"""How many characters macros of a file may become, and how many more for each that it has: what
stands within many macros is read again for each."""
CODE_MARK = "blogkit-code"
"""Name of the environment that stands for a listing."""
_TOKEN = re.compile(r"\\([A-Za-z@]+)|\\.|(?P<comment>%[^\n]*)", re.DOTALL)
_LINE_END = re.compile(r"\n")
_ENDS_SENTENCE = tuple(".。!！?？:：;；}")
_VERB = re.compile(r"\*?([^A-Za-z\s*])(.*?)\1")
_ENVIRONMENT = re.compile(r"\s*\{([^{}\n\\]{1,60})\}")
_LISTINGS = name_set("verbatim lstlisting minted Verbatim BVerbatim LVerbatim alltt")
_PASSED_OVER = name_set("comment filecontents filecontents*")
_LISTING_OPTIONS = re.compile(r"(?:\[[^\]\n]{0,1000}\])?(?:\{[^{}\n]{0,1000}\})?\n?")
_CONDITION = re.compile(r"(?<!\\)(?:\\\\)*%[^\n]*|\\(else|fi|if[A-Za-z@]*)(?![A-Za-z@])")
_PRIMITIVES = name_set(
    """
    if ifx ifcat ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox iftrue
    iffalse ifcase ifdefined ifcsname ifeof iffontchar ifpdf ifPDFTeX ifxetex ifXeTeX ifluatex
    ifLuaTeX ifpdftex
    """
)
_FALSE = name_set("iffalse ifmmode ifinner ifvoid ifeof ifxetex ifXeTeX ifluatex ifLuaTeX")
_TRUE = name_set("iftrue ifpdf ifPDFTeX ifpdftex")
_NUMBERS = re.compile(r"\s*(-?\d+)\s*([<>=])\s*(-?\d+)\s?")
_COMMAND = re.compile(r"\s*\\([A-Za-z@]+)\s?")
_TO_CSNAME_END = re.compile(r"([^\\]{0,80})\\endcsname\s?")
_FAILURES_BORNE = 20
_INPUTS = {"input": 1, "include": 1, "subfile": 1, "subfileinclude": 1, "loadglsentries": 1,
           "import": 2, "subimport": 2, "includefrom": 2, "subincludefrom": 2, "inputfrom": 2,
           "subinputfrom": 2}  # fmt: skip
"""What reads another file, with how many arguments say its name."""
_PACKAGES = {"usepackage": ".sty", "RequirePackage": ".sty", "documentclass": ".cls",
             "LoadClass": ".cls"}  # fmt: skip
_BARE_NAME = re.compile(r"\s*([^\s{}\\%]{1,200})")
_PREFIXES = ("global", "long", "protected", "outer")
_GERMAN = re.compile(r"\b(?:n?german|naustrian|nswissgerman)\b")

_OWN_MACROS = {
    "texorpdfstring": Macro("#1", (GROUP, GROUP)),
    "href": Macro("#2", (GROUP, GROUP)),
    "IEEEnonumber": Macro(r"\nonumber"),
    "enquote": Macro("“#1”", (GROUP,)),
    "textquote": Macro("“#1”", (GROUP,)),
}
"""Commands of packages that are read as macros, where no file defines them."""

Follow = Callable[[str, str, State], None]
"""What reads a file that another one names: its name, and the ending that it has if it has none."""


def _follow_nothing(_name: str, _ending: str, _state: State) -> None:
    """A file by itself."""


def expand(
    text: str, state: State, *, hidden: Hidden, codes: list[str], follow: Follow = _follow_nothing
) -> str:
    r"""A text as it is after all of its macros.

    Args:
        text: the file.
        state: what is known where it begins; what it defines is added.
        hidden: what keeps code in a line and addresses apart.
        codes: where its listings go; ``\begin{blogkit-code}`` stands for each.
        follow: reads the files that it names.

    >>> expand(r"\newcommand\R{\mathbb R}$x\in\R$", State(), hidden=Hidden(), codes=[])
    '$x\\in\\mathbb R$'
    """
    return _Expansion(text, state, hidden, codes, follow).run()


class _Expansion:
    """One file while it is expanded."""

    def __init__(
        self, text: str, state: State, hidden: Hidden, codes: list[str], follow: Follow
    ) -> None:
        self._text = text
        self._stream = Stream(text)
        self._state = state
        self._hidden = hidden
        self._codes = codes
        self._follow = follow
        self._out: list[str] = []
        self._left = EXPANSIONS_OF_FILE
        self._left_chars = EXPANDED_CHARS + EXPANDED_CHARS_OF_ONE * len(text)
        self._endless: set[str] = set()
        # The conditions that are open, outermost first: whether both branches are kept.
        self._conditions: list[bool] = []
        self._failures = 0
        # Of the macro of the file that is being expanded: where it and its output begin.
        self._began = (0, 0, "")
        self._steps = 0

    def run(self) -> str:
        while not self._stream.is_done:
            before, match = self._stream.search(_TOKEN)
            self._write(before)
            if match is None:
                continue
            if match["comment"]:
                self._comment(match["comment"])
            elif match[1]:
                self._command(match[1])
            else:
                self._character(match.group())
        return "".join(self._out)

    def _write(self, piece: str) -> None:
        """Write a piece; a letter behind a command's name does not join it."""
        last = self._out[-1][-60:] if self._out else ""
        if piece:
            self._out.append(_apart(last, piece) + piece)

    def _comment(self, written: str) -> None:
        """What stays of a line of comment: nothing in a sentence, behind one a paragraph's end."""
        place = self._stream.place - len(written)
        start = self._text.rfind("\n", 0, place) + 1
        if self._stream.pushed_chars or self._text[start:place].strip():
            return
        if self._stream.take(_LINE_END):
            before = self._text[max(0, start - 3) : start].rstrip()
            self._out.append("\n" if before[-1:] in _ENDS_SENTENCE else BREAK_MARK)

    def _character(self, written: str) -> None:
        macro = self._state.macros.get(written[1])
        if macro is not None:
            self._expand_macro(written, macro)
        else:
            self._out.append(written)

    def _command(self, name: str) -> None:
        taken = self._stream.breaks_taken
        handled = self._handled(name)
        if handled is None:
            self._write("\\" + name)
        else:
            lost = self._stream.breaks_taken - taken - breaks(handled)
            self._write(handled + BREAK_MARK * max(0, lost))

    def _replace(self, taken: int, shown: str) -> str:
        """Put a text before the rest, in place of what was taken since; what is left to write.

        That is nothing, unless macros of this file became too much already.
        """
        shown = _with_breaks(shown, self._stream.breaks_taken - taken)
        self._stream.breaks_taken = taken
        self._left_chars -= len(shown)
        if self._left_chars < 0:
            return shown
        self._stream.push(shown)
        return ""

    def _handled(self, name: str) -> str | None:
        """What a command of LaTeX's own leaves in the text; None if it stays as it is."""
        state, stream = self._state, self._stream
        macro = state.macros.get(name) or _OWN_MACROS.get(name)
        if macro is not None:
            self._expand_macro("\\" + name, macro)
            return ""
        if name in DEFINITIONS:
            DEFINITIONS[name](state, stream)
            return ""
        if name in ENTRIES:
            ENTRIES[name](state, stream)
            return ""
        if name in ("begin", "end"):
            return self._environment(name)
        if name.startswith("if") or name in ("else", "fi", "nottoggle"):
            return self._condition(name)
        if name in _INPUTS or name in _PACKAGES:
            return self._named_files(name)
        return self._other(name)

    def _other(self, name: str) -> str | None:
        state, stream = self._state, self._stream
        if name in ("verb", "Verb", "lstinline", "mintinline"):
            return self._inline_code(name)
        if name in ("url", "nolinkurl", "path"):
            return self._address()
        taken = stream.breaks_taken
        if name == "blogkitpair":
            return self._replace(taken, paired(stream))
        if name in _PREFIXES:
            return ""
        for value in ("true", "false"):
            switch = name.removesuffix(value)
            if switch != name and switch in state.switches:
                state.switches[switch] = value == "true"
                return ""
        shown = term(name, state, stream)
        return None if shown is None else self._replace(taken, shown)

    def _expand_macro(self, written: str, macro: Macro) -> None:
        """Put what a macro stands for before the rest, unless there is no end to it."""
        stream = self._stream
        if not stream.pushed_chars:
            self._began = stream.place, len(self._out), written
            self._steps = 0
        self._steps += 1
        self._left -= 1
        taken = stream.breaks_taken
        is_left = written in self._endless or min(self._left, self._left_chars) < 0
        arguments = None if is_left else _arguments(stream, macro)
        if arguments is None or macro.is_alias:
            self._write(written if arguments is None else macro.body)
            return
        self._write(self._replace(taken, _filled(macro.body, arguments)))
        if self._steps > EXPANSIONS or self._is_too_long():
            self._give_up(written)

    def _is_too_long(self) -> bool:
        written = self._stream.place - self._began[0]
        return self._stream.pushed_chars > written + GROWTH_CHARS

    def _give_up(self, written: str) -> None:
        """Leave the macro of the file at hand as it is written, for good."""
        place, output, first = self._began
        self._endless |= {written, first}
        self._stream.go_to(place)
        del self._out[output:]
        self._out.append(first)

    def _environment(self, which: str) -> str | None:
        stream = self._stream
        taken = stream.breaks_taken
        match = stream.take(_ENVIRONMENT)
        if match is None:
            return None
        name, written = match[1].strip(), f"\\{which}{match.group()}"
        known = self._state.environments.get(name)
        if known is not None:
            self._expand_macro(written, known.begin if which == "begin" else Macro(known.end))
            return ""
        if which == "end" or stream.pushed_chars:
            return written
        if name.removesuffix("*") in _LISTINGS or name in self._state.listings:
            return self._listing(name, written)
        return written if name not in _PASSED_OVER else self._up_to_end(name, taken) or written

    def _listing(self, name: str, written: str) -> str:
        """The word that stands for a listing, with its line breaks."""
        start = self._stream.place
        options = _LISTING_OPTIONS.match(self._text, start)
        end = f"\\end{{{name}}}"
        close = self._text.find(end, start) if self._may_look_ahead else -1
        if close < 0:
            self._failures += 1
            return written
        opened = min(options.end() if options else start, close)
        self._codes.append(self._text[opened:close])
        self._stream.go_to(close + len(end))
        lead = "\n" * self._text.count("\n", start, opened)
        return rf"{lead}\begin{{{CODE_MARK}}}" + "\n" * self._text.count("\n", opened, close)

    def _up_to_end(self, name: str, taken: int) -> str | None:
        """What stays of an environment that is no text; None where it does not end."""
        start, end = self._stream.place, f"\\end{{{name}}}"
        close = self._text.find(end, start) if self._may_look_ahead else -1
        if close < 0:
            self._failures += 1
            return None
        self._stream.go_to(close + len(end))
        self._stream.breaks_taken = taken + self._text.count("\n", start, close)
        return " "

    def _inline_code(self, name: str) -> str | None:
        stream = self._stream
        if name in ("lstinline", "mintinline") and stream.following == "[":
            stream.option()
        if name == "mintinline":
            stream.group()
        verb = stream.take(_VERB) if stream.following != "{" else None
        code = verb[2] if verb else stream.raw_group() if stream.following == "{" else None
        return None if code is None else self._hidden.keep(_code_span(code)) if code else ""

    def _address(self) -> str | None:
        """An address, which may hold any character but unequal braces."""
        if self._stream.following != "{":
            return None
        address = self._stream.raw_group()
        return None if address is None else self._hidden.keep(address.replace("\\", ""))

    def _named_files(self, name: str) -> str | None:
        """Read the files that a command names, for what they define."""
        stream = self._stream
        if name in _PACKAGES:
            options, names = stream.option(), stream.group()
            if name != "documentclass" and names is None:
                return None
            self._state.is_german |= bool(_GERMAN.search(f"{options} {names}"))
            for one in (names or "").split(","):
                self._follow(one.strip(), _PACKAGES[name], self._state)
            return ""
        stream.take(re.compile(r"\*"))
        stream.option()
        if stream.following == "{" or _INPUTS[name] > 1:
            parts = [stream.group() or "" for _ in range(_INPUTS[name])]
        else:
            bare = stream.take(_BARE_NAME)
            parts = [bare[1]] if bare else []
        self._follow("/".join(part.strip().rstrip("/") for part in parts if part.strip()), ".tex",
                     self._state)  # fmt: skip
        return ""

    def _condition(self, name: str) -> str | None:
        """Follow a condition: what is not the case is passed over."""
        if name in ("else", "fi"):
            return self._end_of_branch(name) if self._conditions else ""
        if name in ("ifthenelse", "iftoggle", "nottoggle"):
            return self._chosen(name)
        if name not in _PRIMITIVES and name[2:] not in self._state.switches:
            return None
        holds = self._holds(name)
        if holds is not False:
            self._conditions.append(holds is None)
        elif self._pass_over(to_else=True) == "else":
            self._conditions.append(False)
        return ""

    def _end_of_branch(self, name: str) -> str:
        if name == "else" and self._conditions[-1]:
            return " "
        if name == "fi" or self._pass_over(to_else=False) == "fi":
            self._conditions.pop()
        return ""

    def _holds(self, name: str) -> bool | None:
        """Whether a condition holds; None where only TeX could say, so that both branches stay."""
        stream, state = self._stream, self._state
        if name[2:] in state.switches:
            return state.switches[name[2:]]
        if name in _TRUE or name in _FALSE:
            return name in _TRUE
        if name == "ifdefined":
            command = stream.take(_COMMAND)
            return command is not None and self._is_known(command[1])
        if name == "ifcsname":
            told = stream.take(_TO_CSNAME_END)
            return told is not None and self._is_known(told[1].strip())
        if name == "ifx":
            return self._are_same()
        numbers = stream.take(_NUMBERS) if name in ("ifnum", "ifdim") else None
        if numbers is None:
            return None
        left, right = int(numbers[1]), int(numbers[3])
        return {"<": left < right, ">": left > right, "=": left == right}[numbers[2]]

    def _are_same(self) -> bool | None:
        left, right = self._stream.take(_COMMAND), self._stream.take(_COMMAND)
        if left is None or right is None:
            return None
        if right[1] in ("undefined", "@undefined", "relax"):
            return not self._is_known(left[1])
        return left[1] == right[1] or self._state.macros.get(left[1]) == self._state.macros.get(
            right[1]
        )

    def _is_known(self, name: str) -> bool:
        return name in self._state.macros or name in DEFINITIONS or name in _INPUTS

    def _chosen(self, name: str) -> str | None:
        r"""The branch that ``\ifthenelse{\boolean{x}}{…}{…}`` takes; both where none can say."""
        stream = self._stream
        taken = stream.breaks_taken
        test, yes, no = (stream.group() for _ in range(3))
        if test is None or yes is None or no is None:
            return ""
        switch = re.fullmatch(r"\s*(?:\\boolean\s*\{(\w+)\}|([A-Za-z]\w*))\s*", test)
        holds = self._state.switches.get(switch[1] or switch[2]) if switch else None
        if holds is None:
            return self._replace(taken, f"{yes} {no}")
        return self._replace(taken, yes if holds != (name == "nottoggle") else no)

    def _pass_over(self, *, to_else: bool) -> str:
        r"""Go behind the ``\else`` or ``\fi`` of the condition at hand, and say which it is."""
        level = 0
        for part, match in self._stream.matches(_CONDITION) if self._may_look_ahead else ():
            name = match[1] or ""
            is_end = level == 0 and (name == "fi" or (to_else and name == "else"))
            if is_end:
                self._stream.go_behind(part, match)
                return name
            if name == "fi":
                level -= 1
            elif name in _PRIMITIVES or name[2:] in self._state.switches:
                level += 1
        self._failures += 1
        return ""

    @property
    def _may_look_ahead(self) -> bool:
        """Whether the end of the file may be looked for once more: each failure reads all of it."""
        return self._failures < _FAILURES_BORNE


def _arguments(stream: Stream, macro: Macro) -> list[str] | None:
    """What a macro takes; None where it is not there."""
    if macro.prefix:
        stream.skip_space()
        if stream.take(re.compile(re.escape(macro.prefix))) is None:
            return None
    taken: list[str] = []
    for argument in macro.arguments:
        if argument.kind == "option":
            option = stream.option()
            taken.append(argument.text if option is None else option)
        elif argument.kind == "star":
            taken.append("*" if stream.take(re.compile(r"\*")) else "")
        else:
            told = stream.argument() if argument.kind == "group" else stream.until(argument.text)
            if told is None:
                return None
            taken.append(told)
    return taken


_ENDS_IN_NAME = re.compile(r"\\[A-Za-z@]+$")
_PARAMETER = re.compile(r"(\\[A-Za-z@]+)?(?:##|#(\d))(?=(.?))", re.DOTALL)


def _filled(body: str, arguments: list[str]) -> str:
    """A macro's body with its arguments in place, commands kept from joining letters."""

    def put(match: re.Match[str]) -> str:
        before = match[1] or ""
        if match[2] is None:
            return before + "#"
        number = int(match[2])
        told = arguments[number - 1] if 1 <= number <= len(arguments) else ""
        return before + _apart(before, told) + told + _apart(told[-60:], match[3])

    return _PARAMETER.sub(put, body)


def _apart(before: str, behind: str) -> str:
    """The space that keeps a command's name from what comes behind it, where one is needed."""
    is_letter = behind[:1].isascii() and behind[:1].isalpha()
    return " " if is_letter and _ENDS_IN_NAME.search(before) else ""


def _with_breaks(shown: str, wanted: int) -> str:
    """What a macro makes, with as many line breaks as it took of the file."""
    found = breaks(shown)
    if found > wanted:
        shown, found = re.sub("[\n\ue0f5]", " ", shown), 0
    return shown + BREAK_MARK * (wanted - found)


def _code_span(code: str) -> str:
    """Code in a line between as many ticks as keep formulas from being looked for in it."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    ticks, pad = "`" * (longest + 1), " " if longest else ""
    return f"{ticks}{pad}{' '.join(code.split())}{pad}{ticks}"
