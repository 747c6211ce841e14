"""What a site's robots.txt allows. Imports nothing of blogkit.

Source: RFC 9309 (groups, the longest rule counts, ``*`` and ``$``); ``Crawl-delay`` is no part of
it, but what many blogs say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

PRODUCT = "blogkit"
"""The name by which robots.txt may speak of it."""
MOST_CHARS = 500 * 1024
"""So much is read, as the RFC asks at least."""
_LONGEST_DELAY_SECONDS = 30.0
_LINE = re.compile(r"^\s*(user-agent|allow|disallow|crawl-delay)\s*:\s*([^#\n]*)", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one program."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Patterns of paths, each with whether it allows."""
    delay_seconds: float = 0.0
    """How long to wait between two requests, as far as the site says; 30 at most."""

    def allows(self, path: str) -> bool:
        """Whether a path with its query may be asked for: the longest rule that fits counts.

        >>> read_robots("User-agent: *\\nDisallow: /a\\nAllow: /a/b$").allows("/a/b")
        True
        """
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allows) for pattern, allows in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


ALL_ALLOWED = Robots()
NONE_ALLOWED = Robots((("/", False),))


def read_robots(text: str, product: str = PRODUCT) -> Robots:
    """The rules that a robots.txt has for a program: those by its name, else those for all."""
    by_agent: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    was_rule = False
    for name, value in _LINE.findall(text[:MOST_CHARS]):
        name, value = name.lower(), value.strip()
        if name == "user-agent":
            agents = [value.lower()] if was_rule else [*agents, value.lower()]
            by_agent.setdefault(value.lower(), [])
            was_rule = False
        else:
            was_rule = True
            for agent in agents:
                by_agent[agent].append((name, value))
    own = [agent for agent in by_agent if re.split(r"[/\s]", agent)[0] == product]
    told = [rule for agent in own or ["*"] for rule in by_agent.get(agent, ())]
    rules = tuple(
        (value, name == "allow") for name, value in told if name != "crawl-delay" if value
    )
    delays = [value for name, value in told if name == "crawl-delay"]
    return Robots(rules, max(map(_seconds, delays), default=0.0))


def _seconds(text: str) -> float:
    found = re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", text)
    return min(float(text), _LONGEST_DELAY_SECONDS) if found else 0.0


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says; matched from part to part, so never slow."""
    is_whole = pattern.endswith("$")
    first, *parts = unquote(pattern.removesuffix("$")).split("*")
    path = unquote(path)
    if not path.startswith(first):
        return False
    place = len(first)
    for part in parts[:-1] if is_whole else parts:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    if not is_whole:
        return True
    last = parts[-1] if parts else ""
    return path.endswith(last) and place <= len(path) - len(last) if parts else place == len(path)
