"""The mails about approval: to the approvers when asked, to whoever asked when it is decided.

They name who acts, and the call; what is to be approved, and why it was refused, stands on the page
they link to and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from core import outbox
from core.outbox import Letter
from movement.actors import Actor
from movement.addresses import inert_name
from movement.approval_texts import APPROVED, ASKED, REFUSED, SOMEBODY, Texts
from movement.message_texts import INVENTED_OF
from movement.models import Approval, Call, Organisation, Person, Verdict
from movement.placeholders import fill
from movement.queries.approvals import contact_of
from movement.queries.participation import Contact
from movement.services import participation
from movement.services.messages import Office, language_for, values_for

ASKING, ANSWERING = "approval_asked", "approval_decided"
"""The purposes these mails have in the outbox."""


@dataclass(frozen=True)
class _Case:
    """A request of one organisation in a call, and who acts on it now."""

    session: Session
    approval: Approval
    call: Call
    by: Actor
    office: Office
    now: datetime

    def queue(self, texts: Texts, purpose: str, key: str, to: Contact) -> None:
        """Put a mail to one person in the outbox, in the language they read."""
        organisation = self.session.get_one(Organisation, self.approval.organisation_id)
        language = language_for(organisation, to)
        values = values_for(self.call, organisation, self.office, language, self.now)
        values["person"] = inert_name(self.by.name) or SOMEBODY[language]
        subject, body = (fill(text, values) for text in texts[language])
        if self.call.demonstration:
            body = f"{INVENTED_OF[self.call.kind][language]}\n\n{body}"
        letter = Letter(
            key=key, purpose=purpose, to_address=to.email, language=language, subject=subject,
            body=body, about_id=_about(self.session, self.approval),
        )  # fmt: skip
        outbox.queue(self.session, letter, now=self.now, domain=self.office.domain)


def ask(
    session: Session,
    approval: Approval,
    call: Call,
    to: Iterable[Contact],
    *,
    by: Actor,
    office: Office,
    now: datetime,
) -> None:
    """Put a mail to each of these approvers in the outbox."""
    case = _Case(session, approval, call, by, office, now)
    for contact in to:
        key = f"approval:{approval.id}:{contact.person_id}"
        case.queue(ASKED, ASKING, key, contact)


def answer(
    session: Session, approval: Approval, call: Call, *, by: Actor, office: Office, now: datetime
) -> None:
    """Tell whoever asked what was decided, and call back what other approvers were not sent yet."""
    call_back(session, approval)
    asker = session.get(Person, approval.asked_by_id)
    if asker is None or asker.removed_at is not None:
        return
    texts = APPROVED if approval.verdict is Verdict.APPROVED else REFUSED
    contact, key = contact_of(asker, approval.organisation_id), f"approval-decided:{approval.id}"
    _Case(session, approval, call, by, office, now).queue(texts, ANSWERING, key, contact)


def call_back(session: Session, approval: Approval) -> None:
    """Call back the mails of a request that nobody need answer any more."""
    outbox.cancel(session, about_id=_about(session, approval), purpose=ASKING)


def _about(session: Session, approval: Approval) -> UUID:
    """The participation, by which staff find a call's mails."""
    part = participation.find(session, approval.call_id, approval.organisation_id)
    return part.id if part else approval.id
