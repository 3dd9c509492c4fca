"""The questionnaire of the early-2020 wave: complete, in four languages, and an XLSForm."""

import re

import pytest
from pyxform.xls2xform import convert

from surveys.definition import QuestionKind
from tests.surveys.migration_sheet import LANGUAGES, WORKBOOK, Row, choice_codes, questions, rows

SHEETS = ("survey", "choices")
TRANSLATED = ("label", "hint", "constraint_message")
EMBLEM_WORDS = {
    "English (en)": ("red cross", "red crescent", "emblem"),
    "Français (fr)": ("croix-rouge", "croissant-rouge", "emblème"),
    "Español (es)": ("cruz roja", "media luna", "emblema"),
    "العربية (ar)": ("الصليب", "الهلال", "شارة"),
}
EMBLEM_SIGNS = "✚✙✛✜☪☽☾➕\U0001f7a5\U0001f319\U0001fa78✡"


def texts(language: str) -> list[str]:
    """Every text of one language, on every sheet; the title in its own columns."""
    return [
        str(value)
        for sheet in ("survey", "choices", "settings")
        for row in rows(sheet)
        for heading, value in row.items()
        if heading.endswith(f"::{language}")
    ]


def question_rows() -> list[Row]:
    return [row for row in rows("survey") if row["type"] != "end_group"]


def test_pyxform_converts_the_workbook_without_a_warning() -> None:
    converted = convert(WORKBOOK)

    assert "<h:title>Migration: the perspectives of National Societies</h:title>" in converted.xform
    assert converted.warnings == []


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("column", TRANSLATED)
def test_a_text_in_one_language_is_in_all_four(sheet: str, column: str) -> None:
    columns = {f"{column}::{language}" for language in LANGUAGES}

    partial = [row for row in rows(sheet) if 0 < len(columns & row.keys()) < len(columns)]

    assert partial == []


def test_everything_that_is_read_has_a_label_in_every_language() -> None:
    labels = {f"label::{language}" for language in LANGUAGES}

    unlabelled = [row for row in question_rows() + rows("choices") if not labels <= row.keys()]

    assert unlabelled == []


def test_the_title_is_in_every_language() -> None:
    (settings,) = rows("settings")

    assert settings["form_id"] == "migration"
    assert settings["default_language"] == LANGUAGES[0]
    assert all(settings[f"plenary_title::{language}"] for language in LANGUAGES[1:])


def test_every_constraint_says_what_is_wrong() -> None:
    constrained = [row for row in rows("survey") if "constraint" in row]

    assert constrained
    assert all("constraint_message::English (en)" in row for row in constrained)


def test_arabic_texts_are_written_in_arabic_letters() -> None:
    arabic = texts("العربية (ar)")

    assert all(re.search("[\u0621-\u064a]", text) for text in arabic)
    assert [text for text in arabic if re.search("[A-Za-z?,;]", text)] == []


def test_no_language_repeats_the_english_beyond_the_words_they_share() -> None:
    pairs = {
        (row[f"label::{LANGUAGES[0]}"], row[f"label::{language}"])
        for row in question_rows() + rows("choices")
        for language in LANGUAGES[1:]
    }

    assert {english for english, other in pairs if english == other} == {"No", "Important"}


def test_french_signs_stand_after_a_no_break_space() -> None:
    wrong = [text for text in texts("Français (fr)") if re.search("[^\u00a0][:;?!]", text)]

    assert wrong == []


