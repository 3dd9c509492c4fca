"""How a round of reports stands, by paragraph and by region: figures of submitted reports only.

Each figure is of the members of the frame to whom a paragraph is addressed. "Besides" are the
others it is addressed to, and those who reported and are addressed no more: whoever counts as
having reported counts as addressed. One function makes the rows that page and document share.
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
        members = {part.organisation_id for part in parts if part.in_frame}
        places = Counter(part.region_code for part in parts if part.in_frame)
        framed = [one for one in reports if one.organisation.id in members]
        by_region = {
            code: figures(count, [one for one in framed if one.part.region_code == code])
            for code, count in places.items()
        }
        besides = [one for one in reports if one.organisation.id not in members]
        outside = {part.organisation_id for part in parts if not part.in_frame}
        outside |= {one.organisation.id for one in besides}
        found.append(
            Row(
                block.lineage, figures(sum(places.values()), framed), by_region,
                figures(len(outside), besides), tuple(reports),
            )
        )  # fmt: skip
    return found


def figures(addressed: int, reports: list[Submitted]) -> Figures:
    """The figures of these reports, of so many organisations addressed."""
    counts = Counter(Status(one.report.status) for one in reports)
    return Figures(addressed, len(reports), {status: counts[status] for status in Status})
