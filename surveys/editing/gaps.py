"""What a draft still lacks, beside what its logic has wrong (`surveys.checks`)."""

from collections.abc import Iterator

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.checks import Finding, Severity, Sort, findings
from surveys.definition import Question, QuestionKind, Questionnaire, text_in
from surveys.editing.beginnings import CHOOSING, ITEMISED


def all_findings(document: Questionnaire) -> list[Finding]:
    """Everything to look at before publishing: gaps first, then the logic's errors and doubts."""
    return [*_gaps(document), *findings(document)]


def _gaps(document: Questionnaire) -> Iterator[Finding]:
    if not document.sections:
        message = _l("There is no section yet.")
        yield Finding("", "sections", Severity.ERROR, message, Sort.SECTION)
    for section in document.sections:
        if not section.questions:
            message = _l("This section asks nothing yet.")
            yield Finding(section.code, "questions", Severity.ERROR, message, Sort.SECTION)
    source = document.languages[0]
    for question in document.anywhere.values():
        for field, message in _missing(question, source):
            yield Finding(question.code, field, Severity.ERROR, message)
        if question.kind in CHOOSING and len(question.choices) == 1:
            message = _l("There is only one choice.")
            yield Finding(question.code, "choices", Severity.WARNING, message)


def _missing(question: Question, source: str) -> Iterator[tuple[str, Lazy]]:
    if question.kind is not QuestionKind.CALCULATED and not text_in(question.texts, source):
        yield "texts", _l("The question has no text.")
    if question.kind in CHOOSING and question.source is None and not question.choices:
        yield "choices", _l("Give at least two choices.")
    if question.kind in ITEMISED and not question.items:
        yield "items", _l("Give at least one row.")
    if question.kind is QuestionKind.CALCULATED and question.calculation is None:
        yield "calculation", _l("Write what is calculated.")
    if question.kind is QuestionKind.REPEAT and not question.questions:
        yield "questions", _l("Nothing is asked each time yet.")
