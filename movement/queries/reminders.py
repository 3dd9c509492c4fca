"""The plan of a call's reminders, line by line: to whom, when, and what became of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from core.models import Mail, MailState
from movement.deadlines import is_open
from movement.models import Call
from movement.queries.calls import steps_of
from movement.queries.mail import reminders_of
from movement.queries.participation import FINISHED, Participant, contact_list, participants
from movement.reminder_days import Calendar, Planned, calendar, covered, latest, planned
from movement.services.messages import language_for

WAITING = frozenset({MailState.QUEUED, MailState.SENDING, MailState.UNCERTAIN})


@dataclass(frozen=True)
class Line:
    """One organisation's reminder of a plan.

    `state`: planned; queued or sent, as its mails are; failed, if none of them could be sent;
    skipped, if it was needless (invited later, reminded since, or too late).
    """

    participant: Participant
    planned: Planned
    week: Calendar
    contacts: int
    language: str
    state: str

    def as_json(self) -> dict[str, Any]:
        """The line as `flask reminders plan` prints it."""
        return {
            "organisation": self.participant.organisation.code,
            "region": self.participant.part.region_code,
            "step": self.planned.step,
            "send_at": self.planned.send_at.isoformat(),
            "local": self.week.local(self.planned.send_at).isoformat(),
            "language": self.language,
            "contacts": self.contacts,
            "state": self.state,
        }


@dataclass(frozen=True)
class _Case:
    """What is known of one organisation: its plan, and the reminders it was mailed."""

    call: Call
    one: Participant
    plan: list[Planned]
    week: Calendar
    mails: list[Mail]

    def state(self, reminder: Planned, now: datetime) -> str:
        """What became of one step; "" once it is of no interest any more."""
        ending = f":{self.call.closes_on}:{reminder.step}"
        states = {mail.state for mail in self.mails if mail.key.endswith(ending)}
        if states & WAITING:
            return "queued"
        if states:
            return "sent" if MailState.SENT in states else "failed"
        if self.one.part.state in FINISHED:
            return ""
        return "skipped" if self._needless(reminder, now) else "planned"

    def _needless(self, reminder: Planned, now: datetime) -> bool:
        if not is_open(self.call, self.week.timezone, now):
            return True
        newest = latest(self.plan, now)
        overtaken = newest is not None and reminder.send_at <= now and reminder != newest
        last = self.mails[-1].created_at if self.mails else None
        invited_at = self.one.part.invited_at or now
        return overtaken or covered(reminder, self.week, invited_at=invited_at, last=last)


def plan_of(session: Session, call: Call, *, now: datetime) -> list[Line]:
    """Every reminder of the plan to those invited, in the order they go out.

    Organisations that answered or declined stand there only with what they were sent.
    """
    return sorted(_lines(session, call, now), key=lambda line: line.planned.send_at)


def _lines(session: Session, call: Call, now: datetime) -> Iterator[Line]:
    steps, mails = steps_of(session, call.id), reminders_of(session, call.id)
    invited = [one for one in participants(session, call.id) if one.part.invited_at]
    for one, contacts in contact_list(session, invited):
        week = calendar(one.organisation.timezone, one.organisation.weekend_days)
        plan = planned(call.closes_on, steps, week)
        case = _Case(call, one, plan, week, mails.get(one.part.id, []))
        language = language_for(one.organisation, contacts[0] if contacts else None)
        for reminder in plan:
            state = case.state(reminder, now)
            if state:
                yield Line(one, reminder, week, len(contacts), language, state)


@dataclass(frozen=True)
class Step:
    """One step of a plan over all organisations. `first`, `last`: the local days it goes out on."""

    step: int
    first: date
    last: date
    states: Counter[str]


def by_step(lines: Iterable[Line]) -> list[Step]:
    """The plan in short, the earliest step first."""
    grouped: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.planned.step].append(line)
    found = []
    for step, of_step in sorted(grouped.items(), reverse=True):
        days = [line.week.local(line.planned.send_at).date() for line in of_step]
        states = Counter(line.state for line in of_step)
        found.append(Step(step, min(days), max(days), states))
    return found
