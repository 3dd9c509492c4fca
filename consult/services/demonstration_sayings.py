"""The demonstration's contributions as rows: submitted, admitted, decided on, carried over."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session, col, select

from consult.changes.applying import apply
from consult.changes.carrying import carry
from consult.changes.lineage import fates
from consult.changes.operations import Operation
from consult.demonstration.reading import NAMES, data, zero_draft
from consult.models import (
    CarryOver,
    Category,
    Consultation,
    Contribution,
    ContributionEvent,
    ContributionKind,
    ContributionState,
    ContributionSubmission,
    Disposition,
    DispositionState,
    Draft,
    Outcome,
    ProposalKind,
    Round,
    Scope,
    Source,
    Sponsor,
    SponsorState,
    Stance,
)
from consult.queries.consultations import document_of
from consult.services.carrying import anchor_of
from consult.services.submitting import content_of, digest_of
from consult.text.document import Document
from consult.text.inline import plain
from movement.models import Call, Organisation, Participation, ParticipationState

SECOND_ROUND = 40
"""How many are said in the second round, so that there is something left to decide on."""
HOUR = 10


def in_second_round(zero: Document, operations: Sequence[Operation]) -> dict[int, UUID | None]:
    """Which contributions are said of the first draft instead: the last ones that fit it as well.

    What an operation or another contribution refers to stays in the first round.
    """
    after = apply(zero, operations)
    used = {number for raw in data("first-draft") for number in raw.get("because") or ()}
    used |= {raw["disposition"]["duplicate_of"] for raw in data("contributions")}
    chosen: dict[int, UUID | None] = {}
    for raw in reversed(data("contributions")):
        if len(chosen) == SECOND_ROUND:
            break
        place = raw["paragraph"]
        block = None if place is None else zero.blocks[place]
        fits = block is None or after.find(block.lineage) == block
        free = raw["n"] not in used and raw["disposition"]["outcome"] in {"noted", "not_accepted"}
        if fits and free and raw["source"] == "web" and not raw["sponsors"]:
            chosen[raw["n"]] = block.lineage if block else None
    return chosen


class Sayings:
    """Writes contributions; `ids`: their identities by number. Nothing is said after `now`."""

    def __init__(
        self, session: Session, consultation: Consultation, ids: Mapping[int, UUID], now: datetime
    ) -> None:
        self.session, self.consultation, self.ids = session, consultation, ids
        self.now = now
        self.raw: dict[int, dict[str, Any]] = {raw["n"]: raw for raw in data("contributions")}
        self.rows: dict[int, Contribution] = {}

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """Everybody who speaks, by code."""
        codes = {raw["organisation"] for raw in self.raw.values()}
        codes |= {code for raw in self.raw.values() for code in raw["sponsors"]}
        # A network's voice has its code in capitals.
        codes = {code.upper() for code in codes}
        chosen = select(Organisation).where(col(Organisation.code).in_(codes))
        found = {one.code: one for one in self.session.scalars(chosen)}
        return found | {code.lower(): one for code, one in found.items()}

    def write(
        self,
        asked: tuple[Round, Call],
        draft: Draft,
        numbers: Collection[int],
        *,
        pending: bool = False,
    ) -> None:
        """Write these in a round. `pending`: not decided on, half of them not admitted either."""
        call = asked[1]
        document = document_of(draft)
        by_organisation: dict[str, list[Contribution]] = defaultdict(list)
        first = len(self.rows)
        for place, number in enumerate(numbers, start=1):
            row = self._row(number, first + place, call, draft, document)
            self.rows[number] = row
            by_organisation[self.raw[number]["organisation"]].append(row)
        for code, rows in by_organisation.items():
            self._submit(call, self.organisations[code], rows)
        for place, number in enumerate(numbers):
            if not pending or place % 2:
                self._admit(self.rows[number])
        self.session.flush()
        if not pending:
            self._decide(numbers)

    def _row(
        self, number: int, counted: int, call: Call, draft: Draft, document: Document
    ) -> Contribution:
        raw = self.raw[number]
        organisation = self.organisations[raw["organisation"]]
        block = None if raw["paragraph"] is None else self._zero.blocks[raw["paragraph"]]
        quote = raw["quote"] or ""
        start = plain(block.texts[raw["language"]]).index(quote) if block and quote else None
        at = self._moment(call, raw["organisation"])
        return Contribution(
            id=self.ids[number], consultation_id=self.consultation.id, call_id=call.id,
            number=counted, organisation_id=organisation.id,
            author_label=f"focal-point.{raw['organisation'].lower()}@demo.invalid",
            kind=ContributionKind(raw["kind"]), category=Category(raw["category"]),
            scope=Scope(raw["scope"]), draft_id=draft.id,
            lineage=block.lineage if block else None, language=raw["language"], quote=quote,
            quote_start=start,
            text=raw["text"], state=ContributionState.SUBMITTED, source=Source(raw["source"]),
            proposal_kind=ProposalKind(raw["proposal_kind"]) if raw["proposal_kind"] else None,
            proposal=raw["proposal"], stance=Stance(raw["position"]) if raw["position"] else None,
            created_at=at, updated_at=at, submitted_at=at,
        )  # fmt: skip

    @cached_property
    def _zero(self) -> Document:
        return zero_draft()

    def _moment(self, call: Call, code: str) -> datetime:
        """When an organisation spoke: some day of the round, the same at each loading."""
        assert call.opened_at is not None  # noqa: S101 - set when it was opened
        long = (call.closes_on - call.opened_at.date()).days, (self.now - call.opened_at).days
        days = max(1, min(32, *long) - 2)
        day = call.opened_at + timedelta(days=1 + uuid5(NAMES, code).int % days)
        return day.replace(hour=HOUR, minute=uuid5(NAMES, code).int % 60, second=0, microsecond=0)

    def _submit(self, call: Call, organisation: Organisation, rows: list[Contribution]) -> None:
        at = rows[0].submitted_at
        assert at is not None  # noqa: S101 - given to each row
        content = content_of(rows)
        made = ContributionSubmission(
            id=uuid5(NAMES, f"submission/{call.code}/{organisation.code}"),
            call_id=call.id, organisation_id=organisation.id,
            reference=f"DEMO-{call.code[-1]}-{organisation.code}"[:20].upper(), at=at,
            by_label=rows[0].author_label, content=content, checksum=digest_of(content),
        )  # fmt: skip
        self.session.add(made)
        part = self.session.scalars(
            select(Participation).where(
                Participation.call_id == call.id, Participation.organisation_id == organisation.id
            )
        ).one()
        part.invited_at = part.opened_at = part.started_at = call.opened_at
        part.submitted_at, part.state = at, ParticipationState.SUBMITTED
        self.session.flush()
        for row in rows:
            row.submission_id = made.id
            self.session.add(row)
        self.session.flush()
        for row in rows:
            self._note(row, "submitted", at, note=made.reference)
            self._sponsors(row, at)

    def _sponsors(self, row: Contribution, at: datetime) -> None:
        number = next(n for n, identity in self.ids.items() if identity == row.id)
        self.session.add_all(
            Sponsor(
                contribution_id=row.id, organisation_id=self.organisations[code].id,
                state=SponsorState.CONFIRMED, invited_at=at, decided_at=at,
                decided_by=f"focal-point.{code.lower()}@demo.invalid",
            )
            for code in self.raw[number]["sponsors"]
        )  # fmt: skip

    def _admit(self, row: Contribution) -> None:
        assert row.submitted_at is not None  # noqa: S101 - given to each row
        row.state, row.admitted_at = (
            ContributionState.ADMITTED,
            row.submitted_at + timedelta(days=1),
        )
        self._note(row, "admitted", row.admitted_at)

    def _decide(self, numbers: Collection[int]) -> None:
        for number in numbers:
            row, said = self.rows[number], self.raw[number]["disposition"]
            assert row.admitted_at is not None  # noqa: S101 - admitted just before
            at = row.admitted_at + timedelta(days=2)
            self.session.add(
                Disposition(
                    id=uuid5(NAMES, f"disposition/{number}"), contribution_id=row.id,
                    state=DispositionState.APPROVED, outcome=Outcome(said["outcome"]),
                    reasons=said["reason"], proposed_at=at, approved_at=at,
                    duplicate_of_id=self.ids.get(said["duplicate_of"]),
                    proposed_by="secretariat@demo.invalid", approved_by="secretariat@demo.invalid",
                )
            )  # fmt: skip
            self._note(row, "approved", at)
        self.session.flush()

    def _note(self, row: Contribution, act: str, at: datetime, *, note: str = "") -> None:
        self.session.add(
            ContributionEvent(
                contribution_id=row.id, at=at, by_label=row.author_label, act=act, note=note
            )
        )

    def carry_over(self, before: Draft, after: Draft, operations: Sequence[Operation]) -> None:
        """Say of what was put off to the next draft how it fits there."""
        old, new, chain = document_of(before), document_of(after), [fates(operations)]
        for number, row in self.rows.items():
            if row.draft_id != before.id:
                continue
            if self.raw[number]["disposition"]["outcome"] != Outcome.CARRIED_OVER:
                continue
            fitting = carry(anchor_of(row), old, new, chain)
            self.session.add(
                CarryOver(
                    contribution_id=row.id, draft_id=after.id, fit=fitting.fit.value,
                    lineage=fitting.lineage, proposal=fitting.proposal,
                )
            )  # fmt: skip
