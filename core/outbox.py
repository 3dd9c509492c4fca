"""The mail outbox: a row per mail, claimed to be sent. Knows nothing of why a mail is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from core.models import Mail, MailState

LEASE = timedelta(minutes=2)
BACKOFF = (1, 2, 5, 15, 30, 60, 120, 240)
LIMIT = len(BACKOFF)


@dataclass(frozen=True)
class Letter:
    """What a mail says and to whom. `key` makes asking twice harmless."""

    key: str
    purpose: str
    to_address: str
    language: str
    subject: str
    body: str
    about_id: UUID | None = None


def queue(session: Session, letter: Letter, *, now: datetime, domain: str) -> bool:
    """Put a letter in the outbox unless its key is there; return whether it is new. Flushes."""
    if session.scalars(select(Mail.id).where(Mail.key == letter.key)).first():
        return False
    session.add(
        Mail(
            key=letter.key,
            purpose=letter.purpose,
            to_address=letter.to_address,
            language=letter.language,
            subject=" ".join(letter.subject.split()),
            body=letter.body,
            about_id=letter.about_id,
            message_id=f"<{uuid4()}@{domain}>",
            not_before=now,
            created_at=now,
        )
    )
    session.flush()
    return True


def claim_next(session: Session, *, now: datetime) -> Mail | None:
    """Take the oldest mail that is due, or whose sender died; None if there is none.

    The caller commits before talking to the mail server, so that no other sender takes it too.
    """
    lapsed = (col(Mail.state) == MailState.SENDING) & (col(Mail.claimed_at) < now - LEASE)
    due = (col(Mail.state) == MailState.QUEUED) & (col(Mail.not_before) <= now)
    oldest = (
        select(Mail.id)
        .where(or_(due, lapsed))
        .order_by(col(Mail.not_before), col(Mail.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(Mail)
        .where(col(Mail.id).in_(oldest))
        .values(state=MailState.SENDING, claimed_at=now, attempts=Mail.attempts + 1)
        .returning(Mail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalars(taken).one_or_none()


def sent(mail: Mail, *, now: datetime) -> None:
    """The server accepted it."""
    mail.state, mail.sent_at, mail.error = MailState.SENT, now, None


def put_off(mail: Mail, reason: str, *, now: datetime) -> None:
    """Try again later, each time after a longer wait; after the last try it has failed."""
    mail.error = reason[:500]
    if mail.attempts >= LIMIT:
        mail.state = MailState.FAILED
        return
    mail.state = MailState.QUEUED
    mail.not_before = now + timedelta(minutes=BACKOFF[mail.attempts - 1])


def refused(mail: Mail, reason: str) -> None:
    """The server said no for good: stop, and let staff see it."""
    mail.state, mail.error = MailState.FAILED, reason[:500]


def uncertain(mail: Mail, reason: str) -> None:
    """The connection broke after the text was sent: it may have arrived. Not sent again unasked."""
    mail.state, mail.error = MailState.UNCERTAIN, reason[:500]
