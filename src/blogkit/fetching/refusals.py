"""What is told where a server gives no page, or none that is taken."""

from blogkit.errors import SourceError
from blogkit.language import Message


def refusal(status: int, address: str) -> tuple[str, str, Message]:
    """What is told of a status that is no page: code, address, message."""
    if status in (404, 410):
        message = Message(
            "the server has no such page (status {status})",
            status=status,
        )
        return "gone", address, message
    if status in (429, 503):
        message = Message("the server asks to be left alone for now; try later")
        return "busy", address, message
    message = Message(
        "expected a page, found status {status}; "
        "if a browser shows it, save it there and add the file",
        status=status,
    )
    return "status", address, message


def too_slow(address: str) -> SourceError:
    """The error for a server that takes too long."""
    return SourceError("timeout", address, Message("the server is too slow; try later"))


def too_large(address: str, most: int) -> SourceError:
    """The error for a page of more bytes than were allowed."""
    message = Message(
        "expected a page of at most {expected} MiB, found more",
        expected=most >> 20,
    )
    return SourceError("size", address, message)
