"""An edited text matched to the draft it was made of: the operations that lead to it.

What becomes of each paragraph is guessed from identities the text carries, from equal words, and
from likeness in order; whatever is guessed, applying the operations gives the edited text exactly.
The operations still lack their reason: the drafter gives it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from consult.changes.applying import apply
from consult.changes.operations import (
    Delete,
    Insert,
    Move,
    Operation,
    Relabel,
    Replace,
)
from consult.changes.reshaping import reshaped
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import parse, plain, render
from consult.text.pairing import matched

_SHAPE = ("kind", "level", "number", "start", "label")


def identified(base: Document, edited: Document, language: str) -> Document:
    """The edited text in which each paragraph that continues one of the draft has its lineage.

    One that carries the lineage of a paragraph of the draft keeps it. References to footnotes
    follow the footnotes.
    """
    keys: dict[str, str] = {}
    blocks = list(edited.blocks)
    for footnotes in (True, False):
        places = [i for i, one in enumerate(blocks) if _is_note(one) is footnotes]
        known = _known(base, [blocks[at] for at in places], language, footnotes=footnotes)
        for at, lineage in zip(places, known, strict=True):
            if footnotes:
                keys[blocks[at].key] = lineage.hex[:8]
            blocks[at] = blocks[at].model_copy(update={"lineage": lineage})
        if footnotes:
            blocks = [_rekeyed(one, keys) for one in blocks]
    return edited.model_copy(update={"blocks": tuple(blocks)})


def _is_note(block: Block) -> bool:
    return block.kind is BlockKind.FOOTNOTE


def _rekeyed(block: Block, keys: dict[str, str]) -> Block:
    """The block referring to footnotes by their new keys."""
    texts = {
        language: render(replace(run, note=keys.get(run.note, run.note)) for run in parse(text))
        for language, text in block.texts.items()
    }
    return block.model_copy(update={"texts": texts})


def _known(
    base: Document, blocks: Sequence[Block], language: str, *, footnotes: bool
) -> list[UUID]:
    """A lineage for each block: its own if the draft has it, that of the like one, or a new one."""
    pool = [one for one in base.blocks if _is_note(one) is footnotes]
    own = {one.lineage for one in pool} & {one.lineage for one in blocks}
    left = [one for one in pool if one.lineage not in own]
    free = [at for at, one in enumerate(blocks) if one.lineage not in own]
    pairs = matched(
        [plain(one.texts.get(language, "")) for one in left],
        [plain(blocks[at].texts.get(language, "")) for at in free],
    )
    new = {free[there]: left[here].lineage for here, there in pairs.items()}
    return [
        new.get(at) or (one.lineage if one.lineage in own else uuid4())
        for at, one in enumerate(blocks)
    ]


def match(base: Document, edited: Document, language: str) -> list[Operation]:
    """The operations that make of the draft, in one of its languages, exactly the edited text.

    `edited`: as `identified` gives it. Paragraphs it lacks are deleted, others keep their texts in
    the other languages. Dividing and merging is recognised, and ends the lineages concerned.
    What has no words in the language can't be missed from the text, and stays.
    """
    operations, targets = reshaped(base, edited, language)
    now = apply(base, operations)
    wordless = [one for one in now.blocks if not one.texts.get(language)]
    targets = in_their_places(now, targets, wordless)
    wanted = {one.lineage for one in targets}
    gone: list[Operation] = [
        Delete(lineage=one.lineage) for one in now.blocks if one.lineage not in wanted
    ]
    now = apply(now, gone)
    ordered = _ordered(now, targets)
    now = apply(now, ordered)
    return [*operations, *gone, *ordered, *_reworded(now, targets, language)]


def in_their_places(
    base: Document, blocks: Sequence[Block], missing: Iterable[Block]
) -> list[Block]:
    """The blocks with those of a draft that they lack, each behind what stands before it there."""
    there = {one.lineage for one in blocks}
    lacking = {one.lineage: one for one in missing if one.lineage not in there}
    behind: dict[UUID | None, list[Block]] = {}
    last: UUID | None = None
    for one in base.blocks:
        if one.lineage in there:
            last = one.lineage
        elif one.lineage in lacking:
            behind.setdefault(last, []).append(lacking[one.lineage])
    followed = (one for block in blocks for one in (block, *behind.get(block.lineage, ())))
    return [*behind.get(None, ()), *followed]


def _ordered(now: Document, targets: Sequence[Block]) -> list[Operation]:
    """The insertions and moves that bring the blocks into their order; the fewest moves."""
    places = [now.at.get(one.lineage) for one in targets]
    staying = _longest_rise(places)
    operations: list[Operation] = []
    after: UUID | None = None
    for at, one in enumerate(targets):
        if places[at] is None:
            operations.append(Insert(block=one, after=after))
        elif at not in staying:
            operations.append(Move(lineage=one.lineage, after=after))
        after = one.lineage
    return operations


def _longest_rise(places: Sequence[int | None]) -> set[int]:
    """The indexes of a longest rising run among the numbers; what has none takes no part.

    Patience sorting: `ends[n]` is where the lowest run of n + 1 numbers ends.
    """
    ends: list[int] = []
    lows: list[int] = []
    links: dict[int, int | None] = {}
    for at, place in enumerate(places):
        if place is None:
            continue
        length = bisect_left(lows, place)
        links[at] = ends[length - 1] if length else None
        ends[length:] = [at, *ends[length + 1 :]]
        lows[length:] = [place, *lows[length + 1 :]]
    rise: set[int] = set()
    at_last = ends[-1] if ends else None
    while at_last is not None:
        rise.add(at_last)
        at_last = links[at_last]
    return rise


def _reworded(now: Document, targets: Sequence[Block], language: str) -> list[Operation]:
    """What gives the blocks, now in their order, their form and their words."""
    operations: list[Operation] = []
    for block, wanted in zip(now.blocks, targets, strict=True):
        shape = {name: getattr(wanted, name) for name in _SHAPE}
        if any(getattr(block, name) != value for name, value in shape.items()):
            operations.append(Relabel(lineage=block.lineage, **shape))
        text = wanted.texts.get(language, "")
        if block.texts.get(language, "") != text:
            operations.append(Replace(lineage=block.lineage, texts={language: text}))
    return operations
