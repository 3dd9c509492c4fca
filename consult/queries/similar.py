"""Contributions that say much the same, found by their words: what may be duplicates."""

from dataclasses import dataclass

from sqlalchemy import case
from sqlmodel import Session, col, select

from consult.models import Contribution, ContributionState
from consult.text.inline import plain
from consult.text.words import likeness

LOOKED_AT = 150
"""How many others are compared at most: those on the same paragraph first, then the latest."""
LIKE = 0.55
WORTH_COMPARING = 0.3
"""The share of words two must have in common before they are compared in their order."""
SHOWN = 6
LONGEST = 2_000
"""Characters compared of each text, so that a page stays quick whatever was written."""


@dataclass(frozen=True)
class Similar:
    """Another contribution and how alike the two are, 0 to 1."""

    contribution: Contribution
    likeness: float


def similar_to(session: Session, one: Contribution) -> list[Similar]:
    """Admitted contributions in the same language whose words are alike, the likest first."""
    near = case((col(Contribution.lineage) == one.lineage, 0), else_=1)
    chosen = (
        select(Contribution)
        .where(
            Contribution.consultation_id == one.consultation_id,
            Contribution.kind == one.kind,
            Contribution.language == one.language,
            Contribution.state == ContributionState.ADMITTED,
            Contribution.id != one.id,
        )
        .order_by(near, col(Contribution.number).desc())
        .limit(LOOKED_AT)
    )
    said = _said(one)
    words = set(said.casefold().split())
    found = []
    for other in session.scalars(chosen):
        theirs = _said(other)
        if _overlap(words, set(theirs.casefold().split())) >= WORTH_COMPARING:
            found.append(Similar(other, likeness(said, theirs)))
    found = [each for each in found if each.likeness >= LIKE]
    return sorted(found, key=lambda each: -each.likeness)[:SHOWN]


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _said(one: Contribution) -> str:
    """What it says, and what it proposes."""
    said = f"{plain(one.proposal or '')} {one.text}".strip()
    return (said or (one.stance.value if one.stance else ""))[:LONGEST]
