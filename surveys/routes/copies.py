"""An organisation's answers in words, and its own copy of them as a spreadsheet."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter
from flask import Blueprint, Flask, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.db import get_session
from core.i18n import current_language, is_right_to_left
from surveys import policy
from surveys.completeness import counted
from surveys.definition import Question, Section, text_in
from surveys.forms.live import said, section_said
from surveys.kinds import Line
from surveys.logic import worked_out
from surveys.queries import responses as queries
from surveys.routes.visit import Visit, visit

blueprint = Blueprint("copies", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Answered = tuple[Question, list[Line] | None]


def answers_in_words(
    here: Visit, answers: Mapping[str, Any]
) -> list[tuple[Section, list[Answered]]]:
    """Each section with its asked questions and their answers' lines (None: not answered)."""
    given = counted(here.questionnaire, answers, now=here.moment)
    top = worked_out(here.questionnaire, answers, final=True, now=here.moment).top

    def lines(question: Question) -> list[Line] | None:
        return here.in_words(question, given.get(question.code)) or None

    return [
        (
            section_said(section, top),
            [(said(q, top), lines(q)) for q in section.questions if q.asks and top.shown(q.code)],
        )
        for section in here.questionnaire.sections
    ]


@blueprint.get("/responses/<uuid:response_id>/copy.xlsx")
@access(policy.answers_somewhere)
def download(response_id: UUID) -> ResponseReturnValue:
    """The organisation's answers in words, a row per line of answer."""
    here = visit(queries.get_response(get_session(), response_id))
    asked = here.asked
    name = f"{asked.call.code}-{asked.organisation.code}.xlsx"
    return send_file(_workbook(here), mimetype=XLSX, as_attachment=True, download_name=name)


def _rows(here: Visit) -> list[tuple[str, str, str, str]]:
    language = here.language
    return [
        (
            text_in(section.texts, language),
            text_in(question.texts, language),
            line.label,
            line.value,
        )
        for section, answered in answers_in_words(here, here.entered.answers)
        for question, lines in answered
        for line in lines or [Line("", "")]
    ]


def _workbook(here: Visit) -> BytesIO:
    """The copy. No text becomes a formula or a link, whatever it begins with."""
    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Answers")[:31])
        if is_right_to_left(current_language()):
            sheet.right_to_left()
        sheet.set_column(0, 0, 24, wrapped)
        sheet.set_column(1, 3, 48, wrapped)
        society = text_in(here.asked.organisation.names, here.language)
        sheet.write_string(
            0, 0, f"{text_in(here.asked.call.titles, here.language)} – {society}", bold
        )
        if here.asked.call.demonstration:
            sheet.write_string(1, 0, _("Demonstration: all answers are invented."), bold)
        for column, heading in enumerate((_("Section"), _("Question"), _("Part"), _("Answer"))):
            sheet.write_string(2, column, heading, bold)
        for number, row in enumerate(_rows(here), start=3):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, wrapped)
        sheet.freeze_panes(3, 0)
    file.seek(0)
    return file


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
