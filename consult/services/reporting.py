"""Implementation reports: asked for in a round, saved paragraph by paragraph, submitted, reopened.

The round is a call, so that frame, invitations, reminders and participation are the shared ones.
Deadlines are the call's, by the server's clock in the organisation's own time zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from consult.models import (
    Consultation,
    Draft,
    ImplementationReport,
    ReportingRound,
    ReportState,
)
from consult.queries.adoption import find_adoption
from consult.queries.reports import Asking, Line, digest_of, get_line, lines_of, reports_of
from consult.report_states import Status
from consult.services.drafts import Act
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.deadlines import is_open
from movement.models import (
    Call,
    CallKind,
    Organisation,
    Participation,
    ParticipationState,
    Process,
)
from movement.services import participation
from movement.services.approvals import standing
from movement.services.calls import Opening, open_call

LONGEST = 10_000
MOST_KEPT = 200
"""Steps of its history that a report keeps."""
NEEDS_MEASURES = (Status.BEGUN, Status.DONE)


class ReportEditedElsewhere(Conflict):
    """Somebody else saved the report on this paragraph since the page was made."""


class ReportsClosed(Conflict):
    """The round is closed for this organisation."""


@dataclass(frozen=True)
class Said:
    """What an organisation reports on a paragraph. `status` "": not said yet."""

    lineage: UUID
    status: str = ""
    measures: str = ""
    difficulties: str = ""
    next_steps: str = ""
    language: str = "en"


def open_reporting(
    session: Session, draft: Draft, opening: Opening, act: Act
) -> tuple[ReportingRound, Call]:
    """Ask organisations to report on an adopted text.

    Raises what `movement.services.calls.open_call` raises, and `Conflict` for a text that isn't
    adopted.
    """
    if find_adoption(session, draft) is None:
        raise Conflict(_l("Reports are asked for on an adopted text."))
    consultation = session.get_one(Consultation, draft.consultation_id)
    process = session.get_one(Process, consultation.process_id)
    asking = replace(opening, kind=CallKind.REPORTING)
    call = open_call(session, process, asking, now=act.now, label=act.label)
    call.titles = call.titles or dict(consultation.titles)
    made = ReportingRound(call_id=call.id, draft_id=draft.id)
    session.add(made)
    session.flush()
    return made, call


def part_of(session: Session, asking: Asking, organisation: Organisation) -> Participation:
    """The organisation's part in the round; raises `Conflict` for one that isn't asked."""
    part = participation.find(session, asking.call.id, organisation.id)
    if part is None:
        raise Conflict(_l("%(code)s is not asked to report.", code=organisation.code))
    return part


def refuse_closed(asking: Asking, organisation: Organisation, now: datetime) -> None:
    """Raise `ReportsClosed` once the deadline has passed for the organisation."""
    if asking.call.archived_at or not is_open(asking.call, organisation.timezone, now):
        raise ReportsClosed(_l("The deadline for these reports has passed."))


def save(
    session: Session,
    asking: Asking,
    organisation: Organisation,
    said: Said,
    act: Act,
    *,
    edition: int | None = None,
) -> ImplementationReport:
    """Keep what an organisation reports on a paragraph; nobody else sees it before it is submitted.

    `edition`: of the page, None to write whatever there is. Raises `ReportsClosed`,
    `ReportEditedElsewhere`, `Conflict` once submitted, `DomainError` for a paragraph that isn't
    addressed to the organisation, an unknown status and texts that are too long.
    """
    part, row = _opened(session, asking, organisation, said.lineage, act.now)
    _check(said)
    if edition is not None and edition != row.edition:
        raise ReportEditedElsewhere(_l("Somebody else saved this report since you opened it."))
    if not _differs(row, said):
        return row
    row.history = [*row.history, _step(row, act)][-MOST_KEPT:]
    row.status, row.language = said.status, said.language
    row.measures, row.difficulties = said.measures.strip(), said.difficulties.strip()
    row.next_steps = said.next_steps.strip()
    row.edition += 1
    row.updated_at, row.by_label = act.now, act.label
    session.add(row)
    participation.started(part, now=act.now)
    session.add(part)
    session.flush()
    return row


def _opened(
    session: Session, asking: Asking, organisation: Organisation, lineage: UUID, now: datetime
) -> tuple[Participation, ImplementationReport]:
    """The organisation's part, locked, and its report on a paragraph, begun if there is none."""
    refuse_closed(asking, organisation, now)
    part = part_of(session, asking, organisation)
    session.refresh(part, with_for_update=True)
    if part.state is ParticipationState.SUBMITTED:
        raise Conflict(_l("These reports were submitted. Reopen them to change anything."))
    row = get_line(session, asking, organisation, lineage).report
    if row is not None:
        session.refresh(row)
        return part, row
    return part, ImplementationReport(
        call_id=asking.call.id, draft_id=asking.draft.id, lineage=lineage,
        organisation_id=organisation.id, updated_at=now,
    )  # fmt: skip


