"""A published draft in one language as pages show it, worked out once and remembered.

A published draft never changes, so what is made of it here is kept by its digest and by the two
languages: the one it is read in, and the page's.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup

from consult.markup import Notes, marked
from consult.models import Draft
from consult.queries.consultations import document_of
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import plain
from consult.text.labels import BULLET, labels
from core.i18n import current_language

LONGEST_PLACE = 60
"""Characters of a paragraph without a label that stand for it."""


def fragment_of(block: Block) -> str:
    """Where on a page a block stands."""
    return f"p-{block.key}"


@dataclass(frozen=True)
class Text:
    """A draft in one language, with what pages say of its blocks. `page`: the page's language."""

    document: Document
    language: str
    page: str

    @cached_property
    def labels(self) -> dict[UUID, str]:
        """What stands in the margin of each block."""
        return labels(self.document, self.language)

    def notes(self, *, linked: bool = False) -> Notes:
        """What stands for a reference to each footnote; `linked` where these are on the page."""
        return {
            block.key: (self.labels[block.lineage], fragment_of(block) if linked else "")
            for block in self.document.footnotes()
        }

    @cached_property
    def html(self) -> dict[UUID, Markup]:
        """Each block's words as HTML of a page that holds the footnotes too."""
        notes = self.notes(linked=True)
        return {block.lineage: marked(self.words(block), notes) for block in self.document.blocks}

    @cached_property
    def places(self) -> dict[UUID, str]:
        """What each block is called where something was said of it, in the page's language."""
        return {block.lineage: self._place(block) for block in self.document.blocks}

    @cached_property
    def not_translated(self) -> tuple[int, int]:
        """How many blocks are translated from an earlier wording, and how many not at all."""
        blocks = self.document.blocks
        return sum(map(self.stale, blocks)), sum(map(self.absent, blocks))

    def spoken(self, block: Block) -> str:
        """The language in which a block can be shown: this one, else the source's."""
        return self.language if block.texts.get(self.language) else self.document.source

    def words(self, block: Block) -> str:
        """A block's text, in the language it can be shown in."""
        return block.texts.get(self.spoken(block), "")

    def stale(self, block: Block) -> bool:
        """Whether it was translated from an earlier wording."""
        return block.stale(self.document.source, self.language)

    def absent(self, block: Block) -> bool:
        """Whether it has words, but none in this language."""
        return bool(block.texts) and self.spoken(block) != self.language

    def place(self, block: Block | None) -> str:
        """What a block is called where something was said of it; None is the whole text."""
        return str(_("The whole text")) if block is None else self.places[block.lineage]

    def _place(self, block: Block) -> str:
        label = self.labels[block.lineage].rstrip(".")
        if block.kind is BlockKind.FOOTNOTE:
            return str(_("Footnote %(label)s", label=label))
        if block.kind is BlockKind.PARAGRAPH and label not in {"", BULLET}:
            return str(_("Paragraph %(label)s", label=label))
        words = plain(self.words(block))
        short = words if len(words) <= LONGEST_PLACE else f"{words[:LONGEST_PLACE].rstrip()}…"
        return f"{label} {short}".strip() if block.kind is BlockKind.HEADING else f"“{short}”"


def text_of(draft: Draft, language: str = "") -> Text:
    """A published draft in this language, or in the one that the request asks for."""
    document = document_of(draft)
    chosen = language if language in document.languages else text_language(document)
    return _remembered(draft.id, draft.digest, chosen, current_language(), _Same(document))


def text_language(document: Document) -> str:
    """The language in which the draft is read: the one asked for, else the page's, else its own."""
    wanted = (request.args.get("language"), request.form.get("language"), current_language())
    return next((one for one in wanted if one in document.languages), document.source)


class _Same:
    """A document that takes no part in what the memory goes by: the digest before it does."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _remembered(_id: UUID, _digest: str, language: str, page: str, same: _Same) -> Text:
    return Text(same.document, language, page)
