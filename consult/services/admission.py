"""Admission: what was submitted is admitted, or goes back to its author with a reason.

Withdrawing is the author's own, and stands elsewhere. Nothing here decides on what was said.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import Session

from consult.models import Contribution, ContributionState
from consult.services import return_mail
from consult.services.carrying import carry_late
from consult.services.drafts import Act
from consult.services.steps import (
    DecidedElsewhere,
    enter,
    locked,
    note,
    open_rounds_of,
    refuse_stale,
    standing_of,
)
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.deadlines import is_open
from movement.models import Call, Organisation
from movement.services.messages import Office

LONGEST_REASON = 4_000


def admit(
    session: Session, ids: Collection[UUID], act: Act, *, seen: Mapping[UUID, str] | None = None
) -> list[Contribution]:
    """Admit these contributions; those admitted now, by number. Admitted ones are left alone.

    `seen`: each one's stamp (`steps.stamp`) on the page; None where nothing was shown. Raises
    `Conflict` for a closed round, `DecidedElsewhere` if one is returned or withdrawn by now, or
    submitted anew with words that were not shown, `NotFound`. All or none.
    """
    awaiting = _awaiting(session, ids, also=ContributionState.ADMITTED)
    _refuse_unread(session, awaiting, seen)
    for one in awaiting:
        one.state, one.admitted_at = ContributionState.ADMITTED, act.now
        one.updated_at = act.now
        note(session, one, "admitted", act)
    enter(session, awaiting, "contribution.admitted", act)
    carry_late(session, awaiting)
    return awaiting


def return_to_author(
    session: Session, ids: Collection[UUID], reason: str, act: Act, *,
    office: Office | None = None, seen: Mapping[UUID, str] | None = None,
) -> list[Contribution]:  # fmt: skip
    """Send these back with a reason, to be mended and submitted again before the deadline.

    With an office, the organisation's focal points get a mail that says so and names no content.
    Raises `DomainError` without a reason, `Conflict` after an author's deadline, and what `admit`
    raises.
    """
    reason = _checked(reason)
    awaiting = _awaiting(session, ids, also=ContributionState.RETURNED)
    _refuse_unread(session, awaiting, seen)
    for one in awaiting:
        _refuse_late(session, one, act)
    for one in awaiting:
        one.state, one.returned_at, one.return_reason = ContributionState.RETURNED, act.now, reason
        one.updated_at = act.now
        one.edition += 1
        note(session, one, "returned", act, text=reason)
    enter(session, awaiting, "contribution.returned", act, reason=reason)
    session.flush()
    if office is not None:
        return_mail.tell(session, awaiting, act, office)
    return awaiting


def _refuse_late(session: Session, one: Contribution, act: Act) -> None:
    """What its author can't submit again is not sent back: it would be set aside undecided."""
    call = session.get_one(Call, one.call_id)
    author = session.get_one(Organisation, one.organisation_id)
    if not is_open(call, author.timezone, act.now):
        raise Conflict(
            _l(
                "The deadline is over for whoever sent contribution %(number)s, so it could not be "
                "submitted again. Admit it and decide on it, or extend the deadline first.",
                number=one.number,
            )
        )


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise DomainError(_l("Say why it goes back, so that its author can mend it."))
    if len(reason) > LONGEST_REASON:
        raise DomainError(
            _l("The reason is too long: at most %(most)s characters.", most=LONGEST_REASON)
        )
    return reason


def _refuse_unread(
    session: Session, awaiting: Collection[Contribution], seen: Mapping[UUID, str] | None
) -> None:
    if seen is None:
        return
    standing = standing_of(session, [one.id for one in awaiting])
    for one in awaiting:
        refuse_stale(one, standing[one.id], seen.get(one.id, ""))


def _awaiting(
    session: Session, ids: Collection[UUID], *, also: ContributionState
) -> list[Contribution]:
    """Those of them that await admission, locked. `also`: a state that is left alone."""
    found = locked(session, ids)
    open_rounds_of(session, found)
    for one in found:
        if one.state not in {ContributionState.SUBMITTED, also}:
            raise DecidedElsewhere(
                _l(
                    "Contribution %(number)s does not await admission any more. Nothing was "
                    "changed: load the page again to see how each stands.",
                    number=one.number,
                )
            )
    return [one for one in found if one.state is ContributionState.SUBMITTED]
