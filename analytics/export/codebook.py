"""The codebook: what each column of an export asks, and what its codes mean."""

from collections.abc import Iterator

from analytics.export.contents import ABOUT, Contents
from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind, text_in
from surveys.kinds import Cell

HEADINGS = (
    _l("Column"),
    _l("Question"),
    _l("Kind"),
    _l("Section"),
    _l("Codes"),
    _l("Answer required"),
    _l("Asked"),
)
SEPARATOR = " | "


def rows(contents: Contents) -> Iterator[list[Cell]]:
    """A row per column of the responses, in their order, in the export's language."""
    for name, words in ABOUT.items():
        yield [name, str(words), None, None, None, None, None]
    questionnaire, language = contents.wave.questionnaire, contents.language
    for column in contents.columns:
        question = column.question
        section = questionnaire.section(questionnaire.section_of[question.code])
        yield [
            column.name,
            column.label(language),
            question.kind.value,
            text_in(section.texts, language) if section else None,
            codes(question, language),
            str(_l("yes")) if question.required else str(_l("no")),
            str(_l("if a condition holds")) if question.relevant else str(_l("of everybody")),
        ]


def codes(question: Question, language: str) -> str | None:
    """What the codes in the question's cells mean: "code = wording", separated by bars."""
    if question.kind is QuestionKind.YES_NO:
        return _pairs(("yes", str(_l("Yes"))), ("no", str(_l("No"))))
    if question.kind is QuestionKind.CHOOSE_MANY:
        return _pairs(("1", str(_l("chosen"))), ("0", str(_l("not chosen"))))
    return _pairs(*((c.code, text_in(c.texts, language)) for c in question.choices)) or None


def _pairs(*named: tuple[str, str]) -> str:
    return SEPARATOR.join(f"{code} = {words}" for code, words in named)
