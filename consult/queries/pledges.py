"""Pledges: those of the public register, searched, and an organisation's own. Reads only.

The register holds what was published or withdrawn, and of its parties those that signed and stay.
What is in progress, or who was only asked, is never in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from consult.models import (
    Consultation,
    Draft,
    Pledge,
    PledgeParty,
    PledgeProgress,
    PledgeState,
)
from consult.pledge_states import Stand, stand_of
from consult.queries.following import Text, text_of
from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Organisation, OutsideParty

PUBLIC = (PledgeState.PUBLISHED, PledgeState.WITHDRAWN)


@dataclass(frozen=True)
class Party:
    """A party of a pledge with the organisation, or the outside party, that it is."""

    row: PledgeParty
    organisation: Organisation | None
    outside: OutsideParty | None

    @property
    def signed(self) -> bool:
        """Whether it has signed and not left."""
        return self.row.signed_at is not None and self.row.left_at is None

    @property
    def names(self) -> Mapping[str, str]:
        """Its names by language; an outside party has the one it is listed by."""
        if self.organisation is not None:
            return self.organisation.names or {"en": self.organisation.code}
        return {"en": self.outside.name if self.outside else ""}


@dataclass(frozen=True)
class Entry:
    """A pledge with all that belongs to it. `paragraphs`: as they are in the newest draft."""

    pledge: Pledge
    consultation: Consultation
    parties: tuple[Party, ...]
    progress: tuple[PledgeProgress, ...]
    paragraphs: tuple[UUID, ...]

    @property
    def stand(self) -> Stand:
        """How it stands."""
        return stand_of(self.pledge.state, self.progress[0] if self.progress else None)

    @property
    def signed(self) -> tuple[Party, ...]:
        """The parties that have signed, the lead first."""
        return tuple(one for one in self.parties if one.signed)


@dataclass(frozen=True)
class Wanted:
    """What the register is searched for; what is empty doesn't narrow it. `year`: it runs in."""

    words: str = ""
    consultation: str = ""
    paragraph: UUID | None = None
    organisation: str = ""
    region: str = ""
    year: int | None = None
    stand: Stand | None = None
    open_only: bool = False


def register(session: Session, wanted: Wanted | None = None) -> list[Entry]:
    """The entries of the public register that answer what is wanted, the newest first."""
    chosen = select(Pledge).where(col(Pledge.state).in_(PUBLIC))
    ordered = chosen.order_by(col(Pledge.published_at).desc(), col(Pledge.number).desc())
    entries = entries_of(session, session.scalars(ordered))
    return entries if wanted is None else matching(entries, wanted)


def matching(entries: Iterable[Entry], wanted: Wanted) -> list[Entry]:
    """Those of the entries that answer what is wanted, in their order."""
    return [entry for entry in entries if _answers(entry, wanted)]


def _answers(entry: Entry, wanted: Wanted) -> bool:
    pledge, signed = entry.pledge, [p.organisation for p in entry.signed if p.organisation]
    begins, ends = pledge.from_date.year, pledge.until_date.year if pledge.until_date else None
    return (
        all(word in _haystack(entry) for word in wanted.words.casefold().split())
        and wanted.consultation in {"", entry.consultation.code}
        and (wanted.paragraph is None or wanted.paragraph in entry.paragraphs)
        and (not wanted.organisation or any(o.code == wanted.organisation for o in signed))
        and (not wanted.region or any(o.region_code == wanted.region for o in signed))
        and (wanted.year is None or begins <= wanted.year <= (ends or date.max.year))
        and (wanted.stand is None or entry.stand is wanted.stand)
        and (not wanted.open_only or may_be_signed(pledge))
    )


def may_be_signed(pledge: Pledge) -> bool:
    """Whether others may sign it on their own account."""
    return pledge.open_to_others and pledge.state is PledgeState.PUBLISHED


def _haystack(entry: Entry) -> str:
    pledge = entry.pledge
    texts = [*pledge.titles.values(), *pledge.texts.values(), pledge.focal_function]
    names = [name for party in entry.signed for name in party.names.values()]
    return "\n".join([*texts, *names]).casefold()


def entries_of(session: Session, pledges: Iterable[Pledge]) -> list[Entry]:
    """These pledges with all that belongs to them, in a handful of queries for any number."""
    rows = list(pledges)
    ids = [one.id for one in rows]
    parties, progress = _parties(session, ids), _progress(session, ids)
    held = {one.consultation_id for one in rows}
    consultations = {
        one.id: one
        for one in session.scalars(select(Consultation).where(col(Consultation.id).in_(held)))
    }
    texts = {one: text_of(session, one) for one in held}
    numbers = _numbers(session, {one.draft_id for one in rows})
    return [
        Entry(
            pledge=one,
            consultation=consultations[one.consultation_id],
            parties=tuple(parties[one.id]),
            progress=tuple(progress[one.id]),
            paragraphs=_today(texts[one.consultation_id], one, numbers[one.draft_id]),
        )
        for one in rows
    ]


