"""Publishing a draft with all that hangs on it: what is pending goes on to the new draft."""

from sqlmodel import Session

from consult.models import Draft
from consult.services.carrying import carry_over
from consult.services.composing import unsettled_in
from consult.services.drafts import Act, hold, publish
from core.errors import DomainError
from core.texts import lazy as _l

__all__ = ["carry_over", "publish_draft"]


def publish_draft(session: Session, draft: Draft, act: Act) -> int:
    """Freeze a draft for ever, and carry what is pending over to it; how many were carried.

    Raises what `drafts.publish` raises, and `DomainError` where the change set follows amendments
    that conflict, without a text of the drafter's own.
    """
    hold(session, draft)
    conflicts = unsettled_in(session, draft)
    if conflicts:
        raise DomainError(
            _l(
                "In %(count)s paragraphs accepted amendments conflict. Write the text yourself, "
                "with a note that says how you settled it; then publish.",
                count=len(conflicts),
            )
        )
    publish(session, draft, act)
    return carry_over(session, draft)
