"""How posts name one another: by a title in ``《》``, by a link, or by a label of a part of one."""

from __future__ import annotations

import re

from blogkit.text.normalize import fold, fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_MARKS = re.compile(r"(?<![A-Za-z0-9+#])[+#]+|[^\w+#]+|_+")
"""Marks that are no part of a name, as those of C++ and C# are."""
_TITLE_SIGN = "《"
"""Before the key of a title, so that it is none of an address."""
LABEL_SIGN = ":"
"""Before a label of a part of a post."""
_LABEL = re.compile(r":(?:eq)?label:`([^`\n]{1,200})`")
_TO_LABEL = re.compile(r"(?::(?:num|eq)?ref:|\{(?:num|eq)?ref\}|\{eq\})`([^`\n]{1,200})`")


def referenced_titles(text: str) -> list[str]:
    """The titles between ``《`` and ``》``, in order, each once; of nested ones the outer.

    >>> referenced_titles("参考《寻求一个光滑的最大值函数》《软化》等")
    ['寻求一个光滑的最大值函数', '软化']
    """
    return list(dict.fromkeys(title.strip() for title in _TITLE.findall(text)))


def title_key(title: str) -> str:
    """What two ways to write a title share: its letters, whatever width, script and marks.

    >>> title_key("“让Keras更酷一些！”：层") == title_key("「讓 Keras 更酷一些!」:层")
    True
    """
    folded = fold(fold_script(title))
    return _MARKS.sub("", folded) or folded.strip()


def link_keys(text: str, links: Iterable[str]) -> list[str]:
    """What the addresses share that a text says or links to, as ``address_key`` gives it."""
    found = list(links)
    if not found and "://" not in text:
        return []
    from blogkit.text.addresses import address_keys, addresses_in

    return address_keys([*found, *addresses_in(text)])


def labels_in(text: str) -> list[str]:
    """The labels that a text gives its parts by roles, in order.

    >>> labels_in("# 题" + chr(10) + ":label:`sec_a`")
    ['sec_a']
    """
    return [label.strip() for label in _LABEL.findall(text)] if "label:`" in text else []


def referenced_labels(text: str) -> list[str]:
    """The labels of other posts that the roles of a text name, in order, each once.

    >>> referenced_labels("见 :numref:`sec_a`与{eq}`b`。:eqlabel:`b`")
    ['sec_a']
    """
    named = dict.fromkeys(label.strip() for label in _TO_LABEL.findall(text))
    own = labels_in(text) if named else ()
    return [label for label in named if label not in own]


def keys_of_names(titles: Iterable[str], address: str | None, text: str = "") -> set[str]:
    """The keys of what a post, and parts of it, may be called by others.

    >>> sorted(keys_of_names(["层中层"], "https://kexue.fm/archives/6810"))
    ['kexue.fm/archives/6810', '《层中层']
    """
    keys = {f"{_TITLE_SIGN}{title_key(title)}" for title in titles}
    keys.update(f"{LABEL_SIGN}{label}" for label in labels_in(text))
    return keys.union(link_keys("", [address] if address else []))


def keys_of_citations(text: str, links: Iterable[str]) -> set[str]:
    """The keys of what a text calls other posts.

    >>> sorted(keys_of_citations("见《层中层》与 http://spaces.ac.cn/archives/2/。", ()))
    ['kexue.fm/archives/2', '《层中层']
    """
    titles = (f"{_TITLE_SIGN}{title_key(title)}" for title in referenced_titles(text))
    labels = (f"{LABEL_SIGN}{label}" for label in referenced_labels(text))
    return {*titles, *labels, *link_keys(text, links)}
