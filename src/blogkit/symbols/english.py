r"""English words that say what a formula stands for: `where ◊ is the step size`, `the rate ◊`.

    for phrase in phrases_beside(words, Group(start, end)): ...

Tables of words, and the places beside a formula where they are looked for; see `chinese.py` for
the same of Chinese. Imports `phrases.py`.
"""

import re
from collections.abc import Iterator
from typing import Final

from blogkit.meaning.statements.cues import english
from blogkit.symbols.lines import DISPLAY, MENTION
from blogkit.symbols.phrases import Group, Phrase

_VERB: Final = re.compile(
    r"^\s*,?\s*(?:(?:which|that|here|then|now|also|simply|just|both|all)\s+)*"
    r"(?P<verb>is|are|be|was|were|being|denot(?:es?|ing)|represent(?:s|ing)?|stands? for"
    r"|refers? to|means?|indicat(?:es?|ing)|measur(?:es?|ing)|counts?|describ(?:es?|ing)"
    r"|as(?=\s+(?:the|an?|our|its)\b)|for(?=\s+the\b))"
    r"(?:\s+(?:simply|just|here|used to denote|(?:defined|chosen) (?:as|to be)|called|known as"
    r"|taken to be|respectively|,?\s*respectively,?))*\s+",
    re.IGNORECASE,
)
_SINGULAR: Final = re.compile(r"^(?:is|was|denotes|represents|stands for|refers to|means)$", re.I)
_ITS_NOUN: Final = re.compile(
    r"\s+(?:(?:to\s+(?:be|denote|represent)|for|as)\s+)?(?=(?:the|an?|our|its|their)\s)",
    re.IGNORECASE,
)
_CUE: Final = re.compile(
    r"\b(?:call|denote by|define|write|use|name|label|with|set)\s+$", re.IGNORECASE
)
_AND_CUE: Final = re.compile(
    r"\b(?:is|be|denotes?|represents?|stands? for|call|denote by|define|write|use|with)\b"
    rf"[^.;{DISPLAY}]*\band\s+$",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    rf"(?:(?!\.(?:\s|$)|[,;:!?|\n{DISPLAY}]|\s(?:where|which|that|when|if|while|so|because|since|such"
    r"|whose|with respect to|and(?=\s+(?:\w+\s+){0,4}\ue000\s+(?:is|are|the|an?|for|stands?|refers?"
    r"|denotes?|represents?|its|their|to)\b)"
    r"|but|then|we|as|given|respectively)\b).)*"
)
_SENTENCE: Final = re.compile(rf"(?:(?!\.(?:\s|$)|[;!?|\n{DISPLAY}]).)*")
_CONDITION: Final = re.compile(
    rf"\b(?:{english('if', 'when')}|unless|whether)\s[^,.;]{{0,30}}$", re.I
)
_NO_NOUN: Final = re.compile(
    r"^(?:not|no|very|too|more|less|equal|given|zero|one|true|false|close|at|in|on|to|from|by|of|for"
    r"|with|same|such|what|how|why|this|that|it|case|following|always|never|often|usually|now|then"
    rf"|also|still|proportional|minimum|{MENTION}\s*$|[0-9.]+\s*$)\b",
    re.IGNORECASE,
)
_NO_PLAIN_NOUN: Final = re.compile(
    r"^(?:\w+(?:ed|ly|en)|called|used|fixed|large|small|positive|negative|non-?negative"
    r"|differentiable|convex|smooth|continuous|bounded|invertible|symmetric|independent|known|unknown"
    r"|chosen|drawn|monotonic\w*|even|odd|finite|infinite|unique|linear|greater|smaller|larger)\b",
    re.IGNORECASE,
)
"""What may begin a noun behind an article, and without one is said of a thing."""
_STOP_TEXT: Final = """
of in on at to by with for from into over under between and or nor but is are was were be been
being as that which who whose where when while if then than so such let we i you it they he she
denote denotes denoted define defined set call called write given using use used compute
computes get gets have has had obtain obtains obtained take takes say says see via per not no
all any both only also thus hence since because suppose assume consider note recall if equation
eq figure fig section table theorem lemma case cases formula can may must will should would
could do does did find finds minimize minimizes maximize maximizes multiply divide add subtract
times plus minus than equals equal about through until around after before there here because
satisfies satisfy gives give yields becomes become follows implies imply show shows choose
chooses replace replaces increase increases decrease decreases
"""
_STOP: Final = frozenset(_STOP_TEXT.split())
_ARTICLES_TEXT: Final = """
the a an our its their your some
 each every this these another any two three
"""
_ARTICLES: Final = frozenset(_ARTICLES_TEXT.split())
_NAMING: Final = re.compile(
    r"(?:,\s*)?(?:which\s+)?(?:(?:is|are|be|we|will|can be|usually|often|,)\s+)*"
    r"(?:denoted?|written|labell?ed|called|named|represented)"
    r"(?:\s+(?:here|it|them|this|simply|usually))*(?:\s+(?:by|as|with))?\s*$",
    re.IGNORECASE,
)
_LET_BE: Final = re.compile(
    r"\blet\s+(?P<np>[^.;,]{2,50}?)\s+be\s*(?:denoted by)?\s*$", re.IGNORECASE
)
_DENOTE: Final = re.compile(
    r"\b(?:denote|call|label|write)\s+(?P<np>(?:the|an?|our|its|this)\s[^.;]{2,60}?)"
    r"\s+(?:by|as|with)\s*$",
    re.IGNORECASE,
)
_INTRODUCES: Final = re.compile(
    r"\s+(?:(?:is|are|can be|may be|then|now)\s+)+(?:(?:defined|given|written|computed|calculated)"
    r"(?:\s+(?:as|by|to be))?(?:\s+follows)?)?\s*[:,]?\s*$",
    re.IGNORECASE,
)
_A_FORMULA: Final = re.compile(
    r"(?:equation|formula|rule|update|result|expression|problem|form|method|algorithm)s?$",
    re.IGNORECASE,
)
_SIZE: Final = re.compile(
    r"(?P<owner>[A-Za-z][A-Za-z-]*)\s+(?:of|with)\s+(?:an?\s+|the\s+)?"
    r"(?P<size>length|size|dimension|dimensionality|order|degree|rank|radius|width|height|depth|mean"
    r"|variance|norm|probability)\s*(?:of\s+)?$",
    re.IGNORECASE,
)
_APPOSED: Final = re.compile(
    rf"^,\s+(?P<np>(?:the|an?)\s(?:(?!\b(?:is|are|was|has|have|can|must|should|will|we)\b)"
    rf"[^,.;:(){DISPLAY}]){{2,60}})(?=[,.;:()]|$)"
)
_BRACKETED: Final = re.compile(r"^\s*\((?P<np>(?:the |an? )?[A-Za-z][A-Za-z' -]{2,40})\)")
_ASIDE: Final = re.compile(r"^(?:see|i\.?e|e\.?g|cf|eq|fig|or|with|for|where|in|if|not|by)\b", re.I)
_COUNTED: Final = re.compile(r"^\s+(?P<np>(?:[a-z]+-)?[a-z]+(?:\s[a-z]+)??s)(?=[\s,.;:)]|$)")
_ORDINAL: Final = re.compile(
    r"^\s*-?\s*(?:th|st|nd|rd)\s+(?P<np>[a-z]+(?:\s[a-z]+)?)(?=[\s,.;:)]|$)"
)
_JOINED: Final = re.compile(r",?\s+and\s+|,\s*|\s+&\s+")


