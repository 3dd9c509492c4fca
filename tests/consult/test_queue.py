"""The secretariat's queue: in the order of the text, page by page, narrowed as asked."""

import pytest
from sqlmodel import Session

from consult.models import (
    Category,
    CodeKind,
    Consultation,
    ContributionKind,
    ContributionState,
    Draft,
    Outcome,
    Stance,
)
from consult.queries.codes import codes_of
from consult.queries.consultations import document_of
from consult.queries.dispositions import PAGE, blocks_under, get_line, queue
from consult.queries.figures import figures_of_round
from consult.queries.filters import Filters, Stage
from consult.queries.progress import by_block, by_officer
from consult.services.assignment import assign
from consult.services.codes import Wanted, put_code, sort_under
from consult.services.dispositions import Decision, decide, propose
from consult.text.document import BlockKind, Document
from core.errors import NotFound
from movement.models import Role
from tests.consult.arranged import a_draft, a_round, a_text, act, block, lineage
from tests.consult.asked import WHY, Asked, a_society_asked
from tests.consult.said import amends, many, said, takes_position
from tests.factories import a_society, somebody

S = ContributionState


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def text_of(asked: Asked) -> Document:
    return document_of(asked.session.get_one(Draft, asked.one.draft_id))


def left_by(asked: Asked, filters: Filters) -> list[int | None]:
    """The numbers of what these filters leave."""
    page = queue(asked.session, asked.call.id, text_of(asked), filters)
    assert page.total == len(page.lines)
    return [line.contribution.number for line in page.lines]


def test_it_goes_as_the_text_goes_the_whole_text_first(asked: Asked) -> None:
    for about in ("p3", "p1", None, "h", "p1"):
        asked.said(about=about)

    assert left_by(asked, Filters()) == [3, 4, 2, 5, 1]


def test_what_was_not_submitted_is_in_no_queue_and_has_no_page(asked: Asked) -> None:
    hidden = asked.said(state=S.IN_PROGRESS, number=7)
    asked.said(state=S.DROPPED)

    assert left_by(asked, Filters()) == []
    assert figures_of_round(asked.session, asked.call.id).submitted == 0
    with pytest.raises(NotFound):
        get_line(asked.session, hidden.consultation_id, 7)


def test_pages_follow_each_other_without_skipping_or_repeating(asked: Asked) -> None:
    text = a_text(*(block(f"b{index}", f"Paragraph {index}.") for index in range(9)))
    asked.one.closed_at = act().now
    one, call = a_round(asked.session, a_draft(asked.session, text, code="longer"), code="longer-1")
    blocks = [each.lineage for each in text.blocks]
    many(asked.session, one, call, blocks, count=173)

    found, after = [], None
    while True:
        page = queue(asked.session, call.id, text, Filters(), after=after)
        assert len(page.lines) <= PAGE
        assert page.total == 173
        found += [(text.at[line.contribution.lineage or one.draft_id], line.contribution.number)
                  for line in page.lines]  # fmt: skip
        if page.after is None:
            break
        after = page.after

    assert len(found) == len(set(found)) == 173
    assert found == sorted(found)


def test_a_page_goes_on_where_the_last_one_ended_though_that_is_decided_meanwhile(
    asked: Asked,
) -> None:
    for _ in range(4):
        asked.said()
    pending = Filters(stage=Stage.PENDING)
    first = queue(asked.session, asked.call.id, text_of(asked), pending, most=2)
    for line in first.lines:
        decide(asked.session, line.contribution.id, Decision(Outcome.ACCEPTED), act())

    second = queue(asked.session, asked.call.id, text_of(asked), pending, after=first.after, most=2)

    assert [line.contribution.number for line in second.lines] == [3, 4]
    assert second.after is None


def test_it_is_narrowed_by_how_far_a_contribution_is(asked: Asked) -> None:
    made = [asked.said() for _ in range(3)]
    asked.said(state=S.SUBMITTED)
    asked.said(state=S.RETURNED)
    asked.said(state=S.WITHDRAWN)
    propose(asked.session, made[1].id, Decision(Outcome.PARTLY, WHY), act())
    decide(asked.session, made[2].id, Decision(Outcome.NOTED, WHY), act())

    stages = {stage: left_by(asked, Filters(stage=stage)) for stage in Stage}

    assert stages == {
        Stage.PENDING: [1, 2],
        Stage.UNDECIDED: [1],
        Stage.PROPOSED: [2],
        Stage.DISPOSED: [3],
        Stage.AWAITING: [4],
        Stage.RETURNED: [5],
        Stage.WITHDRAWN: [6],
    }
    assert left_by(asked, Filters(outcome=Outcome.PARTLY)) == [2]
    assert left_by(asked, Filters(outcome=Outcome.NOTED)) == [3]


