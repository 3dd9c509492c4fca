"""Two drafts compared: what the page shows, to whom, and on which page of it."""

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import ContributionState, Sponsor, SponsorState
from consult.routes import comparing
from consult.text.document import BlockKind
from core.clock import now
from movement.models import Role
from tests.consult.arranged import a_draft, a_text, block
from tests.consult.outputs import BASE, Arranged, published_anew, two_drafts
from tests.factories import a_society, browser_of, somebody


@pytest.fixture
def here(app: Flask, session: Session) -> Arranged:
    return two_drafts(app, session)


def test_a_comparison_marks_what_changed_and_says_why(here: Arranged) -> None:
    page = here.browser(Role.SECRETARIAT).get(f"{BASE}/compare?from=0&to=1").text

    assert "2 paragraphs changed." in page
    assert "Said in another place." in page
    assert "It says more." in page
    assert page.count("<ins>") >= 1
    assert page.count("<del>") >= 2


def test_a_comparison_tells_others_what_was_decided_once_the_round_is_closed(
    here: Arranged,
) -> None:
    focal = here.browser(Role.FOCAL_POINT, of=here.kenya)

    during = focal.get(f"{BASE}/compare").text
    here.round.closed_at = now()
    here.session.commit()
    after = focal.get(f"{BASE}/compare").text

    assert "A contribution" in during
    assert "It says more." not in during
    assert "A contribution – Partly accepted – It says more." in after


def test_only_those_who_draft_see_who_is_behind_a_change(here: Arranged) -> None:
    name = here.kenya.names["en"]

    peer = here.browser(Role.FOCAL_POINT, of=here.kenya).get(f"{BASE}/compare").text
    staff = here.browser(Role.SECRETARIAT).get(f"{BASE}/compare").text

    assert name not in peer.partition("<main")[2]
    assert name in staff


def test_co_sponsors_are_named_once_they_confirmed(here: Arranged) -> None:
    confirmed, invited = a_society(here.session, "MLI"), a_society(here.session, "GHA")
    for society, state in ((confirmed, SponsorState.CONFIRMED), (invited, SponsorState.INVITED)):
        here.session.add(Sponsor(contribution_id=here.amendment.id, organisation_id=society.id,
                                 state=state, invited_at=now()))  # fmt: skip
    here.session.commit()

    page = here.browser(Role.SECRETARIAT).get(f"{BASE}/compare").text

    assert f"{here.kenya.names['en']}; {confirmed.names['en']} – " in page
    assert invited.names["en"] not in page


def test_nothing_below_submitted_is_told_whatever_stands_behind_a_change(here: Arranged) -> None:
    here.amendment.state = ContributionState.IN_PROGRESS
    here.session.commit()

    page = here.browser(Role.SECRETARIAT).get(f"{BASE}/compare").text

    assert here.kenya.names["en"] not in page
    assert "It says more." not in page


def test_changed_paragraphs_can_be_shown_alone(here: Arranged) -> None:
    browser = here.browser(Role.SECRETARIAT)

    assert "They share what they learn." in browser.get(f"{BASE}/compare").text
    assert "They share what they learn." not in browser.get(f"{BASE}/compare?only=1").text


def test_a_long_comparison_is_read_page_by_page(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "PER_PAGE", 2)
    footnote = block("n1", "Since 2009.", kind=BlockKind.FOOTNOTE, number="")
    text = a_text(
        block("p1", "Societies act on needs."), block("p2", "They share."),
        block("p3", f"They learn[^{footnote.key}]."), block("p4", "They grow."), footnote,
    )  # fmt: skip
    published_anew(session, a_draft(session, text), "p1", "p4", "n1")
    staff = browser_of(app, session, somebody(session, Role.SECRETARIAT))

    first, second = (staff.get(f"{BASE}/compare?page={page}").text for page in (1, 2))
    alone = staff.get(f"{BASE}/compare?only=1&page=2").text

    assert "About p1." in first
    assert "They share." in first
    assert "They learn" not in first
    assert "2009" not in first
    assert "About p4." in second
    assert "2009" in second
    assert "About n1." in second
    assert all("4 paragraphs changed." in page for page in (first, second, alone))
    assert "They share." not in alone
    assert "About p4." in alone
    assert "from=0&amp;to=1&amp;language=en&amp;only=1&amp;page=1" in alone
    assert {staff.get(f"{BASE}/compare?page={page}").status_code for page in (0, 3)} == {404}


def test_a_comparison_speaks_the_language_asked_for(here: Arranged) -> None:
    page = here.browser(Role.SECRETARIAT).get(f"{BASE}/compare?language=ar").text

    assert 'lang="ar" dir="rtl"' in page


@pytest.mark.parametrize("query", ["from=7&to=9", "from=0&to=99999", "from=x&to=-1", "language=xx"])
def test_odd_addresses_are_answered_calmly(here: Arranged, query: str) -> None:
    assert here.browser(Role.SECRETARIAT).get(f"{BASE}/compare?{query}").status_code in {200, 404}
