"""The mail of calls, as staff see it. What is mailed is `movement.services`' business."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from core.errors import NotFound
from core.models import Mail, MailState
from core.texts import lazy as _l
from movement.models import MessageKind, Participation

TROUBLED = (MailState.FAILED, MailState.UNCERTAIN)
PAGE = 100


def reminders_of(session: Session, call_id: UUID) -> dict[UUID, list[Mail]]:
    """The reminders of a call by participation, the oldest first; cancelled ones are left out."""
    rows = session.scalars(
        select(Mail)
        .join(Participation, col(Participation.id) == col(Mail.about_id))
        .where(
            Participation.call_id == call_id,
            Mail.purpose == MessageKind.REMINDER.value,
            Mail.state != MailState.CANCELLED,
        )
        .order_by(col(Mail.created_at))
    )
    found: dict[UUID, list[Mail]] = defaultdict(list)
    for mail in rows:
        if mail.about_id is not None:
            found[mail.about_id].append(mail)
    return found


def keys_of(session: Session, call_id: UUID, kind: MessageKind) -> set[str]:
    """The outbox keys of a call's mails of one kind."""
    rows = session.scalars(
        select(Mail.key)
        .join(Participation, col(Participation.id) == col(Mail.about_id))
        .where(Participation.call_id == call_id, Mail.purpose == kind.value)
    )
    return set(rows)


@dataclass(frozen=True)
class LastMail:
    """The newest mail about a participation. `at`: when it was sent, else queued."""

    purpose: str
    state: MailState
    at: datetime


def last_mails(session: Session, call_id: UUID) -> dict[UUID, LastMail]:
    """The newest mail to each organisation of a call, by participation."""
    rows = session.execute(
        any_select(
            col(Mail.about_id), col(Mail.purpose), col(Mail.state),
            col(Mail.sent_at), col(Mail.created_at),
        )
        .join(Participation, col(Participation.id) == col(Mail.about_id))
        .where(col(Participation.call_id) == call_id)
        .order_by(col(Mail.created_at))
    )  # fmt: skip
    return {
        about: LastMail(purpose, state, sent_at or created_at)
        for about, purpose, state, sent_at, created_at in rows
        if about is not None
    }


def troubled_count(session: Session, call_id: UUID) -> int:
    """How many mails of a call failed, or may have."""
    return len(mails_of(session, call_id, troubled=True))


def mails_of(
    session: Session, call_id: UUID, *, troubled: bool = False, page: int = 1
) -> list[Mail]:
    """A page of a call's mails, the newest first; `troubled`: those that failed or may have."""
    chosen = (
        select(Mail)
        .join(Participation, col(Participation.id) == col(Mail.about_id))
        .where(Participation.call_id == call_id)
        .order_by(col(Mail.created_at).desc(), col(Mail.key))
    )
    if troubled:
        chosen = chosen.where(col(Mail.state).in_(TROUBLED))
    return list(session.scalars(chosen.offset((page - 1) * PAGE).limit(PAGE)))


def get_mail_of(session: Session, call_id: UUID, mail_id: UUID) -> Mail:
    """One mail of a call; raises `NotFound`."""
    mail = session.scalars(
        select(Mail)
        .join(Participation, col(Participation.id) == col(Mail.about_id))
        .where(Participation.call_id == call_id, Mail.id == mail_id)
    ).one_or_none()
    if mail is None:
        raise NotFound(_l("There is no such mail."))
    return mail


def latest_mails(session: Session, *, address: str = "", limit: int = PAGE) -> list[Mail]:
    """The newest mails of all, or to one address: development's mailbox."""
    chosen = select(Mail).order_by(col(Mail.created_at).desc(), col(Mail.key)).limit(limit)
    if address:
        chosen = chosen.where(Mail.to_address == address)
    return list(session.scalars(chosen))


def get_mail(session: Session, mail_id: UUID) -> Mail:
    """Any mail; raises `NotFound`."""
    mail = session.get(Mail, mail_id)
    if mail is None:
        raise NotFound(_l("There is no such mail."))
    return mail
