"""Lists of choices as rows of the sheet choices."""

from collections.abc import Iterator

from surveys.definition import Choice, Questionnaire
from surveys.xlsform.lists import PLACEHOLDER
from surveys.xlsform.tongues import Cells, Tongues
from surveys.xlsform.written_questions import has_list, list_of

_SAID = {None: "", True: "yes", False: "no"}


def list_rows(questionnaire: Questionnaire, tongues: Tongues) -> Iterator[Cells]:
    """The choices of every list, those of questions that name none included."""
    for name, choices in _lists(questionnaire).items():
        for choice in choices or _placeholder(questionnaire):
            yield {
                **choice.columns,
                "list_name": name,
                "name": choice.code,
                **tongues.cells("label", choice.texts),
                "plenary_specify": _SAID[choice.asks_text],
                "plenary_alone": _SAID[choice.alone],
            }


def list_columns(questionnaire: Questionnaire, tongues: Tongues) -> list[str]:
    """The headings of the sheet, those of the form's own columns behind the known ones."""
    extra = [
        column
        for choices in _lists(questionnaire).values()
        for choice in choices
        for column in choice.columns
    ]
    ours = ["plenary_specify", "plenary_alone"]
    return ["list_name", "name", *tongues.columns("label"), *ours, *dict.fromkeys(extra)]


def _lists(questionnaire: Questionnaire) -> dict[str, tuple[Choice, ...]]:
    lists = dict(questionnaire.lists)
    for question in questionnaire.anywhere.values():
        if has_list(question):
            lists.setdefault(list_of(question), question.choices)
    return lists


def _placeholder(questionnaire: Questionnaire) -> tuple[Choice, ...]:
    """What stands in a list that is empty: forms must have a choice there."""
    texts = {questionnaire.languages[0]: "…"}
    return (Choice(code=PLACEHOLDER, texts=texts),)
