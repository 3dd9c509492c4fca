"""Paragraphs followed from the draft something was said of to the newest published one. Reads only.

What is said of an earlier draft's paragraph stands by what that paragraph has become.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, select

from consult.changes.lineage import Fates, fates, resolve
from consult.changes.operations import OPERATION
from consult.models import Draft, DraftOperation, DraftState
from consult.queries.adoption import find_adoption
from consult.queries.consultations import document_of
from consult.text.document import Document
from consult.text.inline import plain
from consult.text.labels import labels


@dataclass(frozen=True)
class Place:
    """A paragraph as one cites it. `text`: plain, "" where the text isn't for everybody to read."""

    lineage: UUID
    label: str
    text: str


@dataclass(frozen=True)
class Text:
    """The newest published draft of a consultation, and what leads to it.

    `chain`: by draft number, the fates of the change sets after that draft.
    """

    draft: Draft
    document: Document
    adopted: bool
    chain: tuple[tuple[int, Fates], ...]
    _names: dict[str, dict[UUID, str]] = field(default_factory=dict, compare=False)

    def now(self, lineage: UUID, since: int) -> tuple[UUID, ...]:
        """What a paragraph of draft `since` is today; none if it is gone."""
        steps = [step for number, step in self.chain if number > since]
        return tuple(one for one in resolve(lineage, steps) if one in self.document.at)

    def places(self, lineages: Iterable[UUID], language: str, *, whole: bool) -> list[Place]:
        """These paragraphs in reading order, in a language it has, else in its source.

        `whole`: with their texts; without, the texts of adopted drafts only.
        """
        spoken = language if language in self.document.languages else self.document.source
        names = self._labels(language)
        chosen = sorted({one for one in lineages if one in self.document.at}, key=self._at)
        return [
            Place(one, names[one], self._plain(one, spoken) if whole or self.adopted else "")
            for one in chosen
        ]

    def _labels(self, language: str) -> dict[UUID, str]:
        """The labels of all paragraphs, counted once for each language."""
        if language not in self._names:
            self._names[language] = labels(self.document, language)
        return self._names[language]

    def _at(self, lineage: UUID) -> int:
        return self.document.at[lineage]

    def _plain(self, lineage: UUID, language: str) -> str:
        texts = self.document.blocks[self.document.at[lineage]].texts
        return plain(texts.get(language) or texts.get(self.document.source, ""))


def text_of(session: Session, consultation_id: UUID) -> Text | None:
    """The newest published draft with what leads to it, or None where nothing is published."""
    chosen = select(Draft).where(
        Draft.consultation_id == consultation_id, Draft.state == DraftState.PUBLISHED
    )
    drafts = list(session.scalars(chosen.order_by(col(Draft.number))))
    if not drafts:
        return None
    chain = tuple((draft.number, _fates_of(session, draft)) for draft in drafts[1:])
    newest = drafts[-1]
    adopted = find_adoption(session, newest) is not None
    return Text(newest, document_of(newest), adopted, chain)


def _fates_of(session: Session, draft: Draft) -> Fates:
    rows = select(DraftOperation.operation).where(DraftOperation.draft_id == draft.id)
    ordered = session.scalars(rows.order_by(col(DraftOperation.position)))
    return fates(OPERATION.validate_python(row) for row in ordered)
