"""The survey sheet's rows as blocks: single rows, and groups with what they hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from core.texts import lazy as _l
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row
from surveys.xlsform.types import REPEAT, SETTINGS_ROWS, Type, is_metadata, read_type
from surveys.xlsform.words import YES

MAX_NESTING = 10
INTRODUCTION, MATRIX, POINTS = "introduction", "matrix", "points"


@dataclass
class Block:
    """A row of the survey; for a group or repeat with the blocks inside it, else None.

    `code`: what naming gave it, "" where its name can't be used.
    """

    row: Row
    type: Type
    inside: "list[Block] | None" = None
    code: str = ""

    @property
    def kind(self) -> str:
        """A group's plenary_kind, "" for a plain group."""
        return self.row.get("plenary_kind")

    @property
    def name(self) -> str:
        """What the form calls it."""
        return self.row.get("name")

    @property
    def repeats(self) -> bool:
        """Whether it is asked any number of times."""
        return self.inside is not None and self.type.name == REPEAT


@dataclass
class Survey:
    """The blocks at the top level; the names of metadata; settings that stand among the rows."""

    blocks: list[Block] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)


@dataclass
class _Reading:
    survey: Survey
    findings: Findings
    open: list[Block] = field(default_factory=list)

    @property
    def current(self) -> list[Block]:
        inside = self.open[-1].inside if self.open else None
        return self.survey.blocks if inside is None else inside


def read_blocks(rows: Iterable[Row], findings: Findings) -> Survey:
    """The blocks in order. Groups left open are closed at the end, as errors."""
    reading = _Reading(Survey(), findings)
    for row in rows:
        if row.get("disabled").lower() in YES:
            findings.warn(row, "disabled", _l("This row is disabled and left out."))
        else:
            _take(reading, row, read_type(row.get("type")))
    for block in reading.open:
        findings.error(block.row, "type", _l("This group has no end: add a row end_group."))
    return reading.survey


def _take(reading: _Reading, row: Row, written: Type) -> None:
    if written.edge == "begin":
        _begin(reading, row, written)
    elif written.edge == "end":
        _end(reading, row, written)
    elif not written.written:
        _untyped(row, reading.findings)
    elif is_metadata(written):
        message = _l(
            "“%(type)s” is not asked of anybody: the row is left out.", type=written.written
        )
        reading.findings.warn(row, "type", message)
        reading.survey.metadata[row.get("name") or written.name] = written.written.lower()
    elif written.written.lower() in SETTINGS_ROWS:
        reading.survey.settings[SETTINGS_ROWS[written.written.lower()]] = row.get("name")
    else:
        reading.current.append(Block(_named(row, written), written))


def _named(row: Row, written: Type) -> Row:
    """A note needs no name; it gets the one pyxform gives it."""
    if written.name != "note" or row.get("name"):
        return row
    return replace(row, cells={**row.cells, "name": f"generated_note_name_{row.number}"})


def _untyped(row: Row, findings: Findings) -> None:
    if row.get("name") or row.texts.get("label"):
        findings.error(row, "type", _l("Write the type of question, such as text."))
    else:
        findings.warn(row, None, _l("This row has no type, name or text and is left out."))


def _begin(reading: _Reading, row: Row, written: Type) -> None:
    block = Block(row, written, [])
    if len(reading.open) >= MAX_NESTING:
        message = _l("Groups may stand inside each other up to %(most)s deep.", most=MAX_NESTING)
        reading.findings.error(row, "type", message)
    else:
        reading.current.append(block)
    reading.open.append(block)


def _end(reading: _Reading, row: Row, written: Type) -> None:
    if not reading.open:
        reading.findings.error(row, "type", _l("No group is open here: take this row out."))
        return
    begun = reading.open.pop()
    if begun.type.name != written.name:
        message = _l(
            "“%(begun)s” of row %(row)s is open here. End it with end_%(name)s.",
            begun=begun.type.written,
            row=begun.row.number,
            name=begun.type.name,
        )
        reading.findings.error(row, "type", message)


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in order, groups before what they hold."""
    for block in blocks:
        yield block
        yield from flat(block.inside or ())
