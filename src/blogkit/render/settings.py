"""The setting in which a part of a formula is drawn: TeX's style, and the face of its letters.

TeX has four styles, each also cramped (TeXbook, page 140). On a grid of characters three can be
told apart: display, text, and script.
"""

from __future__ import annotations

from functools import lru_cache

from blogkit.results.records import record

FACES: dict[str, str] = {
    "\\mathbf": "bold",
    "\\bold": "bold",
    "\\boldsymbol": "bold",
    "\\bm": "bold",
    "\\pmb": "bold",
    "\\mathbfit": "bold",
    "\\bf": "bold",
    "\\bfseries": "bold",
    "\\boldmath": "bold",
    "\\textbf": "bold",
    "\\mathbb": "blackboard",
    "\\Bbb": "blackboard",
    "\\mathbbm": "blackboard",
    "\\mathds": "blackboard",
    "\\mathcal": "script",
    "\\mathscr": "script",
    "\\cal": "script",
    "\\scr": "script",
    "\\mathbfcal": "bold script",
    "\\mathfrak": "fraktur",
    "\\frak": "fraktur",
}
"""Command of a font -> the face that its letters get; all others are drawn as plain letters."""


@record
class Setting:
    """How the parts of a row are drawn."""

    display: bool = True
    """Whether large operators have their limits above and below."""
    script: bool = False
    """Whether it is a script, where TeX leaves out most spaces."""
    face: str = ""
    """Face of the letters, as in `FACES`; nothing for plain ones."""


@lru_cache(maxsize=64)
def in_text(setting: Setting) -> Setting:
    """The setting of parts that are set in text style, such as a numerator or a cell."""
    return Setting(False, setting.script, setting.face)


@lru_cache(maxsize=64)
def in_display(setting: Setting) -> Setting:
    """The setting after `\\displaystyle`, or of a line of an aligned display."""
    return Setting(True, False, setting.face)


@lru_cache(maxsize=64)
def in_script(setting: Setting) -> Setting:
    """The setting of a script or a limit."""
    return Setting(False, True, setting.face)


@lru_cache(maxsize=256)
def in_face(setting: Setting, command: str) -> Setting:
    r"""The setting under a font command.

    >>> in_face(Setting(), r"\mathbb").face
    'blackboard'
    """
    return Setting(setting.display, setting.script, FACES.get(command, ""))


@lru_cache(maxsize=256)
def in_style(setting: Setting, command: str) -> Setting:
    r"""The setting after `\displaystyle` and its kin; a size such as `\large` changes nothing."""
    if command == "\\displaystyle":
        return in_display(setting)
    if command == "\\textstyle":
        return Setting(False, False, setting.face)
    if command in ("\\scriptstyle", "\\scriptscriptstyle"):
        return in_script(setting)
    return setting
