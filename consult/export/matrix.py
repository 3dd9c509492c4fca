"""The matrix of contributions: one row for each, in the order of the text and by region.

Rows are texts; no text ever becomes a formula or a link, whatever it begins with. The last column
is hidden: by it, and the id, a file that comes back is compared with what is stored now.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consult.changes.lineage import blocks_now, fates
from consult.changes.operations import made
from consult.export.wording import (
    COLUMNS,
    DELETION,
    GONE,
    NO_REGION,
    OUTCOMES,
    SETTLED,
    STANCES,
    WHOLE,
    outcome_in_words,
    type_of,
)
from consult.models import Outcome, ProposalKind
from consult.queries.compiled import Compiled, Said
from consult.text.document import BlockKind, Document, digest_of
from consult.text.inline import plain
from consult.text.labels import BULLET, labels
from core.scripts import is_right_to_left
from core.texts import lazy as _l

LONGEST = 32_767
"""The most characters a spreadsheet's cell holds."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS = (8, 16, 26, 18, 18, 50, 50, 14, 18, 40, 50, 10)
LINE, FEWEST_LINES, HIGHEST = 15, 2, 409
"""The height of a line in points, how many a row has at least, and the highest row there can be."""
A3 = 8
"""The number that spreadsheets have for the paper on which all columns can be read side by side."""
_FIRST_WORDS = 60
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
Row = tuple[str, ...]


class Texts:
    """What the drafts say, looked up once for each paragraph."""

    def __init__(self, data: Compiled) -> None:
        self.data = data
        self.language = data.language
        self._labels = cache(self._labels_of)
        self._fates = {step.number: fates(step.operations) for step in data.steps}
        self._wording = cache(self._wording_of)
        self._brought: dict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
        for operation in (one for step in data.steps for one in step.operations):
            for source in operation.contributions:
                self._brought[source] += tuple(block.lineage for block in made(operation))

    def text(self, document: Document, lineage: UUID) -> str:
        """A paragraph's plain words, in the file's language or else the source's."""
        block = document.find(lineage)
        texts = block.texts if block else {}
        return plain(texts.get(self.language) or texts.get(document.source, ""))

    def label(self, number: int, lineage: UUID) -> str:
        """A paragraph's label, with those it stands under before it."""
        return self._labels(number).get(lineage, "")

    def paragraph(self, number: int, lineage: UUID | None) -> str:
        """What names a paragraph: its label, else its first words; the whole text without one."""
        step = self.data.step(number)
        if lineage is None or step is None or step.document.find(lineage) is None:
            return str(WHOLE)
        label = self.label(number, lineage)
        words = self.text(step.document, lineage)
        short = words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS]}…"
        return label if label and not label.endswith(BULLET) else f"{label} {short}".strip()

    def _labels_of(self, number: int) -> Mapping[UUID, str]:
        """Each block's label, with those of the paragraphs it stands under before it."""
        step = self.data.step(number)
        shown = labels(step.document, self.language) if step else {}
        above: dict[int, str] = {}
        for block in step.document.blocks if step else ():
            if block.kind is BlockKind.PARAGRAPH:
                above = {level: text for level, text in above.items() if level < block.level}
                whole = " ".join([*above.values(), shown[block.lineage]]).strip()
                above[block.level] = whole if shown[block.lineage] not in {"", BULLET} else ""
                shown[block.lineage] = whole
        return shown

    def resulting(self, one: Said) -> str:
        """What the newest draft says where a contribution spoke, with the paragraphs it brought.

        "" while there is no later draft, and where it spoke of the whole text.
        """
        if one.lineage is None or one.draft >= self.data.steps[-1].number:
            return ""
        return self._wording(one.draft, (one.lineage, *self._brought.get(one.id, ())))

    def _wording_of(self, number: int, lineages: tuple[UUID, ...]) -> str:
        chain = [self._fates[step.number] for step in self.data.steps if step.number > number]
        text = self.data.steps[-1].document
        found = blocks_now(lineages, chain, text)
        return "\n".join(self.text(text, one.lineage) for one in found) if found else str(GONE)

    def place(self, one: Said) -> tuple[int, int, int]:
        """By what contributions are put in order: draft, place in the text, number."""
        step = self.data.step(one.draft)
        at = step.document.at.get(one.lineage, -1) if step and one.lineage else -1
        return one.draft, at, one.number


