"""What the secretariat does with contributions: nothing is forgotten, nothing decided twice."""

from uuid import uuid4

import pytest
from sqlmodel import Session, col, func, select

from consult.models import (
    CodeKind,
    Consultation,
    Contribution,
    ContributionEvent,
    ContributionState,
    Disposition,
    DispositionState,
    Outcome,
)
from consult.queries.clusters import clusters_of
from consult.queries.codes import codes_of, sorted_under
from consult.queries.figures import figures_of_round
from consult.queries.similar import similar_to
from consult.services.admission import admit, return_to_author
from consult.services.assignment import assign
from consult.services.codes import Wanted, put_code, remove_code, sort_under
from consult.services.dispositions import (
    Decision,
    add_reason,
    approve,
    decide,
    dispose_all,
    propose,
    reopen,
    untranslated,
)
from consult.services.drafts import Act
from consult.services.duplicates import Circle
from consult.services.steps import DecidedElsewhere, stamp, standing_of
from core.errors import Conflict, DomainError, NotFound
from core.models import Mail
from movement.deadlines import closes_at
from movement.models import Role
from movement.services.messages import Office
from tests.consult.arranged import a_draft, a_round, act
from tests.consult.asked import WHY, Asked, a_society_asked, approved_of
from tests.consult.said import amends, said
from tests.factories import a_society, somebody

S = ContributionState


@pytest.fixture
def asked(session: Session) -> Asked:
    return a_society_asked(session)


def seen_of(session: Session, one: Contribution) -> str:
    return stamp(one, standing_of(session, [one.id])[one.id])


def steps_of(session: Session, one: Contribution) -> list[str]:
    chosen = select(ContributionEvent.act).where(ContributionEvent.contribution_id == one.id)
    return list(session.scalars(chosen.order_by(col(ContributionEvent.at))))


def test_what_was_submitted_is_admitted_and_admitting_again_changes_nothing(asked: Asked) -> None:
    one = asked.said(state=S.SUBMITTED)

    first = admit(asked.session, [one.id], act())
    second = admit(asked.session, [one.id], act())

    assert (first, second) == ([one], [])
    assert one.state is S.ADMITTED
    assert one.admitted_at is not None
    assert steps_of(asked.session, one) == ["admitted"]


def test_returning_needs_a_reason_and_tells_the_focal_points_without_the_content(
    asked: Asked,
) -> None:
    somebody(asked.session, Role.FOCAL_POINT, asked.society)
    one = asked.said(state=S.SUBMITTED, text="A confidential sentence.")
    with pytest.raises(DomainError):
        return_to_author(asked.session, [one.id], "  ", act())

    office = Office("Secretariat", "https://plenary.example.org")
    return_to_author(asked.session, [one.id], "Which paragraph?", act(), office=office)

    assert (one.state, one.return_reason) == (S.RETURNED, "Which paragraph?")
    mail = asked.session.scalars(select(Mail)).one()
    assert mail.to_address == "focal_point.ken@example.org"
    assert "confidential" not in mail.body
    assert "Which paragraph?" not in mail.body


def test_what_its_author_cannot_submit_again_is_not_returned(asked: Asked) -> None:
    one = asked.said(state=S.SUBMITTED)
    late = closes_at(asked.call.closes_on, asked.society.timezone)

    with pytest.raises(Conflict, match="extend the deadline"):
        return_to_author(asked.session, [one.id], "Which paragraph?", Act(late, "officer"))
    admit(asked.session, [one.id], Act(late, "officer"))

    assert one.state is S.ADMITTED


@pytest.mark.parametrize("state", [S.IN_PROGRESS, S.DROPPED, S.RETURNED, S.WITHDRAWN])
def test_only_what_awaits_admission_is_admitted_and_all_or_none(
    asked: Asked, state: ContributionState
) -> None:
    good, other = asked.said(state=S.SUBMITTED), asked.said(state=state)

    with pytest.raises(DecidedElsewhere):
        admit(asked.session, [good.id, other.id], act())

    assert (good.state, other.state) == (S.SUBMITTED, state)


def test_all_outcomes_but_accepted_need_a_reason(asked: Asked) -> None:
    one, head = asked.said(), asked.said()
    for outcome in set(Outcome) - {Outcome.ACCEPTED}:
        with pytest.raises(DomainError):
            propose(asked.session, one.id, Decision(outcome, {"en": " "}, head.id), act())

    made = decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())

    assert made.state is DispositionState.APPROVED


@pytest.mark.both_databases
def test_another_decision_replaces_the_first_which_stays_as_history(asked: Asked) -> None:
    one = asked.said()
    first = decide(asked.session, one.id, Decision(Outcome.NOTED, WHY), act())

    second = propose(asked.session, one.id, Decision(Outcome.PARTLY, WHY), act())
    assert approved_of(asked.session, one) == [first]
    approve(asked.session, one.id, act())

    assert approved_of(asked.session, one) == [second]
    assert first.state is DispositionState.REPLACED
    assert first.outcome is Outcome.NOTED
    assert steps_of(asked.session, one) == ["proposed", "approved", "proposed", "approved"]


def test_reopening_makes_it_pending_again(asked: Asked) -> None:
    one = asked.said()
    decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())

    reopen(asked.session, one.id, act(), why="The next paragraph changed.")

    assert figures_of_round(asked.session, asked.call.id).pending == 1
    with pytest.raises(Conflict):
        reopen(asked.session, one.id, act())


def test_who_decides_from_a_stale_page_is_told_and_overwrites_nothing(asked: Asked) -> None:
    one = asked.said()
    seen = seen_of(asked.session, one)
    first = decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act(), seen=seen)

    with pytest.raises(DecidedElsewhere):
        decide(asked.session, one.id, Decision(Outcome.NOTED, WHY), act(), seen=seen)

    assert approved_of(asked.session, one) == [first]


