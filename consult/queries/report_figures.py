"""How a round of reports stands, by paragraph and by region: figures of submitted reports only.

Each figure is of the organisations to whom a paragraph is addressed; those outside the frame count
in "besides". One function makes the rows that page and document share.
"""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from consult.queries.reports import Asking, Submitted, addressed_to, submitted_of
from consult.report_states import Status


@dataclass(frozen=True)
class Figures:
    """Of `addressed` organisations in the frame, `reported` did; `by_status` counts these."""

    addressed: int
    reported: int
    by_status: dict[Status, int]


@dataclass(frozen=True)
class Row:
    """A paragraph's figures: all of the frame, by region's code, and who reported besides."""

    lineage: UUID
    whole: Figures
    regions: dict[str | None, Figures]
    besides: Figures
    reports: tuple[Submitted, ...]


def rows_of(session: Session, asking: Asking) -> list[Row]:
    """A row for each addressed paragraph, in reading order."""
    submitted: dict[UUID, list[Submitted]] = {}
    for one in submitted_of(session, asking):
        submitted.setdefault(one.report.lineage, []).append(one)
    found = []
    for block, _duty, parts in addressed_to(session, asking):
        reports = submitted.get(block.lineage, [])
        places = Counter(part.region_code for part in parts if part.in_frame)
        framed = [one for one in reports if one.part.in_frame]
        by_region = {
            code: figures(count, [one for one in framed if one.part.region_code == code])
            for code, count in places.items()
        }
        besides = [one for one in reports if not one.part.in_frame]
        outside = sum(not part.in_frame for part in parts)
        found.append(
            Row(
                block.lineage, figures(sum(places.values()), framed), by_region,
                figures(outside, besides), tuple(reports),
            )
        )  # fmt: skip
    return found


def figures(addressed: int, reports: list[Submitted]) -> Figures:
    """The figures of these reports, of so many organisations addressed."""
    counts = Counter(Status(one.report.status) for one in reports)
    return Figures(addressed, len(reports), {status: counts[status] for status in Status})
