"""Writing, submitting and joining on pages, as a browser without JavaScript does it."""

import re

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import (
    Contribution,
    ContributionState,
    ContributionSubmission,
)
from core.models import Mail
from movement.models import Role
from tests.consult.arranged import a_draft, a_round, lineage
from tests.consult.speaking import (
    a_comment,
    a_network,
    an_amendment,
    says,
    voice,
)
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

PLACE = "/rounds/round-1/KEN"
P1 = lineage("p1")


@pytest.fixture
def focal(app: Flask, session: Session) -> Browser:
    """The focal point of Kenya, which is asked about a draft together with a network."""
    kenya = a_society(session, "KEN")
    network = a_network(session)
    a_round(session, a_draft(session), also=[network.id])
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, kenya))


def colleague(app: Flask, session: Session, role: Role, code: str = "KEN") -> Browser:
    return browser_of(app, session, somebody(session, role, voice(session, code).organisation))


def new(kind: str, language: str = "en", paragraph: object = P1) -> str:
    where = f"&paragraph={paragraph}" if paragraph else ""
    return f"{PLACE}/new?kind={kind}&language={language}{where}"


def write(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    """Fill in the form at a path and send it; (status, where it leads or what it says)."""
    sent = form_with(browser.get(path).text, "key").fields
    answer = browser.send(path, sent | {name: [value] for name, value in fields.items()})
    return answer.status_code, answer.location or answer.text


def only(session: Session) -> Contribution:
    session.rollback()
    return session.exec(select(Contribution).execution_options(populate_existing=True)).one()


def test_a_comment_on_quoted_words_is_saved(session: Session, focal: Browser) -> None:
    status, _where = write(
        focal, new("comment"), text="Which needs?", quote="on needs", category="technical"
    )

    one = only(session)
    assert (status, one.quote, one.text, one.category) == (
        303, "on needs", "Which needs?", "technical",
    )  # fmt: skip


def test_the_whole_text_is_commented_on(session: Session, focal: Browser) -> None:
    write(focal, new("comment", paragraph=None), text="Too long.")

    assert only(session).scope == "whole"


def test_an_amendment_begins_with_the_paragraphs_words_in_arabic_too(
    session: Session, focal: Browser
) -> None:
    begun = form_with(focal.get(new("amendment", "ar")).text, "proposal").fields
    assert begun["proposal"] == ["تعمل الجمعيات على أساس الاحتياجات وحدها."]

    write(focal, new("amendment", "ar"), proposal="تعمل الجمعيات على أساس الاحتياجات.")

    assert (only(session).language, only(session).proposal_kind) == ("ar", "replace")


def test_changes_are_shown_before_saving(session: Session, focal: Browser) -> None:
    status, text = write(
        focal, new("amendment"), proposal="Societies act on needs.", text="Why", do="preview"
    )

    assert (status, session.exec(select(Contribution)).all()) == (200, [])
    assert re.search(r"<del>.*alone", text)
    assert form_with(text, "proposal").fields["proposal"] == ["Societies act on needs."]


def test_what_can_not_stand_is_told_beside_it_and_kept(session: Session, focal: Browser) -> None:
    status, text = write(focal, new("position"), stance="object")
    assert (status, "needs a reason" in text) == (422, True)
    assert form_with(text, "stance").fields["stance"] == ["object"]

    status, text = write(focal, new("comment"), text="Mine.", quote="no such words")

    assert status == 422
    assert form_with(text, "text").fields["text"] == ["Mine."]
    assert session.exec(select(Contribution)).all() == []


def test_a_page_sent_twice_makes_one(session: Session, focal: Browser) -> None:
    sent = form_with(focal.get(new("comment")).text, "key").fields | {"text": ["Once."]}

    locations = {focal.send(new("comment"), sent).location for _ in range(2)}

    assert len(locations) == 1
    assert only(session).text == "Once."


def test_two_who_change_it_at_once_see_both_versions(
    app: Flask, session: Session, focal: Browser
) -> None:
    one = says(session, a_comment("First."))
    path = f"{PLACE}/contributions/{one.id}/edit"
    sent = form_with(focal.get(path).text, "key").fields
    write(colleague(app, session, Role.RESPONDENT), path, text="Second.")

    answer = focal.send(path, sent | {"text": ["Third."]})

    assert answer.status_code == 409
    assert "Second." in answer.text
    again = form_with(answer.text, "key").fields
    assert again["text"] == ["Third."]
    assert focal.send(path, again).status_code == 303
    assert only(session).text == "Third."


def test_after_the_deadline_nothing_is_saved_and_the_text_is_given_back(
    session: Session, focal: Browser
) -> None:
    sent = form_with(focal.get(new("comment")).text, "key").fields | {"text": ["Too late."]}
    call = voice(session).call
    call.state = "closed"  # type: ignore[assignment] # as staff close a call
    session.commit()

    answer = focal.send(new("comment"), sent)

    assert answer.status_code == 409
    assert "Your words" in answer.text
    assert "Too late." in answer.text


def test_a_colleague_endorses_and_only_a_signer_submits(
    app: Flask, session: Session, focal: Browser
) -> None:
    one = says(session, a_comment())
    respondent = colleague(app, session, Role.RESPONDENT)
    act = f"{PLACE}/contributions/{one.id}/act"

    assert respondent.send(act, {"do": "endorse", "note": "Yes."}).status_code == 303
    fields = {"chosen": str(one.id), "shown": f"{one.id} 0"}
    assert respondent.send(f"{PLACE}/submit", fields).status_code == 403
    assert "1 colleague endorses it" in focal.get(PLACE).text


def test_submitting_leads_to_a_receipt_and_a_mail_without_content(
    session: Session, focal: Browser
) -> None:
    says(session, a_comment("Secret words."))
    says(session, an_amendment())
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields

    answers = [focal.send(f"{PLACE}/submit", sent) for _ in range(2)]

    assert len({answer.location for answer in answers}) == 1
    made = session.exec(select(ContributionSubmission)).one()
    receipt = focal.get(answers[0].location).text
    assert made.reference in receipt
    assert "Secret words." in receipt
    mail = session.exec(select(Mail).where(Mail.purpose == "receipt")).one()
    assert made.reference in mail.body
    assert "Secret words." not in mail.body


def test_what_a_colleague_changed_meanwhile_is_read_before_it_is_submitted(
    session: Session, focal: Browser
) -> None:
    one = says(session, a_comment("First."))
    sent = form_with(focal.get(f"{PLACE}/check").text, "chosen").fields
    says(session, a_comment("Second."), one=one)

    answer = focal.send(f"{PLACE}/submit", sent)

    assert answer.status_code == 409
    assert only(session).state is ContributionState.IN_PROGRESS


def test_some_can_wait(session: Session, focal: Browser) -> None:
    one, two = says(session, a_comment("One.")), says(session, a_comment("Two."))
    shown = [f"{one.id} 0", f"{two.id} 0"]

    focal.send(f"{PLACE}/submit", {"chosen": str(two.id), "shown": shown})

    session.expire_all()
    assert (one.state, two.state) == (ContributionState.IN_PROGRESS, ContributionState.SUBMITTED)
    session.rollback()
    assert focal.send(f"{PLACE}/submit", {}).status_code == 422
