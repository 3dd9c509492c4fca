"""What a rule is, and what all rules look at: the rows of one consultation, read once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import or_
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from consult.changes.lineage import Fates, fates
from consult.changes.operations import OPERATION, Operation
from consult.models import (
    CarryOver,
    Consultation,
    Contribution,
    ContributionEvent,
    ContributionState,
    ContributionSubmission,
    Disposition,
    DispositionState,
    Draft,
    DraftOperation,
    DraftState,
    OperationSource,
    Outcome,
    Round,
)
from consult.queries.amendments import TAKEN_OVER
from consult.queries.consultations import drafts_of, rounds_of
from consult.text.document import Document
from movement.models import Call, Organisation

PUT_OFF = frozenset({Outcome.CARRIED_OVER})
GIVEN = ("submitted", "resubmitted")
"""The events in which a contribution was submitted; their note is the reference."""


@dataclass(frozen=True)
class Finding:
    """A row that breaks a rule: the rule's name, the row, and what is wrong with it."""

    rule: str
    row: str
    message: str


@dataclass
class Stored:
    """A consultation's rows, each kind read at its first use: within the rule that needs it."""

    session: Session
    code: str
    _operations: dict[UUID, list[Operation]] = field(default_factory=dict)
    _chains: dict[tuple[UUID, UUID], list[Fates]] = field(default_factory=dict)

    @cached_property
    def consultation(self) -> Consultation:
        """The consultation, of whose row no more is read than what other rows know it by."""
        chosen = select(Consultation).where(Consultation.code == self.code)
        return self.session.scalars(chosen.options(load_only(cast(Any, Consultation.code)))).one()

    @cached_property
    def drafts(self) -> list[Draft]:
        """All drafts, the first one first."""
        return drafts_of(self.session, self.consultation)

    @cached_property
    def published(self) -> list[Draft]:
        """The published drafts, the first one first."""
        return [draft for draft in self.drafts if draft.state is DraftState.PUBLISHED]

    @cached_property
    def documents(self) -> dict[UUID, Document]:
        """The drafts' texts, freshly read; a draft whose text is none is missing."""
        found: dict[UUID, Document] = {}
        for draft in self.drafts:
            try:
                found[draft.id] = Document.model_validate(draft.document)
            except ValidationError:
                continue
        return found

    @cached_property
    def rows(self) -> dict[UUID, list[DraftOperation]]:
        """The rows of each draft's change set, in order."""
        found: dict[UUID, list[DraftOperation]] = defaultdict(list)
        chosen = select(DraftOperation).join(Draft)
        chosen = chosen.where(Draft.consultation_id == self.consultation.id)
        for row in self.session.scalars(chosen.order_by(col(DraftOperation.position))):
            found[row.draft_id].append(row)
        return dict(found)

    def operations(self, draft: Draft) -> list[Operation]:
        """A draft's change set; raises `ValidationError` for what is no operation."""
        if draft.id not in self._operations:
            rows = self.rows.get(draft.id, [])
            self._operations[draft.id] = [OPERATION.validate_python(row.operation) for row in rows]
        return self._operations[draft.id]

    @cached_property
    def sources(self) -> dict[UUID, set[UUID]]:
        """The contributions behind each operation, by the rows that link them.

        Also links of operations that are not there, where the contribution is one of these.
        """
        found: dict[UUID, set[UUID]] = defaultdict(set)
        chosen = select(OperationSource).outerjoin(DraftOperation).outerjoin(Draft)
        chosen = chosen.outerjoin(
            Contribution, col(Contribution.id) == col(OperationSource.contribution_id)
        ).where(
            or_(
                col(Draft.consultation_id) == self.consultation.id,
                col(Contribution.consultation_id) == self.consultation.id,
            )
        )
        for link in self.session.scalars(chosen):
            found[link.operation_id].add(link.contribution_id)
        return dict(found)

    @cached_property
    def contributions(self) -> dict[UUID, Contribution]:
        """All contributions."""
        chosen = select(Contribution).where(Contribution.consultation_id == self.consultation.id)
        return {one.id: one for one in self.session.scalars(chosen)}

    @cached_property
    def dispositions(self) -> dict[UUID, list[Disposition]]:
        """All dispositions, by contribution."""
        found: dict[UUID, list[Disposition]] = defaultdict(list)
        chosen = select(Disposition).join(
            Contribution, col(Contribution.id) == col(Disposition.contribution_id)
        )
        for one in self.session.scalars(
            chosen.where(Contribution.consultation_id == self.consultation.id)
        ):
            found[one.contribution_id].append(one)
        return dict(found)

    def approved(self, contribution: Contribution) -> list[Disposition]:
        """The approved dispositions of a contribution; there may be one."""
        rows = self.dispositions.get(contribution.id, [])
        return [one for one in rows if one.state is DispositionState.APPROVED]

    def accepted(self, contribution: Contribution) -> bool:
        """Whether it is admitted and accepted, wholly or partly."""
        taken = any(one.outcome in TAKEN_OVER for one in self.approved(contribution))
        return contribution.state is ContributionState.ADMITTED and taken

    def pending(self, contribution: Contribution) -> bool:
        """Whether it has to be decided on in a later draft: not yet decided, or put off."""
        decided = [one for one in self.approved(contribution) if one.outcome not in PUT_OFF]
        return contribution.state is ContributionState.ADMITTED and not decided

    @cached_property
    def submissions(self) -> dict[UUID, ContributionSubmission]:
        """All submissions of the consultation's rounds."""
        chosen = select(ContributionSubmission).where(
            col(ContributionSubmission.call_id).in_(list(self.calls))
        )
        return {one.id: one for one in self.session.scalars(chosen)}

    @cached_property
    def references(self) -> dict[UUID, set[str]]:
        """Under which references each contribution was submitted, as its history has them."""
        found: dict[UUID, set[str]] = defaultdict(set)
        chosen = select(ContributionEvent.contribution_id, ContributionEvent.note).join(
            Contribution, col(Contribution.id) == col(ContributionEvent.contribution_id)
        )
        for identity, reference in self.session.execute(
            chosen.where(
                Contribution.consultation_id == self.consultation.id,
                col(ContributionEvent.act).in_(GIVEN),
                ContributionEvent.note != "",
            )
        ):
            found[identity].add(reference)
        return dict(found)

    @cached_property
    def rounds(self) -> list[tuple[Round, Call]]:
        """The rounds with their calls."""
        return rounds_of(self.session, self.consultation)

    @cached_property
    def calls(self) -> dict[UUID, Call]:
        """The rounds' calls."""
        return {call.id: call for _round, call in self.rounds}

    @cached_property
    def organisations(self) -> dict[UUID, Organisation]:
        """Every organisation there is."""
        return {one.id: one for one in self.session.scalars(select(Organisation))}

    @cached_property
    def carried(self) -> dict[tuple[UUID, UUID], CarryOver]:
        """How pending contributions were carried over, by contribution and draft."""
        chosen = select(CarryOver).join(Draft, col(Draft.id) == col(CarryOver.draft_id))
        return {
            (one.contribution_id, one.draft_id): one
            for one in self.session.scalars(
                chosen.where(Draft.consultation_id == self.consultation.id)
            )
        }

    def chain(self, first: Draft, last: Draft) -> list[Fates]:
        """What became of paragraphs between two drafts, change set by change set."""
        key = (first.id, last.id)
        if key not in self._chains:
            self._chains[key] = [
                fates(self.operations(draft))
                for draft in self.drafts
                if first.number < draft.number <= last.number
            ]
        return self._chains[key]

    def named(self, contribution: Contribution) -> str:
        """How a finding names a contribution."""
        return f"contribution {contribution.number or contribution.id}"


Check = Callable[[Stored], Iterator[tuple[str, str]]]


@dataclass(frozen=True)
class Rule:
    """A rule by its name, what it says, and what finds the rows that break it."""

    name: str
    sentence: str
    check: Check = field(repr=False)


def findings(stored: Stored, rules: Iterable[Rule]) -> list[Finding]:
    """What breaks the rules, rule by rule. A rule that can't be looked up is broken, too."""
    found: list[Finding] = []
    for rule in rules:
        try:
            found += [Finding(rule.name, row, message) for row, message in rule.check(stored)]
        except Exception as error:  # noqa: BLE001 -- whatever a damaged row leads to, it is named
            found.append(Finding(rule.name, "stored rows", f"can't be read: {error}"))
    return found
