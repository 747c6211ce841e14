"""Whether costs grow no faster than what is read: the processor's time at two sizes."""

import gc
import math
import resource
from collections.abc import Callable

NOTHING_SECONDS = 0.3
"""What takes no longer may take as long as it will: so little can't be compared."""

TRIES = 5
"""A processor that others use too is slower for one of two sizes now and then."""


def processor_seconds(work: Callable[[], object]) -> float:
    """How long work had the processor; on a busy machine it is no longer.

    Without what the system does for it, as finding pages of memory, and without the collection of
    garbage, which would go through all that other tests have left.
    """
    gc.disable()
    started = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    try:
        work()
        return resource.getrusage(resource.RUSAGE_SELF).ru_utime - started
    finally:
        gc.enable()
        gc.collect(1)


def grows_with_length(work: Callable[[int], object], length: int) -> bool:
    """Whether work of a length takes twice as long as of half the length, and not four times.

    Of each length the shortest time counts that was seen.
    """
    whole = half = math.inf
    for _ in range(TRIES):
        whole = min(whole, processor_seconds(lambda: work(length)))
        if whole < NOTHING_SECONDS:
            return True
        half = min(half, processor_seconds(lambda: work(length // 2)))
        if whole < 3 * half:
            return True
    return False
