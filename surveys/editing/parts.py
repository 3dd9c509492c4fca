"""Finding and replacing the parts of a questionnaire, inside repeats too."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from core.errors import NotFound
from core.texts import lazy as _l
from surveys.definition import Question, Questionnaire, Section

Holder = Section | Question
"""What questions stand in: a section, or a repeat."""
Make = Callable[[Question], Sequence[Question]]
H = TypeVar("H", Section, Question)


def rebuilt(document: Questionnaire, **changes: Any) -> Questionnaire:
    """The document with some of its fields replaced, checked anew as a whole.

    Its questions get the choices of the lists they name.
    """
    given = {name: getattr(document, name) for name in type(document).model_fields}
    changed = Questionnaire.model_construct(**{**given, **changes})
    return Questionnaire.model_validate(changed.as_json())


def get_section(document: Questionnaire, code: str) -> Section:
    """The section with this code; raises `NotFound`."""
    section = document.section(code)
    if section is None:
        raise NotFound(_l("This section isn't in the draft any more."))
    return section


def find_question(document: Questionnaire, uid: UUID) -> Question | None:
    """The question with this uid, wherever it stands, or None."""
    return next((q for q in document.anywhere.values() if q.uid == uid), None)


def get_question(document: Questionnaire, uid: UUID) -> Question:
    """The question with this uid, wherever it stands; raises `NotFound`."""
    question = find_question(document, uid)
    if question is None:
        raise NotFound(_l("This question isn't in the draft any more."))
    return question


def holder_of(document: Questionnaire, uid: UUID) -> Holder:
    """The section or repeat a question stands in directly; raises `NotFound`."""
    question = get_question(document, uid)
    repeats = document.repeats_of[question.code]
    if repeats:
        return document.anywhere[repeats[-1]]
    return get_section(document, document.section_of[question.code])


def taken_codes(document: Questionnaire) -> frozenset[str]:
    """Every code of a section, group or question: a new one must differ from them all."""
    holders: list[Holder] = [*document.sections, *document.anywhere.values()]
    groups = {group.code for holder in holders for group in holder.groups}
    return frozenset({s.code for s in document.sections} | groups | document.anywhere.keys())


def with_section(document: Questionnaire, code: str, section: Section) -> Questionnaire:
    """The document with this section in the place of the one with this code."""
    return rebuilt(
        document, sections=tuple(section if s.code == code else s for s in document.sections)
    )


def with_question(document: Questionnaire, uid: UUID, make: Make) -> Questionnaire:
    """The document with what `make` gives in the place of a question: none, itself, several."""
    get_question(document, uid)
    sections = tuple(_in_holder(section, uid, make) for section in document.sections)
    return rebuilt(document, sections=sections)


def with_questions(
    document: Questionnaire, holder: Holder, questions: Iterable[Question]
) -> Questionnaire:
    """The document with these questions in the section or repeat, in the place of its own."""
    held = holder.model_copy(update={"questions": tuple(questions)})
    if isinstance(held, Section):
        return with_section(document, held.code, held)
    return with_question(document, held.uid, lambda _question: [held])


def _in_holder(holder: H, uid: UUID, make: Make) -> H:
    questions: list[Question] = []
    for question in holder.questions:
        if question.uid == uid:
            questions.extend(make(question))
        else:
            questions.append(_in_holder(question, uid, make) if question.questions else question)
    return holder.model_copy(update={"questions": tuple(questions)})
