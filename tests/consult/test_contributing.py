"""Contributions before they are submitted, and the official voice, in the database."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, col, select

from consult.models import Contribution, ContributionState, Stance
from consult.queries.contributions import events_of, get_own, tally
from consult.services.contributions import (
    EditedElsewhere,
    Over,
    drop,
    endorse,
    remove,
    restore,
    write,
)
from consult.services.submitting import (
    content_of,
    digest_of,
    in_progress,
    submit,
)
from core.clock import now
from core.errors import Conflict, DomainError, NotFound
from movement.models import ParticipationState, Role
from movement.services import participation
from tests.consult.arranged import a_draft, a_round
from tests.consult.speaking import (
    a_comment,
    a_position,
    an_amendment,
    by,
    contributions_of,
    says,
    submits,
    voice,
)
from tests.factories import a_society, somebody

pytestmark = pytest.mark.both_databases
S = ContributionState


@pytest.fixture
def arranged(session: Session) -> None:
    """Kenya and Ghana are asked about a draft."""
    a_society(session, "KEN")
    a_society(session, "GHA", zone="Africa/Accra")
    a_round(session, a_draft(session))


def test_writing_begins_the_organisations_part(session: Session, arranged: None) -> None:
    one = says(session, a_comment())

    assert (one.state, one.number, one.author_label) == (S.IN_PROGRESS, None, by().label)
    assert voice(session).part.state is ParticipationState.IN_PROGRESS


def test_of_two_who_save_at_once_the_second_is_shown_both(session: Session, arranged: None) -> None:
    one = says(session, a_comment("First."))
    says(session, a_comment("Second."), one=one, edition=0)

    with pytest.raises(EditedElsewhere) as conflict:
        write(session, voice(session), a_comment("Third."), by(), one=one, edition=0)

    assert (conflict.value.theirs.text, conflict.value.theirs.edition) == ("Second.", 1)


def test_saving_the_same_again_changes_nothing(session: Session, arranged: None) -> None:
    one = says(session, a_comment("First."))

    says(session, a_comment("First."), one=one, edition=0)

    assert one.edition == 0
    assert [event.act for event in events_of(session, one.id, mine=True)] == ["begun"]


def test_what_is_dropped_can_be_taken_up_again(session: Session, arranged: None) -> None:
    one = says(session, a_comment())
    drop(session, voice(session), one, by(), note="Said elsewhere.")
    with pytest.raises(Conflict):
        drop(session, voice(session), one, by())

    restore(session, voice(session), one, by())

    assert one.state is S.IN_PROGRESS


def test_only_who_wrote_it_removes_it(session: Session, arranged: None) -> None:
    author = somebody(session, Role.RESPONDENT, voice(session).organisation)
    one = says(session, a_comment(), by=by(person_id=author.id))
    with pytest.raises(Conflict):
        remove(session, voice(session), one, by())

    remove(session, voice(session), one, by(person_id=author.id))

    assert session.exec(select(Contribution)).all() == []


def test_a_colleague_endorses_and_takes_it_back(session: Session, arranged: None) -> None:
    author = somebody(session, Role.RESPONDENT, voice(session).organisation)
    colleague = somebody(session, Role.APPROVER, voice(session).organisation)
    one = says(session, a_comment(), by=by(person_id=author.id))
    with pytest.raises(Conflict):
        endorse(session, voice(session), one, by(person_id=author.id), endorses=True)

    for endorses in (True, False, None):
        endorse(session, voice(session), one, by(person_id=colleague.id), endorses=endorses)


def test_another_organisations_contribution_is_not_found(session: Session, arranged: None) -> None:
    one = says(session, a_comment())

    with pytest.raises(NotFound):
        get_own(session, voice(session, "GHA"), one.id)


def test_submitting_numbers_keeps_and_counts(session: Session, arranged: None) -> None:
    made = submits(session, a_comment(), an_amendment())
    submits(session, a_comment(), code="GHA")

    submitted = contributions_of(session, made)
    assert [one.number for one in submitted] == [1, 2]
    assert made.checksum == digest_of(made.content) == digest_of(content_of(submitted))
    assert voice(session).part.state is ParticipationState.SUBMITTED
    assert tally(session, made.call_id)["submitted"] == 3


def test_submitting_is_repeated_until_the_deadline_and_no_longer(
    session: Session, arranged: None
) -> None:
    submits(session, a_comment())
    submits(session, a_comment("More."))
    left = says(session, a_comment("Too late."))
    speaking = voice(session)
    last = speaking.closes_at - timedelta(seconds=1)

    with time_machine.travel(last, tick=False):
        assert speaking.open(now())
    with time_machine.travel(speaking.closes_at, tick=False):
        for late in (
            lambda: submit(session, speaking, [left], by()),
            lambda: write(session, speaking, a_comment("Later."), by()),
            lambda: drop(session, speaking, left, by()),
        ):
            with pytest.raises(Over):
                late()


def test_a_later_position_stands_for_the_one_before(session: Session, arranged: None) -> None:
    (first,) = contributions_of(session, submits(session, a_position()))

    (second,) = contributions_of(
        session, submits(session, a_position(Stance.OBJECT, text="Not any more."))
    )

    session.refresh(first)
    assert (first.is_current, second.is_current) == (False, True)
    assert [event.act for event in events_of(session, first.id, mine=False)] == [
        "submitted", "replaced",
    ]  # fmt: skip


def test_two_positions_on_one_paragraph_are_not_submitted_together(
    session: Session, arranged: None
) -> None:
    says(session, a_position())
    says(session, a_position(Stance.CAN_LIVE_WITH))

    with pytest.raises(DomainError, match="two positions"):
        submit(session, voice(session), in_progress(session, voice(session)), by())


def test_nothing_is_submitted_twice(session: Session, arranged: None) -> None:
    made = submits(session, a_comment())

    with pytest.raises(Conflict):
        submit(session, voice(session), contributions_of(session, made), by())


def test_two_societies_that_submit_at_once_share_no_number(
    app: Flask, session: Session, arranged: None
) -> None:
    for code in ("KEN", "GHA"):
        for text in ("One.", "Two.", "Three."):
            says(session, a_comment(text), code)
    session.rollback()
    start, errors = Barrier(2), list[BaseException]()

    def gives(code: str) -> None:
        with app.extensions["sessions"]() as own:
            try:
                start.wait(timeout=30)
                speaking = voice(own, code)
                submit(own, speaking, in_progress(own, speaking), by())
                own.commit()
            except BaseException as error:  # noqa: BLE001 -- shown by the assertion below
                errors.append(error)

    threads = [Thread(target=gives, args=(code,)) for code in ("KEN", "GHA")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    numbers = session.scalars(select(Contribution.number).order_by(col(Contribution.number))).all()
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_an_organisation_that_declined_contributes_after_all(
    session: Session, arranged: None
) -> None:
    participation.declined(session, voice(session).part, "No time.", now=now())
    session.commit()

    submits(session, a_comment())

    assert voice(session).part.state is ParticipationState.SUBMITTED
