"""Rules of contributions: none is lost, each is decided on once, none is seen too early."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from consult.changes.carrying import Anchor, Carried, carry
from consult.changes.lineage import resolve
from consult.models import (
    OFFICIAL,
    ContributionKind,
    ContributionState,
    DispositionState,
)
from consult.services.carrying import anchor_of
from consult.services.submitting import content_of
from consult.verify.rule import Rule, Stored
from movement.deadlines import closes_at

S = ContributionState


def _accounted(stored: Stored) -> Iterator[tuple[str, str]]:
    """Submitted = awaiting admission + admitted + returned + withdrawn, row by row."""
    numbers = Counter(one.number for one in stored.contributions.values() if one.number)
    for one in stored.contributions.values():
        official = one.state in OFFICIAL
        if official != (one.number is not None) or official != (one.submitted_at is not None):
            yield (
                stored.named(one),
                "has a number or a moment that its state does not allow",
            )
        if official and one.submission_id not in stored.submissions:
            yield stored.named(one), "was submitted, but stands in no submission"
        if one.number and numbers[one.number] > 1:
            yield stored.named(one), "shares its number"
    if numbers and max(numbers) != len(numbers):
        missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
        yield "contributions", f"numbers {missing[:5]} are missing"


def _submissions(stored: Stored) -> Iterator[tuple[str, str]]:
    for one in stored.submissions.values():
        content = json.dumps(one.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if hashlib.sha256(content.encode()).hexdigest() != one.checksum:
            yield f"submission {one.reference}", "its content is not the one that was submitted"
    given = {
        (one.id, entry.get("id")): entry
        for one in stored.submissions.values()
        for entry in one.content
    }
    for each in stored.contributions.values():
        if each.state in OFFICIAL and each.submission_id is not None:
            words = given.get((each.submission_id, str(each.id)))
            if words != content_of([each])[0]:
                yield stored.named(each), "its words are not those that were submitted"


def _decided_once(stored: Stored) -> Iterator[tuple[str, str]]:
    for identity in stored.dispositions:
        one = stored.contributions[identity]
        approved = stored.approved(one)
        if len(approved) > 1:
            yield stored.named(one), "has more than one approved disposition"
        if approved and one.state is not S.ADMITTED:
            yield stored.named(one), "is decided on, but not admitted"
        for each in approved:
            if each.outcome.value != "accepted" and not any(each.reasons.values()):
                yield stored.named(one), "is decided on without a reason"


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


def _resolved(stored: Stored) -> Iterator[tuple[str, str]]:
    drafts = {draft.id: draft for draft in stored.drafts}
    for one in stored.contributions.values():
        draft = drafts.get(one.draft_id)
        document = stored.documents.get(one.draft_id)
        if draft is None or document is None:
            yield stored.named(one), "speaks of a draft that is not there"
        elif one.lineage is not None and document.find(one.lineage) is None:
            yield stored.named(one), "speaks of a paragraph that its draft does not have"
        elif one.lineage is not None and stored.published:
            newest = stored.published[-1]
            heirs = resolve(one.lineage, stored.chain(draft, newest))
            if any(stored.documents[newest.id].find(heir) is None for heir in heirs):
                yield stored.named(one), "leads to a paragraph that is not there"


def _carried(stored: Stored) -> Iterator[tuple[str, str]]:
    drafts = {draft.id: draft for draft in stored.drafts}
    known: dict[tuple[UUID, UUID, Anchor], Carried] = {}
    for (identity, draft_id), row in stored.carried.items():
        one, after = stored.contributions[identity], drafts[draft_id]
        before = drafts[one.draft_id]
        key = (before.id, after.id, anchor_of(one))
        if key not in known:
            texts = stored.documents[before.id], stored.documents[after.id]
            known[key] = carry(key[2], *texts, stored.chain(before, after))
        fitting = known[key]
        if (row.fit, row.lineage) != (fitting.fit.value, fitting.lineage):
            yield stored.named(one), f"is carried over as {row.fit}, but is {fitting.fit.value}"
        elif row.proposal != fitting.proposal:
            yield stored.named(one), "is carried over with another proposal"
    for one in filter(stored.pending, stored.contributions.values()):
        for draft in stored.published:
            later = draft.number > drafts[one.draft_id].number
            if later and (one.id, draft.id) not in stored.carried:
                yield stored.named(one), f"is pending, and not carried over to draft {draft.number}"


def _no_circle(stored: Stored) -> Iterator[tuple[str, str]]:
    heads: dict[UUID, set[UUID]] = {}
    for rows in stored.dispositions.values():
        for each in rows:
            if each.state is not DispositionState.REPLACED and each.duplicate_of_id:
                heads.setdefault(each.contribution_id, set()).add(each.duplicate_of_id)
    for identity in _in_circles(heads):
        yield stored.named(stored.contributions[identity]), "is a duplicate in a circle"


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


def _confidential(stored: Stored) -> Iterator[tuple[str, str]]:
    """What was not submitted is nowhere but with its own organisation."""
    linked = set().union(*stored.sources.values()) if stored.sources else set()
    shown = linked | set(stored.dispositions) | {identity for identity, _ in stored.carried}
    for one in stored.contributions.values():
        if one.state not in OFFICIAL and one.id in shown:
            yield stored.named(one), "was never submitted, but is decided on or used"


def _in_time(stored: Stored) -> Iterator[tuple[str, str]]:
    for one in stored.contributions.values():
        if one.submitted_at is None:
            continue
        call, organisation = stored.calls[one.call_id], stored.organisations[one.organisation_id]
        late = one.submitted_at >= closes_at(call.closes_on, organisation.timezone)
        if late or (call.opened_at and one.submitted_at < call.opened_at):
            yield stored.named(one), "was submitted when its round was not open"


def _one_position(stored: Stored) -> Iterator[tuple[str, str]]:
    standing = Counter(
        (one.call_id, one.organisation_id, one.lineage)
        for one in stored.contributions.values()
        if one.kind is ContributionKind.POSITION
        and one.is_current
        and one.state in {S.SUBMITTED, S.ADMITTED}
    )
    for (_call, organisation, lineage), count in standing.items():
        if count > 1:
            code = stored.organisations[organisation].code
            yield f"paragraph {lineage}", f"{code} has {count} positions on it"


CONTRIBUTIONS = (
    Rule("accounted", "Submitted is awaiting, admitted, returned or withdrawn.", _accounted),
    Rule("submissions", "What was submitted is kept as it was.", _submissions),
    Rule("decided-once", "An admitted contribution has at most one approved disposition.",
         _decided_once),
    Rule("closed", "A closed round has nothing undecided.", _closed),
    Rule("resolved", "Each contribution leads to a paragraph or a tombstone.", _resolved),
    Rule("carried", "What is pending is carried over as it fits.", _carried),
    Rule("duplicates", "Duplicates form no circle.", _no_circle),
    Rule("confidential", "Nothing below submitted is decided on, used or counted.", _confidential),
    Rule("deadlines", "Submissions are in time, by the server's clock.", _in_time),
    Rule("one-position", "An organisation has one current position on a paragraph.", _one_position),
)  # fmt: skip
