"""A test run of a call: asked of chosen organisations, counted nowhere, deleted on demand.

It has no frame: nobody in it is counted in N. No reminder is planned for it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, select

from core import audit, outbox
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.actors import Actor
from movement.message_texts import DEFAULTS_OF, TEST_TITLE
from movement.models import (
    Call,
    CallMessage,
    CallState,
    MessageKind,
    Organisation,
    Participation,
    Process,
)
from movement.queries.calls import find_call
from movement.services import participation

MOST = 20


def open_test(
    session: Session,
    process: Process,
    code: str,
    titles: dict[str, str],
    organisations: Iterable[str],
    *,
    closes_on: date,
    now: datetime,
    by: Actor,
) -> Call:
    """Open a test run with these organisations, by code; they find it among their tasks.

    Raises `DomainError` for nobody, too many, an unknown code or a day that is past. Flushes.
    """
    chosen = _organisations(session, organisations)
    if closes_on < now.date():
        raise DomainError(_l("The closing date %(day)s is past.", day=closes_on.isoformat()))
    call = Call(
        code=code,
        process_id=process.id,
        titles={one: TEST_TITLE.get(one, "{title}").format(title=t) for one, t in titles.items()},
        state=CallState.OPEN,
        frame_date=now.date(),
        closes_on=closes_on,
        opened_at=now,
        test=True,
        demonstration=process.demonstration,
    )
    session.add(call)
    session.flush()
    _ask(session, call, chosen, now=now)
    audit.record(
        session, "test_run.opened", about=code, now=now, by=by,
        organisations=[one.code for one in chosen],
    )  # fmt: skip
    session.flush()
    return call


def _ask(session: Session, call: Call, chosen: list[Organisation], *, now: datetime) -> None:
    session.add_all(
        CallMessage(call_id=call.id, kind=kind, language=language, subject=subject, body=body)
        for kind, texts in DEFAULTS_OF[call.kind].items()
        for language, (subject, body) in texts.items()
    )
    for organisation in chosen:
        part = Participation(call_id=call.id, organisation_id=organisation.id,
                             region_code=organisation.region_code, in_frame=False)  # fmt: skip
        session.add(part)
        participation.invited(part, now=now)


def _organisations(session: Session, codes: Iterable[str]) -> list[Organisation]:
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    if not wanted:
        raise DomainError(_l("Choose at least one organisation to try it."))
    if len(wanted) > MOST:
        raise DomainError(_l("At most %(most)s organisations can try it at once.", most=MOST))
    found = list(session.scalars(select(Organisation).where(col(Organisation.code).in_(wanted))))
    unknown = set(wanted) - {one.code for one in found}
    if unknown:
        raise DomainError(_l("There is no organisation with the code %(code)s.", code=min(unknown)))
    return sorted(found, key=lambda one: one.code)


def free_code(session: Session, beginning: str) -> str:
    """A code for a test run that no call has."""
    stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in beginning.lower())
    stem = "-".join(part for part in stem.split("-") if part)[:40] or "survey"
    number = 1
    while find_call(session, f"{stem}-test-{number}") is not None:
        number += 1
    return f"{stem}-test-{number}"


def delete_test(session: Session, call: Call, *, now: datetime, by: Actor) -> None:
    """Delete a test run with all that was answered in it, and its mails not yet sent. Flushes."""
    if not call.test:
        raise Conflict(_l("Only a test run can be deleted."))
    parts = session.scalars(select(Participation.id).where(Participation.call_id == call.id))
    for part_id in parts.all():
        for kind in MessageKind:
            outbox.cancel(session, about_id=part_id, purpose=kind)
    audit.record(session, "test_run.deleted", about=call.code, now=now, by=by)
    session.delete(call)
    session.flush()
