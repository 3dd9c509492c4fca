"""The codebook: what each column of an export asks, and what its codes mean."""

from collections.abc import Iterator

from analytics.export import items
from analytics.export.contents import ABOUT, Contents
from core.texts import lazy as _l
from surveys.definition import text_in
from surveys.kinds import Cell, Column, kind_of

HEADINGS = (
    _l("Column"),
    _l("Question"),
    _l("Kind"),
    _l("Section"),
    _l("Codes"),
    _l("Answer required"),
    _l("Asked"),
    _l("Versions"),
    _l("Reworded in"),
)
SEPARATOR = " | "


def rows(contents: Contents) -> Iterator[list[Cell]]:
    """A row per column of the responses, in their order, in the export's language."""
    for name, words in ABOUT.items():
        yield [name, str(words), *[None] * (len(HEADINGS) - 2)]
    questionnaire, language = contents.wave.questionnaire, contents.language
    inside = items.tables(contents)
    if inside:
        for name, words in items.ABOUT.items():
            if name not in ABOUT:
                yield [name, str(words), None, None, None, None, None]
    for column in [*contents.columns, *(c for table in inside for c in table.columns)]:
        question = column.question
        section = questionnaire.section(questionnaire.section_of[question.code])
        yield [
            column.name,
            column.label(language),
            question.kind.value,
            text_in(section.texts, language) if section else None,
            codes(column, language),
            str(_l("yes")) if question.required else str(_l("no")),
            str(_l("if a condition holds")) if question.relevant else str(_l("of everybody")),
            _numbers(contents.wave.asked.stood.get(question.code, ())),
            _numbers(contents.wave.asked.reworded.get(question.code, ())),
        ]


def codes(column: Column, language: str) -> str | None:
    """What the codes in the column's cells mean: "code = wording", separated by bars."""
    named = kind_of(column.question).meanings(column.question, column, language)
    return SEPARATOR.join(f"{code} = {words}" for code, words in named) or None


def _numbers(versions: tuple[int, ...]) -> str | None:
    return ", ".join(str(number) for number in versions) or None
