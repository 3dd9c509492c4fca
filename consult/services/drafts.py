"""Drafts: begun from a text or from the draft before, changed by operations, published for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from consult.changes.applying import apply
from consult.changes.operations import OPERATION, Operation
from consult.models import (
    Consultation,
    Contribution,
    ContributionState,
    Draft,
    DraftOperation,
    DraftState,
    OperationSource,
)
from consult.queries.consultations import document_of, drafts_of, find_consultation, operations_of
from consult.text.document import Document
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Process
from movement.services.calls import CODE, LONGEST_CODE


@dataclass(frozen=True)
class Act:
    """When something is done, and by whom as records name them."""

    now: datetime
    label: str


def begin_consultation(
    session: Session, process: Process, code: str, titles: Mapping[str, str], act: Act
) -> Consultation:
    """A consultation without a draft yet. Raises `DomainError`, `Conflict` for a code in use."""
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise DomainError(
            _l(
                "A consultation's code holds small letters, digits and hyphens, at most 60, as in "
                "strategy-text. %(code)s does not.",
                code=repr(code),
            )
        )
    if find_consultation(session, code) is not None:
        raise Conflict(_l("There is a consultation with the code %(code)s already.", code=code))
    made = Consultation(
        code=code, process_id=process.id, titles=dict(titles) or {"en": code},
        demonstration=process.demonstration, created_at=act.now,
    )  # fmt: skip
    session.add(made)
    audit.record(session, "consultation.begun", about=code, now=act.now, label=act.label)
    session.flush()
    return made


def begin_first(
    session: Session, consultation: Consultation, document: Document, act: Act, *, source: str = ""
) -> Draft:
    """The first draft of a consultation, in work. Raises `Conflict` where there is one."""
    hold_consultation(session, consultation.id)
    if drafts_of(session, consultation):
        raise Conflict(_l("This consultation has a draft already: the next one is made from it."))
    draft = Draft(
        consultation_id=consultation.id, number=0, document=document.model_dump(mode="json"),
        source=source, created_at=act.now,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    return draft


def begin_next(session: Session, base: Draft, act: Act) -> Draft:
    """The next draft, in work: the same text, and an empty change set. Raises `Conflict`."""
    hold_consultation(session, base.consultation_id)
    consultation = session.get_one(Consultation, base.consultation_id)
    last = drafts_of(session, consultation)[-1]
    if last.id != base.id or base.state is not DraftState.PUBLISHED:
        raise Conflict(_l("The next draft is made from the newest published one."))
    draft = Draft(
        consultation_id=consultation.id, number=base.number + 1, document=base.document,
        base_id=base.id, created_at=act.now,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    return draft


def change(session: Session, draft: Draft, operations: Sequence[Operation], act: Act) -> Document:
    """Add operations to a draft's change set, and apply them. The first draft keeps no set.

    Raises `Conflict` for a published draft, `CannotApply` for what doesn't fit.
    """
    hold(session, draft)
    document = apply(document_of(draft), operations)
    _check_sources(session, draft, operations, frozenset())
    if draft.base_id is not None:
        _append(session, draft, operations, act)
    _keep(session, draft, document)
    return document


def _check_sources(
    session: Session, draft: Draft, operations: Sequence[Operation], known: frozenset[UUID]
) -> None:
    """Refuse operations that name what isn't admitted in this consultation, but for what is known.

    So nothing that its organisation still keeps to itself is ever behind a published change.
    """
    named = {one for operation in operations for one in operation.contributions} - known
    admitted = select(Contribution.id).where(
        col(Contribution.id).in_(named),
        Contribution.consultation_id == draft.consultation_id,
        Contribution.state == ContributionState.ADMITTED,
    )
    if named and len(session.scalars(admitted).all()) < len(named):
        raise DomainError(
            _l("A change names a contribution that is not admitted here. Choose others, or a note.")
        )


def _append(session: Session, draft: Draft, operations: Sequence[Operation], act: Act) -> None:
    rows = operations_of(session, draft)
    position = rows[-1].position + 1 if rows else 0
    for offset, operation in enumerate(operations):
        _add(session, draft, position + offset, operation, act)


def _add(session: Session, draft: Draft, position: int, operation: Operation, act: Act) -> None:
    session.add(
        DraftOperation(
            id=operation.id, draft_id=draft.id, position=position,
            operation=OPERATION.dump_python(operation, mode="json"),
            by_label=act.label, at=act.now,
        )
    )  # fmt: skip
    session.flush()
    session.add_all(
        OperationSource(operation_id=operation.id, contribution_id=one)
        for one in dict.fromkeys(operation.contributions)
    )


def rewrite_set(
    session: Session, draft: Draft, operations: Sequence[Operation], act: Act
) -> Document:
    """Give a draft in work another change set, as when a step of it is taken back.

    Operations that stay keep who made them and when. Raises `Conflict`, `CannotApply`.
    """
    hold(session, draft)
    base = session.get_one(Draft, draft.base_id)
    document = apply(document_of(base), operations)
    rows = operations_of(session, draft)
    before = {one for row in rows for one in row.operation["contributions"]}
    _check_sources(session, draft, operations, frozenset(map(UUID, before)))
    kept = {row.id: Act(row.at, row.by_label) for row in rows}
    session.execute(
        delete(OperationSource).where(col(OperationSource.operation_id).in_(list(kept)))
    )
    session.execute(delete(DraftOperation).where(col(DraftOperation.draft_id) == draft.id))
    for position, operation in enumerate(operations):
        _add(session, draft, position, operation, kept.get(operation.id, act))
    _keep(session, draft, document)
    return document


def read_set(session: Session, draft: Draft) -> list[Operation]:
    """A draft's change set as operations."""
    return [OPERATION.validate_python(row.operation) for row in operations_of(session, draft)]


