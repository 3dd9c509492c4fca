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


def identified(
    texts: Sequence[str],
    bookmarks: Sequence[Sequence[str]],
    base: Sequence[Block],
    language: str,
) -> list[UUID]:
    """The lineage of each paragraph, all different. `base`: the blocks they may be, in order."""
    found: dict[int, UUID] = {}
    for at, names in enumerate(bookmarks):
        carried = (UUID(match[1]) for name in names if (match := _BOOKMARK.fullmatch(name)))
        if (own := next((one for one in carried if one not in found.values()), None)) is not None:
            found[at] = own
    taken = set(found.values())
    left = [block for block in base if block.lineage not in taken]
    open_ = [at for at in range(len(texts)) if at not in found]
    before = [plain(block.texts.get(language, "")) for block in left]
    pairs = matched(before, [plain(texts[at]) for at in open_])
    found.update((open_[there], left[here].lineage) for here, there in pairs.items())
    return [found.get(at) or uuid4() for at in range(len(texts))]
