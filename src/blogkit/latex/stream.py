r"""The tokens still to be read: macros replaced as they come to the front, problems noted.

The front of the stream is the end of a list, so that taking a token and putting a macro's
replacement before the rest are both cheap. Imports only `lexer`, `macros` and `problems`.
"""

from __future__ import annotations

from collections.abc import Mapping

from blogkit.language import Message
from blogkit.latex.lexer import LINKS, Token, join_latex, tokenize
from blogkit.latex.macros import MAX_EXPANDED_TOKENS, MAX_EXPANSIONS, Macro
from blogkit.latex.problems import Problem
from blogkit.spans import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

MAX_PROBLEMS = 1000
"""Problems that are listed for one formula; one more says that there are others."""


_INCOMPLETE = {"\\": "\\ ", "\\verb": "\\verb||"}
"""Tokens that would read on into what is printed after them -> what is printed instead."""


class _Final(Token):
    """A token that is not replaced, though a macro has its name."""

    __slots__ = ()


class Stream:
    """Tokens of one formula, in the order in which TeX's stomach sees them."""

    def __init__(self, latex: str, macros: Mapping[str, Macro]) -> None:
        self.macros = dict(macros)
        self.last_end = 0
        self.problems: list[Problem] = []
        self._length = len(latex)
        self._waiting = [Token("", self._length, self._length), *reversed(tokenize(latex))]
        self._bodies: dict[Macro, tuple[list[str], list[str]]] = {}
        self._expansions = 0
        self._expanded_tokens = 0
        self._failed_scans = 0

    def peek(self) -> Token:
        """The next token that is no space, with macros replaced; an empty one at the end."""
        waiting = self._waiting
        macros = self.macros
        while True:
            token = waiting[-1]
            text = token.text
            if text == " ":
                waiting.pop()
            elif text in macros and token.__class__ is Token:
                self._expand()
            else:
                return token

    def peek_in_text(self) -> Token:
        """The next token, be it a space, with macros replaced."""
        while self._waiting[-1].text in self.macros and self._waiting[-1].__class__ is Token:
            self._expand()
        return self._waiting[-1]

    def peek_raw(self) -> Token:
        """The next token as it stands."""
        return self._waiting[-1]

    def take(self) -> Token:
        """Removes the next token as it stands; the empty one at the end stays."""
        waiting = self._waiting
        token = waiting[-1]
        if token.text:
            waiting.pop()
            self.last_end = token.end
        return token

    def put_back(self, tokens: list[Token]) -> None:
        """Puts tokens before the rest, in their order."""
        self._waiting.extend(reversed(tokens))

    def skip_spaces(self) -> None:
        """Removes spaces, without replacing macros."""
        while self._waiting[-1].text == " ":
            self._waiting.pop()

    def next_is_macro(self) -> bool:
        """Whether a call of a macro comes next, after spaces."""
        self.skip_spaces()
        token = self._waiting[-1]
        return token.text in self.macros and token.__class__ is Token

    def ahead(self, count: int) -> list[str]:
        """Texts of at most so many tokens that come next, as they stand."""
        return [token.text for token in self._waiting[-1 : -count - 1 : -1]]

    def balanced(self) -> list[Token] | None:
        """Tokens of a group without its braces, or one token; None where neither comes.

        A group that does not end takes nothing.
        """
        self.skip_spaces()
        first = self._waiting[-1]
        if first.text in ("", "}"):
            return None
        if first.text != "{":
            # The address of a link is one token that reads as such only after its command.
            ahead = self.ahead(4)
            whole = first.text in LINKS and ahead[1:2] == ["{"] and "}" in ahead
            return [self.take() for _ in range(ahead.index("}") + 1 if whole else 1)]
        level = 0
        waiting = self._waiting
        for index in self._scan(1):
            text = waiting[index].text
            if text == "{":
                level += 1
            elif text == "}":
                level -= 1
                if level == 0:
                    inner = waiting[index + 1 : -1][::-1]
                    self.last_end = waiting[index].end
                    del waiting[index:]
                    return inner
        self._failed_scans += 1
        return None

    def _scan(self, first: int) -> range:
        """Places from which to look for the end of an argument, nearest first.

        After some searches in vain they are kept short, so that time stays linear.
        """
        top = len(self._waiting) - first
        return range(top, max(0, top - 200) if self._failed_scans > 20 else 0, -1)

    def problem(
        self, code: str, message: str, start: int, end: int, *, warning: bool = False
    ) -> None:
        """Notes a problem, up to a number."""
        severity: Literal["error", "warning"] = "warning" if warning else "error"
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, severity, message, Span(start, end)))
        elif len(self.problems) == MAX_PROBLEMS:
            message = Message(
                "more than {max_problems} problems; the rest is not listed",
                max_problems=MAX_PROBLEMS,
            )
            self.problems.append(Problem("too-many-problems", "error", message, Span(start, end)))

    def missing(self, code: str, expected: str, *, in_text: bool = False) -> None:
        """Reports that something was expected where now another thing stands."""
        token = self.peek_in_text() if in_text else self.peek()
        message = Message(
            "expected {expected}, found {found}", expected=expected, found=self.found()
        )
        self.problem(code, message, token.start, max(token.start, token.end))

    def _expand(self) -> None:
        """Replaces the call of a macro at the front."""
        call = self.take()
        macro = self.macros[call.text]
        parameters, body = self._tokens_of(macro)
        end_before = self.last_end
        if macro.alias:
            self._waiting.extend(_Final(text, call.start, call.end) for text in reversed(body))
            return
        arguments = self._arguments(call, macro, parameters)
        end = self.last_end
        self.last_end = end_before
        tokens: list[Token] = []
        texts = iter(body)
        for text in texts:
            if text != "#":
                tokens.append(Token(text, call.start, end))
                continue
            number = next(texts, "")
            if number == "#":
                tokens.append(Token("#", call.start, end))
            else:
                tokens.extend(
                    token.__class__(token.text, call.start, end)
                    for token in arguments.get(number, [])
                )
        self._expansions += 1
        self._expanded_tokens += len(tokens)
        if self._expansions > MAX_EXPANSIONS or self._expanded_tokens > MAX_EXPANDED_TOKENS:
            self._stop_expanding(call)
            return
        self._waiting.extend(reversed(tokens))

    def _stop_expanding(self, call: Token) -> None:
        message = Message(
            "expected {text} to end within {max_expansions} replacements and "
            "{max_expanded_tokens} tokens, found that macros call each other without "
            "end",
            text=call.text,
            max_expansions=MAX_EXPANSIONS,
            max_expanded_tokens=MAX_EXPANDED_TOKENS,
        )
        self.problem("expansion-limit", message, call.start, call.end)
        self.macros.clear()
        self._waiting.append(call)

    def _tokens_of(self, macro: Macro) -> tuple[list[str], list[str]]:
        if macro not in self._bodies:
            self._bodies[macro] = (
                [token.text for token in tokenize(macro.parameters)],
                [token.text for token in tokenize(macro.body)],
            )
        return self._bodies[macro]

    def _arguments(
        self, call: Token, macro: Macro, parameters: list[str]
    ) -> dict[str, list[Token]]:
        """What stands for `#1`, `#2`, … in a call."""
        found: dict[str, list[Token]] = {}
        position = 0
        if macro.default is not None:
            default = [Token(t.text, call.start, call.end) for t in tokenize(macro.default)]
            given = self._bracketed()
            found["1"] = default if given is None else given
            position = 2
        while position < len(parameters):
            if parameters[position] != "#":
                self._mark(call, parameters[position])
                position += 1
                continue
            number = parameters[position + 1] if position + 1 < len(parameters) else ""
            position += 2
            mark = parameters[position] if position < len(parameters) else "#"
            found[number] = self._argument(call, mark if mark != "#" else "")
        return found

    def _mark(self, call: Token, mark: str) -> None:
        if mark == " ":
            return self.skip_spaces()
        if mark != " " and self._waiting[-1].text == " ":
            self.skip_spaces()
        if self._waiting[-1].text == mark:
            self.take()
            return None
        message = Message(
            "expected {mark!r} in the call of {text}, found {found}",
            mark=mark,
            text=call.text,
            found=self.found(),
        )
        return self.problem("macro-use", message, call.start, call.end)

    def _argument(self, call: Token, mark: str) -> list[Token]:
        if mark:
            return self._until(call, mark)
        tokens = self.balanced()
        if tokens is None:
            message = Message(
                "expected an argument of {text}, found {found}", text=call.text, found=self.found()
            )
            self.problem("missing-argument", message, call.start, call.end)
            return []
        return tokens

    def _until(self, call: Token, mark: str) -> list[Token]:
        """An argument that ends at a mark, outside of braces."""
        level = 0
        for index in self._scan(1):
            text = self._waiting[index].text
            if text == mark and level == 0:
                tokens = self._waiting[index:][::-1]
                del self._waiting[index:]
                self._waiting.append(tokens.pop())
                return tokens
            level += (text == "{") - (text == "}")
            if level < 0:
                break
        self._failed_scans += 1
        message = Message(
            "expected {mark!r} after an argument of {text}, found none", mark=mark, text=call.text
        )
        self.problem("macro-use", message, call.start, call.end)
        return []

    def _bracketed(self) -> list[Token] | None:
        self.skip_spaces()
        return self._between("]") if self._waiting[-1].text == "[" else None

    def _between(self, closer: str, opener: str = "") -> list[Token] | None:
        """Tokens behind the next one up to a closer, outside of braces and of inner openers."""
        level = inner = 0
        for index in self._scan(2):
            text = self._waiting[index].text
            level += (text == "{") - (text == "}")
            if level == 0:
                inner += (text == opener) - (text == closer)
            if text == closer and level == 0 and (inner < 0 or not opener):
                tokens = self._waiting[index + 1 : -1][::-1]
                self.last_end = self._waiting[index].end
                del self._waiting[index:]
                return tokens
            if level < 0:
                break
        self._failed_scans += 1
        return None

    def found(self) -> str:
        """How a message names what comes next."""
        text = self._waiting[-1].text
        return Message("'{text}'", text=text) if text else Message("end of formula")

    def raw_argument(self) -> str | None:
        """The LaTeX of a group in braces or of one token, as written; None where neither comes."""
        return _joined(self.balanced())

    def raw_option(self) -> str | None:
        """The LaTeX within brackets, as written; None where no brackets come."""
        return _joined(self._bracketed())

    def raw_between(self, closer: str) -> str | None:
        """The LaTeX behind the next token up to its partner, as written; None without partner."""
        opener = self._waiting[-1].text
        return _joined(self._between(closer, "" if opener == closer else opener))


def _joined(tokens: list[Token] | None) -> str | None:
    if tokens is None:
        return None
    return join_latex(_INCOMPLETE.get(token.text, token.text) for token in tokens)
