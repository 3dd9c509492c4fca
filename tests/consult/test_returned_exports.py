"""Our own Word files sent back: of which text they are, and whose words are in them."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.changes.operations import Insert, Merge, Replace
from consult.export.redlines import adopted, marks
from consult.export.word_draft import redline_file
from consult.models import Contribution, ContributionKind, Draft, Outcome, ProposalKind, Round
from consult.queries.compiled import compiled
from consult.queries.consultations import get_consultation
from consult.services.dispositions import Decision, decide
from consult.services.drafts import begin_next, change
from consult.services.publishing import publish_draft
from consult.word.ours import key
from consult.word.returned import returned
from core.errors import DomainError
from movement.queries.directory import get_organisation
from tests.consult.arranged import a_draft, a_round, a_text, act, block, lineage
from tests.consult.said import amends, said
from tests.consult.word_files import docx, ins, p, packed, r
from tests.factories import a_society

CODE = "strategy-text"
P1 = "Societies act on needs alone."


@pytest.fixture
def round_(session: Session) -> Round:
    for code in ("FRA", "KEN", "MLI"):
        a_society(session, code)
    return a_round(session, a_draft(session))[0]


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Callable[..., Any]:
    """Run a command on a file of this test: what it printed, or its refusal."""

    def _run(name: str, *words: object) -> Any:
        args = ["consult", name, *(str(word) for word in words)]
        result = app.test_cli_runner().invoke(args=args)
        return json.loads(result.stdout) if result.exit_code == 0 else result.stderr

    return _run


@pytest.fixture
def back(run: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """Read a file back for France."""

    def _back(data: bytes, *words: str) -> Any:
        (tmp_path / "back.docx").write_bytes(data)
        return run("read-back", CODE, tmp_path / "back.docx", "--organisation", "FRA", *words)

    return _back


@pytest.fixture
def taken(run: Callable[..., Any], tmp_path: Path) -> Callable[..., bytes]:
    """The file that a command writes."""

    def _taken(name: str, *words: object) -> bytes:
        path = tmp_path / "taken.docx"
        printed = run(name, *words, "--out", path)
        assert isinstance(printed, dict), printed
        return path.read_bytes()

    return _taken


def edited(data: bytes, old: str, new: str) -> bytes:
    """The file with other markup in its text, once."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    assert old in text
    return packed({**parts, "word/document.xml": text.replace(old, new, 1)})


def unnamed(data: bytes) -> bytes:
    """The file as an editor leaves it that keeps no properties."""
    with ZipFile(BytesIO(data)) as archive:
        kept = [name for name in archive.namelist() if name != "docProps/custom.xml"]
        return packed({name: archive.read(name) for name in kept})


def some_proposals(session: Session, round_: Round) -> None:
    kenya, mali = (get_organisation(session, code) for code in ("KEN", "MLI"))
    amends(session, round_, kenya, "p1", "Societies act on rights alone.")
    amends(session, round_, mali, "p1", "Societies act on duties alone.")
    said(session, round_, kenya, "p2", "", kind=ContributionKind.AMENDMENT,
         proposal_kind=ProposalKind.INSERT_AFTER, proposal="Quite a new one.")  # fmt: skip
    said(session, round_, mali, "p3", "Please say how.")
    session.commit()


def next_draft(session: Session, round_: Round) -> None:
    one = amends(session, round_, get_organisation(session, "KEN"), "p3", "They learn.")
    decide(session, one.id, Decision(Outcome.ACCEPTED), act())
    draft = begin_next(session, session.get_one(Draft, round_.draft_id), act())
    change(session, draft, [
        Replace(lineage=lineage("p3"), texts={"en": "They teach what they learn."}, note="Both.",
                contributions=(one.id,)),
        Insert(block=block("n", "A new paragraph."), after=lineage("p3"), note="Asked for."),
        Merge(lineages=(lineage("p1"), lineage("p2")), into=block("m", f"{P1} They open doors."),
              note="Shorter."),
    ], act())  # fmt: skip
    publish_draft(session, draft, act())
    session.commit()


