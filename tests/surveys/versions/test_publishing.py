"""Publishing a draft: what the page shows, refuses, records; reviews and the archive."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from core.errors import Conflict
from core.models import AuditEntry
from movement.models import Call
from surveys.definition import QuestionKind
from surveys.models import DraftState, QuestionnaireVersion, Survey, Wave
from surveys.services import drafts, reviewing
from surveys.services.publishing import NotReady, Stale, pending, publish_draft
from surveys.services.questionnaires import publish
from tests.factories import (
    Browser,
    held,
    save,
)
from tests.surveys.tiny import only_if, question, section, tiny
from tests.surveys.versions.publishing import FIRST, Publisher, author, ghana, second


def test_the_page_shows_each_change_with_the_answers_it_touches(
    app: Flask, session: Session, call: Call, publishing: Publisher, staff: Browser
) -> None:
    ghana(app, session, call)
    publishing.draft(second())
    session.commit()

    plan = pending(session, publishing.survey, now=now())
    page = staff.get("/surveys/tiny/publish").text

    held_by = {
        (one.change.what.value, one.change.code): (one.held.in_progress, one.held.submitted)
        for one in plan.changes
    }
    assert held_by == {
        ("new", "new"): (0, 0),
        ("deleted", "old"): (1, 1),
        ("reworded", "name"): (1, 1),
        ("choice_added", "colour"): (1, 1),
        ("choice_removed", "colour"): (1, 1),
    }
    assert "Answers stay stored and are exported." in page
    assert "1 response in progress goes over" in page


def test_a_stale_page_publishes_nothing(
    session: Session, publishing: Publisher, staff: Browser, path: str
) -> None:
    publishing.draft(second())
    shown = publishing.shown()
    publishing.draft(FIRST.model_copy(update={"texts": {"en": "Other"}}))
    session.commit()

    answer = staff.send("/surveys/tiny/publish", {"shown": shown})

    assert answer.status_code == 409
    assert "Look at it again, then publish." in answer.text
    assert len(session.exec(select(QuestionnaireVersion)).all()) == 1


def test_of_two_publishings_one_wins_and_the_other_is_told(
    session: Session, publishing: Publisher, staff: Browser
) -> None:
    publishing.draft(second())
    shown = publishing.shown()
    session.commit()

    first = staff.send("/surveys/tiny/publish", {"shown": shown})
    again = staff.send("/surveys/tiny/publish", {"shown": shown})

    assert (first.status_code, again.status_code) == (303, 409)
    assert "published or given up meanwhile" in again.text
    session.rollback()
    assert len(session.exec(select(QuestionnaireVersion)).all()) == 2


@pytest.mark.both_databases
def test_of_publishings_at_the_same_moment_one_makes_a_version(
    app: Flask, session: Session, publishing: Publisher
) -> None:
    publishing.draft(second())
    shown = publishing.shown()
    session.commit()

    def attempt(number: int) -> str:
        with app.extensions["sessions"]() as own:
            survey, by = own.exec(select(Survey)).one(), author(f"author-{number}")
            try:
                publish_draft(own, survey, shown=shown, decided={}, now=now(), by=by)
            except Stale:
                return "told"
            own.commit()
            return "published"

    with ThreadPoolExecutor(3) as pool:
        outcomes = sorted(pool.map(attempt, range(3)))

    assert outcomes == ["published", "told", "told"]
    assert len(session.exec(select(QuestionnaireVersion)).all()) == 2


def test_the_first_answer_a_change_touches_makes_the_page_stale(
    session: Session, browser: Browser, publishing: Publisher, path: str
) -> None:
    save(browser, path, "one", q_old="")
    publishing.draft(second())
    shown = publishing.shown()
    session.commit()
    save(browser, path, "one", q_old="Now it is answered")
    session.rollback()

    with pytest.raises(Stale):
        publish_draft(
            session, publishing.survey, shown=shown, decided={}, now=now(), by=publishing.by
        )


def test_a_code_never_changes_its_kind(session: Session, publishing: Publisher) -> None:
    one, two = FIRST.sections
    name = one.questions[0].model_copy(update={"kind": QuestionKind.INTEGER})
    changed = tiny(one.model_copy(update={"questions": (name, one.questions[1])}), two)

    with pytest.raises(NotReady):
        publishing.publish(changed)


def test_what_is_found_leads_to_where_it_is_mended(
    session: Session, publishing: Publisher, staff: Browser
) -> None:
    lost = question("lost", relevant=only_if("gone", "red"))
    bare = question("bare", QuestionKind.CHOOSE_ONE)
    late = question("late", relevant=only_if("last", "x"))
    publishing.draft(tiny(section("one", lost, bare, late, question("last")), section("two")))
    session.commit()

    page = staff.get("/surveys/tiny/publish").text

    for uid, field in ((lost.uid, "relevant"), (bare.uid, "choices"), (late.uid, "relevant")):
        place = f"/surveys/tiny/draft/questions/{uid}#at-{field}"
        path, _hash, anchor = place.partition("#")
        assert f'href="{place}"' in page
        assert f'id="{anchor}"' in staff.get(path).text
    assert 'href="/surveys/tiny/draft/sections/two/add"' in page
    assert "Publish version 2</button>" not in page


def test_what_publication_froze_leads_to_the_question_that_breaks_it(
    session: Session, publishing: Publisher, staff: Browser
) -> None:
    one, two = FIRST.sections
    renamed = one.questions[0].model_copy(update={"code": "renamed"})
    publishing.draft(tiny(one.model_copy(update={"questions": (renamed, one.questions[1])}), two))
    session.commit()

    page = staff.get("/surveys/tiny/publish").text

    assert f'href="/surveys/tiny/draft/questions/{renamed.uid}#at-code"' in page
    assert "It was published under another code." in page


def test_a_language_with_gaps_leads_to_its_translation(
    session: Session, publishing: Publisher, staff: Browser
) -> None:
    bare = question("bare").model_copy(update={"texts": {"en": "Bare"}})
    one, two = second().sections
    publishing.draft(tiny(one.model_copy(update={"questions": (*one.questions, bare)}), two))
    session.commit()

    page = staff.get("/surveys/tiny/publish").text

    (address,) = re.findall(r'href="([^"]+/fr)">Close these gaps', page)
    assert staff.get(address).status_code == 200


def test_a_language_with_gaps_needs_a_decision_which_is_recorded(
    session: Session, publishing: Publisher, staff: Browser
) -> None:
    bare = question("bare").model_copy(update={"texts": {"en": "Bare"}})
    one, two = second().sections
    publishing.draft(tiny(one.model_copy(update={"questions": (*one.questions, bare)}), two))
    sent: dict[str, Any] = {"shown": publishing.shown()}
    session.commit()

    refused = staff.send("/surveys/tiny/publish", {**sent, "why_fr": "Soon"})
    done = staff.send(
        "/surveys/tiny/publish", {**sent, "why_fr": "Soon", "why_es": "Late", "why_ar": "Late"}
    )

    assert refused.status_code == 422
    assert 'value="Soon"' in refused.text
    assert done.status_code == 303
    session.rollback()
    entry = session.exec(
        select(AuditEntry).where(AuditEntry.action == "questionnaire.publish")
    ).one()
    assert entry.details["decided"]["fr"] == {"why": "Soon", "missing": 1, "stale": 0}


def test_the_second_pair_of_eyes_is_somebody_elses(session: Session, publishing: Publisher) -> None:
    survey, moment = publishing.survey, now()
    reviewing.set_rule(session, survey, second_pair=True, now=moment, by=publishing.by)
    publishing.draft(second())
    with pytest.raises(NotReady):
        publish_draft(
            session, survey, shown=publishing.shown(), decided={}, now=moment, by=publishing.by
        )
    reviewing.ask(session, survey, edition=0, now=moment, by=publishing.by)
    decision: dict[str, Any] = {
        "approve": True, "edition": 0, "comments": {}, "note": "", "now": moment,
    }  # fmt: skip

    with pytest.raises(reviewing.OwnDraft):
        reviewing.decide(session, survey, by=publishing.by, **decision)
    reviewing.decide(session, survey, by=author("second"), **decision)

    assert drafts.get_draft(session, survey).state is DraftState.APPROVED
    publish_draft(
        session, survey, shown=publishing.shown(), decided={}, now=moment, by=publishing.by
    )


def test_a_draft_comes_back_with_comments_and_a_change_ends_its_approval(
    session: Session, publishing: Publisher, staff: Browser
) -> None:
    publishing.draft(second())
    session.commit()

    staff.send("/surveys/tiny/review/ask", {"edition": "0"})
    staff.send("/surveys/tiny/review", {"edition": "0", "about_name": "Too long", "then": "back"})

    session.rollback()
    assert drafts.get_draft(session, publishing.survey).state is DraftState.EDITING
    session.commit()
    assert "Too long" in staff.get("/surveys/tiny/publish").text
    stale = staff.send("/surveys/tiny/review/ask", {"edition": "7"})
    assert stale.status_code == 409


def test_a_wave_that_is_over_keeps_its_version(
    session: Session, call: Call, publishing: Publisher, path: str
) -> None:
    before = held(session, path).version_id
    session.get_one(Call, call.id).closes_on = (now() - timedelta(days=3)).date()

    publishing.publish(second())

    assert session.exec(select(Wave.version_id)).one() == before == held(session, path).version_id


def test_an_archived_survey_is_out_of_the_lists_readable_and_frozen(
    session: Session, call: Call, publishing: Publisher, staff: Browser
) -> None:
    early = staff.send("/surveys/tiny/archive")
    session.get_one(Call, call.id).closes_on = (now() - timedelta(days=3)).date()
    session.commit()

    done = staff.send("/surveys/tiny/archive")

    assert (early.status_code, done.status_code) == (409, 303)
    assert "/surveys/tiny" not in staff.get("/surveys").text
    assert "/surveys/tiny" in staff.get("/surveys?archived=1").text
    assert "/calls/spring" not in staff.get("/calls").text
    assert staff.get("/surveys/tiny").status_code == staff.get("/calls/spring").status_code == 200
    session.rollback()
    session.refresh(publishing.survey)
    with pytest.raises(Conflict):
        publishing.publish(second())
    session.rollback()
    assert staff.send("/surveys/tiny/archive", {"back": "1"}).status_code == 303
    session.rollback()
    assert session.exec(select(Survey.archived_at)).one() is None


def test_a_wave_that_asks_an_older_version_is_shown_all_that_changes_for_it(
    session: Session, publishing: Publisher, path: str
) -> None:
    publish(session, second(), source="form.xlsx", now=now(), label="command line")
    publishing.draft(second().model_copy(update={"texts": {"en": "Other"}}))

    plan = pending(session, publishing.survey, now=now())

    assert (plan.since, plan.number) == (1, 3)
    assert ("deleted", "old") in {(c.change.what.value, c.change.code) for c in plan.changes}
    assert held(session, path).known_id is None
