"""Publishing the next draft: what is pending goes on to it, what conflicts is not published."""

import pytest
from sqlmodel import Session, select

from consult.changes.carrying import Fit
from consult.changes.operations import Delete, Merge, Operation, Replace, Split
from consult.changes.taking import Why
from consult.models import CarryOver, Contribution, ContributionState, Draft, Outcome, Round
from consult.queries.amendments import admitted_on
from consult.services.admission import admit
from consult.services.composing import take_all, take_over, unsettled_in, waiting_in
from consult.services.dispositions import Decision, decide, reopen
from consult.services.drafts import begin_next, change, read_set
from consult.services.publishing import carry_over, publish_draft
from core.errors import Conflict, DomainError
from movement.models import Call, Organisation
from tests.consult.arranged import a_draft, a_round, a_text, act, block, lineage
from tests.consult.spoken import Place, amended, decided, said
from tests.factories import a_society

pytestmark = pytest.mark.both_databases
P1 = a_text().blocks[1].texts["en"]
ALWAYS, PEOPLE = P1.replace("alone", "alone, always"), P1.replace("needs alone", "needs of people")


class Asked:
    """A zero draft, an open round on it, and the next draft in work."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.kenya: Organisation = a_society(session)
        self.zero: Draft = a_draft(session)
        self.round: Round
        self.call: Call
        self.round, self.call = a_round(session, self.zero)
        self.next: Draft = begin_next(session, self.zero, act())

    @property
    def place(self) -> Place:
        return Place(self.session, self.round, self.call, self.kenya)

    def fits(self) -> dict[str, str]:
        """How each contribution fits the next draft, by its own text."""
        every = self.session.scalars(select(Contribution.id)).all()
        found = admitted_on(self.session, self.next, every)
        return {one.contribution.text: one.fit.value for one in found}


@pytest.fixture
def asked(session: Session) -> Asked:
    return Asked(session)


def test_all_accepted_amendments_are_taken_with_their_sources(asked: Asked) -> None:
    one = amended(asked.place, lineage("p1"), ALWAYS)
    decided(asked.session, one)
    amended(asked.place, lineage("p2"), "Not decided on yet.")

    taken = take_all(asked.session, asked.next, act())

    (operation,) = read_set(asked.session, asked.next)
    assert operation.contributions == (one.id,)
    assert taken.waiting == ()
    assert waiting_in(asked.session, asked.next) == ()


def test_only_what_was_accepted_can_be_taken(asked: Asked) -> None:
    one = amended(asked.place, lineage("p1"), ALWAYS)

    with pytest.raises(DomainError, match="accepted"):
        take_over(asked.session, asked.next, [one.id], act())


def test_conflicts_are_listed_and_never_published_silently(asked: Asked) -> None:
    both = [amended(asked.place, lineage("p1"), text) for text in (ALWAYS, PEOPLE)]
    for one in both:
        decided(asked.session, one)
    take_all(asked.session, asked.next, act())
    (waiting,) = waiting_in(asked.session, asked.next)
    behind = tuple(one.id for one in both)
    replace = Replace(lineage=lineage("p1"), texts={"en": ALWAYS}, contributions=behind)
    change(asked.session, asked.next, [replace], act())

    with pytest.raises(DomainError, match="conflict"):
        publish_draft(asked.session, asked.next, act())

    assert [one.number for one in waiting.accepted] == [one.number for one in both]
    assert [one.lineage for one in unsettled_in(asked.session, asked.next)] == [lineage("p1")]


@pytest.mark.parametrize("then", ["decided otherwise", "taken back", "withdrawn"])
def test_no_draft_is_published_that_rests_on_what_is_no_longer_accepted(
    asked: Asked, then: str
) -> None:
    session, one = asked.session, amended(asked.place, lineage("p1"), ALWAYS)
    decide(session, one.id, Decision(Outcome.ACCEPTED), act())
    take_all(session, asked.next, act())

    if then == "decided otherwise":
        decide(session, one.id, Decision(Outcome.NOT_ACCEPTED, {"en": "No."}), act())
    else:
        reopen(session, one.id, act())
    if then == "withdrawn":
        one.state = ContributionState.WITHDRAWN
        session.flush()

    with pytest.raises(DomainError, match="that are not accepted: 1"):
        publish_draft(session, asked.next, act())


def test_what_a_published_draft_follows_stays_accepted(asked: Asked) -> None:
    session, one = asked.session, amended(asked.place, lineage("p1"), ALWAYS)
    decide(session, one.id, Decision(Outcome.ACCEPTED), act())
    take_all(session, asked.next, act())
    publish_draft(session, asked.next, act())

    with pytest.raises(Conflict, match="Draft 1 follows"):
        decide(session, one.id, Decision(Outcome.NOT_ACCEPTED, {"en": "No."}), act())


def test_pending_contributions_go_on_to_the_next_draft(asked: Asked) -> None:
    at = asked.place
    said(at, text="clean", lineage=lineage("p2"))
    said(at, text="whole")
    said(at, text="orphan", lineage=lineage("p3"))
    said(at, text="quote", lineage=lineage("p1"), quote="needs alone")
    amended(at, lineage("p1"), P1.replace("Societies", "All Societies"), text="fuzzy")
    amended(at, lineage("p1"), PEOPLE, text="conflict")
    decided(asked.session, said(at, text="done", lineage=lineage("p1")), Outcome.NOTED)
    later = said(at, text="later", lineage=lineage("p1"))
    decided(asked.session, later, Outcome.CARRIED_OVER)
    said(at, text="waits", lineage=lineage("p1"), state=ContributionState.SUBMITTED)
    words = P1.replace("needs alone", "needs only")
    change(
        asked.session, asked.next,
        [Replace(lineage=lineage("p1"), texts={"en": words}, note="Plainer."),
         Delete(lineage=lineage("p3"), note="Said above.")],
        act(),
    )  # fmt: skip

    count = publish_draft(asked.session, asked.next, act())

    assert count == 7
    assert asked.fits() == {
        "clean": Fit.CLEAN, "whole": Fit.CLEAN, "orphan": Fit.ORPHAN, "quote": Fit.CONFLICT,
        "fuzzy": Fit.FUZZY, "conflict": Fit.CONFLICT, "later": Fit.FUZZY,
    }  # fmt: skip


def test_carrying_over_again_says_the_same(asked: Asked) -> None:
    amended(asked.place, lineage("p1"), ALWAYS)
    publish_draft(asked.session, asked.next, act())

    again = carry_over(asked.session, asked.next)

    assert again == 1
    assert len(asked.session.scalars(select(CarryOver)).all()) == 1


def test_over_two_drafts_words_are_still_those_that_were_given(asked: Asked) -> None:
    one = amended(asked.place, lineage("p1"), P1.replace("Societies", "All Societies"))
    words = {"en": P1.replace("needs alone", "needs only")}
    plainer = Replace(lineage=lineage("p1"), texts=words, note="Plainer.")
    change(asked.session, asked.next, [plainer], act())
    publish_draft(asked.session, asked.next, act())
    third = begin_next(asked.session, asked.next, act())
    publish_draft(asked.session, third, act())

    (found,) = admitted_on(asked.session, third, [one.id])

    assert found.fit is Fit.FUZZY
    assert found.proposal == "All Societies act on needs only."
    assert one.proposal == "All Societies act on needs alone."


def test_what_becomes_pending_after_a_draft_was_published_goes_on_to_it_too(asked: Asked) -> None:
    session, at = asked.session, asked.place
    waits = said(at, text="waits", lineage=lineage("p1"), state=ContributionState.SUBMITTED)
    settled = said(at, text="settled", lineage=lineage("p2"))
    decide(session, settled.id, Decision(Outcome.ACCEPTED), act())
    later = said(at, text="later", lineage=lineage("p3"))
    decide(session, later.id, Decision(Outcome.NOTED, {"en": "Noted."}), act())
    publish_draft(session, asked.next, act())
    assert asked.fits() == {}

    admit(session, [waits.id], act())
    reopen(session, settled.id, act())
    decide(session, later.id, Decision(Outcome.CARRIED_OVER, {"en": "Next time."}), act())

    assert asked.fits() == dict.fromkeys(("waits", "settled", "later"), Fit.CLEAN)


MERGED = Merge(
    lineages=(lineage("p1"), lineage("p2")), note="Shorter.",
    into=block("m", "Societies act on needs alone. Societies give access to services."),
)  # fmt: skip
DIVIDED = Split(
    lineage=lineage("p1"), note="Clearer.",
    into=(block("a", "Societies act."), block("b", "They act on needs alone.")),
)  # fmt: skip


@pytest.mark.parametrize("reshaping", [MERGED, DIVIDED])
def test_a_deletion_of_what_was_merged_or_divided_waits_for_the_drafter(
    asked: Asked, reshaping: Operation
) -> None:
    session = asked.session
    one = amended(asked.place, lineage("p1"), None, text="goes")
    change(session, asked.next, [reshaping], act())
    publish_draft(session, asked.next, act())
    decided(session, one)
    third = begin_next(session, asked.next, act())

    taken = take_all(session, third, act())

    assert asked.fits() == {"goes": Fit.CONFLICT}
    assert [one.why for one in taken.waiting] == [Why.CONFLICT]
    assert read_set(session, third) == []


def test_a_deletion_of_what_was_only_reworded_is_taken(asked: Asked) -> None:
    session = asked.session
    one = amended(asked.place, lineage("p1"), None, text="goes")
    change(
        session, asked.next, [Replace(lineage=lineage("p1"), texts={"en": ALWAYS}, note="x")], act()
    )
    publish_draft(session, asked.next, act())
    decided(session, one)
    third = begin_next(session, asked.next, act())

    take_all(session, third, act())

    assert [one.op for one in read_set(session, third)] == ["delete"]
