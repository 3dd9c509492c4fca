"""Joint contributions: organisations asked to stand behind another's, who confirm or leave.

Who is named on a contribution in progress is a plan of its own organisation: nobody is asked, and
nobody else sees a word, before it is submitted.
"""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from consult.models import Contribution, ContributionState, Sponsor, SponsorState
from consult.queries.voices import Voice
from consult.services.contributions import By, hold, record, refuse_over
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.services import participation

OPEN_STATES = (ContributionState.SUBMITTED, ContributionState.ADMITTED)
"""In which a sponsor is asked, and answers."""
MOST_SPONSORS = 250
NEXT = {
    SponsorState.CONFIRMED: (SponsorState.INVITED, SponsorState.DECLINED, SponsorState.LEFT),
    SponsorState.DECLINED: (SponsorState.INVITED,),
    SponsorState.LEFT: (SponsorState.CONFIRMED,),
}
"""What a sponsor may become, and from what. Who declined or left may confirm after all."""


def sponsors_of(session: Session, contribution_id: UUID) -> list[Sponsor]:
    """All who were asked, whatever they said, in the order they were named."""
    chosen = select(Sponsor).where(Sponsor.contribution_id == contribution_id)
    ordered = chosen.order_by(col(Sponsor.invited_at), col(Sponsor.organisation_id))
    return list(session.scalars(ordered.execution_options(populate_existing=True)))


def _held(session: Session, one: Contribution, organisation_id: UUID) -> Sponsor | None:
    """What an organisation was asked, as it stands now, and nobody else changes it meanwhile.

    Whoever changes sponsors holds their contribution.
    """
    hold(session, one)
    return session.get(Sponsor, (one.id, organisation_id), populate_existing=True)


def invite(
    session: Session, voice: Voice, one: Contribution, organisation_id: UUID, by: By
) -> Sponsor:
    """Ask an organisation that takes part in the round to stand behind a contribution. Flushes.

    Before it is submitted the name is only noted. Naming it again changes nothing; who left or
    declined is not asked again. Raises `Over`, `Conflict`, `DomainError`.
    """
    refuse_over(voice, by.now)
    known = _held(session, one, organisation_id)
    if one.state is not ContributionState.IN_PROGRESS and one.state not in OPEN_STATES:
        raise Conflict(_l("Nobody can join this any more."))
    if organisation_id == one.organisation_id:
        raise DomainError(_l("Your organisation stands behind it already. Choose another one."))
    if participation.find(session, one.call_id, organisation_id) is None:
        raise DomainError(_l("This organisation does not take part in the round."))
    if known is not None:
        return known
    if len(sponsors_of(session, one.id)) >= MOST_SPONSORS:
        raise DomainError(_l("At most %(most)s organisations can be asked.", most=MOST_SPONSORS))
    made = Sponsor(contribution_id=one.id, organisation_id=organisation_id, invited_at=by.now)
    session.add(made)
    session.flush()
    return made


def uninvite(
    session: Session, voice: Voice, one: Contribution, organisation_id: UUID, by: By
) -> None:
    """Take a name back that has not answered yet. Flushes. Raises `Conflict` for one that has."""
    refuse_over(voice, by.now)
    known = _held(session, one, organisation_id)
    if known is None:
        return
    if known.state is not SponsorState.INVITED:
        raise Conflict(_l("This organisation has answered meanwhile. Look again."))
    session.delete(known)
    session.flush()


def answer(
    session: Session, sponsor: Voice, one: Contribution, state: SponsorState, by: By, *,
    seen: int | None = None,
) -> None:  # fmt: skip
    """The asked organisation confirms, declines or leaves, before its own deadline. Flushes.

    `sponsor`: the asked organisation in the round; `seen`: the contribution's edition on the page,
    None where nothing was shown. Raises `Over`, and `Conflict` where it was not asked, the
    contribution was withdrawn or returned, or has other words than those seen.
    """
    refuse_over(sponsor, by.now)
    row = _held(session, one, sponsor.organisation.id)
    if row is None or one.state not in OPEN_STATES:
        raise Conflict(_l("Nobody can join this any more."))
    if seen is not None and seen != one.edition:
        raise Conflict(
            _l("The words were changed since you opened this page. Read them again, then answer.")
        )
    if row.state is state:
        return
    if row.state not in NEXT.get(state, ()):
        raise Conflict(_l("Your organisation has answered otherwise meanwhile. Look again."))
    row.state, row.decided_at, row.decided_by = state, by.now, by.label
    record(session, one, f"sponsor_{state.value}", by, note=sponsor.organisation.code)
    session.flush()


def begin_inviting(session: Session, one: Contribution, by: By) -> None:
    """Submitting asks those who were named."""
    for row in sponsors_of(session, one.id):
        row.invited_at = by.now
    session.flush()


def bring_over(session: Session, revision: Contribution, one: Contribution, by: By) -> None:
    """Who was named on new wording is asked on the contribution that takes it.

    Who was asked there already stays as they are.
    """
    known = [row.organisation_id for row in sponsors_of(session, one.id)]
    session.execute(
        update(Sponsor)
        .where(
            col(Sponsor.contribution_id) == revision.id,
            col(Sponsor.organisation_id).not_in(known),
        )
        .values(contribution_id=one.id, invited_at=by.now)
        .execution_options(synchronize_session=False)
    )


def ask_again(session: Session, one: Contribution, by: By) -> None:
    """Its words were changed: who had confirmed the earlier ones is asked anew."""
    for row in sponsors_of(session, one.id):
        if row.state is SponsorState.CONFIRMED:
            row.state, row.invited_at = SponsorState.INVITED, by.now
            row.decided_at, row.decided_by = None, ""
    session.flush()
