"""Using entries of the questions bank in drafts, and saving parts of drafts as entries."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session

from core import audit
from core.audit import Named
from core.errors import Conflict
from core.texts import lazy as _l
from surveys.bank import Entry, EntryKind, Target, insert
from surveys.bank.models import BankEntry
from surveys.bank.saving import question_entry, scale_entry, section_entry
from surveys.definition import Questionnaire
from surveys.languages import source_of
from surveys.models import Survey
from surveys.queries.bank import OWN, get_own
from surveys.services import drafts

USE = "use_bank"
"""What using an entry is called among a draft's steps."""
_MAKERS = {
    EntryKind.QUESTION: question_entry,
    EntryKind.SCALE: scale_entry,
    EntryKind.SECTION: section_entry,
}


def use(
    session: Session,
    survey: Survey,
    entry: Entry,
    target: Target,
    *,
    now: datetime,
    by: drafts.Author,
) -> tuple[str, ...]:
    """Put an entry into the survey's draft, in one step; the codes its questions were given."""
    codes: list[str] = []

    def make(document: Questionnaire) -> Questionnaire:
        inserted = insert(document, entry, target, uuid4)
        codes.extend(inserted.codes)
        return inserted.document

    drafts.change(session, survey, make, action=USE, about=entry.id, now=now, by=by)
    return tuple(codes)


def save(
    session: Session,
    survey: Survey,
    kind: EntryKind,
    code: str,
    name: str,
    *,
    now: datetime,
    by: Named,
) -> Entry:
    """Save a part of the survey's draft as an entry of one's own.

    `code`: of the question or section; `name`: what the entry is called, in the draft's source.
    Raises Conflict where the part isn't there any more.
    """
    document = drafts.document_of(drafts.get_draft(session, survey))
    row_id = uuid4()
    texts = {source_of(document): name}
    entry = _MAKERS[kind](document, code, f"{OWN}{row_id.hex}", texts)
    session.add(
        BankEntry(
            id=row_id,
            kind=kind,
            definition=entry.model_dump(mode="json", exclude_defaults=True),
            taken_from=survey.code,
            saved_at=now,
            saved_by=by.label,
        )
    )
    audit.record(session, "bank.save", about=entry.id, now=now, by=by, survey=survey.code)
    session.flush()
    return entry


def remove(session: Session, entry: Entry, *, now: datetime, by: Named) -> None:
    """Delete an own entry; questionnaires that used it keep their questions and its id."""
    if not entry.own:
        raise Conflict(_l("This entry belongs to Plenary, and can't be removed."))
    session.delete(get_own(session, entry.id))
    audit.record(session, "bank.remove", about=entry.id, now=now, by=by)
    session.flush()
