"""A questionnaire's fields as they are printed: empty, numbered, and saying when to answer."""

from collections.abc import Mapping
from uuid import UUID

from surveys.completeness import Entered
from surveys.definition import Question, Questionnaire, Section, text_in
from surveys.forms.answers import AnswerField, section_form
from surveys.in_words import Words


def numbers(questionnaire: Questionnaire) -> dict[str, str]:
    """Each question's number on paper, such as 2.3: the section's, and its own within."""
    return {
        question.code: f"{place}.{number}"
        for place, section in enumerate(questionnaire.sections, start=1)
        for number, question in enumerate((q for q in section.questions if q.asks), start=1)
    }


def printed(
    questionnaire: Questionnaire, version_id: UUID, numbered: Mapping[str, str], language: str
) -> list[tuple[Section, list[AnswerField]]]:
    """Each section with its fields, in the order of the questionnaire; nothing is hidden."""
    words = Words(questionnaire, numbered, language)
    nothing = Entered({}, {})
    sections = []
    for section in questionnaire.sections:
        form = section_form(
            questionnaire, version_id, section, nothing, formdata=None, rotation=0, edition=0
        )
        for field in form.answer_fields:
            field.hidden_now = field.follows = False
            field.question = _saying_when(field.question, words, language)
        sections.append((section, form.answer_fields))
    return sections


def _saying_when(question: Question, words: Words, language: str) -> Question:
    """The question with its condition, in words, before its hint."""
    if question.relevant is None:
        return question
    parts = (str(words.sentence(question.relevant)), text_in(question.hints, language))
    return question.model_copy(update={"hints": {language: " ".join(filter(None, parts))}})
