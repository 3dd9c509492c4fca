"""Choices copied from the directory when a questionnaire is published."""

from datetime import date

from flask import Flask
from sqlmodel import Session, select

from core.clock import now
from movement.models import Admission, Group, GroupKind
from surveys.definition import Directory, Question, QuestionKind, Questionnaire
from surveys.kinds import kind_of
from surveys.services.questionnaires import publish
from surveys.services.sources import filled
from tests.factories import a_society, the_federation
from tests.surveys.tiny import asking, question

ON = date(2026, 6, 1)


def taking(source: Directory, kind: QuestionKind = QuestionKind.CHOOSE_ONE) -> Question:
    return question(f"from_{source.value}", kind, source=source)


def names(form: Questionnaire, code: str, language: str) -> dict[str, str]:
    return {choice.code: choice.texts[language] for choice in form.anywhere[code].choices}


def test_countries_have_names_in_every_language(session: Session) -> None:
    form = filled(session, asking(taking(Directory.COUNTRIES)), on=ON)

    assert names(form, "from_countries", "en")["CI"] == "Côte d’Ivoire"
    assert names(form, "from_countries", "es")["DE"] == "Alemania"
    assert names(form, "from_countries", "ar")["KE"] == "كينيا"
    assert len(form.anywhere["from_countries"].choices) == 250


def test_a_list_goes_by_name_with_accents_among_the_others(session: Session) -> None:
    form = filled(session, asking(taking(Directory.COUNTRIES)), on=ON)

    codes = [choice.code for choice in form.anywhere["from_countries"].choices]
    assert codes.index("AF") < codes.index("AX") < codes.index("AL") < codes.index("ZW")


def test_national_societies_are_the_members_of_the_day(session: Session) -> None:
    a_society(session, "KEN")
    gone = a_society(session, "GHA")
    the_federation(session)
    session.flush()
    spell = session.exec(select(Admission).where(Admission.organisation_id == gone.id)).one()
    spell.until_date = date(2020, 1, 1)
    session.flush()

    form = filled(session, asking(taking(Directory.NATIONAL_SOCIETIES)), on=ON)

    (only,) = form.anywhere["from_national_societies"].choices
    assert (only.code, only.columns) == ("KEN", {"region": "africa"})


def test_networks_are_offered_and_other_bodies_not(session: Session) -> None:
    for code, kind in (("net", GroupKind.NETWORK), ("lab", GroupKind.RESEARCH)):
        session.add(Group(code=code, kind=kind, names={"en": code.title()}))
    session.flush()

    form = filled(session, asking(taking(Directory.NETWORKS)), on=ON)

    assert [choice.code for choice in form.anywhere["from_networks"].choices] == ["net"]


def test_a_list_stands_once_however_many_questions_take_it(session: Session) -> None:
    inner = taking(Directory.COUNTRIES, QuestionKind.CHOOSE_MANY)
    form = filled(
        session,
        asking(
            question("home", QuestionKind.CHOOSE_ONE, source=Directory.COUNTRIES),
            question("trips", QuestionKind.REPEAT, questions=(inner,)),
        ),
        on=ON,
    )

    stored = form.as_json()
    again = Questionnaire.model_validate(stored)

    assert list(stored["lists"]) == ["directory.countries"]
    assert "choices" not in stored["sections"][0]["questions"][0]
    assert again == form
    asked = again.anywhere["from_countries"]
    assert kind_of(asked).from_json(asked, ["KE"]) == ["KE"]


def test_publishing_copies_the_lists_and_doing_it_again_changes_nothing(
    app: Flask, session: Session
) -> None:
    form = asking(taking(Directory.COUNTRIES))

    first = publish(session, form, source="form.xlsx", now=now())
    second = publish(session, form, source="form.xlsx", now=now())

    assert "directory.countries" in first.version.definition["lists"]
    assert (first.created, second.created) == (True, False)


def test_a_questionnaire_without_such_questions_stays_as_it_is(session: Session) -> None:
    form = asking(question("name"))

    assert filled(session, form, on=ON) is form
