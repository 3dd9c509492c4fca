"""Steps of writing a draft: one operation each, made from what the drafter saw, and taken back.

Every step says which contributions it answers, or in a note why; what says neither waits until
somebody does. A first draft has no draft before it: its steps need no reason and leave no trace.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from consult.changes.operations import (
    Delete,
    Insert,
    Merge,
    Move,
    Operation,
    Relabel,
    Replace,
    Split,
    Translate,
)
from consult.changes.reshaping import divided, joined
from consult.models import Draft, DraftState
from consult.queries.consultations import document_of
from consult.services.drafts import Act, change, read_set, rewrite_set
from consult.text.document import Block, BlockKind, Document, canonical, digest_of
from core.errors import Conflict, DomainError, NotFound
from core.texts import lazy as _l

MARK = 16
NO_WORDS = _l(
    "Nothing is changed yet. Write other words, or choose the contributions that you answer "
    "and say in the note how they are settled."
)


class EditedElsewhere(Conflict):
    """Somebody changed the paragraph since the page was made. `theirs`: as it is now, or None."""

    def __init__(self, theirs: Block | None) -> None:
        super().__init__(
            _l("Somebody else changed this paragraph meanwhile. Both texts are below.")
            if theirs
            else _l("Somebody else took this paragraph out meanwhile. Your text is below.")
        )
        self.theirs = theirs


@dataclass(frozen=True)
class Why:
    """What a step answers."""

    contributions: tuple[UUID, ...] = ()
    note: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """As operations hold it."""
        return {"contributions": self.contributions, "note": self.note.strip()}

    @property
    def given(self) -> bool:
        """Whether it says anything."""
        return bool(self.contributions or self.note.strip())


def mark_of(block: Block) -> str:
    """What a page remembers of a paragraph, to notice that it was changed."""
    return digest_of(canonical(block))[:MARK]


@dataclass(frozen=True)
class At:
    """A paragraph as the drafter saw it: its lineage, and the page's mark of it."""

    lineage: UUID
    seen: str