def begun(
    session: Session, asking: Asking, organisation: Organisation, lineage: UUID, act: Act
) -> ImplementationReport:
    """The report on a paragraph, begun if there is none, ready for evidence. Raises as `save`."""
    part, row = _opened(session, asking, organisation, lineage, act.now)
    row.by_label = row.by_label or act.label
    session.add(row)
    participation.started(part, now=act.now)
    session.add(part)
    session.flush()
    return row


def _check(said: Said) -> None:
    if said.status and said.status not in set(Status):
        raise DomainError(_l("Choose how far you are."))
    if max(len(said.measures), len(said.difficulties), len(said.next_steps)) > LONGEST:
        raise DomainError(_l("Write at most %(most)s characters.", most=LONGEST))


def _differs(row: ImplementationReport, said: Said) -> bool:
    held = (row.status, row.measures, row.difficulties, row.next_steps, row.language)
    texts = (said.measures.strip(), said.difficulties.strip(), said.next_steps.strip())
    return held != (said.status, *texts, said.language)


def _step(row: ImplementationReport, act: Act) -> dict[str, str]:
    """What stood there before this act, and who changed it when."""
    return {
        "at": act.now.isoformat(), "by": act.label, "status": row.status,
        "measures": row.measures, "difficulties": row.difficulties, "next_steps": row.next_steps,
    }  # fmt: skip


def missing_of(lines: Iterable[Line]) -> list[Line]:
    """The paragraphs on which a report lacks its status, or the measures that its status needs."""
    return [
        line
        for line in lines
        if line.report is None
        or not line.report.status
        or (line.report.status in NEEDS_MEASURES and not line.report.measures)
    ]


def submit(session: Session, asking: Asking, organisation: Organisation, act: Act) -> Participation:
    """Submit all reports of an organisation. Doing it again changes nothing.

    Raises `ReportsClosed`, `DomainError` where a paragraph has no report yet, and `Conflict` where
    nothing is addressed to it, or a second person's approval of exactly this is missing.
    """
    refuse_closed(asking, organisation, act.now)
    part = part_of(session, asking, organisation)
    session.refresh(part, with_for_update=True)
    if part.state is ParticipationState.SUBMITTED:
        return part
    lines = lines_of(session, asking, organisation)
    if not lines:
        raise Conflict(_l("No paragraph of this text is addressed to you."))
    missing = missing_of(lines)
    if missing:
        raise DomainError(
            _l("%(count)s paragraphs still need a report. Write these first.", count=len(missing))
        )
    digest = digest_of(lines)
    if asking.call.approval_required and not standing(
        session, asking.call.id, organisation.id, digest
    ):
        raise Conflict(_l("A second person of your organisation has to approve this first."))
    for line in lines:
        if line.report is not None:
            line.report.state, line.report.submitted_at = ReportState.SUBMITTED, act.now
            session.add(line.report)
    participation.submitted(session, part, now=act.now)
    _record(session, "reports.submitted", asking, organisation, act, digest=digest)
    session.flush()
    return part


def reopen(session: Session, asking: Asking, organisation: Organisation, act: Act) -> None:
    """Take submitted reports up again before the deadline. Raises `ReportsClosed`."""
    refuse_closed(asking, organisation, act.now)
    part = part_of(session, asking, organisation)
    session.refresh(part, with_for_update=True)
    if part.state is not ParticipationState.SUBMITTED:
        return
    for report in reports_of(session, asking, organisation).values():
        report.state, report.submitted_at = ReportState.IN_PROGRESS, None
        session.add(report)
    participation.reopened(part, now=act.now)
    session.add(part)
    _record(session, "reports.reopened", asking, organisation, act)
    session.flush()


def _record(
    session: Session, action: str, asking: Asking, organisation: Organisation, act: Act,
    **details: Any,
) -> None:  # fmt: skip
    audit.record(
        session, action, about=asking.call.code, now=act.now, label=act.label,
        organisation=organisation.code, **details,
    )  # fmt: skip
