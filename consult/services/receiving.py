"""What an organisation said elsewhere, entered on its behalf and submitted in one step."""

from uuid import UUID

from sqlmodel import Session

from consult.models import Contribution, ContributionState, ContributionSubmission
from consult.queries.voices import Voice
from consult.services.contributions import By, write
from consult.services.saying import Said
from consult.services.submitting import lock, submit


def receive(
    session: Session, voice: Voice, said: Said, by: By, *, identity: UUID
) -> tuple[Contribution, ContributionSubmission]:
    """The contribution and the submission it went in with. Flushes.

    `identity`: made with the page, so that a page sent twice enters one. Raises what writing and
    submitting raise.
    """
    lock(session, voice)
    one = write(session, voice, said, by, identity=identity)
    if one.state is ContributionState.IN_PROGRESS:
        return one, submit(session, voice, [one], by)
    return one, session.get_one(ContributionSubmission, one.submission_id)