class Desk:
    """A draft in work, locked against others until the transaction ends.

    `steps`: how many were taken here.
    """

    def __init__(self, session: Session, draft: Draft, act: Act) -> None:
        """Lock it. Raises `Conflict` where it is published."""
        session.refresh(draft, with_for_update=True)
        if draft.state is DraftState.PUBLISHED:
            raise Conflict(
                _l("This draft is published: it never changes. Make the next one of it.")
            )
        self.session, self.draft, self.act = session, draft, act
        self.document: Document = document_of(draft)
        self.steps = 0

    def at(self, at: At) -> Block:
        """The paragraph, if it is as it was seen. Raises `EditedElsewhere`."""
        block = self.document.find(at.lineage)
        if block is None or mark_of(block) != at.seen:
            raise EditedElsewhere(block)
        return block

    def do(self, *operations: Operation) -> None:
        """Add these operations and apply them."""
        self.document = change(self.session, self.draft, operations, self.act)
        self.steps += len(operations)

    def reword(
        self, at: At, texts: Mapping[str, str], why: Why, right: Collection[str] = ()
    ) -> Block:
        """Give a paragraph other words, in the languages in which they differ; the paragraph.

        `right`: languages whose translation still says what the source says, though that changed.
        """
        block = self.at(at)
        source = self.document.source
        reworded = texts.get(source, block.texts.get(source, "")) != block.texts.get(source, "")
        new = {
            language: text
            for language, text in texts.items()
            if text != block.texts.get(language, "")
            or (language in right and (reworded or block.stale(source, language)))
        }
        if new:
            self.do(Replace(lineage=block.lineage, texts=new, **why.fields))
        return self.document.blocks[self.document.at[block.lineage]]

    def settle(self, block: Block, why: Why) -> None:
        """Answer contributions by letting a paragraph's words stand: a step that changes none.

        Raises `DomainError` where it doesn't say which ones, and in a note how.
        """
        if not (why.contributions and why.note.strip()):
            raise DomainError(NO_WORDS, 422)
        self.do(Replace(lineage=block.lineage, texts={}, **why.fields))

    def split(self, block: Block, parts: Mapping[str, Sequence[str]], why: Why) -> None:
        """Divide a paragraph. `parts`: in the source language two or more texts.

        Another language's texts go to the parts one by one where there are as many; else the first
        part takes the whole, and it is stale. Raises `DomainError` for a single part.
        """
        source = [text for text in parts.get(self.document.source, ()) if text]
        if len(source) < 2:  # noqa: PLR2004 -- one part is no division
            raise DomainError(_l("Begin a new line where the new paragraph begins."))
        if block.kind is BlockKind.FOOTNOTE:
            raise DomainError(_l("A footnote can't be divided."))
        blank = block.model_copy(update={"texts": {}, "made_from": {}, "start": None, "label": ""})
        pieces = [blank.model_copy(update={"texts": {self.document.source: t}}) for t in source]
        into = list(divided(block, pieces))
        into[0] = into[0].model_copy(update={"start": block.start, "label": block.label})
        for language, texts in parts.items():
            if language != self.document.source and len(texts) == len(source):
                into = [_translated(self.document, part, language, text)
                        for part, text in zip(into, texts, strict=True)]  # fmt: skip
        self.do(Split(lineage=block.lineage, into=tuple(into), **why.fields))

    def merge(self, block: Block, why: Why) -> None:
        """Make a paragraph and the one after it one. Raises `DomainError` where none follows."""
        at = self.document.at[block.lineage]
        after = self.document.blocks[at + 1 : at + 2]
        if not after or BlockKind.FOOTNOTE in {block.kind, after[0].kind}:
            raise DomainError(_l("No paragraph follows that this one could be merged with."))
        parts = (block, after[0])
        texts = " ".join(one.texts[self.document.source] for one in parts
                         if one.texts.get(self.document.source))  # fmt: skip
        shape = block.model_copy(update={"texts": {self.document.source: texts}})
        into = joined(self.document, parts, shape)
        self.do(Merge(lineages=tuple(one.lineage for one in parts), into=into, **why.fields))

    def move(self, block: Block, after: UUID | None, why: Why) -> None:
        """Let a paragraph stand after another, or first of all."""
        at = self.document.at[block.lineage]
        above = self.document.blocks[at - 1].lineage if at else None
        if after not in {above, block.lineage}:
            self.do(Move(lineage=block.lineage, after=after, **why.fields))

    def step(self, block: Block, places: int, why: Why) -> None:
        """Move a paragraph one place up (-1) or down (1). At the end of the text it stays."""
        rest = [one.lineage for one in self.document.blocks if one.lineage != block.lineage]
        at = self.document.at[block.lineage] + places
        if 0 <= at <= len(rest):
            self.move(block, rest[at - 1] if at else None, why)

    def insert(self, after: UUID | None, new: Block, why: Why) -> UUID:
        """Insert a paragraph after another, or first of all; its lineage."""
        if not new.texts.get(self.document.source):
            raise DomainError(_l("Write the new paragraph's text."))
        block = new.model_copy(update={"lineage": uuid4()})
        self.do(Insert(block=block, after=after, **why.fields))
        return block.lineage

    def delete(self, block: Block, why: Why) -> None:
        """Take a paragraph out. What stood under it stays."""
        self.do(Delete(lineage=block.lineage, **why.fields))

    def relabel(self, block: Block, form: Mapping[str, Any], why: Why) -> None:
        """Give a paragraph another kind, depth, numbering or label."""
        if any(getattr(block, name) != value for name, value in form.items()):
            self.do(Relabel(lineage=block.lineage, **form, **why.fields))

    def translate(self, language: str, texts: Mapping[UUID, str]) -> None:
        """Give paragraphs these texts in a language, each of the source text as it is now."""
        if texts:
            note = language
            self.do(Translate(language=language, texts=dict(texts), note=note))

    def undo(self, last: UUID) -> None:
        """Take back the newest step, if it is still this one. Raises `Conflict`."""
        operations = read_set(self.session, self.draft)
        if not operations or operations[-1].id != last:
            raise Conflict(
                _l("The last step is another one by now. Look again, then take it back.")
            )
        rewrite_set(self.session, self.draft, operations[:-1], self.act)

    def explain(self, reasons: Mapping[UUID, Why]) -> None:
        """Say why steps were made, by operation. Raises `NotFound` where one is not there."""
        operations = read_set(self.session, self.draft)
        if not set(reasons) <= {one.id for one in operations}:
            raise NotFound(_l("There is no such step any more."))
        changed = [
            one.model_copy(update=reasons[one.id].fields) if one.id in reasons else one
            for one in operations
        ]
        if changed != operations:
            rewrite_set(self.session, self.draft, changed, self.act)


def _translated(document: Document, part: Block, language: str, text: str) -> Block:
    """A part with a translation of the words it has now."""
    source = digest_of(part.texts.get(document.source, ""))
    return part.model_copy(
        update={
            "texts": {**part.texts, language: text},
            "made_from": {**part.made_from, language: source},
        }
    )
