"""Publishing a draft with all that hangs on it: what is pending goes on to the new draft."""

from sqlmodel import Session

from consult.models import Draft
from consult.queries.amendments import abandoned_in
from consult.services.carrying import carry_over
from consult.services.composing import unsettled_in
from consult.services.drafts import Act, hold, hold_consultation, publish
from core.errors import Conflict, DomainError
from core.texts import lazy as _l

__all__ = ["carry_over", "publish_draft"]


def publish_draft(session: Session, draft: Draft, act: Act, *, seen: int | None = None) -> int:
    """Freeze a draft for ever, and carry what is pending over to it; how many were carried.

    `seen`: the edition of the page it was published from; None where nothing was shown. Raises what
    `drafts.publish` raises, `Conflict` for another edition, and `DomainError` where the change set
    follows amendments that conflict, without a text of the drafter's own.
    """
    hold_consultation(session, draft.consultation_id)
    hold(session, draft)
    if seen is not None and seen != draft.edition:
        raise Conflict(
            _l(
                "This draft was changed since you opened the page. Look at its changes again, then "
                "publish."
            )
        )
    conflicts = unsettled_in(session, draft)
    if conflicts:
        raise DomainError(
            _l(
                "In %(count)s paragraphs accepted amendments conflict. Write the text yourself, "
                "with a note that says how you settled it; then publish.",
                count=len(conflicts),
            )
        )
    abandoned = abandoned_in(session, draft)
    if abandoned:
        raise DomainError(
            _l(
                "Contributions behind the changes that are not accepted: %(count)s. Decide on "
                "them, or give those changes another reason; then publish.",
                count=len(abandoned),
            )
        )
    publish(session, draft, act)
    return carry_over(session, draft)