def phrases_beside(words: str, group: Group) -> Iterator[Phrase]:
    """What English words say of a group of formulas; arguments as in `chinese.phrases_beside`.

    >>> line = f"where {MENTION} is the learning rate and the momentum {MENTION} is small."
    >>> [line[p.start : p.end] for p in phrases_beside(line, Group(6, 7))]
    ['learning rate']
    >>> at = line.rindex(MENTION)
    >>> [line[p.start : p.end] for p in phrases_beside(line, Group(at, at + 1))]
    ['momentum']
    """
    yield from _behind(words, group)
    yield from _behind_cue(words, group)
    yield from _apposed(words, group)
    named = list(_named_before(words, group))
    yield from named
    if not named:
        yield from _noun_before(words, group)
    if group.symbols == 1:
        yield from _counted(words, group)


def _behind(words: str, group: Group) -> Iterator[Phrase]:
    match = _VERB.match(words[group.end : group.end + 80])
    if match is None or _CONDITION.search(words[max(0, group.start - 40) : group.start]):
        return
    if match["verb"] == "for" and not re.search(r"\b(?:write|use)\s*$", words[: group.start]):
        return
    first = group.end + match.end()
    sentence = _SENTENCE.match(words, first)
    whole = words[first : sentence.end() if sentence else first]
    is_one = _SINGULAR.search(match["verb"]) is not None
    parts = [] if is_one else _parts(words, first, first + len(whole), group.symbols)
    if parts:
        yield from (Phrase(*part, "stated", item) for item, part in enumerate(parts))
        return
    if group.symbols > 1 and "respectively" in whole:
        return
    clause = _CLAUSE.match(words, first)
    is_verb = match["verb"].lower() not in ("is", "are", "be", "was", "were", "being")
    found = _cleaned(words, first, clause.end() if clause else first, needs_article=not is_verb)
    item = group.symbols - 1 if is_one and group.formulas > 1 else None
    if found:
        yield Phrase(*found, "stated", item)


