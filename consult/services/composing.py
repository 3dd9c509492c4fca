"""Accepted amendments taken into the next draft, as far as nobody has to find words for it."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from consult.changes.composing import Unsettled, unsettled
from consult.changes.taking import Accepted, Taken, Waiting, take
from consult.models import Draft
from consult.queries.amendments import amendments, taken_into
from consult.queries.consultations import document_of
from consult.services.drafts import Act, hold, read_set, rewrite_set
from core.errors import DomainError
from core.texts import lazy as _l


def take_over(session: Session, draft: Draft, contributions: Collection[UUID], act: Act) -> Taken:
    """Take these accepted amendments into a draft in work. What waits for words is told.

    Raises `DomainError` where one of them is not accepted or no amendment of the draft before, and
    `Conflict` for a published draft.
    """
    session.refresh(draft, with_for_update=True)
    base = _base(session, draft)
    hold(session, draft)
    ways = amendments(session, base, to_take=True)
    if not set(contributions) <= set(ways):
        raise DomainError(
            _l(
                "Only amendments that were accepted, wholly or partly, can be taken over. Give a "
                "note to what you change for another reason."
            )
        )
    taken = _plan(session, draft, base, [ways[one] for one in contributions])
    if list(taken.operations) != read_set(session, draft):
        rewrite_set(session, draft, taken.operations, act)
    return taken


def take_all(session: Session, draft: Draft, act: Act) -> Taken:
    """Take every accepted amendment that isn't behind the change set yet."""
    base = _base(session, draft)
    done = taken_into(session, draft)
    ways = amendments(session, base, to_take=True)
    return take_over(session, draft, [one for one in ways if one not in done], act)


def waiting_in(session: Session, draft: Draft) -> tuple[Waiting, ...]:
    """What of the accepted amendments would wait for the drafter's words, now."""
    base = _base(session, draft)
    done = taken_into(session, draft)
    ways = amendments(session, base, to_take=True)
    left = [way for one, way in ways.items() if one not in done]
    return _plan(session, draft, base, left).waiting


def _plan(session: Session, draft: Draft, base: Draft, accepted: Collection[Accepted]) -> Taken:
    operations = read_set(session, draft)
    behind = {one for operation in operations for one in operation.contributions}
    known = amendments(session, base, only=behind)
    return take(document_of(base), operations, accepted, known)


def unsettled_in(session: Session, draft: Draft) -> list[Unsettled]:
    """Conflicting amendments behind a draft's change set that no drafter's text settled."""
    if draft.base_id is None:
        return []
    base = session.get_one(Draft, draft.base_id)
    operations = read_set(session, draft)
    behind = {one for operation in operations for one in operation.contributions}
    known = amendments(session, base, only=behind)
    ways = {one: way.way for one, way in known.items() if not way.inserts}
    return unsettled(document_of(base), operations, ways)


def _base(session: Session, draft: Draft) -> Draft:
    if draft.base_id is None:
        raise DomainError(_l("The first draft takes over nothing: there is none before it."))
    return session.get_one(Draft, draft.base_id)
