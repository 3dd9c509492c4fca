"""Hostile contributions of those who take part: in every state, endorsed, joint, with a receipt."""

from datetime import timedelta

from sqlmodel import Session, select

from consult.models import (
    ContributionKind,
    ContributionState,
    Endorsement,
    ProposalKind,
    Stance,
    Visibility,
)
from consult.queries.voices import Voice, get_voice
from consult.services.contributions import By, write
from consult.services.drafts import Act, begin_consultation, begin_first, publish
from consult.services.rounds import Rules, open_round
from consult.services.saying import Said
from consult.services.sponsoring import invite
from consult.services.submitting import in_progress, submit
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical
from core.clock import now
from movement.models import Organisation, Participation, Process
from movement.services import participation
from movement.services.calls import Opening
from tests.attacks.hostile import formula, hostile
from tests.attacks.world import OTHER, OWN, World
from tests.consult.arranged import lineage

ROUNDS = {"strategy": ("said", "hearing"), "other": ("second-said", "second-hearing")}


def spoken(world: World, session: Session, process_code: str) -> None:
    """A round of the process: its Society has submitted, goes on, and is asked to join another's.

    Of the other process's round, Kenya is not asked.
    """
    process = session.exec(select(Process).where(Process.code == process_code)).one()
    code, call_code = ROUNDS[process_code]
    act, mine = Act(now(), formula("secretariat")), process_code == "strategy"
    titles = {"en": formula("Text"), "fr": hostile("Texte")}
    draft = begin_first(session, begin_consultation(session, process, code, titles, act),
                        _document(code), act)  # fmt: skip
    publish(session, draft, act)
    opening = Opening(call_code, {"en": formula("Round")}, (now() + timedelta(days=21)).date())
    open_round(session, draft, opening, Rules(Visibility.AFTER_SUBMISSION), act)
    kenya = session.exec(select(Organisation).where(Organisation.code == OWN)).one()
    for part in session.exec(select(Participation).join(Organisation).where(
            Participation.call_id == get_voice(session, call_code, OTHER).call.id)):  # fmt: skip
        participation.invited(part, now=now())
        if not mine and part.organisation_id == kenya.id:
            session.delete(part)
    session.flush()
    _speak(world, session, code, get_voice(session, call_code, OWN if mine else OTHER))


def _speak(world: World, session: Session, code: str, voice: Voice) -> None:
    by = By(now(), formula("author"))
    for one in _said(code):
        write(session, voice, one, by)
    made = submit(session, voice, in_progress(session, voice), by)
    left = [write(session, voice, one, by) for one in _said(code)]
    left[1].state = ContributionState.DROPPED
    session.add(Endorsement(contribution_id=left[0].id, person_id=world.ids["colleague"],
                            note=hostile("Good"), at=now()))  # fmt: skip
    asking = get_voice(session, voice.call.code, "SWE")
    asked = write(session, asking, _said(code)[0], by)
    invite(session, asking, asked, voice.organisation.id, by)
    submit(session, asking, [asked], by)
    world.ids[f"{code} contribution"] = left[0].id
    world.ids[f"{code} joint"] = asked.id
    world.ids[f"{code} receipt"] = made.reference


def _said(code: str) -> list[Said]:
    """An amendment, a comment and a position on a paragraph."""
    place = lineage(f"{code} p1")
    return [
        Said(ContributionKind.AMENDMENT, "en", lineage=place, text=formula("Why"),
             proposal_kind=ProposalKind.REPLACE, proposal=formula("Other words")),
        Said(ContributionKind.COMMENT, "en", lineage=place, text=hostile("Comment"),
             quote="HYPERLINK"),
        Said(ContributionKind.POSITION, "en", lineage=place, stance=Stance.OBJECT,
             text=hostile("Never")),
    ]  # fmt: skip


def _document(code: str) -> Document:
    blocks = tuple(
        Block(
            lineage=lineage(f"{code} {name}"), kind=kind,
            level=1 if kind is BlockKind.HEADING else 0,
            number="{1}." if kind is BlockKind.PARAGRAPH else "",
            texts={"en": canonical(formula(name)), "fr": canonical(hostile(name))},
        )
        for name, kind in (("h", BlockKind.HEADING), ("p1", BlockKind.PARAGRAPH),
                           ("p2", BlockKind.PARAGRAPH), ("n", BlockKind.FOOTNOTE))
    )  # fmt: skip
    return Document(source="en", languages=("en", "fr"), blocks=blocks)
