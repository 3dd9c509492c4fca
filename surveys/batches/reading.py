"""A whole batch: every row's answers, and all that is wrong, row by row.

A row stands for one person. Its `mark` recognises it when the same file comes again, and says
nothing of the person: of a Kobo export the submission's own id, else the row's text and how many
the same came before it.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from core.texts import lazy as _l
from surveys.batches.columns import Columns, Place, match
from surveys.batches.rows import answers_of
from surveys.batches.sheets import read_sheet
from surveys.batches.trouble import Trouble
from surveys.definition import Questionnaire

UNKNOWN = _l("No question has this code. Correct the heading, or leave the column out.")
NOTHING = _l("This row answers no question. Take it out.")


@dataclass(frozen=True)
class BatchRow:
    """One person's answers. `language`: as the file says, "" if it doesn't."""

    number: int
    mark: str
    language: str
    answers: dict[str, Any]


@dataclass
class Batch:
    """What a file holds. `rows`: those that can be kept; `wrong`: of the others, and of columns.

    `ignored`: columns about device, time and sender, and of texts; `kobo`: whether it names
    submissions; `refused`: how many rows can't be kept.
    """

    rows: list[BatchRow] = field(default_factory=list)
    wrong: list[Trouble] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    kobo: bool = False
    refused: int = 0

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + self.refused


def read_batch(data: bytes, questionnaire: Questionnaire) -> Batch:
    """The file, checked against the questionnaire; raises `Unusable` if it can't be read at all."""
    sheet = read_sheet(data)
    columns = match(sheet.headings, questionnaire)
    batch = Batch(ignored=columns.ignored, kobo=columns.is_kobo)
    batch.wrong += [Trouble(1, heading, UNKNOWN) for heading in columns.unknown]
    seen: Counter[str] = Counter()
    for number, cells in sheet.rows:
        mark = _mark(cells, columns, seen)
        answers, wrong = answers_of(
            questionnaire, number, _by_question(sheet.headings, cells, columns)
        )
        if not answers and not wrong:
            wrong = [Trouble(number, "", NOTHING)]
        if wrong:
            batch.wrong += wrong
            batch.refused += 1
        else:
            language = cells[columns.language].strip() if columns.language is not None else ""
            batch.rows.append(BatchRow(number, mark, language, answers))
    return batch


def _by_question(
    headings: list[str], cells: list[str], columns: Columns
) -> dict[str, list[tuple[str, Place, str]]]:
    held: dict[str, list[tuple[str, Place, str]]] = {}
    for position, place in columns.places.items():
        code = place.question.code
        held.setdefault(code, []).append((headings[position], place, cells[position]))
    return held


def _mark(cells: list[str], columns: Columns, seen: Counter[str]) -> str:
    if columns.uuid is not None and cells[columns.uuid].strip():
        return f"uuid/{cells[columns.uuid].strip().lower()}"
    row = "\x1f".join(cell.strip() for cell in cells)
    seen[row] += 1
    return f"row/{seen[row]}/{row}"
