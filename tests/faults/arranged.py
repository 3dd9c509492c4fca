"""Waves, responses and reminders for the faults, made of the benchmark's field of organisations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from time import sleep
from uuid import UUID

from sqlmodel import Session, select, update

from core.clock import now
from core.models import Mail
from movement.models import Assignment, Call, Participation, ReminderStep
from movement.services import reminders
from movement.services.messages import Office
from surveys.demonstration_answers import invented_responses
from surveys.models import Response
from surveys.queries.responses import get_asked
from surveys.services import responses
from tests.performance.field import WAVE, make_field
from tests.performance.journey import HIDDEN, KEY, TOKEN, Client
from tests.servers.instance import Instance, wait_until
from tests.surveys.demonstration_directory import directory

ANSWERS = next(iter(invented_responses(directory()))).answers
"""A complete response's answers."""


@dataclass(frozen=True)
class Started:
    """An organisation's response, complete and not submitted, with its focal point."""

    response_id: UUID
    person_id: UUID
    organisation: str

    @property
    def path(self) -> str:
        """Where its pages stand."""
        return f"/responses/{self.response_id}"


def field_of(place: Instance, size: int) -> list[str]:
    """An open wave that asks so many organisations; their codes."""
    return [entry.organisation for entry in make_field(place.app, size)]


def start_all(place: Instance, codes: list[str], *, complete: bool = True) -> list[Started]:
    """Start the responses of these organisations, complete unless told otherwise."""
    with place.session() as session:
        made = [_start(session, code, complete=complete) for code in codes]
        session.commit()
    return made


def started(place: Instance, *, complete: bool = True) -> Started:
    """The response of the only organisation of a wave."""
    return start_all(place, field_of(place, 1), complete=complete)[0]


def _start(session: Session, code: str, *, complete: bool) -> Started:
    asked = get_asked(session, WAVE, code)
    response_id = responses.start(session, asked, now=now())
    if complete:
        session.get_one(Response, response_id).answers = ANSWERS
    contact = select(Assignment.person_id).where(
        Assignment.organisation_id == asked.organisation.id
    )
    return Started(response_id, session.scalars(contact).one(), code)


def monday() -> datetime:
    """09:30 in Nairobi, on the Monday before the last: a working hour that is over."""
    today = now().date()
    day = today - timedelta(days=today.isoweekday() + 6)
    return datetime.combine(day, time(6, 30), UTC)


def make_reminders_due(place: Instance) -> datetime:
    """Plan one reminder for all who were invited; the moment at which it is due."""
    moment = monday()
    with place.session() as session:
        call = session.scalars(select(Call).where(Call.code == WAVE)).one()
        session.add(ReminderStep(call_id=call.id, days_before=40))
        call.closes_on = moment.date() + timedelta(days=40)
        session.execute(update(Participation).values(invited_at=moment - timedelta(days=7)))
        session.commit()
    return moment


def queue_reminders(place: Instance) -> int:
    """Put the reminder of all who were invited in the outbox; how many mails that are."""
    moment = make_reminders_due(place)
    with place.session() as session:
        call = session.scalars(select(Call).where(Call.code == WAVE)).one()
        queued = reminders.sweep(session, call, office=Office.of(place.settings), now=moment)
        session.commit()
    return queued


def reminders_in_outbox(place: Instance) -> set[tuple[str, str]]:
    """Each organisation's reminder: its contact's address and its Message-ID."""
    with place.session() as session:
        rows = session.execute(
            select(Mail.to_address, Mail.message_id).where(Mail.purpose == "reminder")
        )
        return {(address, message_id) for address, message_id in rows}


@contextmanager
def locked(place: Instance, response: Started) -> Iterator[None]:
    """Hold the response's row (on SQLite the whole database), so that whoever saves must wait."""
    with place.session() as session:
        held = select(Response.id).where(Response.id == response.response_id)
        session.execute(held.with_for_update())
        yield


def until_waiting(place: Instance, count: int) -> None:
    """Return once so many requests wait for the row that the test holds."""
    if place.settings.database.startswith("sqlite"):
        sleep(1.0)  # SQLite doesn't tell who waits
        return
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    assert wait_until(lambda: place.scalar(waiting) >= count)


def typed(page: str, **fields: str) -> list[tuple[str, str]]:
    """A section page's form with these answers, and whatever the page itself sends."""
    token = TOKEN.search(page)
    assert token is not None
    carried: list[tuple[str, str]] = [("csrf_token", token.group(1)), *HIDDEN.findall(page)]
    return [*carried, *((f"q_{code}", text) for code, text in fields.items())]


def to_submit(client: Client, response: Started) -> list[tuple[str, str]]:
    """The form of the page to check all answers: what its button sends."""
    page = client.get(f"{response.path}/check")
    token, key = TOKEN.search(page), KEY.search(page)
    assert token is not None
    assert key is not None, "the check page offers no button"
    return [("csrf_token", token.group(1)), ("key", key.group(1))]
