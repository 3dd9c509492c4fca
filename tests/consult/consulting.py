"""A whole consultation in which anybody does anything, for the rules that hold whatever happens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from consult.changes.operations import Operation
from consult.models import (
    Consultation,
    Contribution,
    ContributionState,
    Draft,
    DraftState,
    Outcome,
    ProposalKind,
    SponsorState,
    Stance,
)
from consult.queries.consultations import drafts_of, newest_published
from consult.queries.voices import Voice, get_voice
from consult.services.admission import admit, return_to_author
from consult.services.closing import close_round
from consult.services.composing import take_all
from consult.services.contributions import By, drop, endorse, remove, write
from consult.services.dispositions import Decision, approve, decide, propose, reopen
from consult.services.drafts import begin_next, change
from consult.services.publishing import publish_draft
from consult.services.rounds import Rules, open_round
from consult.services.saying import Said
from consult.services.sponsoring import answer, invite
from consult.services.submitting import in_progress, submit
from consult.services.withdrawing import revise, withdraw
from core.clock import now
from core.errors import DomainError
from movement.models import Call, Organisation, Role
from movement.services.calls import Opening
from tests.consult.arranged import a_draft, act
from tests.consult.asked import WHY
from tests.consult.speaking import AMENDMENT, COMMENT, POSITION, by
from tests.factories import somebody

WORDS = ("Societies act on needs.", "Societies act at once.", "All act on needs alone.", "Yes.")


@dataclass
class Consulting:
    """A consultation in which Societies are asked, round after round."""

    session: Session
    societies: Sequence[Organisation]
    call: Call
    consultation: Consultation
    people: Mapping[UUID, tuple[UUID, UUID]]
    published: dict[UUID, str] = field(default_factory=dict)

    def voice(self, at: int) -> Voice:
        return get_voice(self.session, self.call.code, self.societies[at % 3].code)

    def author(self, voice: Voice) -> By:
        """Who writes for an organisation."""
        return by(person_id=self.people[voice.organisation.id][0])

    def colleague(self, voice: Voice) -> By:
        """Who endorses there."""
        return by(person_id=self.people[voice.organisation.id][1])

    def contribution(self, at: int, *states: ContributionState) -> Contribution | None:
        """One of those in these states, in a fixed order."""
        chosen = select(Contribution).order_by(col(Contribution.created_at), col(Contribution.id))
        found = self.session.scalars(chosen.where(col(Contribution.state).in_(states or list(S))))
        rows = list(found)
        return rows[at % len(rows)] if rows else None

    def of(self, one: Contribution) -> Voice:
        """Whose voice a contribution is."""
        call = self.session.get_one(Call, one.call_id)
        organisation = self.session.get_one(Organisation, one.organisation_id)
        return get_voice(self.session, call.code, organisation.code)

    def newest(self) -> Draft:
        return drafts_of(self.session, self.consultation)[-1]

    def in_work(self) -> Draft:
        """The draft in work, begun if there is none."""
        draft = self.newest()
        published = draft.state is DraftState.PUBLISHED
        return begin_next(self.session, draft, act()) if published else draft


S = ContributionState
Step = Callable[[Consulting, int, int, int], object]


def asks(session: Session, consultation: Consultation, number: int) -> Call:
    """A round on the newest published draft, to which every Society is invited."""
    draft = newest_published(session, consultation)
    assert draft is not None
    opening = Opening(f"round-{number}", {"en": "A round"}, (now() + timedelta(days=9)).date())
    _one, call = open_round(session, draft, opening, Rules(), act())
    return call


def consulting(session: Session, societies: Sequence[Organisation]) -> Consulting:
    """A published zero draft, and an open round on it."""
    draft = a_draft(session)
    consultation = session.get_one(Consultation, draft.consultation_id)
    call = asks(session, consultation, 1)
    people = {one.id: _people(session, one) for one in societies}
    made = Consulting(session, societies, call, consultation, people)
    made.published[draft.id] = draft.digest
    return made


def _people(session: Session, society: Organisation) -> tuple[UUID, UUID]:
    roles = (Role.RESPONDENT, Role.FOCAL_POINT)
    found = [somebody(session, role, society) for role in roles]
    session.flush()
    return found[0].id, found[1].id


def begins(that: Consulting, hows: Sequence[int]) -> None:
    """Each Society says something on each paragraph, and submits most of it."""
    for at, how in enumerate(hows):
        try:
            with that.session.begin_nested():
                _says(that, at % 3, at // 3, how)
        except DomainError:
            continue
    for who in (0, 1):
        with that.session.begin_nested():
            _submits(that, who, 0, 0)


def _says(that: Consulting, who: int, where: int, how: int) -> object:
    voice = that.voice(who)
    block = voice.document.blocks[where % len(voice.document.blocks)]
    words = WORDS[how // 4 % 4]
    said = (
        Said(COMMENT, "en", lineage=block.lineage, text=words, quote="" if how % 5 else "needs"),
        Said(AMENDMENT, "en", lineage=block.lineage, proposal=words, text="Clearer.",
             proposal_kind=list(ProposalKind)[how // 4 % 3]),
        Said(AMENDMENT, "en", lineage=block.lineage, proposal_kind=ProposalKind.REPLACE,
             proposal=f"{block.texts.get('en', '')} {words}"),
        Said(POSITION, "en", lineage=block.lineage, stance=list(Stance)[how // 4 % 4], text=words),
    )  # fmt: skip
    return write(that.session, voice, said[how % 4], that.author(voice))


def _submits(that: Consulting, who: int, _where: int, _how: int) -> object:
    voice = that.voice(who)
    return submit(that.session, voice, in_progress(that.session, voice), by())


def _rewrites(that: Consulting, _who: int, which: int, how: int) -> object:
    one = that.contribution(which, S.RETURNED)
    if one is None:
        return None
    revision = revise(that.session, that.of(one), one, that.author(that.of(one)))
    said = Said.of(revision)
    words = Said(**said.fields() | {"text": f"{said.text} {WORDS[how % 4]}"})
    return write(that.session, that.of(one), words, that.author(that.of(one)), one=revision)


def _joins(that: Consulting, who: int, which: int, how: int) -> object:
    one = that.contribution(which, S.IN_PROGRESS, S.SUBMITTED, S.ADMITTED)
    if one is None:
        return None
    sponsor = that.voice(who)
    invite(that.session, that.of(one), one, sponsor.organisation.id, by())
    state = (SponsorState.CONFIRMED, SponsorState.DECLINED, SponsorState.LEFT)[how % 3]
    answer(that.session, sponsor, one, state, by())
    return one


def _closes(that: Consulting, _who: int, _which: int, how: int) -> object:
    close_round(that.session, that.call, act())
    number = 1 + len(that.session.scalars(select(Call)).all())
    that.call = asks(that.session, that.consultation, number)
    return how


def _publishes(that: Consulting, _who: int, _which: int, _how: int) -> object:
    draft = that.in_work()
    publish_draft(that.session, draft, act())
    that.published[draft.id] = draft.digest
    return draft


def on(*states: ContributionState) -> Callable[[Callable[..., object]], Step]:
    """A step on one contribution that is in one of these states (any: none said)."""

    def made(step: Callable[..., object]) -> Step:
        def done(that: Consulting, _who: int, which: int, how: int) -> object:
            one = that.contribution(which, *states)
            return step(that, one, how) if one else None

        return done

    return made


def _decision(that: Consulting, how: int) -> Decision:
    outcome = list(Outcome)[how % len(Outcome)]
    head = that.contribution(how, S.ADMITTED) if outcome is Outcome.DUPLICATE else None
    return Decision(outcome, WHY, head.id if head else None)


def _admits_all(that: Consulting, _who: int, _which: int, _how: int) -> object:
    waiting = select(Contribution.id).where(Contribution.state == S.SUBMITTED)
    return admit(that.session, that.session.scalars(waiting).all(), act())


WRITTEN, GIVEN = (S.IN_PROGRESS, S.DROPPED), (S.SUBMITTED, S.ADMITTED, S.RETURNED)
ANY = {
    "drops": on(S.IN_PROGRESS)(lambda that, one, _: drop(
        that.session, that.of(one), one, that.author(that.of(one)))),
    "removes": on(*WRITTEN)(lambda that, one, _: remove(
        that.session, that.of(one), one, that.author(that.of(one)))),
    "endorses": on(S.IN_PROGRESS)(lambda that, one, how: endorse(
        that.session, that.of(one), one, that.colleague(that.of(one)), endorses=bool(how % 2))),
    "withdraws": on(*GIVEN)(lambda that, one, _: withdraw(
        that.session, that.of(one), one, by(), reason="")),
    "admits anything": on()(lambda that, one, _: admit(that.session, [one.id], act())),
    "returns": on(S.SUBMITTED)(lambda that, one, _: return_to_author(
        that.session, [one.id], "Say more.", act())),
    "proposes anything": on()(lambda that, one, how: propose(
        that.session, one.id, _decision(that, how), act())),
    "approves": on(S.ADMITTED)(lambda that, one, _: approve(that.session, one.id, act())),
    "reopens": on(S.ADMITTED)(lambda that, one, _: reopen(that.session, one.id, act())),
    "joins": _joins,
    "rewrites": _rewrites,
    "publishes": _publishes,
    "closes": _closes,
}  # fmt: skip
OFTEN = {
    "says": _says,
    "submits": _submits,
    "admits all": _admits_all,
    "decides": on(S.ADMITTED)(lambda that, one, how: decide(
        that.session, one.id, _decision(that, how), act())),
    "accepts": on(S.ADMITTED)(lambda that, one, _: decide(
        that.session, one.id, Decision(Outcome.ACCEPTED), act())),
    "takes": lambda that, _who, _which, _how: take_all(that.session, that.in_work(), act()),
}  # fmt: skip
STEPS: dict[str, Step] = {**ANY, **OFTEN}
"""What somebody may do; those of `OFTEN` are what moves a consultation on."""


def decides_all(that: Consulting, outcomes: Sequence[int]) -> None:
    """Decide on all that is admitted, so that the round can be closed."""
    _admits_all(that, 0, 0, 0)
    admitted = select(Contribution).where(Contribution.state == S.ADMITTED)
    pending = that.session.scalars(admitted.order_by(col(Contribution.number)))
    for one, how in zip(pending.all(), outcomes, strict=False):
        try:
            with that.session.begin_nested():
                decide(that.session, one.id, _decision(that, how), act())
        except DomainError:
            continue


def changes(that: Consulting, operation: Callable[[Draft], Operation]) -> None:
    """Add an operation to the draft in work."""
    draft = that.in_work()
    change(that.session, draft, [operation(draft)], act())


def officials(that: Consulting) -> list[Contribution]:
    """All that was ever submitted, as rows."""
    rows = that.session.scalars(select(Contribution).execution_options(populate_existing=True))
    return [one for one in rows if one.state not in {S.IN_PROGRESS, S.DROPPED}]
