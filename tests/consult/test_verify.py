"""Every rule is looked up in stored rows: the demonstration keeps them, a changed row is named."""

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import Session, col, select

from consult.models import (
    CarryOver,
    Contribution,
    ContributionKind,
    ContributionState,
    ContributionSubmission,
    Disposition,
    DispositionState,
    DraftOperation,
    OperationSource,
    Outcome,
    ProposalKind,
    Round,
)
from consult.queries.consultations import document_of
from consult.services.demonstration import CODE
from consult.text.document import Document
from consult.verify import RULES
from core.clock import now
from tests.consult.verifying import broken, draft, one, the_demonstration, unnoticed

Corrupt = Callable[[Session], None]


def other_words(session: Session) -> None:
    row = draft(session, 0)
    raw = json.loads(json.dumps(row.document))
    raw["blocks"][3]["texts"]["en"] += " And more."
    row.document = raw


def another_result(session: Session) -> None:
    other_words_of = draft(session, 1)
    raw = json.loads(json.dumps(other_words_of.document))
    raw["blocks"][3]["texts"]["ar"] += " كلمة"
    other_words_of.document = raw
    other_words_of.digest = Document.model_validate(raw).digest


def no_reason(session: Session) -> None:
    row = session.exec(select(DraftOperation).where(DraftOperation.position == 0)).one()
    row.operation = {**row.operation, "contributions": [], "note": ""}
    for link in session.exec(select(OperationSource).where(OperationSource.operation_id == row.id)):
        session.delete(link)


def contradicting_amendments(session: Session) -> None:
    for row in session.exec(select(DraftOperation)):
        behind = [session.get_one(Contribution, link.contribution_id) for link in session.exec(
            select(OperationSource).where(OperationSource.operation_id == row.id))]  # fmt: skip
        ways = [each for each in behind if each.proposal_kind is ProposalKind.REPLACE]
        if row.operation["op"] == "replace" and len(ways) > 1:
            base = document_of(draft(session, 0)).find(ways[0].lineage)  # type: ignore[arg-type]
            words = base.texts["en"].split(" ")  # type: ignore[union-attr]
            for index, each in enumerate(ways):
                each.language = "en"
                each.proposal = " ".join([f"Way{index}", *words[1:]])
            row.operation = {**row.operation, "note": ""}
            return


def no_number(session: Session) -> None:
    one(session).number = None


def other_submission(session: Session) -> None:
    row = session.exec(select(ContributionSubmission)).first()
    assert row is not None
    row.content = [*row.content, {"text": "added"}]


def decided_without_reason(session: Session) -> None:
    row = session.exec(select(Disposition).where(Disposition.outcome == Outcome.NOTED)).first()
    assert row is not None
    row.reasons = {}


def undecided_in_a_closed_round(session: Session) -> None:
    row = session.exec(select(Disposition)).first()
    assert row is not None
    session.delete(row)


def a_paragraph_of_nowhere(session: Session) -> None:
    one(session, col(Contribution.lineage).is_not(None)).lineage = uuid4()


def another_fit(session: Session) -> None:
    row = session.exec(select(CarryOver)).first()
    assert row is not None
    row.fit = "orphan" if row.fit != "orphan" else "clean"


def a_circle(session: Session) -> None:
    two = session.exec(select(Disposition).limit(2)).all()
    for row, head in zip(two, reversed(two), strict=True):
        row.outcome, row.duplicate_of_id = Outcome.DUPLICATE, head.contribution_id


def decided_but_never_submitted(session: Session) -> None:
    one(session).state = ContributionState.IN_PROGRESS


def too_late(session: Session) -> None:
    one(session).submitted_at = now()


def two_positions(session: Session) -> None:
    session.execute(text("DROP INDEX uq_contribution_official_position"))
    position = one(session, Contribution.kind == ContributionKind.POSITION)
    other = one(
        session,
        Contribution.kind == ContributionKind.POSITION,
        Contribution.id != position.id,
        Contribution.call_id == position.call_id,
    )
    other.organisation_id, other.lineage = position.organisation_id, position.lineage


def other_words_of_a_contribution(session: Session) -> None:
    one(session, Contribution.kind == ContributionKind.COMMENT).text += " And more."


