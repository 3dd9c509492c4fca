"""Two people at one pledge at once: who comes second acts on what the first has made of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import Pledge, PledgeParty, PledgeState
from consult.pledge_states import Progress
from consult.queries.pledges import get_own, register
from consult.services import pledging, signing
from consult.services.pledging import PledgeEditedElsewhere, Told
from core.errors import Conflict, DomainError, NotFound
from movement.models import Organisation, OutsideParty, PartyKind
from tests.consult.after import a_pledge, words
from tests.consult.arranged import a_draft, act
from tests.factories import a_society

pytestmark = pytest.mark.both_databases
Act = Callable[[Session, Pledge], object]


@pytest.fixture
def other(app: Flask) -> Iterator[Session]:
    """Another person's session."""
    with app.extensions["sessions"]() as session:
        yield session


def meanwhile(session: Session, other: Session, pledge: Pledge, act_: Act) -> None:
    """Somebody else does this, after the page was read and before it is acted on."""
    session.commit()
    act_(other, other.get_one(Pledge, pledge.id))
    other.commit()


def joint(session: Session) -> tuple[Pledge, Organisation, Organisation]:
    """A pledge of Kenya in progress, signed by Ghana too."""
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya)
    signing.invite(session, pledge, [ghana], act())
    signing.sign(session, pledge, ghana, act())
    return pledge, kenya, ghana


def published(session: Session, pledge: Pledge) -> None:
    pledging.publish(session, pledge, act())


def withdrawn(session: Session, pledge: Pledge) -> None:
    pledging.withdraw(session, pledge, act())


def reworded(session: Session, pledge: Pledge) -> None:
    pledging.revise(session, pledge, words(texts={"en": "We will open two hundred."}))


def test_a_pledge_published_meanwhile_is_not_deleted(session: Session, other: Session) -> None:
    pledge = a_pledge(session, a_draft(session), a_society(session))
    meanwhile(session, other, pledge, published)

    with pytest.raises(Conflict, match="register"):
        pledging.drop(session, pledge)
    session.rollback()

    assert [entry.pledge.number for entry in register(session)] == [1]


def test_the_last_two_who_leave_at_once_do_not_both_leave(session: Session, other: Session) -> None:
    pledge, kenya, ghana = joint(session)
    published(session, pledge)
    mine, theirs = (get_own(session, pledge.id, one.id)[1].row for one in (kenya, ghana))

    def leaves(own: Session, found: Pledge) -> None:
        signing.leave(own, found, own.get_one(PledgeParty, mine.id), act())

    meanwhile(session, other, pledge, leaves)
    with pytest.raises(Conflict, match="Nobody else"):
        signing.leave(session, pledge, theirs, act())
    session.rollback()

    (entry,) = register(session)
    assert [party.row.id for party in entry.signed if party.row.lead] == [theirs.id]


def test_of_two_who_leave_at_the_same_moment_one_stays(app: Flask, session: Session) -> None:
    pledge, kenya, ghana = joint(session)
    published(session, pledge)
    ids = [one.id for one in (kenya, ghana)]
    session.commit()

    def leaves(organisation_id: UUID) -> bool:
        with app.extensions["sessions"]() as own:
            entry, party = get_own(own, pledge.id, organisation_id)
            with suppress(Conflict):
                signing.leave(own, entry.pledge, party.row, act())
                own.commit()
                return True
            return False

    with ThreadPoolExecutor(2) as pool:
        left = list(pool.map(leaves, ids))

    assert sorted(left) == [False, True]
    assert len(register(session)[0].signed) == 1


def test_who_left_meanwhile_leaves_once(session: Session, other: Session) -> None:
    pledge, _kenya, ghana = joint(session)
    theirs = get_own(session, pledge.id, ghana.id)[1].row

    def leaves(own: Session, found: Pledge) -> None:
        signing.leave(own, found, own.get_one(PledgeParty, theirs.id), act())

    meanwhile(session, other, pledge, leaves)
    left_at = session.scalars(select(PledgeParty.left_at).where(PledgeParty.id == theirs.id)).one()
    signing.leave(session, pledge, theirs, act())

    assert theirs.left_at == left_at


def test_words_changed_meanwhile_take_back_a_signature_given_meanwhile(
    session: Session, other: Session
) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya)
    (asked,) = signing.invite(session, pledge, [ghana], act())

    def signs(own: Session, found: Pledge) -> None:
        signing.sign(own, found, own.get_one(Organisation, ghana.id), act())

    meanwhile(session, other, pledge, signs)
    reworded(session, pledge)
    session.commit()

    session.refresh(asked)
    assert asked.signed_at is None


STALE: dict[str, Callable[[Session, Pledge, Organisation], object]] = {
    "sign": lambda session, pledge, one: signing.sign(session, pledge, one, act(), edition=0),
    "publish": lambda session, pledge, _one: pledging.publish(session, pledge, act(), edition=0),
}


@pytest.mark.parametrize("step", STALE)
def test_nobody_signs_or_publishes_words_they_have_not_seen(
    session: Session, other: Session, step: str
) -> None:
    pledge, _kenya, ghana = joint(session)
    meanwhile(session, other, pledge, reworded)

    with pytest.raises(PledgeEditedElsewhere):
        STALE[step](session, pledge, ghana)
    session.rollback()

    session.expire_all()
    assert pledge.state is PledgeState.IN_PROGRESS
    assert not signing.find_party(session, pledge, ghana.id).signed_at  # type: ignore[union-attr]  # it is there


def _report(session: Session, pledge: Pledge, one: Organisation) -> None:
    pledging.report(session, pledge, Told(Progress.ON_TRACK, "One.", organisation=one), act())


def _outside(session: Session, pledge: Pledge, _one: Organisation) -> None:
    party = OutsideParty(name="An invented State", kind=PartyKind.STATE)
    session.add(party)
    session.flush()
    signing.add_outside(session, pledge, party, act())


LATE: dict[str, Callable[[Session, Pledge, Organisation], object]] = {
    "sign": lambda session, pledge, one: signing.sign(session, pledge, one, act()),
    "invite": lambda session, pledge, one: signing.invite(session, pledge, [one], act()),
    "report": _report,
    "outside": _outside,
}


@pytest.mark.parametrize("step", LATE)
def test_nothing_is_added_to_a_pledge_withdrawn_meanwhile(
    session: Session, other: Session, step: str
) -> None:
    pledge, _kenya, ghana = joint(session)
    published(session, pledge)
    meanwhile(session, other, pledge, withdrawn)

    with pytest.raises(DomainError):
        LATE[step](session, pledge, ghana)


@pytest.mark.parametrize("step", [*LATE, "publish"])
def test_a_pledge_deleted_meanwhile_is_not_there(
    session: Session, other: Session, step: str
) -> None:
    pledge, _kenya, ghana = joint(session)
    meanwhile(session, other, pledge, pledging.drop)

    with pytest.raises(NotFound):
        {**LATE, **STALE}[step](session, pledge, ghana)
