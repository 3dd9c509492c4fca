"""Those of one organisation and its partners at the same moment: no step undoes another."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import Contribution, ContributionSubmission
from consult.services.contributions import write
from consult.services.submitting import in_progress, shown_as, submit
from core.errors import Conflict
from movement.models import Organisation
from tests.consult.arranged import a_draft, a_round
from tests.consult.moments import at_once
from tests.consult.speaking import a_comment, by, says, voice
from tests.consult.visiting import rows
from tests.factories import a_society

pytestmark = pytest.mark.both_databases


@pytest.fixture
def kenya(session: Session) -> Organisation:
    """Kenya, which is asked about a draft together with Ghana."""
    kenya = a_society(session)
    a_society(session, "GHA")
    a_round(session, a_draft(session))
    return kenya


def test_words_that_a_colleague_saves_while_they_are_submitted_wait_to_be_read(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    one = says(session, a_comment("Words that were read."))
    seen = [shown_as(one)]
    session.rollback()

    def saves(mine: Session) -> None:
        row = mine.get_one(Contribution, one.id)
        write(mine, voice(mine), a_comment("Words nobody saw."), by("colleague"), one=row)

    def submits_what_was_read(theirs: Session) -> None:
        speaking = voice(theirs)
        submit(theirs, speaking, in_progress(theirs, speaking), by(), seen=seen)

    refused = at_once(app, saves, submits_what_was_read)

    assert [type(each) for each in refused] == [Conflict]
    assert rows(session, ContributionSubmission) == []
