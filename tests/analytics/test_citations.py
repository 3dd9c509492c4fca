"""Evidence: kept by value, shown to who reads the text, carried on with its paragraph."""

import io
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlmodel import Session, select

from analytics.models import Citation, CitationFile
from analytics.queries.citations import cited_in
from analytics.services.citations import (
    BadDocument,
    Document,
    Finding,
    Place,
    cite_document,
    cite_finding,
    digest_of,
)
from consult.changes.operations import Delete, Operation, Split
from consult.models import Draft
from consult.queries.consultations import document_of
from consult.services.drafts import begin_next, change, publish
from core.clock import now
from core.models import AuditEntry
from movement.actors import Actor
from movement.models import Role
from tests.analytics.demonstrated import browser, load
from tests.consult.arranged import a_draft, a_round, act, block, lineage
from tests.consult.speaking import somebody_with
from tests.factories import a_society, browser_of, somebody

PDF = b"%PDF-1.7\nA study.\n"
CITE = "/results/migration-2020/cite/priorities_importance"
SENTENCE = {"en": "Access to services comes first.", "ar": "الوصول إلى الخدمات أولا."}
FIGURES = {"headings": {"en": ["Answer", "n"]}, "rows": {"en": [["Access", "40"]]}}


def staff() -> Actor:
    return somebody_with(Role.SECRETARIAT)


def a_finding(**more: object) -> Finding:
    values: dict[str, object] = {
        "wave_code": "spring", "question": "importance.all", "titles": {"en": "Importance"},
        "sentences": SENTENCE, "figures": FIGURES, "n": 40, "size": 192,
    }  # fmt: skip
    return Finding(**(values | more))  # type: ignore[arg-type]  # one column each


def cited(session: Session, draft: Draft, at: str = "p1") -> Citation:
    """A finding on a paragraph. Commits."""
    place = Place(draft, lineage(at))
    made = cite_finding(session, place, a_finding(), now=now(), by=staff())
    session.commit()
    return made


def next_draft(session: Session, base: Draft, operation: Operation) -> Draft:
    """The draft that one operation makes of another, published. Commits."""
    draft = begin_next(session, base, act())
    change(session, draft, [operation], act())
    publish(session, draft, act())
    session.commit()
    return draft


def split(session: Session, draft: Draft) -> Draft:
    into = (block("p1a", "Societies act."), block("p1b", "Needs alone decide."))
    return next_draft(session, draft, Split(id=uuid4(), lineage=lineage("p1"), into=into,
                                            note="Two thoughts."))  # fmt: skip


def places(session: Session, draft: Draft) -> list[UUID]:
    return [at for at, _citation in cited_in(session, draft)]


@pytest.mark.both_databases
def test_evidence_goes_on_with_each_part_of_a_split_paragraph_and_ends_with_a_deleted_one(
    app: Flask, session: Session
) -> None:
    zero = a_draft(session)
    cited(session, zero, "p1")
    cited(session, zero, "p2")

    first = split(session, zero)
    second = next_draft(
        session, first, Delete(id=uuid4(), lineage=lineage("p2"), note="It is said before.")
    )

    assert places(session, zero) == [lineage("p1"), lineage("p2")]
    assert places(session, first) == [lineage("p1a"), lineage("p1b"), lineage("p2")]
    assert places(session, second) == [lineage("p1a"), lineage("p1b")]


def test_what_is_cited_to_a_later_draft_is_not_shown_with_an_earlier_one(
    app: Flask, session: Session
) -> None:
    zero = a_draft(session)
    first = split(session, zero)
    cited(session, first, "p3")

    assert places(session, zero) == []
    assert places(session, first) == [lineage("p3")]


def test_the_digest_is_of_all_that_a_finding_says(app: Flask, session: Session) -> None:
    made = cited(session, a_draft(session))
    values = {
        "wave_code": "spring", "question": "importance.all", "titles": {"en": "Importance"},
        "sentences": SENTENCE, "figures": FIGURES, "n": 40, "size": 192,
    }  # fmt: skip

    assert made.digest == digest_of(values)
    assert digest_of(values | {"n": 41}) != made.digest


