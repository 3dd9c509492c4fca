"""Who sees which contribution. Nothing below "submitted" of another organisation appears anywhere.

Random histories: organisations write, submit, withdraw and have theirs returned or admitted; then
everybody looks at everything there is to look at.
"""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from consult.models import OFFICIAL, Contribution, ContributionState, Round, Visibility
from consult.queries.consultations import get_round
from consult.queries.contributions import (
    asked_to_sponsor,
    counts_on,
    of_voice,
    said_of,
    shown,
    tally,
)
from consult.queries.visibility import Rounds, visible_to
from consult.services.contributions import drop, write
from consult.services.rounds import Rules
from consult.services.sponsoring import invite
from consult.services.submitting import submit
from consult.services.withdrawing import withdraw
from core.clock import now
from movement.actors import Actor
from movement.models import Call, Role
from tests.consult.arranged import a_draft, a_round, lineage
from tests.consult.speaking import a_comment, by, somebody_with, submits, voice
from tests.factories import a_society

CODES = ("KEN", "GHA", "SWE")
ACTS = ("write", "record", "drop", "submit", "withdraw", "admit", "return", "invite")
PLACES = (None, lineage("p1"), lineage("h"))
S = ContributionState
STEPS = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(ACTS)), max_size=12)
RULES = st.builds(Rules, st.sampled_from(Visibility), st.booleans())


@pytest.fixture
def asked(session: Session) -> tuple[Round, Call]:
    """Three Societies are asked about a draft."""
    for code in CODES:
        a_society(session, code)
    return a_round(session, a_draft(session))


def step(session: Session, code: str, act: str) -> None:
    """One thing that happens, if it can happen now."""
    speaking = voice(session, code)
    rows = of_voice(session, speaking)
    progress = [one for one in rows if one.state is S.IN_PROGRESS]
    given_ones = [one for one in rows if one.state in (S.SUBMITTED, S.ADMITTED)]
    staff = by("secretariat@example.org", on_behalf=True, note="A letter.")
    if act == "write":
        write(session, speaking, a_comment(f"{code} in secret"), by())
    elif act == "record":
        write(session, speaking, a_comment(f"{code} by letter"), staff)
    elif act == "drop" and progress:
        drop(session, speaking, progress[0], by())
    elif act == "submit" and progress:
        submit(session, speaking, progress, by())
    elif act == "withdraw" and given_ones:
        withdraw(session, speaking, given_ones[0], by(), reason="")
    elif act in {"admit", "return"} and given_ones:
        given_ones[0].state = S.ADMITTED if act == "admit" else S.RETURNED
    elif act == "invite" and progress + given_ones:
        other = voice(session, CODES[CODES.index(code) - 1]).organisation
        invite(session, speaking, (progress + given_ones)[0], other.id, by())
    session.flush()


def everything(session: Session, actor: Actor, rounds: Rounds, at: datetime) -> list[Contribution]:
    """All that any query shows to somebody."""
    seen = list(
        session.scalars(select(Contribution).where(visible_to(session, actor, rounds, now=at)))
    )
    for place in PLACES:
        seen += [row.one for row in said_of(session, actor, rounds, place, now=at)[0]]
    for speaking in (voice(session, code) for code in CODES):
        if speaking.organisation.id in actor.organisation_ids:
            seen += of_voice(session, speaking)
            seen += [one for _sponsor, one, _of in asked_to_sponsor(session, speaking)]
        elif actor.staff:
            seen += of_voice(session, speaking, entered=True)
    return seen


def actors(session: Session) -> list[Actor]:
    """One of each role."""
    kenya = voice(session, "KEN").organisation
    return [
        *(somebody_with(role, kenya)
          for role in (Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER)),
        *(somebody_with(role)
          for role in (Role.SECRETARIAT, Role.CONSULTANT, Role.CO_CHAIR, Role.ADMINISTRATOR)),
    ]  # fmt: skip


