"""The texts of invitations and reminders, and the letters made of them.

A letter speaks the contact's language, else the Society's, else English. It knows its office (the
sender's name and the public address) from the settings, never from a request.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from sqlmodel import Session

from core import audit
from core.outbox import Letter
from core.settings import Settings
from movement.actors import Actor
from movement.addresses import inert_name
from movement.deadlines import days_left
from movement.destinations import path_for
from movement.message_texts import (
    DAYS,
    DEADLINE,
    DEFAULTS_OF,
    INVENTED_OF,
    LANGUAGES,
    LAST_DAY,
    TEST,
)
from movement.models import Call, CallMessage, MessageKind, Organisation
from movement.placeholders import check, fill
from movement.queries.calls import messages_of
from movement.queries.participation import Contact, Participant

Messages = dict[tuple[MessageKind, str], CallMessage]
_LOCALES = {"en": "en_GB"}


@dataclass(frozen=True)
class Office:
    """Who writes, and where the site stands. `base_url` has no slash at its end."""

    name: str
    base_url: str

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The office these settings describe."""
        return cls(settings.mail_from.rsplit("<", 1)[0].strip(' "'), settings.base_url)

    @property
    def domain(self) -> str:
        """What stands behind the @ of Message-IDs."""
        return urlsplit(self.base_url).hostname or "localhost"


def language_for(organisation: Organisation, contact: Contact | None = None) -> str:
    """The contact's own language, else the Society's, else English; only the ones spoken here."""
    for language in (contact.language if contact else None, organisation.language):
        if language in LANGUAGES:
            return str(language)
    return "en"


def link_to(call: Call, organisation: Organisation, office: Office) -> str:
    """Where an organisation answers. It names nobody, and asks whoever opens it to sign in."""
    return f"{office.base_url}{path_for(call, organisation)}"


def deadline_in_words(call: Call, organisation: Organisation, language: str) -> str:
    """The closing date with the Society's time zone named: 3 March 2027, end of the day (…)."""
    locale = _LOCALES.get(language, language)
    return DEADLINE[language].format(
        date=format_date(call.closes_on, "long", locale=locale),
        zone=get_timezone_location(ZoneInfo(organisation.timezone), locale=locale),
    )


def days_in_words(days: int, language: str) -> str:
    """A number of days as the language counts them."""
    if days == 0:
        return LAST_DAY[language]
    forms = DAYS[language]
    form = Locale.parse(language).plural_form(days)
    return forms.get(form, forms["other"]).format(n=days)


def values_for(
    call: Call, organisation: Organisation, office: Office, language: str, now: datetime
) -> dict[str, str]:
    """What the placeholders stand for in a mail to an organisation; no value can become a link."""
    names, titles = organisation.names, call.titles
    left = days_left(call.closes_on, organisation.timezone, now)
    return {
        "organisation": inert_name(names.get(language) or names.get("en") or organisation.code),
        "title": inert_name(titles.get(language) or titles.get("en") or call.code),
        "deadline": deadline_in_words(call, organisation, language),
        "link": link_to(call, organisation, office),
        "days_left": days_in_words(left, language),
        "sender": inert_name(office.name),
    }


def text_for(
    call: Call,
    messages: Messages,
    kind: MessageKind,
    organisation: Organisation,
    *,
    language: str,
    office: Office,
    now: datetime,
) -> tuple[str, str]:
    """(subject, body) as this organisation would get them at this moment."""
    message = messages.get((kind, language)) or messages.get((kind, "en"))
    subject, body = (
        (message.subject, message.body) if message else DEFAULTS_OF[call.kind][kind][language]
    )
    spoken = message.language if message else language
    values = values_for(call, organisation, office, spoken, now)
    body = "\n".join(line.rstrip() for line in body.splitlines())
    filled = fill(body, values)
    if call.demonstration:
        filled = f"{INVENTED_OF[call.kind][spoken]}\n\n{filled}"
    if call.test:
        filled = f"{TEST[spoken]}\n\n{filled}"
    return " ".join(fill(subject, values).split()), filled


def letter(
    call: Call,
    messages: Messages,
    kind: MessageKind,
    participant: Participant,
    contact: Contact,
    *,
    key: str,
    office: Office,
    now: datetime,
) -> Letter:
    """The letter to one contact. `key` makes it unique in the outbox."""
    language = language_for(participant.organisation, contact)
    subject, body = text_for(
        call, messages, kind, participant.organisation, language=language, office=office, now=now
    )
    return Letter(
        key=key,
        purpose=kind.value,
        to_address=contact.email,
        language=language,
        subject=subject,
        body=body,
        about_id=participant.part.id,
    )


def write(
    session: Session, call: Call, kind: MessageKind, language: str,
    *, subject: str, body: str, now: datetime, by: Actor | None = None,
) -> None:  # fmt: skip
    """Change a message's text in one language; raises `BadMessage` saying what is wrong."""
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip()
    check(subject, body)
    message = messages_of(session, call.id).get((kind, language))
    if message is None:
        message = CallMessage(call_id=call.id, kind=kind, language=language, subject="", body="")
        session.add(message)
    if (message.subject, message.body) == (subject, body):
        return
    message.subject, message.body = subject, body
    audit.record(
        session, "call.message", about=call.code, now=now, by=by, kind=kind.value,
        language=language, subject=subject, body=body,
    )  # fmt: skip
    session.flush()
