"""What is wrong with a file, each finding with its place, all collected before anything is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.texts import Lazy


@dataclass(frozen=True)
class Problem:
    """One finding. `row`: the spreadsheet's, the header being 1; None where no cell is meant."""

    message: Lazy
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def as_data(self) -> dict[str, Any]:
        """The finding as the commands print it, its sentence in the current language."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "message": str(self.message),
        }


@dataclass(frozen=True)
class Place:
    """A row of a sheet, the header being row 1. `headings`: how the file spells its columns."""

    sheet: str
    number: int
    headings: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def heading(self, column: str | None) -> str | None:
        """The column's heading in this file, its name where the file has none."""
        return None if column is None else self.headings.get(column, column)


@dataclass
class Findings:
    """Collects errors, which refuse the file, and warnings, which don't."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, place: Place, column: str | None, message: Lazy) -> None:
        """Add an error at this place's column."""
        self.errors.append(_problem(place, column, message))

    def warn(self, place: Place, column: str | None, message: Lazy) -> None:
        """Add a warning at this place's column."""
        self.warnings.append(_problem(place, column, message))


def _problem(place: Place, column: str | None, message: Lazy) -> Problem:
    return Problem(message, place.sheet, place.number, place.heading(column))


def in_reading_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """The findings without repetition: of the whole file first, then by sheet and row."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.sheet or "", p.row or 0)))
