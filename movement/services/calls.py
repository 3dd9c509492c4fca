"""Opening, extending, closing and releasing a call. What is asked is the caller's business.

Opening freezes the frame: every National Society that was a member on the frame date gets a
participation with the region it has now, and N is their number for ever.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.deadlines import over_everywhere, state_at
from movement.message_texts import DEFAULTS_OF
from movement.models import (
    Call,
    CallKind,
    CallMessage,
    CallState,
    Participation,
    Process,
    ReminderStep,
)
from movement.queries.calls import find_call, members_on, steps_of
from movement.services.voices import add_voices
from movement.settled import is_settled

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LONGEST_CODE = 60
PLAN = (14, 7, 2)
"""Days before the closing date on which reminders go out, unless the call's plan is changed."""
EARLIEST_STEP = 90
MOST_STEPS = 10
FARTHEST = date(9999, 1, 1)
"""Behind it the calendar ends, and no day can be counted on in every time zone."""


@dataclass(frozen=True)
class Opening:
    """What a new call is given. `titles` by language; `frame_date` None: today, in UTC.

    `kind`: which default messages it begins with, among others. `with_networks`: codes of networks
    and groups, IFRC and ICRC that take part besides, counted nowhere.
    """

    code: str
    titles: Mapping[str, str]
    closes_on: date
    frame_date: date | None = None
    kind: CallKind = CallKind.SURVEY
    with_networks: Collection[str] = ()
    approval_required: bool = False


