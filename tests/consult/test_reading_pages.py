"""Reading a draft: the list, the book page, one paragraph; who may, and what they see beside it."""

import re

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import Round, Visibility
from consult.text.document import BlockKind
from movement.models import Call, Role
from tests.consult.arranged import a_draft, a_round, a_text, block, lineage
from tests.consult.speaking import a_comment, a_position, an_amendment, says, submits, voice
from tests.factories import a_society, browser_of, somebody

DRAFT = "/consultations/strategy-text/drafts/0"
FIRST = f"{DRAFT}/paragraphs/{lineage('p1')}"


@pytest.fixture
def asked(session: Session) -> tuple[Round, Call]:
    """Kenya and Ghana are asked about a draft."""
    for code in ("KEN", "GHA"):
        a_society(session, code)
    return a_round(session, a_draft(session))


def page(app: Flask, session: Session, role: Role, path: str, *, code: str = "KEN") -> str:
    """What somebody of a role reads."""
    of_one = role in {Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER}
    place = voice(session, code).organisation if of_one else None
    browser = browser_of(app, session, somebody(session, role, place))
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_reader_finds_the_draft_from_home(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    browser = browser_of(
        app, session, somebody(session, Role.FOCAL_POINT, voice(session).organisation)
    )

    assert "/rounds/round-1/KEN" in browser.get("/").text
    assert DRAFT in browser.get("/rounds/round-1/KEN").text
    assert "/consultations/strategy-text" in browser.get("/consultations").text
    assert DRAFT in browser.get("/consultations/strategy-text").text


def test_the_draft_stands_with_its_numbers_in_the_language_asked_for(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    text = page(app, session, Role.RESPONDENT, f"{DRAFT}?language=ar")

    assert "تعمل الجمعيات على أساس الاحتياجات وحدها." in text
    assert re.search(r'<article class="book" lang="ar" dir="rtl">', text)
    assert [label for label in re.findall(r'class="label">([^<]*)<', text) if label] == [
        "1.", "2.", "3.",
    ]  # fmt: skip


def test_a_translation_of_an_earlier_wording_is_told(app: Flask, session: Session) -> None:
    a_society(session)
    stale = block("p1", "Needs first.", "قديم", made_from={"ar": "0" * 64})
    absent = block("p2", "Not yet in Arabic.")
    a_round(session, a_draft(session, a_text(stale, absent)))

    text = page(app, session, Role.RESPONDENT, f"{DRAFT}?language=ar")

    assert "One paragraph is translated from an earlier wording." in text
    assert "One paragraph is not translated yet." in text
    assert "Not yet in Arabic." in text


def test_marks_and_footnotes_are_written_and_nothing_else(app: Flask, session: Session) -> None:
    a_society(session)
    note = block("n", "See <b>there</b>.", kind=BlockKind.FOOTNOTE, number="")
    body = block("p1", f"**Bold** <script>x</script>[^{note.key}]")
    a_round(session, a_draft(session, a_text(body, note)))

    text = page(app, session, Role.RESPONDENT, DRAFT)

    assert "<strong>Bold</strong> &lt;script&gt;x&lt;/script&gt;<sup>" in text
    assert f'href="#p-{note.key}"' in text
    assert "See &lt;b&gt;there&lt;/b&gt;." in text


def test_ours_and_others_are_counted_beside_a_paragraph(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility = Visibility.AFTER_SUBMISSION
    submits(session, a_comment("Theirs."), a_position(), code="GHA")
    submits(session, a_comment("Our own words."))

    text = page(app, session, Role.RESPONDENT, DRAFT)

    assert "1 ours" in text
    assert "2 others’" in text
    assert "Our own words." in text
    assert "Theirs." not in text


def test_reading_mode_shows_nothing_but_the_text(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    says(session, a_comment("Our own words."))

    text = page(app, session, Role.RESPONDENT, f"{DRAFT}?mode=reading")

    assert "Societies act on needs alone." in text
    assert "Our own words." not in text
    assert "/paragraphs/" not in text


def test_a_paragraph_shows_what_was_said_with_its_redline(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility = Visibility.AFTER_SUBMISSION
    submits(session, an_amendment("Societies act on *needs* alone."), code="GHA")
    submits(session, a_comment())

    text = page(app, session, Role.RESPONDENT, FIRST)

    assert re.search(r"<ins><span.*?</span><em>needs</em><span.*?</ins>", text)
    assert "Society GHA" in text


def test_nobody_reads_what_another_has_not_submitted(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility = Visibility.AFTER_SUBMISSION
    says(session, a_comment("A secret of Ghana."), "GHA")
    submits(session, a_comment())

    for role in (Role.FOCAL_POINT, Role.SECRETARIAT, Role.CONSULTANT, Role.CO_CHAIR):
        assert "A secret of Ghana." not in page(app, session, role, FIRST)


def test_without_names_a_page_tells_no_name_and_no_number(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    asked[0].visibility, asked[0].names_shown = Visibility.AFTER_SUBMISSION, False
    submits(session, a_comment("Theirs."), code="GHA")
    submits(session, a_comment())

    text = page(app, session, Role.RESPONDENT, FIRST)

    assert "Theirs." in text
    assert "Society GHA" not in text
    assert "No. 1" not in text


def test_who_takes_no_part_reads_no_draft(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    outsider = somebody(session, Role.FOCAL_POINT, a_society(session, "FIN"))
    browser = browser_of(app, session, outsider)

    for path in ("/consultations/strategy-text", DRAFT, FIRST, f"{DRAFT}/whole"):
        assert browser.get(path).status_code == 404
    assert "strategy-text" not in browser.get("/consultations").text


def test_what_is_not_there_is_not_found(
    app: Flask, session: Session, asked: tuple[Round, Call]
) -> None:
    browser = browser_of(
        app, session, somebody(session, Role.RESPONDENT, voice(session).organisation)
    )

    for path in (
        "/consultations/none", "/consultations/strategy-text/drafts/7",
        f"{DRAFT}/paragraphs/{lineage('nowhere')}", "/rounds/round-1/GHA", "/rounds/none/KEN",
    ):  # fmt: skip
        assert browser.get(path).status_code == 404
