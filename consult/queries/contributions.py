"""Contributions as lists, counts and single ones, each through what its reader may see."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func
from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from consult.models import (
    OFFICIAL,
    Contribution,
    ContributionEvent,
    ContributionKind,
    ContributionState,
    ContributionSubmission,
    Endorsement,
    Sponsor,
    SponsorState,
)
from consult.queries.visibility import PEERS_SEE, Rounds, sights, visible_to
from consult.queries.voices import Voice
from core.errors import NotFound
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Organisation, Person

MOST_SHOWN = 200
"""Contributions on one page of a paragraph."""
OWN_WORK = ("begun", "written", "dropped", "restored")
DESK_WORK = ("assigned", "coded", "proposed", "approved", "reopened", "reason_translated")
"""Steps that nobody but an organisation's own people, or the secretariat's, are told of."""


@dataclass(frozen=True)
class Shown:
    """A contribution as somebody sees it. `organisation` None: its name is not shown to them.

    `mine`: it is their own organisation's. `sponsors`: those who confirmed, where names are shown.
    """

    one: Contribution
    organisation: Organisation | None
    mine: bool
    sponsors: list[Organisation] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """How many contributions somebody sees on one paragraph, by kind; own ones and others'."""

    mine: int = 0
    comments: int = 0
    amendments: int = 0
    positions: int = 0

    @property
    def others(self) -> int:
        """Those of other organisations."""
        return self.comments + self.amendments + self.positions


def tally(session: Session, call_id: UUID) -> dict[str, int]:
    """How many contributions of a round were submitted, and where these stand; one query.

    `submitted` is always the sum of the others.
    """
    counted = session.execute(
        any_select(col(Contribution.state), func.count())
        .where(col(Contribution.call_id) == call_id, col(Contribution.state).in_(OFFICIAL))
        .group_by(col(Contribution.state))
    )
    by_state = {row[0]: int(row[1]) for row in counted}
    figures = {
        "awaiting": by_state.get(ContributionState.SUBMITTED, 0),
        "admitted": by_state.get(ContributionState.ADMITTED, 0),
        "returned": by_state.get(ContributionState.RETURNED, 0),
        "withdrawn": by_state.get(ContributionState.WITHDRAWN, 0),
    }
    return {"submitted": sum(figures.values()), **figures}


