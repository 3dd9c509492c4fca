"""Contributions already submitted, in one call each; and ten thousand of them at once."""

import random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlmodel import Session, col, func, select

from consult.models import (
    Category,
    Contribution,
    ContributionKind,
    ContributionState,
    Disposition,
    DispositionState,
    Outcome,
    ProposalKind,
    Round,
    Stance,
)
from core.clock import now
from movement.models import Call, Organisation
from tests.consult.arranged import lineage


def said(
    session: Session,
    round_: Round,
    organisation: Organisation,
    about: str | None = "p1",
    text: str = "Please say who does this.",
    *,
    state: ContributionState = ContributionState.ADMITTED,
    **more: Any,
) -> Contribution:
    """A comment on a paragraph (None: on the whole text), submitted and by default admitted."""
    highest = session.scalar(
        select(func.max(Contribution.number)).where(
            Contribution.consultation_id == round_.consultation_id
        )
    )
    official = state not in {ContributionState.IN_PROGRESS, ContributionState.DROPPED}
    values: dict[str, Any] = {
        "consultation_id": round_.consultation_id,
        "call_id": round_.call_id,
        "number": (highest or 0) + 1 if official else None,
        "organisation_id": organisation.id,
        "kind": ContributionKind.COMMENT,
        "draft_id": round_.draft_id,
        "lineage": lineage(about) if about else None,
        "language": "en",
        "text": text,
        "state": state,
        "created_at": now(),
        "updated_at": now(),
        "submitted_at": now() if official else None,
    }
    made = Contribution(**values | more)
    session.add(made)
    session.flush()
    return made


def amends(
    session: Session, round_: Round, organisation: Organisation, about: str, proposal: str,
    **more: Any,
) -> Contribution:  # fmt: skip
    """An amendment that proposes other words for a paragraph."""
    return said(
        session, round_, organisation, about, kind=ContributionKind.AMENDMENT,
        proposal_kind=ProposalKind.REPLACE, proposal=proposal, **more,
    )  # fmt: skip


def takes_position(
    session: Session, round_: Round, organisation: Organisation, about: str, stance: Stance,
    **more: Any,
) -> Contribution:  # fmt: skip
    """A position on a paragraph."""
    return said(
        session, round_, organisation, about, kind=ContributionKind.POSITION, stance=stance, **more
    )


WORDS = (
    *("people", "migrants", "needs", "access", "services", "Society", "region", "route"),
    *("family", "protection", "health", "dignity", "support", "partners", "local", "authority"),
)


def many(
    session: Session, round_: Round, call: Call, lineages: list[UUID], *, count: int, seed: int = 1
) -> None:
    """So many invented contributions of every Society, half of them decided on. Commits."""
    chance, moment = random.Random(seed), now()
    organisations = list(session.scalars(select(Organisation).order_by(col(Organisation.code))))
    states = [*[ContributionState.ADMITTED] * 16, *[ContributionState.SUBMITTED] * 2,
              ContributionState.RETURNED, ContributionState.WITHDRAWN]  # fmt: skip
    rows, decisions = [], []
    for number in range(1, count + 1):
        identity, state = uuid4(), chance.choice(states)
        words = " ".join(chance.choices(WORDS, k=chance.randint(8, 60)))
        rows.append(
            {
                "id": identity, "consultation_id": round_.consultation_id, "call_id": call.id,
                "number": number, "organisation_id": chance.choice(organisations).id,
                "kind": ContributionKind.COMMENT, "category": chance.choice(list(Category)),
                "draft_id": round_.draft_id, "lineage": chance.choice(lineages),
                "language": "en", "text": f"{words}.", "state": state, "created_at": moment,
                "updated_at": moment, "submitted_at": moment,
            }
        )  # fmt: skip
        if state is ContributionState.ADMITTED and chance.random() < 0.6:
            decisions.append(
                {
                    "id": uuid4(), "contribution_id": identity,
                    "state": chance.choice([DispositionState.APPROVED, DispositionState.PROPOSED]),
                    "outcome": chance.choice([Outcome.ACCEPTED, Outcome.PARTLY, Outcome.NOTED]),
                    "reasons": {"en": "It stands in the next draft."}, "proposed_at": moment,
                }
            )  # fmt: skip
    session.execute(insert(Contribution), rows)
    session.execute(insert(Disposition), decisions)
    session.commit()
