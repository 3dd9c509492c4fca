"""Rounds of implementation reports: what is asked of whom, and what was reported. Reads only.

What an organisation has in progress is its own: whoever reads others' gets submitted reports only.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from consult.addressees import marks_of, meet
from consult.models import (
    Consultation,
    Draft,
    Duty,
    ImplementationReport,
    ReportEvidence,
    ReportingRound,
    ReportState,
)
from consult.queries.adoption import duties_of
from consult.queries.consultations import document_of
from consult.text.document import Block
from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, Organisation, Participation
from movement.queries.participation import participants


@dataclass(frozen=True)
class Asking:
    """A round of reports with its call, the adopted draft and the consultation it is of."""

    round: ReportingRound
    call: Call
    draft: Draft
    consultation: Consultation


@dataclass(frozen=True)
class Line:
    """A paragraph addressed to an organisation, and its report, if one is begun."""

    block: Block
    duty: Duty
    report: ImplementationReport | None

    @property
    def answered(self) -> bool:
        """Whether the report says how far it is: what submitting needs."""
        return self.report is not None and bool(self.report.status)


@dataclass(frozen=True)
class Submitted:
    """A submitted report with whose it is."""

    report: ImplementationReport
    organisation: Organisation
    part: Participation


def get_asking(session: Session, code: str) -> Asking:
    """The round of reports of this call's code; raises `NotFound`."""
    chosen = (
        select(ReportingRound, Call, Draft, Consultation)
        .select_from(ReportingRound)
        .join(Call, col(Call.id) == col(ReportingRound.call_id))
        .join(Draft, col(Draft.id) == col(ReportingRound.draft_id))
        .join(Consultation, col(Consultation.id) == col(Draft.consultation_id))
        .where(Call.code == code)
    )
    row = session.execute(chosen).one_or_none()
    if row is None:
        raise NotFound(_l("There is no round of reports with the code %(code)s.", code=code))
    return Asking(row[0], row[1], row[2], row[3])


def askings_of(session: Session, consultation: Consultation) -> list[Asking]:
    """The rounds of reports of a consultation, the one closing last first."""
    chosen = (
        select(ReportingRound, Call, Draft)
        .select_from(ReportingRound)
        .join(Call, col(Call.id) == col(ReportingRound.call_id))
        .join(Draft, col(Draft.id) == col(ReportingRound.draft_id))
        .where(Draft.consultation_id == consultation.id)
        .order_by(col(Call.closes_on).desc(), col(Call.code))
    )
    return [Asking(row[0], row[1], row[2], consultation) for row in session.execute(chosen)]


def lines_of(session: Session, asking: Asking, organisation: Organisation) -> list[Line]:
    """The paragraphs addressed to an organisation, in reading order, with its reports."""
    duties = duties_of(session, asking.draft.id)
    held, marks = reports_of(session, asking, organisation), marks_of(organisation)
    return [
        Line(block, duties[block.lineage], held.get(block.lineage))
        for block in document_of(asking.draft).blocks
        if block.lineage in duties and meet(duties[block.lineage].addressees, marks)
    ]


def reports_of(
    session: Session, asking: Asking, organisation: Organisation
) -> dict[UUID, ImplementationReport]:
    """An organisation's own reports of a round, by paragraph."""
    chosen = select(ImplementationReport).where(
        ImplementationReport.call_id == asking.call.id,
        ImplementationReport.organisation_id == organisation.id,
    )
    return {row.lineage: row for row in session.scalars(chosen)}


def get_line(session: Session, asking: Asking, organisation: Organisation, lineage: UUID) -> Line:
    """One of an organisation's paragraphs; raises `NotFound` for what isn't addressed to it."""
    for line in lines_of(session, asking, organisation):
        if line.block.lineage == lineage:
            return line
    raise NotFound(_l("This paragraph is not addressed to this organisation."))


def evidence_of(session: Session, report_ids: Collection[UUID]) -> dict[UUID, list[ReportEvidence]]:
    """What shows what reports say, by report and title; the bytes stay in the database."""
    chosen = (
        select(ReportEvidence)
        .options(defer(col(ReportEvidence.content)))  # type: ignore[arg-type]  # a mapped column
        .where(col(ReportEvidence.report_id).in_(report_ids))
        .order_by(col(ReportEvidence.added_at), col(ReportEvidence.title))
    )
    found: dict[UUID, list[ReportEvidence]] = defaultdict(list)
    for row in session.scalars(chosen):
        found[row.report_id].append(row)
    return found


def get_evidence(
    session: Session, evidence_id: UUID
) -> tuple[ReportEvidence, ImplementationReport]:
    """A piece of evidence with the report it belongs to; raises `NotFound`."""
    row = session.get(ReportEvidence, evidence_id)
    if row is None:
        raise NotFound(_l("There is no such page."))
    return row, session.get_one(ImplementationReport, row.report_id)


def whose(session: Session, report: ImplementationReport) -> tuple[Call, Organisation]:
    """The call that a report answers, and the organisation whose it is."""
    return (
        session.get_one(Call, report.call_id),
        session.get_one(Organisation, report.organisation_id),
    )


def submitted_of(session: Session, asking: Asking) -> list[Submitted]:
    """All submitted reports of a round, by organisation's code."""
    chosen = (
        select(ImplementationReport, Organisation, Participation)
        .select_from(ImplementationReport)
        .join(Organisation, col(Organisation.id) == col(ImplementationReport.organisation_id))
        .join(
            Participation,
            (col(Participation.organisation_id) == col(Organisation.id))
            & (col(Participation.call_id) == col(ImplementationReport.call_id)),
        )
        .where(
            ImplementationReport.call_id == asking.call.id,
            ImplementationReport.state == ReportState.SUBMITTED,
        )
        .order_by(col(Organisation.code))
    )
    return [Submitted(row[0], row[1], row[2]) for row in session.execute(chosen)]


def addressed_to(session: Session, asking: Asking) -> list[tuple[Block, Duty, list[Participation]]]:
    """Each addressed paragraph in reading order with those of the round it is addressed to."""
    duties = duties_of(session, asking.draft.id)
    everyone = [
        (one.part, marks_of(one.organisation)) for one in participants(session, asking.call.id)
    ]
    return [
        (
            block,
            duties[block.lineage],
            [part for part, marks in everyone if meet(duties[block.lineage].addressees, marks)],
        )
        for block in document_of(asking.draft).blocks
        if block.lineage in duties
    ]


def content_of(lines: Iterable[Line]) -> list[Mapping[str, str]]:
    """What an organisation reports, as it is submitted and approved."""
    return [
        {
            "paragraph": str(line.block.lineage),
            "status": line.report.status,
            "language": line.report.language,
            "measures": line.report.measures,
            "difficulties": line.report.difficulties,
            "next_steps": line.report.next_steps,
        }
        for line in lines
        if line.report is not None
    ]


def digest_of(lines: Iterable[Line]) -> str:
    """A digest of what an organisation reports: what an approval stands for."""
    said = json.dumps(content_of(lines), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
