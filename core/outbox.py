"""The mail outbox: a row per mail, claimed to be sent. Knows nothing of why a mail is sent.

How often one mail may arrive:
- Once, as a rule. A sender killed between the server's acceptance and the commit leaves a claim
  that lapses after `LEASE`; the mail goes out again with the same Message-ID, so at most one
  duplicate per kill, which mail programs recognise.
- Where the connection broke after the whole text was sent, nobody knows whether it arrived. It is
  `uncertain`: sent again once, after `DOUBT`, with the same Message-ID, since an organisation
  without its mail is worse than one with two. If that attempt ends in doubt too, it stays
  uncertain, and staff decide.
- Where the server is away the mail waits and no attempt counts, however long that takes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session, col, select

from core.models import Mail, MailState

LEASE = timedelta(minutes=2)
"""How long a claim holds: longer than `core.smtp` can take over one mail."""
DOUBT = timedelta(minutes=30)
AWAY = timedelta(minutes=1)
BACKOFF = (1, 2, 5, 15, 30, 60, 120, 240)
"""Minutes to wait after each attempt the server put off."""
LIMIT = len(BACKOFF)
SECRET = frozenset({"sign_in"})
"""Purposes of mails that must not lie readable in the database longer than they have to."""


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


def queue(
    session: Session,
    letter: Letter,
    *,
    now: datetime,
    domain: str,
    not_before: datetime | None = None,
) -> bool:
    """Put a letter in the outbox unless its key is there; return whether it is new.

    Two processes asking at the same moment make one row. `not_before`: now if not given.
    """
    mail = Mail(
        key=letter.key,
        purpose=letter.purpose,
        to_address=letter.to_address,
        language=letter.language,
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        about_id=letter.about_id,
        message_id=f"<{uuid4()}@{domain}>",
        not_before=not_before or now,
        created_at=now,
    )
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(Mail) if on_sqlite else postgresql.insert(Mail)
    added = (
        insert.values(mail.model_dump())
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(Mail.id))
    )
    return session.scalars(added).one_or_none() is not None


def _claimable(now: datetime, due: datetime) -> ColumnElement[bool]:
    state, waited = col(Mail.state), col(Mail.not_before) <= due
    return or_(
        and_(state == MailState.QUEUED, waited),
        and_(state == MailState.UNCERTAIN, col(Mail.attempts) < LIMIT, waited),
        and_(state == MailState.SENDING, col(Mail.claimed_at) < now - LEASE),
    )


def claim_next(
    session: Session, *, now: datetime, due: datetime | None = None, begun: datetime | None = None
) -> Mail | None:
    """Take the oldest mail due by `due` (now if not given), or whose sender died; None if none.

    `begun`: leave out what was tried since, so that a batch tries each mail once. The caller
    commits before talking to the mail server, so that no other sender takes it too.
    """
    claimable = _claimable(now, due or now)
    if begun is not None:
        tried = col(Mail.claimed_at)
        claimable = and_(claimable, or_(tried.is_(None), tried < begun))
    oldest = (
        select(Mail.id)
        .where(claimable)
        .order_by(col(Mail.not_before), col(Mail.id))
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = (
        update(Mail)
        .where(col(Mail.id) == oldest)
        .values(state=MailState.SENDING, claimed_at=now, attempts=Mail.attempts + 1)
        .returning(Mail)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalars(taken).one_or_none()


def sent(mail: Mail, *, now: datetime) -> None:
    """The server accepted it."""
    mail.state, mail.sent_at, mail.error = MailState.SENT, now, None


def forget_secret(mail: Mail) -> None:
    """Blank the text of a mail whose link lets its reader in, once it is with them."""
    if mail.purpose in SECRET:
        mail.body = ""


def put_off(mail: Mail, reason: str, *, now: datetime) -> None:
    """Try again later, each time after a longer wait; after the last try it has failed."""
    mail.error = reason[:500]
    if mail.attempts >= LIMIT:
        mail.state = MailState.FAILED
        return
    mail.state = MailState.QUEUED
    mail.not_before = now + timedelta(minutes=BACKOFF[mail.attempts - 1])


def give_back(mail: Mail, reason: str, *, now: datetime) -> None:
    """The server could not be reached: the mail waits, and the attempt does not count."""
    mail.error = reason[:500]
    mail.state, mail.attempts = MailState.QUEUED, max(0, mail.attempts - 1)
    mail.not_before = now + AWAY


def refused(mail: Mail, reason: str) -> None:
    """The server said no for good: stop, and let staff see it."""
    mail.state, mail.error = MailState.FAILED, reason[:500]


def uncertain(mail: Mail, reason: str, *, now: datetime) -> None:
    """The connection broke after the text was sent. One attempt is left, after a while."""
    mail.state, mail.error = MailState.UNCERTAIN, reason[:500]
    if mail.attempts < LIMIT:
        mail.attempts, mail.not_before = LIMIT - 1, now + DOUBT


def try_again(mail: Mail, *, now: datetime) -> None:
    """Staff want it sent after all: from the beginning, with the same Message-ID."""
    if mail.state in (MailState.FAILED, MailState.UNCERTAIN):
        mail.state, mail.attempts, mail.not_before = MailState.QUEUED, 0, now


def _cancel(session: AnySession, which: ColumnElement[bool]) -> int:
    waiting = col(Mail.state).in_((MailState.QUEUED, MailState.UNCERTAIN))
    cancelled = (
        update(Mail)
        .where(waiting, which)
        .values(state=MailState.CANCELLED)
        .returning(col(Mail.id))
        .execution_options(synchronize_session=False)
    )
    return len(session.scalars(cancelled).all())


def cancel(session: AnySession, *, about_id: UUID, purpose: str) -> int:
    """Call back what is not sent yet about something; return how many mails that were."""
    return _cancel(session, and_(col(Mail.about_id) == about_id, col(Mail.purpose) == purpose))


def cancel_to(session: AnySession, address: str) -> int:
    """Call back what is not sent yet to an address; return how many mails that were."""
    return _cancel(session, col(Mail.to_address) == address)