def open_call(
    session: Session,
    process: Process,
    opening: Opening,
    *,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> Call:
    """Make a call and open it at once, with its frame, default messages and plan of reminders.

    Raises `DomainError` for a code that can't be one, dates that make no sense or a code of
    `with_networks` that is no voice's, `Conflict` for a code in use.
    """
    frame_date = opening.frame_date or now.date()
    _check_code(session, opening.code)
    _check_dates(opening.closes_on, frame_date, now.date())
    call = _made(process, opening, frame_date, now)
    _add_unless_taken(session, call)
    counted = _freeze_frame(session, call)
    besides = add_voices(session, call, opening.with_networks)
    _give_messages(session, call)
    session.add_all(ReminderStep(call_id=call.id, days_before=days) for days in PLAN)
    audit.record(
        session, "call.opened", about=call.code, now=now, by=by, label=label,
        closes_on=call.closes_on.isoformat(), frame_date=frame_date.isoformat(), N=counted,
        kind=call.kind.value, besides=[one.code for one in besides],
    )  # fmt: skip
    session.flush()
    return call


def _made(process: Process, opening: Opening, frame_date: date, now: datetime) -> Call:
    return Call(
        code=opening.code,
        process_id=process.id,
        kind=opening.kind,
        approval_required=opening.approval_required,
        titles=dict(opening.titles),
        state=CallState.OPEN,
        frame_date=frame_date,
        closes_on=opening.closes_on,
        opened_at=now,
        demonstration=process.demonstration,
    )


def _check_code(session: Session, code: str) -> None:
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise DomainError(
            _l(
                "A code holds small letters, digits and hyphens, at most 60, as in "
                "migration-2020. %(code)s does not.",
                code=repr(code),
            )
        )
    if find_call(session, code) is not None:
        raise _taken(code)


def _check_dates(closes_on: date, frame_date: date, today: date) -> None:
    _check_closing(closes_on, today)
    if frame_date > today + timedelta(days=1):  # east of here it is tomorrow already
        raise DomainError(
            _l("The frame date %(day)s is still to come.", day=frame_date.isoformat())
        )


def _check_closing(closes_on: date, today: date) -> None:
    if closes_on < today:
        raise DomainError(_l("The closing date %(day)s is past.", day=closes_on.isoformat()))
    if closes_on > FARTHEST:
        raise DomainError(_l("The closing date %(day)s is too far off.", day=closes_on.isoformat()))


def _taken(code: str) -> Conflict:
    return Conflict(_l("There is a wave or round with the code %(code)s already.", code=code))


def _add_unless_taken(session: Session, call: Call) -> None:
    """Add the row; two openings of one code at the same moment make one call."""
    try:
        with session.begin_nested():
            session.add(call)
    except IntegrityError:
        raise _taken(call.code) from None


def _freeze_frame(session: Session, call: Call) -> int:
    members = members_on(session, call.frame_date)
    if not members:
        raise DomainError(
            _l(
                "No National Society was a member on %(day)s: load the directory first, or choose "
                "another frame date.",
                day=call.frame_date.isoformat(),
            )
        )
    session.add_all(
        Participation(call_id=call.id, organisation_id=member.id, region_code=member.region_code)
        for member in members
    )
    return len(members)


def _give_messages(session: Session, call: Call) -> None:
    session.add_all(
        CallMessage(call_id=call.id, kind=kind, language=language, subject=subject, body=body)
        for kind, texts in DEFAULTS_OF[call.kind].items()
        for language, (subject, body) in texts.items()
    )


def extend(
    session: Session, call: Call, closes_on: date, *, now: datetime,
    by: Actor | None = None, label: str = "",
) -> None:  # fmt: skip
    """Give more time. Later than now set only; a call that is over opens again by it."""
    _refuse_for_good(session, call)
    if closes_on <= call.closes_on:
        raise DomainError(
            _l("Choose a day after %(day)s: time can only be added.", day=call.closes_on)
        )
    _check_closing(closes_on, now.date())
    before = call.closes_on
    call.closes_on = closes_on
    if state_at(call, now) is CallState.CLOSED:
        call.state, call.closed_at = CallState.OPEN, None
    audit.record(
        session, "call.extended", about=call.code, now=now, by=by, label=label,
        before=before.isoformat(), after=closes_on.isoformat(),
    )  # fmt: skip
    session.flush()


def _refuse_for_good(session: Session, call: Call) -> None:
    """Refuse to open what is archived, or settled by those who asked it; held until the commit."""
    session.refresh(call, with_for_update=True)
    if call.archived_at is not None:
        raise Conflict(_l("It is archived: it is read, and no longer changed."))
    if is_settled(session, call):
        raise Conflict(_l("What was decided in this round stands, so it can't be opened again. "
                          "Open another round."))  # fmt: skip


def close(
    session: Session, call: Call, *, now: datetime, by: Actor | None = None, label: str = ""
) -> None:
    """End a call now, for everybody, or record that its last day is over. Raises `Conflict`."""
    if call.state is not CallState.OPEN:
        raise Conflict(_l("It is not open."))
    call.state, call.closed_at = CallState.CLOSED, now
    audit.record(session, "call.closed", about=call.code, now=now, by=by, label=label)
    session.flush()


def reopen(
    session: Session, call: Call, *, now: datetime, by: Actor | None = None, label: str = ""
) -> None:
    """Take back a closing while the closing date is not over. Raises `Conflict`."""
    _refuse_for_good(session, call)
    if call.state is CallState.OPEN:
        raise Conflict(_l("It is open already."))
    if over_everywhere(call.closes_on, now):
        raise Conflict(_l("The closing date is over. Extend it to open it again."))
    call.state, call.closed_at = CallState.OPEN, None
    audit.record(session, "call.reopened", about=call.code, now=now, by=by, label=label)
    session.flush()


def release(
    session: Session, call: Call, *, now: datetime, by: Actor | None = None, label: str = ""
) -> None:
    """Show the results to those who answered. Doing it again changes nothing."""
    if call.released_at is not None:
        return
    call.released_at = now
    audit.record(session, "call.released", about=call.code, now=now, by=by, label=label)
    session.flush()


def withdraw(
    session: Session, call: Call, *, now: datetime, by: Actor | None = None, label: str = ""
) -> None:
    """Hide released results again."""
    if call.released_at is None:
        return
    call.released_at = None
    audit.record(session, "call.withdrawn", about=call.code, now=now, by=by, label=label)
    session.flush()


def set_plan(
    session: Session, call: Call, days: Iterable[int], *, now: datetime,
    by: Actor | None = None, label: str = "",
) -> None:  # fmt: skip
    """Replace the plan of reminders by these numbers of days before the closing date."""
    plan = sorted(set(days), reverse=True)
    if len(plan) > MOST_STEPS or any(not 0 <= step <= EARLIEST_STEP for step in plan):
        raise DomainError(
            _l("Plan at most 10 reminders, each 0 to 90 days before the closing date.")
        )
    before = steps_of(session, call.id)
    session.execute(delete(ReminderStep).where(col(ReminderStep.call_id) == call.id))
    session.add_all(ReminderStep(call_id=call.id, days_before=step) for step in plan)
    audit.record(
        session, "call.planned", about=call.code, now=now, by=by, label=label,
        before=before, after=plan,
    )  # fmt: skip
    session.flush()
