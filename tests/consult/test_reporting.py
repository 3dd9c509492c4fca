"""Rounds of implementation reports: saved, submitted, reopened; evidence; who is addressed."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlmodel import Session, select

from consult.models import ImplementationReport, ReportState
from consult.queries.reports import (
    Asking,
    addressed_to,
    digest_of,
    evidence_of,
    lines_of,
    submitted_of,
)
from consult.services import report_evidence, reporting
from consult.services.drafts import begin_next, change, publish
from consult.services.report_evidence import Piece
from consult.services.reporting import ReportEditedElsewhere, ReportsClosed, Said
from core.clock import now
from core.errors import Conflict, DomainError, NotFound
from movement.actors import Actor, Grant
from movement.models import CallKind, Organisation, ParticipationState, Role
from movement.services import approvals, participation
from movement.services.calls import Opening
from tests.consult.after import an_adoption, reports_asked
from tests.consult.arranged import a_draft, act, lineage
from tests.factories import a_society, somebody, the_federation
from tests.movement.arranged import OFFICE

pytestmark = pytest.mark.both_databases
P1, P2 = lineage("p1"), lineage("p2")


def actor_of(session: Session, role: Role, organisation: Organisation) -> Actor:
    made = somebody(session, role, organisation)
    return Actor(made.id, made.name, made.email, None, uuid4(), (Grant(role, organisation.id),))


def arranged(session: Session, **more: object) -> tuple[Asking, Organisation]:
    kenya = a_society(session)
    draft = a_draft(session)
    an_adoption(session, draft, kenya)
    return reports_asked(session, draft, **more), kenya  # type: ignore[arg-type]  # by name


def complete(session: Session, asking: Asking, one: Organisation) -> None:
    for paragraph in (P1, P2):
        said = Said(paragraph, "begun", measures="One clinic works.")
        reporting.save(session, asking, one, said, act())


def state_of(session: Session, asking: Asking, one: Organisation) -> ParticipationState:
    part = participation.find(session, asking.call.id, one.id)
    assert part is not None
    return part.state


def test_reports_are_asked_for_on_adopted_texts_only(session: Session) -> None:
    draft = a_draft(session)
    a_society(session)
    opening = Opening("reports-1", {"en": "Reports"}, (now() + timedelta(days=9)).date())

    with pytest.raises(Conflict):
        reporting.open_reporting(session, draft, opening, act())


def test_an_organisation_reports_on_what_is_addressed_to_it(session: Session) -> None:
    federation = the_federation(session)
    asking, kenya = arranged(session)

    assert asking.call.kind is CallKind.REPORTING
    assert [line.block.lineage for line in lines_of(session, asking, kenya)] == [P1, P2]
    assert lines_of(session, asking, federation) == []
    with pytest.raises(NotFound):
        reporting.save(session, asking, kenya, Said(lineage("p3")), act())
    assert [(row[0].lineage, len(row[2])) for row in addressed_to(session, asking)] == [
        (P1, 1), (P2, 1),
    ]  # fmt: skip


def test_saving_begins_and_a_stale_page_overwrites_nothing(session: Session) -> None:
    asking, kenya = arranged(session)

    reporting.save(session, asking, kenya, Said(P1, measures="Mine."), act(), edition=0)
    with pytest.raises(ReportEditedElsewhere):
        reporting.save(session, asking, kenya, Said(P1, measures="Theirs."), act(), edition=0)

    report = session.exec(select(ImplementationReport)).one()
    assert (report.measures, report.edition, len(report.history)) == ("Mine.", 1, 1)
    assert state_of(session, asking, kenya) is ParticipationState.IN_PROGRESS


def test_saving_the_same_changes_nothing(session: Session) -> None:
    asking, kenya = arranged(session)
    said = Said(P1, "done", measures="All of it.")

    first = reporting.save(session, asking, kenya, said, act()).edition
    second = reporting.save(session, asking, kenya, said, act()).edition

    assert first == second


@pytest.mark.parametrize("said", [Said(P1, "perhaps"), Said(P1, measures="x" * 10_001)])
def test_what_is_no_report_is_refused(session: Session, said: Said) -> None:
    asking, kenya = arranged(session)

    with pytest.raises(DomainError):
        reporting.save(session, asking, kenya, said, act())


def test_submitting_needs_a_report_on_each_paragraph(session: Session) -> None:
    asking, kenya = arranged(session)
    reporting.save(session, asking, kenya, Said(P1, "not_begun"), act())
    reporting.save(session, asking, kenya, Said(P2, "done"), act())

    missing = reporting.missing_of(lines_of(session, asking, kenya))
    with pytest.raises(DomainError):
        reporting.submit(session, asking, kenya, act())

    assert [line.block.lineage for line in missing] == [P2]  # done, but what?
    assert submitted_of(session, asking) == []


def test_submitted_reports_stay_until_they_are_reopened(session: Session) -> None:
    asking, kenya = arranged(session)
    complete(session, asking, kenya)

    for _again in range(2):
        reporting.submit(session, asking, kenya, act())
    assert state_of(session, asking, kenya) is ParticipationState.SUBMITTED
    with pytest.raises(Conflict):
        reporting.save(session, asking, kenya, Said(P1, "done"), act())
    assert len(submitted_of(session, asking)) == 2

    reporting.reopen(session, asking, kenya, act())
    assert submitted_of(session, asking) == []
    assert state_of(session, asking, kenya) is ParticipationState.IN_PROGRESS
    reporting.save(session, asking, kenya, Said(P1, "done", measures="All."), act())


def test_after_the_deadline_in_its_own_time_zone_nothing_changes(session: Session) -> None:
    day = (now() + timedelta(days=5)).date()
    asking, kenya = arranged(session, closes_on=day)
    complete(session, asking, kenya)

    with time_machine.travel(f"{day}T20:59:00Z"):  # Nairobi is three hours ahead
        reporting.save(session, asking, kenya, Said(P1, "done", measures="All."), act())
    with time_machine.travel(f"{day}T21:00:00Z"):
        for late in (reporting.submit, reporting.reopen):
            with pytest.raises(ReportsClosed):
                late(session, asking, kenya, act())
        with pytest.raises(ReportsClosed):
            reporting.save(session, asking, kenya, Said(P1), act())


def test_where_a_second_person_approves_only_that_is_submitted(session: Session) -> None:
    asking, kenya = arranged(session, approval_required=True)
    one = actor_of(session, Role.FOCAL_POINT, kenya)
    two = actor_of(session, Role.APPROVER, kenya)
    complete(session, asking, kenya)
    digest = digest_of(lines_of(session, asking, kenya))
    asked = approvals.ask(
        session, asking.call, kenya.id, digest=digest, by=one, office=OFFICE, now=now()
    )
    with pytest.raises(Conflict):
        reporting.submit(session, asking, kenya, act())
    approvals.decide(session, asked, approved=True, reason="", by=two, office=OFFICE, now=now())

    reporting.save(session, asking, kenya, Said(P1, "done", measures="Changed."), act())
    with pytest.raises(Conflict):
        reporting.submit(session, asking, kenya, act())
    reporting.save(session, asking, kenya, Said(P1, "begun", measures="One clinic works."), act())
    reporting.submit(session, asking, kenya, act())

    assert state_of(session, asking, kenya) is ParticipationState.SUBMITTED


def test_evidence_is_a_safe_file_an_address_or_a_document_named(session: Session) -> None:
    asking, kenya = arranged(session)
    report = reporting.begun(session, asking, kenya, P1, act())

    report_evidence.add(session, report, Piece("", name="../a.exe", data=b"%PDF-1.7 x"), act())
    report_evidence.add(session, report, Piece("Report", "https://example.org/report"), act())
    report_evidence.add(session, report, Piece("Annual report, chapter 2"), act())

    rows = evidence_of(session, [report.id])[report.id]
    assert {(row.title, row.name) for row in rows} == {
        ("a.pdf", "a.pdf"), ("Report", ""), ("Annual report, chapter 2", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    [
        Piece(""),
        Piece("x" * 301),
        Piece("Page", name="page.pdf", data=b"<html><script>alert(1)</script>"),
        Piece("Empty", name="empty.pdf"),
        Piece("Large", name="large.pdf", data=b"%PDF-" + b"x" * 10_000_000),
        Piece("Plain", "http://example.org"),
        Piece("Script", "javascript:alert(1)"),
        Piece("Names", "https://name:word@example.org/"),
        Piece("Quotes", 'https://example.org/"onload="x'),
        Piece("Nowhere", "https://"),
        Piece("Bracket", "https://[example.org"),
    ],
    ids=lambda piece: piece.title[:8] or "untitled",
)
def test_evidence_that_will_not_do_is_refused(session: Session, piece: Piece) -> None:
    asking, kenya = arranged(session)
    report = reporting.begun(session, asking, kenya, P1, act())

    with pytest.raises(DomainError):
        report_evidence.add(session, report, piece, act())

    assert evidence_of(session, [report.id]) == {}


def test_the_evidence_of_submitted_reports_stays(session: Session) -> None:
    asking, kenya = arranged(session)
    complete(session, asking, kenya)
    report = reporting.begun(session, asking, kenya, P1, act())
    row = report_evidence.add(session, report, Piece("Annual report"), act())
    reporting.submit(session, asking, kenya, act())

    with pytest.raises(Conflict):
        report_evidence.remove(session, report, row)
    with pytest.raises(Conflict):
        report_evidence.add(session, report, Piece("Another"), act())
    with pytest.raises(Conflict):
        reporting.begun(session, asking, kenya, P1, act())

    assert report.state is ReportState.SUBMITTED


def test_a_later_draft_changes_nothing_that_was_asked(session: Session) -> None:
    asking, kenya = arranged(session)
    later = begin_next(session, asking.draft, act())
    change(session, later, [], act())
    publish(session, later, act())

    assert [line.block.lineage for line in lines_of(session, asking, kenya)] == [P1, P2]
