"""How a pledge stands, as its makers say: the words of progress, and what follows. Pure."""

from enum import StrEnum
from typing import Final

from consult.models import PledgeProgress, PledgeState
from core.texts import Lazy
from core.texts import lazy as _l


class Progress(StrEnum):
    """What a report of progress says of a pledge."""

    ON_TRACK = "on_track"
    DELAYED = "delayed"
    FULFILLED = "fulfilled"
    NOT_FULFILLED = "not_fulfilled"


class Stand(StrEnum):
    """How a pledge of the register stands: what its newest report says, or why none counts."""

    NOT_REPORTED = "not_reported"
    ON_TRACK = "on_track"
    DELAYED = "delayed"
    FULFILLED = "fulfilled"
    NOT_FULFILLED = "not_fulfilled"
    WITHDRAWN = "withdrawn"


WORDS: Final[dict[Stand, tuple[Lazy, str]]] = {
    Stand.NOT_REPORTED: (_l("No report yet"), "idle"),
    Stand.ON_TRACK: (_l("On track"), "doing"),
    Stand.DELAYED: (_l("Delayed"), "warning"),
    Stand.FULFILLED: (_l("Fulfilled"), "done"),
    Stand.NOT_FULFILLED: (_l("Not fulfilled"), "stopped"),
    Stand.WITHDRAWN: (_l("Withdrawn"), "stopped"),
}
"""The word, and the tone of `components/tag.html`."""


def stand_of(state: PledgeState, newest: PledgeProgress | None) -> Stand:
    """How a published or withdrawn pledge stands, given its newest report."""
    if state is PledgeState.WITHDRAWN:
        return Stand.WITHDRAWN
    return Stand(newest.status) if newest else Stand.NOT_REPORTED
