"""The table of one question: its rows and what is said beside them, as data and as JSON.

It refuses to know how the figures came about and in which language they are read.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from analytics.weights import Weighting

ALL = "all"
"""The group of every organisation counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. Shares are of 1; None where nobody stands in the base or nothing may be said.

    `value`: a choice's code, a step of the scale, a rank or "any"; None in a row with a mean.
    `n` of `base`: a share's count; in a row with a mean both say how many gave a number. A
    quartile stands where a mean does, in a row with the value "median" or the like.
    """

    group: str
    item: str | None
    value: int | str | None
    n: int | None = None
    base: int | None = None
    share: float | None = None
    weighted_share: float | None = None
    mean: float | None = None
    weighted_mean: float | None = None
    suppressed: bool = False

    @property
    def is_mean(self) -> bool:
        """Whether the row carries a mean and not a share."""
        return self.value is None

    def figure(self, *, weighted: bool) -> float | None:
        """The share or mean, as asked for."""
        if self.is_mean or self.mean is not None:
            return self.weighted_mean if weighted else self.mean
        return self.weighted_share if weighted else self.share


@dataclass(frozen=True, slots=True)
class GroupSize:
    """One group's organisations. Those of a region merged into another group are None.

    `size`: of the frame; `submitted`: the wave's responses, open to all; `answered`, `missing`
    and `not_asked` part these.
    """

    group: str
    size: int
    submitted: int
    answered: int | None
    missing: int | None
    not_asked: int | None
    suppressed: bool = False


@dataclass(frozen=True)
class Table:
    """A question's figures. `n` answered it, of `size` (N) in the frame.

    `n`, `missing` and `not_asked` are None where a filter was refused. `weighting`: None where
    the table isn't weighted. `groups`: each group of the rows, in their order.
    """

    question: str
    kind: str
    n: int | None
    size: int
    missing: int | None
    not_asked: int | None
    groups: tuple[GroupSize, ...]
    rows: tuple[Row, ...]
    weighting: Weighting | None = None

    def rows_of(self, group: str = ALL) -> Iterator[Row]:
        """The rows of one group, in the question's order."""
        return (row for row in self.rows if row.group == group)

    @property
    def by_row(self) -> dict[tuple[str, str | None, int | str | None], Row]:
        """Every row by its group, item and value."""
        return {(row.group, row.item, row.value): row for row in self.rows}

    def as_json(self) -> dict[str, Any]:
        """What `flask analytics tabulate` writes; figures are not rounded."""
        return {
            "question": self.question,
            "kind": self.kind,
            "n": self.n,
            "N": self.size,
            "missing": self.missing,
            "not_asked": self.not_asked,
            "weighting": self.weighting.as_json() if self.weighting else None,
            "groups": {size.group: _sizes(size) for size in self.groups},
            "rows": [asdict(row) for row in self.rows],
        }


def _sizes(size: GroupSize) -> dict[str, Any]:
    return {
        "N": size.size,
        "submitted": size.submitted,
        "n": size.answered,
        "missing": size.missing,
        "not_asked": size.not_asked,
        "suppressed": size.suppressed,
    }
