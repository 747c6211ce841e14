"""What a place in a LaTeX project knows: macros, environments, switches, glossary."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple


class Argument(NamedTuple):
    """How a macro takes one argument."""

    kind: str
    """``group``; ``option`` in brackets; ``star``; ``until`` a text."""
    text: str = ""
    """What an option is where it is not given; the text that ends it."""


GROUP = Argument("group")
"""The usual argument."""


class Macro(NamedTuple):
    """What a command stands for."""

    body: str
    """What it becomes; ``#1`` is its first argument."""
    arguments: tuple[Argument, ...] = ()
    """What it takes."""
    prefix: str = ""
    """What must follow its name: ``(`` in ``\\def\\p(#1){…}``."""
    is_alias: bool = False
    """Whether the body is what a command meant once (``\\let``), and is not expanded again."""


class Environment(NamedTuple):
    """What the ends of an environment stand for."""

    begin: Macro
    """What its ``\\begin`` becomes."""
    end: str
    """What its ``\\end`` becomes."""


class Entry(NamedTuple):
    """A term of a glossary."""

    name: str
    """What is printed where it is used; of an acronym the short form."""
    plural: str = ""
    """Its plural, where it is told."""
    long: str = ""
    """The words that an acronym stands for."""
    symbol: str = ""
    """Its symbol."""
    description: str = ""
    """What it means."""


@dataclass(slots=True)
class State:
    """What is known at a place of a project."""

    macros: dict[str, Macro] = field(default_factory=dict)
    """Commands by name, without the backslash."""
    environments: dict[str, Environment] = field(default_factory=dict)
    """Environments by name."""
    switches: dict[str, bool] = field(default_factory=dict)
    """Switches made with ``\\newif``."""
    glossary: dict[str, Entry] = field(default_factory=dict)
    """Terms by key; one glossary for all of a project, whatever its order."""
    listings: set[str] = field(default_factory=set)
    """Environments that hold code, besides LaTeX's own."""
    is_german: bool = False
    """Whether ``"a`` is an umlaut (babel)."""

    def copy(self) -> "State":
        """What is known now, which later definitions don't change; the glossary stays shared."""
        return State(
            dict(self.macros), dict(self.environments), dict(self.switches), self.glossary,
            set(self.listings), self.is_german,
        )  # fmt: skip

    def digest(self) -> str:
        """A name for all that is known: another one where anything changed."""
        known = (
            sorted(self.macros.items()), sorted(self.environments.items()),
            sorted(self.switches.items()), sorted(self.glossary.items()),
            sorted(self.listings), self.is_german,
        )  # fmt: skip
        return hashlib.sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()
