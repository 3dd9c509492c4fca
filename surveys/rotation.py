"""The order in which an organisation sees an unordered list, so that no place steers answers."""

from collections.abc import Sequence
from hashlib import sha256

from surveys.definition import Choice

LAST = ("other", "none", "dont_know", "prefer_not_to_say")
STARTS = 9_973


def rotation_for(wave: str, organisation: str) -> int:
    """An organisation's starting point in a wave: spread evenly, and the same whenever asked."""
    return int.from_bytes(sha256(f"{wave}/{organisation}".encode()).digest()[:4]) % STARTS


def rotated(choices: Sequence[Choice], rotation: int) -> list[Choice]:
    """The list from the organisation's starting point on; "other", "none" and such stay last."""
    moving = [choice for choice in choices if not _stays(choice)]
    staying = [choice for choice in choices if _stays(choice)]
    if not moving:
        return staying
    start = rotation % len(moving)
    return [*moving[start:], *moving[:start], *staying]


def _stays(choice: Choice) -> bool:
    """Whether it stays last: it answers beside the list, or can't stand beside its choices."""
    return choice.code in LAST or choice.exclusive
