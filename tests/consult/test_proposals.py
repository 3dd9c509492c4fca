"""The file of proposals: pending amendments tracked, those that overlap as comments."""

import pytest
from sqlmodel import Session

from consult.changes.operations import Delete, Operation, Replace, Split
from consult.export.redlines import adopted, proposed
from consult.export.word_draft import redline_file
from consult.models import ContributionKind, Draft, Outcome, ProposalKind, Round
from consult.queries.compiled import compiled
from consult.queries.consultations import get_consultation
from consult.services.dispositions import Decision, decide
from consult.services.drafts import begin_next, change
from consult.services.publishing import publish_draft
from movement.queries.directory import get_organisation
from tests.consult.arranged import a_draft, a_round, act, block, lineage
from tests.consult.outputs import published_on
from tests.consult.said import amends, said
from tests.consult.word_twins import W, parts_of, texts_of
from tests.factories import a_society

CODE = "strategy-text"
BASE = "Societies act on needs alone."


@pytest.fixture
def round_(session: Session) -> Round:
    for code in ("KEN", "MLI"):
        a_society(session, code)
    return a_round(session, a_draft(session))[0]


def file_of(
    session: Session, language: str = "en", *, draft: int = 0, decided_too: bool = False
) -> bytes:
    data = compiled(session, get_consultation(session, CODE), language)
    found = proposed(data, data.steps[draft], decided_too=decided_too)
    return redline_file(found, language, data.title)


def comments(data: bytes) -> list[str]:
    return [" | ".join("".join(p.itertext()) for p in one)
            for one in parts_of(data)["word/comments.xml"]]  # fmt: skip


def test_amendments_that_fit_together_are_tracked_under_their_names(
    session: Session, round_: Round
) -> None:
    kenya, mali = (get_organisation(session, code) for code in ("KEN", "MLI"))
    amends(session, round_, kenya, "p1", "Societies always act on needs alone.")
    amends(session, round_, mali, "p1", "Societies act on needs alone today.")

    data = file_of(session)

    assert texts_of(data, accept=False)[1] == BASE
    assert texts_of(data, accept=True)[1] == "Societies always act on needs alone today."
    names = {one.get(f"{W}author") for one in parts_of(data)["word/document.xml"].iter(f"{W}ins")}
    assert len(names) == 2


def test_the_second_of_two_that_overlap_is_a_comment_with_its_wording(
    session: Session, round_: Round
) -> None:
    kenya = get_organisation(session, "KEN")
    amends(session, round_, kenya, "p1", "Societies act on rights alone.")
    amends(session, round_, kenya, "p1", "Societies act on duties alone.")

    data = file_of(session)

    assert texts_of(data, accept=True)[1] == "Societies act on rights alone."
    assert any("Societies act on duties alone." in one for one in comments(data))


def test_new_paragraphs_and_deletions_are_tracked_and_remarks_are_comments(
    session: Session, round_: Round
) -> None:
    kenya = get_organisation(session, "KEN")
    for words in ("First new.", "Second new."):
        said(session, round_, kenya, "p1", kind=ContributionKind.AMENDMENT, proposal=words,
             proposal_kind=ProposalKind.INSERT_AFTER)  # fmt: skip
    said(session, round_, kenya, "p2", "Not needed.", kind=ContributionKind.AMENDMENT,
         proposal_kind=ProposalKind.DELETE)  # fmt: skip
    said(session, round_, kenya, None, "Well written.")

    data = file_of(session)

    assert texts_of(data, accept=True)[1:] == [
        BASE, "First new.", "Second new.", "They share what they learn.",
    ]  # fmt: skip
    assert len(texts_of(data, accept=False)) == 4
    assert any("Well written." in one for one in comments(data))


def test_what_is_decided_on_is_no_longer_proposed(session: Session, round_: Round) -> None:
    kenya = get_organisation(session, "KEN")
    one = amends(session, round_, kenya, "p1", "Societies act on rights alone.")
    decide(session, one.id, Decision(Outcome.NOT_ACCEPTED, {"en": "No."}), act())

    assert texts_of(file_of(session), accept=True)[1] == BASE
    assert texts_of(file_of(session, decided_too=True), accept=True)[1] != BASE


def test_a_proposal_in_another_language_is_a_comment(session: Session, round_: Round) -> None:
    kenya = get_organisation(session, "KEN")
    amends(session, round_, kenya, "p1", "Societies act on rights alone.")

    data = file_of(session, "ar")

    assert texts_of(data, accept=True) == texts_of(data, accept=False)
    assert any("rights" in one for one in comments(data))


def test_adopted_changes_name_who_is_behind_them_and_what_was_decided(
    session: Session, round_: Round
) -> None:
    kenya = get_organisation(session, "KEN")
    one = amends(session, round_, kenya, "p1", "Societies act on rights alone.")
    decide(session, one.id, Decision(Outcome.PARTLY, {"en": "In part."}), act())
    published_on(session, round_, one)
    found = compiled(session, get_consultation(session, CODE), "en")

    data = redline_file(adopted(found, *found.steps), "en", found.title)

    said_ = comments(data)
    assert any("1." in line and "In part." in line for line in said_)
    assert any("Said in another place." in line for line in said_)
    authors = {one.get(f"{W}author") for one in parts_of(data)["word/document.xml"].iter(f"{W}del")}
    assert authors == {found.said[0].contributor, "Editorial"}


def next_draft(session: Session, round_: Round, *operations: Operation) -> None:
    draft = begin_next(session, session.get_one(Draft, round_.draft_id), act())
    change(session, draft, operations, act())
    publish_draft(session, draft, act())


def test_what_was_carried_over_keeps_its_words(session: Session, round_: Round) -> None:
    kenya = get_organisation(session, "KEN")
    said(session, round_, kenya, "p1", kind=ContributionKind.AMENDMENT, proposal="A new one.",
         proposal_kind=ProposalKind.INSERT_AFTER)  # fmt: skip
    amends(session, round_, kenya, "p2", "Societies open services.")
    next_draft(session, round_, Delete(lineage=lineage("p2"), note="Said above."))

    data = file_of(session, draft=1)

    assert texts_of(data, accept=True)[2] == "A new one."
    assert any("Proposed wording: Societies open services." in one for one in comments(data))
    assert not any("Delete this paragraph." in one for one in comments(data))


def test_what_conflicts_with_the_draft_is_a_comment_with_its_wording(
    session: Session, round_: Round
) -> None:
    kenya = get_organisation(session, "KEN")
    amends(session, round_, kenya, "p1", "Societies act on rights alone.")
    amends(session, round_, kenya, "p3", "They share what they teach.")
    said(session, round_, kenya, "p1", kind=ContributionKind.AMENDMENT,
         proposal_kind=ProposalKind.DELETE)  # fmt: skip
    parts = (block("a", "Societies act."), block("b", "They act on needs alone."))
    next_draft(
        session, round_,
        Split(lineage=lineage("p1"), into=parts, note="Shorter sentences."),
        Replace(lineage=lineage("p3"), texts={"en": "They share what they know."}, note="All."),
    )  # fmt: skip

    data = file_of(session, draft=1)

    assert texts_of(data, accept=True) == texts_of(data, accept=False)
    wordings = [one.rsplit("Proposed wording: ")[-1] for one in comments(data)]
    assert sorted(wordings) == [
        "Delete this paragraph.", "Societies act on rights alone.", "They share what they teach.",
    ]  # fmt: skip
