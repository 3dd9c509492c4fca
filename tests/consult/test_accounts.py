"""The account of a round: whom it names, and that its figures betray nobody."""

from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.changes.operations import Replace
from consult.models import (
    Contribution,
    ContributionState,
    Draft,
    Outcome,
    Round,
    Stance,
    Visibility,
)
from consult.queries.heard import heard_in
from consult.routes import accounts
from consult.services.closing import close_round
from consult.services.dispositions import Decision, decide
from consult.services.drafts import begin_next, change, publish
from consult.services.rounds import Rules
from movement.models import Assignment, Organisation, Process, Role
from tests.consult.arranged import a_draft, a_round, act, lineage
from tests.consult.outputs import published_anew
from tests.consult.said import amends, said, takes_position
from tests.consult.speaking import a_network
from tests.factories import Browser, a_society, browser_of, somebody

NAMELESS = Rules(names_shown=False, visibility=Visibility.NEVER)
PATH = "/rounds/{}/account"


@pytest.fixture
def kenya(session: Session) -> Organisation:
    return a_society(session, "KEN")


def followed(session: Session, round_: Round, kenya: Organisation) -> Contribution:
    """Kenya's amendment in this round, decided on."""
    one = amends(session, round_, kenya, "p1", "Societies act on rights alone.")
    decide(session, one.id, Decision(Outcome.PARTLY, {"en": "It says more."}), act())
    return one


def next_draft(session: Session, round_: Round, *behind: Contribution) -> None:
    """The next draft changes a paragraph because of these contributions. Commits."""
    draft = begin_next(session, session.get_one(Draft, round_.draft_id), act())
    sources = tuple(one.id for one in behind)
    replaced = Replace(lineage=lineage("p1"), texts={"en": "On needs and rights."},
                       contributions=sources)  # fmt: skip
    change(session, draft, [replaced], act())
    publish(session, draft, act())
    session.commit()


def read(browser: Browser | None, app: Flask, call: str = "round-1") -> str:
    """What the account says to this reader, or to anybody."""
    client = browser or app.test_client()
    return client.get(PATH.format(call)).text.partition("<main")[2]


def test_a_consultant_of_another_process_reads_no_more_names_than_anybody(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    round_, _call = a_round(session, a_draft(session), NAMELESS)
    next_draft(session, round_, followed(session, round_, kenya))
    round_.account_public = True
    own, foreign = (somebody(session, Role.CONSULTANT, email=f"{one}@example.org")
                    for one in ("own", "foreign"))  # fmt: skip
    elsewhere = Process(code="elsewhere", titles={"en": "Elsewhere"})
    session.add(elsewhere)
    session.flush()
    held = session.exec(select(Assignment).where(Assignment.person_id == foreign.id)).one()
    held.process_id = elsewhere.id
    name = kenya.names["en"]

    readers = {"own": browser_of(app, session, own), "foreign": browser_of(app, session, foreign)}

    named = {who: name in read(browser, app) for who, browser in readers.items()}
    assert named == {"own": True, "foreign": False}
    assert "A contribution" in read(readers["foreign"], app)
    assert name not in read(None, app)


def test_an_account_tells_what_was_decided_once_the_round_is_closed(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    round_, call = a_round(session, a_draft(session), NAMELESS)
    next_draft(session, round_, followed(session, round_, kenya))
    round_.account_public = True
    session.commit()

    during = read(None, app)
    close_round(session, call, act())
    session.commit()

    assert "A contribution" in during
    assert "Partly accepted" not in during
    assert "A contribution – Partly accepted – It says more." in read(None, app)


def test_the_consultant_of_the_process_reads_the_figures_that_others_do_not(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    round_, _call = a_round(session, a_draft(session), NAMELESS)
    takes_position(session, round_, kenya, "p1", Stance.OBJECT, text="No.")
    session.commit()
    consultant = browser_of(app, session, somebody(session, Role.CONSULTANT))
    chair = browser_of(app, session, somebody(session, Role.CO_CHAIR))

    assert "1 / 1" in read(consultant, app)
    assert "1 / 1" not in read(chair, app)


def test_each_contribution_is_named_by_the_rules_of_its_own_round(
    app: Flask, session: Session, kenya: Organisation
) -> None:
    ghana, draft = a_society(session, "GHA"), a_draft(session)
    first, call = a_round(session, draft, NAMELESS)
    behind = [followed(session, first, kenya)]
    close_round(session, call, act())
    second, call = a_round(session, draft, Rules(names_shown=True), code="round-2")
    behind.append(followed(session, second, ghana))
    next_draft(session, second, *behind)
    close_round(session, call, act())
    second.account_public = True
    session.commit()

    page = read(None, app, "round-2")

    assert kenya.names["en"] not in page
    assert ghana.names["en"] in page


def test_the_figures_of_an_account_are_those_of_its_contributions(
    session: Session, kenya: Organisation
) -> None:
    network = a_network(session)
    round_, call = a_round(session, a_draft(session), also=[network.id])
    for who, stance in ((kenya, Stance.OBJECT), (network, Stance.SUPPORT)):
        takes_position(session, round_, who, "p1", stance, text="Because.")
        amends(session, round_, who, "p2", "Other words.")
    takes_position(session, round_, kenya, "p1", Stance.SUPPORT, is_current=False)
    said(session, round_, kenya, None, state=ContributionState.WITHDRAWN)

    heard = heard_in(session, call.id)

    region = heard.of_members().positions[lineage("p1")]
    assert list(region.values()) == [Counter({Stance.OBJECT: 1})]
    assert heard.positions[lineage("p1")][None] == Counter({Stance.SUPPORT: 1})
    assert heard.amendments[lineage("p2")].total() == 2
    assert heard.of_members().amendments[lineage("p2")].total() == 1
    assert [*heard.spoke.values()] == [*heard.took.values()] == [1]
    assert set(heard.positions) == {lineage("p1")}


def test_a_long_account_tells_its_changes_page_by_page(
    app: Flask, session: Session, kenya: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "PER_PAGE", 1)
    round_, _call = a_round(session, a_draft(session))
    published_anew(session, session.get_one(Draft, round_.draft_id), "p1", "p2")
    staff = browser_of(app, session, somebody(session, Role.SECRETARIAT))

    first, second = (staff.get(f"{PATH.format('round-1')}?page={page}").text for page in (1, 2))

    assert ("About p1." in first, "About p2." in first) == (True, False)
    assert ("About p1." in second, "About p2." in second) == (False, True)
    assert ("Who contributed" in first, "Who contributed" in second) == (True, False)
    for page in ("0", "3", "-1"):
        assert staff.get(f"{PATH.format('round-1')}?page={page}").status_code == 404
    with ZipFile(BytesIO(staff.get(PATH.format("round-1") + ".docx").data)) as file:
        words = file.read("word/document.xml").decode()
    assert "About p1." in words
    assert "About p2." in words
