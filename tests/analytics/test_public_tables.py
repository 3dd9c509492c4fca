"""Figures of public questionnaires: none tells of fewer than five people, nor can be solved for."""

import csv
import json
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from analytics.frame import Answered
from analytics.measures import MEASURES, NotTabulated
from analytics.public_table import UNTABULATED, PublicTable, tabulate_public
from core.clock import now
from core.models import AuditEntry
from movement.models import Role
from surveys.definition import Question, QuestionKind
from surveys.public_models import PublicResponse, PublicResponseState
from tests.factories import browser_of, somebody
from tests.surveys.tiny import GIVEN, OF_EVERY_KIND, asking, only_if, question
from tests.surveys.visiting import a_public_form

COLOUR = OF_EVERY_KIND[QuestionKind.CHOOSE_ONE]
COLOURS = OF_EVERY_KIND[QuestionKind.CHOOSE_MANY]
URGENCY = OF_EVERY_KIND[QuestionKind.RATING]
RANKING = OF_EVERY_KIND[QuestionKind.RANKING]
CODES = [choice.code for choice in COLOUR.choices]


def given_to(asked: Question, *answers: Any) -> list[Answered]:
    shown = frozenset({asked.code})
    return [Answered("", None, {asked.code: one} if one else {}, shown) for one in answers]


def table(asked: Question, counts: dict[Any, int]) -> PublicTable:
    answers = [answer for answer, count in counts.items() for _turn in range(count)]
    return tabulate_public(asked, given_to(asked, *answers))


def shown(of: PublicTable) -> dict[Any, int | None]:
    return {row.values: row.n for row in of.rows}


def test_frequent_answers_stand_alone_and_rare_ones_together() -> None:
    found = table(COLOUR, {"red": 20, "green": 3, "blue": 2})

    assert found.n == 25
    assert shown(found) == {("red",): 20, ("green", "blue"): 5, ("other",): 0, ("none",): 0}


def test_a_single_rare_answer_takes_another_with_it() -> None:
    found = table(COLOUR, {"red": 20, "green": 9, "blue": 2})

    assert shown(found)["green", "blue"] == 11
    assert ("blue",) not in shown(found)


def test_four_answers_are_none() -> None:
    found = table(COLOUR, {"red": 4})

    assert found.n is None
    assert all(row.suppressed and row.n is None for row in found.rows)


def test_of_several_choices_a_row_hides_who_are_few_on_either_side() -> None:
    many = [["red", "blue"]] * 4 + [["red"]] * 5 + [["green"]] * 3
    found = tabulate_public(COLOURS, given_to(COLOURS, *many))

    by_code = {row.values[0]: row.n for row in found.rows}

    assert by_code == {"red": None, "green": None, "blue": None, "other": 0, "none": 0}


def test_a_mean_is_withheld_where_it_would_solve_its_rows() -> None:
    open_ = table(URGENCY, {1: 5, 5: 5}).rows[-1]
    merged = table(URGENCY, {1: 5, 5: 3}).rows[-1]

    assert (open_.mean, open_.n) == (3.0, 10)
    assert (merged.mean, merged.suppressed) == (None, True)


def test_a_conditional_question_does_not_tell_who_was_not_asked() -> None:
    asked = COLOUR.model_copy(update={"relevant": only_if("active", "yes")})
    answers = [Answered("", None, {"colour": "red"}, frozenset({"colour"}))] * 20
    others = [Answered("", None, {}, frozenset())] * 2

    assert tabulate_public(asked, answers + others).n is None
    assert tabulate_public(asked, answers).n == 20


@pytest.mark.parametrize("kind", sorted(MEASURES.keys() - UNTABULATED))
def test_before_anybody_answered_every_kind_has_an_empty_table(kind: QuestionKind) -> None:
    found = tabulate_public(OF_EVERY_KIND[kind], [])

    assert found.n == 0
    assert found.rows
    assert all(not row.n and not row.suppressed for row in found.rows)


@pytest.mark.parametrize("kind", sorted(UNTABULATED | {QuestionKind.NOTE, QuestionKind.CALCULATED}))
def test_texts_have_no_table(kind: QuestionKind) -> None:
    with pytest.raises(NotTabulated):
        tabulate_public(OF_EVERY_KIND[kind], [])


@given(st.dictionaries(st.sampled_from(CODES), st.integers(0, 12)))
def test_no_sum_or_difference_of_figures_tells_of_a_few(counts: dict[str, int]) -> None:
    found = table(COLOUR, counts)

    figures = [row.n for row in found.rows if not row.suppressed]

    assert all(n is None or n == 0 or n >= 5 for n in figures)
    if found.n is not None:
        assert sum(n or 0 for n in figures) == found.n
    else:
        assert figures == []