def test_a_finding_without_figures_is_refused(app: Flask, session: Session) -> None:
    place = Place(a_draft(session), lineage("p1"))

    with pytest.raises(Exception, match="Too few answered"):
        cite_finding(session, place, a_finding(figures={}), now=now(), by=staff())


@pytest.mark.parametrize(
    ("field", "document"),
    [
        ("title", Document({"en": ""}, address="https://example.org/")),
        ("address", Document({"en": "A study"})),
        ("address", Document({"en": "A study"}, address="http://example.org/")),
        ("address", Document({"en": "A study"}, address="javascript:alert(1)")),
        ("address", Document({"en": "A study"}, address='https://example.org/"onload=x')),
        ("file", Document({"en": "A study"}, file_name="a.html", data=b"<html></html>")),
    ],
)
def test_a_document_that_cannot_be_cited_so_is_refused_at_its_field(
    app: Flask, session: Session, field: str, document: Document
) -> None:
    place = Place(a_draft(session), lineage("p1"))

    with pytest.raises(BadDocument) as refused:
        cite_document(session, place, document, now=now(), by=staff())

    assert refused.value.name == field


def test_who_is_asked_about_the_text_reads_its_evidence_and_nobody_else(
    app: Flask, session: Session
) -> None:
    asked = a_society(session, "KEN")
    draft = a_draft(session)
    a_round(session, draft)
    stranger = a_society(session, "GHA")
    made = cited(session, draft)
    own = browser_of(app, session, somebody(session, Role.RESPONDENT, asked))
    other = browser_of(app, session, somebody(session, Role.FOCAL_POINT, stranger))

    path = f"/consultations/strategy-text/drafts/0/paragraphs/{lineage('p1')}"

    assert SENTENCE["en"] in own.get(path).text
    assert "1 piece of evidence" in own.get("/consultations/strategy-text/drafts/0").text
    assert own.get(f"/evidence/{made.id}").status_code == 200
    assert other.get(f"/evidence/{made.id}").status_code == 404
    assert "Cite a document" not in own.get(path).text


def test_staff_cite_a_document_with_a_file_and_take_it_away_with_a_trace(
    app: Flask, session: Session
) -> None:
    a_society(session, "KEN")
    a_draft(session)
    browser_ = browser_of(app, session, somebody(session, Role.SECRETARIAT))
    path = f"/consultations/strategy-text/drafts/0/paragraphs/{lineage('p1')}/evidence"
    sent = {"title": "A study", "reason": "It counts people on the route.", "address": "",
            "file": (io.BytesIO(PDF), "study.html")}  # fmt: skip

    answer = browser_.send(path, sent)
    kept = _only(session)
    got = browser_.get(f"/evidence/{kept}/file")
    browser_.send(f"/evidence/{kept}/remove")

    assert answer.status_code == 303
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert session.exec(select(Citation)).first() is None
    assert session.exec(select(CitationFile)).first() is None
    row = session.exec(select(AuditEntry).where(AuditEntry.action == "evidence.removed")).one()
    assert row.details["titles"] == {"en": "A study"}


def _only(session: Session) -> UUID:
    session.rollback()
    with Session(session.get_bind()) as own:
        return own.exec(select(Citation)).one().id


@pytest.mark.timeout(300)
def test_a_finding_is_kept_as_co_chairs_see_it_in_every_language_and_outlives_its_source(
    app: Flask, session: Session
) -> None:
    load(app)
    officer = browser(app, session, Role.SECRETARIAT)
    draft = session.exec(select(Draft).where(Draft.number == 1)).one()
    at = document_of(draft).blocks[1].lineage
    session.rollback()

    answer = officer.send(f"{CITE}.regions", {"text": "migration-strategy/1", "paragraph": str(at)})

    assert answer.status_code == 303
    row = session.exec(select(Citation)).one()
    assert set(row.sentences) == {"en", "fr", "es", "ar"}
    assert len(set(row.sentences.values())) == 4
    headings = row.figures["headings"]["en"]
    assert "Africa and Middle East and North Africa" in headings
    assert "Middle East and North Africa" not in headings
    assert (row.n, row.size) == (51, 192)
    assert "51 of 192" in row.sentences["en"]