def _keep(session: Session, draft: Draft, document: Document) -> None:
    draft.document = document.model_dump(mode="json")
    draft.edition += 1
    session.flush()


def hold(session: Session, draft: Draft) -> None:
    """Keep a draft in work from being changed or published by others until the commit.

    What others did since it was loaded is seen. Raises `Conflict` for a published one.
    """
    session.flush()
    session.refresh(draft, with_for_update=True)
    if draft.state is DraftState.PUBLISHED:
        raise Conflict(_l("This draft is published: it never changes. Make the next one of it."))


def hold_consultation(session: Session, consultation_id: UUID) -> None:
    """Let nobody else take a step that takes this until the commit: the first lock of each.

    Such steps: to begin or publish a draft, to open a round, to adopt, to speak on a draft as a
    member, to submit, to withdraw or write anew, to admit and to decide. Who only writes rows that
    refer to the consultation doesn't wait.
    """
    held = select(Consultation.id).where(Consultation.id == consultation_id)
    session.execute(held.with_for_update(key_share=True))


def publish(session: Session, draft: Draft, act: Act) -> None:
    """Freeze a draft for ever.

    Raises `Conflict` if it is published, `DomainError` for an empty one and for one with changes
    that nobody explained.
    """
    hold(session, draft)
    if not draft.document["blocks"]:
        raise DomainError(_l("This draft has no paragraph yet. Write or import one first."))
    unexplained = unexplained_of(session, draft)
    if unexplained:
        raise DomainError(
            _l(
                "%(count)s changes have neither a contribution behind them nor a note. Give each "
                "its reason, then publish.",
                count=len(unexplained),
            )
        )
    draft.state, draft.digest = DraftState.PUBLISHED, document_of(draft).digest
    draft.published_at, draft.published_by = act.now, act.label
    consultation = session.get_one(Consultation, draft.consultation_id)
    audit.record(
        session, "draft.published", about=consultation.code, now=act.now, label=act.label,
        number=draft.number, digest=draft.digest,
    )  # fmt: skip
    session.flush()


def unexplained_of(session: Session, draft: Draft) -> list[UUID]:
    """The operations of a draft's change set that nobody explained yet."""
    return [operation.id for operation in read_set(session, draft) if not operation.explained]
