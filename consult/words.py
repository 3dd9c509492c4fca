"""Words and shapes for this package's codes, as pages, files and mails show them."""

from typing import Final

from flask import Flask

from consult.models import (
    Category,
    ContributionKind,
    ContributionState,
    Outcome,
    ProposalKind,
    Scope,
    Source,
    SponsorState,
    Stance,
    Visibility,
)
from core.texts import Lazy
from core.texts import lazy as _l

Word = tuple[Lazy, str]
"""(the word, the tone of `components/tag.html`)."""

KINDS: Final[dict[ContributionKind, Lazy]] = {
    ContributionKind.COMMENT: _l("Comment"),
    ContributionKind.AMENDMENT: _l("Amendment"),
    ContributionKind.POSITION: _l("Position"),
}
CATEGORIES: Final[dict[Category, Lazy]] = {
    Category.GENERAL: _l("General"),
    Category.TECHNICAL: _l("Technical"),
    Category.EDITORIAL: _l("Editorial"),
}
SCOPES: Final[dict[Scope, Lazy]] = {
    Scope.WHOLE: _l("The whole text"),
    Scope.SECTION: _l("The whole section"),
    Scope.PARAGRAPH: _l("The paragraph"),
    Scope.SELECTION: _l("Words of the paragraph"),
}
PROPOSALS: Final[dict[ProposalKind, Lazy]] = {
    ProposalKind.REPLACE: _l("Other words for this paragraph"),
    ProposalKind.INSERT_AFTER: _l("A new paragraph after this one"),
    ProposalKind.DELETE: _l("Delete this paragraph"),
}
STANCES: Final[dict[Stance, Word]] = {
    Stance.SUPPORT: (_l("Support"), "done"),
    Stance.CAN_LIVE_WITH: (_l("Can live with"), "doing"),
    Stance.CONCERN: (_l("Concern"), "warning"),
    Stance.OBJECT: (_l("Object"), "stopped"),
}
STATES: Final[dict[ContributionState, Word]] = {
    ContributionState.IN_PROGRESS: (_l("In progress"), "doing"),
    ContributionState.DROPPED: (_l("Dropped"), "idle"),
    ContributionState.SUBMITTED: (_l("Submitted"), "done"),
    ContributionState.ADMITTED: (_l("Admitted"), "done"),
    ContributionState.RETURNED: (_l("Returned to you"), "warning"),
    ContributionState.WITHDRAWN: (_l("Withdrawn"), "stopped"),
}
SPONSORS: Final[dict[SponsorState, Word]] = {
    SponsorState.INVITED: (_l("Asked to join"), "idle"),
    SponsorState.CONFIRMED: (_l("Confirmed"), "done"),
    SponsorState.DECLINED: (_l("Declined"), "stopped"),
    SponsorState.LEFT: (_l("Left"), "stopped"),
}
OUTCOMES: Final[dict[Outcome, Word]] = {
    Outcome.ACCEPTED: (_l("Accepted"), "done"),
    Outcome.PARTLY: (_l("Partly accepted"), "doing"),
    Outcome.NOT_ACCEPTED: (_l("Not accepted"), "stopped"),
    Outcome.NOTED: (_l("Noted"), "idle"),
    Outcome.DUPLICATE: (_l("Decided with another"), "idle"),
    Outcome.OUT_OF_SCOPE: (_l("Out of scope"), "stopped"),
    Outcome.CARRIED_OVER: (_l("Carried over"), "doing"),
}
SOURCES: Final[dict[Source, Lazy]] = {
    Source.WEB: _l("On these pages"),
    Source.MAIL: _l("By mail"),
    Source.MEETING: _l("At a meeting"),
    Source.WORD: _l("In a Word file"),
    Source.COMMAND: _l("Entered by the secretariat"),
}
VISIBILITIES: Final[dict[Visibility, Lazy]] = {
    Visibility.AFTER_SUBMISSION: _l("after your own organisation has submitted"),
    Visibility.AFTER_CLOSING: _l("after the round has closed"),
    Visibility.NEVER: _l("never"),
}
EVENTS: Final[dict[str, Lazy]] = {
    "begun": _l("Begun"),
    "written": _l("Changed"),
    "dropped": _l("Dropped"),
    "restored": _l("Taken up again"),
    "submitted": _l("Submitted"),
    "resubmitted": _l("Written anew and submitted again"),
    "replaced": _l("Replaced by a later position"),
    "withdrawn": _l("Withdrawn"),
    "admitted": _l("Admitted"),
    "returned": _l("Returned"),
    "sponsor_confirmed": _l("An organisation joined"),
    "sponsor_declined": _l("An organisation declined to join"),
    "sponsor_left": _l("An organisation left"),
}


def contribution_kind(kind: str) -> Lazy:
    """What sort of contribution it is."""
    return KINDS[ContributionKind(kind)]


def category_name(category: str) -> Lazy:
    """What sort of comment it is."""
    return CATEGORIES[Category(category)]


def scope_name(scope: str) -> Lazy:
    """What it speaks of."""
    return SCOPES[Scope(scope)]


def proposal_name(kind: str) -> Lazy:
    """What an amendment does."""
    return PROPOSALS[ProposalKind(kind)]


def stance_word(stance: str) -> Word:
    """A position."""
    return STANCES[Stance(stance)]


def state_word(state: str) -> Word:
    """How far a contribution is."""
    return STATES[ContributionState(state)]


def sponsor_word(state: str) -> Word:
    """Whether an organisation stands behind another's contribution."""
    return SPONSORS[SponsorState(state)]


def outcome_word(outcome: str) -> Word:
    """What was decided."""
    return OUTCOMES[Outcome(outcome)]


def source_name(source: str) -> Lazy:
    """By which way it came."""
    return SOURCES[Source(source)]


def visibility_name(visibility: str) -> Lazy:
    """When others' contributions are seen."""
    return VISIBILITIES[Visibility(visibility)]


def event_name(act: str) -> Lazy | str:
    """What happened to a contribution; what has no word here stands as it is."""
    return EVENTS.get(act, act.replace("_", " "))


def init_app(app: Flask) -> None:
    """Let templates use the words."""
    app.jinja_env.globals.update(
        contribution_kind=contribution_kind,
        category_name=category_name,
        scope_name=scope_name,
        proposal_name=proposal_name,
        stance_word=stance_word,
        contribution_word=state_word,
        sponsor_word=sponsor_word,
        outcome_word=outcome_word,
        source_name=source_name,
        visibility_name=visibility_name,
        event_name=event_name,
    )
