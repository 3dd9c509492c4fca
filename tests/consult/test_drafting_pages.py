"""The pages on which a draft is written, as the secretariat and the consultant use them."""

from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.changes.operations import Insert, Merge, Move, Operation, Relabel, Replace, Split
from consult.models import Consultation, Draft, DraftState, Outcome
from consult.queries.consultations import document_of, drafts_of
from consult.services.composing import unsettled_in
from consult.services.drafts import begin_next, read_set
from movement.models import Assignment, Person, Process, Role
from tests.consult.arranged import a_draft, a_round, a_text, act, lineage
from tests.consult.spoken import Place, amended, decided, said
from tests.consult.word_files import docx, p, r
from tests.factories import Browser, a_society, browser_of, somebody
from tests.pages import form_with

DRAFTS = "/consultations/strategy-text/desk/drafts"
P1 = a_text().blocks[1].texts["en"]
ALWAYS, PEOPLE = P1.replace("alone", "alone, always"), P1.replace("needs alone", "needs of people")


class Writing:
    """A zero draft with an open round on it, the next one in work, and a browser of staff."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.session = session
        kenya = a_society(session)
        self.staff: Person = somebody(session, Role.SECRETARIAT)
        zero = a_draft(session)
        self.place = Place(session, *a_round(session, zero), kenya)
        self.draft: Draft = begin_next(session, zero, act())
        session.commit()
        self.browser: Browser = browser_of(app, session, self.staff)

    @property
    def edit(self) -> str:
        return f"{DRAFTS}/1/edit"

    def now(self) -> Draft:
        self.session.rollback()
        self.session.expire_all()
        return self.session.get_one(Draft, self.draft.id)

    def texts(self) -> list[str]:
        found = [block.texts["en"] for block in document_of(self.now()).blocks]
        self.session.rollback()
        return found

    def operations(self) -> list[Operation]:
        """The change set; no lock is held afterwards, so that pages can write."""
        found = read_set(self.session, self.now())
        self.session.rollback()
        return found

    def send(self, name: str, do: str = "save", **fields: str) -> tuple[int, str]:
        """Open a paragraph's page and send its form with these fields."""
        page = f"{self.edit}/{lineage(name)}"
        known = form_with(self.browser.get(page).text, "seen").fields
        changed = {key.replace("_", "-"): value for key, value in fields.items()}
        answer = self.browser.send(page, {**known, **changed, "do": do})
        return answer.status_code, answer.text

    def steps(self) -> list[type]:
        return [type(one) for one in self.operations()]


@pytest.fixture
def writing(app: Flask, session: Session) -> Writing:
    return Writing(app, session)


def test_words_are_saved_with_their_reason(writing: Writing) -> None:
    status, _page = writing.send("p1", text_en=ALWAYS, note="Clearer.")

    (operation,) = writing.operations()
    assert status == 303
    assert isinstance(operation, Replace)
    assert (operation.texts, operation.note) == ({"en": ALWAYS}, "Clearer.")


@pytest.mark.parametrize(
    ("do", "fields", "kind"),
    [
        ("split", {"text_en": "Societies act.\nOn needs alone."}, Split),
        ("merge", {}, Merge), ("up", {}, Move), ("down", {}, Move),
        ("move", {"after": str(lineage("p3"))}, Move), ("insert", {"new_en": "New."}, Insert),
        ("relabel", {"form": "paragraph-1", "number": "({a})"}, Relabel),
    ],
)  # fmt: skip
def test_each_step_is_one_operation(
    writing: Writing, do: str, fields: dict[str, str], kind: type
) -> None:
    status, _page = writing.send("p1", do, **fields)

    assert status == 303
    assert writing.steps() == [kind]


def test_words_typed_beside_another_step_are_saved_with_it(writing: Writing) -> None:
    writing.send("p1", "down", text_en=ALWAYS)

    assert writing.steps() == [Replace, Move]
    assert writing.texts()[2] == ALWAYS


def test_a_paragraph_taken_out_comes_back_by_taking_the_step_back(writing: Writing) -> None:
    writing.send("p2", "delete", note="Said above.")
    gone = writing.texts()

    last = form_with(writing.browser.get(writing.edit).text, "last").fields
    writing.browser.send(f"{DRAFTS}/1/undo", last)

    assert len(gone) == 3
    assert len(writing.texts()) == 4