def test_texts_have_no_stray_spaces() -> None:
    everything = [text for language in LANGUAGES for text in texts(language)]

    assert [text for text in everything if text != text.strip() or "  " in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_or_draws_an_emblem(language: str) -> None:
    everything = "\n".join(texts(language)).lower()

    assert [word for word in EMBLEM_WORDS[language] if word in everything] == []
    assert not set(EMBLEM_SIGNS) & set(everything)


def test_the_six_sections_follow_an_introduction() -> None:
    depth, top = 0, []
    for row in rows("survey"):
        if row["type"] == "begin_group":
            top += [row["name"]] if depth == 0 else []
        depth += {"begin_group": 1, "end_group": -1}.get(row["type"], 0)

    assert depth == 0
    assert top == [
        "introduction",
        "society",
        "priorities",
        "challenges",
        "investments",
        "taking_part",
        "comments",
    ]


def test_the_introduction_is_made_of_notes_alone() -> None:
    start, *others = rows("survey")

    introduction = others[: [row["type"] for row in others].index("end_group")]

    assert start["plenary_kind"] == "introduction"
    assert [row["type"] for row in introduction] == ["note"] * 3


def test_the_kinds_it_needs_occur_and_no_others() -> None:
    assert {asked.kind for asked in questions().values()} == {
        QuestionKind.SHORT_TEXT,
        QuestionKind.LONG_TEXT,
        QuestionKind.INTEGER,
        QuestionKind.DATE,
        QuestionKind.YES_NO,
        QuestionKind.CHOOSE_ONE,
        QuestionKind.CHOOSE_MANY,
        QuestionKind.RATING,
        QuestionKind.MATRIX,
        QuestionKind.RANKING,
        QuestionKind.POINTS,
        QuestionKind.NOTE,
    }


def test_twenty_four_questions_are_asked() -> None:
    assert sum(asked.kind != QuestionKind.NOTE for asked in questions().values()) == 24


@pytest.mark.parametrize(
    ("code", "kind", "among"),
    [
        ("priorities_importance", QuestionKind.MATRIX, {"conflict_violence", "climate_change"}),
        ("priorities_top", QuestionKind.RANKING, {"conflict_violence", "climate_change"}),
        ("challenges_importance", QuestionKind.MATRIX, {"access_services"}),
        ("challenges_top", QuestionKind.RANKING, {"access_services"}),
        ("invest_points", QuestionKind.POINTS, {"movement_strategy"}),
    ],
)
def test_the_core_questions_are_required_and_offer_what_was_published(
    code: str, kind: QuestionKind, among: set[str]
) -> None:
    asked = questions()[code]

    assert asked.kind == kind
    assert asked.row["required"] == "yes"
    assert among <= {*asked.items, *asked.choices}


@pytest.mark.parametrize("name", ["priorities", "challenges"])
def test_the_ranking_offers_exactly_what_the_matrix_rates(name: str) -> None:
    matrix, ranking = questions()[f"{name}_importance"], questions()[f"{name}_top"]

    assert list(ranking.choices) == matrix.items
    assert ranking.row["plenary_top"] == 3
    assert ranking.row["parameters"] == "randomize=true"


def test_points_sum_to_one_hundred() -> None:
    assert questions()["invest_points"].row["plenary_sum"] == 100


@pytest.mark.parametrize("scale", ["importance", "significance", "preparedness"])
def test_scales_run_from_one_to_five_and_are_never_rotated(scale: str) -> None:
    using = [row for row in rows("survey") if row["type"].endswith(f" {scale}")]

    assert choice_codes(scale) == ("1", "2", "3", "4", "5", "dont_know")
    assert using
    assert not any("parameters" in row for row in using)


def test_other_and_none_stand_last_in_their_lists() -> None:
    lists = {row["list_name"] for row in rows("choices")}

    ends = {
        name: choice_codes(name)[-1] for name in lists if {"other", "none"} & {*choice_codes(name)}
    }

    assert ends == {
        "activities": "other",
        "groups": "none",
        "contributions": "other",
        "languages": "other",
        "functions": "other",
    }


def test_codes_are_unique_and_conditions_name_only_earlier_questions() -> None:
    asked = questions()
    order = list(asked)

    for place, question in enumerate(asked.values()):
        condition = f"{question.row.get('relevant', '')} {question.row.get('constraint', '')}"
        assert set(re.findall(r"\$\{(\w+)\}", condition)) <= set(order[:place])
    names = [row["name"] for row in question_rows()]
    inside = [item for question in asked.values() for item in question.items]
    assert len(names) == len(set(names) - set(inside)) + len(inside)
