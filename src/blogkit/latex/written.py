r"""Arguments that are kept as written: lengths, colours, delimiters, names, options.

They need the stream only, no tree. What is not what it should be is an error, and is kept.
"""

from blogkit.language import Message
from blogkit.latex.lexer import Token
from blogkit.latex.stream import Stream
from blogkit.latex.symbols import DELIMITERS
from blogkit.regexes import regex

LENGTH = regex(
    r"\s*[-+]?\s*(?:\d+[.,]?\d*|[.,]\d+)\s*"
    r"(?:em|ex|mu|pt|px|bp|mm|cm|in|pc|dd|cc|sp|fill?|l{0,2})(?![a-z]{3})"
    r"(?:\s*(?:plus|minus)\s*[-+]?[\d.]+\s*(?:em|ex|mu|pt|mm|cm|in|fil{1,3}))*\s?"
)
_COLOR = regex(r"\s*(?:#?[0-9A-Fa-f]{3,8}|[A-Za-z][\w!. -]*)\s*")


def written_argument(stream: Stream, owner: Token, letter: str) -> str:
    """An argument kept as written, with its brackets."""
    if letter == "q":
        option = stream.raw_option()
        return "" if option is None else f"[{option}]"
    if letter == "d":
        return delimiter(stream, owner)
    if letter == "s":
        return _length(stream, owner)
    model = stream.raw_option() if letter == "c" else None
    raw = stream.raw_argument()
    if raw is None:
        stream.missing("missing-argument", Message("an argument of {text}", text=owner.text))
        raw = ""
    elif letter == "c" and model is None and not _COLOR.fullmatch(raw):
        message = Message("expected a colour after {text}, found '{raw}'", text=owner.text, raw=raw)
        stream.problem("bad-color", message, owner.start, stream.last_end)
    elif owner.text == "\\hspace" and not LENGTH.fullmatch(raw) and "\\" not in raw:
        _bad_length(stream, owner, raw)
    return f"[{model}]{{{raw}}}" if model is not None else f"{{{raw}}}"


def _length(stream: Stream, owner: Token) -> str:
    """A length with or without braces (TeXbook, chapter 24)."""
    stream.skip_spaces()
    if stream.peek_raw().text == "{":
        raw = stream.raw_argument() or ""
        if not LENGTH.fullmatch(raw) and "\\" not in raw and raw.strip():
            _bad_length(stream, owner, raw)
        return f"{{{raw}}}"
    ahead = "".join(stream.ahead(40))
    match = LENGTH.match(ahead)
    if match is None:
        stream.missing("bad-length", Message("a length after {text}", text=owner.text))
        return "{}"
    taken = 0
    while taken < match.end():
        taken += len(stream.take().text)
    return match[0].strip() + " "


def _bad_length(stream: Stream, owner: Token, raw: str) -> None:
    message = Message("expected a length after {text}, found '{raw}'", text=owner.text, raw=raw)
    stream.problem("bad-length", message, owner.start, stream.last_end)


def delimiter(stream: Stream, owner: Token) -> str:
    """The delimiter after a command, as written; an empty one where none comes."""
    token = stream.peek()
    if token.text == "{":
        ahead = [text for text in stream.ahead(6) if text != " "]
        if len(ahead) > 2 and ahead[1] in DELIMITERS and ahead[2] == "}":
            raw = stream.raw_argument() or "."
            return raw.strip()
    if token.text in DELIMITERS:
        stream.take()
        return token.text
    stream.missing("bad-delimiter", Message("a delimiter after {text}", text=owner.text))
    return "."
