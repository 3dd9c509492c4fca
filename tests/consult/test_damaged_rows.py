"""Rows damaged behind the services' back: each is named by a rule, and none ends in a crash."""

import json
from collections.abc import Callable
from contextlib import closing
from sqlite3 import connect
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlmodel import Session, SQLModel, col, select

from consult.models import (
    STANDING,
    CarryOver,
    Consultation,
    Contribution,
    ContributionKind,
    ContributionState,
    ContributionSubmission,
    Disposition,
    Draft,
    DraftOperation,
    DraftState,
    OperationSource,
    Outcome,
    Round,
)
from consult.queries.consultations import get_consultation
from consult.services.demonstration import CODE
from core.clock import now
from movement.models import Call, Organisation
from tests.consult.verifying import Damage, broken, draft, one, the_demonstration, unnoticed

S = ContributionState


def changed(find: Callable[[Session], SQLModel], **values: object) -> Damage:
    """Other values in a row."""

    def damage(session: Session) -> None:
        row = find(session)
        for name, value in values.items():
            setattr(row, name, value)

    return damage


def first_draft(session: Session) -> Draft:
    return draft(session, 0)


def second_draft(session: Session) -> Draft:
    return draft(session, 1)


def a_round(session: Session) -> Round:
    chosen = select(Round).join(Consultation).where(Consultation.code == CODE)
    return session.scalars(chosen).all()[0]


def a_call(session: Session) -> Call:
    return session.get_one(Call, a_round(session).call_id)


def admitted(session: Session) -> Contribution:
    return one(session, Contribution.state == S.ADMITTED)


def a_comment(session: Session) -> Contribution:
    return one(session, Contribution.kind == ContributionKind.COMMENT)


def on_the_whole(session: Session) -> Contribution:
    return one(session, col(Contribution.lineage).is_(None))


def a_position(session: Session) -> Contribution:
    standing = col(Contribution.state).in_(STANDING)
    return one(session, Contribution.kind == ContributionKind.POSITION, standing)


def last(session: Session) -> Contribution:
    chosen = select(Contribution).where(col(Contribution.number).is_not(None))
    row = session.scalars(chosen.order_by(col(Contribution.number).desc())).first()
    assert row is not None
    return row


def declined(session: Session) -> Disposition:
    chosen = select(Disposition).where(Disposition.outcome == Outcome.NOT_ACCEPTED)
    row = session.scalars(chosen).first()
    assert row is not None
    return row


def submission(session: Session) -> ContributionSubmission:
    return session.get_one(ContributionSubmission, last(session).submission_id)


def another_society(session: Session, than: UUID) -> UUID:
    return session.scalars(select(Organisation).where(Organisation.id != than)).all()[0].id


def the_last_contribution_gone(session: Session) -> None:
    row = last(session)
    for kind in (CarryOver, Disposition, OperationSource):
        session.execute(delete(kind).where(col(kind.contribution_id) == row.id))
    session.delete(row)


def the_last_never_submitted(session: Session) -> None:
    row = last(session)
    session.execute(text("DELETE FROM contribution_carry_over"))
    row.state, row.number, row.submission_id = S.IN_PROGRESS, None, None
    row.submitted_at = row.admitted_at = None


def another_organisation(session: Session) -> None:
    row = a_comment(session)
    row.organisation_id = another_society(session, row.organisation_id)


def a_submission_of_another(session: Session) -> None:
    row = submission(session)
    row.organisation_id = another_society(session, row.organisation_id)


def another_draft(session: Session) -> None:
    on_the_whole(session).draft_id = draft(session, 1).id


def leads_to(**values: object) -> Damage:
    """A duplicate of a contribution with these other values."""

    def damage(session: Session) -> None:
        row = declined(session)
        head = one(session, Contribution.id != row.contribution_id)
        for name, value in values.items():
            setattr(head, name, value)
        row.outcome, row.duplicate_of_id = Outcome.DUPLICATE, head.id

    return damage


def leads_elsewhere(session: Session) -> None:
    home = the_consultation(session)
    other = Consultation(code="other", process_id=home.process_id, created_at=now())
    session.add(other)
    session.flush()
    like = last(session).model_dump()
    head = Contribution(**like | {"id": uuid4(), "consultation_id": other.id, "is_current": False})
    session.add(head)
    session.flush()
    row = declined(session)
    row.outcome, row.duplicate_of_id = Outcome.DUPLICATE, head.id


def a_withdrawn_head_in_a_closed_round(session: Session) -> None:
    row = session.scalars(select(Disposition).where(Disposition.outcome == Outcome.DUPLICATE)).all()
    head = session.get_one(Contribution, row[0].duplicate_of_id)
    head.state, head.withdrawn_at = S.WITHDRAWN, now()


def the_same_operation_again(session: Session) -> None:
    row = operations(session)[0]
    copied = row.model_dump() | {"id": uuid4(), "position": 900}
    session.add(DraftOperation(**copied))


def an_operation_under_another_identity(session: Session) -> None:
    row = next(each for each in operations(session) if not each.operation["contributions"])
    row.operation = {**row.operation, "id": str(uuid4())}


def operations(session: Session) -> list[DraftOperation]:
    return list(session.scalars(select(DraftOperation).order_by(col(DraftOperation.position))))


def a_link_of_no_operation(session: Session) -> None:
    session.add(OperationSource(operation_id=uuid4(), contribution_id=last(session).id))


