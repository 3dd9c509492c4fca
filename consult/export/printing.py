"""A published draft as each sort of file: one table that commands and pages share."""

from collections.abc import Callable, Mapping

from consult.export.redlines import origin_of
from consult.export.report import Report, draft_report
from consult.export.report_html import html
from consult.export.report_pdf import pdf
from consult.export.reports import banner
from consult.export.word_draft import draft_file
from consult.queries.compiled import Compiled
from consult.queries.steps import Step
from consult.text.markdown import write

Writer = Callable[[Compiled, Step], bytes]
WRITERS: Mapping[str, Writer] = {
    "docx": lambda data, step: draft_file(
        step.document, data.language, data.title, origin_of(data, step)
    ),
    "pdf": lambda data, step: pdf(read_report(data, step)),
    "html": lambda data, step: html(read_report(data, step)),
    "md": lambda data, step: write(step.document, data.language).encode(),
}
"""In the language that the consultation was gathered in."""


def read_report(data: Compiled, step: Step) -> Report:
    """A draft to be read."""
    return draft_report(step.document, data.language, data.title, banner(data))
