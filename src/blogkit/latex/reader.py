r"""Reads lists, groups, arguments and scripts: the part of the grammar that all commands share.

A `Reader` goes down the grammar of math lists (TeXbook, chapter 26): a row of nuclei with scripts,
where a nucleus is a symbol, a group, or a command with the arguments that the table in `commands`
gives it. Every list knows at which tokens it ends. When a list meets the end of a construct
further out, it ends too and says what it missed; any other stray token is kept as `Raw`. So a
fault costs as little of the tree as can be.

What a command does beyond its arguments is a handler, registered in `HANDLERS` by the modules that
`parser` puts together. A level of nesting takes at most five frames of Python's stack.
"""

from collections.abc import Callable, Mapping

from blogkit.language import Message
from blogkit.latex.builders import Arguments, fraction
from blogkit.latex.commands import COMMANDS, Command
from blogkit.latex.lexer import Token, join_latex
from blogkit.latex.macros import Macro
from blogkit.latex.marks import (
    AT_BRACE,
    AT_BRACKET,
    AT_END,
    BROKEN_IN_FIELD,
    CLOSERS,
    COMPLETION,
    INFIX,
    LIMITS,
    NO_ARGUMENT,
    NO_BASES,
    NO_CHARS,
    NOT_IN_FIELD,
    OPENS,
    SCRIPT_STARTS,
    STRAYS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SWITCHES,
)
from blogkit.latex.nodes import (
    MAX_DEPTH,
    Atom,
    Chars,
    Classed,
    Delimiter,
    Node,
    Operator,
    OperatorName,
    Raw,
    Row,
    Scripts,
    Unknown,
    Verbatim,
)
from blogkit.latex.stream import Stream
from blogkit.latex.symbols import (
    DELIMITERS,
    ONE_CHAR_OPERATORS,
    OPERATORS,
    SYMBOLS,
    TEXT_SYMBOLS,
    class_of_char,
)
from blogkit.latex.written import written_argument
from blogkit.spans import Span

Handler = Callable[["Reader", Token], Node | None]
"""Reads what a token begins; None where the list that it stands in ends before it."""

HANDLERS: dict[str, Handler] = {}
"""Text of a token -> its handler. Filled by the modules that `parser` imports."""