def test_a_colleagues_change_is_shown_beside_ones_own_words(writing: Writing) -> None:
    page = f"{writing.edit}/{lineage('p1')}"
    known = form_with(writing.browser.get(page).text, "seen").fields
    writing.send("p1", text_en="Theirs.", note="x")

    answer = writing.browser.send(page, {**known, "text-en": "Mine.", "do": "save"})

    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine." in answer.text
    assert writing.texts()[1] == "Theirs."


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("split", {"text_en": "One piece."}), ("insert", {"text_en": "Kept."}),
        ("relabel", {"form": "paragraph-9", "text_en": "Kept."}),
        ("save", {"text_en": "long " * 5_000}),
    ],
)  # fmt: skip
def test_what_is_refused_keeps_what_was_typed(
    writing: Writing, do: str, fields: dict[str, str]
) -> None:
    status, page = writing.send("p1", do, note="Because.", **fields)

    assert status == 422
    assert fields["text_en"][:10] in page
    assert "Because." in page
    assert writing.steps() == []


def test_accepted_amendments_are_taken_and_conflicts_await_words(writing: Writing) -> None:
    fits = amended(writing.place, lineage("p2"), "Societies give full access to services.")
    both = [amended(writing.place, lineage("p1"), text) for text in (ALWAYS, PEOPLE)]
    for one in (fits, *both):
        decided(writing.session, one)
    writing.session.commit()

    answer = writing.browser.send(f"{DRAFTS}/1/take")
    page = writing.browser.get(answer.location).text

    assert answer.location.endswith("/conflicts")
    assert "always" in page
    assert "people" in page
    fields = form_with(page, "seen").fields
    path = f"{writing.edit}/{lineage('p1')}"
    writing.browser.send(path, {**fields, "text-en": f"{ALWAYS} For people.", "note": "Both."})
    assert unsettled_in(writing.session, writing.now()) == []
    settled = writing.operations()[-1]
    assert set(settled.contributions) == {one.id for one in both}


def test_nothing_but_accepted_contributions_can_be_named_as_a_reason(writing: Writing) -> None:
    other = said(writing.place, lineage=lineage("p1"))
    writing.session.commit()

    writing.send("p1", text_en=ALWAYS, contribution=str(other.id))

    (operation,) = writing.operations()
    assert operation.contributions == ()


def test_a_reason_is_given_on_the_list_of_changes(writing: Writing) -> None:
    writing.send("p1", text_en=ALWAYS)
    (operation,) = writing.operations()
    refused = writing.browser.send(f"{DRAFTS}/1/publish/now")

    page = writing.browser.get(f"{DRAFTS}/1/changes").text
    writing.browser.send(f"{DRAFTS}/1/changes/{operation.id}", {"note": "Clearer."})
    published = writing.browser.send(f"{DRAFTS}/1/publish/now")

    assert "Awaits its reason" in page
    assert (refused.status_code, published.status_code) == (422, 303)
    assert writing.now().state is DraftState.PUBLISHED


def test_pending_contributions_are_listed_after_publishing(writing: Writing) -> None:
    said(writing.place, lineage=lineage("p1"), text="Say how.")
    said(writing.place, lineage=lineage("p2"), text="Say where.")
    writing.session.commit()
    writing.send("p2", "delete", note="Said above.")

    writing.browser.send(f"{DRAFTS}/1/publish/now")
    page = writing.browser.get(f"{DRAFTS}/1/carried").text

    assert page.index("Say where.") < page.index("Say how.")
    assert "Its paragraph is gone" in page


def test_stale_translations_come_first_and_are_saved_side_by_side(writing: Writing) -> None:
    writing.send("p2", text_en="Societies open services.", note="Shorter.")
    path = f"{DRAFTS}/1/translate/ar"

    fields = form_with(writing.browser.get(path).text, "lineage-1").fields
    answer = writing.browser.send(path, {**fields, "text-1": "تفتح الجمعيات الخدمات."})

    block = document_of(writing.now()).find(lineage("p2"))
    assert (answer.status_code, fields["lineage-1"]) == (303, [str(lineage("p2"))])
    assert block is not None
    assert block.texts["ar"] == "تفتح الجمعيات الخدمات."
    assert not block.stale("en", "ar")


