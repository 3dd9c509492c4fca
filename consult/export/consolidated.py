"""The consolidated report of a round of implementation reports, as a Word document.

Plain data in, bytes out; the same data gives the same bytes. Arabic stands right to left.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

EPOCH = (1980, 1, 1, 0, 0, 0)
FONT = "Noto Sans"
SMALL = Pt(8.5)


@dataclass(frozen=True)
class Voice:
    """What one organisation reports: its name and state, and pairs of a heading and a text."""

    name: str
    state: str
    parts: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
    right_to_left: bool = False


@dataclass(frozen=True)
class Chapter:
    """A paragraph of the adopted text: its words, figures as a table, and what was reported."""

    heading: str
    text: str
    summary: str
    figures: tuple[tuple[str, ...], ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Report:
    """The whole document. `headings`: of the tables of figures. `made_at`: of its data."""

    language: str
    right_to_left: bool
    title: str
    lead: tuple[str, ...]
    headings: tuple[str, ...]
    evidence_word: str
    chapters: tuple[Chapter, ...]
    made_at: datetime


def write(report: Report) -> bytes:
    """The report as a .docx file."""
    document = Document()
    _prepare(document, report)
    _flow(document.add_heading(report.title, 0), report.right_to_left)
    for line in report.lead:
        _flow(document.add_paragraph(line), report.right_to_left)
    for chapter in report.chapters:
        _chapter(document, chapter, report)
    stream = io.BytesIO()
    document.save(stream)
    return _dated(stream.getvalue())


def _prepare(document: WordDocument, report: Report) -> None:
    properties = document.core_properties
    properties.title, properties.language, properties.author = report.title, report.language, ""
    properties.created = properties.modified = report.made_at.replace(tzinfo=None)
    properties.last_modified_by, properties.comments = "", ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    marks = style.element.get_or_add_rPr()
    marks.get_or_add_rFonts().set(qn("w:cs"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), report.language)
    language.set(qn("w:bidi"), report.language)
    marks.append(language)


def _chapter(document: WordDocument, chapter: Chapter, report: Report) -> None:
    flowing = report.right_to_left
    _flow(document.add_heading(chapter.heading, 1), flowing)
    _flow(document.add_paragraph(chapter.text, style="Quote"), flowing)
    _flow(document.add_paragraph(chapter.summary), flowing)
    if chapter.figures:
        _table(document, report.headings, chapter.figures, flowing=flowing)
    for voice in chapter.voices:
        _voice(document, voice, report)


def _voice(document: WordDocument, voice: Voice, report: Report) -> None:
    flowing = report.right_to_left
    _flow(document.add_heading(voice.name, 2), flowing)
    _flow(document.add_paragraph(voice.state), flowing)
    for heading, text in voice.parts:
        _flow(document.add_heading(heading, 3), flowing)
        for line in text.split("\n"):
            _flow(document.add_paragraph(line), voice.right_to_left)
    if voice.evidence:
        _flow(document.add_heading(report.evidence_word, 3), flowing)
    for piece in voice.evidence:
        _flow(document.add_paragraph(piece, style="List Bullet"), flowing)


def _table(
    document: WordDocument, headings: Sequence[str], rows: Sequence[Sequence[str]], *,
    flowing: bool,
) -> None:  # fmt: skip
    table = document.add_table(rows=0, cols=len(headings), style="Table Grid")
    for cells in (headings, *rows):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.font.size = SMALL
                run.font.bold = cells is headings
            _flow(cell.paragraphs[0], flowing)
    _first_row_repeats(table)
    if flowing:
        table._tbl.tblPr.insert(1, OxmlElement("w:bidiVisual"))  # noqa: SLF001 -- no public way
    document.add_paragraph()


def _first_row_repeats(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 -- no public way
    properties.append(OxmlElement("w:tblHeader"))


def _flow(paragraph: Paragraph, flowing: bool) -> None:  # noqa: FBT001 -- right to left
    """Let a paragraph run from right to left, where it does."""
    if not flowing:
        return
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- no public way
    properties.append(OxmlElement("w:bidi"))
    for run in paragraph.runs:
        run.font.rtl = True


def _dated(data: bytes) -> bytes:
    """The same archive with all its members of one date, so that equal content is equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            target.writestr(zipfile.ZipInfo(member.filename, EPOCH), source.read(member))
    return out.getvalue()