class Reader:
    """One formula being read. Handlers of commands read from it and hand back nodes."""

    def __init__(self, latex: str, macros: Mapping[str, Macro]) -> None:
        self.latex = latex
        self.stream = Stream(latex, macros)
        self.definitions = dict(macros)
        self.in_text = False
        self.environments: list[str] = []
        self._depth = 0
        self._stops: frozenset[str] | None = AT_END
        self._open = dict.fromkeys([*CLOSERS.values(), "]"], 0)

    # ---- lists

    def items(self, stops: frozenset[str], switch: str = "") -> list[Node]:
        """The nodes up to a token of stops, the end of something further out, or the end.

        Args:
            stops: texts of the tokens that end the list; they are not taken.
            switch: the kind of switch whose reach is being read; another of that kind ends it.
        """
        if self._depth >= MAX_DEPTH:
            return self._skip(stops)
        self._depth += 1
        outer_stops, self._stops = self._stops, stops
        nodes: list[Node] = []
        # Text is read by a call, math right here: each call would cost a frame at every level.
        more = self._read_text(nodes, stops, switch) if self.in_text else True
        while more:
            token = self.stream.peek()
            text = token.text
            if not text or text in stops or (switch and SWITCHES.get(text) == switch):
                break
            if text in INFIX and switch:
                break
            if text in INFIX:
                nodes = self._with_infix(nodes, token, stops)
                if self.stream.peek().text == "\\middle":
                    continue
                break
            node = HANDLERS.get(text, Reader.plain)(self, token)
            if node is None:
                break
            if self.stream.peek().text in SCRIPT_STARTS and not isinstance(node, NO_BASES):
                node = self._scripts(node, node.span.start)
            nodes.append(node)
        self._stops = outer_stops
        self._depth -= 1
        return nodes

    def items_to_end(self, switch: str) -> list[Node]:
        """The rest of the list being read, as the reach of a switch; nothing without a list."""
        return [] if self._stops is None else self.items(self._stops, switch)

    def _read_text(self, nodes: list[Node], stops: frozenset[str], switch: str) -> bool:
        """Reads a list of text into nodes; returns False, as nothing is left to read."""
        while True:
            token = self.stream.peek_in_text()
            if not token.text or token.text in stops:
                return False
            if switch and SWITCHES.get(token.text) == switch:
                return False
            node = self.text_handler(token)(self, token)
            if node is None:
                return False
            nodes.append(node)

    def plain(self, token: Token) -> Node | None:
        """A symbol, a character, or what nobody knows; None where the list ends before it."""
        text = token.text
        symbol = SYMBOLS.get(text)
        if symbol is not None:
            self.stream.take()
            return Atom(Span(token.start, token.end), text, *symbol)
        if text in CLOSERS:
            return self.stray(token)
        self.stream.take()
        if text[0] == "\\":
            return self._verbatim(token) or self.unknown(token)
        return self._character(text, Span(token.start, token.end))

    def _verbatim(self, token: Token) -> Verbatim | None:
        """A whole `\\verb|…|`, which is one token."""
        text = token.text
        if len(text) < 7 or not text.startswith("\\verb") or text[5].isalpha():
            return None
        return Verbatim(Span(token.start, token.end), text, text[5:].removeprefix("*")[1:-1])

    def _character(self, text: str, span: Span) -> Node:
        operator = ONE_CHAR_OPERATORS.get(text)
        if operator is not None:
            return Operator(span, text, *operator)
        if text[0] < " " or text[0] == "\x7f" or "\ud800" <= text[0] <= "\udfff":
            message = Message(
                "expected a character that can be set, found U+{code:04X}", code=ord(text[0])
            )
            self.stream.problem("invalid-character", message, span.start, span.end)
        return Atom(span, text, text, class_of_char(text))

    def unknown(self, token: Token) -> Unknown:
        """A node and a warning for a command that nobody knows; the token is taken already."""
        message = Message("unknown command {text}", text=token.text)
        self.stream.problem("unknown-command", message, token.start, token.end, warning=True)
        return Unknown(Span(token.start, token.end), token.text)

    def enter_cells(self, change: int) -> None:
        """Notes that rows and columns begin (1) or end (-1), where `&` belongs."""
        self._open["&"] += change

    # ---- ends and strays

    def stray(self, token: Token) -> Node | None:
        """None where something further out waits for this end; else an error, and Raw."""
        text = token.text
        if self._open[CLOSERS[text]]:
            return None
        self.stream.take()
        latex = text
        if text == "\\right":
            delimiter = self.stream.peek()
            latex = "\\right."
            if delimiter.text in DELIMITERS:
                latex = join_latex([text, self.stream.take().text])
        elif text == "\\end":
            latex = f"\\end{{{self.stream.raw_argument() or ''}}}"
        code, expected = STRAYS[text]
        span = self.span_from(token.start)
        message = Message(
            "expected {expected}, found '{latex}' alone", expected=expected, latex=latex
        )
        self.stream.problem(code, message, span.start, span.end)
        return Raw(span, latex, code)

    def raw(self, code: str, message: str, token: Token) -> Raw:
        """Takes the next token, keeps it as Raw, and reports an error."""
        self.stream.take()
        self.stream.problem(code, message, token.start, token.end)
        return Raw(Span(token.start, token.end), token.text, code)

    def waiting_for(self, closer: str, change: int) -> None:
        """Notes that a construct opened (1) or ended (-1) that waits for a closing token."""
        self._open[closer] += change

    def is_waiting_for(self, closer: str) -> bool:
        """Whether something that was opened waits for a closing token."""
        return self._open[closer] > 0

    def span_from(self, start: int) -> Span:
        """From a start to the end of what was taken last."""
        return Span(start, max(start, self.stream.last_end))

    def missing(self, code: str, expected: str) -> None:
        """Reports that something was expected where now another thing stands."""
        self.stream.missing(code, expected, in_text=self.in_text)

    def _skip(self, stops: frozenset[str]) -> list[Node]:
        """The rest of a group that is nested too deeply, as one node."""
        stream = self.stream
        texts: list[str] = []
        inner: list[str] = []
        counts = dict.fromkeys(COMPLETION, 0)
        first = stream.peek_raw()
        while stream.peek_raw().text:
            text = stream.peek_raw().text
            if text in OPENS:
                inner.append(OPENS[text])
                counts[OPENS[text]] += 1
            elif counts.get(text):
                while inner:
                    closer = inner.pop()
                    counts[closer] -= 1
                    if closer == text:
                        break
            elif (not inner and text in stops) or self._open.get(CLOSERS.get(text, ""), 0):
                break
            texts.append(text)
            stream.take()
        if not texts:
            return []
        if not stream.peek_raw().text:
            texts.extend(COMPLETION[closer] for closer in reversed(inner))
        span = self.span_from(first.start)
        message = Message(
            "expected at most {max_depth} groups within each other, found more", max_depth=MAX_DEPTH
        )
        stream.problem("too-deep", message, span.start, span.end)
        return [Raw(span, join_latex(texts), "too-deep")]

    # ---- groups and arguments

    def group(self, owner: str) -> Row:
        """A group in braces that comes next. The owner is named where the group is not closed."""
        opening = self.stream.take()
        self._open["}"] += 1
        brackets, self._open["]"] = self._open["]"], 0
        nodes = self.items(AT_BRACE)
        self._open["]"] = brackets
        self._open["}"] -= 1
        closing = self.stream.peek_in_text() if self.in_text else self.stream.peek()
        if closing.text in AT_BRACE:
            self.stream.take()
        else:
            self.missing("missing-brace", Message("'}}' to close {owner}", owner=owner))
        return Row(self.span_from(opening.start), tuple(nodes), True)

    def argument(self, owner: Token) -> Row:
        """An argument of a command: a group, or the next token (TeXbook, chapter 20)."""
        self.stream.skip_spaces()
        if self.stream.next_is_macro():
            # The call alone is the argument; its replacement must not spill out of it.
            call = self.stream.take()
            self.stream.put_back(
                [Token("{", call.start, call.end), call, Token("}", call.start, call.end)]
            )
        token = self.stream.peek()
        if token.text == "{":
            return self.group(owner.text)
        command = COMMANDS.get(token.text)
        if command is not None and command.arguments.strip("*qo") and not self.in_text:
            message = Message(
                "expected braces around {text} as argument of {owner}, found none",
                text=token.text,
                owner=owner.text,
            )
            self.stream.problem("unbraced-argument", message, token.start, token.end)
        return self._bare(owner, Message("an argument of {text}", text=owner.text))

    def field(self, owner: Token, expected: str) -> Row:
        """A group, a symbol, or a command that makes its own group (TeXbook, p. 291)."""
        token = self.stream.peek()
        if token.text in ("{", "\\bgroup"):
            return self.group(owner.text)
        command = COMMANDS.get(token.text)
        bad = command is not None and not command.in_field and command.node in NOT_IN_FIELD
        if bad and owner.text in "^_'":
            message = Message(
                "expected braces around {text} as {expected}, found none",
                text=token.text,
                expected=expected,
            )
            drawn = command is not None and command.node not in BROKEN_IN_FIELD
            self.stream.problem("unbraced-argument", message, token.start, token.end, warning=drawn)
        return self._bare(owner, expected)

    def _bare(self, owner: Token, expected: str) -> Row:
        """An argument without braces."""
        if self.in_text:
            self.stream.skip_spaces()
        token = self.stream.peek()
        start = self.stream.last_end
        if token.text in NO_ARGUMENT or (token.text == "]" and self._open["]"]):
            self.missing("missing-argument", expected)
            return Row(Span(start, start), ())
        if self._depth >= MAX_DEPTH:
            nodes = self._skip(AT_END)
            return Row(self.span_from(token.start), tuple(nodes))
        # Printed in braces, it must not hold a brace that closes them, nor reach beyond itself.
        self._depth += 1
        self._open["}"] += 1
        outer_stops, self._stops = self._stops, None
        handler = (
            self.text_handler(token) if self.in_text else HANDLERS.get(token.text, Reader.plain)
        )
        node = handler(self, token)
        self._stops = outer_stops
        self._open["}"] -= 1
        self._depth -= 1
        if node is None:
            self.missing("missing-argument", expected)
            return Row(Span(start, start), ())
        return Row(node.span, (node,))

    def option(self) -> Row | None:
        """Math in brackets, if they come next."""
        opening = self.stream.peek()
        if opening.text != "[":
            return None
        self.stream.take()
        self._open["]"] += 1
        nodes = self.items(AT_BRACKET)
        self._open["]"] -= 1
        if self.stream.peek().text == "]":
            self.stream.take()
        else:
            self.missing("missing-bracket", Message("']' to close '['"))
        return Row(self.span_from(opening.start), tuple(nodes), True)

    def arguments(self, owner: Token, command: Command) -> Arguments:
        """The arguments that the table gives a command."""
        given = Arguments()
        for letter in command.arguments:
            if letter == "m":
                given.rows.append(self.argument(owner))
            elif letter == "p":
                given.rows.append(
                    self.field(owner, Message("an argument of {text}", text=owner.text))
                )
            elif letter == "t":
                was_in_text, self.in_text = self.in_text, True
                given.rows.append(self.argument(owner))
                self.in_text = was_in_text
            elif letter == "o":
                given.option = self.option()
            elif letter == "*":
                if self.stream.peek_raw().text == "*":
                    self.stream.take()
                    given.star = "*"
            else:
                given.raws.append(written_argument(self.stream, owner, letter))
        return given

    # ---- text

    def text_handler(self, token: Token) -> "Handler":
        """What reads a token in text, where letters are words and spaces count."""
        text = token.text
        if text in TEXT_SYMBOLS:
            return Reader.plain
        command = COMMANDS.get(text)
        if text in ("{", "$", "\\bgroup", "\\") or (command and "t" in command.modes):
            return HANDLERS[text]
        if command or text in CLOSERS or text in OPERATORS or text in ("^", "_", "&", "#"):
            return Reader._not_text
        if text[0] != "\\":
            return Reader._chars
        return Reader._not_text if text in SYMBOLS else Reader.plain

    def _chars(self, first: Token) -> Chars:
        """A run of characters."""
        stream = self.stream
        run = [stream.take().text]
        while self._stops is not None:
            text = stream.peek_in_text().text
            if not text or text[0] == "\\" or text in NO_CHARS or (text == "]" and self._open["]"]):
                break
            run.append(stream.take().text)
        return Chars(self.span_from(first.start), "".join(run))

    def _not_text(self, token: Token) -> Node | None:
        """Math where text is expected."""
        if token.text in CLOSERS and self._open[CLOSERS[token.text]]:
            return None
        message = Message("expected text, found '{text}', which needs math", text=token.text)
        return self.raw("math-in-text", message, token)

    # ---- scripts and infix fractions

    def _scripts(self, base: Node | None, start: int) -> Node:
        """A nucleus with all scripts that follow (TeXbook, p. 291)."""
        stream = self.stream
        sub: Row | None = None
        sup: Row | None = None
        primes = 0
        placement = ""
        after_prime = False
        while True:
            token = stream.peek()
            text = token.text
            if text == "_":
                if sub is not None:
                    break
                stream.take()
                sub = self.field(token, "a subscript")
            elif text == "^":
                if sup is not None or (primes and not after_prime):
                    break
                stream.take()
                sup = self.field(token, "a superscript")
            elif text == "'":
                if sup is not None or (primes and not after_prime):
                    break
                stream.take()
                primes += 1
                after_prime = True
                continue
            elif text in SUPERSCRIPTS or text in SUBSCRIPTS:
                self._spell_script(token)
                continue
            elif text in LIMITS and isinstance(base, (Operator, OperatorName, Classed)):
                if isinstance(base, Classed) and base.kind != "op":
                    break
                stream.take()
                placement = text
            else:
                break
            after_prime = False
        self._double_script(stream.peek(), sub, sup, primes)
        if base is not None and sub is None and sup is None and not primes and not placement:
            return base
        return Scripts(self.span_from(start), base, sub, sup, primes, placement)

    def _double_script(self, token: Token, sub: Row | None, sup: Row | None, primes: int) -> None:
        if token.text == "_" and sub is not None:
            message = Message("expected one subscript, found a second '_'")
            self.stream.problem("double-subscript", message, token.start, token.end)
        elif token.text in ("^", "'") and (sup is not None or primes):
            message = Message("expected one superscript, found a second {text!r}", text=token.text)
            if token.text == "'":
                message = Message('expected one superscript, found "\'" after it')
            self.stream.problem("double-superscript", message, token.start, token.end)

    def bare_script(self, token: Token) -> Node:
        """A script that stands on nothing, or `\\limits` that follows no operator."""
        if token.text in LIMITS:
            message = Message(
                "expected a large operator before {text}, found none", text=token.text
            )
            return self.raw("limits-without-operator", message, token)
        return self._scripts(None, token.start)

    def _spell_script(self, token: Token) -> None:
        """Replaces `²` and its kin by `^{2}`, so that they are read as scripts."""
        table, mark = (SUPERSCRIPTS, "^") if token.text in SUPERSCRIPTS else (SUBSCRIPTS, "_")
        tokens = [Token(mark, token.start, token.start), Token("{", token.start, token.start)]
        end_before = self.stream.last_end
        while self.stream.peek_raw().text in table:
            char = self.stream.take()
            tokens.append(Token(table[char.text], char.start, char.end))
        tokens.append(Token("}", self.stream.last_end, self.stream.last_end))
        self.stream.last_end = end_before
        self.stream.put_back(tokens)

    def _with_infix(self, before: list[Node], token: Token, stops: frozenset[str]) -> list[Node]:
        r"""A list with the infix fraction that fills it, or its part between two `\middle`."""
        first = len(before)
        while first and not _is_middle(before[first - 1]):
            first -= 1
        if "\\right" in stops:
            stops |= {"\\middle"}
        return [*before[:first], self._infix(before[first:], token, stops)]

    def _infix(self, before: list[Node], token: Token, stops: frozenset[str]) -> Node:
        """A fraction whose command stands between its parts: `a \\over b`."""
        self.stream.take()
        numerator_start = before[0].span.start if before else token.start
        numerator_end = before[-1].span.end if before else token.start
        arguments = self.arguments(token, COMMANDS[token.text])
        start = self.stream.last_end
        after: list[Node] = []
        while True:
            self._depth -= 1  # the denominator is no deeper than the numerator
            after.extend(self.items(stops | INFIX))
            self._depth += 1
            again = self.stream.peek()
            if again.text not in INFIX:
                break
            message = Message(
                "expected one of its kind in a group, found {again} after {text}",
                again=again.text,
                text=token.text,
            )
            after.append(self.raw("ambiguous-infix", message, again))
        span = self.span_from(numerator_start)
        arguments.rows = [
            Row(Span(numerator_start, numerator_end), tuple(before)),
            Row(self.span_from(after[0].span.start if after else start), tuple(after)),
        ]
        return fraction(COMMANDS[token.text], span, arguments)


def _is_middle(node: Node) -> bool:
    return isinstance(node, Delimiter) and node.command == "\\middle"
