"""What of a round waits for an organisation: its returned contributions, joint ones to answer."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from consult.models import STANDING, Contribution, ContributionState, Sponsor, SponsorState
from core.texts import Lazy
from core.texts import lazy as _l
from movement.models import Call, Organisation


def waits_for(session: Session, call: Call, organisation: Organisation) -> list[Lazy]:
    """A sentence for each sort that there is."""
    here = select(func.count()).select_from(Contribution).where(Contribution.call_id == call.id)
    returned = here.where(
        Contribution.organisation_id == organisation.id,
        Contribution.state == ContributionState.RETURNED,
    )
    joint = here.join(Sponsor, col(Sponsor.contribution_id) == col(Contribution.id)).where(
        col(Sponsor.organisation_id) == organisation.id,
        col(Sponsor.state) == SponsorState.INVITED,
        col(Contribution.state).in_(STANDING),
    )
    mine, theirs = session.scalar(returned), session.scalar(joint)
    found = []
    if mine:
        found.append(_l("Returned to you, to be written anew: %(count)s.", count=mine))
    if theirs:
        found.append(_l("Others ask you to stand behind their words: %(count)s.", count=theirs))
    return found
