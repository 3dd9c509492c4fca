"""What the demonstration holds besides its survey: packages hand in what they load.

Each part belongs to the demonstration's process and is removed with it. Loading it again changes
nothing.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from movement.models import Process

Load = Callable[[Session, Process, datetime], int]
"""Loads a part into the process and returns how many things it holds, 0 if it was there."""
Remove = Callable[[Session], None]
"""Takes away what of a part doesn't go with the process."""
_PARTS: dict[str, tuple[Load, Remove | None]] = {}


def register(name: str, load: Load, remove: Remove | None = None) -> None:
    """Hand in a part by its name; registering again replaces it."""
    _PARTS[name] = load, remove


def load_parts(session: Session, process: Process, *, now: datetime) -> dict[str, int]:
    """Load every part; how much each was, by name."""
    return {name: load(session, process, now) for name, (load, _) in _PARTS.items()}


def remove_parts(session: Session) -> None:
    """Take away what of the parts doesn't go with the process."""
    for _load, remove in _PARTS.values():
        if remove is not None:
            remove(session)
