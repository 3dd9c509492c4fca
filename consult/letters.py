"""The mails of contributing: the receipt, and the question to join. They name no content.

Mail travels in the open: what was said stands on the page that a mail links to, and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session

from consult.models import Contribution, ContributionSubmission, Sponsor, SponsorState
from consult.queries.contributions import sponsors_by_contribution
from consult.queries.voices import Voice
from core import outbox
from core.links import external
from core.outbox import Letter
from movement.addresses import inert_name
from movement.models import Call, Organisation
from movement.queries.participation import Contact, contacts_of
from movement.services import participation
from movement.services.messages import Office, language_for

RECEIPT, JOINING = "receipt", "sponsor_asked"
"""The purposes these mails have in the outbox."""


@dataclass(frozen=True)
class _Mail:
    """A mail about to be written to somebody of an organisation."""

    key: str
    purpose: str
    call: Call
    organisation: Organisation
    to: Contact
    about: UUID

    @property
    def title(self) -> str:
        """What the call is called in the reader's language."""
        titles = self.call.titles
        return inert_name(titles.get(self.language) or titles.get("en") or self.call.code)

    @property
    def language(self) -> str:
        """The reader's language."""
        return language_for(self.organisation, self.to)

    def named(self, organisation: Organisation) -> str:
        """An organisation's name in the reader's language."""
        names = organisation.names
        return inert_name(names.get(self.language) or names.get("en") or organisation.code)

    def letter(self, subject: str, lines: Iterable[str]) -> Letter:
        """The letter of these lines."""
        first = _("Demonstration: everything in this consultation is invented.")
        body = [first, *lines] if self.call.demonstration else list(lines)
        return Letter(
            self.key, self.purpose, self.to.email, self.language, subject, "\n\n".join(body),
            self.about,
        )  # fmt: skip


def confirm(
    session: Session,
    voice: Voice,
    submission: ContributionSubmission,
    *,
    to: Contact | None,
    now: datetime,
) -> None:
    """Queue the receipt: to who submitted, or (to None) to whoever answers for the organisation.

    Who was named as sponsor of what was submitted is asked now.
    """
    contacts = [to] if to else contacts_of(session, [voice.organisation.id]).get(
        voice.organisation.id, [])  # fmt: skip
    for contact in contacts:
        mail = _Mail(
            f"contributed:{submission.id}:{contact.person_id}", RECEIPT, voice.call,
            voice.organisation, contact, voice.part.id,
        )  # fmt: skip
        with force_locale(mail.language):
            _queue(session, _receipt(mail, voice, submission), now)
    chosen = [UUID(one["id"]) for one in submission.content]
    for identity in chosen:
        ask_sponsors(session, voice, session.get_one(Contribution, identity), now=now)


def _receipt(mail: _Mail, voice: Voice, submission: ContributionSubmission) -> Letter:
    path = f"/rounds/{voice.call.code}/{voice.organisation.code}/receipts/{submission.reference}"
    lines = [
        _(
            "We have received the contributions of %(organisation)s to “%(title)s”.",
            organisation=mail.named(voice.organisation),
            title=mail.title,
        ),
        _("How many: %(count)s", count=len(submission.content)),
        _("Reference: %(reference)s", reference=submission.reference),
        _("Received: %(time)s UTC", time=f"{submission.at:%Y-%m-%d %H:%M}"),
        _("You can read and print them here, and send more until the deadline:"),
        external(path),
    ]
    return mail.letter(_("Received: %(title)s", title=mail.title), lines)


def ask_sponsors(session: Session, voice: Voice, one: Contribution, *, now: datetime) -> None:
    """Queue a mail to each organisation that was asked to join and has not answered.

    Once for each asking: after a change of the words they are asked, and mailed, again.
    """
    asked = [
        (sponsor, organisation)
        for sponsor, organisation in sponsors_by_contribution(session, [one.id]).get(one.id, [])
        if sponsor.state is SponsorState.INVITED
    ]
    found = contacts_of(session, [organisation.id for _sponsor, organisation in asked])
    for sponsor, organisation in asked:
        for contact in found.get(organisation.id, []):
            _ask(session, voice, sponsor, organisation, to=contact, now=now)


def _ask(
    session: Session,
    voice: Voice,
    sponsor: Sponsor,
    organisation: Organisation,
    *,
    to: Contact,
    now: datetime,
) -> None:
    part = participation.find(session, voice.call.id, organisation.id)
    moment = int(sponsor.invited_at.timestamp())
    key = f"join:{sponsor.contribution_id}:{to.person_id}:{organisation.id}:{moment}"
    about = part.id if part else sponsor.contribution_id
    mail = _Mail(key, JOINING, voice.call, organisation, to, about)
    with force_locale(mail.language):
        lines = [
            _(
                "%(asking)s asks %(organisation)s to stand behind one of its contributions to "
                "“%(title)s”.",
                asking=mail.named(voice.organisation),
                organisation=mail.named(organisation),
                title=mail.title,
            ),
            _("Please read it, and confirm or decline before your deadline:"),
            external(f"/rounds/{voice.call.code}/{organisation.code}/joint"),
        ]
        _queue(session, mail.letter(_("Will you join? %(title)s", title=mail.title), lines), now)


def _queue(session: Session, letter: Letter, now: datetime) -> None:
    office = Office.of(current_app.config["SETTINGS"])
    outbox.queue(session, letter, now=now, domain=office.domain)