def rows(data: Compiled, said: Iterable[Said]) -> list[Row]:
    """The rows of these contributions, in the order of the text; a cell for each of `COLUMNS`."""
    texts = Texts(data)
    return [_row(one, texts) for one in sorted(said, key=texts.place)]


def _row(one: Said, texts: Texts) -> Row:
    decided = one.decided
    outcome = outcome_in_words(decided.outcome, decided.duplicate_of) if decided else ""
    proposal = "" if one.proposal is None else plain(one.proposal)
    if one.proposal_kind is ProposalKind.DELETE:
        proposal = str(DELETION)
    comment = f"“{one.quote}”\n{one.text}" if one.quote else one.text
    settled = SETTLED.get(one.state)
    disposition = str(settled) if settled else outcome
    reason = shown_reason(one, texts.language)
    return (
        str(one.number),
        texts.paragraph(one.draft, one.lineage),
        one.contributor,
        one.region or str(NO_REGION),
        str(type_of(one.kind, one.category, one.proposal_kind)),
        comment,
        proposal,
        str(STANCES[one.stance]) if one.stance else "",
        disposition,
        reason,
        texts.resulting(one),
        f"{texts.language}:{one.hash}:{shown_digest(disposition, reason)}",
    )


def shown_digest(disposition: str, reason: str) -> str:
    """By what a row that comes back is known to be untouched: its cells, whatever their spaces."""
    return digest_of(f"{' '.join(disposition.split())}\n{' '.join(reason.split())}")[:16]


def shown_reason(one: Said, language: str) -> str:
    """The reason as a matrix in a language shows it: cut as a cell is."""
    return one.decided.reason(language, one.language)[:LONGEST] if one.decided else ""


def write_workbook(path: Path, data: Compiled, said: Sequence[Said]) -> int:
    """Write the matrix; how many contributions it holds. A second sheet has them by region."""
    table = rows(data, said)
    options = {**OPTIONS, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": data.title, "created": _when(data)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _fill(book.add_worksheet(_name(_l("Contributions"))), data, table, bold, wrap)
        by_region = sorted(table, key=_region)
        _fill(book.add_worksheet(_name(_l("By region"))), data, by_region, bold, wrap)
    return len(table)


def _when(data: Compiled) -> object:
    """The file's date: of what is in it, so that the same content has the same bytes."""
    moments = [one.submitted_at for one in data.said] + [one.published_at for one in data.steps]
    return max(moments, default=LONG_AGO).replace(tzinfo=None)


def _region(row: Row) -> tuple[bool, str]:
    return row[3] == str(NO_REGION), row[3]


def _name(name: object) -> str:
    return str(name)[:31]


def _height(row: Row) -> float:
    """A row's height in points: room for all its words, since not every program finds it itself."""
    shown = zip(row[:-1], WIDTHS[:-1], strict=True)
    lines = max(_lines(cell, width) for cell, width in shown)
    return min(LINE * max(lines, FEWEST_LINES), HIGHEST)


def _lines(text: str, width: int) -> int:
    """About how many lines words take that are wrapped in a column of this many characters."""
    return sum(1 + len(line) * 10 // (width * 9) for line in text.split("\n"))


def _fill(
    sheet: Worksheet, data: Compiled, table: Iterable[Row], bold: Format, wrap: Format
) -> None:
    """Headings and rows, from the top down: written rows are no longer in memory."""
    if is_right_to_left(data.language):
        sheet.right_to_left()
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.hide_gridlines(0)  # none of them: lines guide the eye in print too
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, width in enumerate(WIDTHS):
        hidden = {"hidden": True} if column == len(WIDTHS) - 1 else {}
        sheet.set_column(column, column, width, None, hidden)
    for column, heading in enumerate(COLUMNS.values()):
        sheet.write_string(0, column, str(heading), bold)
    last = 0
    for last, row in enumerate(table, start=1):
        sheet.set_row(last, _height(row))
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(last, column, cell[:LONGEST], wrap)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 2)
    column = list(COLUMNS).index("disposition")
    choices = [str(OUTCOMES[one]) for one in Outcome if one is not Outcome.DUPLICATE]
    if last:
        sheet.data_validation(1, column, last, column, {
            "validate": "list", "source": choices, "error_type": "information",
        })  # fmt: skip
