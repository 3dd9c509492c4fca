"""Translating in the browser: side by side, saved text by text, nothing overwritten or lost."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import Session

from core.clock import now
from movement.models import Role
from surveys.languages import State, states, texts_of
from surveys.models import Survey
from surveys.services import drafts
from surveys.translation import to_xlsx
from tests.factories import Browser, a_survey, browser_of, somebody
from tests.pages import Fields, form_with
from tests.surveys.drafted import document
from tests.surveys.translating import reworded, small

FAVOURITE = "question.00000000-0000-0000-0000-000000000001.text"
PAGE = "/surveys/tiny/draft/translate/fr"


class Author:
    label = "another@example.org"


@pytest.fixture
def survey(session: Session) -> Survey:
    survey = a_survey(session, small())
    drafts.start(session, survey, small(), now=now(), by=Author())
    session.commit()
    return survey


@pytest.fixture
def browser(app: Flask, session: Session, survey: Survey) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def said(session: Session, survey: Survey, language: str = "fr") -> dict[str, str]:
    texts = texts_of(document(session))
    return {text.key: text.texts[language] for text in texts if language in text.texts}


def elsewhere(session: Session, survey: Survey, key: str, text: str, language: str = "en") -> None:
    """Somebody else changes a text."""
    drafts.change(
        session, survey, lambda d: reworded(d, key, text, language),
        action="reword", now=now(), by=Author(),
    )  # fmt: skip
    session.commit()


def fields(browser: Browser, where: str = PAGE) -> Fields:
    return form_with(browser.get(where).text, "key-0").fields


def typed(shown: Fields, **texts: str) -> Fields:
    """The form with other translations, by key (dots written as _)."""
    numbers = {values[0].replace(".", "_"): n[4:] for n, values in shown.items() if n[:4] == "key-"}
    return shown | {f"text-{numbers[key]}": [text] for key, text in texts.items()}


def test_source_and_translation_stand_side_by_side_by_section(browser: Browser) -> None:
    page = browser.get(f"{PAGE}?part=colours").text

    assert "Your colour, ${name}?" in page
    assert 'lang="fr" dir="ltr"' in page
    assert "Votre couleur, ${name} ?" in page
    assert "Why we ask" not in page


def test_a_right_to_left_translation_is_typed_from_right_to_left(browser: Browser) -> None:
    page = browser.get("/surveys/tiny/draft/translate/ar").text

    assert 'lang="ar" dir="rtl"' in page


def test_saving_brings_in_what_was_typed_and_leads_to_the_next_part(
    browser: Browser, session: Session, survey: Survey
) -> None:
    answer = browser.send(PAGE, typed(fields(browser), introduction_1="Pourquoi"))

    assert answer.status_code == 303
    assert answer.location == f"{PAGE}?show=all&part=colours"
    assert said(session, survey)["introduction.1"] == "Pourquoi"


def test_at_the_end_saving_leads_to_the_languages(browser: Browser) -> None:
    answer = browser.send(PAGE, fields(browser, f"{PAGE}?part=colours"))

    assert answer.location == "/surveys/tiny/draft/languages"


def test_saving_nothing_new_is_no_step(browser: Browser, session: Session, survey: Survey) -> None:
    browser.send(PAGE, fields(browser))

    session.rollback()
    assert drafts.last_step(session, survey) is None


def test_a_translation_can_be_taken_away(
    browser: Browser, session: Session, survey: Survey
) -> None:
    browser.send(PAGE, typed(fields(browser), title=""))

    assert "title" not in said(session, survey)


def test_only_what_is_missing_is_shown_when_asked(browser: Browser) -> None:
    page = browser.get(f"{PAGE}?show=missing&part=colours").text

    assert "Another?" in page
    assert "Your colour" not in page


def test_after_the_last_missing_text_saving_goes_on_behind_it(browser: Browser) -> None:
    shown = fields(browser, f"{PAGE}?show=missing&part=")

    answer = browser.send(PAGE, typed(shown, introduction_1="Pourquoi"))

    assert answer.location == f"{PAGE}?show=missing&part=colours"


def test_a_stale_text_shows_what_changed_and_can_be_confirmed(
    browser: Browser, session: Session, survey: Survey
) -> None:
    elsewhere(session, survey, "title", "Tiny survey")

    page = browser.get(f"{PAGE}?show=stale").text
    shown = form_with(page, "key-0").fields
    browser.send(PAGE, shown | {"right-0": ["on"]})

    assert "Tiny<ins> survey</ins>" in page
    assert states(document(session), "fr")["title"] is State.CURRENT
    assert said(session, survey)["title"] == "Petit"


def test_two_translators_of_one_text_both_see_both_texts(
    browser: Browser, session: Session, survey: Survey
) -> None:
    mine = typed(fields(browser), title="Minuscule", introduction_1="Pourquoi")
    elsewhere(session, survey, "title", "Menu", "fr")

    answer = browser.send(PAGE, mine)

    assert answer.status_code == 409
    assert "Menu" in answer.text
    assert form_with(answer.text, "key-0").fields["text-0"] == ["Minuscule"]
    assert said(session, survey)["title"] == "Menu"
    assert said(session, survey)["introduction.1"] == "Pourquoi"

    again = browser.send(PAGE, form_with(answer.text, "key-0").fields)
    assert again.status_code == 303
    assert said(session, survey)["title"] == "Minuscule"


def test_a_source_reworded_meanwhile_is_shown_before_its_translation_comes_in(
    browser: Browser, session: Session, survey: Survey
) -> None:
    mine = typed(fields(browser), title="Minuscule")
    elsewhere(session, survey, "title", "Tiny survey")

    answer = browser.send(PAGE, mine)

    assert answer.status_code == 409
    assert "Tiny survey" in answer.text
    assert "Minuscule" in answer.text
    assert said(session, survey)["title"] == "Petit"


def test_what_was_typed_for_a_text_deleted_meanwhile_is_shown(
    browser: Browser, session: Session, survey: Survey
) -> None:
    mine = typed(fields(browser), introduction_1="Pourquoi nous demandons")
    drafts.change(
        session, survey, lambda d: d.model_copy(update={"introduction": ()}),
        action="delete", now=now(), by=Author(),
    )  # fmt: skip
    session.commit()

    answer = browser.send(PAGE, mine)

    assert answer.status_code == 400
    assert "Pourquoi nous demandons" in answer.text


def test_a_lost_inserted_answer_is_named_beside_its_box(
    browser: Browser, session: Session, survey: Survey
) -> None:
    shown = fields(browser, f"{PAGE}?part=colours")

    answer = browser.send(PAGE, typed(shown, **{FAVOURITE.replace(".", "_"): "Votre couleur ?"}))

    assert answer.status_code == 400
    assert 'href="#text-2"' in answer.text
    assert "It must hold ${name}" in answer.text
    assert "Votre couleur ?" in answer.text
    assert said(session, survey)[FAVOURITE] == "Votre couleur, ${name} ?"


@pytest.mark.parametrize("language", ["en", "de"])
def test_only_translations_of_the_draft_have_a_page(browser: Browser, language: str) -> None:
    assert browser.get(f"/surveys/tiny/draft/translate/{language}").status_code == 404


def test_languages_are_added_by_name_moved_and_removed(
    browser: Browser, session: Session, survey: Survey
) -> None:
    where = "/surveys/tiny/draft/languages"

    added = browser.send(where, {"language": "Dari"})
    browser.send(f"{where}/prs/earlier")
    browser.send(f"{where}/ar/remove")
    browser.send(f"{where}/prs/source")

    assert added.status_code == 303
    assert document(session).languages == ("prs", "en", "fr")


@pytest.mark.parametrize(("language", "status"), [("", 400), ("Nolanguage", 400), ("fr", 409)])
def test_a_language_that_cannot_be_added_is_kept_in_its_box(
    browser: Browser, language: str, status: int
) -> None:
    answer = browser.send("/surveys/tiny/draft/languages", {"language": language})

    assert answer.status_code == status
    assert f'value="{language}"' in answer.text
    assert "summary-of-errors" in answer.text


def test_files_go_out_and_changed_ones_come_back(
    browser: Browser, session: Session, survey: Survey
) -> None:
    sheet = browser.get("/surveys/tiny/draft/translations/fr.xlsx").data
    book = load_workbook(BytesIO(sheet))
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[0].value in ("introduction.1", "title"):
            row[3].value = f"Fichier {row[0].value}"
    out = BytesIO()
    book.save(out)
    elsewhere(session, survey, "title", "Menu", "fr")

    answer = browser.send(
        "/surveys/tiny/draft/translations",
        {"file": (BytesIO(out.getvalue()), "back.xlsx")}, content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 200
    assert "1 translation came in." in answer.text
    assert "Fichier title" in answer.text
    assert said(session, survey) | {
        "title": "Menu",
        "introduction.1": "Fichier introduction.1",
    } == (said(session, survey))


@pytest.mark.parametrize("name", ["all.xlsx", "fr.po", "ar.xlsx"])
def test_each_file_can_be_had(browser: Browser, name: str) -> None:
    answer = browser.get(f"/surveys/tiny/draft/translations/{name}")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "data", [b"", b"no file of ours", to_xlsx(small(languages=("en", "de")), ["de"])]
)
def test_a_file_that_is_no_use_is_refused_with_a_sentence(browser: Browser, data: bytes) -> None:
    answer = browser.send(
        "/surveys/tiny/draft/translations",
        {"file": (BytesIO(data), "back.xlsx")}, content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 400
    assert "summary-of-errors" in answer.text
