"""The mail by which an organisation learns that contributions of it came back.

It names the consultation and how many; what they say, and why they came back, stands on the page it
links to.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlmodel import Session

from consult.mail_texts import RETURNED
from consult.models import Contribution
from consult.services.drafts import Act
from core import outbox
from core.outbox import Letter
from movement.message_texts import INVENTED_OF
from movement.models import Call, Organisation
from movement.placeholders import fill
from movement.queries.participation import contacts_of
from movement.services import participation
from movement.services.messages import Office, language_for, values_for

PURPOSE = "contributions_returned"


def tell(session: Session, returned: Sequence[Contribution], act: Act, office: Office) -> int:
    """Put one mail to each focal point of their organisations in the outbox; how many."""
    by_place: dict[tuple[UUID, UUID], int] = {}
    for one in returned:
        place = one.call_id, one.organisation_id
        by_place[place] = by_place.get(place, 0) + 1
    contacts = contacts_of(session, {organisation for _call, organisation in by_place})
    sent = 0
    for (call_id, organisation_id), number in by_place.items():
        call = session.get_one(Call, call_id)
        organisation = session.get_one(Organisation, organisation_id)
        part = participation.find(session, call_id, organisation_id)
        for contact in contacts.get(organisation_id, []):
            language = language_for(organisation, contact)
            values = values_for(call, organisation, office, language, act.now)
            subject, body = _words(call, language, {**values, "number": str(number)})
            letter = Letter(
                key=f"returned:{uuid4()}", purpose=PURPOSE, to_address=contact.email,
                language=language, subject=subject, body=body, about_id=part.id if part else None,
            )  # fmt: skip
            sent += outbox.queue(session, letter, now=act.now, domain=office.domain)
    return sent


def _words(call: Call, language: str, values: dict[str, str]) -> tuple[str, str]:
    subject, body = (fill(text, values) for text in RETURNED[language])
    if call.demonstration:
        body = f"{INVENTED_OF[call.kind][language]}\n\n{body}"
    return subject, body
