"""Rules of dispositions: each contribution is decided on once, with a reason, and in no circle."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from consult.models import ContributionState, Disposition, DispositionState, Outcome
from consult.verify.rule import Rule, Stored

S = ContributionState


def _decided_once(stored: Stored) -> Iterator[tuple[str, str]]:
    for identity in stored.dispositions:
        one = stored.contributions[identity]
        approved = stored.approved(one)
        if len(approved) > 1:
            yield stored.named(one), "has more than one approved disposition"
        if approved and one.state is not S.ADMITTED:
            yield stored.named(one), "is decided on, but not admitted"
        for each in stored.dispositions[identity]:
            if not each.reasons and each.outcome is not Outcome.ACCEPTED:
                yield stored.named(one), "is decided on without a reason"
            texts: Iterable[Any] = each.reasons.values()
            if not all(isinstance(text, str) and text.strip() for text in texts):
                yield stored.named(one), "is decided on with a reason that says nothing"
            if each.state is DispositionState.APPROVED and each.approved_at is None:
                yield stored.named(one), "is decided on, but since no moment"


def _closed(stored: Stored) -> Iterator[tuple[str, str]]:
    for one, call in stored.rounds:
        if one.closed_at is None:
            continue
        for contribution in stored.contributions.values():
            if contribution.call_id != call.id:
                continue
            pending = contribution.state is S.ADMITTED and len(stored.approved(contribution)) != 1
            if pending or contribution.state is S.SUBMITTED:
                yield stored.named(contribution), f"is undecided, but {call.code} is closed"


def _led(stored: Stored) -> Iterator[tuple[str, str]]:
    heads: dict[UUID, set[UUID]] = {}
    for rows in stored.dispositions.values():
        for each in rows:
            if each.state is not DispositionState.REPLACED and each.duplicate_of_id:
                heads.setdefault(each.contribution_id, set()).add(each.duplicate_of_id)
            if each.state is not DispositionState.REPLACED and (wrong := _astray(stored, each)):
                yield stored.named(stored.contributions[each.contribution_id]), wrong
    for identity in _in_circles(heads):
        yield stored.named(stored.contributions[identity]), "is a duplicate in a circle"


def _astray(stored: Stored, each: Disposition) -> str | None:
    """What is wrong with where a disposition leads, if anything.

    While a round is open, what a duplicate leads to may be withdrawn or decided on anew; it has to
    be decided on where its own round was closed by the time the duplicate's was.
    """
    if (each.outcome is Outcome.DUPLICATE) != (each.duplicate_of_id is not None):
        return "is a duplicate of nothing, or leads to another without being one"
    if each.duplicate_of_id is None:
        return None
    head = stored.contributions.get(each.duplicate_of_id)
    if head is None or head.state not in {S.ADMITTED, S.WITHDRAWN}:
        return "is a duplicate of one that was not admitted here"
    closed = {call.id: one.closed_at for one, call in stored.rounds}
    ended = closed.get(stored.contributions[each.contribution_id].call_id)
    before = closed.get(head.call_id)
    settled = ended is not None and before is not None and before <= ended
    decided = head.state is S.ADMITTED and bool(stored.approved(head))
    if settled and each.state is DispositionState.APPROVED and not decided:
        return "is a duplicate of one that is not decided on"
    return None


def _in_circles(heads: dict[UUID, set[UUID]]) -> list[UUID]:
    """What is left when those whose heads are no duplicates themselves are taken away, and again.

    They are in a circle, or lead into one.
    """
    left = heads
    while True:
        rest = {one: above for one, above in left.items() if not above.isdisjoint(left)}
        if len(rest) == len(left):
            return list(left)
        left = rest


DISPOSITIONS = (
    Rule("decided-once", "An admitted contribution has at most one approved disposition.",
         _decided_once),
    Rule("closed", "A closed round has nothing undecided.", _closed),
    Rule("duplicates", "Duplicates lead to an admitted contribution, in no circle.", _led),
)  # fmt: skip
