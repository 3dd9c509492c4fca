"""Steps at the same moment: one waits for the other, then sees what it did; none waits for ever."""

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from consult.changes.operations import Delete
from consult.models import Adoption, Agreement, CarryOver, ContributionState, Draft, Outcome
from consult.queries.adoption import seen, standings
from consult.queries.compiled import compiled
from consult.queries.consultations import drafts_of, get_consultation
from consult.services import submitting
from consult.services.admission import admit
from consult.services.adopting import Decision as Adopting
from consult.services.adopting import adopt, say
from consult.services.dispositions import Decision, decide, reopen
from consult.services.drafts import begin_next, change
from consult.services.matrix_reading import Read, Wanted, store
from consult.services.publishing import publish_draft
from core.clock import now
from core.errors import Conflict
from movement.models import Group, Organisation
from tests.consult.after import asked_and_agreed, half_agreed
from tests.consult.arranged import a_draft, act, consultation_of, lineage
from tests.consult.asked import WHY, Asked, a_society_asked, approved_of
from tests.consult.moments import IN_THE_MIDST, at_once
from tests.consult.said import said
from tests.consult.speaking import a_position, by, contributions_of, says, submits, voice
from tests.consult.visiting import rows
from tests.factories import a_society

pytestmark = pytest.mark.both_databases


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def next_of(session: Session, draft: Draft, without: str = "p3") -> Draft:
    """The draft after it, in work: with one paragraph less."""
    made = begin_next(session, draft, act())
    change(session, made, [Delete(lineage=lineage(without), note="Said above.")], act())
    return made


def test_what_is_admitted_while_a_draft_is_published_is_carried_over_to_it(
    app: Flask, asked: Asked
) -> None:
    draft = next_of(asked.session, asked.session.get_one(Draft, asked.one.draft_id))
    first, second = (asked.said(state=ContributionState.SUBMITTED) for _ in range(2))
    asked.session.commit()

    at_once(
        app,
        lambda mine: admit(mine, [first.id], act()),
        lambda theirs: publish_draft(theirs, theirs.get_one(Draft, draft.id), act()),
    )
    newest = asked.session.get_one(Draft, draft.id, populate_existing=True)
    later = next_of(asked.session, newest, "p2")
    asked.session.commit()
    at_once(
        app,
        lambda mine: publish_draft(mine, mine.get_one(Draft, later.id), act()),
        lambda theirs: (
            drafts_of(theirs, consultation_of(theirs, theirs.get_one(Draft, draft.id))),
            admit(theirs, [second.id], act()),
        ),
    )

    carried = {(one.contribution_id, one.draft_id) for one in rows(asked.session, CarryOver)}
    both = {draft.id, later.id}
    assert carried == {(one.id, where) for one in (first, second) for where in both}


@pytest.mark.parametrize("step", ["reopened", "carried"])
def test_what_is_pending_again_while_a_draft_is_published_is_carried_over_to_it(
    app: Flask, asked: Asked, step: str
) -> None:
    draft = next_of(asked.session, asked.session.get_one(Draft, asked.one.draft_id))
    one = asked.said()
    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    asked.session.commit()
    again = Decision(Outcome.CARRIED_OVER, WHY)

    at_once(
        app,
        lambda mine: (
            reopen(mine, one.id, act())
            if step == "reopened"
            else decide(mine, one.id, again, act())
        ),
        lambda theirs: publish_draft(theirs, theirs.get_one(Draft, draft.id), act()),
    )

    assert [each.draft_id for each in rows(asked.session, CarryOver)] == [draft.id]


def test_a_position_is_submitted_while_the_one_before_is_decided_on_as_a_duplicate(
    app: Flask, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    (before,) = contributions_of(asked.session, submits(asked.session, a_position()))
    admit(asked.session, [before.id], act())
    a_society(asked.session, "GHA")
    head = said(asked.session, asked.one, asked.society)
    says(asked.session, a_position(text="We can live with it."))
    duplicate, stuck = Decision(Outcome.DUPLICATE, WHY, head.id), list[Exception]()
    asked.session.rollback()

    def decides() -> None:
        with app.extensions["sessions"]() as theirs:
            try:
                decide(theirs, before.id, duplicate, act())
                theirs.commit()
            except OperationalError as error:
                stuck.append(error)

    officer, lock = Thread(target=decides), submitting.lock

    def lock_and_wait(*held: object) -> None:
        lock(*held)  # type: ignore[arg-type]  # passed on as they came
        officer.start()
        officer.join(IN_THE_MIDST)

    monkeypatch.setattr(submitting, "lock", lock_and_wait)
    with app.extensions["sessions"]() as mine:
        speaking = voice(mine)
        submitting.submit(mine, speaking, submitting.in_progress(mine, speaking), by())
        mine.commit()
    officer.join()

    assert stuck == []
    assert [one.outcome for one in approved_of(asked.session, before)] == [Outcome.DUPLICATE]


def test_an_objection_at_the_moment_of_adoption_is_seen_before_it(
    app: Flask, session: Session
) -> None:
    draft, group, ghana = half_agreed(session)
    session.commit()
    page = seen(draft, standings(session, draft, on=now().date()))
    adopting = Adopting("Council", now().date(), seen=page, silence=True)
    session.commit()

    def objects(mine: Session) -> None:
        member = mine.get_one(Organisation, ghana.id)
        text, asked = mine.get_one(Draft, draft.id), mine.get_one(Group, group.id)
        say(mine, text, asked, member, act(), consents=False, reason="Too weak.")

    refused = at_once(
        app,
        objects,
        lambda theirs: adopt(theirs, theirs.get_one(Draft, draft.id), adopting, act()),
    )

    assert [type(one) for one in refused] == [Conflict]
    assert rows(session, Adoption) == []
    assert sorted(one.reason for one in rows(session, Agreement)) == ["", "Too weak."]


def test_no_draft_is_adopted_or_spoken_on_while_the_next_one_is_published(
    app: Flask, session: Session
) -> None:
    draft, kenya = a_draft(session), a_society(session)
    asked_and_agreed(session, draft, kenya)
    newer = next_of(session, draft)
    session.commit()

    def adopts(theirs: Session) -> None:
        old = theirs.get_one(Draft, draft.id)
        drafts_of(theirs, consultation_of(theirs, old))  # as a page has read them
        adopt(theirs, old, Adopting("Council", now().date()), act())

    refused = at_once(
        app,
        lambda mine: publish_draft(mine, mine.get_one(Draft, newer.id), act()),
        adopts,
    )

    assert [type(one) for one in refused] == [Conflict]
    assert rows(session, Adoption) == []


def test_a_file_overwrites_nothing_that_is_decided_while_it_is_read(
    app: Flask, asked: Asked
) -> None:
    one, other = asked.said(), asked.said()
    asked.session.commit()
    with app.extensions["sessions"](writing=False) as reading:
        data = compiled(reading, get_consultation(reading, "strategy-text"), "en")
    wanted = [
        Wanted(f"row {each.number}", each, Decision(Outcome.NOTED, WHY)) for each in data.said
    ]
    result = Read()

    at_once(
        app,
        lambda mine: decide(mine, one.id, Decision(Outcome.ACCEPTED), act()),
        lambda theirs: store(theirs, wanted, result, act(), approved=True),
    )

    assert [(each.number, each.reason) for each in result.refused] == [(str(one.number), "stale")]
    assert result.stored == [other.number]
    assert [each.outcome for each in approved_of(asked.session, one)] == [Outcome.ACCEPTED]
