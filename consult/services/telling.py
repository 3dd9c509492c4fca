"""Mails to the focal points of organisations about something of a consultation.

They name what it is about and lead to its page; what was said or promised stands in no mail.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from consult.models import Consultation
from core import outbox
from core.outbox import Letter
from movement.addresses import inert_name
from movement.models import Organisation
from movement.placeholders import fill
from movement.queries.participation import contacts_of
from movement.round_texts import INVENTED
from movement.services.messages import Office, language_for

Texts = Mapping[str, tuple[str, str]]
LONGEST_KEY: Final = 300


@dataclass(frozen=True)
class Telling:
    """What to tell: subjects and bodies by language, the purpose, what it is about.

    `path`: of the page, with {code} for the organisation's code.
    """

    texts: Texts
    purpose: str
    about_id: UUID
    path: str
    consultation: Consultation


def tell(
    session: Session,
    organisations: Collection[Organisation],
    telling: Telling,
    *,
    office: Office,
    now: datetime,
) -> int:
    """Put a mail to each contact of these organisations in the outbox; how many are new.

    Telling the same twice makes one mail. Each speaks its contact's language.
    """
    by_id = {one.id: one for one in organisations}
    made = 0
    for organisation_id, contacts in contacts_of(session, list(by_id)).items():
        organisation = by_id[organisation_id]
        for contact in contacts:
            language = language_for(organisation, contact)
            subject, body = _filled(telling, organisation, office, language)
            letter = Letter(
                key=f"{telling.purpose}:{telling.about_id}:{organisation.code}:{contact.person_id}",
                purpose=telling.purpose, to_address=contact.email, language=language,
                subject=subject, body=body, about_id=telling.about_id,
            )  # fmt: skip
            made += outbox.queue(session, letter, now=now, domain=office.domain)
    return made


def _filled(
    telling: Telling, organisation: Organisation, office: Office, language: str
) -> tuple[str, str]:
    titles, names = telling.consultation.titles, organisation.names
    values = {
        "organisation": inert_name(names.get(language) or names.get("en") or organisation.code),
        "title": inert_name(titles.get(language) or titles.get("en") or telling.consultation.code),
        "link": f"{office.base_url}{telling.path.format(code=organisation.code)}",
        "sender": inert_name(office.name),
    }
    subject, body = (fill(text, values) for text in telling.texts[language])
    if telling.consultation.demonstration:
        body = f"{INVENTED[language]}\n\n{body}"
    return subject, body
