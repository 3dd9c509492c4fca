"""The figures of a round of reports, recounted in plain SQL; the consolidated report's bytes."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from consult.export.consolidated import Chapter, Report, Voice, write
from consult.queries.report_figures import rows_of
from consult.report_states import Status
from consult.services import reporting
from consult.services.addressing import Addressing, address
from consult.services.reporting import Said
from tests.consult.after import an_adoption, reports_asked
from tests.consult.arranged import a_draft, act, lineage
from tests.factories import a_society, the_federation

P1, P2 = lineage("p1"), lineage("p2")
PLACES = {"KEN": "africa", "GHA": "africa", "JOR": "mena", "SWE": "europe_central_asia"}
RECOUNT = """
    SELECT participation.region_code, implementation_report.status, count(*)
    FROM implementation_report
    JOIN participation ON participation.call_id = implementation_report.call_id
     AND participation.organisation_id = implementation_report.organisation_id
    WHERE implementation_report.state = 'submitted' AND participation.in_frame
     AND implementation_report.lineage = :lineage
    GROUP BY participation.region_code, implementation_report.status
"""
said = st.dictionaries(
    st.sampled_from(list(PLACES)),
    st.tuples(st.sampled_from(Status), st.sampled_from(Status), st.booleans()),
)


@pytest.mark.both_databases
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said)
def test_figures_are_those_of_a_recount_and_add_up(
    session: Session, given: dict[str, tuple[Status, Status, bool]]
) -> None:
    federation = the_federation(session)
    one = {code: a_society(session, code, region) for code, region in PLACES.items()}
    draft = a_draft(session)
    an_adoption(session, draft, one["KEN"])
    session.commit = session.flush  # type: ignore[method-assign]  # all is taken back below
    asking = reports_asked(session, draft, marks=("all",))
    for code, (first, second, submits) in given.items():
        for paragraph, status in ((P1, first), (P2, second)):
            report = Said(paragraph, status, measures="Something.")
            reporting.save(session, asking, one[code], report, act())
        if submits:
            reporting.submit(session, asking, one[code], act())

    rows = rows_of(session, asking)

    assert federation.region_code is None
    for row in rows:
        key = row.lineage if session.get_bind().dialect.name != "sqlite" else row.lineage.hex
        counted = session.execute(text(RECOUNT), {"lineage": key}).all()
        shown = {
            (region, status.value, number)
            for region, figures in row.regions.items()
            for status, number in figures.by_status.items()
            if number
        }
        assert shown == {tuple(line) for line in counted}
        assert row.whole.addressed == len(PLACES) == sum(f.addressed for f in row.regions.values())
        assert row.whole.reported == sum(row.whole.by_status.values())
        assert row.whole.reported == sum(submits for *_rest, submits in given.values())
    session.rollback()
    session.expunge_all()


@pytest.mark.both_databases
def test_who_reported_and_is_not_addressed_any_more_is_told_besides(session: Session) -> None:
    one = {code: a_society(session, code, region) for code, region in PLACES.items()}
    draft = a_draft(session)
    an_adoption(session, draft, one["KEN"])
    asking = reports_asked(session, draft, marks=("all",), names=("p1",))
    for society in (one["KEN"], one["SWE"]):
        reporting.save(session, asking, society, Said(P1, Status.DONE, measures="All."), act())
        reporting.submit(session, asking, society, act())

    address(session, draft, [P1], Addressing(("region:africa",)), act())

    (row,) = rows_of(session, asking)
    assert (row.whole.addressed, row.whole.reported) == (2, 1)
    assert row.regions == {"africa": row.whole}
    assert (row.besides.addressed, row.besides.reported) == (1, 1)
    assert [report.organisation.code for report in row.reports] == ["KEN", "SWE"]


def a_report(*, right_to_left: bool = False) -> Report:
    voice = Voice("Society", "Done", (("Measures", "One.\nTwo."),), ("A file",))
    chapter = Chapter("1.", "Needs come first.", "1 of 2", (("Africa", "2", "1"),), (voice,))
    return Report(
        "en", right_to_left, "Reports", ("Invented.",), ("Region", "Addressed", "Reported"),
        "Evidence", (chapter,), datetime(2031, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def test_the_same_reports_give_the_same_bytes() -> None:
    assert write(a_report()) == write(a_report())


def test_a_report_holds_every_line_in_order() -> None:
    document = Document(io.BytesIO(write(a_report())))

    assert [one.text for one in document.paragraphs if one.text] == [
        "Reports", "Invented.", "1.", "Needs come first.", "1 of 2", "Society", "Done",
        "Measures", "One.", "Two.", "Evidence", "A file",
    ]  # fmt: skip
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["Africa", "2", "1"]


def test_right_to_left_stands_where_the_file_format_wants_it() -> None:
    """Before alignment and after the style, or Word calls the file damaged."""
    document = Document(io.BytesIO(write(a_report(right_to_left=True))))

    for paragraph in document.paragraphs:
        names = [one.tag.rpartition("}")[2] for one in paragraph._p.get_or_add_pPr()]
        assert names in (["bidi"], ["pStyle", "bidi"], [])
    properties = document.tables[0]._tbl.tblPr
    assert [one.tag.rpartition("}")[2] for one in properties][:2] == ["tblStyle", "bidiVisual"]
