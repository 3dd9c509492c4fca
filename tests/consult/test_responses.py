"""What became of an organisation's words: the page, the file and the matrix say the same."""

from io import BytesIO

import pytest
from docx import Document as Word
from flask import Flask
from sqlmodel import Session

from consult.changes.operations import Operation, Replace
from consult.export.matrix import rows
from consult.models import (
    ContributionKind,
    ContributionState,
    Draft,
    Outcome,
    ProposalKind,
    Stance,
)
from consult.queries.compiled import compiled
from consult.queries.consultations import get_consultation
from consult.services.composing import take_all
from consult.services.dispositions import Decision, decide
from consult.services.drafts import begin_next, change
from consult.services.publishing import publish_draft
from core.clock import now
from tests.consult.arranged import act, lineage
from tests.consult.asked import WHY, Asked, a_society_asked
from tests.consult.said import takes_position
from tests.consult.visiting import focal_of

S = ContributionState
PLACE = "/rounds/round-1/KEN/response"


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def next_draft(session: Session, base: Draft, *operations: Operation) -> Draft:
    """The next draft, published, with these changes and what was accepted."""
    draft = begin_next(session, base, act())
    change(session, draft, list(operations), act())
    take_all(session, draft, act())
    publish_draft(session, draft, act())
    return draft


def reworded(name: str, text: str) -> Operation:
    return Replace(lineage=lineage(name), texts={"en": text}, note="Clearer.")


def told(app: Flask, asked: Asked) -> tuple[str, str]:
    """What the page and the Word file tell Kenya, once the round has ended."""
    asked.one.closed_at = now()
    asked.session.commit()
    focal = focal_of(app, asked.session, asked.society)
    page, file = focal.get(PLACE).text, focal.get(f"{PLACE}.docx").data
    return page, "\n".join(one.text for one in Word(BytesIO(file)).paragraphs)


def resulting(app: Flask, session: Session) -> list[str]:
    """The matrix's column of the wording that resulted."""
    with app.test_request_context():
        data = compiled(session, get_consultation(session, "strategy-text"), "en")
        return [row[10] for row in rows(data, data.said)]


def test_the_wording_told_is_that_of_the_newest_draft(app: Flask, asked: Asked) -> None:
    session = asked.session
    decide(session, asked.said().id, Decision(Outcome.NOTED, WHY), act())
    first = next_draft(session, session.get_one(Draft, asked.one.draft_id), reworded("p1", "One."))
    next_draft(session, first, reworded("p1", "Two."))

    page, file = told(app, asked)

    assert ("One." in page, "Two." in page) == (False, True)
    assert ("One." in file, "Two." in file) == (False, True)
    assert resulting(app, session) == ["Two."]


def test_a_paragraph_that_a_later_draft_took_in_is_told_where_the_newest_has_it(
    app: Flask, asked: Asked
) -> None:
    session = asked.session
    one = asked.said(
        kind=ContributionKind.AMENDMENT, proposal_kind=ProposalKind.INSERT_AFTER,
        proposal="A wholly new paragraph.",
    )  # fmt: skip
    decide(session, one.id, Decision(Outcome.CARRIED_OVER, WHY), act())
    first = next_draft(session, session.get_one(Draft, asked.one.draft_id), reworded("p2", "Two."))
    decide(session, one.id, Decision(Outcome.ACCEPTED), act())
    next_draft(session, first)

    page, file = told(app, asked)

    now_reads = "Societies act on needs alone.", "A wholly new paragraph."
    assert page.count(now_reads[1]) == file.count(now_reads[1]) == 2  # proposed, and there now
    assert all(text in file.partition("Wording now:")[2] for text in now_reads)
    assert resulting(app, session) == ["\n".join(now_reads)]


def test_all_that_was_submitted_is_told_whether_it_stands_or_not(app: Flask, asked: Asked) -> None:
    session = asked.session
    early = takes_position(session, asked.one, asked.society, "p2", Stance.OBJECT,
                           text="Not in this way.", is_current=False)  # fmt: skip
    decide(session, early.id, Decision(Outcome.NOTED, {"en": "Taken up in a talk."}), act())
    asked.said(state=S.RETURNED, text="Do it.", return_reason="Please say who.")
    asked.said(state=S.WITHDRAWN, text="A mistake.")

    page, file = told(app, asked)

    for words in ("Not in this way.", "Taken up in a talk.", "replaced by a later one",
                  "Do it.", "Please say who.", "A mistake."):  # fmt: skip
        assert (words in page, words in file) == (True, True), words
    assert "Decision: Returned to its author" in file
    assert "Decision: Withdrawn by its author" in file
    assert "No contribution was submitted." not in file
