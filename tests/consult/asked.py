"""An open round, a Society that was asked in it, and what stands on what it said."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from consult.models import Contribution, Disposition, DispositionState, Round
from movement.models import Call, Organisation
from tests.consult.arranged import a_draft, a_round
from tests.consult.said import said
from tests.factories import a_society

WHY = {"en": "It is said elsewhere."}


@dataclass
class Asked:
    """An open round, and a Society that was asked in it."""

    session: Session
    one: Round
    call: Call
    society: Organisation

    def said(self, **more: Any) -> Contribution:
        """A contribution of the Society, admitted unless said otherwise."""
        return said(self.session, self.one, self.society, **more)


def a_society_asked(session: Session) -> Asked:
    """A Society in an open round."""
    society = a_society(session, "KEN")
    one, call = a_round(session, a_draft(session))
    return Asked(session, one, call, society)


def approved_of(session: Session, one: Contribution) -> list[Disposition]:
    """The approved dispositions of a contribution: one at most."""
    chosen = select(Disposition).where(
        Disposition.contribution_id == one.id, Disposition.state == DispositionState.APPROVED
    )
    return list(session.scalars(chosen))
