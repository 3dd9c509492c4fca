"""What is wrong with a file, each finding with its place, all collected before anything is said."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.texts import Lazy

if TYPE_CHECKING:
    from surveys.xlsform.rows import Row


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


@dataclass
class Findings:
    """Collects errors, which refuse the file, and warnings, which don't."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, row: "Row", column: str | None, message: Lazy) -> None:
        """Add an error at this row's column."""
        self.errors.append(Problem(message, row.sheet, row.number, column))

    def warn(self, row: "Row", column: str | None, message: Lazy) -> None:
        """Add a warning at this row's column."""
        self.warnings.append(Problem(message, row.sheet, row.number, column))


def in_reading_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """The findings without repetition: of the whole file first, then by sheet and row."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.sheet or "", p.row or 0)))
