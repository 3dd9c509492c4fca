"""Which paragraph of a draft a paragraph of a file is: by the bookmark it carries, else by words.

Bookmarks `pl_` and 32 hex digits are written by our own exports. What nothing tells apart is new.
"""

import re
from collections.abc import Sequence
from uuid import UUID, uuid4

from consult.text.document import Block
from consult.text.inline import plain
from consult.text.pairing import matched

_BOOKMARK = re.compile(r"pl_([0-9a-f]{32})")


def bookmark(lineage: UUID) -> str:
    """The name of the bookmark that carries a lineage through Word."""
    return f"pl_{lineage.hex}"


def carried(names: Sequence[str]) -> list[UUID]:
    """The lineages that bookmarks of these names carry."""
    return [UUID(match[1]) for name in names if (match := _BOOKMARK.fullmatch(name))]


def identified(
    texts: Sequence[str],
    bookmarks: Sequence[Sequence[str]],
    base: Sequence[Block],
    language: str,
) -> list[UUID]:
    """The lineage of each paragraph, all different. `base`: the blocks they may be, in order.

    Bookmarks that name one of `base` come first, then the words, then other bookmarks: a file of
    ours with changes may carry identities that only a later draft has.
    """
    there = {block.lineage for block in base}
    names = [carried(some) for some in bookmarks]
    found: dict[int, UUID] = {}
    _take(found, [[one for one in some if one in there] for some in names])
    taken = set(found.values())
    left = [block for block in base if block.lineage not in taken]
    open_ = [at for at in range(len(texts)) if at not in found]
    before = [plain(block.texts.get(language, "")) for block in left]
    pairs = matched(before, [plain(texts[at]) for at in open_])
    found.update((open_[at], left[here].lineage) for here, at in pairs.items())
    _take(found, names)
    return [found.get(at) or uuid4() for at in range(len(texts))]


def _take(found: dict[int, UUID], names: Sequence[Sequence[UUID]]) -> None:
    """Give each paragraph without an identity the first of these that no other one has."""
    taken = set(found.values())
    for at, some in enumerate(names):
        free = [one for one in some if at not in found and one not in taken]
        if free:
            found[at] = free[0]
            taken.add(free[0])
