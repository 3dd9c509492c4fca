"""Pledges: written, signed, published, withdrawn; and what the register shows of them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, select

from consult.models import Pledge
from consult.pledge_states import Progress, Stand
from consult.queries.pledges import Wanted, get_own, own_pledges, pledges_for_staff, register
from consult.services import pledging, signing
from consult.services.drafts import begin_next
from consult.services.pledging import PledgeEditedElsewhere, Told
from core.errors import Conflict, DomainError, NotFound
from core.models import Mail
from movement.models import OutsideParty, PartyKind, Role
from tests.consult.after import a_pledge, later, words
from tests.consult.arranged import a_draft, act, lineage
from tests.factories import a_society, somebody
from tests.movement.arranged import OFFICE

pytestmark = pytest.mark.both_databases


def a_state(session: Session) -> OutsideParty:
    party = OutsideParty(name="An invented State", kind=PartyKind.STATE)
    session.add(party)
    session.flush()
    return party


def test_a_pledge_in_progress_is_in_no_register(session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    a_pledge(session, draft, kenya)

    assert register(session) == []
    assert len(own_pledges(session, kenya.id)) == 1
    assert pledges_for_staff(session, draft.consultation_id) == []


def test_a_published_pledge_has_a_number_and_stands_in_the_register(session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    first, second = a_pledge(session, draft, kenya), a_pledge(session, draft, kenya)

    assert pledging.publish(session, second, act()) == 1
    assert pledging.publish(session, first, act()) == 2

    assert [entry.pledge.number for entry in register(session)] == [2, 1]
    assert register(session)[0].stand is Stand.NOT_REPORTED


def test_the_words_of_a_published_pledge_stay(session: Session) -> None:
    pledge = a_pledge(session, a_draft(session), a_society(session))
    pledging.publish(session, pledge, act())

    with pytest.raises(Conflict):
        pledging.revise(session, pledge, words(titles={"en": "Other"}))
    with pytest.raises(Conflict):
        pledging.publish(session, pledge, act())
    with pytest.raises(Conflict):
        pledging.drop(session, pledge)


def test_a_stale_page_overwrites_nothing(session: Session) -> None:
    pledge = a_pledge(session, a_draft(session), a_society(session))
    pledging.revise(session, pledge, words(titles={"en": "Mine"}), edition=0)

    with pytest.raises(PledgeEditedElsewhere):
        pledging.revise(session, pledge, words(titles={"en": "Theirs"}), edition=0)

    assert pledge.titles == {"en": "Mine"}


@pytest.mark.parametrize(
    "more",
    [
        {"titles": {"fr": "Titre"}},
        {"texts": {"en": " "}},
        {"titles": {"en": "x" * 201}},
        {"texts": {"en": "x" * 5_001}},
        {"focal_function": "x" * 301},
        {"until_date": date(2026, 12, 31)},
        {"lineages": ()},
        {"lineages": (lineage("gone"),)},
    ],
)
def test_words_that_will_not_do_are_refused(session: Session, more: dict[str, object]) -> None:
    draft, kenya = a_draft(session), a_society(session)

    with pytest.raises(DomainError):
        a_pledge(session, draft, kenya, words(**more))

    assert session.exec(select(Pledge)).all() == []


def test_pledges_are_made_to_published_drafts(session: Session) -> None:
    draft = begin_next(session, a_draft(session), act())

    with pytest.raises(Conflict):
        a_pledge(session, draft, a_society(session))


def test_who_was_asked_and_did_not_sign_is_not_named(session: Session) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya)
    signing.invite(session, pledge, [ghana], act())
    pledging.publish(session, pledge, act())

    def named() -> list[str]:
        (entry,) = register(session)
        return [party.organisation.code for party in entry.signed if party.organisation]

    assert named() == ["KEN"]
    signing.sign(session, pledge, ghana, later(1))
    assert named() == ["KEN", "GHA"]


def test_other_words_take_back_what_others_had_signed(session: Session) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya)
    signing.invite(session, pledge, [ghana], act())
    signing.sign(session, pledge, ghana, act())

    assert not pledging.revise(session, pledge, words(focal_function="Head of programmes"))
    assert signing.find_party(session, pledge, ghana.id).signed_at  # type: ignore[union-attr]  # it is there
    assert pledging.revise(session, pledge, words(texts={"en": "We will open ten."}))
    assert not signing.find_party(session, pledge, ghana.id).signed_at  # type: ignore[union-attr]  # it is there


def test_only_open_pledges_of_the_register_are_signed_unasked(session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    closed = a_pledge(session, draft, kenya)
    opened = a_pledge(session, draft, kenya, words(open_to_others=True))
    pledging.publish(session, closed, act())

    for pledge in (closed, opened):  # the second is in progress still
        with pytest.raises(Conflict):
            signing.sign(session, pledge, ghana, act())
    pledging.publish(session, opened, act())
    signing.sign(session, opened, ghana, act())
    signing.sign(session, opened, ghana, act())

    assert len(register(session, Wanted(organisation="GHA"))) == 1
    assert len(register(session, Wanted(open_only=True))) == 1


def test_the_lead_passes_on_and_the_last_one_stays(session: Session) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya, words(open_to_others=True))
    pledging.publish(session, pledge, act())
    signing.sign(session, pledge, ghana, act())

    mine = signing.find_party(session, pledge, kenya.id)
    assert mine is not None
    signing.leave(session, pledge, mine, act())

    assert signing.leads(session, pledge, ghana.id)
    theirs = signing.find_party(session, pledge, ghana.id)
    assert theirs is not None
    with pytest.raises(Conflict):
        signing.leave(session, pledge, theirs, act())


def test_declining_is_leaving_and_one_can_be_asked_anew(session: Session) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya)
    (asked,) = signing.invite(session, pledge, [ghana], act())

    signing.leave(session, pledge, asked, act())
    assert own_pledges(session, ghana.id) == []
    with pytest.raises(Conflict):
        signing.sign(session, pledge, ghana, act())
    signing.invite(session, pledge, [ghana], act())

    assert len(own_pledges(session, ghana.id)) == 1


def test_an_invitation_is_one_mail_and_tells_nothing_of_the_pledge(session: Session) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA", language="ar")
    somebody(session, Role.FOCAL_POINT, ghana)
    pledge = a_pledge(session, a_draft(session), kenya)

    for _again in range(2):
        signing.invite(session, pledge, [ghana], act(), office=OFFICE)

    mail = session.exec(select(Mail)).one()
    assert mail.language == "ar"
    assert f"/pledges/of/GHA/{pledge.id}" in mail.body
    assert "Safe places" not in mail.body + mail.subject


def test_a_state_can_lead_or_join_without_an_account(session: Session) -> None:
    draft, kenya, state = a_draft(session), a_society(session), a_state(session)
    own = a_pledge(session, draft, state)
    joint = a_pledge(session, draft, kenya)
    for _again in range(2):
        signing.add_outside(session, joint, state, act())
    for pledge in (own, joint):
        pledging.publish(session, pledge, act())

    names = [[party.names["en"] for party in entry.signed] for entry in register(session)]

    assert names == [["Society KEN", "An invented State"], ["An invented State"]]
    assert len(register(session, Wanted(words="invented state"))) == 2


def test_progress_is_reported_by_who_signed_on_what_is_published(session: Session) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya)
    told = Told(Progress.ON_TRACK, "One is open.", organisation=kenya)

    with pytest.raises(Conflict):
        pledging.report(session, pledge, told, act())
    pledging.publish(session, pledge, act())
    with pytest.raises(DomainError):
        pledging.report(session, pledge, replace(told, organisation=ghana), act())
    with pytest.raises(DomainError):
        pledging.report(session, pledge, replace(told, text=" "), act())
    pledging.report(session, pledge, told, act())
    pledging.report(session, pledge, replace(told, status=Progress.FULFILLED), later(400))

    assert register(session)[0].stand is Stand.FULFILLED
    assert len(register(session, Wanted(stand=Stand.ON_TRACK))) == 0


def test_a_withdrawn_pledge_stays_in_the_register_and_says_so(session: Session) -> None:
    kenya = a_society(session)
    pledge = a_pledge(session, a_draft(session), kenya)
    with pytest.raises(Conflict):
        pledging.withdraw(session, pledge, act())
    pledging.publish(session, pledge, act())

    pledging.withdraw(session, pledge, act())

    assert register(session)[0].stand is Stand.WITHDRAWN
    with pytest.raises(Conflict):
        signing.sign(session, pledge, a_society(session, "GHA"), act())


def test_anothers_pledge_is_not_there(session: Session) -> None:
    kenya, ghana = a_society(session), a_society(session, "GHA")
    pledge = a_pledge(session, a_draft(session), kenya)

    assert get_own(session, pledge.id, kenya.id)[0].pledge.id == pledge.id
    with pytest.raises(NotFound):
        get_own(session, pledge.id, ghana.id)
