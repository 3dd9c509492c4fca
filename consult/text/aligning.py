"""Another language's text laid beside a draft: paragraph by paragraph, by place and structure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from uuid import UUID

from consult.text.document import Block, BlockKind, Document
from consult.text.inline import parse, plain, render
from consult.text.labels import BULLET
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

_SHOWN = 60
_KINDS: dict[BlockKind, Lazy] = {
    BlockKind.HEADING: _l("a heading"),
    BlockKind.PARAGRAPH: _l("a paragraph"),
    BlockKind.FOOTNOTE: _l("a footnote"),
}


class DoesNotFit(DomainError):
    """A text whose paragraphs are not those of the draft; the first one that differs is named."""


def texts_beside(document: Document, other: Document) -> dict[UUID, str]:
    """What each paragraph of the draft says in the other text, which has one language.

    Where the other text carries the draft's own identities, these decide. Else both need the same
    headings, paragraphs and footnotes, as deep and as numbered, in the same order: raises
    `DoesNotFit`. References to footnotes become the draft's.
    """
    ours, theirs = _ordered(document), _ordered(other)
    if {one.lineage for one in theirs} <= set(document.at):
        pairs = [(document.blocks[document.at[one.lineage]], one) for one in theirs]
    else:
        pairs = _paired(ours, theirs)
    keys = {two.key: one.key for one, two in pairs if one.kind is BlockKind.FOOTNOTE}
    return {one.lineage: _rekeyed(two.texts.get(other.source, ""), keys) for one, two in pairs}


def _ordered(document: Document) -> list[Block]:
    """The blocks, footnotes last: where they stand in a file says nothing."""
    return sorted(document.blocks, key=lambda one: one.kind is BlockKind.FOOTNOTE)


def _rekeyed(text: str, keys: dict[str, str]) -> str:
    return render(replace(run, note=keys.get(run.note, run.note)) for run in parse(text))


def _paired(ours: Sequence[Block], theirs: Sequence[Block]) -> list[tuple[Block, Block]]:
    pairs: list[tuple[Block, Block]] = []
    for place, (one, other) in enumerate(zip_longest(ours, theirs), start=1):
        if one is None:
            raise DoesNotFit(
                _l(
                    "Paragraph %(place)s of the file, “%(text)s”, has no counterpart: the draft "
                    "ends before it. Both need the same paragraphs in the same order.",
                    place=place, text=_beginning(other),
                )
            )  # fmt: skip
        if other is None:
            raise DoesNotFit(
                _l(
                    "The file ends before paragraph %(place)s of the draft, “%(text)s”. Both need "
                    "the same paragraphs in the same order.",
                    place=place, text=_beginning(one),
                )
            )  # fmt: skip
        if _structure(one) != _structure(other):
            raise DoesNotFit(_differs(place, one, other))
        pairs.append((one, other))
    return pairs


def _structure(block: Block) -> tuple[BlockKind, int, str]:
    """What a paragraph and its translation have in common."""
    numbered = "numbered" if block.number or block.label else ""
    return block.kind, block.level, BULLET if block.number == BULLET else numbered


def _differs(place: int, one: Block, other: Block) -> Lazy:
    if one.kind is not other.kind:
        return _l(
            "Paragraph %(place)s of the file, “%(text)s”, does not fit: it is %(there)s, and the "
            "draft has %(here)s there, “%(ours)s”.",
            place=place, text=_beginning(other), there=_KINDS[other.kind],
            here=_KINDS[one.kind], ours=_beginning(one),
        )  # fmt: skip
    return _l(
        "Paragraph %(place)s of the file, “%(text)s”, does not fit: it is not as deep, or not "
        "numbered as, the draft's “%(ours)s”.",
        place=place, text=_beginning(other), ours=_beginning(one),
    )  # fmt: skip


def _beginning(block: Block) -> str:
    text = plain(next(iter(block.texts.values()), ""))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