@given(st.lists(st.permutations([c.code for c in RANKING.choices]), min_size=5, max_size=25))
def test_no_ranking_can_be_solved_for_a_withheld_item(ranked: list[list[str]]) -> None:
    answers = [one[:3] for one in ranked]
    found = tabulate_public(RANKING, given_to(RANKING, *answers))
    truth = Counter(code for one in answers for code in one)

    hidden = [row.item for row in found.rows if row.suppressed]
    together = sum(truth[str(item)] for item in hidden)

    for row in found.rows:
        if not row.suppressed:
            assert row.n == truth[str(row.item)]
            assert not 0 < row.n < 5
            assert not 0 < len(ranked) - row.n < 5
    if 0 < len(hidden) < len(found.rows):
        assert len(hidden) > 1
        assert not 0 < together < 5


FORM = asking(COLOUR, question("name"))


@pytest.fixture
def answered(session: Session) -> None:
    form = a_public_form(session, FORM)
    for number in range(12):
        colour = "red" if number < 9 else {"choice": "other", "text": f"=Violet {number}"}
        session.add(
            PublicResponse(
                form_id=form.id, version_id=form.version_id, language="en", saved_on=now().date(),
                state=PublicResponseState.SUBMITTED, answers={"colour": colour, "name": "Amal"},
            )
        )  # fmt: skip
    session.commit()


def actions(session: Session) -> list[str]:
    session.rollback()
    return list(session.exec(select(AuditEntry.action).order_by(AuditEntry.id)))  # type: ignore[arg-type]  # an integer key


def test_staff_read_tables_texts_and_rows_and_the_trail_says_so(
    app: Flask, session: Session, answered: None
) -> None:
    browser = browser_of(app, session, somebody(session, Role.SECRETARIAT))

    results = browser.get("/public/voices/results").text
    texts = browser.get("/public/voices/texts").text
    rows = browser.get("/public/voices/answers.csv")

    assert "12 people answered." in results
    assert "Amal" not in results
    assert "Amal" in texts
    assert "=Violet 9" in texts
    assert rows.text.startswith("\ufefflanguage,source,colour,colour.other_text,name")
    assert "'=Violet 9" in rows.text
    assert str(now().date()) not in rows.text
    assert actions(session) == ["public.opened", "public.texts_seen", "public.exported"]


def test_staff_read_and_export_what_is_asked_several_times(app: Flask, session: Session) -> None:
    asked = OF_EVERY_KIND[QuestionKind.REPEAT]
    form = a_public_form(session, asking(asked))
    for stored in GIVEN[QuestionKind.REPEAT]:
        session.add(
            PublicResponse(
                form_id=form.id, version_id=form.version_id, language="en", saved_on=now().date(),
                state=PublicResponseState.SUBMITTED, answers={asked.code: stored},
            )
        )  # fmt: skip
    session.commit()
    browser = browser_of(app, session, somebody(session, Role.SECRETARIAT))

    texts = browser.get("/public/voices/texts").text
    rows = list(csv.DictReader(browser.get("/public/voices/answers.csv").text[1:].splitlines()))

    assert all(word in texts for word in ("Clinic", "School", "Violet"))
    (two,) = [row for row in rows if row["partners"] == "2"]
    assert two["partners[1].since"] == "2015"
    assert two["partners[2].languages.other_text"] == "Violet"
    assert two["partners[2].visits[1].visit"] == "2020-02-28"


def test_a_co_chair_reads_tables_only(app: Flask, session: Session, answered: None) -> None:
    browser = browser_of(app, session, somebody(session, Role.CO_CHAIR))

    statuses = {
        path: browser.get(f"/public/voices/{path}").status_code
        for path in ("results", "texts", "answers.csv", "import", "poster")
    }

    assert statuses == {
        "results": 200, "texts": 403, "answers.csv": 403, "import": 403, "poster": 403
    }  # fmt: skip
    assert "/public/voices/results" in browser.get("/results").text


def test_the_export_comes_back_as_a_batch(
    app: Flask, session: Session, answered: None, tmp_path: Any
) -> None:
    browser = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    path = tmp_path / "answers.csv"
    path.write_bytes(browser.get("/public/voices/answers.csv").data)

    done = app.test_cli_runner().invoke(args=["public", "import", "voices", str(path)])
    told = app.test_cli_runner().invoke(
        args=["public", "tabulate", "voices", "--question", "colour"]
    )

    assert json.loads(done.stdout)["added"] == 12
    rows = {tuple(row["values"]): row["n"] for row in json.loads(told.stdout)["rows"]}
    assert rows["red",] == 18
    assert rows["other",] == 6