def _behind_cue(words: str, group: Group) -> Iterator[Phrase]:
    """`call ◊ the mass`, `write ◊ for the rate`, `denotes the mass and ◊ the velocity`."""
    match = _ITS_NOUN.match(words[group.end : group.end + 20])
    front = words[max(0, group.start - 120) : group.start]
    if match is None or not (_CUE.search(front) or _AND_CUE.search(front)):
        return
    first = group.end + match.end()
    sentence = _SENTENCE.match(words, first)
    last = sentence.end() if sentence else first
    parts = _parts(words, first, last, group.symbols)
    if parts:
        yield from (Phrase(*part, "stated", item) for item, part in enumerate(parts))
        return
    clause = _CLAUSE.match(words, first)
    found = _cleaned(words, first, clause.end() if clause else first, needs_article=True)
    if found:
        yield Phrase(*found, "stated")


def _parts(words: str, first: int, last: int, symbols: int) -> list[tuple[int, int]]:
    """The parts of an enumeration, if it has as many as there are symbols."""
    if symbols < 2:
        return []
    tail = re.search(r",?\s+respectively\s*$", words[first:last])
    last = first + tail.start() if tail else last
    cut: list[tuple[int, int]] = []
    at = first
    for match in (*_JOINED.finditer(words, first, last), None):
        part = _cleaned(words, at, match.start() if match else last, needs_article=False)
        at = match.end() if match else last
        if part:
            cut.append(part)
    return cut if len(cut) == symbols else []


def _cleaned(words: str, start: int, end: int, *, needs_article: bool) -> tuple[int, int] | None:
    """A stretch of words without its article and without what is in brackets behind it."""
    article = re.compile(r"\s*(?:(?:the|an?|our|its|their|your|some)\s+)?", re.I).match(
        words, start, end
    )
    has_article = article is not None and bool(article[0].strip())
    start = article.end() if article else start
    bracket = re.compile(r"[()]").search(words, start + 1, end)
    end = bracket.start() if bracket else end
    while end > start and (words[end - 1].isspace() or words[end - 1] in ".:`\"'"):
        end -= 1
    phrase = words[start:end]
    if len(phrase) > 80 or not re.match(rf"[A-Za-z{MENTION}]", phrase) or _NO_NOUN.match(phrase):
        return None
    if not re.search(r"[A-Za-z]{2}", phrase):
        return None
    return (start, end) if has_article or not needs_article or _is_plain_noun(phrase) else None


def _is_plain_noun(phrase: str) -> bool:
    """Whether words without an article are a noun all the same: `learning rate`, `integers`."""
    words = phrase.split()
    if _NO_PLAIN_NOUN.match(phrase):
        return False
    last = words[-1].lower()
    is_adjective = re.search(r"(?:ed|able|ible|ive|ous|ent|ant|ful|less|ing|ly)$", last)
    return last not in _STOP and not is_adjective and (len(words) > 1 or last.endswith("s"))


def _apposed(words: str, group: Group) -> Iterator[Phrase]:
    """`◊, the learning rate,` and `◊ (the learning rate)`."""
    for pattern in (_APPOSED, _BRACKETED):
        match = pattern.match(words[group.end : group.end + 90])
        if match and not _ASIDE.match(match["np"]):
            found = _cleaned(
                words,
                group.end + match.start("np"),
                group.end + match.end("np"),
                needs_article=False,
            )
            if found:
                yield Phrase(*found, "stated")


