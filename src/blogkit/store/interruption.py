"""Whether Ctrl-C was pressed: SQLite loses a KeyboardInterrupt raised inside of a function of ours.

It then says only that the function failed, as it says of a damaged row. The command line notes the
signal here, and who catches SQLite's errors asks. Without the command line nothing is noted, and
nothing changes. Imports nothing.
"""

_noted = False


def note(was_pressed: bool) -> None:
    """Remember that Ctrl-C was pressed, or that it was dealt with."""
    global _noted
    _noted = was_pressed


def raise_if_noted() -> None:
    """Go on as after Ctrl-C, if it was pressed.

    Raises:
        KeyboardInterrupt: if it was.
    """
    if _noted:
        raise KeyboardInterrupt
