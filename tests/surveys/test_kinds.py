"""Every kind keeps the same contract: what is given is stored, shown again, and told in words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import Question, QuestionKind
from surveys.kinds import Raw, Unreadable, kind_of
from surveys.kinds.base import Kind
from tests.surveys.tiny import (
    FILE,
    GIVEN,
    GIVEN_TO_VARIANTS,
    LANGUAGES,
    OF_EVERY_KIND,
    VARIANTS,
)

EVERY = [*OF_EVERY_KIND.values(), *VARIANTS]
ANSWERS = [
    *((OF_EVERY_KIND[kind], value) for kind, values in GIVEN.items() for value in values),
    *GIVEN_TO_VARIANTS,
]
BY_FILE = [(asked, value) for asked, value in ANSWERS if not kind_of(asked).uploads]
IDS = [f"{q.code}-{json.dumps(value)}" for q, value in ANSWERS]
IDS_BY_FILE = [f"{q.code}-{json.dumps(value)}" for q, value in BY_FILE]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def name(asked: Question) -> str:
    return str(asked.code)


def test_every_kind_has_one_behaviour() -> None:
    assert set(Kind.KINDS) == set(QuestionKind)


def test_every_kind_has_a_name_of_its_own() -> None:
    titles = [kind.title.message for kind in Kind.KINDS.values()]

    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(("asked", "value"), BY_FILE, ids=IDS_BY_FILE)
def test_an_answer_given_as_json_is_stored_as_it_is(asked: Question, value: Any) -> None:
    stored = kind_of(asked).from_json(asked, value)

    assert stored == value
    assert type(stored) is type(value)


@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_what_a_page_shows_for_an_answer_is_read_as_the_same(asked: Question, value: Any) -> None:
    kind = kind_of(asked)

    raw = kind.to_raw(asked, value)

    assert kind.from_raw(asked, raw) == value
    assert kind.from_raw(asked, kind.taken(asked, lambda suffix: raw.get(suffix, []))) == value


@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_an_answer_fills_its_columns_one_by_one(asked: Question, value: Any) -> None:
    kind = kind_of(asked)
    columns = kind.columns(asked)

    cells = kind.to_cells(asked, value)

    assert len(cells) == len(columns) == len({column.name for column in columns})
    assert any(cell is not None for cell in cells)
    assert all(cell is None or isinstance(cell, str | int | float) for cell in cells)


@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_the_codes_an_answer_puts_in_cells_are_explained(asked: Question, value: Any) -> None:
    kind = kind_of(asked)

    for column, cell in zip(kind.columns(asked), kind.to_cells(asked, value), strict=True):
        codes = [code for code, words in kind.meanings(asked, column, "en") if words]
        assert not codes or cell is None or set(str(cell).split()) <= set(codes)


@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_expressions_see_an_answer_as_texts(asked: Question, value: Any) -> None:
    seen = kind_of(asked).value(asked, value)

    assert isinstance(seen, str) or all(isinstance(text, str) for text in seen)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("asked", "value"), ANSWERS, ids=IDS)
def test_an_answer_is_told_in_words_of_each_language(
    asked: Question, value: Any, language: str
) -> None:
    lines = kind_of(asked).summary(asked, value, language)

    assert lines
    assert all(line.value for line in lines)
    others = [other for other in LANGUAGES if other != language]
    assert not any(f"({other})" in line.value + line.label for line in lines for other in others)


@pytest.mark.parametrize("asked", EVERY, ids=name)
def test_nothing_given_is_no_answer_and_fills_its_columns_with_nothing(asked: Question) -> None:
    kind = kind_of(asked)

    assert kind.from_raw(asked, {}) is None
    assert kind.from_raw(asked, {suffix: [" "] for suffix in kind.suffixes(asked)}) is None
    assert kind.from_raw(asked, kind.to_raw(asked, None)) is None
    assert kind.to_cells(asked, None) == [None] * len(kind.columns(asked))


REFUSED: dict[QuestionKind, list[Any]] = {
    QuestionKind.SHORT_TEXT: [12, ["a"], None, "x" * 501, "a\x00b", "a\u202eb", "\ud800"],
    QuestionKind.LONG_TEXT: [True, {"text": "a"}, "x" * 20_001, "a\x00b"],
    QuestionKind.INTEGER: ["12", 12.0, 1.5, True, None, 10**15 + 1],
    QuestionKind.CHOOSE_ONE: [
        "violet", 1, ["red"], {"choice": "red", "text": "x"}, {"choice": "other"},
        {"choice": "other", "text": 3}, {"choice": "other", "text": "x", "more": 1},
        {"choice": "other", "text": "x" * 501}, {"choice": "other", "text": "\x00"},
    ],
    QuestionKind.CHOOSE_MANY: ["red", ["violet"], ["red", "red"], [1], [["red"]], {"red": True}],
    QuestionKind.RATING: ["4", 6, 0, 4.0, True, "perhaps", [4], None],
    QuestionKind.MATRIX: [{"water": "4"}, {"water": 6}, {"fire": 4}, {"water": None}, [4], 4],
    QuestionKind.RANKING: [["a", "a"], ["a", "z"], list("abcd"), "a", [1], {"a": 1}],
    QuestionKind.POINTS: [
        {"water": "40"}, {"water": -1}, {"water": 101}, {"water": 1.5}, {"fire": 100},
        {"water": True}, [100],
    ],
    QuestionKind.DATE: ["28/02/2020", "2020-2-8", "20200228", "2020-02-30", "", "2020-W09-5", 2020],
    QuestionKind.YES_NO: ["yes", 1, 0, None, "true"],
    QuestionKind.NOTE: ["read", True, None],
    QuestionKind.DECIMAL: ["1.5", True, None, 10**15 + 1, 10**400, float("nan"), float("inf")],
    QuestionKind.PERCENT: [-0.1, 100.5, "50", True, float("nan")],
    QuestionKind.MONEY: [
        12, {"amount": 12}, {"amount": "12", "currency": "CHF"}, {"amount": 1, "currency": "USD"},
        {"amount": 1, "currency": "CHF", "more": 1}, {"amount": True, "currency": "CHF"},
        {"amount": 1, "currency": ["CHF"]}, {"amount": float("nan"), "currency": "CHF"},
    ],
    QuestionKind.MONTH: ["2020", "2020-13", "2020-2", "02/2020", "0000-01", 202002, "2020-02-01"],
    QuestionKind.TIME: ["24:00", "14:60", "2:30", "14:30:00", "", 1430],
    QuestionKind.DATE_TIME: ["2020-02-28", "2020-02-30T14:30", "2020-02-28 14:30", "T", 2020,
                             "2020-02-28T14:30Z"],
    QuestionKind.ACKNOWLEDGE: [False, "OK", 1, None],
    QuestionKind.FILE: [FILE, "file.pdf", None],
    QuestionKind.CALCULATED: [1, "1", None],
    QuestionKind.REPEAT: [
        "x", {"partner": "x"}, ["x"], [{"unknown": 1}], [{"since": "2015"}], [{"id": "x",
        "answers": {}}], [{"id": "0a1b2c3d", "answers": {"partner": 1}}],
        [{"id": "0a1b2c3d", "answers": {}}, {"id": "0a1b2c3d", "answers": {}}],
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "value"),
    [(OF_EVERY_KIND[kind], value) for kind, values in REFUSED.items() for value in values],
    ids=lambda part: str(part.kind) if isinstance(part, Question) else None,
)
def test_json_of_another_shape_is_refused_with_a_sentence(asked: Question, value: Any) -> None:
    with pytest.raises(Unreadable) as refusal:
        kind_of(asked).from_json(asked, value)

    assert refusal.value.message.message.endswith(".")


@pytest.mark.parametrize("asked", EVERY, ids=name)
@given(value=JSON)
def test_no_json_does_more_harm_than_being_refused(asked: Question, value: Any) -> None:
    kind = kind_of(asked)
    try:
        stored = kind.from_json(asked, value)
    except Unreadable:
        return

    assert stored is None or kind.from_raw(asked, kind.to_raw(asked, stored)) == stored


INSIDE = ("/0a1b2c3d/partner", "/0a1b2c3d/since", "/0a1b2c3d/languages-other")


@pytest.mark.parametrize("asked", EVERY, ids=name)
@given(data=st.data())
def test_whatever_is_typed_is_an_answer_or_unreadable(asked: Question, data: st.DataObject) -> None:
    kind = kind_of(asked)
    words = st.text(max_size=20) | st.sampled_from(
        [
            "red",
            "other",
            "4",
            "a",
            "100",
            "yes",
            "-1",
            "1.234",
            "2,5",
            "2020",
            "02",
            "14:30",
            "CHF",
            "28/02/2020",
            "OK",
            "0a1b2c3d",
            "law",
        ]
    )
    typed: Raw = data.draw(
        st.dictionaries(
            st.sampled_from([*kind.suffixes(asked), *INSIDE, "-forged"]),
            st.lists(words, max_size=3),
        )
    )
    try:
        stored = kind.from_raw(asked, typed)
    except Unreadable:
        return

    assert stored is None or kind.from_raw(asked, kind.to_raw(asked, stored)) == stored
    assert stored is None or kind.uploads or kind.from_json(asked, stored) == stored
    assert stored is None or kind.summary(asked, stored, "en")


FORGED: dict[QuestionKind, Raw] = {
    QuestionKind.CHOOSE_ONE: {"": ["violet"]},
    QuestionKind.CHOOSE_MANY: {"": ["red", "violet"]},
    QuestionKind.RATING: {"": ["6"]},
    QuestionKind.MATRIX: {"-water": ["6"]},
    QuestionKind.RANKING: {"-1": ["z"]},
    QuestionKind.POINTS: {"-water": ["-5"]},
    QuestionKind.YES_NO: {"": ["perhaps"]},
    QuestionKind.MONEY: {"": ["5"], "-currency": ["QQQ"]},
    QuestionKind.ACKNOWLEDGE: {"": ["yes"]},
    QuestionKind.FILE: {"": ['{"id": "../../etc/passwd", "name": "x", "type": "x", "size": 1}']},
    QuestionKind.REPEAT: {"": ["0a1b2c3d"], "/0a1b2c3d/languages": ["violet"]},
}


@pytest.mark.parametrize("kind", FORGED, ids=str)
def test_a_forged_choice_is_never_an_answer(kind: QuestionKind) -> None:
    asked = OF_EVERY_KIND[kind]

    with pytest.raises(Unreadable):
        kind_of(asked).from_raw(asked, FORGED[kind])
