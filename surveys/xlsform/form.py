"""A whole form: its settings, its questionnaire, and everything found on the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.texts import lazy as _l
from surveys.definition import Questionnaire, Section, Texts
from surveys.xlsform.blocks import read_blocks
from surveys.xlsform.context import Context
from surveys.xlsform.guard import Refused
from surveys.xlsform.lists import COLUMNS as CHOICE_COLUMNS
from surveys.xlsform.lists import read_lists
from surveys.xlsform.problems import Findings, Problem, in_reading_order
from surveys.xlsform.references import check_references
from surveys.xlsform.rows import CHOICES, SETTINGS, SURVEY, Row, Sheets, read_sheets
from surveys.xlsform.sections import read_introduction, read_sections
from surveys.xlsform.texts import optional

USED = {
    SURVEY: frozenset(
        {
            "type", "name", "label", "hint", "required", "relevant", "constraint",
            "constraint_message", "appearance", "parameters",
            "plenary_kind", "plenary_top", "plenary_sum",
        }
    ),
    CHOICES: CHOICE_COLUMNS,
    SETTINGS: frozenset({"form_title", "form_id", "version", "default_language", "plenary_title"}),
}  # fmt: skip
NEEDED = {SURVEY: ("type", "name", "label"), CHOICES: ("list_name", "name", "label")}
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
                for section in self.sections
                for question in section.questions
            ],
            "warnings": [problem.as_data() for problem in self.warnings],
            "errors": [problem.as_data() for problem in self.errors],
        }


def read(data: bytes, *, code: str | None = None) -> Reading:
    """Read an XLSForm (.xlsx). `code`: the survey's, else the form's own id."""
    findings = Findings()
    try:
        sheets = read_sheets(data, findings)
    except Refused as refused:
        return Reading(None, errors=(Problem(refused.message),))
    _check_columns(sheets, findings)
    settings = sheets.first(SETTINGS)
    code = code or settings.get("form_id") or UNNAMED
    context = Context(code, sheets, read_lists(sheets, findings), findings)
    questionnaire = _questionnaire(settings, context)
    return Reading(
        questionnaire=None if findings.errors else questionnaire,
        languages=questionnaire.languages,
        sections=questionnaire.sections,
        errors=in_reading_order(findings.errors),
        warnings=in_reading_order(findings.warnings),
    )


def _questionnaire(settings: Row, context: Context) -> Questionnaire:
    title = _title(settings, context)
    blocks = read_blocks(context.sheets.rows[SURVEY], context.findings)
    questionnaire = Questionnaire(
        code=context.code,
        texts=title,
        languages=context.sheets.languages,
        introduction=read_introduction(blocks, context),
        sections=read_sections(blocks, title, context),
    )
    if not questionnaire.by_code:
        context.findings.error(Row(SURVEY, 2), "type", _l("The form asks no question."))
    check_references(questionnaire.by_code, context)
    _warn_of_unused_lists(context)
    return questionnaire


def _title(settings: Row, context: Context) -> Texts:
    """The title by language: form_title is the default language's, plenary_title the others'."""
    default = context.sheets.default_language
    title = settings.get("form_title")
    if not title:
        message = _l("The form has no title: its code stands in.")
        context.findings.warn(settings, "form_title", message)
    texts = {**settings.texts.get("plenary_title", {}), default: title or context.code}
    ordered = {
        language: texts[language] for language in context.sheets.languages if language in texts
    }
    named = Row(settings.sheet, settings.number, texts={"plenary_title": ordered})
    return optional(named, "plenary_title", context.sheets, context.findings)


def _check_columns(sheets: Sheets, findings: Findings) -> None:
    for sheet, columns in sheets.columns.items():
        present = {column.name for column in columns}
        for column in columns:
            if column.name not in USED[sheet]:
                findings.warn(Row(sheet, 1), column.header, _l("This column is not used."))
        for name in _missing(sheet, present, sheets):
            findings.error(Row(sheet, 1), name, _l("This column is missing."))


def _missing(sheet: str, present: set[str], sheets: Sheets) -> Iterable[str]:
    if sheet == CHOICES and not sheets.rows[CHOICES]:
        return ()
    return (name for name in NEEDED.get(sheet, ()) if name not in present)


def _warn_of_unused_lists(context: Context) -> None:
    for row in context.sheets.rows[CHOICES]:
        name = row.get("list_name")
        if name in context.lists and name not in context.used:
            context.used.add(name)
            message = _l("No question uses the list “%(list)s”.", list=name)
            context.findings.warn(row, "list_name", message)
