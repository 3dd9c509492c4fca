"""What a returned Word file says, kept as an organisation's contributions in progress.

Nothing is lost: what can't stand is told with the reason, and the rest is kept. The same file read
again adds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from consult.models import Contribution, ContributionKind, ContributionState, Scope, Source
from consult.queries.voices import Voice
from consult.services.contributions import By, write
from consult.services.saying import BadContribution, Said, tidied
from consult.word.returned import Voiced
from core.texts import Lazy
from core.texts import lazy as _l

BEGINNING = _l("Proposed at the beginning of the text:")


@dataclass(frozen=True)
class Kept:
    """What became of a returned file. `known`: said before, word by word; `refused`: with why.

    `waiting`: those said before that staff entered and that are still in progress; what people of
    the organisation write is theirs to submit.
    """

    contributions: tuple[Contribution, ...]
    known: int
    refused: tuple[tuple[Voiced, Lazy], ...]
    waiting: tuple[Contribution, ...] = ()


def keep(session: Session, voice: Voice, voiced: Sequence[Voiced], language: str, by: By) -> Kept:
    """Store what a file says as contributions of an organisation, in progress. Flushes.

    `by.note` says which file it was; who wrote what in Word is added to it. Raises `Over` after the
    deadline.
    """
    there = _there(session, voice)
    before = {_plain(Said.of(one)) for one in there}
    heard: set[tuple[object, ...]] = set()
    made: list[Contribution] = []
    refused: list[tuple[Voiced, Lazy]] = []
    known = 0
    for one in voiced:
        try:
            said = tidied(said_of(one, language), voice.document)
        except BadContribution as error:
            refused.append((one, next(iter(error.problems.values()))))
            continue
        if _plain(said) in before:
            known += 1
            heard.add(_plain(said))
            continue
        before.add(_plain(said))
        note = f"{by.note} ({one.author})" if one.author else by.note
        made.append(write(session, voice, said, replace(by, source=Source.WORD, note=note)))
    waiting = tuple(
        one
        for one in there
        if one.state == ContributionState.IN_PROGRESS
        and one.recorded_by
        and _plain(Said.of(one)) in heard
    )
    return Kept(tuple(made), known, tuple(refused), waiting)


def said_of(one: Voiced, language: str) -> Said:
    """What somebody says in Word as a contribution. A paragraph before all others is a comment."""
    if one.kind is ContributionKind.AMENDMENT and one.lineage is None:
        text = f"{BEGINNING}\n{one.after}"
        return Said(ContributionKind.COMMENT, language, Scope.WHOLE, text=text)
    return Said(
        one.kind, language, one.scope, one.lineage, text=one.text, quote=one.quote,
        proposal_kind=one.proposal_kind, proposal=one.after if one.proposal_kind else None,
    )  # fmt: skip


def _plain(said: Said) -> tuple[object, ...]:
    """What makes two of them the same; where exactly a quote begins does not."""
    return tuple(replace(said, quote_start=None).fields().values())


def _there(session: Session, voice: Voice) -> Sequence[Contribution]:
    """What the organisation has said in this round, but for what it dropped."""
    chosen = select(Contribution).where(
        Contribution.call_id == voice.call.id,
        Contribution.organisation_id == voice.organisation.id,
        col(Contribution.state) != ContributionState.DROPPED,
    )
    return session.scalars(chosen).all()
