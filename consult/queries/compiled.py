"""A consultation gathered for files: its published drafts, and all that was officially said.

Plain data in a language, read with a few queries whatever the number of contributions. Nothing
below "submitted" is ever among it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select as any_select
from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from consult.changes.carrying import Fit
from consult.models import (
    OFFICIAL,
    STANDING,
    CarryOver,
    Category,
    Consultation,
    Contribution,
    ContributionKind,
    ContributionState,
    Disposition,
    DispositionState,
    Draft,
    DraftState,
    Outcome,
    ProposalKind,
    Sponsor,
    SponsorState,
    Stance,
)
from consult.queries.figures import Condition, approved, proposed, with_standing
from consult.queries.hashes import hash_of
from consult.queries.steps import Step, steps_of
from movement.models import Organisation, Participation
from movement.queries.directory import regions
from movement.words import name_of


@dataclass(frozen=True)
class Decided:
    """What was decided, or is proposed, on a contribution. `duplicate_of`: that one's number."""

    outcome: Outcome
    reasons: Mapping[str, str]
    duplicate_of: int | None
    approved: bool

    def reason(self, *languages: str) -> str:
        """The reason in the first of these languages it is in, else in any, else ""."""
        for language in languages:
            if language in self.reasons:
                return self.reasons[language]
        return next(iter(self.reasons.values()), "")


