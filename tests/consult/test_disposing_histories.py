"""Random histories of the secretariat's steps: in whatever order, the rules hold."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from consult.models import (
    OFFICIAL,
    Contribution,
    ContributionState,
    Disposition,
    DispositionState,
    Outcome,
)
from consult.queries.figures import figures_of_round
from consult.services.admission import admit, return_to_author
from consult.services.closing import close_round, obstacles_of
from consult.services.dispositions import Decision, approve, decide, propose, reopen
from consult.services.steps import standing_of
from core.errors import DomainError
from tests.consult.arranged import act
from tests.consult.asked import WHY, Asked, a_society_asked, approved_of

S = ContributionState


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def submits(asked: Asked, one: Contribution) -> None:
    if one.state in {S.IN_PROGRESS, S.RETURNED} and not asked.one.closed_at:
        numbers = asked.session.scalars(select(Contribution.number))
        one.state = S.SUBMITTED
        one.number = one.number or 1 + max(number or 0 for number in numbers)


def withdraws(asked: Asked, one: Contribution) -> None:
    """As its author may, until something is decided on it."""
    undecided = not standing_of(asked.session, [one.id])[one.id]
    if one.state in {S.SUBMITTED, S.RETURNED} or (one.state is S.ADMITTED and undecided):
        one.state = S.WITHDRAWN


Step = Callable[[Asked, Contribution, Contribution, Outcome], object]
TAKEN: dict[str, Step] = {
    "submit": lambda asked, one, _other, _outcome: submits(asked, one),
    "withdraw": lambda asked, one, _other, _outcome: withdraws(asked, one),
    "admit": lambda asked, one, other, _o: admit(asked.session, [one.id, other.id], act()),
    "return": lambda asked, one, _other, _o: return_to_author(
        asked.session, [one.id], "Why?", act()
    ),
    "propose": lambda asked, one, _other, outcome: propose(
        asked.session, one.id, Decision(outcome, WHY), act()
    ),
    "approve": lambda asked, one, _other, _outcome: approve(asked.session, one.id, act()),
    "decide": lambda asked, one, _other, outcome: decide(
        asked.session, one.id, Decision(outcome, WHY), act()
    ),
    "duplicate": lambda asked, one, other, _outcome: propose(
        asked.session, one.id, Decision(Outcome.DUPLICATE, WHY, other.id), act()
    ),
    "reopen": lambda asked, one, _other, _outcome: reopen(asked.session, one.id, act()),
    "close": lambda asked, _one, _other, _outcome: close_round(asked.session, asked.call, act()),
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(list(TAKEN)),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from([outcome for outcome in Outcome if outcome is not Outcome.DUPLICATE]),
    ),
    max_size=30,
)


def heads_of(session: Session) -> Iterator[tuple[UUID, UUID]]:
    for row in session.scalars(select(Disposition)):
        if row.state is not DispositionState.REPLACED and row.duplicate_of_id:
            yield row.contribution_id, row.duplicate_of_id


def in_circle(edges: list[tuple[UUID, UUID]]) -> bool:
    """Whether the edges can't be taken away one leaf after another."""
    left = set(edges)
    while leaves := {edge for edge in left if edge[1] not in {one for one, _head in left}}:
        left -= leaves
    return bool(left)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=STEPS)
def test_whatever_is_done_in_whatever_order_the_rules_hold(
    asked: Asked, steps: list[tuple[str, int, int, Outcome]]
) -> None:
    session = asked.session
    before = session.begin_nested()
    made = [asked.said(state=S.IN_PROGRESS) for _ in range(6)]

    for step, at, other_at, outcome in steps:
        try:
            with session.begin_nested():
                TAKEN[step](asked, made[at], made[other_at], outcome)
        except DomainError:
            pass  # what is refused changes nothing

        counted = figures_of_round(session, asked.call.id)
        states = [session.get_one(Contribution, one.id).state for one in made]
        decided = [len(approved_of(session, one)) for one in made]
        assert counted.submitted == sum(state in OFFICIAL for state in states)
        assert counted.admitted == sum(state is S.ADMITTED for state in states)
        assert counted.disposed == sum(number == 1 for number in decided)
        assert max(decided) <= 1
        assert not in_circle(list(heads_of(session)))
        if asked.one.closed_at:
            assert counted.complete
            assert not obstacles_of(session, asked.call.id)
    before.rollback()
    session.expire_all()


BETWEEN = st.lists(
    st.tuples(
        st.sampled_from([*["duplicate"] * 6, "approve", "reopen"]),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    min_size=5,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=BETWEEN)
def test_however_duplicates_are_named_they_form_no_circle(
    asked: Asked, steps: list[tuple[str, int, int]]
) -> None:
    before = asked.session.begin_nested()
    made = [asked.said() for _ in range(3)]

    for step, at, other_at in steps:
        try:
            with asked.session.begin_nested():
                TAKEN[step](asked, made[at], made[other_at], Outcome.NOTED)
        except DomainError:
            pass  # what is refused changes nothing
        assert not in_circle(list(heads_of(asked.session)))
    before.rollback()
    asked.session.expire_all()
