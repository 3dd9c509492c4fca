"""The demonstration's earlier text: adopted, pledged to, and reported on. All of it is invented."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from consult.demonstration.reading import data, lineage, zero_draft
from consult.models import Draft
from consult.pledge_states import Progress
from consult.queries.adoption import speakers_on
from consult.queries.consultations import find_consultation
from consult.queries.reports import get_asking
from consult.report_states import Status
from consult.services import pledging, reporting, signing
from consult.services.addressing import Addressing, address
from consult.services.adopting import Decision, adopt, ask_group, say
from consult.services.drafts import Act, begin_consultation, begin_first, publish
from consult.services.pledge_words import Words
from consult.services.report_evidence import Piece, add
from movement.models import Group, Organisation, OutsideParty, PartyKind, Process
from movement.services.calls import Opening

CODE, REPORTS = "migration-strategy-2022", "migration-reports"
LABEL = "demonstration"
GROUP = "mlg"
YEARS = {"2028": "2022", "2033": "2027"}
EARLIER = 6
"""Years by which what is pledged and reported of the present text is moved to the earlier one."""
TITLES = {
    "en": "Earlier migration strategy (invented)",
    "fr": "Stratégie antérieure en matière de migration (inventée)",
    "es": "Estrategia de migración anterior (inventada)",
    "ar": "استراتيجية الهجرة السابقة (مختلقة)",
}
REPORT_TITLES = {
    "en": "Reports on the earlier strategy (invented)",
    "fr": "Rapports sur la stratégie antérieure (inventés)",
    "es": "Informes sobre la estrategia anterior (inventados)",
    "ar": "تقارير عن الاستراتيجية السابقة (مختلقة)",
}
OPEN_FOR = 60


def load(session: Session, process: Process, *, now: datetime) -> int:
    """Load it unless it is there; return how many pledges were made. Flushes."""
    if find_consultation(session, CODE) is not None:
        return 0
    begun = Act(now - timedelta(days=40), LABEL)
    consultation = begin_consultation(session, process, CODE, TITLES, begun)
    draft = begin_first(
        session, consultation, zero_draft("earlier", YEARS), begun, source="zero-draft.md"
    )
    publish(session, draft, begun)
    _adopted(session, draft, begun)
    organisations = _organisations(session)
    for raw in data("pledges"):
        _pledged(session, draft, raw, organisations, now)
    _reported(session, draft, organisations, now)
    session.flush()
    return len(data("pledges"))


def remove(session: Session) -> None:
    """Take away what does not go with the process: the named outside parties."""
    session.execute(delete(OutsideParty).where(col(OutsideParty.note) == LABEL))


def _organisations(session: Session) -> dict[str, Organisation]:
    return {one.code: one for one in session.scalars(select(Organisation))}


def _adopted(session: Session, draft: Draft, act: Act) -> None:
    """The group consents, and the text is adopted and addressed to whom it concerns."""
    group = session.scalars(select(Group).where(Group.code == GROUP)).one()
    ask_group(session, draft, group, act)
    for member in speakers_on(session, group.id, act.now.date()):
        say(session, draft, group, member, act, consents=True)
    decision = Decision(
        "Council of the demonstration (invented)", act.now.date(), "INVENTED-1", silence=True
    )
    adopt(session, draft, decision, act)
    for place in sorted({raw["paragraph"] for raw in data("reports")}):
        due = (act.now + timedelta(days=2 * OPEN_FOR)).date()
        to = Addressing(["kind:national_society"], due)
        address(session, draft, [lineage("earlier", place)], to, act)


def _pledged(
    session: Session, draft: Draft, raw: Mapping[str, Any],
    organisations: Mapping[str, Organisation], now: datetime,
) -> None:  # fmt: skip
    act = Act(now - timedelta(days=30), LABEL)
    signing_too = [organisations[code.upper()] for code in raw["organisations"]]
    until = raw["until_date"]
    words = Words(
        raw["titles"], raw["texts"], _earlier(raw["from_date"]), until and _earlier(until),
        lineages=tuple(lineage("earlier", place) for place in raw["paragraphs"]),
        focal_function=raw["focal_function"]["en"], open_to_others=raw["open_for_signature"],
    )  # fmt: skip
    pledge = pledging.begin(session, draft, words, signing_too[0], act)
    signing.invite(session, pledge, signing_too[1:], act)
    for organisation in signing_too[1:]:
        signing.sign(session, pledge, organisation, act)
    for named in raw["outside_parties"]:
        signing.add_outside(session, pledge, _party(session, named), act)
    pledging.publish(session, pledge, act)
    for said in raw["progress"]:
        told = pledging.Told(
            Progress(said["state"]), said["texts"]["en"],
            organisation=organisations[said["organisation"].upper()],
        )  # fmt: skip
        pledging.report(session, pledge, told, Act(now - timedelta(days=10), LABEL))


def _party(session: Session, named: Mapping[str, Any]) -> OutsideParty:
    """A State or partner by its invented name."""
    name = named["names"]["en"]
    found = session.scalars(select(OutsideParty).where(OutsideParty.name == name)).one_or_none()
    if found is None:
        kind = PartyKind.STATE if named["kind"] == "state" else PartyKind.PARTNER
        found = OutsideParty(name=name, kind=kind, note=LABEL)
        session.add(found)
        session.flush()
    return found


def _reported(
    session: Session, draft: Draft, organisations: Mapping[str, Organisation], now: datetime
) -> None:
    act = Act(now - timedelta(days=5), LABEL)
    opened_at = now - timedelta(days=7)
    opening = Opening(REPORTS, REPORT_TITLES, (now + timedelta(days=OPEN_FOR)).date(),
                      frame_date=opened_at.date())  # fmt: skip
    reporting.open_reporting(session, draft, opening, Act(now, LABEL))
    asking = get_asking(session, REPORTS)
    asking.call.opened_at = opened_at
    for raw in data("reports"):
        organisation = organisations[raw["organisation"]]
        said = reporting.Said(
            lineage("earlier", raw["paragraph"]), Status.BEGUN, raw["measures"],
            raw["difficulties"], raw["next_steps"], raw["language"],
        )  # fmt: skip
        row = reporting.save(session, asking, organisation, said, act)
        for title in raw["evidence"]:
            add(session, row, Piece(title), act)


def _earlier(day: str) -> date:
    found = date.fromisoformat(day)
    return found.replace(year=found.year - EARLIER)