def _named_before(words: str, group: Group) -> Iterator[Phrase]:
    """`the loss, denoted by ◊`, `let the error be ◊`, `the learning rate (◊)`."""
    front = words[max(0, group.start - 90) : group.start]
    base = group.start - len(front)
    for pattern in (_LET_BE, _DENOTE):
        match = pattern.search(front)
        if match:
            first, last = base + match.start("np"), base + match.end("np")
            found = _cleaned(words, first, last, needs_article=False)
            if found and MENTION not in words[found[0] : found[1]]:
                yield Phrase(*found, "stated")
                return
    size = _SIZE.search(front)
    if size and group.symbols == 1 and size["owner"].lower() not in _STOP:
        made = f"{size['size'].lower()} of the {size['owner']}"
        if size["owner"].lower() in _ARTICLES:
            made = size["size"].lower()
        yield Phrase(base + size.start(), base + size.end("size"), "stated", None, made)
        return
    match = _NAMING.search(front) or re.search(r"\(\s*$", front)
    if match is None or (
        match[0].startswith("(") and not words[group.end :].lstrip().startswith(")")
    ):
        return
    for at, noun in _last_noun(front[: match.start()].rstrip(", ")):
        yield Phrase(base + at, base + at + len(noun), "stated")


def phrases_around_display(words: str, start: int) -> Iterator[Phrase]:
    """What the words in front of a display say that the name on its left side is.

    Args:
        words: a line of words.
        start: where the display stands in it.
    """
    front = words[max(0, start - 90) : start]
    match = _INTRODUCES.search(front)
    for at, noun in _last_noun(front[: match.start()]) if match else ():
        if not _A_FORMULA.search(noun):
            yield Phrase(start - len(front) + at, start - len(front) + at + len(noun), "beside")


def _noun_before(words: str, group: Group) -> Iterator[Phrase]:
    """`the learning rate ◊`."""
    front = words[max(0, group.start - 90) : group.start]
    if not front.endswith(" "):
        return
    base = group.start - len(front)
    for at, noun in _last_noun(front):
        yield Phrase(base + at, base + at + len(noun), "beside")


def _last_noun(front: str) -> Iterator[tuple[int, str]]:
    """The noun phrase at the end of a text, behind its article or a word that takes a noun."""
    tail = re.search(r"(?:[A-Za-z][A-Za-z'-]*\s+){0,5}[A-Za-z][A-Za-z'-]*\s*$", front)
    if tail is None:
        return
    words = list(re.finditer(r"[A-Za-z][A-Za-z'-]*", tail[0]))
    taken: list[re.Match[str]] = []
    is_opened = tail.start() == 0 or front[tail.start() - 1] in "(,;:."
    for word in reversed(words):
        if word[0].lower() in _STOP | _ARTICLES:
            is_opened = word[0].lower() in _ARTICLES or word[0].lower() in _TAKING
            break
        taken.insert(0, word)
    if not taken or not is_opened or len(taken) > 4 or not _is_thing(taken[-1][0]):
        return
    start, last = taken[0].start(), taken[-1].end()
    yield tail.start() + start, tail[0][start:last]


_TAKING_TEXT: Final = "at of with by for from and where over under in on via per using given"
_TAKING: Final = frozenset(_TAKING_TEXT.split())
"""Words behind which a noun may stand without an article."""


def _is_thing(word: str) -> bool:
    word = word.lower()
    return len(word) > 1 and not re.search(r"(?:ly|ible|ous)$", word) and word not in _STOP


def _counted(words: str, group: Group) -> Iterator[Phrase]:
    """`◊ samples`, `the ◊-th layer`."""
    match = _ORDINAL.match(words[group.end : group.end + 50])
    if match:
        made = f"index of the {match['np'].split()[0]}"
        yield Phrase(
            group.end + match.start("np"), group.end + match.end("np"), "counted", None, made
        )
        return
    match = _COUNTED.match(words[group.end : group.end + 50])
    if match is None or match["np"].split()[0] in _STOP or match["np"].split()[-1] in _STOP:
        return
    if re.search(r"(?:is|has|was|does|goes|tends|as|thus|this|ss)$", match["np"].split()[0]):
        return
    if not re.search(
        r"(?:^|[\s(])(?:of|with|into|has|have|are|the|all|and|contains?|over|for|,)\s*$",
        words[: group.start],
    ):
        return
    yield Phrase(
        group.end + match.start("np"),
        group.end + match.end("np"),
        "counted",
        None,
        f"number of {match['np']}",
    )
