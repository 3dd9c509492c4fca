"""The demonstration's consultation: two drafts, what sixty Societies and two networks say of them.

It belongs to the demonstration's process, which `movement.demonstrations` hands in, and goes with
it. Rows are written as if all had been said on the days they name; every one of them is invented.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlmodel import Session

from consult.changes.operations import Operation
from consult.demonstration.reading import NAMES, data, first_change_set, zero_draft
from consult.models import (
    CodeKind,
    Consultation,
    ConsultationCode,
    ContributionCode,
    Draft,
    Round,
    Visibility,
)
from consult.queries.consultations import document_of, find_consultation
from consult.services.demonstration_followup import follow_up
from consult.services.demonstration_sayings import Sayings, in_second_round
from consult.services.drafts import (
    Act,
    begin_consultation,
    begin_first,
    begin_next,
    change,
    publish,
)
from consult.services.rounds import Rules, open_round
from movement.models import Call, CallState, Process
from movement.services.calls import Opening

CODE, FIRST, SECOND = "migration-strategy", "migration-strategy-1", "migration-strategy-2"
LABEL = "demonstration"
NETWORKS = ("APMN", "SAHEL_PLUS")
TITLES = {
    "en": "Migration strategy (invented)",
    "fr": "Stratégie en matière de migration (inventée)",
    "es": "Estrategia de migración (inventada)",
    "ar": "استراتيجية الهجرة (مختلقة)",
}
ROUND_TITLES = (
    {
        "en": "Comments on the zero draft (invented)",
        "fr": "Observations sur la version zéro (inventées)",
        "es": "Observaciones al borrador cero (inventadas)",
        "ar": "التعليقات على المسودة الأولية (مختلقة)",
    },
    {
        "en": "Comments on the first draft (invented)",
        "fr": "Observations sur la première version (inventées)",
        "es": "Observaciones al primer borrador (inventadas)",
        "ar": "التعليقات على المسودة الأولى (مختلقة)",
    },
)
BEGAN, ENDED, DECIDED, LEFT = 75, 40, 30, 21
"""Days since the first round began, ended, was decided on; days left in the second."""


def load(session: Session, process: Process, *, now: datetime) -> int:
    """Load it unless it is there; return how many contributions were written. Flushes."""
    if find_consultation(session, CODE) is not None:
        return 0
    act = Act(now, LABEL)
    consultation = begin_consultation(session, process, CODE, TITLES, act)
    codes = _codes(session, consultation)
    begun = Act(now - timedelta(days=BEGAN), LABEL)
    zero = begin_first(session, consultation, zero_draft(), begun, source="zero-draft.md")
    publish(session, zero, begun)
    first_round = _round(session, zero, 0, now)
    ids = {raw["n"]: uuid5(NAMES, f"contribution/{raw['n']}") for raw in data("contributions")}
    operations = first_change_set(document_of(zero), ids)
    later = in_second_round(document_of(zero), operations)
    sayings = Sayings(session, consultation, ids, now)
    sayings.write(first_round, zero, [n for n in ids if n not in later])
    _code(session, ids, codes, {n for n in ids if n not in later})
    first = _first_draft(session, zero, operations, now)
    _end(first_round, now)
    second_round = _round(session, first, 1, now)
    sayings.write(second_round, first, sorted(later), pending=True)
    _code(session, ids, codes, set(later))
    sayings.carry_over(zero, first, operations)
    follow_up(session, process, consultation, sayings, now=now)
    session.flush()
    return len(ids)


def _first_draft(
    session: Session, zero: Draft, operations: list[Operation], now: datetime
) -> Draft:
    act = Act(now - timedelta(days=DECIDED), LABEL)
    draft = begin_next(session, zero, act)
    change(session, draft, operations, act)
    publish(session, draft, act)
    return draft


def _round(session: Session, draft: Draft, index: int, now: datetime) -> tuple[Round, Call]:
    """A round as it opened: the first one long ago, the second one a week ago."""
    opened_at = now - timedelta(days=(BEGAN, 7)[index])
    opening = Opening(
        (FIRST, SECOND)[index], ROUND_TITLES[index], (now + timedelta(days=LEFT)).date(),
        frame_date=opened_at.date(), with_networks=NETWORKS,
    )  # fmt: skip
    rules = Rules(visibility=Visibility.AFTER_SUBMISSION)
    made = open_round(session, draft, opening, rules, Act(now, LABEL))
    made[1].opened_at = opened_at
    if index == 0:
        made[1].closes_on = (now - timedelta(days=ENDED)).date()
    return made


def _end(first_round: tuple[Round, Call], now: datetime) -> None:
    """The first round is over, decided on and released."""
    one, call = first_round
    call.state, call.closed_at = CallState.CLOSED, now - timedelta(days=ENDED)
    call.released_at = one.closed_at = now - timedelta(days=DECIDED)
    one.closed_by, one.account_public = LABEL, True


def _codes(session: Session, consultation: Consultation) -> dict[str, UUID]:
    """Themes and frameworks, by code."""
    made: dict[str, UUID] = {}
    raw = data("codes")
    kinds = [(CodeKind.THEME, one) for one in raw["themes"]]
    kinds += [(CodeKind.FRAMEWORK, one) for one in raw["frameworks"]]
    for position, (kind, one) in enumerate(kinds):
        row = ConsultationCode(
            consultation_id=consultation.id, kind=kind, code=one["code"], titles=one["titles"],
            framework=one.get("framework", ""), position=position,
        )  # fmt: skip
        session.add(row)
        made[row.code] = row.id
    session.flush()
    return made


def _code(
    session: Session, ids: Mapping[int, UUID], codes: Mapping[str, UUID], numbers: set[int]
) -> None:
    session.add_all(
        ContributionCode(contribution_id=ids[raw["n"]], code_id=codes[code])
        for raw in data("contributions")
        if raw["n"] in numbers
        for code in {*raw.get("themes", ()), *raw.get("frameworks", ())}
    )
