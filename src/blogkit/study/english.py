r"""English turns of phrase that cards are made by: what leans, what defines, what names.

The Chinese ones stand where they are used: `standing.py`, `terms.py`, `names.py`. Tables only.
"""

from __future__ import annotations

import re

LINK = re.compile(
    r"(?:(?:however|therefore|thus|hence|consequently|accordingly|moreover|furthermore|additionally"
    r"|finally|clearly|obviously|indeed|formally|informally|mathematically|specifically|generally"
    r"|usually|in addition|in general|in particular|in fact|in practice|of course|as a result"
    r"|more (?:formally|generally|precisely|specifically)|roughly speaking)\s*,"
    r"|(?:note|recall|observe|remember) that|so,?|now,)\s+",
    re.IGNORECASE,
)
"""What only ties a sentence to the one before; it is whole without."""
LEANS = re.compile(
    r"(?:(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|both|here|there|another"
    r"|either|neither|otherwise|conversely|similarly|likewise|instead|again|which|whose|where|and|or"
    r"|but|nor|then|also|is|are|was|were|has|have|can|may|will|of|please|if so|because|since"
    r"|as (?:above|before|such|usual)|for example|let us|let[’']s|we (?:will|now|first|next|then)"
    r"|for instance|e\.g\.|i\.e\.|that is|in other words"
    r"|in (?:this|that|these|those|both|such|the same|contrast)|by (?:this|that|contrast)"
    r"|(?:on|from|with|under|to do|after|using|at|for) (?:this|that|these|those)|unlike this)\b"
    r"|(?:(?:in|of|from|by|for|on) )?the (?:former|latter|above|following|previous|preceding|other"
    r"|second|third|next|resulting|same|latest|last)\b)",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with the one before."""
ELSEWHERE = re.compile(
    r"\b(?:above|below|aforementioned|previous(?:ly)?|preceding|earlier|later|the following"
    r"|as follows"
    r"|next section|this (?:section|chapter|post|article|paper|book|tutorial|example|note|module)"
    r"|(?:section|chapter|figure|fig|table|theorem|lemma|appendix|equation|eq|exercise)s?"
    r"\.?[ ~]*\(?\d"
    r"|the reader|today|recently|last time|we (?:saw|showed|proved|discussed|have seen|mentioned)"
    r"|see (?:also|the|e\.g)|(?:our|the) (?:example|figure|code|function below)|mentioned)\b"
    r"|\b(?:i\.e|e\.g|cf|vs|resp|viz)\.?$",
    re.IGNORECASE,
)
"""Words for another place of the post, or for the day it was written."""
POINTS = re.compile(r"\b(?:this|these|those)\b(?:\s+(?P<noun>[a-z]{3,}))?", re.IGNORECASE)
"""A word that points to a thing; the thing must be named before it."""
THAT_IS_NO_NOUN = re.compile(r"^(?:is|are|was|were|can|may|will|means|has|have|does|which|who)$")

_WORD = r"[A-Za-z][A-Za-z0-9’'–-]*"
_INNER = r"(?!(?:is|are|was|were|be|and|or|which|that|the|a|an|can|may|will|by|in|if|when|to)\b)"
_TERM = rf"[“\"'‘]?(?P<term>{_INNER}{_WORD}(?: {_INNER}{_WORD}){{0,4}}?)[”\"'’]?"
_GLOSS = r"(?: \((?P<gloss>[A-Za-z][^()]{1,60})\))?"
_OFTEN = r"(?:also|often|usually|commonly|sometimes|generally|frequently|simply|then|now|widely)"
_CALLED = rf"(?:{_OFTEN},? )*(?:called|known as|referred to as|termed|dubbed)(?: {_OFTEN})*"
_CLOSE = (
    r"(?=\s*(?:[,.;:]|$)|\s+(?:if|when|of|because|since|which|where|for|and|at|with|on|over)\b)"
)
_STOP = r"(?=\s*[.,;:]|$)"
_BEGIN = r"^(?:(?:an?|the)\s+)?"
NAMED_AFTER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:is|are|was|were|being) {_CALLED} (?:the |an? )?{_TERM}{_GLOSS}{_CLOSE}",
        rf"(?:, |\b(?:that|which) we )(?:call|{_CALLED}) (?:the |an? )?{_TERM}{_GLOSS}{_STOP}",
    )
)
"""Sentences that say first what a thing is, and then its name."""
_NAMES = r"is the (?:name|term) (?:for|of|given to)"
_MEANS = rf"(?:refers to|(?:is|are) defined (?:as|to be)|means that|{_NAMES})"
NAMED_FIRST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bby (?:the |an? )?{_TERM},? (?:of [^,.;]{{2,40}} )?we (?:mean|understand)\b",
        rf"{_BEGIN}{_TERM}{_GLOSS}(?: of [^,.;]{{2,40}}?)?,? {_MEANS}\b",
    )
)
"""Sentences that say first the name of what they define."""
KIND_OF = re.compile(
    rf"^(?:(?:(?:an?|the)\s+)?(?=\S+[ -]\S+ (?:is|are|\())|an?\s+|(?=[A-Z]{{2,}}))"
    rf"{_TERM}{_GLOSS} (?:is|are) (?:an?|the|any|one of the)\s(?!same\b)",
    re.IGNORECASE,
)
"""A sentence that says of what kind something is; a single word must have its article."""
NO_TERM = re.compile(
    r"(?:(?:the|this|that|these|another|other|same|first|second|third|last|next|following|former|latter"
    r"|new|such|main|basic|simple|simplest|important|key|general|special|common|typical|good|better|best"
    r"|only|one|two|three|some|any|each|every|most|usual|possible|resulting|popular|we|he|they|it|here"
    r"|there|what|how|why|if|as|not|very|more|also|let|for|in|on|so|our|your|my|its|their)\b.*"
    r"|(?:.*\b)?(?:function|method|algorithm|model|result|problem|idea|goal|aim|difference|reason|answer"
    r"|question|example|solution|case|number|set|value|parameter|output|input|theorem|formula|equation"
    r"|step|way|advantage|disadvantage|output|array|object|argument|key|class|point|list|name|data"
    r"|variable|element|series|sum|product|vector|matrix|constant|option|keyword|string|type|index)s?)",
    re.IGNORECASE,
)
"""What is said of many things: no term, unless a noun before it tells which one."""

_SAYS = (
    r"(?:is|are|can be|may be|could be|becomes|reads|takes the form|equals|satisfies|has the form)"
    r"(?: (?:then|usually|often|thus|therefore|now|simply|just|also|commonly|formally|the))*"
    r"(?: (?:defined|given|written|expressed|computed|calculated|obtained|denoted|approximated"
    r"|formulated|stated))?"
    r"(?: (?:as|by|in|to be|via|from|follows|form|the|formula|expression))*\s*[:,]?$"
)
SUBJECT = re.compile(
    rf"(?:^|.*[,;:] )(?:(?:then|so|we have that|where|and|hence|thus) )?(?:the |an? )?"
    rf"(?P<name>[^,;:]{{3,80}}?) {_SAYS}",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"\b(?:defines?|introduces?|obtains?|gives?|gets?|derives?|minimi[sz]es?|maximi[sz]es?|uses?"
    r"|define|yields?|has|have) (?:the |an? )(?P<name>[^,;:]{3,60}?)"
    r"(?: (?:as|by|to be|as follows))?\s*[:,]?$",
    re.IGNORECASE,
)
NO_NAME = re.compile(
    r"^(?:we|it|this|that|these|they|which|there|here|one|you|i|result|what|where|if|let|since|because"
    r"|for|when|given|suppose|assume)\b|\b(?:this|these|those|it|such|which|first few)\b",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"(?:(?:the|an?|of|for|in|by|its|our|final|total|overall|new|general|following|corresponding|simple"
    r"|whole|last|first|second|entire|full|current|usual|standard|optimal|resulting|above|same|training"
    r"|loss(?:es)?|cost|objective|target|goal|function|functional|problem|optimi[sz]ation|output|input"
    r"|prediction|model|gradient|derivative|partial|error|update|rule|formula|equation|expression"
    r"|identity|relation|inequality|solution|result|estimate|estimator|expectation|mean|variance"
    r"|probability|distribution|density|likelihood|log-likelihood|weight|parameter|constraint|condition"
    r"|approximation|term|sum|series|integral|product|value|case|definition|form|system|state|hidden"
    r"|ratio|coefficient|matrix|vector|norm|map|mapping|step|recurrence|recursion|bound)s?\W*)+",
    re.IGNORECASE,
)
"""Names that many formulas of many posts have."""
EXPLAINS = re.compile(r"[,;]?\s*(?:(?:where|here|in which)\b|with\s+\$)", re.IGNORECASE)
GOES_ON = re.compile(
    r"\bconsider"
    r"|\b(?:therefore|hence|thus|so|because|since|then|and|or|namely|e\.g\.|i\.e\.)[,:]?$"
    r"|\b(?:substitut\w+|plugging|rearrang\w+|simplif\w+|both sides|expand\w*"
    r"|taking (?:the )?(?:log\w*|derivative\w*|limit\w*)|differentiating|integrating"
    r"|equivalent(?:ly)?|rewrit\w+|combin\w+"
    r"|for example|for instance|example|numerically)\b",
    re.IGNORECASE,
)
"""What leads to a formula that is made from one before it, or to one case."""
