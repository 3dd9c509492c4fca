"""Hostile texts of what follows: words of a group, an adoption, pledges, a round of reports."""

from datetime import date, timedelta

from sqlmodel import Session, select

from consult.models import Draft, ReportEvidence
from consult.pledge_states import Progress
from consult.queries.reports import get_asking
from consult.services import pledging, report_evidence, reporting, signing
from consult.services.addressing import Addressing, address
from consult.services.adopting import Decision, adopt, ask_group, say
from consult.services.drafts import Act, begin_consultation, begin_first, publish
from consult.services.pledge_words import Words
from consult.services.pledging import Told
from consult.services.report_evidence import Piece
from consult.services.reporting import Said
from consult.text.inline import canonical
from core.clock import now
from movement.models import Group, Organisation, OutsideParty, Process
from movement.services.calls import Opening
from tests.attacks.hostile import formula, hostile
from tests.attacks.world import OTHER, OWN, World
from tests.consult.arranged import a_text, block, lineage

TEXTS = {"strategy": ("", OWN, "lab", "a state"), "other": ("second-", OTHER, "forum", "a partner")}


def followed(world: World, session: Session, process_code: str) -> None:
    """A text a group is asked about, and an adopted one with pledges and a round of reports."""
    prefix, code, group_code, party_name = TEXTS[process_code]
    process = session.exec(select(Process).where(Process.code == process_code)).one()
    society = session.exec(select(Organisation).where(Organisation.code == code)).one()
    group = session.exec(select(Group).where(Group.code == group_code)).one()
    party = session.get_one(OutsideParty, world.ids[party_name])
    member = session.exec(select(Organisation).where(Organisation.code == OWN)).one()
    ask_group(session, _draft(session, process, f"{prefix}asked"), group, _act())
    adopted = _draft(session, process, f"{prefix}agreed")
    ask_group(session, adopted, group, _act())
    say(session, adopted, group, member, _act(), consents=True, reason=hostile("Because"))
    adopt(session, adopted, Decision(formula("Council"), date(2026, 1, 2), hostile("CD")), _act())
    _pledged(world, session, adopted, society, party)
    _reported(world, session, adopted, society, f"{prefix}reports")


def _act() -> Act:
    return Act(now(), formula("secretariat"))


def _draft(session: Session, process: Process, code: str) -> Draft:
    titles = {"en": formula("Text"), "fr": hostile("Texte")}
    consultation = begin_consultation(session, process, code, titles, _act())
    paragraphs = [block(name, canonical(formula(name))) for name in ("p1", "p2")]
    draft = begin_first(session, consultation, a_text(*paragraphs), _act())
    publish(session, draft, _act())
    return draft


def _pledged(
    world: World, session: Session, draft: Draft, society: Organisation, party: OutsideParty
) -> None:
    """One in progress, one published with a report, one of an outside party."""
    said = Words(
        titles={"en": formula("Title")}, texts={"en": f"{formula('We')}\n{hostile('will')}"},
        from_date=date(2027, 1, 1), lineages=(lineage("p1"),), focal_function=hostile("Head"),
        open_to_others=True,
    )  # fmt: skip
    own = pledging.begin(session, draft, said, society, _act())
    shown = pledging.begin(session, draft, said, society, _act())
    signing.add_outside(session, shown, party, _act())
    pledging.publish(session, shown, _act())
    told = Told(Progress.ON_TRACK, formula("Done"), organisation=society)
    pledging.report(session, shown, told, _act())
    theirs = pledging.begin(session, draft, said, party, _act())
    world.ids[f"{society.code} pledge"] = own.id
    world.ids[f"{society.code} party's pledge"] = theirs.id


def _reported(
    world: World, session: Session, draft: Draft, society: Organisation, code: str
) -> None:
    address(session, draft, [lineage("p1")], Addressing(["all"], date(2031, 1, 1)), _act())
    opening = Opening(code, {"en": formula("Reports")}, (now() + timedelta(days=21)).date())
    reporting.open_reporting(session, draft, opening, _act())
    asking = get_asking(session, code)
    said = Said(lineage("p1"), "begun", formula("Did"), hostile("But"), formula("Next"))
    report = reporting.save(session, asking, society, said, _act())
    file = Piece(hostile("plan"), name="plan.pdf", data=b"%PDF-1.7\n")
    row: ReportEvidence = report_evidence.add(session, report, file, _act())
    report_evidence.add(session, report, Piece(formula("page"), "https://example.org/x"), _act())
    world.ids[f"{society.code} report evidence"] = row.id
