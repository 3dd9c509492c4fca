"""What is wrong in a batch: where, and what to do."""

from dataclasses import dataclass

from core.texts import Lazy


@dataclass(frozen=True)
class Trouble:
    """One thing to mend. `row`: as a spreadsheet counts, the headings being 1; `column`: a name."""

    row: int
    column: str
    message: Lazy

    def as_data(self) -> dict[str, object]:
        """For commands."""
        return {"row": self.row, "column": self.column, "message": str(self.message)}
