"""Rules of drafts: their bytes, what leads from one to the next, and why."""

from collections.abc import Iterator
from uuid import UUID

from consult.changes.applying import CannotApply, apply
from consult.changes.composing import Way, unsettled
from consult.changes.operations import Operation
from consult.changes.stream import Stream
from consult.models import ContributionKind, Draft, DraftState, Outcome, ProposalKind
from consult.text.document import Document
from consult.verify.rule import Rule, Stored


def _frozen(stored: Stored) -> Iterator[tuple[str, str]]:
    for draft in stored.drafts:
        published = draft.state is DraftState.PUBLISHED
        if {bool(draft.digest), draft.published_at is not None} != {published}:
            yield _named(draft), "is published by one part of its row, and not by another"
            continue
        document = stored.documents.get(draft.id)
        if document is None:
            yield _named(draft), "its text can't be read as a draft"
        elif published and document.digest != draft.digest:
            yield _named(draft), "its text is not the one that was published"


def _applied(stored: Stored) -> Iterator[tuple[str, str]]:
    yield from _in_order(stored)
    for draft, base, document in _made(stored):
        for row in stored.rows.get(draft.id, []):
            if row.operation["id"] != str(row.id):
                yield f"operation {row.id}", "is stored under another's identity"
        try:
            result = apply(base, stored.operations(draft))
        except CannotApply as error:
            yield _named(draft), f"operation {error.operation} does not fit"
            continue
        for language in document.languages:
            if _texts(result, language) != _texts(document, language):
                yield _named(draft), f"its change set gives another text in {language}"
        if result != document and _same_texts(result, document):
            yield _named(draft), "its change set gives other numbers, levels or languages"


def _in_order(stored: Stored) -> Iterator[tuple[str, str]]:
    """Each draft is made of the published one before it: none is without what led to it."""
    numbers = [draft.number for draft in stored.drafts]
    if numbers != list(range(len(numbers))):
        yield "drafts", f"are numbered {numbers}, not from 0 without a gap"
    before: Draft | None = None
    for draft in stored.drafts:
        if draft.base_id != (before.id if before else None):
            yield _named(draft), "is not made of the draft before it"
        elif before is not None and before.state is not DraftState.PUBLISHED:
            yield _named(draft), "is made of a draft that is not published"
        before = draft


def _explained(stored: Stored) -> Iterator[tuple[str, str]]:
    for draft, base, _document in _made(stored):
        operations = stored.operations(draft)
        known = {operation.id for operation in operations if operation.explained}
        for operation in operations:
            if operation.id not in known:
                yield f"operation {operation.id}", "has neither a contribution nor a note"
            if set(operation.contributions) != stored.sources.get(operation.id, set()):
                yield f"operation {operation.id}", "names other contributions than are linked to it"
            yield from _unfounded(stored, operation)
        for language in base.languages:
            stream = Stream.of(base, language).take(operations)
            for passage in stream.passages():
                named = {one.inserted_by or one.deleted_by for one in passage.stretches} - {None}
                if not named <= known:
                    yield _named(draft), f"changed words in {language} that nobody explained"
    there = {row.id for rows in stored.rows.values() for row in rows}
    for missing in stored.sources.keys() - there:
        yield f"operation {missing}", "is linked to contributions, but is not there"


def _unfounded(stored: Stored, operation: Operation) -> Iterator[tuple[str, str]]:
    """What a published operation rests on is there, and was accepted."""
    for identity in operation.contributions:
        one = stored.contributions.get(identity)
        if one is None:
            yield f"operation {operation.id}", "names a contribution that is not there"
        elif not stored.accepted(one):
            yield f"operation {operation.id}", f"rests on {stored.named(one)}, not accepted"


def _streamed(stored: Stored) -> Iterator[tuple[str, str]]:
    for draft, base, document in _made(stored):
        for language in document.languages:
            stream = Stream.of(base, language).take(stored.operations(draft))
            if stream.before() != _texts(base, language):
                yield (
                    _named(draft),
                    f"without its changes it is not the draft before ({language})",
                )
            if stream.after() != _texts(document, language):
                yield _named(draft), f"its changes do not lead to it ({language})"


def _unmerged(stored: Stored) -> Iterator[tuple[str, str]]:
    """Conflicting accepted amendments of one paragraph need the drafter's own text and a note."""
    for draft, base, _document in _made(stored):
        operations = stored.operations(draft)
        behind = {one for operation in operations for one in operation.contributions}
        ways = {one: way for one in behind if (way := _way(stored, one, draft))}
        for found in unsettled(base, operations, ways):
            numbers = [stored.named(stored.contributions[one]) for one in found.contributions]
            yield _named(draft), f"merges amendments that contradict: {', '.join(numbers)}"


def _way(stored: Stored, identity: UUID, draft: Draft) -> Way | None:
    """What an accepted amendment makes of a paragraph of a draft's base; None for others."""
    one = stored.contributions.get(identity)
    if one is None or one.kind is not ContributionKind.AMENDMENT or draft.base_id is None:
        return None
    accepted = any(each.outcome is Outcome.ACCEPTED for each in stored.approved(one))
    if not accepted or one.proposal_kind is ProposalKind.INSERT_AFTER:
        return None
    lineage, proposal = one.lineage, one.proposal
    if carried := stored.carried.get((identity, draft.base_id)):
        lineage, proposal = carried.lineage, carried.proposal or proposal
    return Way(identity, lineage, one.language, proposal) if lineage else None


def _made(stored: Stored) -> Iterator[tuple[Draft, Document, Document]]:
    """The published drafts that were made of another, with both texts."""
    for draft in stored.published:
        if draft.base_id is not None:
            base, document = stored.documents.get(draft.base_id), stored.documents.get(draft.id)
            if base is not None and document is not None:
                yield draft, base, document


def _named(draft: Draft) -> str:
    return f"draft {draft.number}"


def _texts(document: Document, language: str) -> list[str]:
    return [block.texts.get(language, "") for block in document.blocks]


def _same_texts(one: Document, other: Document) -> bool:
    return all(_texts(one, language) == _texts(other, language) for language in other.languages)


DRAFTS = (
    Rule("published-bytes", "Published drafts never change.", _frozen),
    Rule("change-sets", "A change set gives the next draft exactly, in each language.", _applied),
    Rule("explained", "Each changed word has an accepted contribution or a note.", _explained),
    Rule("redline", "A redline accepted is the next draft, rejected the one before.", _streamed),
    Rule("conflicts", "Contradicting amendments are never merged without a text.", _unmerged),
)
