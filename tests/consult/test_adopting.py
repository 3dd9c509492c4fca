"""From agreement to adoption: who speaks, what is known of objections, who is addressed."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from consult.addressees import COMPONENTS, marks_of, reaches, tidied
from consult.models import AgreementRequest
from consult.queries.adoption import (
    awaited_of,
    duties_of,
    find_adopted,
    groups_to_ask,
    seen,
    standings,
)
from consult.services.addressing import Addressing, address
from consult.services.adopting import Decision, adopt, ask_group, say
from consult.services.drafts import begin_next, publish
from core.clock import now
from core.errors import Conflict, DomainError
from core.models import AuditEntry, Mail
from movement.models import GroupMembership, Organisation, OrganisationKind, Role
from tests.consult.after import a_group, an_adoption, asked_and_agreed
from tests.consult.arranged import a_draft, act, consultation_of, lineage
from tests.factories import a_society, somebody
from tests.movement.arranged import OFFICE

pytestmark = pytest.mark.both_databases
TODAY = now().date()
DECISION = Decision("Council of Delegates", date(2026, 1, 2), "CD/2026/1")


def knowing(**more: object) -> Decision:
    given = {"objections": True, "silence": True, **more}
    return Decision("Council", date(2026, 1, 2), **given)  # type: ignore[arg-type]  # by name


def test_a_text_is_adopted_once_its_group_agreed(session: Session) -> None:
    draft = a_draft(session)
    asked_and_agreed(session, draft, a_society(session))

    adopt(session, draft, DECISION, act())

    found = find_adopted(session, consultation_of(session, draft))
    assert found is not None
    assert (found[0].id, found[1].body, found[1].reference) == (
        draft.id, "Council of Delegates", "CD/2026/1",
    )  # fmt: skip


def test_nothing_is_adopted_before_a_group_is_asked_and_somebody_consents(
    session: Session,
) -> None:
    draft, kenya = a_draft(session), a_society(session)

    with pytest.raises(Conflict):
        adopt(session, draft, knowing(), act())
    group = a_group(session, kenya)
    ask_group(session, draft, group, act())
    with pytest.raises(Conflict):
        adopt(session, draft, knowing(), act())
    say(session, draft, group, kenya, act(), consents=False, reason="Paragraph 2 is too weak.")
    with pytest.raises(Conflict):
        adopt(session, draft, knowing(), act())

    assert find_adopted(session, consultation_of(session, draft)) is None


def test_objections_and_silence_stop_nothing_but_must_be_known(session: Session) -> None:
    draft = a_draft(session)
    kenya, ghana, fiji = (a_society(session, code) for code in ("KEN", "GHA", "FJI"))
    group = a_group(session, kenya, ghana, fiji)
    ask_group(session, draft, group, act())
    say(session, draft, group, kenya, act(), consents=True)
    say(session, draft, group, ghana, act(), consents=False, reason="Paragraph 2 is too weak.")

    with pytest.raises(DomainError, match="objections"):
        adopt(session, draft, knowing(objections=False), act())
    with pytest.raises(DomainError, match="not spoken"):
        adopt(session, draft, knowing(silence=False), act())
    adopt(session, draft, knowing(), act())

    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "draft.adopted")).one()
    assert (entry.details["objections"], entry.details["silent"]) == (1, 1)


def test_a_word_given_since_the_page_was_made_is_looked_at_first(session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    group = a_group(session, kenya, ghana)
    ask_group(session, draft, group, act())
    say(session, draft, group, kenya, act(), consents=True)
    page = seen(draft, standings(session, draft, on=TODAY))

    say(session, draft, group, ghana, act(), consents=False, reason="Too long.")

    with pytest.raises(Conflict, match="meanwhile"):
        adopt(session, draft, knowing(seen=page), act())
    adopt(session, draft, knowing(seen=seen(draft, standings(session, draft, on=TODAY))), act())


def test_an_objection_has_a_reason_and_the_last_word_counts(session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    group = a_group(session, kenya)
    ask_group(session, draft, group, act())

    with pytest.raises(DomainError):
        say(session, draft, group, kenya, act(), consents=False, reason="  ")
    say(session, draft, group, kenya, act(), consents=False, reason="Too long.")
    say(session, draft, group, kenya, act(), consents=True)

    (standing,) = standings(session, draft, on=TODAY)
    assert [len(standing.consenting), len(standing.objecting), len(standing.silent)] == [1, 0, 0]


def test_only_members_of_a_group_that_is_asked_speak(session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    group = a_group(session, kenya)
    session.add(GroupMembership(group_id=group.id, organisation_id=ghana.id, role="observer"))
    session.flush()

    with pytest.raises(Conflict):
        say(session, draft, group, kenya, act(), consents=True)
    ask_group(session, draft, group, act())
    with pytest.raises(DomainError):
        say(session, draft, group, ghana, act(), consents=True)


def test_what_a_member_said_stays_when_it_leaves_the_group(session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    group = asked_and_agreed(session, draft, kenya)
    place = session.exec(select(GroupMembership).where(GroupMembership.group_id == group.id)).one()
    place.until_date = TODAY - timedelta(days=1)
    session.add(place)
    session.flush()

    (standing,) = standings(session, draft, on=TODAY)

    assert [one.organisation.code for one in standing.consenting] == ["KEN"]
    with pytest.raises(DomainError):
        say(session, draft, group, kenya, act(), consents=False, reason="No.")


def test_only_the_newest_published_draft_is_agreed_to_and_adopted(session: Session) -> None:
    zero, kenya = a_draft(session), a_society(session)
    group = asked_and_agreed(session, zero, kenya)
    first = begin_next(session, zero, act())
    with pytest.raises(Conflict):
        ask_group(session, first, group, act())
    publish(session, first, act())

    with pytest.raises(Conflict):
        adopt(session, zero, DECISION, act())
    with pytest.raises(Conflict):
        say(session, zero, group, kenya, act(), consents=True)
    with pytest.raises(Conflict, match="agreement first"):
        adopt(session, first, DECISION, act())


def test_an_adopted_text_is_not_adopted_again_nor_spoken_of(session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    group = a_group(session, kenya, code="other")

    with pytest.raises(Conflict):
        adopt(session, draft, DECISION, act())
    with pytest.raises(Conflict):
        ask_group(session, draft, group, act())


@pytest.mark.parametrize(
    "decision",
    [
        Decision(" ", date(2026, 1, 2)),
        Decision("Council", TODAY + timedelta(days=2)),
        Decision("Council", date(2026, 1, 2), "x" * 201),
        Decision("x" * 301, date(2026, 1, 2)),
    ],
)
def test_an_adoption_says_who_and_when(session: Session, decision: Decision) -> None:
    draft = a_draft(session)
    asked_and_agreed(session, draft, a_society(session))

    with pytest.raises(DomainError):
        adopt(session, draft, decision, act())


def test_asking_a_group_mails_its_members_once_and_says_nothing_of_the_text(
    session: Session,
) -> None:
    draft, kenya = a_draft(session), a_society(session, language="fr")
    somebody(session, Role.FOCAL_POINT, kenya)
    group = a_group(session, kenya)

    for _again in range(2):
        ask_group(session, draft, group, act(), office=OFFICE)

    mail = session.exec(select(Mail)).one()
    assert mail.language == "fr"
    assert "/consultations/strategy-text/agreement/leadership/KEN" in mail.body
    assert "A strategy" in mail.body
    assert len(session.exec(select(AgreementRequest)).all()) == 1


def test_an_organisation_sees_which_words_are_asked_of_it(session: Session) -> None:
    draft, kenya, ghana = a_draft(session), a_society(session), a_society(session, "GHA")
    group = a_group(session, kenya)
    ask_group(session, draft, group, act())
    say(session, draft, group, kenya, act(), consents=True)

    (mine,) = awaited_of(session, [kenya.id], on=TODAY)
    assert (mine.group.code, mine.said is not None) == ("leadership", True)
    assert awaited_of(session, [ghana.id], on=TODAY) == []
    assert group.id not in {one.id for one in groups_to_ask(session, draft)}

    adopt(session, draft, DECISION, act())
    assert awaited_of(session, [kenya.id], on=TODAY) == []


def test_paragraphs_of_an_adopted_text_are_addressed(session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    an_adoption(session, draft, kenya)
    due = date(2031, 6, 30)
    both = [lineage("p1"), lineage("p2")]

    address(session, draft, both, Addressing(["region:africa", "organisation:KEN"], due), act())
    address(session, draft, [lineage("p2")], Addressing([]), act())

    duties = duties_of(session, draft.id)
    assert set(duties) == {lineage("p1")}
    assert duties[lineage("p1")].report_due == due
    assert reaches(duties[lineage("p1")].addressees, kenya)


@pytest.mark.parametrize(
    ("name", "mark"),
    [("p1", "region:nowhere"), ("p1", "organisation:XXX"), ("p1", "everyone"), ("p1", "kind:"),
     ("h", "all"), ("gone", "all")],
)  # fmt: skip
def test_nobody_and_nothing_is_never_addressed(session: Session, name: str, mark: str) -> None:
    draft = a_draft(session)
    an_adoption(session, draft, a_society(session))

    with pytest.raises(DomainError):
        address(session, draft, [lineage(name)], Addressing([mark]), act())

    assert duties_of(session, draft.id) == {}


def test_a_text_that_is_not_adopted_addresses_nobody(session: Session) -> None:
    with pytest.raises(Conflict):
        address(session, a_draft(session), [lineage("p1")], Addressing(["all"]), act())


organisations = st.builds(
    Organisation,
    code=st.sampled_from(["KEN", "GHA", "IFRC", "APMN"]),
    kind=st.sampled_from(OrganisationKind),
    region_code=st.sampled_from([None, "africa", "mena"]),
)
marks = st.lists(
    st.sampled_from(
        ["all", "kind:national_society", "kind:federation", "kind:committee", "region:africa",
         "region:mena", "organisation:KEN", "organisation:APMN"]
    ),
)  # fmt: skip


@settings(max_examples=200)
@given(marks, organisations)
def test_tidying_marks_changes_nobody_they_reach(given: list[str], one: Organisation) -> None:
    """`all` covers every component; a network is reached by its own name only."""
    assert reaches(tidied(given), one) == reaches(given, one)
    if one.kind not in COMPONENTS:
        assert marks_of(one) == {f"organisation:{one.code}"}
