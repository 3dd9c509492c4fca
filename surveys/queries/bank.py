"""Finding entries of the questions bank: the package's and the secretariat's own."""

from uuid import UUID

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.texts import lazy as _l
from surveys.bank import Entry, EntryKind, library, matches
from surveys.bank.models import BankEntry
from surveys.models import QuestionnaireDraft, Survey

OWN = "own."
"""How the ids of own entries begin; the row's id follows."""


def entries(session: Session, *, words: str = "", kind: EntryKind | None = None) -> list[Entry]:
    """The entries of this kind that hold all these words: own ones first, the newest before."""
    own = session.scalars(select(BankEntry).order_by(col(BankEntry.saved_at).desc()))
    found = (*(Entry.model_validate(row.definition) for row in own), *library())
    return [one for one in found if kind in (None, one.kind) and matches(one, words)]


def get_entry(session: Session, entry_id: str) -> Entry:
    """One entry; raises `NotFound`."""
    for entry in library():
        if entry.id == entry_id:
            return entry
    return Entry.model_validate(get_own(session, entry_id).definition)


def get_own(session: Session, entry_id: str) -> BankEntry:
    """The row of an own entry; raises `NotFound`."""
    try:
        key = UUID(entry_id.removeprefix(OWN)) if entry_id.startswith(OWN) else None
    except ValueError:
        key = None
    row = session.get(BankEntry, key) if key else None
    if row is None:
        raise NotFound(_l("There is no such entry in the questions bank."))
    return row


def drafted_surveys(session: Session) -> list[Survey]:
    """The surveys whose questionnaire somebody is writing, by code: where entries can go."""
    chosen = select(Survey).join(QuestionnaireDraft).order_by(Survey.code)
    return list(session.scalars(chosen))
