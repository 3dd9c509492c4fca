"""Dispositions filled in a matrix, read in row by row: stored, as they were, or refused and why.

A row counts only where its check value is that of what is stored now: what was decided meanwhile
is never overwritten. Rows nobody touched change nothing. What one file proposed, the same file
approves: a row filled in with what is only proposed now asks for no other decision.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from consult.export.matrix import LONGEST, shown_digest
from consult.export.matrix_file import LONGEST_WORD, Filled, outcome_of
from consult.models import Contribution, ContributionState, DispositionState, Outcome
from consult.queries.compiled import Compiled, Said
from consult.queries.hashes import hash_of
from consult.services.dispositions import Decision, approve, decide, propose
from consult.services.drafts import Act
from consult.services.steps import Standing, locked, standing_of
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l


@dataclass(frozen=True)
class Wanted:
    """A decision that a row asks for. `proposed`: it is proposed already, and to be approved."""

    place: str
    said: Said
    decision: Decision
    proposed: bool = False


@dataclass(frozen=True)
class Refused:
    """A row that was not taken, and why. `number`: as it stands in the file."""

    place: str
    number: str
    reason: str
    sentence: object


@dataclass
class Read:
    """What came of a file. `stored`: the numbers of the contributions decided on.

    `proposed`: on how many of the unchanged ones a decision is proposed and not approved.
    """

    stored: list[int] = field(default_factory=list)
    unchanged: int = 0
    proposed: int = 0
    refused: list[Refused] = field(default_factory=list)


def judge(
    filled: Iterable[Filled], data: Compiled, words: Mapping[str, Outcome], *,
    approving: bool = False,
) -> tuple[list[Wanted], Read]:  # fmt: skip
    """What the rows ask for, each contribution once; what is unchanged or refused is in the rest.

    `words`: the outcomes by the words for them, folded, in any language. `approving`: whether a row
    filled in with what is proposed meanwhile asks to approve that.
    """
    numbers = {str(one.number): one for one in data.said}
    wanted: dict[int, Wanted] = {}
    seen: set[int] = set()
    result = Read()
    for row in filled:
        one = numbers.get(row.number)
        judged = _judge(row, one, numbers, words, approving=approving)
        if isinstance(judged, Refused):
            result.refused.append(judged)
        elif one and judged:
            twice = wanted.get(one.number)
            if twice and twice.decision != judged.decision:
                result.refused.append(_refusal(row, "twice", _l(
                    "Contribution %(number)s is decided on twice in this file, and differently.",
                    number=one.number)))  # fmt: skip
                seen.add(one.number)
            wanted.setdefault(one.number, judged)
        elif one:
            seen.add(one.number)
    refused = {one.number for one in result.refused if one.reason == "twice"}
    chosen = [one for number, one in wanted.items() if str(number) not in refused]
    unchanged = [numbers[str(number)] for number in seen - set(wanted)]
    result.unchanged, result.proposed = len(unchanged), sum(map(_only_proposed, unchanged))
    return chosen, result


def _judge(
    row: Filled, one: Said | None, numbers: Mapping[str, Said], words: Mapping[str, Outcome], *,
    approving: bool,
) -> Wanted | Refused | None:  # fmt: skip
    """What a row asks for; None where it says what stands already."""
    if one is None:
        return _unknown(row)
    if row.computed:
        return _refusal(row, "computed", _l(
            "The disposition or the reason of contribution %(number)s is a formula or an error. "
            "Write it as text.", number=one.number))  # fmt: skip
    if _unchanged(row, one, words):
        return _confirmed(row, one) if approving and not _untouched(row) else None
    return _asked(row, one, numbers, words)


def _unknown(row: Filled) -> Refused:
    if not row.number:
        return _refusal(
            row, "unknown", _l("This row has no id: say which contribution it is about.")
        )
    return _refusal(row, "unknown", _l(
        "There is no contribution with the id %(number)s here.",
        number=repr(row.number)))  # fmt: skip


def _asked(
    row: Filled, one: Said, numbers: Mapping[str, Said], words: Mapping[str, Outcome]
) -> Wanted | Refused:
    """What a row asks for that says something new."""
    if row.hash != one.hash:
        return _stale(row.place, row.number)
    if not row.disposition:
        return _refusal(row, "emptied", _l(
            "Contribution %(number)s has a reason and no disposition. A decision that stands is "
            "taken back in the queue, not by a file.", number=one.number))  # fmt: skip
    said = outcome_of(row.disposition, words)
    if said is None:
        return _refusal(row, "outcome", _l(
            "%(word)s is no disposition. Choose one of those the column offers.",
            word=repr(row.disposition[:LONGEST_WORD])))  # fmt: skip
    outcome, head = said
    other = numbers.get(str(head)) if head else None
    return _decided(row, one, outcome, other)


def _decided(row: Filled, one: Said, outcome: Outcome, head: Said | None) -> Wanted | Refused:
    if outcome is Outcome.DUPLICATE and head is None:
        return _refusal(row, "duplicate", _l(
            "Write of which contribution %(number)s is a duplicate, as in “Duplicate: 12”.",
            number=one.number))  # fmt: skip
    reasons = {row.language or one.language: row.reason} if row.reason else {}
    stands = one.decided.reasons if one.decided else {}
    if row.reason and row.reason in {_as_read(text) for text in stands.values()}:
        reasons = dict(stands)
    decision = Decision(outcome, reasons, head.id if head else None)
    return Wanted(row.place, one, decision)


def _confirmed(row: Filled, one: Said) -> Wanted | None:
    """The approval of what is proposed, which a row says; None where nothing is to be approved."""
    decided = one.decided
    if decided is None or not _only_proposed(one):
        return None
    return Wanted(row.place, one, Decision(decided.outcome, decided.reasons), proposed=True)


def _only_proposed(one: Said) -> bool:
    admitted = one.state is ContributionState.ADMITTED
    return admitted and one.decided is not None and not one.decided.approved


def _untouched(row: Filled) -> bool:
    return row.shown == shown_digest(row.disposition, row.reason)


def _unchanged(row: Filled, one: Said, words: Mapping[str, Outcome]) -> bool:
    """Whether a row is untouched, or says what stands: in any language, as a cell holds it."""
    if _untouched(row):
        return True
    decided = one.decided
    if one.state in {ContributionState.RETURNED, ContributionState.WITHDRAWN}:
        return outcome_of(row.disposition, words) is None
    if decided is None:
        return not row.disposition and not row.reason
    shown = {_as_read(text) for text in decided.reasons.values()} or {""}
    said = outcome_of(row.disposition, words)
    return row.reason in shown and said == (decided.outcome, decided.duplicate_of)


def _as_read(text: str) -> str:
    """A stored reason as it comes back from a cell."""
    return text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").strip()


def _refusal(row: Filled, reason: str, sentence: Lazy) -> Refused:
    return Refused(row.place, row.number, reason, sentence)


def _stale(place: str, number: str) -> Refused:
    return Refused(place, number, "stale", _l(
        "Contribution %(number)s or its disposition has changed since this file was made. "
        "Look at what stands now, then decide.", number=number))  # fmt: skip


def _moved(row: Contribution, standing: Standing, said: Said) -> bool:
    approved = standing.get(DispositionState.APPROVED)
    return hash_of(row, approved, standing.get(DispositionState.PROPOSED)) != said.hash


def store(
    session: Session, wanted: Collection[Wanted], result: Read, act: Act, *, approved: bool
) -> Read:
    """Store these decisions, each by itself; the result with what was stored and refused.

    `approved`: decided at once, else proposed. A refusal changes nothing of its own row; so it is
    with what somebody else decided since the rows were judged.
    """
    ids = [one.said.id for one in wanted]
    rows = {row.id: row for row in locked(session, ids)}
    standing = standing_of(session, ids)
    for one in wanted:
        if _moved(rows[one.said.id], standing[one.said.id], one.said):
            result.refused.append(_stale(one.place, str(one.said.number)))
            continue
        try:
            with session.begin_nested():
                _take(session, one, act, approved=approved)
            result.stored.append(one.said.number)
        except DomainError as refusal:
            result.refused.append(
                Refused(one.place, str(one.said.number), "refused", refusal.message)
            )
    return result


def _take(session: Session, one: Wanted, act: Act, *, approved: bool) -> None:
    if one.proposed:
        approve(session, one.said.id, act)
    else:
        (decide if approved else propose)(session, one.said.id, one.decision, act)