def test_it_is_narrowed_by_whose_what_and_where_it_is(asked: Asked) -> None:
    other = a_society(asked.session, "FRA", "asia_pacific")
    asked.said(about="p1", category=Category.EDITORIAL)
    takes_position(asked.session, asked.one, other, "p2", Stance.SUPPORT)
    amends(asked.session, asked.one, asked.society, "p3", "Societies always act.", text="")
    asked.said(about=None)

    assert left_by(asked, Filters(organisation="FRA")) == [2]
    assert left_by(asked, Filters(kind=ContributionKind.AMENDMENT)) == [3]
    assert left_by(asked, Filters(category=Category.EDITORIAL)) == [1]
    assert left_by(asked, Filters(paragraph=lineage("p2"))) == [2]
    assert left_by(asked, Filters(section=lineage("h"))) == [1, 2, 3]
    assert left_by(asked, Filters(whole=True)) == [4]
    assert left_by(asked, Filters(region="africa")) == [4, 1, 3]
    assert left_by(asked, Filters(text="ALWAYS act")) == [3]
    assert left_by(asked, Filters(text="#2")) == [2]
    assert left_by(asked, Filters(text="100%_'")) == []


def test_a_section_ends_with_the_next_heading_of_its_level() -> None:
    heading = {"kind": BlockKind.HEADING, "number": ""}
    text = a_text(
        block("one", "One", level=1, **heading), block("a", "A."),
        block("sub", "Sub", level=2, **heading), block("b", "B."),
        block("two", "Two", level=1, **heading), block("c", "C."),
    )  # fmt: skip

    assert blocks_under(text, lineage("one")) == [lineage(x) for x in ("one", "a", "sub", "b")]
    assert blocks_under(text, lineage("sub")) == [lineage("sub"), lineage("b")]


def test_it_is_narrowed_by_officer_and_theme(asked: Asked) -> None:
    officer = somebody(asked.session, Role.SECRETARIAT)
    consultation = asked.session.get_one(Consultation, asked.one.consultation_id)
    put_code(asked.session, consultation, Wanted(CodeKind.THEME, "health", {"en": "Health"}), act())
    (code,) = codes_of(asked.session, consultation.id)
    mine, _others = asked.said(), asked.said()
    assign(asked.session, [mine.id], officer.id, act())
    sort_under(asked.session, [mine.id], act(), add=[code.id])

    assert left_by(asked, Filters(officer=officer.id)) == [1]
    assert left_by(asked, Filters(nobodys=True)) == [2]
    assert left_by(asked, Filters(code=code.id)) == [1]


@pytest.mark.both_databases
def test_progress_by_officer_and_by_paragraph_adds_up_to_the_rounds_figures(asked: Asked) -> None:
    officer = somebody(asked.session, Role.SECRETARIAT)
    made = [asked.said(about=about) for about in ("p1", "p1", "p2", None)]
    said(asked.session, asked.one, asked.society, "p3", state=S.SUBMITTED)
    assign(asked.session, [made[0].id, made[2].id], officer.id, act())
    decide(asked.session, made[0].id, Decision(Outcome.ACCEPTED), act())

    whole = figures_of_round(asked.session, asked.call.id)
    officers = by_officer(asked.session, asked.call.id)
    blocks = by_block(asked.session, asked.call.id, text_of(asked))

    for name in ("submitted", "admitted", "awaiting", "disposed", "pending"):
        expected = getattr(whole, name)
        assert sum(getattr(row.figures, name) for row in officers) == expected
        assert sum(getattr(row.figures, name) for row in blocks) == expected
    assert [row.person_id for row in officers] == [officer.id, None]
    assert [row.block.lineage if row.block else None for row in blocks] == [
        None, lineage("p1"), lineage("p2"), lineage("p3"),
    ]  # fmt: skip
