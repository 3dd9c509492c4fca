"""To whom each paragraph of an adopted text is addressed, and by when a report on it is due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import inspect
from sqlmodel import Session, select

from consult.addressees import MOST, tidied, unknown
from consult.models import Consultation, Draft, Duty
from consult.queries.adoption import duties_of, find_adoption
from consult.queries.consultations import document_of
from consult.services.drafts import Act
from consult.text.document import BlockKind
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Organisation
from movement.queries.directory import regions


@dataclass(frozen=True)
class Addressing:
    """Marks of `consult.addressees`, and the day by which a report is due, if one is."""

    marks: Sequence[str]
    report_due: date | None = None


def address(
    session: Session, draft: Draft, lineages: Collection[UUID], to: Addressing, act: Act
) -> list[Duty]:
    """Address these paragraphs to whom the marks reach; without marks, to nobody any more.

    Raises `Conflict` for a text that isn't adopted, `DomainError` for a paragraph it hasn't and for
    marks that mean nobody. Flushes.
    """
    if find_adoption(session, draft) is None:
        raise Conflict(_l("Paragraphs are addressed once their text is adopted."))
    _check_paragraphs(draft, lineages)
    marks, report_due = tidied(to.marks), to.report_due
    _check_marks(session, marks)
    held = duties_of(session, draft.id)
    made = [
        _set(session, held.get(one) or Duty(draft_id=draft.id, lineage=one), marks, report_due)
        for one in dict.fromkeys(lineages)
    ]
    consultation = session.get_one(Consultation, draft.consultation_id)
    audit.record(
        session, "paragraphs.addressed", about=consultation.code, now=act.now, label=act.label,
        paragraphs=[str(one) for one in lineages], addressees=marks,
        report_due=report_due.isoformat() if report_due else None,
    )  # fmt: skip
    session.flush()
    return [duty for duty in made if duty is not None]


def _set(session: Session, duty: Duty, marks: list[str], due: date | None) -> Duty | None:
    if not marks:
        if inspect(duty).persistent:
            session.delete(duty)
        return None
    duty.addressees, duty.report_due = list(marks), due
    session.add(duty)
    return duty


def _check_paragraphs(draft: Draft, lineages: Collection[UUID]) -> None:
    if not lineages:
        raise DomainError(_l("Choose at least one paragraph."))
    document = document_of(draft)
    for lineage in lineages:
        block = document.find(lineage)
        if block is None or block.kind is not BlockKind.PARAGRAPH:
            raise DomainError(_l("The adopted text has no such paragraph."))


def _check_marks(session: Session, marks: list[str]) -> None:
    if len(marks) > MOST:
        raise DomainError(_l("Name at most %(most)s addressees.", most=MOST))
    places = [region.code for region in regions(session)]
    strange = unknown(marks, places, list(session.scalars(select(Organisation.code))))
    if strange:
        raise DomainError(_l("%(mark)s is nobody there is.", mark=strange[0].rpartition(":")[2]))
