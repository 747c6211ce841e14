r"""The words by which prose says how a formula is meant, each once: role, Chinese, English.

    re.compile(cue("if", "when"))     # 如果, 若, 当, … if, when, …

All readers of prose ask here, so that a word that one knows all know. Which words stand between a
cue and its formula, and how far it reaches, is theirs. Imports the standard library only.
"""

from typing import Final, Literal

Role = Literal[
    "if", "when", "suppose", "call", "where", "given", "demand", "all", "there is", "otherwise",
    "is", "and", "also", "or",
]  # fmt: skip

_CUES: Final[dict[Role, tuple[str, str]]] = {
    "if": ("如果 若 假如 要是 倘若", "if"),
    "when": ("当 只要 一旦", "when(?:ever)?|once|provided|as long as"),
    "suppose": ("假设 假定 设", "suppose|assume|assuming|let"),
    "call": ("令 记", ""),
    "where": ("其中 这里", "where"),
    "given": ("给定 已知", "given"),
    "demand": ("满足 要求 需要 约束", ""),
    "all": (
        "对任意 对于任意 任意 任给 对所有 对于所有 对于任何 任何 对每个",
        "for (?:all|any|every|each)",
    ),
    "there is": ("存在", "there (?:is|are|exists?)|exists?"),
    "otherwise": ("否则 反之 不然", "otherwise|or else|else"),
    "is": ("是 为 表示 代表", "is|are|be|denotes?"),
    "and": ("以及 和 与 及", "and"),
    "also": ("并且 且", ""),
    "or": ("或者? 抑或", "or"),
}
"""Of each role the Chinese words, and the English ones as a pattern."""


def chinese(*roles: Role) -> str:
    """The Chinese words of some roles, as alternatives of a pattern.

    >>> chinese("if")
    '如果|若|假如|要是|倘若'
    """
    return "|".join(word for role in roles for word in _CUES[role][0].split())


def english(*roles: Role) -> str:
    """The English words of some roles, as alternatives of a pattern; whole words are meant."""
    return "|".join(filter(None, (_CUES[role][1] for role in roles)))


def cue(*roles: Role, also: str = "") -> str:
    """A pattern for the words of some roles in both languages.

    Args:
        roles: What the words do.
        also: Words that one reader adds: Chinese ones and English ones, with a slash between.

    >>> print(cue("or", also="要么/nor"))
    (?:或者?|抑或|要么|\\b(?:or|nor)\\b)
    """
    more_chinese, _, more_english = also.partition("/")
    return either(
        f"{chinese(*roles).replace('|', ' ')} {more_chinese}",
        "|".join(filter(None, (english(*roles), more_english.strip()))),
    )


def either(chinese_words: str, english_words: str) -> str:
    """A pattern for words of two languages, which are separated by spaces and by bars."""
    whole = rf"|\b(?:{english_words})\b" if english_words else ""
    return f"(?:{'|'.join(chinese_words.split())}{whole})"