@dataclass(frozen=True)
class Said:
    """One contribution. `contributor`: with its confirmed co-sponsors; `region`: a name, or ""."""

    id: UUID
    number: int
    call_id: UUID
    draft: int
    lineage: UUID | None
    organisation_id: UUID
    contributor: str
    region_code: str | None
    region: str
    kind: ContributionKind
    category: Category
    stance: Stance | None
    proposal_kind: ProposalKind | None
    language: str
    quote: str
    text: str
    proposal: str | None
    submitted_at: datetime
    state: ContributionState
    decided: Decided | None
    hash: str
    is_current: bool = True
    return_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it counts: not returned, withdrawn or replaced by a later position."""
        return self.state in STANDING and self.is_current

    @property
    def pending(self) -> bool:
        """Whether it stands and nothing is decided yet, or only that it is carried over."""
        decided = self.decided
        settled = decided and decided.approved and decided.outcome is not Outcome.CARRIED_OVER
        return self.stands and not settled


@dataclass(frozen=True)
class Carried:
    """How a contribution stands in a later draft: where, and with an amendment made to fit."""

    id: UUID
    draft: int
    fit: Fit
    lineage: UUID | None
    proposal: str | None


@dataclass(frozen=True)
class Compiled:
    """Everything of a consultation that a file may need, in one language."""

    code: str
    title: str
    language: str
    demonstration: bool
    steps: tuple[Step, ...]
    said: tuple[Said, ...]
    carried: tuple[Carried, ...] = ()

    @cached_property
    def by_id(self) -> dict[UUID, Said]:
        """The contributions by their ids."""
        return {one.id: one for one in self.said}

    def step(self, number: int) -> Step | None:
        """The published draft of this number, or None."""
        return next((one for one in self.steps if one.number == number), None)

    def after(self, number: int) -> Step | None:
        """The published draft that followed another, or None."""
        return next((one for one in self.steps if one.number > number), None)


def compiled(
    session: Session, consultation: Consultation, language: str, *where: Condition,
    steps: Sequence[Step] = (),
) -> Compiled:  # fmt: skip
    """All of a consultation, contributions by number; names and regions in this language.

    `where`: conditions on the contributions, where only some of them are needed. `steps`: its
    steps, where they were read already.
    """
    return Compiled(
        code=consultation.code,
        title=consultation.titles.get(language) or next(iter(consultation.titles.values()), ""),
        language=language,
        demonstration=consultation.demonstration,
        steps=tuple(steps or steps_of(session, consultation)),
        said=tuple(_said(session, consultation, language, where)),
        carried=tuple(_carried(session, consultation, where)),
    )


def _carried(
    session: Session, consultation: Consultation, where: Sequence[Condition]
) -> list[Carried]:
    chosen = (
        any_select(
            col(CarryOver.contribution_id), col(Draft.number), col(CarryOver.fit),
            col(CarryOver.lineage), col(CarryOver.proposal),
        )
        .join(Draft, col(Draft.id) == col(CarryOver.draft_id))
        .where(
            col(Draft.consultation_id) == consultation.id,
            col(Draft.state) == DraftState.PUBLISHED,
        )
    )  # fmt: skip
    if where:
        wanted = select(Contribution.id).where(*where)
        chosen = chosen.where(col(CarryOver.contribution_id).in_(wanted))
    return [
        Carried(contribution, number, Fit(fit), lineage, proposal)
        for contribution, number, fit, lineage, proposal in session.execute(chosen)
    ]


_ROW: tuple[Any, ...] = (
    Contribution, Organisation, col(Participation.region_code), col(Draft.number),
    approved, proposed,
)  # fmt: skip


def _said(
    session: Session, consultation: Consultation, language: str, where: Sequence[Condition]
) -> list[Said]:
    mine = col(Contribution.consultation_id) == consultation.id
    chosen = (
        any_select(*_ROW)
        .select_from(Contribution)
        .join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
        .join(Draft, col(Draft.id) == col(Contribution.draft_id))
        .outerjoin(
            Participation,
            tuple_(col(Participation.call_id), col(Participation.organisation_id))
            == tuple_(col(Contribution.call_id), col(Contribution.organisation_id)),
        )
    )
    chosen = with_standing(chosen).where(mine, col(Contribution.state).in_(OFFICIAL), *where)
    rows = list(session.execute(chosen.order_by(col(Contribution.number))))
    known = _Known(
        language,
        numbers=_numbers(session, [row[4] or row[5] for row in rows]),
        regions={one.code: one.names.get(language) or one.names.get("en") or one.code
                 for one in regions(session)},
        sponsors=sponsors_of(
            session, language, col(Contribution.consultation_id) == consultation.id, *where
        ),
    )  # fmt: skip
    return [_one(row, known) for row in rows]


def _numbers(session: Session, standing: Sequence[Disposition | None]) -> dict[UUID, int]:
    """The numbers of those that others are duplicates of."""
    heads = {row.duplicate_of_id for row in standing if row and row.duplicate_of_id}
    chosen = any_select(col(Contribution.id), col(Contribution.number))
    rows = session.execute(chosen.where(col(Contribution.id).in_(heads)))
    return {identity: number or 0 for identity, number in rows}


@dataclass(frozen=True)
class _Known:
    """What contributions refer to."""

    language: str
    numbers: Mapping[UUID, int]
    regions: Mapping[str, str]
    sponsors: Mapping[UUID, list[str]]


def sponsors_of(session: Session, language: str, *where: Condition) -> dict[UUID, list[str]]:
    """The names of those who confirmed, by the contributions that these conditions choose."""
    chosen = (
        any_select(col(Sponsor.contribution_id), Organisation)
        .join(Organisation, col(Organisation.id) == col(Sponsor.organisation_id))
        .join(Contribution, col(Contribution.id) == col(Sponsor.contribution_id))
        .where(col(Sponsor.state) == SponsorState.CONFIRMED, *where)
        .order_by(col(Organisation.code))
    )
    found: dict[UUID, list[str]] = {}
    for identity, organisation in session.execute(chosen):
        found.setdefault(identity, []).append(name_of(organisation, language))
    return found


def _one(row: Any, known: _Known) -> Said:
    one, organisation, region, draft, is_approved, is_proposed = row
    names = [name_of(organisation, known.language), *known.sponsors.get(one.id, ())]
    return Said(
        id=one.id, number=one.number or 0, call_id=one.call_id, draft=draft,
        lineage=one.lineage, organisation_id=one.organisation_id, contributor="; ".join(names),
        region_code=region, region=known.regions.get(region or "", ""), kind=one.kind,
        category=one.category, stance=one.stance, proposal_kind=one.proposal_kind,
        language=one.language, quote=one.quote, text=one.text, proposal=one.proposal,
        submitted_at=one.submitted_at or one.created_at, state=one.state,
        decided=_decided(is_approved or is_proposed, known),
        hash=hash_of(one, is_approved, is_proposed), is_current=one.is_current,
        return_reason=one.return_reason,
    )  # fmt: skip


def _decided(row: Disposition | None, known: _Known) -> Decided | None:
    if row is None:
        return None
    head = known.numbers.get(row.duplicate_of_id) if row.duplicate_of_id else None
    return Decided(row.outcome, row.reasons, head, row.state is DispositionState.APPROVED)
