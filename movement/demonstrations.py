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
_PARTS: dict[str, Load] = {}


def register(name: str, load: Load) -> None:
    """Hand in a part by its name; registering again replaces it."""
    _PARTS[name] = load


def load_parts(session: Session, process: Process, *, now: datetime) -> dict[str, int]:
    """Load every part; how much each was, by name."""
    return {name: load(session, process, now) for name, load in _PARTS.items()}
