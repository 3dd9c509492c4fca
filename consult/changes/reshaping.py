"""Paragraphs that were divided or merged between a draft and an edited text of it.

Both end lineages in favour of new ones; translations go on with the new paragraphs, and are stale
unless nothing but the joining changed.
"""

from collections.abc import Sequence
from uuid import uuid4

from consult.changes.dividing import divisions
from consult.changes.operations import Merge, Operation, Split
from consult.text.document import Block, BlockKind, Document, digest_of
from consult.text.inline import plain


def reshaped(
    base: Document, edited: Document, language: str
) -> tuple[list[Operation], list[Block]]:
    """The splits and merges, and the edited blocks with the lineages these give them."""
    targets = list(edited.blocks)
    splits = _splits(base, edited, language)
    operations: list[Operation] = []
    for at, run in splits.items():
        parts = divided(base.blocks[at], [targets[one] for one in run])
        operations.append(Split(lineage=base.blocks[at].lineage, into=parts))
        for one, part in zip(run, parts, strict=True):
            targets[one] = part
    for at, run in _merges(base, edited, language, splits).items():
        parts = tuple(base.blocks[one] for one in run)
        targets[at] = joined(base, parts, targets[at])
        lineages = tuple(part.lineage for part in parts)
        operations.append(Merge(lineages=lineages, into=targets[at]))
    return operations, targets


def _pairs(base: Document, edited: Document) -> dict[int, int]:
    """Where each block of the draft that goes on stands in the edited text."""
    return {
        base.at[one.lineage]: i for i, one in enumerate(edited.blocks) if one.lineage in base.at
    }


def _plain(document: Document, language: str) -> list[str]:
    return [plain(block.texts.get(language, "")) for block in document.blocks]


def _sorts(document: Document) -> list[str]:
    """Which blocks may be parts of one: those of a kind, footnotes never."""
    notes = BlockKind.FOOTNOTE
    return ["" if one.kind is notes else one.kind.value for one in document.blocks]


def _splits(base: Document, edited: Document, language: str) -> dict[int, range]:
    wholes = _plain(base, language)
    for at, block in enumerate(base.blocks):
        if block.kind is BlockKind.FOOTNOTE:
            wholes[at] = ""
    return divisions(wholes, _plain(edited, language), _pairs(base, edited), _sorts(edited))


def _merges(
    base: Document, edited: Document, language: str, splits: dict[int, range]
) -> dict[int, range]:
    """For each merged block of the edited text the blocks of the draft, none that was divided."""
    wholes, sorts = _plain(edited, language), _sorts(base)
    used = {one for run in splits.values() for one in run}
    for at, block in enumerate(edited.blocks):
        if at in used or block.kind is BlockKind.FOOTNOTE:
            wholes[at] = ""
    for at in splits:
        sorts[at] = ""
    back = {there: at for at, there in _pairs(base, edited).items() if at not in splits}
    return divisions(wholes, _plain(base, language), back, sorts)


def divided(whole: Block, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The parts with lineages of their own. The first takes the translations, stale from now on."""
    parts = [block.model_copy(update={"lineage": uuid4(), "made_from": {}}) for block in blocks]
    texts = {**whole.texts, **parts[0].texts}
    parts[0] = parts[0].model_copy(update={"texts": texts, "made_from": whole.made_from})
    return tuple(parts)


def joined(base: Document, parts: Sequence[Block], block: Block) -> Block:
    """What parts became, with a lineage of its own and their translations one after the other.

    These are up to date only if nothing but the joining changed.
    """
    together = {
        language: " ".join(part.texts[language] for part in parts if part.texts.get(language))
        for language in base.languages
    }
    texts = {**{one: text for one, text in together.items() if text}, **block.texts}
    source = texts.get(base.source, "")
    fresh = [
        language
        for language in texts
        if language != base.source
        and source == together[base.source]
        and texts[language] == together[language]
        and not any(part.stale(base.source, language) for part in parts)
    ]
    made_from = dict.fromkeys(fresh, digest_of(source))
    return block.model_copy(update={"lineage": uuid4(), "texts": texts, "made_from": made_from})
