"""Two people at once: who comes second sees what the first did, and undoes none of it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.changes.operations import Delete, Replace
from consult.models import Contribution, ContributionState, Draft
from consult.queries.consultations import document_of, get_round
from consult.services.admission import return_to_author
from consult.services.closing import close_round
from consult.services.composing import take_all
from consult.services.contributions import Over, write
from consult.services.declining import decline
from consult.services.drafts import begin_next, change, rewrite_set
from consult.services.publishing import publish_draft
from consult.services.submitting import in_progress, submit
from consult.services.withdrawing import withdraw
from core.clock import now
from core.errors import Conflict
from movement.models import Participation, ParticipationState
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.asked import WHY
from tests.consult.speaking import a_comment, by, says, submits, voice
from tests.factories import a_society

pytestmark = pytest.mark.both_databases
SHORTER = Replace(lineage=lineage("p1"), texts={"en": "Needs come first."}, note="Shorter.")
GONE = Delete(lineage=lineage("p2"), note="Said above.")


@pytest.fixture
def other(app: Flask) -> Iterator[Session]:
    """Another person's session."""
    with app.extensions["sessions"]() as session:
        yield session


def in_work(session: Session) -> Draft:
    draft = begin_next(session, a_draft(session), act())
    change(session, draft, [SHORTER], act())
    session.commit()
    return draft


def publishes(other: Session, draft: Draft) -> None:
    publish_draft(other, other.get_one(Draft, draft.id), act())
    other.commit()


STEPS: dict[str, Callable[[Session, Draft], object]] = {
    "change": lambda session, draft: change(session, draft, [GONE], act()),
    "rewrite": lambda session, draft: rewrite_set(session, draft, [], act()),
    "take": lambda session, draft: take_all(session, draft, act()),
    "publish": lambda session, draft: publish_draft(session, draft, act()),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_draft_published_meanwhile_keeps_its_bytes(
    session: Session, other: Session, step: str
) -> None:
    draft = in_work(session)
    publishes(other, draft)

    with pytest.raises(Conflict, match="published"):
        STEPS[step](session, draft)
    session.rollback()

    session.expire_all()
    assert document_of(draft).digest == draft.digest


def test_a_change_made_meanwhile_is_not_lost(session: Session, other: Session) -> None:
    draft = in_work(session)
    change(other, other.get_one(Draft, draft.id), [GONE], act())
    other.commit()

    text = change(session, draft, [Delete(lineage=lineage("p3"), note="Said above.")], act())

    assert [block.lineage for block in text.blocks] == [lineage("h"), lineage("p1")]


def test_nothing_is_submitted_to_a_round_that_was_closed_meanwhile(
    session: Session, other: Session
) -> None:
    a_society(session)
    a_round(session, a_draft(session))
    says(session, a_comment())
    speaking = voice(session)
    session.commit()
    close_round(other, get_round(other, "round-1")[1], act())
    other.commit()

    with pytest.raises(Over):
        submit(session, speaking, in_progress(session, speaking), by())
    session.rollback()

    assert session.scalars(select(Contribution.state)).all() == [ContributionState.IN_PROGRESS]


def stands(session: Session) -> Participation:
    """Kenya's part in the round as the database has it."""
    part = voice(session).part
    session.refresh(part)
    return part


def test_nobody_declines_past_what_a_colleague_submitted_meanwhile(
    session: Session, other: Session
) -> None:
    a_society(session)
    a_round(session, a_draft(session))
    says(session, a_comment())
    speaking = voice(session)
    session.commit()
    submits(other)

    with pytest.raises(Conflict, match="submitted already"):
        decline(session, speaking, "No time.", now=now())
    session.rollback()

    assert stands(session).state is ParticipationState.SUBMITTED


def test_who_submits_past_a_colleagues_declining_has_not_declined(
    session: Session, other: Session
) -> None:
    a_society(session)
    a_round(session, a_draft(session))
    says(session, a_comment())
    speaking = voice(session)
    session.commit()
    decline(other, voice(other), "No time.", now=now())
    other.commit()

    submit(session, speaking, in_progress(session, speaking), by())
    session.commit()

    part = stands(session)
    assert part.state is ParticipationState.SUBMITTED
    assert (part.declined_at, part.decline_reason) == (None, "")


def test_who_begins_beside_a_colleagues_submitting_leaves_it_submitted(
    session: Session, other: Session
) -> None:
    a_society(session)
    a_round(session, a_draft(session))
    speaking = voice(session)
    session.commit()
    submits(other, a_comment())

    write(session, speaking, a_comment("One more."), by())
    session.commit()

    assert stands(session).state is ParticipationState.SUBMITTED


def test_what_was_returned_stays_so_in_a_round_that_was_closed_meanwhile(
    session: Session, other: Session
) -> None:
    a_society(session)
    a_round(session, a_draft(session))
    submits(session, a_comment())
    speaking = voice(session)
    one = session.scalars(select(Contribution)).one()
    session.commit()
    return_to_author(other, [one.id], WHY["en"], act())
    close_round(other, get_round(other, "round-1")[1], act())
    other.commit()

    with pytest.raises(Conflict):
        withdraw(session, speaking, one, by(), reason="")