@given(steps=STEPS, rules=RULES, over=st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_below_submitted_of_another_appears_anywhere(
    session: Session,
    asked: tuple[Round, Call],
    steps: list[tuple[str, str]],
    rules: Rules,
    *,
    over: bool,
) -> None:
    one, call = asked
    one.visibility, one.names_shown = rules.visibility, rules.names_shown
    for code, act in steps:
        step(session, code, act)
    at = now() + timedelta(days=60 if over else 0)

    for actor in actors(session):
        for seen in everything(session, actor, [(one, call)], at):
            theirs = seen.organisation_id not in actor.organisation_ids
            entered = actor.staff and bool(seen.recorded_by)
            assert not theirs or entered or seen.state in OFFICIAL, (actor.roles, seen.state)
        counted = sum(
            each.mine + each.others
            for each in counts_on(session, actor, [(one, call)], now=at).values()
        )
        listed = {
            row.one.id
            for place in PLACES
            for row in said_of(session, actor, [(one, call)], place, now=at)[0]
        }
        assert counted == len(listed)

    session.rollback()


@given(steps=STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_submitted_is_always_the_sum_of_where_it_stands(
    session: Session, asked: tuple[Round, Call], steps: list[tuple[str, str]]
) -> None:
    for code, act in steps:
        step(session, code, act)

    figures = tally(session, asked[1].id)
    rows = session.scalars(select(Contribution).where(Contribution.call_id == asked[1].id)).all()
    states = Counter(row.state for row in rows)

    assert figures["submitted"] == sum(states[state] for state in OFFICIAL)
    assert figures["submitted"] == sum(row.number is not None for row in rows)
    assert figures["submitted"] == sum(n for name, n in figures.items() if name != "submitted")
    session.rollback()


def seen_by(session: Session, actor: Actor, at: datetime | None = None) -> list[str]:
    """The organisations whose contributions somebody sees, "?" where without a name."""
    rounds = [get_round(session, "round-1")]
    found, _total = said_of(session, actor, rounds, lineage("p1"), now=at or now())
    return sorted(row.organisation.code if row.organisation else "?" for row in found)


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [
        (Visibility.AFTER_SUBMISSION, ["GHA", "KEN"]),
        (Visibility.AFTER_CLOSING, ["KEN"]),
        (Visibility.NEVER, ["KEN"]),
    ],
)
@pytest.mark.both_databases
def test_others_contributions_are_seen_as_the_round_says(
    session: Session,
    asked: tuple[Round, Call],
    visibility: Visibility,
    seen: list[str],
) -> None:
    asked[0].visibility = visibility
    submits(session, a_comment(), code="GHA")
    kenyan = somebody_with(Role.RESPONDENT, voice(session).organisation)

    assert seen_by(session, kenyan) == []
    submits(session, a_comment())
    assert seen_by(session, kenyan) == seen
    afterwards = seen_by(session, kenyan, now() + timedelta(days=60))
    assert afterwards == (["KEN"] if visibility is Visibility.NEVER else ["GHA", "KEN"])


@pytest.mark.both_databases
def test_without_names_others_are_nobody_in_particular(
    session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility, asked[0].names_shown = Visibility.AFTER_SUBMISSION, False
    submits(session, a_comment(), code="GHA")
    submits(session, a_comment())

    assert seen_by(session, somebody_with(Role.RESPONDENT, voice(session).organisation)) == [
        "?", "KEN",
    ]  # fmt: skip
    assert seen_by(session, somebody_with(Role.SECRETARIAT)) == ["GHA", "KEN"]
    assert seen_by(session, somebody_with(Role.CO_CHAIR)) == []


def test_a_co_chair_sees_named_contributions_only_where_names_are_shown(
    session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility = Visibility.AFTER_SUBMISSION
    submits(session, a_comment())

    assert seen_by(session, somebody_with(Role.CO_CHAIR)) == ["KEN"]
    asked[0].names_shown = False
    assert seen_by(session, somebody_with(Role.CO_CHAIR)) == []


def test_who_takes_no_part_and_the_administrator_see_nothing(
    session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility = Visibility.AFTER_SUBMISSION
    submits(session, a_comment())
    outsider = a_society(session, "FIN")

    assert seen_by(session, somebody_with(Role.FOCAL_POINT, outsider)) == []
    assert seen_by(session, somebody_with(Role.ADMINISTRATOR)) == []


def test_what_was_returned_or_withdrawn_is_not_shown_to_others(
    session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility = Visibility.AFTER_SUBMISSION
    submits(session, a_comment(), a_comment("2"), code="GHA")
    submits(session, a_comment())
    rows = of_voice(session, voice(session, "GHA"))
    rows[0].state, rows[1].state = S.RETURNED, S.WITHDRAWN
    session.flush()

    assert seen_by(session, somebody_with(Role.RESPONDENT, voice(session).organisation)) == ["KEN"]


def test_whoever_is_asked_to_join_sees_who_asks(
    session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility, asked[0].names_shown = Visibility.NEVER, False
    one = write(session, voice(session, "GHA"), a_comment(), by())
    kenya = voice(session).organisation
    invite(session, voice(session, "GHA"), one, kenya.id, by())
    kenyan = somebody_with(Role.FOCAL_POINT, kenya)
    assert (seen_by(session, kenyan), asked_to_sponsor(session, voice(session))) == ([], [])

    submit(session, voice(session, "GHA"), [one], by())

    assert seen_by(session, kenyan) == ["GHA"]
    rounds = [get_round(session, "round-1")]
    (row,) = shown(session, kenyan, rounds, [one], now=now())
    assert row.organisation is not None
