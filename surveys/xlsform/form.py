"""A whole form: its settings, its questionnaire, and everything found on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.texts import lazy as _l
from surveys.definition import Question, Questionnaire, Section
from surveys.xlsform.blocks import Survey, read_blocks
from surveys.xlsform.book import Book, open_book
from surveys.xlsform.columns import check_sheets
from surveys.xlsform.context import Context
from surveys.xlsform.expanding import add_others, expanded
from surveys.xlsform.guard import Refused
from surveys.xlsform.headers import CHOICES, SURVEY
from surveys.xlsform.judge import judge
from surveys.xlsform.lists import OWN, read_lists
from surveys.xlsform.mentions import settle_mentions
from surveys.xlsform.naming import give_codes
from surveys.xlsform.paths import settle_paths
from surveys.xlsform.problems import Findings, Place, Problem, in_reading_order
from surveys.xlsform.references import check_logic, stop_asking
from surveys.xlsform.rows import Row, Sheets, read_sheets
from surveys.xlsform.sections import read_introduction, read_sections
from surveys.xlsform.settings import kept_settings, read_title, settings_of

UNNAMED = "questionnaire"


@dataclass(frozen=True)
class Reading:
    """What a file says. `questionnaire` is None as soon as there is an error."""

    questionnaire: Questionnaire | None
    languages: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The reading as `flask surveys check` prints it."""
        return {
            "languages": list(self.languages),
            "sections": [section.code for section in self.sections],
            "questions": [
                {
                    "code": question.code,
                    "kind": question.kind.value,
                    "section": section.code,
                    "required": question.required,
                }
                for section, question in self._questions()
            ],
            "warnings": [problem.as_data() for problem in self.warnings],
            "errors": [problem.as_data() for problem in self.errors],
        }

    def _questions(self) -> Iterator[tuple[Section, Question]]:
        for section in self.sections:
            for question in section.questions:
                for inner in question.everything():
                    yield section, inner


def read(data: bytes, *, code: str | None = None) -> Reading:
    """Read an XLSForm (.xlsx or .xls). `code`: the survey's, else the form's own id."""
    findings = Findings()
    try:
        book = open_book(data)
        sheets = read_sheets(book, findings)
    except Refused as refused:
        return Reading(None, errors=(Problem(refused.message, *refused.place),))
    questionnaire = _read(book, sheets, code, findings)
    if not findings.errors:
        judge(book, findings)
    return Reading(
        questionnaire=None if findings.errors else questionnaire,
        languages=questionnaire.languages,
        sections=questionnaire.sections,
        errors=in_reading_order(findings.errors),
        warnings=in_reading_order(findings.warnings),
    )


def _read(book: Book, sheets: Sheets, code: str | None, findings: Findings) -> Questionnaire:
    check_sheets(book, sheets, findings)
    survey = read_blocks(sheets.rows[SURVEY], findings)
    settings = settings_of(sheets, survey.settings)
    code = code or settings.get("form_id") or UNNAMED
    context = _context(code, sheets, survey, findings)
    questionnaire = _questionnaire(settings, survey, context)
    if not questionnaire.by_code:
        findings.error(Place(SURVEY, 2), "type", _l("The form asks no question."))
    check_logic(questionnaire, context)
    _warn_of_unused_lists(context)
    return questionnaire


def _context(code: str, sheets: Sheets, survey: Survey, findings: Findings) -> Context:
    lists = read_lists(sheets, findings)
    add_others(survey.blocks, lists, sheets, findings)
    survey.blocks = expanded(survey.blocks, lists, sheets, findings)
    names = give_codes(survey.blocks, findings)
    settle_paths(survey.blocks, names)
    context = Context(code, sheets, lists, names, survey.metadata, findings)
    settle_mentions(survey.blocks, context)
    stop_asking(survey.blocks, context)
    return context


def _questionnaire(settings: Row, survey: Survey, context: Context) -> Questionnaire:
    sheets = context.sheets
    title = read_title(settings, context.code, sheets, context.findings)
    return Questionnaire(
        code=context.code,
        texts=title,
        languages=sheets.languages,
        language_names=dict(sheets.language_names),
        introduction=read_introduction(survey.blocks, context),
        sections=read_sections(survey.blocks, title, context),
        lists={name: found for name, found in context.lists.items() if not name.startswith(OWN)},
        form=kept_settings(settings, context.code),
    )


def _warn_of_unused_lists(context: Context) -> None:
    for row in context.sheets.rows[CHOICES]:
        name = row.get("list_name")
        if name in context.lists and name not in context.used:
            context.used.add(name)
            message = _l("No question uses the list “%(list)s”.", list=name)
            context.findings.warn(row, "list_name", message)
