"""The secretariat's queue: a round's contributions in the order of the text, page by page.

A page is found by the number of the contribution before it, so that nothing is skipped or shown
twice when others decide meanwhile. Nothing below "submitted" is ever among them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, tuple_
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from consult.models import (
    OFFICIAL,
    ConsultationCode,
    Contribution,
    Disposition,
)
from consult.queries.codes import sorted_under
from consult.queries.figures import Condition, approved, proposed, with_standing
from consult.queries.filters import Filters, conditions
from consult.queries.officers import names_of
from consult.text.document import BlockKind, Document
from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Organisation, Participation

PAGE = 30
"""Contributions on a page: as many as an officer looks through at a time, and quick to make."""


@dataclass(frozen=True)
class Line:
    """One contribution with what belongs to it. `region`: the one its organisation is counted in.

    `head`: the number of the contribution that the standing disposition calls it a duplicate of.
    """

    contribution: Contribution
    organisation: Organisation
    region: str | None
    approved: Disposition | None
    proposed: Disposition | None
    officer: str = ""
    codes: Sequence[ConsultationCode] = ()
    head: int | None = None

    @property
    def standing(self) -> Disposition | None:
        """What counts now, else what is proposed."""
        return self.approved or self.proposed


@dataclass(frozen=True)
class Page:
    """A page of the queue. `total`: of all pages. `after`: leads to the next, None at the end."""

    lines: list[Line] = field(default_factory=list)
    total: int = 0
    after: int | None = None


def queue(
    session: Session, call_id: UUID, document: Document, filters: Filters, *,
    after: int | None = None, most: int = PAGE,
) -> Page:  # fmt: skip
    """A page of a round's contributions, those on the whole text first, then as the text goes.

    `document`: the round's draft. `after`: the number of the last one of the page before.
    """
    where = list(conditions(filters, call_id, _lineages(document, filters)))
    place = _start(session, call_id, document, after)
    counts = _counts(session, where)
    ordered = sorted(counts, key=lambda one: _position(document, one))
    wanted, rest = _reach(document, ordered, counts, place, most)
    ids = [
        identity
        for lineage, number, identity in _keys(session, where, wanted, document)
        if (_position(document, lineage), number) > place
    ]
    lines = lines_of(session, ids[:most])
    more = rest or len(ids) > most
    last = lines[-1].contribution.number if lines and more else None
    return Page(lines, sum(counts.values()), last)


def _lineages(document: Document, filters: Filters) -> frozenset[UUID] | None:
    """The blocks that the filters leave; None: all."""
    if filters.paragraph:
        return frozenset({filters.paragraph})
    if filters.section:
        return frozenset(blocks_under(document, filters.section))
    return None


def blocks_under(document: Document, heading: UUID) -> list[UUID]:
    """A heading and all that stands under it, up to the next one of its level or above."""
    begin = document.at.get(heading)
    if begin is None:
        return []
    level, found = document.blocks[begin].level, [heading]
    for block in document.blocks[begin + 1 :]:
        if block.kind is BlockKind.HEADING and block.level <= level:
            break
        found.append(block.lineage)
    return found


def _position(document: Document, lineage: UUID | None) -> int:
    """Where it stands in the queue: the whole text first, what the draft doesn't have last."""
    return -1 if lineage is None else document.at.get(lineage, len(document.blocks))


def _start(
    session: Session, call_id: UUID, document: Document, after: int | None
) -> tuple[int, int]:
    """The place behind which the page begins: (position in the text, number)."""
    if after is None:
        return (-2, 0)
    row = session.execute(
        any_select(col(Contribution.lineage)).where(
            col(Contribution.call_id) == call_id, col(Contribution.number) == after
        )
    ).one_or_none()
    return (-2, 0) if row is None else (_position(document, row[0]), after)


def _counts(session: Session, where: list[Condition]) -> dict[UUID | None, int]:
    """How many are meant, by what they speak of."""
    place = col(Contribution.lineage)
    chosen = any_select(place, func.count()).select_from(Contribution)
    rows = session.execute(with_standing(chosen).where(*where).group_by(place))
    return {row[0]: row[1] for row in rows}


