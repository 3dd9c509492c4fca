"""Networks and groups speak, are asked and reminded, and are counted nowhere."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from core.clock import now
from core.errors import Conflict, DomainError
from core.models import Mail
from movement.actors import Actor, Grant
from movement.models import (
    Call,
    CallKind,
    Group,
    GroupKind,
    Organisation,
    OrganisationKind,
    Participation,
    Process,
    Role,
)
from movement.queries.calls import members_on
from movement.queries.directory import counts_by_region, groups, listing, voices
from movement.queries.participation import participants, status
from movement.queries.reminders import plan_of
from movement.services import invitations, people, reminders
from movement.services.calls import Opening, open_call
from movement.services.test_runs import open_test
from movement.services.voices import give_voice
from tests.movement.arranged import CLOSES, NOW, OFFICE, add_regions, federation, person, society
from tests.movement.board import act
from tests.movement.cast import browser_of, post, somebody, two_societies


def network(session: Session, code: str = "apmn", kind: GroupKind = GroupKind.NETWORK) -> Group:
    """A network of the region Asia Pacific, with its voice."""
    group = Group(code=code, kind=kind, names={"en": f"Network {code}"}, region_code="asia_pacific")
    session.add(group)
    session.flush()
    give_voice(session, group)
    return group


def movement(session: Session) -> Process:
    """Two Societies, the IFRC, a network, and a process."""
    add_regions(session)
    society(session, "KEN")
    society(session, "AUS", "asia_pacific", zone="Australia/Sydney")
    federation(session)
    network(session)
    made = Process(code="migration", titles={"en": "Migration"})
    session.add(made)
    session.flush()
    return made


def opened(
    session: Session, with_networks: Iterable[str] = (), kind: CallKind = CallKind.SURVEY
) -> Call:
    opening = Opening(
        "round", {"en": "Zero draft"}, CLOSES, kind=kind, with_networks=tuple(with_networks)
    )
    return open_call(session, movement(session), opening, now=NOW)


def codes(session: Session, call: Call, words: str) -> list[str]:
    return [one.organisation.code for one in invitations.chosen(session, call, words)]


def test_a_voice_has_the_groups_code_and_names_and_no_region(session: Session) -> None:
    movement(session)

    voice = session.exec(select(Organisation).where(Organisation.code == "APMN")).one()

    assert voice.kind is OrganisationKind.NETWORK
    assert (voice.names, voice.region_code) == ({"en": "Network apmn"}, None)


def test_giving_a_voice_again_makes_no_second_one_and_follows_the_names(session: Session) -> None:
    add_regions(session)
    group = network(session)
    group.names = {"en": "Renamed"}

    first, second = give_voice(session, group), give_voice(session, group)

    assert (first.id, second.names) == (second.id, {"en": "Renamed"})


def test_a_group_cannot_take_an_organisations_code(session: Session) -> None:
    add_regions(session)
    federation(session)
    group = Group(code="ifrc", kind=GroupKind.NETWORK, names={"en": "Network"})
    session.add(group)
    session.flush()

    with pytest.raises(Conflict, match="IFRC"):
        give_voice(session, group)


def test_the_directory_lists_voices_among_networks_and_not_among_societies(
    session: Session,
) -> None:
    movement(session)

    listed = {line.organisation.code for line in listing(session, on=NOW.date())}

    assert listed == {"KEN", "AUS", "IFRC"}
    assert [group.code for group, _count in groups(session)] == ["apmn"]
    assert [one.code for one in voices(session)] == ["IFRC", "APMN"]


def test_who_is_chosen_besides_takes_part_and_is_not_counted(session: Session) -> None:
    call = opened(session, ["apmn", "IFRC"], kind=CallKind.CONSULTATION)

    rows = {one.organisation.code: one.part for one in participants(session, call.id)}

    assert {code: part.in_frame for code, part in rows.items()} == {
        "KEN": True,
        "AUS": True,
        "APMN": False,
        "IFRC": False,
    }
    assert status(session, call, now=NOW)["N"] == 2


@pytest.mark.parametrize("code", ["KEN", "XXX", ""])
def test_only_voices_can_be_chosen_besides(session: Session, code: str) -> None:
    with pytest.raises(DomainError, match="no network"):
        opened(session, [code])


def test_unless_chosen_no_network_takes_part(session: Session) -> None:
    call = opened(session)

    assert codes(session, call, "all") == ["KEN", "AUS"]
    assert session.exec(select(Participation.in_frame).distinct()).all() == [True]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("all", ["KEN", "AUS", "APMN", "IFRC"]),
        ("voices", ["APMN", "IFRC"]),
        ("asia_pacific", ["AUS"]),
        ("network:apmn", ["APMN"]),
        ("APMN, KEN", ["APMN", "KEN"]),
    ],
)
def test_words_that_choose_reach_networks_too(
    session: Session, words: str, chosen: list[str]
) -> None:
    call = opened(session, ["APMN", "IFRC"])

    assert codes(session, call, words) == chosen


def test_a_code_that_is_a_regions_too_must_be_said_clearly(session: Session) -> None:
    call = opened(session)
    network(session, "mena")

    with pytest.raises(DomainError, match="network:mena"):
        codes(session, call, "MENA")

    assert codes(session, call, "network:mena") == ["MENA"]


def test_a_networks_people_are_invited_and_reminded(session: Session) -> None:
    call = opened(session, ["APMN"], kind=CallKind.CONSULTATION)
    given = people.give(
        session, people.Wanted("chair@example.org", "focal_point", "apmn"), now=NOW, label="test"
    )
    later = NOW + timedelta(days=22, hours=3)

    done = invitations.invite(
        session, call, invitations.chosen(session, call, "all"), office=OFFICE, now=NOW
    )
    reminded = reminders.sweep(session, call, office=OFFICE, now=later)

    assert given.organisation
    assert given.organisation.kind is OrganisationKind.NETWORK
    assert (done.mails, done.without_contact) == (1, ("KEN", "AUS"))
    assert reminded == 1
    assert {line.participant.organisation.code for line in plan_of(session, call, now=NOW)} == {
        "KEN",
        "AUS",
        "APMN",
    }
    subjects = session.exec(select(Mail.subject).order_by(col(Mail.created_at))).all()
    assert subjects == [
        "Zero draft: an invitation to Network apmn to comment",
        "Reminder: your contributions to Zero draft",
    ]


def test_a_network_is_no_member_of_the_movement_or_of_a_group(app: Flask, session: Session) -> None:
    two_societies(session)
    group = network(session)
    session.commit()
    staff = browser_of(app, session, somebody(session, "staff@example.org"))

    member = post(staff, "/directory/groups/apmn/members", {"organisation": "APMN", "role": "host"})
    admitted = post(staff, "/directory/organisations/APMN/memberships", {"note": ""})

    assert (member.status_code, admitted.status_code) == (400, 400)
    assert "be a member of one" in member.text
    assert group.organisation_id not in {one.id for one in members_on(session, NOW.date())}


def test_staff_find_a_networks_voice_from_its_group_and_give_it_people(
    app: Flask, session: Session
) -> None:
    two_societies(session)
    network(session)
    session.commit()
    staff = browser_of(app, session, somebody(session, "staff@example.org"))

    page = staff.get("/directory/groups/apmn").text
    fields: dict[str, object] = {"email": "chair@example.org", "role": "focal_point"}
    _status, after = act(staff, "/organisations/APMN/people", **fields)

    assert 'href="/organisations/APMN/people"' in page
    assert "chair@example.org" in after


def test_a_networks_focal_point_finds_the_round_among_their_tasks(
    app: Flask, session: Session
) -> None:
    process = movement(session)
    closing = (now() + timedelta(days=10)).date()
    opening = Opening(
        "round", {"en": "Zero draft"}, closing, kind=CallKind.CONSULTATION, with_networks=["APMN"]
    )
    call = open_call(session, process, opening, now=now())
    to = invitations.chosen(session, call, "network:apmn")
    invitations.invite(session, call, to, office=OFFICE, now=now())
    session.commit()
    chair = somebody(session, "chair@example.org", Role.FOCAL_POINT, "APMN")
    other = somebody(session, "ken@example.org", Role.FOCAL_POINT, "KEN")

    asked = browser_of(app, session, chair).get("/").text
    not_asked = browser_of(app, session, other).get("/").text

    assert "Zero draft" in asked
    assert "Not started" in asked
    assert "Zero draft" not in not_asked


def test_a_network_tries_a_test_run_only_when_chosen(session: Session) -> None:
    process = movement(session)
    made = person(session, "staff@example.org", Role.SECRETARIAT)
    by = Actor(made.id, "", made.email, None, uuid4(), (Grant(Role.SECRETARIAT),))

    run = open_test(
        session, process, "try", {"en": "Try"}, ["apmn"], closes_on=CLOSES, now=NOW, by=by
    )

    assert [one.organisation.code for one in participants(session, run.id)] == ["APMN"]


KINDS = st.lists(st.sampled_from(list(GroupKind)), min_size=1, max_size=4)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=KINDS, chosen=st.sets(st.integers(0, 3)))
def test_no_number_changes_by_networks_whichever_take_part(
    session: Session, kinds: list[GroupKind], chosen: set[int]
) -> None:
    before = session.begin_nested()
    process, day = movement(session), NOW.date()
    plain = open_call(session, process, Opening("plain", {}, CLOSES), now=NOW)
    invitations.invite(
        session, plain, invitations.chosen(session, plain, "all"), office=OFFICE, now=NOW
    )
    figures = (
        status(session, plain, now=NOW),
        counts_by_region(session, on=day),
        [one.code for one in members_on(session, day)],
    )

    made = [network(session, f"group_{n}", kind) for n, kind in enumerate(kinds)]
    besides = [group.code for n, group in enumerate(made) if n in chosen]
    more = open_call(session, process, Opening("more", {}, CLOSES, with_networks=besides), now=NOW)
    invitations.invite(
        session, more, invitations.chosen(session, more, "all"), office=OFFICE, now=NOW
    )

    assert figures == (
        status(session, more, now=NOW) | {"code": "plain"},
        counts_by_region(session, on=day),
        [one.code for one in members_on(session, day)],
    )
    assert len(participants(session, more.id)) == 2 + len(besides)
    before.rollback()
