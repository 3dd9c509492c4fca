"""From the last draft to the adopted text: groups are asked, members speak, the text is adopted.

An objection doesn't stop an adoption, and neither does silence; but whoever records the adoption
says that they have seen both. What was said stays with the draft it was said of.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlmodel import Session, col, select

from consult.letter_texts import AGREEMENT
from consult.models import Adoption, Agreement, AgreementRequest, Consultation, Draft, DraftState
from consult.queries.adoption import (
    find_adoption,
    record_seen,
    requests_of,
    seen,
    speakers_on,
    speaks_in,
    standings,
)
from consult.services.drafts import Act, hold_consultation
from consult.services.telling import Telling, tell
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Group, Organisation
from movement.services.messages import Office

LONGEST_REASON = 4_000
LONGEST_BODY, LONGEST_REFERENCE = 300, 200
PURPOSE = "agreement_asked"


@dataclass(frozen=True)
class Decision:
    """Who adopted a text, when, under which reference; and what whoever records it has seen.

    `seen`: `consult.queries.adoption.seen` of the page; `objections`, `silence`: that there are
    objections, and members that haven't spoken, is known.
    """

    body: str
    adopted_on: date
    reference: str = ""
    seen: str = ""
    objections: bool = False
    silence: bool = False


def ask_group(
    session: Session, draft: Draft, group: Group, act: Act, *, office: Office | None = None
) -> AgreementRequest:
    """Ask a group's members whether they agree to the newest published draft; mail them.

    `office` None: no mail goes out. Asking again changes nothing. Raises `Conflict` for another
    draft or an adopted one, `DomainError` for a group without members.
    """
    _refuse_unless_up(session, draft)
    for request, asked in requests_of(session, draft.id):
        if asked.id == group.id:
            return request
    members = speakers_on(session, group.id, act.now.date())
    if not members:
        raise DomainError(_l("No member of this group is known: correct the directory first."))
    request = AgreementRequest(
        draft_id=draft.id, group_id=group.id, asked_at=act.now, asked_by=act.label
    )
    session.add(request)
    session.flush()
    consultation = session.get_one(Consultation, draft.consultation_id)
    if office is not None:
        path = f"/consultations/{consultation.code}/agreement/{group.code}/{{code}}"
        told = Telling(AGREEMENT, PURPOSE, request.id, path, consultation)
        tell(session, members, told, office=office, now=act.now)
    audit.record(
        session, "agreement.asked", about=consultation.code, now=act.now, label=act.label,
        draft=draft.number, group=group.code,
    )  # fmt: skip
    return request


def _refuse_unless_up(session: Session, draft: Draft, seen: int | None = None) -> None:
    """Refuse any but the newest published draft, and an adopted one; it stays so to the commit.

    `seen`: the number of the draft that the page showed; another one is refused as well.
    """
    hold_consultation(session, draft.consultation_id)
    published = (
        select(Draft.id)
        .where(Draft.consultation_id == draft.consultation_id, Draft.state == DraftState.PUBLISHED)
        .order_by(col(Draft.number).desc())
    )
    if session.scalars(published.limit(1)).first() != draft.id:
        raise Conflict(_l("Only the newest published draft can be agreed to and adopted."))
    if find_adoption(session, draft) is not None:
        raise Conflict(_l("This text is adopted already."))
    if seen is not None and seen != draft.number:
        raise Conflict(_l("A newer draft was published since you opened this page. Read it first."))


def say(
    session: Session,
    draft: Draft,
    group: Group,
    organisation: Organisation,
    act: Act,
    *,
    consents: bool,
    reason: str = "",
    seen: int | None = None,
) -> Agreement:
    """Record what a member says: consent, or an objection with its reason. The last word counts.

    `seen`: the number of the draft on the page; None where nothing was shown. Raises `Conflict`
    for another draft and where the group isn't asked (any more), `DomainError` for who is no
    member, an objection without a reason and a reason that is too long.
    """
    _refuse_unless_up(session, draft, seen)
    if all(asked.id != group.id for _request, asked in requests_of(session, draft.id)):
        raise Conflict(_l("This group is not asked about this draft."))
    if not speaks_in(session, group.id, organisation.id, act.now.date()):
        raise DomainError(_l("%(code)s is no member of this group today.", code=organisation.code))
    reason = reason.strip()
    if not consents and not reason:
        raise DomainError(_l("Say what you object to, and why."))
    if len(reason) > LONGEST_REASON:
        raise DomainError(_l("Write at most %(most)s characters.", most=LONGEST_REASON))
    row = _row(session, draft, group, organisation, act)
    before = row.consents if row.by_label else None
    row.consents, row.reason, row.at, row.by_label = consents, reason, act.now, act.label
    session.add(row)
    consultation = session.get_one(Consultation, draft.consultation_id)
    audit.record(
        session, "agreement.said", about=consultation.code, now=act.now, label=act.label,
        draft=draft.number, group=group.code, organisation=organisation.code,
        before=before, after=consents,
    )  # fmt: skip
    session.flush()
    return row


def _row(
    session: Session, draft: Draft, group: Group, organisation: Organisation, act: Act
) -> Agreement:
    held = select(Agreement).where(
        Agreement.draft_id == draft.id,
        Agreement.group_id == group.id,
        Agreement.organisation_id == organisation.id,
    )
    held = held.with_for_update().execution_options(populate_existing=True)
    return session.scalars(held).one_or_none() or Agreement(
        id=uuid4(), draft_id=draft.id, group_id=group.id, organisation_id=organisation.id,
        consents=False, at=act.now,
    )  # fmt: skip


def adopt(session: Session, draft: Draft, decision: Decision, act: Act) -> Adoption:
    """Mark the newest published draft as adopted, for ever.

    Raises `Conflict` for another draft, before a group's agreement is recorded, and where somebody
    spoke since the page was made; `DomainError` for a day to come, a body without a name, and
    objections or silence that weren't said to be known.
    """
    _refuse_unless_up(session, draft)
    body, reference = decision.body.strip(), decision.reference.strip()
    _check(body, reference, decision.adopted_on, act.now.date())
    found = standings(session, draft, on=act.now.date())
    if not found or any(not standing.consenting for standing in found):
        raise Conflict(_l("Record a group's agreement first: no member of it has consented yet."))
    if decision.seen and decision.seen != seen(draft, found):
        raise Conflict(_l("Somebody spoke meanwhile. Look at the agreement again, then adopt."))
    if any(standing.objecting for standing in found) and not decision.objections:
        raise DomainError(_l("There are objections. Say that you know of them."))
    if any(standing.silent for standing in found) and not decision.silence:
        raise DomainError(_l("Some members have not spoken. Say that you know of it."))
    row = Adoption(
        draft_id=draft.id, body=body, adopted_on=decision.adopted_on, reference=reference,
        recorded_at=act.now, recorded_by=act.label,
    )  # fmt: skip
    session.add(row)
    consultation = session.get_one(Consultation, draft.consultation_id)
    audit.record(
        session, "draft.adopted", about=consultation.code, now=act.now, label=act.label,
        number=draft.number, body=body, reference=reference, on=decision.adopted_on.isoformat(),
        objections=sum(len(one.objecting) for one in found),
        silent=sum(len(one.silent) for one in found),
    )  # fmt: skip
    session.flush()
    return row


def correct(session: Session, draft: Draft, decision: Decision, act: Act) -> None:
    """Correct what is recorded of an adoption: its body, day and reference. The text stays adopted.

    `decision.seen`: `consult.queries.adoption.record_seen` of the page. What stood there before is
    kept in the audit trail. Raises `Conflict` where it was corrected since, or nothing is adopted.
    """
    hold_consultation(session, draft.consultation_id)
    row = find_adoption(session, draft)
    if row is None:
        raise Conflict(_l("This text is not adopted yet."))
    session.refresh(row)
    if decision.seen != record_seen(row):
        raise Conflict(
            _l("Somebody else corrected this since you opened it. Look at it again, then correct.")
        )
    body, reference = decision.body.strip(), decision.reference.strip()
    _check(body, reference, decision.adopted_on, act.now.date())
    before = {"body": row.body, "on": row.adopted_on.isoformat(), "reference": row.reference}
    row.body, row.adopted_on, row.reference = body, decision.adopted_on, reference
    after = {"body": body, "on": row.adopted_on.isoformat(), "reference": reference}
    consultation = session.get_one(Consultation, draft.consultation_id)
    audit.record(
        session, "adoption.corrected", about=consultation.code, now=act.now, label=act.label,
        number=draft.number, before=before, after=after,
    )  # fmt: skip
    session.flush()


def _check(body: str, reference: str, adopted_on: date, today: date) -> None:
    if not body or len(body) > LONGEST_BODY:
        raise DomainError(_l("Write which body adopted the text, in at most 300 characters."))
    if len(reference) > LONGEST_REFERENCE:
        raise DomainError(_l("Write at most %(most)s characters.", most=LONGEST_REFERENCE))
    if adopted_on > today:
        raise DomainError(_l("The day of adoption is still to come."))
