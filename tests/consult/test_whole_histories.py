"""Random histories of whole consultations: whatever is done, every rule holds on what is stored."""

from collections import Counter
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from consult.changes.operations import Operation
from consult.export.matrix import rows
from consult.export.matrix_file import Filled
from consult.models import OFFICIAL, Contribution, ContributionState, Draft
from consult.queries.compiled import compiled
from consult.queries.consultations import document_of, rounds_of
from consult.queries.contributions import tally
from consult.queries.figures import Figures, figures_by_round, figures_of_round
from consult.queries.overview import overview
from consult.queries.visibility import PEERS_SEE, visible_to
from consult.services.matrix_reading import judge
from consult.spoken import outcomes
from consult.text.document import Document
from consult.verify import RULES, Stored, findings
from core.clock import now
from core.errors import DomainError
from movement.models import Role
from tests.consult.consulting import (
    OFTEN,
    STEPS,
    Consulting,
    begins,
    changes,
    consulting,
    decides_all,
    officials,
)
from tests.consult.histories import operations
from tests.consult.speaking import somebody_with
from tests.factories import a_society

S = ContributionState
CODES = ("KEN", "GHA", "MDV")
PLACES = st.integers(0, 19)
HOWS = st.lists(PLACES, min_size=12, max_size=12)


@pytest.fixture
def that(session: Session) -> Consulting:
    return consulting(session, [a_society(session, code) for code in CODES])


def takes_step(that: Consulting, data: st.DataObject) -> None:
    """Something somebody does; what is refused changes nothing."""
    name = data.draw(st.sampled_from([*STEPS, *OFTEN, *OFTEN, "changes", "changes", "all decided"]))

    def operation(draft: Draft) -> Operation:
        drawn: Operation = data.draw(operations(document_of(draft)))
        return drawn.model_copy(update={"id": uuid4(), "note": drawn.note or "wording"})

    try:
        with that.session.begin_nested():
            if name == "changes":
                changes(that, operation)
            elif name == "all decided":
                decides_all(that, data.draw(HOWS))
                STEPS["closes"](that, 0, 0, 0)
            else:
                STEPS[name](that, *data.draw(st.tuples(PLACES, PLACES, PLACES)))
    except DomainError:
        that.session.expire_all()


def the_rules_hold(that: Consulting) -> None:
    assert findings(Stored(that.session, that.consultation.code), RULES) == []
    for identity, digest in that.published.items():
        draft = that.session.get_one(Draft, identity, populate_existing=True)
        assert Document.model_validate(draft.document).digest == digest


def the_figures_agree(that: Consulting) -> None:
    """Recounted from the rows, on the screen, in the matrix, and in the command's JSON."""
    session = that.session
    stands = Counter((one.call_id, one.state) for one in officials(that))
    listed = overview(session, that.consultation, now=now())["rounds"]
    data = compiled(session, that.consultation, "en")
    by_round = figures_by_round(session, that.consultation.id)
    for (_one, call), line in zip(rounds_of(session, that.consultation), listed, strict=True):
        counted = figures_of_round(session, call.id)
        assert by_round.get(call.id, Figures()) == counted
        assert line["figures"] == counted.as_json()
        assert tally(session, call.id)["submitted"] == counted.submitted
        in_file = Counter(one.state for one in data.said if one.call_id == call.id)
        for number, state in (
            (counted.awaiting, S.SUBMITTED), (counted.admitted, S.ADMITTED),
            (counted.returned, S.RETURNED), (counted.withdrawn, S.WITHDRAWN),
        ):  # fmt: skip
            assert number == stands[call.id, state] == in_file[state]
        decided = [one for one in data.said if one.call_id == call.id and one.decided]
        assert counted.disposed == sum(one.decided.approved for one in decided if one.decided)
        assert counted.submitted == sum(in_file.values())


def the_matrix_read_back_changes_nothing(that: Consulting) -> None:
    data = compiled(that.session, that.consultation, "en")
    filled = []
    for row in rows(data, data.said):
        language, check, _shown = row[-1].split(":")
        filled.append(Filled("1", row[0], row[8], row[9], language, check, ""))

    wanted, read = judge(filled, data, outcomes())

    assert (wanted, read.refused) == ([], [])
    assert len(filled) == len(officials(that))


def nobody_sees_too_much(that: Consulting) -> None:
    rounds = rounds_of(that.session, that.consultation)
    for society in that.societies:
        actor = somebody_with(Role.FOCAL_POINT, society)
        for role in (actor, somebody_with(Role.SECRETARIAT)):
            seen = visible_to(that.session, role, rounds, now=now())
            for one in that.session.scalars(select(Contribution).where(seen)):
                own = one.organisation_id in role.organisation_ids
                allowed = PEERS_SEE if role is actor else OFFICIAL
                assert own or one.state in allowed


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_done_every_rule_holds(
    that: Consulting, app: Flask, data: st.DataObject
) -> None:
    session, call, published = that.session, that.call, dict(that.published)
    before = session.begin_nested()

    try:
        begins(that, data.draw(HOWS))
        for _ in range(data.draw(st.integers(10, 40))):
            takes_step(that, data)

        with app.test_request_context():
            the_rules_hold(that)
            the_figures_agree(that)
            the_matrix_read_back_changes_nothing(that)
            nobody_sees_too_much(that)
    finally:
        before.rollback()
        session.expire_all()
        that.call, that.published = call, published
