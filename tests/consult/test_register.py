"""The public register of pledges: what it holds, and how it is searched."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from consult.changes.operations import Delete, Split
from consult.models import Pledge, PledgeState
from consult.queries.pledges import Wanted, register
from consult.services import pledging, signing
from consult.services.drafts import begin_next, change, publish
from core.errors import DomainError
from movement.models import Organisation
from tests.consult.after import a_pledge, words
from tests.consult.arranged import a_draft, act, block, lineage
from tests.factories import a_society

pytestmark = pytest.mark.both_databases


def test_a_pledge_follows_its_paragraph_to_later_drafts(session: Session) -> None:
    draft = a_draft(session)
    kept = a_pledge(session, draft, a_society(session), words("p1", "p2"))
    pledging.publish(session, kept, act())
    parts = (block("p1a", "Needs alone."), block("p1b", "They count."))
    after = begin_next(session, draft, act())
    change(
        session, after,
        [Split(lineage=lineage("p1"), into=parts, note="Two thoughts."),
         Delete(lineage=lineage("p2"), note="Said before.")],
        act(),
    )  # fmt: skip
    publish(session, after, act())

    (entry,) = register(session)

    assert entry.paragraphs == (lineage("p1a"), lineage("p1b"))
    assert len(register(session, Wanted(paragraph=lineage("p1b")))) == 1
    assert register(session, Wanted(paragraph=lineage("p2"))) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(words="SAFE open"), 1),
        (Wanted(words="أماكن"), 1),
        (Wanted(words="safe nothing"), 0),
        (Wanted(consultation="strategy-text"), 1),
        (Wanted(consultation="other"), 0),
        (Wanted(region="africa"), 1),
        (Wanted(region="mena"), 0),
        (Wanted(organisation="KEN"), 1),
        (Wanted(year=2026), 0),
        (Wanted(year=2027), 1),
        (Wanted(year=2028), 1),
        (Wanted(year=2029), 0),
    ],
)
def test_the_register_is_searched(session: Session, wanted: Wanted, found: int) -> None:
    pledge = a_pledge(session, a_draft(session), a_society(session))
    pledging.publish(session, pledge, act())

    assert len(register(session, wanted)) == found


ACTS = ("invite", "sign", "leave", "publish", "withdraw", "revise")
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 1)), max_size=25
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_done_the_register_holds_signed_published_pledges_only(
    session: Session, taken: list[tuple[str, int, int]]
) -> None:
    """Random histories: numbers are unique and without gaps, nobody unsigned is named."""
    with session.begin_nested() as point:
        draft = a_draft(session)
        who = [a_society(session, code) for code in ("KEN", "GHA", "FJI", "SWE")]
        made = [a_pledge(session, draft, who[n], words(open_to_others=n == 1)) for n in (0, 1)]
        for number, (name, one, which) in enumerate(taken):
            _do(session, name, made[which], who[one], number)

        entries = register(session)

        shown = {entry.pledge.id for entry in entries}
        assert shown == {p.id for p in made if p.state is not PledgeState.IN_PROGRESS}
        assert sorted(e.pledge.number or 0 for e in entries) == list(range(1, len(entries) + 1))
        for entry in entries:
            assert entry.signed
            assert sum(party.row.lead for party in entry.signed) == 1
        point.rollback()
    session.expunge_all()


def _do(session: Session, name: str, pledge: Pledge, one: Organisation, number: int) -> None:
    party = signing.find_party(session, pledge, one.id)
    with suppress(DomainError):
        if name == "invite":
            signing.invite(session, pledge, [one], act())
        elif name == "sign":
            signing.sign(session, pledge, one, act())
        elif name == "leave" and party:
            signing.leave(session, pledge, party, act())
        elif name == "publish":
            pledging.publish(session, pledge, act())
        elif name == "withdraw":
            pledging.withdraw(session, pledge, act())
        elif name == "revise":
            pledging.revise(session, pledge, words(titles={"en": f"{number}"}))


def test_two_who_publish_at_the_same_moment_get_two_numbers(session: Session) -> None:
    draft, kenya = a_draft(session), a_society(session)
    ids = [a_pledge(session, draft, kenya).id for _each in range(6)]
    session.commit()

    def one(pledge_id: UUID) -> int:
        with Session(session.get_bind().execution_options(plenary_writing=True)) as own:
            number = pledging.publish(own, own.get_one(Pledge, pledge_id), act())
            own.commit()
            return number

    with ThreadPoolExecutor(6) as pool:
        numbers = sorted(pool.map(one, ids))

    assert numbers == [1, 2, 3, 4, 5, 6]