def forgotten_in_the_next_draft(session: Session) -> None:
    pending = select(CarryOver).join(Contribution).where(
        Contribution.state == ContributionState.ADMITTED)  # fmt: skip
    session.delete(session.exec(pending).first())


def a_circle_of_a_proposal(session: Session) -> None:
    one_, other = session.exec(
        select(Disposition).where(Disposition.state == DispositionState.APPROVED).limit(2)
    ).all()
    one_.outcome, one_.duplicate_of_id = Outcome.DUPLICATE, other.contribution_id
    for head in (one_.contribution_id, None):
        session.add(
            Disposition(
                contribution_id=other.contribution_id, outcome=Outcome.DUPLICATE,
                state=DispositionState.PROPOSED if head else DispositionState.REPLACED,
                duplicate_of_id=head or other.contribution_id, proposed_at=now(),
            )
        )  # fmt: skip


def an_operation_on_nothing(session: Session) -> None:
    rows = session.exec(select(DraftOperation)).all()
    row = next(each for each in rows if each.operation["op"] == "replace")
    row.operation = {**row.operation, "lineage": str(uuid4())}


def two_sides_of_a_conflict_in_two_operations(session: Session) -> None:
    contradicting_amendments(session)
    session.flush()
    for row in session.exec(select(DraftOperation)):
        operation = row.operation
        if operation["op"] == "replace" and len(operation["contributions"]) > 1:
            first, *rest = operation["contributions"]
            row.operation = {**operation, "contributions": [first]}
            other = {**operation, "id": str(uuid4()), "contributions": rest}
            session.add(
                DraftOperation(
                    id=UUID(other["id"]), draft_id=row.draft_id, position=900 + row.position,
                    operation=other, at=now(),
                )
            )  # fmt: skip


CORRUPTIONS: dict[str, Corrupt] = {
    "published-bytes": other_words,
    "change-sets": another_result,
    "redline": another_result,
    "explained": no_reason,
    "conflicts": contradicting_amendments,
    "accounted": no_number,
    "submissions": other_submission,
    "decided-once": decided_without_reason,
    "closed": undecided_in_a_closed_round,
    "resolved": a_paragraph_of_nowhere,
    "carried": another_fit,
    "duplicates": a_circle,
    "confidential": decided_but_never_submitted,
    "deadlines": too_late,
    "one-position": two_positions,
}


MORE: dict[str, tuple[str, Corrupt]] = {
    "words": ("submissions", other_words_of_a_contribution),
    "forgotten": ("carried", forgotten_in_the_next_draft),
    "proposal": ("duplicates", a_circle_of_a_proposal),
    "nothing": ("explained", an_operation_on_nothing),
    "two operations": ("conflicts", two_sides_of_a_conflict_in_two_operations),
}


@pytest.mark.both_databases
def test_a_changed_row_is_named_by_the_rule_it_breaks(session: Session, app: Flask) -> None:
    the_demonstration(session, app)
    assert broken(session) == set()
    assert set(CORRUPTIONS) == {rule.name for rule in RULES}

    each = {rule: (rule, corrupt) for rule, corrupt in CORRUPTIONS.items()}
    assert unnoticed(session, each | MORE) == set()


def test_what_was_never_submitted_may_stay_behind_in_a_closed_round(
    session: Session, app: Flask
) -> None:
    the_demonstration(session, app)
    closed = session.exec(select(Round).where(col(Round.closed_at).is_not(None))).one()
    like = one(session, Contribution.call_id == closed.call_id)
    left = {"id": uuid4(), "number": None, "submission_id": None, "submitted_at": None,
            "admitted_at": None, "state": ContributionState.IN_PROGRESS}  # fmt: skip
    session.add(Contribution(**like.model_dump() | left))
    session.flush()

    assert broken(session) == set()


def test_the_command_ends_with_status_1_where_a_rule_is_broken(
    session: Session, app: Flask
) -> None:
    the_demonstration(session, app)
    assert app.test_cli_runner().invoke(args=["consult", "verify", CODE]).exit_code == 0
    other_words(session)
    session.commit()

    result = app.test_cli_runner().invoke(args=["consult", "verify", CODE])

    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"][0]["rule"] == "published-bytes"


def test_a_consultation_that_is_not_there_is_named(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["consult", "verify", "nowhere"])

    assert result.exit_code == 1
    assert "nowhere" in result.stderr
