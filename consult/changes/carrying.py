"""What was said of a paragraph, carried to the next draft: how well it still fits there.

Functions of plain data. Nobody's words are changed: where a proposal has to be written anew to fit
the next text, that is said beside it, and its author's own words stay as they were submitted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from consult.changes.lineage import Fates, resolve
from consult.text.document import Block, Document
from consult.text.inline import plain
from consult.text.merging import merge
from consult.text.words import likeness


class Fit(StrEnum):
    """How what was said fits the next draft.

    Clean: its paragraph reads as before. Fuzzy: other words, yet it fits. Conflict: the words it
    speaks of were changed. Orphan: its paragraph is gone.
    """

    CLEAN = "clean"
    FUZZY = "fuzzy"
    CONFLICT = "conflict"
    ORPHAN = "orphan"


@dataclass(frozen=True)
class Anchor:
    """What a contribution speaks of. `lineage` None: the whole text. `quote`: plain words of it.

    `proposal`: the whole text that an amendment proposes for the paragraph, else None. `deletes`:
    it proposes that the paragraph goes.
    """

    lineage: UUID | None
    language: str
    quote: str = ""
    proposal: str | None = None
    deletes: bool = False


@dataclass(frozen=True)
class Carried:
    """Where it stands now. `proposal`: an amendment's text made to fit the next draft."""

    fit: Fit
    lineage: UUID | None = None
    proposal: str | None = None


def carry(anchor: Anchor, before: Document, after: Document, chain: Iterable[Fates]) -> Carried:
    """What becomes of it, between two drafts with the fates of the change sets between them."""
    if anchor.lineage is None:
        return Carried(Fit.CLEAN, None, anchor.proposal)
    old = before.find(anchor.lineage)
    heirs = [block for one in resolve(anchor.lineage, chain) if (block := after.find(one))]
    if old is None or not heirs:
        return Carried(Fit.ORPHAN)
    language = anchor.language
    block = _nearest(anchor, old, heirs)
    if anchor.deletes and [one.lineage for one in heirs] != [anchor.lineage]:
        # What it became holds other words as well, or only some of these: deleting it says more,
        # or less, than was proposed.
        return Carried(Fit.CONFLICT, block.lineage)
    was, now = old.texts.get(language, ""), block.texts.get(language, "")
    if was == now:
        return Carried(Fit.CLEAN, block.lineage, anchor.proposal)
    if anchor.proposal is not None:
        merged = merge(was, now, anchor.proposal) if len(heirs) == 1 else None
        fits = merged is not None and merged.text is not None
        proposal = merged.text if merged and merged.text is not None else anchor.proposal
        return Carried(Fit.FUZZY if fits else Fit.CONFLICT, block.lineage, proposal)
    quoted = not anchor.quote or anchor.quote in plain(now)
    return Carried(Fit.FUZZY if quoted else Fit.CONFLICT, block.lineage)


def _nearest(anchor: Anchor, old: Block, heirs: list[Block]) -> Block:
    """Of what a paragraph became: the part that holds the quoted words, else the likest one."""
    if len(heirs) == 1:
        return heirs[0]
    language = anchor.language
    for block in heirs:
        if anchor.quote and anchor.quote in plain(block.texts.get(language, "")):
            return block
    text = anchor.quote or old.texts.get(language, "")
    return max(heirs, key=lambda block: likeness(text, plain(block.texts.get(language, ""))))
