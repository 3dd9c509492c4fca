"""After and beside submitting: approval, what staff record, withdrawing, writing anew."""

import pytest
from sqlmodel import Session

from consult.models import Contribution, ContributionState
from consult.queries.contributions import tally
from consult.services.contributions import write
from consult.services.rounds import Rules
from consult.services.submitting import (
    Unapproved,
    content_of,
    digest_of,
    in_progress,
    submit,
)
from consult.services.withdrawing import revise, withdraw
from core.clock import now
from core.errors import Conflict
from movement.models import Approval, Role, Verdict
from tests.consult.arranged import a_draft, a_round
from tests.consult.speaking import a_comment, a_position, by, contributions_of, says, submits, voice
from tests.factories import a_society, somebody

pytestmark = pytest.mark.both_databases
S = ContributionState


@pytest.fixture
def arranged(session: Session) -> None:
    """Kenya is asked about a draft."""
    a_society(session, "KEN")
    a_round(session, a_draft(session))


def test_where_a_round_asks_for_approval_it_is_for_exactly_these_words(session: Session) -> None:
    society = a_society(session)
    a_round(session, a_draft(session), Rules(approval_required=True))
    approver = somebody(session, Role.APPROVER, society)
    signer = somebody(session, Role.FOCAL_POINT, society)
    one = says(session, a_comment())
    chosen = in_progress(session, voice(session))
    with pytest.raises(Unapproved):
        submit(session, voice(session), chosen, by(person_id=signer.id))
    session.add(
        Approval(
            call_id=one.call_id, organisation_id=society.id, digest=digest_of(content_of(chosen)),
            asked_by_id=signer.id, asked_by=signer.email, asked_at=now(), verdict=Verdict.APPROVED,
            decided_by_id=approver.id, decided_by=approver.email, decided_at=now(),
        )
    )  # fmt: skip
    session.commit()

    with pytest.raises(Unapproved, match="another person"):
        submit(session, voice(session), chosen, by(person_id=approver.id))
    made = submit(session, voice(session), chosen, by(person_id=signer.id))
    assert made.approved_by == approver.email
    session.commit()

    says(session, a_comment("Something else."))
    with pytest.raises(Unapproved):
        submit(
            session, voice(session), in_progress(session, voice(session)), by(person_id=signer.id)
        )


def test_staff_record_what_was_signed_elsewhere(session: Session) -> None:
    a_society(session)
    a_round(session, a_draft(session), Rules(approval_required=True))
    staff = by("secretariat@example.org", on_behalf=True, note="A letter.")
    one = write(session, voice(session), a_comment(), staff)

    made = submit(session, voice(session), [one], staff)

    (kept,) = contributions_of(session, made)
    assert (kept.recorded_by, kept.source_note, kept.author_label) == (staff.label, "A letter.", "")


def test_a_withdrawn_contribution_keeps_its_number(session: Session, arranged: None) -> None:
    one, other = contributions_of(session, submits(session, a_comment(), a_position()))

    withdraw(session, voice(session), other, by(), reason="A mistake.")

    assert (one.number, other.number, other.state) == (1, 2, S.WITHDRAWN)
    figures = tally(session, one.call_id)
    assert figures == {
        "submitted": 2, "awaiting": 1, "admitted": 0, "returned": 0, "withdrawn": 1,
    }  # fmt: skip


def test_what_is_in_progress_is_dropped_not_withdrawn(session: Session, arranged: None) -> None:
    with pytest.raises(Conflict):
        withdraw(session, voice(session), says(session, a_comment()), by(), reason="")


def test_what_was_returned_is_written_anew_and_goes_in_under_its_number(
    session: Session, arranged: None
) -> None:
    one, _other = contributions_of(session, submits(session, a_comment("Old."), a_comment("2")))
    one.state = S.RETURNED
    session.commit()

    revision = revise(session, voice(session), one, by())
    write(session, voice(session), a_comment("New."), by(), one=revision)
    assert (one.text, one.state) == ("Old.", S.RETURNED)
    made = submit(session, voice(session), [revision], by())
    session.commit()

    (again,) = contributions_of(session, made)
    assert (again.id, again.number, again.text, again.state) == (one.id, 1, "New.", S.SUBMITTED)
    assert session.get(Contribution, revision.id) is None
    assert made.content == content_of([again])
