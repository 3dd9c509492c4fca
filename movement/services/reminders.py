"""Reminding organisations that were invited and have neither answered nor declined.

The plan's steps go out by themselves (`movement.reminder_days` says when); staff can send one at
any hour besides. Every mail has a key of its own in the outbox, so sweeping twice, by two
schedulers or after a crash, sends nothing twice.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core import audit, outbox
from core.errors import Conflict
from core.texts import lazy as _l
from movement.actors import Actor
from movement.deadlines import is_open, state_at
from movement.models import Call, CallState, MessageKind, Participation
from movement.queries.calls import messages_of, steps_of
from movement.queries.mail import reminders_of
from movement.queries.participation import (
    FINISHED,
    Contact,
    Participant,
    contact_list,
    participants,
)
from movement.reminder_days import calendar, due, planned
from movement.services.messages import Office, letter


@dataclass(frozen=True)
class Reminded:
    """What reminding did: mails put in the outbox, organisations, those without a contact."""

    mails: int
    organisations: tuple[str, ...]
    without_contact: tuple[str, ...]


def outstanding(session: Session, call: Call, *, now: datetime) -> list[Participant]:
    """Who may be reminded: invited, not finished, and its closing date not over."""
    return [
        one
        for one in participants(session, call.id, outstanding=True)
        if is_open(call, one.organisation.timezone, now)
    ]


def _still_unfinished(session: Session, ones: Collection[Participant]) -> list[Participant]:
    """Hold their rows until the commit, and leave out who finished meanwhile.

    A submission that comes now waits for us, then finds our mail in the outbox and cancels it.
    """
    held = session.scalars(
        select(Participation)
        .where(col(Participation.id).in_([one.part.id for one in ones]))
        .order_by(col(Participation.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    unfinished = {part.id for part in held if part.state not in FINISHED}
    return [one for one in ones if one.part.id in unfinished]


def _write(
    session: Session,
    call: Call,
    to: Collection[Participant],
    key: Callable[[Participant, Contact], str],
    *,
    office: Office,
    now: datetime,
    not_before: datetime | None = None,
) -> Reminded:
    """One mail to each contact, under the key it is given."""
    messages, mails, without = messages_of(session, call.id), 0, []
    for one, contacts in contact_list(session, to):
        if not contacts:
            without.append(one.organisation.code)
        for contact in contacts:
            text = letter(
                call, messages, MessageKind.REMINDER, one, contact,
                key=key(one, contact), office=office, now=now,
            )  # fmt: skip
            mails += outbox.queue(
                session, text, now=now, domain=office.domain, not_before=not_before
            )
    return Reminded(mails, tuple(one.organisation.code for one in to), tuple(without))


def _due_now(session: Session, call: Call, now: datetime) -> dict[Participant, int]:
    steps, before = steps_of(session, call.id), reminders_of(session, call.id)
    found = {}
    for one in outstanding(session, call, now=now):
        organisation, mails = one.organisation, before.get(one.part.id)
        week = calendar(organisation.timezone, organisation.weekend_days)
        reminder = due(
            planned(call.closes_on, steps, week),
            week,
            now=now,
            invited_at=one.part.invited_at or now,
            last=mails[-1].created_at if mails else None,
        )
        if reminder:
            found[one] = reminder.step
    return found


def sweep(
    session: Session,
    call: Call,
    *,
    office: Office,
    now: datetime,
    not_before: datetime | None = None,
) -> int:
    """Put the call's reminders that are due at `now` in the outbox; return how many are new.

    `not_before`: when they may be sent, `now` if not given.
    """
    if state_at(call, now) is not CallState.OPEN:
        return 0
    steps = _due_now(session, call, now)
    if not steps:
        return 0

    def key(one: Participant, contact: Contact) -> str:
        # The closing date is part of it: after an extension the same step counts anew.
        whose = f"{call.id}:{one.organisation.id}:{contact.person_id}"
        return f"reminder:{whose}:{call.closes_on}:{steps[one]}"

    to = _still_unfinished(session, steps)
    return _write(session, call, to, key, office=office, now=now, not_before=not_before).mails


def send_now(
    session: Session,
    call: Call,
    codes: Iterable[str] | None,
    *,
    form_key: str,
    office: Office,
    now: datetime,
    by: Actor | None = None,
) -> Reminded:
    """Remind at once, whatever the hour: everybody outstanding, or those of them with these codes.

    `form_key` comes from the page: sending the page twice sends one mail. Raises `Conflict` if
    nobody is left to remind.
    """
    chosen = None if codes is None else set(codes)
    to = [
        one
        for one in _still_unfinished(session, outstanding(session, call, now=now))
        if chosen is None or one.organisation.code in chosen
    ]
    if not to:
        raise Conflict(_l("There is nobody to remind: all have answered, declined, or are over."))

    def key(one: Participant, contact: Contact) -> str:
        return f"manual:{call.id}:{one.organisation.id}:{contact.person_id}:{form_key}"

    done = _write(session, call, to, key, office=office, now=now)
    if done.mails:
        audit.record(
            session, "call.reminded", about=call.code, now=now, by=by,
            organisations=list(done.organisations),
            without_contact=list(done.without_contact), mails=done.mails,
        )  # fmt: skip
    session.flush()
    return done