def test_a_translation_changed_meanwhile_is_not_overwritten(writing: Writing) -> None:
    path = f"{DRAFTS}/1/translate/ar?show=all"
    fields = form_with(writing.browser.get(path).text, "lineage-1").fields
    writing.browser.send(path, {**fields, "text-1": "نص أول"})

    answer = writing.browser.send(path, {**fields, "text-1": "نص ثان"})

    assert answer.status_code == 409
    assert "نص أول" in answer.text
    assert "نص ثان" in answer.text


def test_an_edited_word_file_becomes_changes_that_await_reasons(writing: Writing) -> None:
    blocks = document_of(writing.draft).blocks
    texts = [block.texts["en"] for block in blocks]
    data = docx(*(p(r(text)) for text in [*texts[:1], ALWAYS, *texts[2:]]))

    answer = writing.browser.send(
        f"{DRAFTS}/import", {"file": (BytesIO(data), "edited.docx")},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 200
    assert "await their reason" in answer.text
    assert writing.texts()[1] == ALWAYS


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(writing: Writing) -> None:
    answer = writing.browser.send(
        f"{DRAFTS}/import", {"file": (BytesIO(b"no"), "edited.docx")},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 422
    assert 'id="file-wrong"' in answer.text


def test_the_next_draft_begins_on_the_newest_published_one(writing: Writing) -> None:
    writing.browser.send(f"{DRAFTS}/1/publish/now")

    answer = writing.browser.send(f"{DRAFTS}/next")

    assert answer.status_code == 303
    consultation = writing.session.get_one(Consultation, writing.draft.consultation_id)
    writing.session.expire_all()
    assert [one.number for one in drafts_of(writing.session, consultation)] == [0, 1, 2]


def consultant_of(writing: Writing, process_id: UUID) -> Person:
    """A consultant engaged for a process."""
    made = somebody(writing.session, Role.CONSULTANT)
    role = writing.session.exec(select(Assignment).where(Assignment.person_id == made.id)).one()
    role.process_id = process_id
    writing.session.commit()
    return made


def test_the_consultant_of_the_process_writes_and_does_not_publish(
    app: Flask, writing: Writing
) -> None:
    process = writing.session.get_one(
        Process, writing.session.get_one(Consultation, writing.draft.consultation_id).process_id
    )
    browser = browser_of(app, writing.session, consultant_of(writing, process.id))

    page = browser.get(f"{DRAFTS}/1/publish")
    refused = browser.send(f"{DRAFTS}/1/publish/now")

    assert browser.get(writing.edit).status_code == 200
    assert "The secretariat publishes" in page.text
    assert refused.status_code == 403
    assert writing.now().state is DraftState.IN_WORK


def test_the_consultant_of_another_process_sees_no_such_page(app: Flask, writing: Writing) -> None:
    other = Process(code="other", titles={"en": "Other"})
    writing.session.add(other)
    writing.session.flush()
    browser = browser_of(app, writing.session, consultant_of(writing, other.id))

    assert browser.get(writing.edit).status_code == 404
    assert browser.get(DRAFTS).status_code == 404


def test_a_published_draft_has_no_editor_and_still_its_changes(writing: Writing) -> None:
    one = amended(writing.place, lineage("p1"), ALWAYS)
    decided(writing.session, one, Outcome.ACCEPTED)
    writing.session.commit()
    writing.browser.send(f"{DRAFTS}/1/take")
    writing.browser.send(f"{DRAFTS}/1/publish/now")

    assert writing.browser.get(writing.edit).status_code == 404
    assert f"(no. {one.number})" in writing.browser.get(f"{DRAFTS}/1/changes").text


def test_a_draft_can_be_taken_along_as_markdown(writing: Writing) -> None:
    answer = writing.browser.get(f"{DRAFTS}/1/text.md?language=ar")

    assert answer.mimetype == "text/markdown"
    assert str(lineage("p1")) in answer.text
    assert "تعمل الجمعيات" in answer.text
