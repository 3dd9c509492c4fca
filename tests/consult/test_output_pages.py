"""Pages of comparisons, compilations, accounts and files: what they show, and to whom."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document as Word
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from consult.export.account import shown_regions
from consult.models import Consultation, Draft, Stance
from consult.queries.consultations import get_consultation, newest_published
from consult.services.drafts import begin_next
from core.clock import now
from movement.disclosure import THRESHOLD
from movement.models import Role
from tests.consult.arranged import act
from tests.consult.outputs import BASE, CODE, Arranged, two_drafts
from tests.consult.said import said, takes_position
from tests.factories import Browser, a_society


@pytest.fixture
def here(app: Flask, session: Session) -> Arranged:
    return two_drafts(app, session)


def test_whoever_is_not_asked_finds_no_draft_no_comparison_and_no_file(here: Arranged) -> None:
    other = a_society(here.session, "MLI")
    browser = here.browser(Role.FOCAL_POINT, of=other)

    for path in ("/compare", "/drafts/0/file.docx", "/drafts/1/file.pdf"):
        assert browser.get(BASE + path).status_code == 404


STAFF_ONLY = (
    "/desk/files", "/desk/matrix.xlsx", "/desk/matrix.docx", "/desk/redline/0/1.docx",
    "/desk/proposals/0.docx", "/drafts/0/compilation", "/drafts/0/compilation.pdf",
)  # fmt: skip


@pytest.mark.parametrize("path", STAFF_ONLY)
def test_files_with_names_are_for_those_who_draft(here: Arranged, path: str) -> None:
    assert here.browser(Role.SECRETARIAT).get(BASE + path).status_code == 200
    assert here.browser(Role.FOCAL_POINT, of=here.kenya).get(BASE + path).status_code == 403
    assert here.app.test_client().get(BASE + path).status_code in {302, 303, 401}


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "md"])
def test_a_draft_is_downloaded_and_never_shown_by_the_browser(here: Arranged, kind: str) -> None:
    answer = here.browser(Role.FOCAL_POINT, of=here.kenya).get(
        f"{BASE}/drafts/1/file.{kind}?language=ar"
    )

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_draft_in_work_is_no_file(here: Arranged) -> None:
    begin_next(here.session, newest(here.session), act())
    here.session.commit()

    assert here.browser(Role.SECRETARIAT).get(f"{BASE}/drafts/2/file.md").status_code == 404


def newest(session: Session) -> Draft:
    found = newest_published(session, get_consultation(session, CODE))
    assert found
    return found


def test_a_response_goes_to_the_organisation_alone(here: Arranged) -> None:
    other = a_society(here.session, "MLI")
    path = "/rounds/round-1/KEN/response"

    own = here.browser(Role.FOCAL_POINT, of=here.kenya)
    assert own.get(f"{path}.docx").status_code == 200
    assert own.get(f"{path}.pdf").data.startswith(b"%PDF")
    assert here.browser(Role.FOCAL_POINT, of=other).get(f"{path}.pdf").status_code == 404


def test_a_file_of_the_response_tells_no_decision_before_the_round_has_ended(
    here: Arranged,
) -> None:
    own = here.browser(Role.FOCAL_POINT, of=here.kenya)

    before = words_of(own)
    here.round.closed_at = now()
    here.session.commit()
    after = words_of(own)

    assert "Not decided yet" in before
    assert "It says more." not in before
    assert "Partly accepted" in after
    assert "It says more." in after


def words_of(own: Browser) -> str:
    """The Word file of Kenya's response as plain words."""
    data = own.get("/rounds/round-1/KEN/response.docx").data
    return "\n".join(one.text for one in Word(BytesIO(data)).paragraphs)


def test_a_compilation_shows_each_contribution_under_its_paragraph(here: Arranged) -> None:
    page = here.browser(Role.SECRETARIAT).get(f"{BASE}/drafts/0/compilation").text

    assert here.kenya.names["en"] in page
    assert "<ins>" in page


def test_every_heading_of_the_matrix_in_word_is_bold(here: Arranged) -> None:
    data = here.browser(Role.SECRETARIAT).get(f"{BASE}/desk/matrix.docx").data

    (table,) = Word(BytesIO(data)).tables
    runs = [run for cell in table.rows[0].cells for run in cell.paragraphs[0].runs]
    assert len(runs) == 11
    assert all(run.bold for run in runs)


def test_a_matrix_sent_back_is_read_and_what_is_wrong_is_listed(here: Arranged) -> None:
    one = said(here.session, here.round, here.kenya)
    here.session.commit()
    browser = here.browser(Role.SECRETARIAT)
    data = browser.get(f"{BASE}/desk/matrix.xlsx").data

    answer = send(browser, data)
    assert answer.status_code == 303
    assert send(browser, b"no file").status_code == 400
    assert one.number == 2


def send(browser: Browser, data: bytes) -> Any:
    return browser.send(f"{BASE}/desk/files", {"matrix": (BytesIO(data), "matrix.xlsx")},
                        content_type="multipart/form-data")  # fmt: skip


def test_an_account_is_internal_until_it_is_released(here: Arranged) -> None:
    path = "/rounds/round-1/account"
    browser = here.browser(Role.SECRETARIAT)
    assert browser.get(path).status_code == 200
    assert here.browser(Role.FOCAL_POINT, of=here.kenya).get(path).status_code == 404

    assert browser.send(f"{path}/release", {"released": "1"}).status_code == 303

    assert here.app.test_client().get(path).status_code == 200
    assert here.app.test_client().get(f"{path}.pdf").data.startswith(b"%PDF")


def test_a_released_account_tells_no_small_group_and_no_name(here: Arranged) -> None:
    societies = [a_society(here.session, code) for code in ("MLI", "NER", "TCD")]
    for society in societies:
        takes_position(here.session, here.round, society, "p3", Stance.OBJECT, text="No.")
    here.round.account_public = True
    here.session.commit()

    public = here.app.test_client().get("/rounds/round-1/account").text
    staff = here.browser(Role.SECRETARIAT).get("/rounds/round-1/account").text

    assert "3 / 3" not in public
    assert "3 / 3" in staff
    assert here.kenya.names["en"] not in public.partition("<main")[2]


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), max_size=6))
def test_what_is_told_by_region_leaves_no_small_rest(speaking: dict[str, int]) -> None:
    shown = shown_regions(speaking)

    assert all(speaking[code] == 0 or speaking[code] >= THRESHOLD for code in shown)
    rest = sum(n for code, n in speaking.items() if code not in shown)
    assert rest == 0 or rest >= THRESHOLD or not any(speaking[code] for code in shown)


def test_everything_of_a_demonstration_says_so(here: Arranged) -> None:
    consultation = here.session.get_one(Consultation, here.round.consultation_id)
    consultation.demonstration = True
    here.session.commit()

    page = here.browser(Role.SECRETARIAT).get(f"{BASE}/drafts/0/file.html").text

    assert "invented" in page
