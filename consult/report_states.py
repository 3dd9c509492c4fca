"""What an implementation report says of a paragraph: the statuses, their words and tones. Pure."""

from enum import StrEnum
from typing import Final

from core.texts import Lazy
from core.texts import lazy as _l


class Status(StrEnum):
    """How far an organisation is with what a paragraph asks of it."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


WORDS: Final[dict[Status, tuple[Lazy, str]]] = {
    Status.NOT_BEGUN: (_l("Not begun"), "idle"),
    Status.BEGUN: (_l("Begun"), "doing"),
    Status.DONE: (_l("Done"), "done"),
    Status.NOT_APPLICABLE: (_l("Does not apply"), "stopped"),
}
"""The word, and the tone of `components/tag.html`."""
