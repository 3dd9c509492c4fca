"""What a call still waits for from an organisation that has begun or submitted: returned, joint.

The package that asks something says so, by the call's kind. Registering again replaces.
"""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from core.texts import Lazy
from movement.models import Call, CallKind, Organisation

Waits = Callable[[Session, Call, Organisation], Sequence[Lazy]]
"""A sentence for each thing that waits for the organisation."""

_WAITS: dict[CallKind, Waits] = {}


def register(kind: CallKind, waits: Waits) -> None:
    """Say what waits for an organisation in calls of this kind."""
    _WAITS[kind] = waits


def awaited(session: Session, call: Call, organisation: Organisation) -> tuple[Lazy, ...]:
    """What waits for the organisation in a call; nothing where nobody said what might."""
    waits = _WAITS.get(call.kind)
    return tuple(waits(session, call, organisation)) if waits else ()