def rests_on(state: ContributionState) -> Damage:
    """A published change whose contribution has this state since."""

    def damage(session: Session) -> None:
        link = session.scalars(select(OperationSource)).all()[0]
        row = session.get_one(Contribution, link.contribution_id)
        row.state, row.returned_at, row.withdrawn_at = state, now(), now()
        for each in session.scalars(
            select(Disposition).where(Disposition.contribution_id == row.id)
        ):
            session.delete(each)

    return damage


def rests_on_what_was_declined(session: Session) -> None:
    link = session.scalars(select(OperationSource)).all()[0]
    for row in session.scalars(
        select(Disposition).where(Disposition.contribution_id == link.contribution_id)
    ):
        row.outcome, row.reasons = Outcome.NOT_ACCEPTED, {"en": "No."}


def the_consultation(session: Session) -> Consultation:
    return get_consultation(session, CODE)


def in_the_consultation(column: str, value: str) -> Damage:
    """What stands in a column of the consultation's own row, unreadable."""

    def damage(session: Session) -> None:
        session.execute(
            text(f"UPDATE consultation SET {column} = :value WHERE code = :code"),
            {"value": value, "code": CODE},
        )

    return damage


DAMAGES: dict[str, tuple[str, Damage]] = {
    "draft without base": ("change-sets", changed(second_draft, base_id=None)),
    "base nowhere": ("change-sets", changed(second_draft, base_id=uuid4())),
    "a number left out": ("change-sets", changed(second_draft, number=5)),
    "in work with a digest": ("published-bytes", changed(second_draft, state=DraftState.IN_WORK)),
    "first in work": ("published-bytes", changed(first_draft, state=DraftState.IN_WORK)),
    "never published": ("published-bytes", changed(second_draft, published_at=None)),
    "wholly in work": ("change-sets", changed(
        first_draft, state=DraftState.IN_WORK, digest="", published_at=None)),
    "the same operation": ("change-sets", the_same_operation_again),
    "operation's identity": ("change-sets", an_operation_under_another_identity),
    "link of nothing": ("explained", a_link_of_no_operation),
    "rests on withdrawn": ("explained", rests_on(S.WITHDRAWN)),
    "rests on returned": ("explained", rests_on(S.RETURNED)),
    "rests on declined": ("explained", rests_on_what_was_declined),
    "last gone": ("accounted", the_last_contribution_gone),
    "last never submitted": ("accounted", the_last_never_submitted),
    "below nothing": ("accounted", changed(last, number=-3)),
    "numbered 0": ("accounted", changed(last, number=0)),
    "far above": ("accounted", changed(last, number=2**40)),
    "admitted at no moment": ("accounted", changed(admitted, admitted_at=None)),
    "another organisation": ("submissions", another_organisation),
    "submission of another": ("submissions", a_submission_of_another),
    "another moment": ("submissions", changed(submission, at=now())),
    "another reference": ("submissions", changed(submission, reference="MIGRAT-ZZZ-ABCDEF")),
    "blank reason": ("decided-once", changed(declined, reasons={"en": "   "})),
    "a number for a reason": ("decided-once", changed(declined, reasons={"en": 5})),
    "approved at no moment": ("decided-once", changed(declined, approved_at=None)),
    "duplicate of nothing": ("duplicates", changed(declined, outcome=Outcome.DUPLICATE)),
    "duplicate of nowhere": (
        "duplicates", changed(declined, outcome=Outcome.DUPLICATE, duplicate_of_id=uuid4())),
    "no duplicate, but led": ("duplicates", changed(declined, duplicate_of_id=uuid4())),
    "duplicate elsewhere": ("duplicates", leads_elsewhere),
    "duplicate of unfinished": ("duplicates", leads_to(state=S.IN_PROGRESS)),
    "duplicate of returned": ("duplicates", leads_to(state=S.RETURNED)),
    "duplicate of withdrawn": ("duplicates", a_withdrawn_head_in_a_closed_round),
    "no position": ("one-position", changed(a_position, is_current=False)),
    "comment": ("one-position", changed(a_comment, is_current=False)),
    "another draft": ("resolved", another_draft),
    "round on no draft": ("resolved", changed(a_round, draft_id=uuid4())),
    "no process": ("resolved", changed(the_consultation, process_id=uuid4())),
    "titles": ("resolved", in_the_consultation("titles", "{")),
    "archived": ("resolved", in_the_consultation("archived_at", "zz")),
    "never opened": ("deadlines", changed(a_call, opened_at=None)),
}  # fmt: skip


def test_each_damaged_row_is_named_by_a_rule(session: Session, app: Flask) -> None:
    the_demonstration(session, app)
    assert broken(session) == set()

    assert unnoticed(session, DAMAGES) == set()


@pytest.mark.parametrize(("column", "value"), [("titles", "{"), ("archived_at", "zz"), ("id", "z")])
def test_a_row_that_cannot_be_read_is_a_finding_of_the_command(
    session: Session, app: Flask, column: str, value: str
) -> None:
    the_demonstration(session, app)
    with closing(connect(str(session.get_bind().url.database))) as stored, stored:  # type: ignore[union-attr]
        stored.execute(f"UPDATE consultation SET {column} = ? WHERE code = ?", (value, CODE))

    result = app.test_cli_runner().invoke(args=["consult", "verify", CODE])

    assert result.exit_code == 1
    named = {finding["rule"] for finding in json.loads(result.stdout)["findings"]}
    assert "resolved" in named
