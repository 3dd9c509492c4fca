"""Drafts in the database: begun, changed by operations, published for ever."""

from uuid import uuid4

import pytest
from sqlmodel import Session

from consult.changes.applying import CannotApply
from consult.changes.operations import Delete, Replace
from consult.models import ContributionState
from consult.queries.consultations import document_of, open_round
from consult.services.drafts import begin_next, change, publish, read_set, rewrite_set
from consult.services.rounds import Rules
from consult.services.rounds import open_round as ask
from core.clock import now
from core.errors import Conflict, DomainError
from movement.models import CallKind
from movement.services.calls import Opening
from tests.consult.arranged import a_draft, a_round, act, consultation_of, lineage
from tests.consult.said import said
from tests.factories import a_society

pytestmark = pytest.mark.both_databases
S = ContributionState


def test_a_published_draft_never_changes(session: Session) -> None:
    draft = a_draft(session)

    with pytest.raises(Conflict):
        change(session, draft, [Delete(lineage=lineage("p1"))], act())
    with pytest.raises(Conflict):
        publish(session, draft, act())

    assert document_of(draft).digest == draft.digest


def test_the_next_draft_is_its_change_set_on_the_one_before(session: Session) -> None:
    draft = begin_next(session, a_draft(session), act())
    replace = Replace(lineage=lineage("p1"), texts={"en": "Needs come first."}, note="Shorter.")

    change(session, draft, [replace], act())
    publish(session, draft, act())

    assert document_of(draft).blocks[1].texts["en"] == "Needs come first."
    assert read_set(session, draft) == [replace]


def test_a_step_can_be_taken_back(session: Session) -> None:
    draft = begin_next(session, a_draft(session), act())
    one = Replace(lineage=lineage("p1"), texts={"en": "Needs come first."}, note="Shorter.")
    change(session, draft, [one, Delete(lineage=lineage("p2"), note="Said above.")], act())

    rewrite_set(session, draft, [one], act())

    assert [operation.id for operation in read_set(session, draft)] == [one.id]
    assert document_of(draft).find(lineage("p2")) is not None


def test_changes_that_nobody_explained_are_not_published(session: Session) -> None:
    draft = begin_next(session, a_draft(session), act())
    change(session, draft, [Delete(lineage=lineage("p1"))], act())

    with pytest.raises(DomainError, match="reason"):
        publish(session, draft, act())


def test_what_does_not_fit_changes_nothing(session: Session) -> None:
    draft = begin_next(session, a_draft(session), act())

    with pytest.raises(CannotApply):
        change(session, draft, [Delete(lineage=lineage("nowhere"), note="x")], act())

    assert read_set(session, draft) == []


def test_the_next_draft_waits_for_the_newest_to_be_published(session: Session) -> None:
    draft = a_draft(session)
    begin_next(session, draft, act())

    with pytest.raises(Conflict):
        begin_next(session, draft, act())


def test_one_round_at_a_time_asks_about_a_published_draft(session: Session) -> None:
    a_society(session)
    draft = a_draft(session)
    one, call = a_round(session, draft)

    with pytest.raises(Conflict):
        ask(session, draft, Opening("round-2", {}, call.closes_on), Rules(), act())

    assert call.kind is CallKind.CONSULTATION
    assert open_round(session, consultation_of(session, draft), now=now()) == (one, call)


@pytest.mark.parametrize("state", [S.IN_PROGRESS, S.SUBMITTED, S.RETURNED, None])
def test_a_change_names_only_what_is_admitted(
    session: Session, state: ContributionState | None
) -> None:
    society, base = a_society(session), a_draft(session)
    one, _call = a_round(session, base)
    source = said(session, one, society, state=state).id if state else uuid4()
    draft = begin_next(session, base, act())
    change_ = Replace(lineage=lineage("p1"), texts={"en": "Needs."}, contributions=(source,))

    with pytest.raises(DomainError, match="not admitted"):
        change(session, draft, [change_], act())
    with pytest.raises(DomainError, match="not admitted"):
        rewrite_set(session, draft, [change_], act())
