"""A questionnaire as an XLSForm: a workbook that pyxform accepts and that reads back the same.

`write` is the way in. Every cell is written as a text, never as a formula. Refuses to know who asks
for the file.
"""

from io import BytesIO
from typing import Any

from core.errors import DomainError
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.xlsform.blocks import INTRODUCTION
from surveys.xlsform.literals import apart
from surveys.xlsform.outline import free_name, outline
from surveys.xlsform.settings import KEPT
from surveys.xlsform.tongues import Cells, Tongues
from surveys.xlsform.written_lists import list_columns, list_rows
from surveys.xlsform.written_questions import rows_of

MAX_CELL = 32_767
_WIDTHS = {"type": 26, "name": 24, "list_name": 20}
_TEXT_WIDTH, _WIDTH = 48, 18
_SURVEY = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "read_only",
    "relevant", "constraint", "constraint_message", "calculation", "default", "choice_filter",
    "repeat_count", "appearance", "parameters", "plenary_kind", "plenary_top", "plenary_ties",
    "plenary_sum", "plenary_currencies", "plenary_max_bytes", "plenary_source", "plenary_warning",
    "plenary_warning_message",
)  # fmt: skip
_TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "required_message", "constraint_message",
     "plenary_warning_message"}
)  # fmt: skip


def write(questionnaire: Questionnaire) -> bytes:
    """The questionnaire as an .xlsx file.

    Reading it again under the questionnaire's code gives the same document, as long as its codes
    are unique among everything that stands side by side, as reading makes them. Raises DomainError
    where a text is longer than a cell can be.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  # heavy, and seldom needed

    tongues = Tongues.of(questionnaire)
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        survey = [*_introduction(questionnaire, tongues), *rows_of(outline(questionnaire), tongues)]
        always = ("type", "name", *tongues.columns("label"))  # they say which languages there are
        _fill(book.add_worksheet("survey"), _columns(tongues), survey, always, bold)
        choices = list(list_rows(questionnaire, tongues))
        always = ("list_name", "name")
        columns = list_columns(questionnaire, tongues)
        _fill(book.add_worksheet("choices"), columns, choices, always, bold)
        settings = _settings(questionnaire, tongues)
        _fill(book.add_worksheet("settings"), list(settings), [settings], (), bold)
    return file.getvalue()


def _columns(tongues: Tongues) -> list[str]:
    return [
        heading
        for name in _SURVEY
        for heading in (tongues.columns(name) if name in _TRANSLATED else [name])
    ]


def _introduction(questionnaire: Questionnaire, tongues: Tongues) -> list[Cells]:
    if not questionnaire.introduction:
        return []
    name = free_name(INTRODUCTION, questionnaire)
    notes: list[Cells] = [
        {
            "type": "note",
            "name": free_name(f"{name}_{number}", questionnaire),
            **tongues.cells("label", texts),
        }
        for number, texts in enumerate(questionnaire.introduction, start=1)
    ]
    opening = {"type": "begin_group", "name": name, "plenary_kind": INTRODUCTION}
    return [opening, *notes, {"type": "end_group"}]


def _settings(questionnaire: Questionnaire, tongues: Tongues) -> Cells:
    first, *others = questionnaire.languages
    texts, form = questionnaire.texts, questionnaire.form
    cells = {
        "form_title": apart(texts.get(first, "")),
        "form_id": form.get("form_id", questionnaire.code),
        "default_language": tongues.default,
        **{name: form.get(name, "") for name in KEPT},
        **tongues.cells(
            "plenary_title", {language: texts.get(language, "") for language in others}
        ),
    }
    return {name: cell for name, cell in cells.items() if cell}


def _fill(
    sheet: Any, columns: list[str], rows: list[Cells], always: tuple[str, ...], bold: Any
) -> None:
    """Write the rows below their headings; columns that hold nothing are left out."""
    used = {column for row in rows for column, cell in row.items() if cell} | set(always)
    shown = [column for column in columns if column in used]
    for place, column in enumerate(shown):
        sheet.write_string(0, place, column, bold)
        plain = _TEXT_WIDTH if column.partition("::")[0] in _TRANSLATED else _WIDTH
        sheet.set_column(place, place, _WIDTHS.get(column, plain))
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(shown):
            if cell := row.get(column):
                _check_length(cell, number + 1, column)
                sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)


def _check_length(cell: str, row: int, column: str) -> None:
    if len(cell) > MAX_CELL:
        message = _l(
            "Row %(row)s, %(column)s: a cell holds %(most)s characters at most. Shorten the text.",
            row=row,
            column=column,
            most=MAX_CELL,
        )
        raise DomainError(message)
