"""Rounds: asking organisations for contributions to a published draft."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from consult.models import Adoption, Consultation, Draft, DraftState, Round, Visibility
from consult.queries.consultations import rounds_of
from consult.services.drafts import Act, hold_consultation
from core.errors import Conflict
from core.texts import lazy as _l
from movement.models import Call, CallKind, Process
from movement.services.calls import Opening, open_call


@dataclass(frozen=True)
class Rules:
    """The rules of a round: what those who take part see of each other, and who signs."""

    visibility: Visibility = Visibility.AFTER_CLOSING
    names_shown: bool = True
    approval_required: bool = False


def open_round(
    session: Session, draft: Draft, opening: Opening, rules: Rules, act: Act
) -> tuple[Round, Call]:
    """Ask for contributions on a published draft. One round of a consultation at a time.

    Raises what `movement.services.calls.open_call` raises, and `Conflict`.
    """
    consultation = session.get_one(Consultation, draft.consultation_id)
    if draft.state is not DraftState.PUBLISHED:
        raise Conflict(_l("Publish the draft before asking for contributions on it."))
    hold_consultation(session, consultation.id)
    if session.get(Adoption, draft.id) is not None:
        raise Conflict(_l("This text is adopted. Write its next draft, and ask about that one."))
    rounds = rounds_of(session, consultation)
    if any(one.closed_at is None for one, _call in rounds):
        raise Conflict(_l("The round before is not closed yet: close it first."))
    process = session.get_one(Process, consultation.process_id)
    opening = replace(
        opening, kind=CallKind.CONSULTATION, approval_required=rules.approval_required,
        titles=opening.titles or consultation.titles,
    )  # fmt: skip
    call = open_call(session, process, opening, now=act.now, label=act.label)
    made = Round(
        call_id=call.id, consultation_id=consultation.id, draft_id=draft.id,
        number=len(rounds) + 1, visibility=rules.visibility, names_shown=rules.names_shown,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made, call
