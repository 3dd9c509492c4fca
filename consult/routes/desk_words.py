"""Words and shapes of the desk's own codes, for its templates."""

from functools import lru_cache
from typing import Final

from flask import Flask
from flask_babel import format_decimal

from consult.models import CodeKind, ContributionState
from consult.queries.overview import Phase, RoundState
from core.i18n import current_language
from core.texts import Lazy
from core.texts import lazy as _l

Word = tuple[Lazy, str]
"""(the word, the tone of `components/tag.html`)."""

ROUNDS: Final[dict[RoundState, Word]] = {
    RoundState.OPEN: (_l("Open for contributions"), "doing"),
    RoundState.OVER: (_l("Deadline over, being decided"), "warning"),
    RoundState.CLOSED: (_l("Closed"), "done"),
}
PHASES: Final[dict[Phase, Word]] = {
    Phase.EMPTY: (_l("No text yet"), "idle"),
    Phase.DRAFTING: (_l("Between rounds"), "idle"),
    Phase.OPEN: (_l("Open for contributions"), "doing"),
    Phase.DECIDING: (_l("Being decided"), "warning"),
    Phase.ADOPTED: (_l("Adopted"), "done"),
    Phase.ARCHIVED: (_l("Archived"), "stopped"),
}
STATES: Final[dict[ContributionState, Word]] = {
    ContributionState.SUBMITTED: (_l("Awaiting admission"), "warning"),
    ContributionState.ADMITTED: (_l("To be decided"), "doing"),
    ContributionState.RETURNED: (_l("Returned"), "stopped"),
    ContributionState.WITHDRAWN: (_l("Withdrawn"), "stopped"),
}
STEPS: Final[dict[str, Lazy]] = {
    "submitted": _l("Submitted"),
    "resubmitted": _l("Submitted again"),
    "replaced": _l("Replaced by a later position"),
    "withdrawn": _l("Withdrawn"),
    "admitted": _l("Admitted"),
    "returned": _l("Returned to the author"),
    "assigned": _l("Given to an officer"),
    "proposed": _l("Decision proposed"),
    "approved": _l("Decision approved"),
    "reopened": _l("Decision taken back"),
    "coded": _l("Sorted under codes"),
    "reason_translated": _l("Reason given in another language"),
}
CODES: Final[dict[CodeKind, Lazy]] = {
    CodeKind.THEME: _l("Theme"),
    CodeKind.FRAMEWORK: _l("Point of a framework"),
}


@lru_cache(maxsize=20_000)
def _written(number: int, _language: str) -> str:
    return str(format_decimal(number))


def counted(number: int) -> str:
    """A number of contributions as the page's language writes it; long tables ask often."""
    return _written(number, current_language())


def round_word(state: str) -> Word:
    """How far a round is."""
    return ROUNDS[RoundState(state)]


def phase_word(phase: str) -> Word:
    """Where a consultation is."""
    return PHASES[Phase(phase)]


def desk_word(state: str) -> Word:
    """A submitted contribution as the secretariat sees it."""
    return STATES[ContributionState(state)]


def step_word(step: str) -> Lazy | str:
    """A step in a contribution's history."""
    return STEPS.get(step, step.replace("_", " "))


def code_kind_name(kind: str) -> Lazy:
    """What sort of code it is."""
    return CODES[CodeKind(kind)]


def init_app(app: Flask) -> None:
    """Let templates use the words."""
    app.jinja_env.globals.update(
        counted=counted,
        round_word=round_word,
        phase_word=phase_word,
        desk_word=desk_word,
        step_word=step_word,
        code_kind_name=code_kind_name,
    )
