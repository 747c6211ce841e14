"""What holds the blocks of a post, as views walk through it: quotations and items of lists."""

from __future__ import annotations

from blogkit.results.records import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogkit.posts import Block, Holder


@record
class Placed:
    """A block, and how it stands to the one before it."""

    block: Block
    """The block."""
    shared: int
    """How many holders it shares with the block before it; the others begin with it."""
    is_tight: bool
    """Whether no blank line belongs before it: it begins an item of a list of short items."""
    ordinals: tuple[int | None, ...]
    """For each of its holders, the number that an item of an ordered list shows."""

    @property
    def begun(self) -> tuple[Holder, ...]:
        """The holders that begin with it, the outermost first."""
        return self.block.holders[self.shared :]


def placed(blocks: Iterable[Block]) -> Iterator[Placed]:
    """The blocks in order, each with how it stands to the one before."""
    before: Block | None = None
    ordinals: tuple[int | None, ...] = ()
    begins_item = False
    for block in blocks:
        shared = shared_holders(before, block)
        is_tight = before is not None and begins_item and _goes_on(before, block, shared)
        ordinals = _ordinals(before, block, shared, ordinals)
        yield Placed(block, shared, is_tight, ordinals)
        begins_item = block.kind == "paragraph" and any(
            holder.is_item for holder in block.holders[shared:]
        )
        before = block


def _ordinals(
    before: Block | None, block: Block, shared: int, earlier: tuple[int | None, ...]
) -> tuple[int | None, ...]:
    """The numbers of a block's items: a list counts on from its first, whatever is written."""
    found = [*earlier[:shared], *(holder.start for holder in block.holders[shared:])]
    if is_same_list(before, block, shared) and found[shared] is not None:
        found[shared] = (earlier[shared] or 0) + 1
    return tuple(found)


def shared_holders(before: Block | None, block: Block) -> int:
    """How many holders, from the outermost, two blocks have in common."""
    count = 0
    for one, other in zip(before.holders if before else (), block.holders, strict=False):
        if one.number != other.number:
            break
        count += 1
    return count


def is_same_list(before: Block | None, block: Block, depth: int) -> bool:
    """Whether the holders of two blocks at a depth are items of one list."""
    if before is None or min(len(before.holders), len(block.holders)) <= depth:
        return False
    one, other = before.holders[depth], block.holders[depth]
    return one.is_item and other.is_item and _list_sign(one) == _list_sign(other)


def _list_sign(item: Holder) -> str:
    """What the markers of one list have in common."""
    return item.bullet.lstrip("0123456789")


def _goes_on(before: Block, block: Block, shared: int) -> bool:
    """Whether a paragraph begins the next item of the list before it, or a list in its item."""
    begun = block.holders[shared:]
    if block.kind != "paragraph" or not begun or not begun[0].is_item:
        return False
    is_within = shared > 0 and block.holders[shared - 1].is_item
    return is_same_list(before, block, shared) or (is_within and len(before.holders) == shared)
