"""Opening what must be a plain file: whatever lies there now is looked at each time.

A name may lead to a file today and to a pipe tomorrow; opening a pipe for reading waits, for ever,
for somebody who writes.
"""

from __future__ import annotations

import errno
import os
import stat

from blogkit.language import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class NotAFileError(OSError):
    """What lies there is no plain file."""


def open_regular(path: str) -> BinaryIO:
    """A file opened for reading its bytes; never waits for whoever may write into a pipe.

    Raises:
        NotAFileError: if it is a folder, a pipe, a socket or a device.
        OSError: if it can't be opened.
    """
    opened = os.open(path, os.O_RDONLY | _WITHOUT_WAITING)
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise NotAFileError(
                errno.EINVAL, Message("expected a file, found a folder, a pipe or a device"), path
            )
        return os.fdopen(opened, "rb")
    except BaseException:
        os.close(opened)
        raise
