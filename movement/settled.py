"""Which calls are settled for good: the package that asks something says so, by the call's kind.

What was decided on the answers stands then, and nobody answers any more. Registering again
replaces.
"""

from collections.abc import Callable

from sqlmodel import Session

from movement.models import Call, CallKind

Settled = Callable[[Session, Call], bool]
"""Whether a call is settled. Who settles one holds its row."""

_SETTLED: dict[CallKind, Settled] = {}


def register(kind: CallKind, settled: Settled) -> None:
    """Say how calls of this kind are known to be settled."""
    _SETTLED[kind] = settled


def is_settled(session: Session, call: Call) -> bool:
    """Whether a call can't be opened again; calls of a kind that nobody spoke for can."""
    settled = _SETTLED.get(call.kind)
    return settled is not None and settled(session, call)
