"""Hostile consultations: a draft, an open round, contributions of every state, decisions, codes."""

from datetime import timedelta

from sqlmodel import Session, select

from consult.changes.operations import Replace
from consult.models import (
    CodeKind,
    ConsultationCode,
    Contribution,
    ContributionCode,
    ContributionKind,
    ContributionState,
    ContributionSubmission,
    Draft,
    Outcome,
    ProposalKind,
    Round,
)
from consult.services.dispositions import Decision, decide, propose
from consult.services.drafts import (
    Act,
    begin_consultation,
    begin_first,
    begin_next,
    change,
    publish,
)
from consult.services.rounds import Rules, open_round
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical
from core.clock import now
from movement.models import Organisation, Participation, Process
from movement.services import participation
from movement.services.calls import Opening
from tests.attacks.hostile import formula, hostile
from tests.attacks.world import OTHER, OWN, World
from tests.consult.arranged import lineage

TEXTS = {"strategy": ("text", "round"), "other": ("second-text", "second-round")}
STATES = (*ContributionState, ContributionState.ADMITTED, ContributionState.ADMITTED)


def consulted(world: World, session: Session, process_code: str) -> None:
    """A consultation of the process; contributions 1 to 6 are official, 2, 5 and 6 admitted."""
    process = session.exec(select(Process).where(Process.code == process_code)).one()
    code, call_code = TEXTS[process_code]
    act = Act(now(), formula("secretariat"))
    titles = {"en": formula("Text"), "fr": hostile("Texte")}
    consultation = begin_consultation(session, process, code, titles, act)
    draft = begin_first(session, consultation, _document(), act, source=hostile("file.docx"))
    publish(session, draft, act)
    opening = Opening(call_code, {"en": formula("Round")}, (now() + timedelta(days=21)).date())
    one, call = open_round(session, draft, opening, Rules(), act)
    for part in session.exec(select(Participation).where(Participation.call_id == call.id)):
        participation.invited(part, now=now())
    kept = ConsultationCode(
        consultation_id=consultation.id, kind=CodeKind.FRAMEWORK, code="p-1",
        titles={"en": formula("Point")}, framework=hostile("Policy"),
    )  # fmt: skip
    session.add(kept)
    session.flush()
    world.ids[f"{code} code"] = kept.id
    speaker = OWN if process_code == "strategy" else OTHER
    society = session.exec(select(Organisation).where(Organisation.code == speaker)).one()
    made = _said(session, one, society)
    session.add(ContributionCode(contribution_id=made[-1].id, code_id=kept.id))
    decide(session, made[-1].id, Decision(Outcome.PARTLY, {"en": formula("Why")}), act)
    reason = {"en": formula("The same")}
    propose(session, made[-2].id, Decision(Outcome.DUPLICATE, reason, made[-1].id), act)
    _next(session, draft, made[-1], act)


def _next(session: Session, draft: Draft, behind: Contribution, act: Act) -> None:
    """A second draft, made of the first by a contribution and a note."""
    after = begin_next(session, draft, act)
    replace = Replace(
        lineage=lineage("p1"), texts={"en": canonical(hostile("now"))}, note=hostile("Why"),
        contributions=(behind.id,),
    )  # fmt: skip
    change(session, after, [replace], act)
    publish(session, after, act)


def _document() -> Document:
    texts = (("h", BlockKind.HEADING), ("p1", BlockKind.PARAGRAPH), ("p2", BlockKind.PARAGRAPH))
    blocks = tuple(
        Block(
            lineage=lineage(name), kind=kind, level=1 if kind is BlockKind.HEADING else 0,
            number="" if kind is BlockKind.HEADING else "{1}.",
            texts={"en": canonical(formula(name)), "fr": canonical(hostile(name))},
        )
        for name, kind in texts
    )  # fmt: skip
    return Document(source="en", languages=("en", "fr"), blocks=blocks)


def _said(session: Session, one: Round, society: Organisation) -> list[Contribution]:
    """One of each state and two more admitted, amendments and comments by turns."""
    submission = ContributionSubmission(
        call_id=one.call_id, organisation_id=society.id, reference=f"REF-{society.code}",
        at=now(), by_label=formula("focal point"), content=[], checksum="0" * 64,
    )  # fmt: skip
    session.add(submission)
    session.flush()
    made, number = [], 0
    for index, state in enumerate(STATES):
        official = state not in {ContributionState.IN_PROGRESS, ContributionState.DROPPED}
        number += official
        amends = index % 2 == 0
        row = Contribution(
            consultation_id=one.consultation_id, call_id=one.call_id, draft_id=one.draft_id,
            number=number if official else None, organisation_id=society.id,
            author_label=formula("author"), lineage=lineage("p1"), language="en",
            kind=ContributionKind.AMENDMENT if amends else ContributionKind.COMMENT,
            proposal_kind=ProposalKind.REPLACE if amends else None,
            proposal=canonical(formula("Other words")) if amends else None,
            quote="" if amends else hostile("p1"), text=formula("Because"), state=state,
            source_note=hostile("letter"), return_reason=hostile("Why?"), created_at=now(),
            updated_at=now(), submitted_at=now() if official else None,
            submission_id=submission.id if official else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        made.append(row)
    return made
