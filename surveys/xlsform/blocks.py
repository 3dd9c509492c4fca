"""The survey sheet's rows as blocks: single rows, and groups with what they hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.texts import lazy as _l
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row

MAX_NESTING = 10
INTRODUCTION, MATRIX, POINTS = "introduction", "matrix", "points"
BEGIN = frozenset({"begin_group", "begin group"})
END = frozenset({"end_group", "end group"})
# What ODK's forms record about the telephone and the moment: nothing anybody is asked.
METADATA = frozenset(
    {
        "start", "end", "today", "deviceid", "device_id", "subscriberid", "simserial",
        "phonenumber", "username", "email", "audit", "start-geopoint", "background-audio",
    }
)  # fmt: skip


@dataclass
class Block:
    """A row of the survey; for a group with the blocks inside it, else None."""

    row: Row
    inside: "list[Block] | None" = None

    @property
    def kind(self) -> str:
        """A group's plenary_kind, "" for a plain group."""
        return self.row.get("plenary_kind")


@dataclass
class _Open:
    blocks: list[Block] = field(default_factory=list)
    groups: list[Block] = field(default_factory=list)

    @property
    def current(self) -> list[Block]:
        inside = self.groups[-1].inside if self.groups else None
        return self.blocks if inside is None else inside


def read_blocks(rows: Iterable[Row], findings: Findings) -> list[Block]:
    """The blocks at the top level, in order. Groups left open are closed at the end, as errors."""
    reading = _Open()
    for row in rows:
        row_type = row.get("type").lower()
        if row_type in BEGIN:
            _begin(reading, row, findings)
        elif row_type in END:
            _end(reading, row, findings)
        elif row_type in METADATA:
            message = _l("“%(type)s” is not asked of anybody: the row is left out.", type=row_type)
            findings.warn(row, "type", message)
        elif row_type:
            reading.current.append(Block(row))
        else:
            findings.error(row, "type", _l("Write the type of question, such as text."))
    for group in reading.groups:
        findings.error(group.row, "type", _l("This group has no end: add a row end_group."))
    return reading.blocks


def _begin(reading: _Open, row: Row, findings: Findings) -> None:
    group = Block(row, [])
    if len(reading.groups) == MAX_NESTING:
        message = _l("Groups may stand inside each other up to %(most)s deep.", most=MAX_NESTING)
        findings.error(row, "type", message)
    if len(reading.groups) < MAX_NESTING:
        reading.current.append(group)
    reading.groups.append(group)


def _end(reading: _Open, row: Row, findings: Findings) -> None:
    if reading.groups:
        reading.groups.pop()
    else:
        findings.error(row, "type", _l("No group is open here: take this row out."))


def flat(blocks: Iterable[Block]) -> Iterator[Row]:
    """Every row in order, groups' own rows included."""
    for block in blocks:
        yield block.row
        yield from flat(block.inside or ())
