"""A clock that stands still until a test moves it."""

NOW = 1_790_000_000
"""2026-09-21 14:13:20 UTC."""
DAY = 86400


class StillClock:
    """Seconds since 1970."""

    def __init__(self) -> None:
        self.seconds = NOW

    def __call__(self) -> float:
        return self.seconds