def _reach(
    document: Document, ordered: list[UUID | None], counts: dict[UUID | None, int],
    place: tuple[int, int], most: int,
) -> tuple[list[UUID | None], bool]:  # fmt: skip
    """The blocks from the place on that fill a page for sure, and whether more come after."""
    coming = [one for one in ordered if _position(document, one) >= place[0]]
    wanted: list[UUID | None] = []
    sure = 0
    for index, lineage in enumerate(coming):
        wanted.append(lineage)
        begun = _position(document, lineage) == place[0]
        sure += 0 if begun else counts[lineage]
        if sure >= most:
            return wanted, index + 1 < len(coming)
    return wanted, False


def _keys(
    session: Session, where: list[Condition], wanted: Iterable[UUID | None], document: Document
) -> list[tuple[UUID | None, int, UUID]]:
    """(what it speaks of, number, id) of all on these blocks, in the queue's order."""
    wanted = list(wanted)
    lineage = col(Contribution.lineage)
    among: Condition = lineage.in_([one for one in wanted if one is not None])
    if None in wanted:
        among |= lineage.is_(None)
    chosen = any_select(lineage, col(Contribution.number), col(Contribution.id)).select_from(
        Contribution
    )
    rows = session.execute(with_standing(chosen).where(*where, among))
    found = [(one, number or 0, identity) for one, number, identity in rows]
    return sorted(found, key=lambda row: (_position(document, row[0]), row[1]))


def lines_of(session: Session, ids: Sequence[UUID]) -> list[Line]:
    """These official contributions with what belongs to them, in the order given."""
    chosen = (
        any_select(Contribution, Organisation, col(Participation.region_code), approved, proposed)
        .select_from(Contribution)
        .join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
        .outerjoin(
            Participation,
            tuple_(col(Participation.call_id), col(Participation.organisation_id))
            == tuple_(col(Contribution.call_id), col(Contribution.organisation_id)),
        )
    )
    chosen = with_standing(chosen).where(
        col(Contribution.id).in_(ids), col(Contribution.state).in_(OFFICIAL)
    )
    rows = {row[0].id: row for row in session.execute(chosen)}
    officers = names_of(session, {row[0].officer_id for row in rows.values() if row[0].officer_id})
    codes = sorted_under(session, list(rows))
    heads = _numbers_of_heads(session, [row[3] or row[4] for row in rows.values()])
    found = []
    for one, organisation, region, is_approved, is_proposed in (rows[i] for i in ids if i in rows):
        standing = is_approved or is_proposed
        head = heads.get(standing.duplicate_of_id) if standing else None
        found.append(
            Line(
                one, organisation, region, is_approved, is_proposed,
                officers.get(one.officer_id, ""), codes[one.id], head,
            )
        )  # fmt: skip
    return found


def _numbers_of_heads(
    session: Session, standing: Iterable[Disposition | None]
) -> dict[UUID | None, int | None]:
    ids = {one.duplicate_of_id for one in standing if one and one.duplicate_of_id}
    if not ids:
        return {}
    rows = any_select(col(Contribution.id), col(Contribution.number)).where(
        col(Contribution.id).in_(ids)
    )
    return {row[0]: row[1] for row in session.execute(rows)}


def get_line(session: Session, consultation_id: UUID, number: int) -> Line:
    """One official contribution by its number; raises `NotFound`, also for what isn't official."""
    identity = session.scalars(
        select(Contribution.id).where(
            Contribution.consultation_id == consultation_id, Contribution.number == number
        )
    ).one_or_none()
    found = lines_of(session, [identity]) if identity else []
    if not found:
        raise NotFound(_l("There is no contribution with the number %(number)s.", number=number))
    return found[0]


def find_by_number(session: Session, consultation_id: UUID, number: int) -> UUID | None:
    """The official contribution with this number in a consultation, or None."""
    chosen = select(Contribution.id).where(
        Contribution.consultation_id == consultation_id,
        Contribution.number == number,
        col(Contribution.state).in_(OFFICIAL),
    )
    return session.scalars(chosen).one_or_none()


def numbered(session: Session, call_id: UUID, numbers: Sequence[int]) -> list[Contribution]:
    """The official contributions of a round with these numbers; others are left out."""
    chosen = select(Contribution).where(
        Contribution.call_id == call_id,
        col(Contribution.number).in_(numbers),
        col(Contribution.state).in_(OFFICIAL),
    )
    return list(session.scalars(chosen.order_by(col(Contribution.number))))