def counts_on(
    session: Session, actor: Actor, rounds: Rounds, *, now: datetime
) -> dict[UUID | None, Counts]:
    """How many contributions this person sees on each paragraph of these rounds' draft.

    The key None stands for the whole text. One grouped query, however many there are.
    """
    own = col(Contribution.organisation_id).in_(actor.organisation_ids)
    grouped = session.execute(
        any_select(col(Contribution.lineage), own, col(Contribution.kind), func.count())
        .where(
            visible_to(session, actor, rounds, now=now),
            col(Contribution.state) != ContributionState.DROPPED,
        )
        .group_by(col(Contribution.lineage), own, col(Contribution.kind))
    )
    found: dict[UUID | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for lineage, mine, kind, number in grouped:
        found[lineage]["mine" if mine else f"{kind.value}s"] += number
    return {lineage: Counts(**numbers) for lineage, numbers in found.items()}


def said_of(
    session: Session, actor: Actor, rounds: Rounds, lineage: UUID | None, *, now: datetime
) -> tuple[list[Shown], int]:
    """(what this person sees on a paragraph, own ones first; how many there are in all).

    Without names the order tells nothing: it is that of random ids.
    """
    chosen = select(Contribution).where(
        visible_to(session, actor, rounds, now=now),
        col(Contribution.lineage).is_(None) if lineage is None
        else col(Contribution.lineage) == lineage,
        col(Contribution.state) != ContributionState.DROPPED,
    )  # fmt: skip
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    own = col(Contribution.organisation_id).in_(actor.organisation_ids)
    named = all(sight.named for sight in sights(session, actor, rounds, now=now))
    at = col(Contribution.created_at) if named else case((own, col(Contribution.created_at)))
    ordered = chosen.order_by(own.desc(), at, col(Contribution.id))
    rows = session.scalars(ordered.limit(MOST_SHOWN))
    return shown(session, actor, rounds, list(rows), now=now), total


def shown(
    session: Session,
    actor: Actor,
    rounds: Rounds,
    contributions: Collection[Contribution],
    *,
    now: datetime,
) -> list[Shown]:
    """Contributions with the names that this person may read beside them."""
    named = {sight.call_id: sight.named for sight in sights(session, actor, rounds, now=now)}
    joined = sponsors_by_contribution(session, [one.id for one in contributions])
    organisations = _organisations(session, {one.organisation_id for one in contributions})
    found = []
    for one in contributions:
        sponsors = joined.get(one.id, [])
        mine = one.organisation_id in actor.organisation_ids
        asked = any(row.organisation_id in actor.organisation_ids for row, _named in sponsors)
        if mine or asked or named.get(one.call_id, False):
            confirmed = [name for row, name in sponsors if row.state is SponsorState.CONFIRMED]
            found.append(Shown(one, organisations[one.organisation_id], mine, confirmed))
        else:
            found.append(Shown(one, None, mine=False))
    return found


def _organisations(session: Session, ids: Collection[UUID]) -> dict[UUID, Organisation]:
    chosen = select(Organisation).where(col(Organisation.id).in_(ids))
    return {one.id: one for one in session.scalars(chosen)}


def sponsors_by_contribution(
    session: Session, contribution_ids: Collection[UUID]
) -> dict[UUID, list[tuple[Sponsor, Organisation]]]:
    """Everybody asked to join these contributions, by the organisations' codes."""
    rows = session.execute(
        any_select(Sponsor, Organisation)
        .join(Organisation, col(Organisation.id) == col(Sponsor.organisation_id))
        .where(col(Sponsor.contribution_id).in_(contribution_ids))
        .order_by(col(Organisation.code))
    )
    found: dict[UUID, list[tuple[Sponsor, Organisation]]] = defaultdict(list)
    for sponsor, organisation in rows:
        found[sponsor.contribution_id].append((sponsor, organisation))
    return found


def of_voice(session: Session, voice: Voice, *, entered: bool = False) -> list[Contribution]:
    """All that an organisation says in a round, the oldest first, whatever its state.

    `entered`: for staff: what was submitted, and what they entered on its behalf.
    """
    chosen = select(Contribution).where(
        Contribution.call_id == voice.call.id,
        Contribution.organisation_id == voice.organisation.id,
    )
    recorded = (col(Contribution.recorded_by) != "") if entered else (
        col(Contribution.recorded_by) == "")  # fmt: skip
    chosen = chosen.where(recorded | col(Contribution.state).in_(OFFICIAL))
    return list(
        session.scalars(chosen.order_by(col(Contribution.created_at), col(Contribution.id)))
    )


def get_own(session: Session, voice: Voice, contribution_id: UUID) -> Contribution:
    """A contribution of the organisation in this round; raises `NotFound` for another's."""
    one = session.get(Contribution, contribution_id, populate_existing=True)
    theirs = one is not None and (one.call_id, one.organisation_id) == (
        voice.call.id,
        voice.organisation.id,
    )
    if one is None or not theirs or (one.recorded_by and one.state not in OFFICIAL):
        raise NotFound(_l("There is no such contribution."))
    return one


def endorsements_of(
    session: Session, contribution_ids: Collection[UUID]
) -> dict[UUID, list[tuple[Endorsement, str]]]:
    """The words of colleagues on these contributions, with their names, the oldest first."""
    rows = session.execute(
        any_select(Endorsement, col(Person.name), col(Person.email))
        .join(Person, col(Person.id) == col(Endorsement.person_id))
        .where(col(Endorsement.contribution_id).in_(contribution_ids))
        .order_by(col(Endorsement.at))
    )
    found: dict[UUID, list[tuple[Endorsement, str]]] = defaultdict(list)
    for word, name, email in rows:
        found[word.contribution_id].append((word, name or email))
    return found


def events_of(session: Session, contribution_id: UUID, *, mine: bool) -> list[ContributionEvent]:
    """A contribution's history, the oldest first.

    `mine`: for its organisation's people, with their own work before submitting; else for staff,
    with what they do until its decision is told.
    """
    chosen = select(ContributionEvent).where(
        ContributionEvent.contribution_id == contribution_id,
        col(ContributionEvent.act).not_in(DESK_WORK if mine else OWN_WORK),
    )
    ordered = chosen.order_by(col(ContributionEvent.at), col(ContributionEvent.id))
    return list(session.scalars(ordered))


def submissions_of(session: Session, voice: Voice) -> list[ContributionSubmission]:
    """What the organisation submitted in the round, the newest first."""
    chosen = select(ContributionSubmission).where(
        ContributionSubmission.call_id == voice.call.id,
        ContributionSubmission.organisation_id == voice.organisation.id,
    )
    return list(session.scalars(chosen.order_by(col(ContributionSubmission.at).desc())))


def asked_to_sponsor(
    session: Session, voice: Voice
) -> list[tuple[Sponsor, Contribution, Organisation]]:
    """Others' submitted contributions that this organisation was asked to join, newest first."""
    rows = session.execute(
        any_select(Sponsor, Contribution, Organisation)
        .select_from(Sponsor)
        .join(Contribution, col(Contribution.id) == col(Sponsor.contribution_id))
        .join(Organisation, col(Organisation.id) == col(Contribution.organisation_id))
        .where(
            col(Sponsor.organisation_id) == voice.organisation.id,
            col(Contribution.call_id) == voice.call.id,
            col(Contribution.state).in_(PEERS_SEE),
        )
        .order_by(col(Sponsor.invited_at).desc(), col(Contribution.id))
    )
    return [(sponsor, one, organisation) for sponsor, one, organisation in rows]


def position_of(session: Session, voice: Voice, lineage: UUID) -> Contribution | None:
    """The organisation's current official position on a paragraph, or None."""
    return session.scalars(
        select(Contribution).where(
            Contribution.call_id == voice.call.id,
            Contribution.organisation_id == voice.organisation.id,
            Contribution.lineage == lineage,
            Contribution.kind == ContributionKind.POSITION,
            col(Contribution.is_current),
            col(Contribution.state).in_(PEERS_SEE),
        )
    ).one_or_none()


def progress_of(session: Session, voice: Voice) -> dict[str, int]:
    """How many contributions an organisation has in a round, by where they stand.

    The keys are states' values; what staff entered on its behalf counts once it is submitted.
    """
    own = (col(Contribution.recorded_by) == "") | col(Contribution.state).in_(OFFICIAL)
    counted = session.execute(
        any_select(col(Contribution.state), func.count())
        .where(
            col(Contribution.call_id) == voice.call.id,
            col(Contribution.organisation_id) == voice.organisation.id,
            own,
        )
        .group_by(col(Contribution.state))
    )
    found = {state.value: 0 for state in ContributionState}
    return found | {state.value: int(number) for state, number in counted}
