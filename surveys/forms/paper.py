"""A questionnaire's fields as they are printed: empty, numbered, and saying when to answer."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from surveys.completeness import Entered
from surveys.definition import Group, Question, Questionnaire, Section, Texts, text_in
from surveys.forms.answers import AnswerField, RepeatField, section_form
from surveys.forms.layout import Node
from surveys.in_words import Words

ROOM_FOR = 2
"""How many items of a repeat a sheet leaves room for; more go on a copy of it."""


def numbers(questionnaire: Questionnaire) -> dict[str, str]:
    """Each question's number on paper, such as 2.3: the section's, and its own within.

    Inside a repeat the repeat's own goes before: 2.3.1.
    """
    return {
        code: number
        for place, section in enumerate(questionnaire.sections, start=1)
        for code, number in _numbered(section.questions, str(place))
    }


def _numbered(questions: Sequence[Question], before: str) -> Iterator[tuple[str, str]]:
    asked = (question for question in questions if question.asks and not question.read_only)
    for place, question in enumerate(asked, start=1):
        yield question.code, f"{before}.{place}"
        yield from _numbered(question.questions, f"{before}.{place}")


def printed(
    questionnaire: Questionnaire, version_id: UUID, numbered: Mapping[str, str], language: str
) -> list[tuple[Section, list[Node]]]:
    """Each section with its fields in their groups, in order; nothing is hidden."""
    words = Words(questionnaire, numbered, language)
    nothing = Entered({}, {})
    sections = []
    for section in questionnaire.sections:
        form = section_form(
            questionnaire, version_id, section, nothing, formdata=None, rotation=0, edition=0
        )
        _leave_room(form.answer_fields)
        for field in form.every_field():
            field.hidden_now = field.follows = False
            field.number = numbered.get(field.question.code, "")
            field.question = _saying_when(field.question, words, language)
        form.section = _when_asked(form.section, words, language)
        sections.append((form.section, form.nodes))
    return sections


def _leave_room(fields: Sequence[AnswerField]) -> None:
    for field in fields:
        if isinstance(field, RepeatField):
            field.add_fresh(max(0, ROOM_FOR - len(field.rows)))
            for row in field.rows:
                _leave_room(row.fields)


def _saying_when(question: Question, words: Words, language: str) -> Question:
    """The question with its condition, in words, before its hint."""
    return question.model_copy(update={"hints": _hints(question, words, language)})


def _when_asked(section: Section, words: Words, language: str) -> Section:
    """The section with its condition and those of its groups, in words, before their hints."""
    groups = tuple(
        group.model_copy(update={"hints": _hints(group, words, language)})
        for group in section.groups
    )
    hints = _hints(section, words, language)
    return section.model_copy(update={"hints": hints, "groups": groups})


def _hints(asked: Question | Group | Section, words: Words, language: str) -> Texts:
    if asked.relevant is None:
        return asked.hints
    parts = (str(words.sentence(asked.relevant)), text_in(asked.hints, language))
    return {language: " ".join(filter(None, parts))}
