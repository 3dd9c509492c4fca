"""Every cell of the table of roles that a policy decides, against the policy."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from analytics.policy import may_see_results
from movement import policy
from movement.actors import OF_A_PROCESS, OF_AN_ORGANISATION, Actor, Grant
from movement.models import Call, Role
from surveys.policy import acts_on_behalf, may_answer, may_submit
from tests.movement.role_table import ROLES, TABLE, Cell, cell

OWN, OTHER = uuid4(), uuid4()
PROCESS, OTHER_PROCESS = uuid4(), uuid4()
every_role = pytest.mark.parametrize("role", ROLES)


def actor(role: Role) -> Actor:
    """Somebody who holds one role: for OWN, for PROCESS, or for all."""
    grant = Grant(
        role,
        organisation_id=OWN if role in OF_AN_ORGANISATION else None,
        process_id=PROCESS if role in OF_A_PROCESS else None,
    )
    return Actor(uuid4(), "", "x@example.org", None, uuid4(), (grant,))


def wave(process: UUID, *, released: bool = False) -> Call:
    at = datetime(2026, 1, 1, tzinfo=UTC) if released else None
    return Call(
        code="w", process_id=process, frame_date=date.min, closes_on=date.max, released_at=at
    )


def test_the_table_has_a_cell_for_every_role() -> None:
    assert set(ROLES) == set(Role)
    assert {len(cells) for cells in TABLE.values()} == {len(ROLES)}


@every_role
def test_answering_follows_the_table(role: Role) -> None:
    said, who = cell("answer", role), actor(role)

    assert may_answer(who, OWN) is (said in (Cell.YES, Cell.BEHALF))
    assert may_answer(who, OTHER) is (said is Cell.BEHALF)
    assert acts_on_behalf(who, OTHER) is (said is Cell.BEHALF)


@every_role
def test_submitting_follows_the_table(role: Role) -> None:
    said, who = cell("submit", role), actor(role)

    assert may_submit(who, OWN) is (said in (Cell.YES, Cell.BEHALF))
    assert may_submit(who, OTHER) is (said is Cell.BEHALF)


@every_role
def test_dashboards_follow_the_table(role: Role) -> None:
    said, who = cell("dashboards", role), actor(role)

    early = said in (Cell.YES, Cell.PROCESS)
    assert may_see_results(who, wave(PROCESS)) is early
    assert may_see_results(who, wave(PROCESS, released=True)) is (early or said is Cell.RELEASED)


def test_a_consultant_of_another_process_sees_no_dashboard() -> None:
    assert may_see_results(actor(Role.CONSULTANT), wave(OTHER_PROCESS)) is False


@every_role
def test_seeing_people_follows_the_table(role: Role) -> None:
    said, who = cell("people", role), actor(role)

    assert policy.may_see_people_of(who, OWN) is (said is not Cell.NO)
    assert policy.may_see_people_of(who, OTHER) is (said in (Cell.CONTACTS, Cell.ALL))
    assert policy.may_see_all_people(who) is (said is Cell.ALL)


@every_role
@pytest.mark.parametrize("given", ROLES)
def test_giving_roles_follows_the_table(role: Role, given: Role) -> None:
    said, who = cell("people", role), actor(role)

    of_organisations = given in OF_AN_ORGANISATION
    own = said is Cell.ALL or (said is not Cell.NO and of_organisations)
    other = said is Cell.ALL or (said is Cell.CONTACTS and of_organisations)
    assert policy.may_assign(who, given, OWN if of_organisations else None) is own
    assert policy.may_assign(who, given, OTHER if of_organisations else None) is other


@every_role
def test_the_directory_is_for_the_secretariat_and_administrators(role: Role) -> None:
    staff = role in (Role.SECRETARIAT, Role.ADMINISTRATOR)

    assert policy.may_see_directory(actor(role)) is staff
    assert policy.may_correct_directory(actor(role)) is staff


def test_nobody_may_do_nothing() -> None:
    one = (
        policy.is_secretariat, policy.is_administrator, policy.may_see_directory,
        policy.may_correct_directory, policy.may_see_all_people, policy.may_see_some_people,
        policy.has_colleagues,
    )  # fmt: skip

    assert not any(may(None) for may in one)
    assert not policy.may_see_people_of(None, OWN)
    assert not any(policy.may_assign(None, role, OWN) for role in Role)
