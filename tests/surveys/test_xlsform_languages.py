"""XLSForm: languages by code or by name, and texts in them."""

import pytest

from tests.surveys.test_xlsform_questions import questionnaire
from tests.surveys.xlsform_builder import row


def test_texts_come_by_language_the_default_first() -> None:
    texts = {"label::Français (fr)": "Pourquoi ?", "label::English (en)": "Why?"}
    form = questionnaire(
        row("text", "q", **texts, **{"hint::fr": "Un mot"}, **{"hint::English (en)": "A word"}),
        settings={"form_title": "Form", "form_id": "f", "default_language": "English (en)",
                  "plenary_title::Français (fr)": "Formulaire"},
    )  # fmt: skip

    asked = form.by_code["q"]
    assert form.languages == ("en", "fr")
    assert form.texts == {"en": "Form", "fr": "Formulaire"}
    assert asked.texts == {"en": "Why?", "fr": "Pourquoi ?"}
    assert asked.hints == {"fr": "Un mot", "en": "A word"}


@pytest.mark.parametrize(
    ("headings", "languages", "names"),
    [
        (["label"], ("en",), {}),
        (["label::French", "label::English"], ("fr", "en"), {"fr": "French", "en": "English"}),
        (["label::fr"], ("fr",), {}),
        (["label:Español", "label:العربية"], ("es", "ar"), {"es": "Español", "ar": "العربية"}),
        (["label", "label::French (fr)"], ("en", "fr"), {"fr": "French (fr)"}),
        (["label", "label::English"], ("x-default", "en"), {"en": "English"}),
        (["label::Coast dialect"], ("x-coast-dialect",), {"x-coast-dialect": "Coast dialect"}),
        (["label::Portuguese (pt-BR)"], ("pt-BR",), {"pt-BR": "Portuguese (pt-BR)"}),
    ],
)
def test_languages_are_known_by_code_or_name(
    headings: list[str], languages: tuple[str, ...], names: dict[str, str]
) -> None:
    form = questionnaire(
        {"type": "text", "name": "q", **dict.fromkeys(headings, "Text")}, settings={"form_id": "f"}
    )

    assert (form.languages, form.language_names) == (languages, names)
    assert set(form.by_code["q"].texts) == set(languages)