def test_others_proposals_that_come_back_are_not_the_senders(
    session: Session, round_: Round, taken: Callable[..., bytes], back: Callable[..., Any]
) -> None:
    some_proposals(session, round_)

    told = back(taken("proposals", CODE, 0))

    assert told["contributions"] == []
    assert any("other contributors" in notice for notice in told["notices"])
    assert len(session.exec(select(Contribution)).all()) == 4


def test_what_is_added_to_others_proposals_is_the_senders(
    session: Session, round_: Round, taken: Callable[..., bytes], back: Callable[..., Any]
) -> None:
    some_proposals(session, round_)
    file = taken("proposals", CODE, 0)

    told = back(edited(file, r_of("They share what"), ins(r("Today ")) + r_of("They share what")))

    assert [(one["author"], one["proposal"]) for one in told["contributions"]] == [
        ("First", "Today They share what they learn."),
    ]  # fmt: skip


def r_of(text: str) -> str:
    """The beginning of a run as our files write it."""
    return f'<w:r><w:t xml:space="preserve">{text}'


def test_an_answer_to_others_comments_is_the_senders() -> None:
    comments = "".join(
        f'<w:comment w:id="{at}" w:author="{author}" w:date="2026-03-01T12:00:0{at}Z">'
        f'<w:p w14:paraId="0000000{at}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
        for at, author, text in ((1, "Kenya; Mali", "Theirs."), (2, "Reader", "We agree."))
    )
    extended = '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001"/>'
    on = '<w:commentRangeStart w:id="1"/>{}<w:commentRangeEnd w:id="1"/>'
    file = docx(p(on.format(r(P1))), comments=comments, commentsExtended=extended)
    own = {("Kenya", "2026-03-01T12:00:01"): False}

    (one,) = returned(file, a_text(), "en", marks=lambda _language: own).voiced

    assert (one.author, one.text, one.quote) == ("Reader", "We agree.", "")


@pytest.mark.parametrize("number", [0, 1])
def test_adopted_changes_that_come_back_are_nobodys_proposal(
    session: Session, round_: Round, number: int
) -> None:
    next_draft(session, round_)
    data = compiled(session, get_consultation(session, CODE), "en")
    file = redline_file(adopted(data, *data.steps), "en", data.title)

    found = returned(file, data.steps[number].document, "en",
                     marks=lambda _language: marks(data, number))  # fmt: skip

    assert found.voiced == ()


def test_a_file_of_another_draft_or_consultation_is_refused(
    session: Session, round_: Round, taken: Callable[..., bytes], back: Callable[..., Any]
) -> None:
    other = a_text(*(block(f"o{at}", f"{word} words of another text.") for at, word in
                     enumerate(("These", "Such", "Those"))))  # fmt: skip
    a_draft(session, other, code="another-text")
    next_draft(session, round_)
    file = taken("export", "another-text", 0, "--format", "docx")

    assert "Needed is one made of draft 1 of strategy-text" in back(file, "--dry-run")
    assert "draft 0 of strategy-text" in back(
        taken("export", CODE, 0, "--format", "docx"), "--dry-run"
    )
    assert "another consultation" in back(unnamed(file), "--dry-run")


def test_a_file_is_read_in_its_own_language(
    session: Session, round_: Round, taken: Callable[..., bytes], back: Callable[..., Any]
) -> None:
    session.commit()
    file = taken("export", CODE, 0, "--format", "docx", "--language", "ar")

    assert back(file)["contributions"] == []
    assert "another language" in back(unnamed(file))
    assert back(unnamed(file), "--language", "ar")["contributions"] == []


def test_a_mark_dated_before_all_time_is_somebody_elses() -> None:
    dated = ins(r(" Now."), at="0001-01-01T00:00:00+23:59")

    (one,) = returned(docx(p(r(P1), dated)), a_text(), "en",
                      marks=lambda _language: {("First", "2026"): False}).voiced  # fmt: skip

    assert one.after == f"{P1} Now."
    assert key("A; B", None) == ("A", "")
    with pytest.raises(DomainError):
        returned(b"", a_text(), "en")