def test_a_reason_in_another_language_waits_to_be_translated(asked: Asked) -> None:
    one = asked.said(language="ar")
    made = decide(asked.session, one.id, Decision(Outcome.NOTED, WHY), act())
    assert untranslated(one, made)

    add_reason(asked.session, one.id, "ar", "قيل في موضع آخر.", act())

    assert not untranslated(one, made)
    assert made.reasons["en"] == WHY["en"]


def test_duplicates_form_no_circle_whether_proposed_or_approved(asked: Asked) -> None:
    a, b, c = asked.said(), asked.said(), asked.said()
    propose(asked.session, a.id, Decision(Outcome.DUPLICATE, WHY, b.id), act())
    decide(asked.session, b.id, Decision(Outcome.DUPLICATE, WHY, c.id), act())

    for head in (a, b, c):
        with pytest.raises(Circle):
            propose(asked.session, c.id, Decision(Outcome.DUPLICATE, WHY, head.id), act())


def test_a_duplicate_names_an_admitted_contribution_of_the_consultation(asked: Asked) -> None:
    one = asked.said()
    waiting = asked.said(state=S.SUBMITTED)
    a_society(asked.session, "UGA")
    asked.one.closed_at = act().now
    elsewhere, _call = a_round(asked.session, a_draft(asked.session, code="other"), code="other-1")
    foreign = said(asked.session, elsewhere, asked.society)
    asked.one.closed_at = None

    for head in (None, uuid4(), waiting.id, foreign.id):
        with pytest.raises(DomainError):
            propose(asked.session, one.id, Decision(Outcome.DUPLICATE, WHY, head), act())


def test_a_cluster_gathers_duplicates_of_duplicates_around_their_head(asked: Asked) -> None:
    head, near, far = asked.said(), asked.said(), asked.said()
    decide(asked.session, near.id, Decision(Outcome.DUPLICATE, WHY, head.id), act())
    propose(asked.session, far.id, Decision(Outcome.DUPLICATE, WHY, near.id), act())

    (cluster,) = clusters_of(asked.session, asked.call.id)

    assert cluster.head.contribution.id == head.id
    assert [line.contribution.id for line in cluster.duplicates] == [near.id, far.id]


def test_a_batch_is_decided_whole_or_not_at_all(asked: Asked) -> None:
    good, bad = asked.said(), asked.said(state=S.SUBMITTED)

    with pytest.raises(DecidedElsewhere):
        dispose_all(
            asked.session, [good.id, bad.id], Decision(Outcome.NOTED, WHY), act(), approved=True
        )
    asked.session.rollback()

    assert approved_of(asked.session, good) == []


def test_an_officer_is_somebody_of_the_secretariat(asked: Asked) -> None:
    officer = somebody(asked.session, Role.SECRETARIAT)
    other = somebody(asked.session, Role.FOCAL_POINT, asked.society)
    one = asked.said()

    assign(asked.session, [one.id], officer.id, act())
    with pytest.raises(DomainError):
        assign(asked.session, [one.id], other.id, act())

    assert one.officer_id == officer.id


def test_nobody_touches_what_a_society_has_not_submitted(asked: Asked) -> None:
    one = asked.said(state=S.IN_PROGRESS)
    officer = somebody(asked.session, Role.SECRETARIAT)

    with pytest.raises(DecidedElsewhere):
        decide(asked.session, one.id, Decision(Outcome.ACCEPTED), act())
    with pytest.raises(DomainError):
        assign(asked.session, [one.id], officer.id, act())
    with pytest.raises(NotFound):
        admit(asked.session, [uuid4()], act())


def test_contributions_are_sorted_under_codes_and_a_used_code_stays(asked: Asked) -> None:
    consultation = asked.session.get_one(Consultation, asked.one.consultation_id)
    put_code(asked.session, consultation, Wanted(CodeKind.THEME, "health", {"en": "Health"}), act())
    (code,) = codes_of(asked.session, consultation.id)
    one = asked.said()

    sort_under(asked.session, [one.id], act(), add=[code.id])

    assert [held.code for held in sorted_under(asked.session, [one.id])[one.id]] == ["health"]
    with pytest.raises(Conflict):
        remove_code(asked.session, consultation, code.id, act())
    sort_under(asked.session, [one.id], act(), remove=[code.id])
    remove_code(asked.session, consultation, code.id, act())
    assert codes_of(asked.session, consultation.id) == []


def test_similar_ones_are_found_by_their_words(asked: Asked) -> None:
    one = asked.said(text="Please name who is to provide the services.")
    near = asked.said(about="p2", text="Please name who has to provide these services.")
    asked.said(text="The title is too long.")
    asked.said(text="Please name who is to provide the services.", state=S.WITHDRAWN)
    amends(asked.session, asked.one, asked.society, "p1", "Please name who is to provide it.")

    found = similar_to(asked.session, one)

    assert [each.contribution.id for each in found] == [near.id]


def test_the_history_says_what_stood_before(asked: Asked) -> None:
    one = asked.said()
    decide(asked.session, one.id, Decision(Outcome.NOTED, WHY), act())

    reopen(asked.session, one.id, act(), why="A mistake.")

    event = asked.session.scalars(
        select(ContributionEvent).where(ContributionEvent.act == "reopened")
    ).one()
    assert event.note == "A mistake."
    assert event.before == {"approved": {"outcome": "noted", "reasons": WHY}}
    assert asked.session.scalar(select(func.count()).select_from(Disposition)) == 1
