"""The parties of a pledge: invited to sign, signing, declining, leaving; and outside parties.

Whoever leads has signed by beginning it. A pledge is never without a party that has signed: the
last one withdraws it instead of leaving.
"""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from consult.letter_texts import PLEDGE
from consult.models import Consultation, Pledge, PledgeParty, PledgeState
from consult.queries.pledges import parties_of
from consult.services.drafts import Act
from consult.services.pledging import lock
from consult.services.telling import Telling, tell
from core import audit
from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Organisation, OutsideParty
from movement.services.messages import Office

MOST_PARTIES = 250
PURPOSE = "pledge_invitation"


def find_party(session: Session, pledge: Pledge, organisation_id: UUID) -> PledgeParty | None:
    """The organisation's part in a pledge as the database has it now, or None.

    It locks nothing: whoever changes it holds the pledge's lock, and taking this row's first would
    have two people wait for each other.
    """
    chosen = select(PledgeParty).where(
        PledgeParty.pledge_id == pledge.id, PledgeParty.organisation_id == organisation_id
    )
    return session.scalars(chosen.execution_options(populate_existing=True)).one_or_none()


def invite(
    session: Session,
    pledge: Pledge,
    organisations: Collection[Organisation],
    act: Act,
    *,
    office: Office | None = None,
) -> list[PledgeParty]:
    """Ask organisations to sign, and mail them (`office` None: no mail). Who is in it stays so.

    Who had left or declined is asked anew. Raises `Conflict` for a withdrawn pledge, `DomainError`
    for too many.
    """
    lock(session, pledge)
    _refuse_withdrawn(pledge)
    held = {row.organisation_id: row for row in parties_of(session, pledge)}
    fresh = [one for one in organisations if one.id not in held or held[one.id].left_at]
    if len(held) + len(fresh) > MOST_PARTIES:
        raise DomainError(_l("A pledge has at most %(most)s parties.", most=MOST_PARTIES))
    made = []
    for organisation in fresh:
        row = held.get(organisation.id) or PledgeParty(
            pledge_id=pledge.id, organisation_id=organisation.id
        )
        row.left_at, row.signed_at, row.signed_by = None, None, ""
        session.add(row)
        made.append(row)
    session.flush()
    if office is not None:
        path = f"/pledges/of/{{code}}/{pledge.id}"
        consultation = session.get_one(Consultation, pledge.consultation_id)
        told = Telling(PLEDGE, PURPOSE, pledge.id, path, consultation)
        tell(session, fresh, told, office=office, now=act.now)
    return made


def add_outside(session: Session, pledge: Pledge, party: OutsideParty, act: Act) -> PledgeParty:
    """Name a State or partner as a party that has signed. Once is enough. Raises `Conflict`."""
    lock(session, pledge)
    _refuse_withdrawn(pledge)
    for row in parties_of(session, pledge):
        if row.outside_party_id == party.id:
            row.left_at, row.signed_at = None, row.signed_at or act.now
            session.add(row)
            session.flush()
            return row
    row = PledgeParty(
        pledge_id=pledge.id, outside_party_id=party.id, signed_at=act.now, signed_by=act.label
    )
    session.add(row)
    session.flush()
    return row


def sign(
    session: Session,
    pledge: Pledge,
    organisation: Organisation,
    act: Act,
    *,
    edition: int | None = None,
) -> PledgeParty:
    """Sign a pledge one was asked to, or one of the register that is open to all.

    Signing again changes nothing. `edition`: of the words that were read, None for whatever there
    is. Raises `Conflict` for one that is neither, or withdrawn, and `PledgeEditedElsewhere`.
    """
    lock(session, pledge, edition)
    _refuse_withdrawn(pledge)
    row = find_party(session, pledge, organisation.id)
    opened = pledge.open_to_others and pledge.state is PledgeState.PUBLISHED
    if (row is None or row.left_at is not None) and not opened:
        raise Conflict(_l("This pledge is not open for others to sign."))
    row = row or PledgeParty(pledge_id=pledge.id, organisation_id=organisation.id)
    if row.signed_at is None or row.left_at is not None:
        row.signed_at, row.signed_by, row.left_at = act.now, act.label, None
        _record(session, "pledge.signed", pledge, organisation.code, act)
    session.add(row)
    session.flush()
    return row


def leave(session: Session, pledge: Pledge, row: PledgeParty, act: Act) -> None:
    """Leave a pledge, or decline to sign it. Another party leads where the lead leaves.

    Raises `Conflict` for the last one that has signed.
    """
    lock(session, pledge)
    session.refresh(row)
    if row.left_at is not None:
        return
    staying = [
        one
        for one in parties_of(session, pledge)
        if one.id != row.id and one.signed_at is not None and one.left_at is None
    ]
    if row.signed_at is not None and not staying:
        raise Conflict(_l("Nobody else has signed this pledge: withdraw or delete it instead."))
    row.left_at = act.now
    if row.lead:
        row.lead, staying[0].lead = False, True
        session.add(staying[0])
    session.add(row)
    code = _code_of(session, row)
    _record(session, "pledge.left", pledge, code, act)
    session.flush()


def _code_of(session: Session, row: PledgeParty) -> str:
    if row.organisation_id is not None:
        return session.get_one(Organisation, row.organisation_id).code
    return session.get_one(OutsideParty, row.outside_party_id).name


def _refuse_withdrawn(pledge: Pledge) -> None:
    if pledge.state is PledgeState.WITHDRAWN:
        raise Conflict(_l("This pledge is withdrawn."))


def _record(session: Session, action: str, pledge: Pledge, who: str, act: Act) -> None:
    consultation = session.get_one(Consultation, pledge.consultation_id)
    audit.record(
        session, action, about=consultation.code, now=act.now, label=act.label, party=who,
        pledge=str(pledge.id),
    )  # fmt: skip


def leads(session: Session, pledge: Pledge, organisation_id: UUID) -> bool:
    """Whether this organisation leads the pledge, and so may publish, withdraw or delete it."""
    chosen = select(PledgeParty).where(
        PledgeParty.pledge_id == pledge.id,
        PledgeParty.organisation_id == organisation_id,
        col(PledgeParty.lead).is_(True),
    )
    return session.scalars(chosen).one_or_none() is not None
