"""A round of a consultation as the analysis reads it: its frame, its text, what stands in it.

It refuses to know who reads and what is shown to them. No contribution's words are read.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property
from uuid import UUID

from sqlalchemy import String, func, type_coerce
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from analytics.consultations import Said, of_members, speakers
from analytics.frame import Frame
from analytics.queries.waves import frame_of
from consult.models import (
    CodeKind,
    Consultation,
    ConsultationCode,
    Contribution,
    ContributionCode,
    ContributionState,
    Disposition,
    DispositionState,
    Draft,
    Round,
    Texts,
)
from consult.queries.consultations import document_of, get_round
from consult.queries.figures import Figures, figures_of_round
from consult.queries.heard import members_heard, standing_in
from consult.text.document import Document
from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, CallState, Organisation, Participation


@dataclass(frozen=True)
class RoundData:
    """A round to analyse. `outcomes`: approved dispositions of admitted contributions, counted.

    `themes`: the titles of the consultation's themes by code, in their order.
    """

    consultation: Consultation
    round: Round
    call: Call
    draft: Draft
    frame: Frame
    said: tuple[Said, ...]
    figures: Figures
    outcomes: Mapping[str, int]
    themes: Mapping[str, Texts]

    @cached_property
    def document(self) -> Document:
        """The text it asks about."""
        return document_of(self.draft)

    @cached_property
    def order(self) -> tuple[UUID, ...]:
        """The paragraphs in reading order."""
        return tuple(block.lineage for block in self.document.blocks)

    @cached_property
    def n(self) -> int:
        """How many members of the frame spoke."""
        return len(speakers(of_members(self.said)))

    @cached_property
    def voices_outside(self) -> int:
        """How many others spoke: the IFRC, the ICRC, networks and groups."""
        return len(speakers(self.said)) - self.n


def get_round_data(session: Session, code: str) -> RoundData:
    """The round with this call's code; raises `NotFound`, for a test run too."""
    one, call = get_round(session, code)
    if call.test:
        raise NotFound(_l("There is no round with the code %(code)s.", code=code))
    return RoundData(
        consultation=session.get_one(Consultation, one.consultation_id),
        round=one,
        call=call,
        draft=session.get_one(Draft, one.draft_id),
        frame=frame_of(session, call.id),
        said=tuple(_said(session, one)),
        figures=figures_of_round(session, call.id),
        outcomes=_outcomes(session, call.id),
        themes=_themes(session, one.consultation_id),
    )


def find_rounds(session: Session) -> list[tuple[Call, int, int]]:
    """Every round that was opened, the latest closing first: (its call, n members spoke, of N)."""
    calls = session.scalars(
        select(Call)
        .join(Round, col(Round.call_id) == Call.id)
        .where(
            Call.state != CallState.PLANNED,
            col(Call.test).is_(False),
            col(Call.archived_at).is_(None),
        )
        .order_by(col(Call.closes_on).desc(), Call.code)
    )
    return [
        (call, members_heard(session, call.id), frame_of(session, call.id).total)
        for call in calls.all()
    ]


def _said(session: Session, one: Round) -> Iterator[Said]:
    """What stands in it, in any order."""
    under = _themes_of(session, one.call_id)
    rows = session.execute(
        standing_in(
            one.call_id, col(Contribution.number), col(Organisation.code), col(Contribution.kind),
            type_coerce(col(Contribution.submitted_at), String),
            type_coerce(col(Contribution.lineage), String),
            col(Contribution.stance), col(Participation.in_frame), col(Participation.region_code),
        ).join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
    )  # fmt: skip
    # Thousands of rows speak of a few hundred paragraphs on some days: each is read once, however
    # the database gives it.
    lineage_of = cache(lambda given: UUID(str(given)) if given else None)
    day_of = cache(_day)
    for number, organisation, kind, at, given, stance, in_frame, region in rows:
        yield Said(
            organisation, region if in_frame else None, kind.value, day_of(at), lineage_of(given),
            stance.value if stance else None, under.get(number, frozenset()),
        )  # fmt: skip


def _day(given: datetime | str) -> date:
    """The day of a moment in UTC, given as the database keeps it."""
    if isinstance(given, str):
        return date.fromisoformat(given[: len("2027-03-01")])
    return given.astimezone(UTC).date()


def _themes_of(session: Session, call_id: UUID) -> dict[int, frozenset[str]]:
    rows = session.execute(
        any_select(col(Contribution.number), col(ConsultationCode.code))
        .join(ContributionCode, col(ContributionCode.contribution_id) == col(Contribution.id))
        .join(ConsultationCode, col(ConsultationCode.id) == col(ContributionCode.code_id))
        .where(col(Contribution.call_id) == call_id, col(ConsultationCode.kind) == CodeKind.THEME)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for number, code in rows:
        found[number].append(code)
    return {number: frozenset(codes) for number, codes in found.items()}


def _themes(session: Session, consultation_id: UUID) -> dict[str, Texts]:
    chosen = select(ConsultationCode).where(
        ConsultationCode.consultation_id == consultation_id,
        ConsultationCode.kind == CodeKind.THEME,
    )
    rows = session.scalars(chosen.order_by(col(ConsultationCode.position), ConsultationCode.code))
    return {row.code: row.titles for row in rows}


def _outcomes(session: Session, call_id: UUID) -> dict[str, int]:
    rows = session.execute(
        any_select(col(Disposition.outcome), func.count())
        .join(Contribution, col(Contribution.id) == col(Disposition.contribution_id))
        .where(
            col(Contribution.call_id) == call_id,
            col(Contribution.state) == ContributionState.ADMITTED,
            col(Disposition.state) == DispositionState.APPROVED,
        )
        .group_by(col(Disposition.outcome))
    )
    return {outcome.value: int(number) for outcome, number in rows}
