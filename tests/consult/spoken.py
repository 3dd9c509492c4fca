"""Amendments and comments in a few words, admitted and decided on, as rows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, func, select

from consult.models import (
    Contribution,
    ContributionKind,
    ContributionState,
    Disposition,
    DispositionState,
    Draft,
    Outcome,
    ProposalKind,
    Round,
)
from core.clock import now
from movement.models import Call, Organisation


@dataclass(frozen=True)
class Place:
    """Where somebody speaks: an organisation, in a round."""

    session: Session
    round: Round
    call: Call
    organisation: Organisation


def said(place: Place, **values: Any) -> Contribution:
    """An admitted comment on the round's draft; `values` say more. Flushes."""
    one = place.round
    numbers = select(func.count()).select_from(Contribution)
    made = Contribution(
        **{
            "consultation_id": one.consultation_id, "call_id": place.call.id,
            "draft_id": one.draft_id, "number": place.session.scalars(numbers).one() + 1,
            "organisation_id": place.organisation.id, "kind": ContributionKind.COMMENT,
            "language": "en", "text": "As we see it.", "state": ContributionState.ADMITTED,
            "created_at": now(), "updated_at": now(), **values,
        }
    )  # fmt: skip
    place.session.add(made)
    place.session.flush()
    return made


def amended(place: Place, lineage: UUID, proposal: str | None, **values: Any) -> Contribution:
    """An admitted amendment: other words for a paragraph; None: it should go. Flushes."""
    kind = ProposalKind.DELETE if proposal is None else ProposalKind.REPLACE
    of = {"kind": ContributionKind.AMENDMENT, "proposal_kind": kind, "lineage": lineage}
    return said(place, **of, **({"proposal": proposal} | values))


def decided(
    session: Session, contribution: Contribution, outcome: Outcome = Outcome.ACCEPTED
) -> Disposition:
    """An approved decision. Flushes."""
    made = Disposition(
        contribution_id=contribution.id, state=DispositionState.APPROVED, outcome=outcome,
        reasons={"en": "Agreed."}, proposed_at=now(), approved_at=now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def fresh(session: Session, draft: Draft) -> Draft:
    """The draft as the database has it now."""
    session.expire_all()
    return session.get_one(Draft, draft.id)