def _today(text: Text | None, pledge: Pledge, number: int) -> tuple[UUID, ...]:
    if text is None:
        return ()
    found = (new for one in pledge.lineages for new in text.now(UUID(one), number))
    return tuple(dict.fromkeys(found))


def _numbers(session: Session, draft_ids: Collection[UUID]) -> dict[UUID, int]:
    chosen = any_select(col(Draft.id), col(Draft.number)).where(col(Draft.id).in_(draft_ids))
    return {row[0]: row[1] for row in session.execute(chosen)}


def _parties(session: Session, ids: Collection[UUID]) -> dict[UUID, list[Party]]:
    """The parties as the database has them now: whoever holds the pledge's lock counts on it."""
    chosen = (
        any_select(PledgeParty, Organisation, OutsideParty)
        .select_from(PledgeParty)
        .outerjoin(Organisation, col(Organisation.id) == col(PledgeParty.organisation_id))
        .outerjoin(OutsideParty, col(OutsideParty.id) == col(PledgeParty.outside_party_id))
        .where(col(PledgeParty.pledge_id).in_(ids))
        .order_by(
            col(PledgeParty.lead).desc(),
            col(PledgeParty.signed_at).is_(None),
            col(PledgeParty.signed_at),
            col(PledgeParty.id),
        )
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, list[Party]] = defaultdict(list)
    for row, organisation, outside in session.execute(chosen):
        found[row.pledge_id].append(Party(row, organisation, outside))
    return found


def _progress(session: Session, ids: Collection[UUID]) -> dict[UUID, list[PledgeProgress]]:
    """The reports, the newest first."""
    chosen = select(PledgeProgress).where(col(PledgeProgress.pledge_id).in_(ids))
    found: dict[UUID, list[PledgeProgress]] = defaultdict(list)
    for row in session.scalars(chosen.order_by(col(PledgeProgress.at).desc())):
        found[row.pledge_id].append(row)
    return found


def parties_of(session: Session, pledge: Pledge) -> list[PledgeParty]:
    """All parties of a pledge: the lead first, then as they signed, those only asked last."""
    return [party.row for party in _parties(session, [pledge.id])[pledge.id]]


def get_public(session: Session, code: str, number: int) -> Entry:
    """A pledge of the register, by its consultation's code and its number; raises `NotFound`."""
    chosen = (
        select(Pledge)
        .join(Consultation)
        .where(Consultation.code == code, Pledge.number == number, col(Pledge.state).in_(PUBLIC))
    )
    found = session.scalars(chosen).one_or_none()
    if found is None:
        raise NotFound(_l("There is no such pledge."))
    return entries_of(session, [found])[0]


def get_own(session: Session, pledge_id: UUID, organisation_id: UUID) -> tuple[Entry, Party]:
    """A pledge in which an organisation has a part; raises `NotFound`.

    One it left or declined is there once it stands in the register: in progress it is the others'.
    """
    pledge = session.get(Pledge, pledge_id)
    entry = entries_of(session, [pledge])[0] if pledge else None
    for party in entry.parties if entry else ():
        mine = party.row.organisation_id == organisation_id
        if entry and mine and (party.row.left_at is None or entry.pledge.state in PUBLIC):
            return entry, party
    raise NotFound(_l("There is no such pledge."))


def own_pledges(session: Session, organisation_id: UUID) -> list[Entry]:
    """The pledges an organisation makes, has signed or is asked to sign, the newest first."""
    chosen = (
        select(Pledge)
        .join(PledgeParty)
        .where(PledgeParty.organisation_id == organisation_id, col(PledgeParty.left_at).is_(None))
        .order_by(col(Pledge.created_at).desc())
    )
    return entries_of(session, session.scalars(chosen))


def get_pledge(session: Session, pledge_id: UUID) -> Entry:
    """Any pledge, for staff; raises `NotFound`."""
    pledge = session.get(Pledge, pledge_id)
    if pledge is None:
        raise NotFound(_l("There is no such pledge."))
    return entries_of(session, [pledge])[0]


def pledges_for_staff(session: Session, consultation_id: UUID) -> list[Entry]:
    """The pledges of a consultation that staff see, the newest first.

    Those of the register, and in progress those that they enter for parties without accounts: what
    an organisation has in progress is its own.
    """
    outside = select(PledgeParty.pledge_id).where(
        col(PledgeParty.lead).is_(True), col(PledgeParty.outside_party_id).is_not(None)
    )
    chosen = select(Pledge).where(
        Pledge.consultation_id == consultation_id,
        or_(col(Pledge.state).in_(PUBLIC), col(Pledge.id).in_(outside)),
    )
    return entries_of(session, session.scalars(chosen.order_by(col(Pledge.created_at).desc())))
