"""What a change does to answers already given, and which answers it touches."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from surveys.changes.change import Change, What


class Becomes(StrEnum):
    """What becomes of answers.

    Asked: responses under way are asked it. Stored: answers stay stored and are exported, but count
    no more. Named: they are kept, and who answers is told to choose again. Checked: they are kept
    and checked anew. Kept: they stay, though given to other words. Nothing: nothing.
    """

    ASKED = "asked"
    STORED = "stored"
    NAMED = "named"
    CHECKED = "checked"
    KEPT = "kept"
    NOTHING = "nothing"


_BECOMES = {
    What.NEW: Becomes.ASKED,
    What.DELETED: Becomes.STORED,
    What.CHOICE_REMOVED: Becomes.NAMED,
    What.ROW_REMOVED: Becomes.NAMED,
    What.SETTING: Becomes.CHECKED,
    What.REQUIRED: Becomes.CHECKED,
    What.CONDITION: Becomes.CHECKED,
    What.CONSTRAINT: Becomes.CHECKED,
    What.WARNING: Becomes.CHECKED,
    What.CHOICE_FILTER: Becomes.CHECKED,
    What.TIMES: Becomes.CHECKED,
    What.CHOICE_CHANGED: Becomes.CHECKED,
    What.ROW_CHANGED: Becomes.CHECKED,
    What.REWORDED: Becomes.KEPT,
    What.CHOICE_REWORDED: Becomes.KEPT,
    What.ROW_REWORDED: Becomes.KEPT,
    What.CHOICE_ADDED: Becomes.KEPT,
    What.ROW_ADDED: Becomes.KEPT,
    What.MOVED: Becomes.KEPT,
}
_OF_A_PART = frozenset(
    {What.CHOICE_REMOVED, What.CHOICE_REWORDED, What.CHOICE_CHANGED,
     What.ROW_REMOVED, What.ROW_REWORDED, What.ROW_CHANGED}
)  # fmt: skip


def becomes(change: Change) -> Becomes:
    """What becomes of answers to the question that changes."""
    return _BECOMES.get(change.what, Becomes.NOTHING)


def touched(change: Change, answers: Mapping[str, Any]) -> bool:
    """Whether a response with these answers holds one that the change is about."""
    if change.uid is None or change.what is What.NEW:
        return False
    held = [stored for code, stored in everywhere(answers) if code == change.code]
    if change.what in _OF_A_PART:
        return any(mentions(stored, change.part) for stored in held)
    return bool(held)


def everywhere(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every answer that is one, by its question's code; those inside repeats too."""
    for code, stored in answers.items():
        if stored is None:
            continue
        yield code, stored
        if isinstance(stored, list):
            for item in stored:
                if isinstance(item, dict) and isinstance(item.get("answers"), dict):
                    yield from everywhere(item["answers"])


def mentions(stored: Any, part: str) -> bool:
    """Whether a stored value holds this choice, row or step."""
    if isinstance(stored, list):
        return any(mentions(one, part) for one in stored)
    if isinstance(stored, dict):
        if "choice" in stored:
            return str(stored["choice"]) == part
        return part in stored or any(mentions(one, part) for one in stored.values())
    return not isinstance(stored, bool) and str(stored) == part
