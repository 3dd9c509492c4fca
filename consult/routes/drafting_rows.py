"""What the two lists of a draft send back, row by row: reasons of steps, words for amendments.

A row's fields carry its number on the page, as note-3. Each row that was filled in is saved by
itself; one that can't be is kept with its problem, and the others are saved nevertheless.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask import request

from consult.changes.operations import Operation
from consult.changes.taking import Waiting
from consult.queries.amendments import Decided, Listed, said_on
from consult.routes.drafting_view import Drafting, identities, shown, typed, why
from consult.routes.drafting_words import Told
from consult.routes.paragraph_view import Paragraph, paragraph_at
from consult.services.drafting import MARK, At, Desk, Why
from consult.text.document import digest_of
from core.db import get_session
from core.errors import Conflict, DomainError
from core.texts import lazy as _l

MOST_OFFERED = 40
"""Contributions to choose from beside those behind a step; its paragraph's page has them all."""
PRESSED = "at"
"""Which row's button was pressed: that one is saved as it stands."""


def numbers(name: str) -> list[str]:
    """The numbers of the rows that were sent, told by a field that each of them has."""
    prefix = f"{name}-"
    return [one.removeprefix(prefix) for one in request.form if one.startswith(prefix)]


def identity_in(name: str) -> UUID:
    """An identity that the page carries; one that nothing has for what is none."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        return UUID(int=0)


def mark_of_reason(note: str, contributions: Iterable[object]) -> str:
    """What a page remembers of a reason, to notice that it was changed."""
    return digest_of("\n".join([" ".join(note.split()), *sorted(map(str, contributions))]))[:MARK]


def mark_of_text(text: str) -> str:
    """What a page remembers of a text that it showed in a field."""
    return digest_of(text)[:MARK]


@dataclass(frozen=True)
class Offers:
    """Accepted contributions to choose from. `listed`: all of them; `read`: the ones shown."""

    listed: Sequence[Listed]
    read: Sequence[Decided]

    @classmethod
    def of(cls, desk: Drafting, steps: Sequence[Told]) -> "Offers":
        """For each step those behind it and the first others; none where the draft is published."""
        if desk.base is None or not desk.in_work:
            return cls([], [])
        places = {at for one in steps for at in one.origins}
        listed = [one for one in said_on(get_session(), desk.base, places) if one.accepted]
        wanted: set[UUID] = set()
        for step in steps:
            ours = [one.id for one in listed if one.lineage in step.origins]
            wanted |= {*ours[:MOST_OFFERED], *set(ours).intersection(step.operation.contributions)}
        return cls(listed, desk.accepted(wanted))


@dataclass(frozen=True)
class Reason:
    """A step with its reason: as it is stored, or as it was typed and couldn't be saved.

    `more`: how many accepted contributions of its paragraph are not among those offered.
    """

    told: Told
    offered: list[Decided]
    more: int
    note: str
    chosen: frozenset[str]
    problem: DomainError | None = None

    @classmethod
    def of(cls, told: Told, offers: Offers, refused: "Reasons") -> "Reason":
        """A row of the page; as it was typed where it was refused."""
        ours = [one for one in offers.read if one.lineage in told.origins]
        more = sum(one.lineage in told.origins for one in offers.listed) - len(ours)
        sent, operation = refused.refused.get(told.operation.id), told.operation
        if sent is None:
            behind = frozenset(map(str, operation.contributions))
            return cls(told, ours, more, operation.note, behind)
        return cls(told, ours, more, sent.note, sent.chosen, sent.problem)

    @property
    def seen(self) -> str:
        """What the page remembers of the reason as it is stored."""
        return mark_of_reason(self.told.operation.note, self.told.operation.contributions)

    @property
    def was(self) -> str:
        """What the page remembers of its fields as they would be without anything typed."""
        behind = self.told.operation.contributions
        ticked = [one.contribution.id for one in self.offered if one.contribution.id in behind]
        return mark_of_reason(self.told.operation.note, ticked)


@dataclass(frozen=True)
class _Refused:
    note: str
    chosen: frozenset[str]
    problem: DomainError


@dataclass
class Reasons:
    """The reasons a page sent: those to save, and those that can't be, by step.

    `gone`: notes that were typed for steps that were taken back meanwhile.
    """

    given: dict[UUID, Why] = field(default_factory=dict)
    refused: dict[UUID, _Refused] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def read(self, desk: Drafting, operations: Iterable[Operation]) -> None:
        """Judge every row that was filled in. `operations`: the change set as it is now."""
        known = {one.id: one for one in operations}
        for n in numbers("step"):
            note = request.form.get(f"note-{n}", "").strip()
            ticked = request.form.getlist(f"contribution-{n}")
            pressed = request.form.get(PRESSED) == n
            if mark_of_reason(note, ticked) == request.form.get(f"was-{n}") and not pressed:
                continue
            operation = known.get(identity_in(f"step-{n}"))
            if operation is None:
                self.gone += [note] if note else []
                continue
            try:
                self._take(operation, why(desk, f"-{n}"), request.form.get(f"seen-{n}"))
            except DomainError as problem:
                self.refused[operation.id] = _Refused(note, frozenset(ticked), problem)

    def _take(self, operation: Operation, reason: Why, seen: str | None) -> None:
        now = mark_of_reason(operation.note, operation.contributions)
        if mark_of_reason(reason.note, reason.contributions) == now:
            return
        if now != seen:
            raise Conflict(
                _l(
                    "Somebody else gave another reason meanwhile. Theirs stands above yours: save "
                    "yours over it, or leave it."
                )
            )
        self.given[operation.id] = reason


@dataclass(frozen=True)
class Wording:
    """Accepted amendments of a paragraph that wait for words, with what its fields hold."""

    at: Paragraph
    said: list[Decided]
    text: str
    note: str = ""
    waiting: Waiting | None = None
    problem: DomainError | None = None

    @property
    def was(self) -> str:
        """What the page remembers of the text it showed."""
        return mark_of_text(self.at.now(self.at.desk.document.source))

    def speaks_of(self, other: "Wording") -> bool:
        """Whether both are about some of the same amendments."""
        ours = {one.contribution.id for one in self.said}
        return any(one.contribution.id in ours for one in other.said)


def wordings(desk: Drafting, waiting: Iterable[Waiting]) -> list[Wording]:
    """The rows of amendments that wait."""
    shown_here = list(waiting)
    ids = {each.way.contribution for one in shown_here for each in one.accepted}
    known = {one.contribution.id: one for one in desk.accepted(ids)}
    found = []
    for one in shown_here:
        at = paragraph_at(desk, one.lineage, gone=True)
        behind = [each.way.contribution for each in one.accepted]
        said = [known[each] for each in behind if each in known]
        found.append(Wording(at, said, shown(at.now(desk.document.source)), waiting=one))
    return found


def worded(work: Desk, desk: Drafting) -> dict[str, DomainError]:
    """Take the step of each row that was filled in; by number those that can't be taken, and why.

    A note without other words comes first: it speaks of the words as the page showed them.
    """
    rows = [(_rewords(n), n) for n in numbers("lineage")]
    refused: dict[str, DomainError] = {}
    for rewords, n in sorted(rows):
        if rewords or request.form.get(f"note-{n}", "").strip() or request.form.get(PRESSED) == n:
            try:
                _word(work, desk, n, rewords=rewords)
            except DomainError as problem:
                refused[n] = problem
    return refused


def _rewords(n: str) -> bool:
    try:
        return mark_of_text(typed(f"text-{n}")) != request.form.get(f"was-{n}")
    except DomainError:
        return True  # too long, which is said when it is its turn


def _word(work: Desk, desk: Drafting, n: str, *, rewords: bool) -> None:
    at = At(identity_in(f"lineage-{n}"), request.form.get(f"seen-{n}", ""))
    block, reason = work.at(at), why(desk, f"-{n}")
    if rewords:
        work.reword(at, {work.document.source: typed(f"text-{n}")}, reason)
    else:
        work.settle(block, reason)


def refused_wording(desk: Drafting, n: str, problem: DomainError) -> Wording:
    """A row as it was typed, at the paragraph as it is now."""
    said = desk.accepted(identities(f"contribution-{n}"))
    at = paragraph_at(desk, identity_in(f"lineage-{n}"), gone=True)
    text, note = request.form.get(f"text-{n}", ""), request.form.get(f"note-{n}", "")
    return Wording(at, said, text, note, problem=problem)
