"""Words for what contributions are and what was decided on them, as files and pages name them."""

from collections.abc import Mapping

from consult.models import (
    Category,
    ContributionKind,
    ContributionState,
    Outcome,
    ProposalKind,
    Scope,
    Stance,
)
from core.texts import Lazy
from core.texts import lazy as _l

OUTCOMES: Mapping[Outcome, Lazy] = {
    Outcome.ACCEPTED: _l("Accepted"),
    Outcome.PARTLY: _l("Partly accepted"),
    Outcome.NOT_ACCEPTED: _l("Not accepted"),
    Outcome.NOTED: _l("Noted"),
    Outcome.DUPLICATE: _l("Duplicate"),
    Outcome.OUT_OF_SCOPE: _l("Out of scope"),
    Outcome.CARRIED_OVER: _l("Carried over"),
}
STANCES: Mapping[Stance, Lazy] = {
    Stance.SUPPORT: _l("Support"),
    Stance.CAN_LIVE_WITH: _l("Can live with"),
    Stance.CONCERN: _l("Concern"),
    Stance.OBJECT: _l("Object"),
}
CATEGORIES: Mapping[Category, Lazy] = {
    Category.GENERAL: _l("Comment, general"),
    Category.TECHNICAL: _l("Comment, technical"),
    Category.EDITORIAL: _l("Comment, editorial"),
}
PROPOSALS: Mapping[ProposalKind, Lazy] = {
    ProposalKind.REPLACE: _l("Amendment: other words"),
    ProposalKind.INSERT_AFTER: _l("Amendment: new paragraph"),
    ProposalKind.DELETE: _l("Amendment: deletion"),
}
SETTLED: Mapping[ContributionState, Lazy] = {
    ContributionState.RETURNED: _l("Returned to its author"),
    ContributionState.WITHDRAWN: _l("Withdrawn by its author"),
}
"""What stands in a decision's place where there will be none."""
POSITION = _l("Position")
WHOLE = _l("Whole text")
DELETION = _l("Delete this paragraph.")
GONE = _l("This paragraph is no longer in the text.")
NOT_YET = _l("Not decided yet")
REPLACED = _l("replaced by a later one")
EDITORIAL = _l("Editorial")
NO_REGION = _l("Not counted in a region")
DUPLICATE_OF = "%(outcome)s: %(number)s"

COLUMNS: Mapping[str, Lazy] = {
    "id": _l("ID"),
    "paragraph": _l("Paragraph"),
    "contributor": _l("Contributor"),
    "region": _l("Region"),
    "type": _l("Type"),
    "comment": _l("Comment"),
    "proposed wording": _l("Proposed wording"),
    "position": _l("Position"),
    "disposition": _l("Disposition"),
    "reason": _l("Reason"),
    "resulting wording": _l("Resulting wording"),
    "hash": _l("Check value (do not change)"),
}
"""A matrix's columns in their order, by the names that stay."""


def type_of(kind: ContributionKind, category: Category, proposal_kind: ProposalKind | None) -> Lazy:
    """What sort of contribution it is."""
    if kind is ContributionKind.AMENDMENT:
        return PROPOSALS[proposal_kind or ProposalKind.REPLACE]
    return POSITION if kind is ContributionKind.POSITION else CATEGORIES[category]


def outcome_in_words(outcome: Outcome | None, duplicate_of: int | None = None) -> str:
    """A decision in words; "" for none. A duplicate names the one that is decided on instead."""
    if outcome is None:
        return ""
    said = str(OUTCOMES[outcome])
    return f"{said}: {duplicate_of}" if duplicate_of and outcome is Outcome.DUPLICATE else said


def speaks_of_a_paragraph(scope: Scope) -> bool:
    """Whether it speaks of one place of the text."""
    return scope is not Scope.WHOLE
