"""Rules of contributions: none is lost, changed or given to another, none is seen too early."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlmodel import select

from consult.changes.carrying import Anchor, Carried, carry
from consult.changes.lineage import resolve
from consult.models import (
    OFFICIAL,
    STANDING,
    Consultation,
    Contribution,
    ContributionKind,
    ContributionState,
    ContributionSubmission,
)
from consult.services.carrying import anchor_of
from consult.services.submitting import content_of
from consult.verify.rule import Rule, Stored
from movement.deadlines import closes_at
from movement.models import Process

S = ContributionState
STEPS = {S.ADMITTED: "admitted_at", S.RETURNED: "returned_at", S.WITHDRAWN: "withdrawn_at"}
"""Where each state's moment stands."""


def _accounted(stored: Stored) -> Iterator[tuple[str, str]]:
    """Submitted = awaiting admission + admitted + returned + withdrawn, row by row."""
    numbers = Counter(one.number for one in stored.contributions.values() if one.number is not None)
    for one in stored.contributions.values():
        official = one.state in OFFICIAL
        if official != (one.number is not None) or official != (one.submitted_at is not None):
            yield (
                stored.named(one),
                "has a number or a moment that its state does not allow",
            )
        if official and one.submission_id not in stored.submissions:
            yield stored.named(one), "was submitted, but stands in no submission"
        if one.state in STEPS and getattr(one, STEPS[one.state]) is None:
            yield stored.named(one), f"is {one.state.value}, but since no moment"
        if one.number is not None and numbers[one.number] > 1:
            yield stored.named(one), "shares its number"
    given = set(range(1, len(numbers) + 1))
    if set(numbers) != given:
        missing, surplus = sorted(given - set(numbers)), sorted(set(numbers) - given)
        yield (
            "contributions",
            f"are not numbered 1 to {len(numbers)}: without {missing[:5]}, with {surplus[:5]}",
        )
    yield from _lost(stored)


def _lost(stored: Stored) -> Iterator[tuple[str, str]]:
    """Whatever was submitted is still there: a submission tells of it when its row is gone."""
    there = {str(one.id) for one in stored.contributions.values() if one.state in OFFICIAL}
    for each in stored.submissions.values():
        for entry in each.content:
            if entry.get("id") not in there:
                yield (
                    f"submission {each.reference}",
                    f"contribution {entry.get('id')} was submitted, and is not there as such",
                )


def _submissions(stored: Stored) -> Iterator[tuple[str, str]]:
    for one in stored.submissions.values():
        content = json.dumps(one.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if hashlib.sha256(content.encode()).hexdigest() != one.checksum:
            yield f"submission {one.reference}", "its content is not the one that was submitted"
        known = [stored.references.get(UUID(entry["id"])) for entry in one.content if "id" in entry]
        if any(names and one.reference not in names for names in known):
            yield f"submission {one.reference}", "its reference is not the one that was given"
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
            its = stored.submissions.get(each.submission_id)
            if its is not None and _whose(each, each.submitted_at) != _whose(its, its.at):
                yield (
                    stored.named(each),
                    "its organisation, round or moment is not that of its submission",
                )


def _whose(
    one: Contribution | ContributionSubmission, at: datetime | None
) -> tuple[UUID, UUID, datetime | None]:
    return one.organisation_id, one.call_id, at


def _resolved(stored: Stored) -> Iterator[tuple[str, str]]:
    yield from _belonging(stored)
    drafts = {draft.id: draft for draft in stored.drafts}
    asked = {call.id: each.draft_id for each, call in stored.rounds}
    for one in stored.contributions.values():
        draft = drafts.get(one.draft_id)
        document = stored.documents.get(one.draft_id)
        if draft is None or document is None:
            yield stored.named(one), "speaks of a draft that is not there"
        elif one.draft_id != asked.get(one.call_id):
            yield stored.named(one), "speaks of another draft than its round asks about"
        elif one.lineage is not None and document.find(one.lineage) is None:
            yield stored.named(one), "speaks of a paragraph that its draft does not have"
        elif one.lineage is not None and stored.published:
            newest = stored.published[-1]
            heirs = resolve(one.lineage, stored.chain(draft, newest))
            if any(stored.documents[newest.id].find(heir) is None for heir in heirs):
                yield stored.named(one), "leads to a paragraph that is not there"


def _belonging(stored: Stored) -> Iterator[tuple[str, str]]:
    """The consultation leads to its process, each round to its draft. Reads the whole row."""
    chosen = select(Consultation).where(Consultation.id == stored.consultation.id)
    whole = chosen.execution_options(populate_existing=True)
    process_id = stored.session.scalars(whole).one().process_id
    if stored.session.get(Process, process_id) is None:
        yield f"consultation {stored.code}", "belongs to a process that is not there"
    published = {draft.id for draft in stored.published}
    for one, call in stored.rounds:
        if one.draft_id not in published:
            yield f"round {call.code}", "asks about a draft that is not published here"


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


def _confidential(stored: Stored) -> Iterator[tuple[str, str]]:
    """What was not submitted is nowhere but with its own organisation."""
    linked = set().union(*stored.sources.values()) if stored.sources else set()
    shown = linked | set(stored.dispositions) | {identity for identity, _ in stored.carried}
    for one in stored.contributions.values():
        if one.state not in OFFICIAL and one.id in shown:
            yield stored.named(one), "was never submitted, but is decided on or used"


def _in_time(stored: Stored) -> Iterator[tuple[str, str]]:
    for call in stored.calls.values():
        if call.opened_at is None:
            yield f"round {call.code}", "was never opened"
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
    yield from _set_aside(stored)


def _set_aside(stored: Stored) -> Iterator[tuple[str, str]]:
    """Only a position that came later takes another's place, whatever became of it since."""
    given: dict[tuple[UUID, UUID, str], list[tuple[datetime, str]]] = defaultdict(list)
    for each in stored.submissions.values():
        for entry in each.content:
            if entry["kind"] == ContributionKind.POSITION:
                key = each.call_id, each.organisation_id, str(entry["lineage"])
                given[key].append((each.at, entry["id"]))
    for one in stored.contributions.values():
        if one.is_current or one.state not in STANDING:
            continue
        others = given[one.call_id, one.organisation_id, str(one.lineage)]
        later = {identity for at, identity in others if one.submitted_at and at >= one.submitted_at}
        if one.kind is not ContributionKind.POSITION or not later - {str(one.id)}:
            yield stored.named(one), "no longer counts, though no position took its place"


CONTRIBUTIONS = (
    Rule("accounted", "Submitted is awaiting, admitted, returned or withdrawn.", _accounted),
    Rule("submissions", "What was submitted is kept as it was.", _submissions),
    Rule("resolved", "All leads somewhere: contributions to a paragraph or tombstone.", _resolved),
    Rule("carried", "What is pending is carried over as it fits.", _carried),
    Rule("confidential", "Nothing below submitted is decided on, used or counted.", _confidential),
    Rule("deadlines", "Submissions are in time, by the server's clock.", _in_time),
    Rule("one-position", "An organisation has one current position on a paragraph.", _one_position),
)  # fmt: skip
