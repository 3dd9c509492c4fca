"""A Word file that comes back becomes what an organisation says of the draft."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import Contribution, ContributionKind, ContributionState, ProposalKind, Source
from consult.word.identities import bookmark
from consult.word.returned import Voiced, returned
from core.clock import now
from core.models import Mail
from movement.models import Call, Role
from tests.consult.arranged import a_draft, a_round, a_text, lineage
from tests.consult.word_files import docx, gone, ins, note, p, r, reference
from tests.factories import a_society, somebody

HEAD, P1, P2, P3 = (block.texts["en"] for block in a_text().blocks)
COMMENT = (
    '<w:comment w:id="1" w:author="Reader" w:date="2026-03-01T12:00:00Z">'
    "<w:p><w:r><w:t>Say how.</w:t></w:r></w:p></w:comment>"
)


def commented(text: str) -> str:
    """Words with the comment on them."""
    return (
        f'<w:commentRangeStart w:id="1"/>{r(text)}<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r>'
    )


EDITED = docx(
    p(r(HEAD)),
    p(r("Societies act on "), gone(r("needs alone")), ins(r("the needs of people")), r(".")),
    p(ins(r("A new paragraph.")), mark="ins"),
    p(r("Societies give "), commented("access"), r(" to services.")),
    p(gone(r(P3)), mark="del"),
    comments=COMMENT,
)


def said(data: bytes) -> list[tuple[str, str, str, str]]:
    """Kind, paragraph, author, words of what a file says of the usual text."""
    names = {lineage(name): name for name in ("h", "p1", "p2", "p3")}
    return [
        (kind(one), names[one.lineage] if one.lineage else "", one.author, one.after or one.text)
        for one in returned(data, a_text(), "en").voiced
    ]


def kind(one: Voiced) -> str:
    return one.proposal_kind.value if one.proposal_kind else one.kind.value


def test_changes_and_comments_are_told_by_paragraph_and_author() -> None:
    assert said(EDITED) == [
        ("replace", "p1", "First", "Societies act on the needs of people."),
        ("insert_after", "p1", "First", "A new paragraph."),
        ("delete", "p3", "First", ""),
        ("comment", "p2", "Reader", "Say how."),
    ]
    assert returned(EDITED, a_text(), "en").voiced[-1].quote == "access"


def test_a_change_that_was_not_tracked_is_told_without_an_author() -> None:
    found = returned(
        docx(*(p(r(text)) for text in (HEAD, P1, f"{P2} Always.", P3))), a_text(), "en"
    )

    (one,) = found.voiced
    assert (one.author, one.proposal_kind, one.after) == ("", ProposalKind.REPLACE, f"{P2} Always.")
    assert len(found.notices) == 1


def test_a_paragraph_is_known_by_its_bookmark_before_its_words() -> None:
    mark = (
        f'<w:bookmarkStart w:id="1" w:name="{bookmark(lineage("p3"))}"/><w:bookmarkEnd w:id="1"/>'
    )
    changed = p(mark, gone(r(P3)), ins(r("Quite other words.")))

    assert ("replace", "p3", "First", "Quite other words.") in said(
        docx(p(r(HEAD)), p(r(P1)), p(r(P2)), changed)
    )


def test_an_untouched_file_says_nothing() -> None:
    assert said(docx(*(p(r(text)) for text in (HEAD, P1, P2, P3)))) == []


def test_a_new_footnote_goes_with_the_words_that_refer_to_it() -> None:
    changed = p(r(P1[:-1]), ins(r(" always"), reference(2)), r("."))
    file = docx(p(r(HEAD)), changed, p(r(P2)), p(r(P3)), footnotes=note(2, p(r("As agreed."))))

    (one,) = returned(file, a_text(), "en").voiced
    assert one.after == "Societies act on needs alone always."
    assert one.text == "As agreed."


def test_a_new_footnote_alone_is_a_comment_with_its_words() -> None:
    changed = p(r(P1), ins(reference(2)))
    file = docx(p(r(HEAD)), changed, p(r(P2)), p(r(P3)), footnotes=note(2, p(ins(r("As agreed.")))))

    assert said(file) == [("comment", "p1", "First", "As agreed.")]


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
    "{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("changed", "left_out"),
    [
        (p(r(P1), ins(BOX.format(p(r("In a box."))))), ("(1)", "(0)")),
        (p(r(P1), BOX.format(p(ins(r("In a box."))))), ("(1)", "(0)")),
        (p(r(P1), ins(r(" Always"), gone(r(" so"), by="Second"))), ("(0)", "(1)")),
        (p(r(P1), ins(r(" Always"), gone(r(" so")))), ()),
    ],
    ids=["a box inserted", "words in a box", "another's insertion", "one's own insertion"],
)
def test_changes_that_nothing_tells_are_counted(changed: str, left_out: tuple[str, ...]) -> None:
    found = returned(docx(p(r(HEAD)), changed, p(r(P2)), p(r(P3))), a_text(), "en")

    notices = [str(one) for one in found.notices if "left out" in str(one)]
    assert [all(count in one for count in left_out) for one in notices] == [True] * bool(left_out)


class Desk:
    """The command line, with the file in a folder and an open round."""

    def __init__(self, app: Flask, folder: Path, data: bytes) -> None:
        self.app, self.file = app, folder / "returned.docx"
        self.file.write_bytes(data)

    def run(self, *words: str, organisation: str = "KEN") -> tuple[int, Any, str]:
        line = ["consult", "read-back", "strategy-text", str(self.file), "--organisation"]
        result = self.app.test_cli_runner().invoke(args=[*line, organisation, *words])
        return result.exit_code, json.loads(result.stdout or "null"), result.stderr


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    return Desk(app, tmp_path, EDITED)


def kept(session: Session) -> list[Contribution]:
    session.expire_all()
    return list(session.scalars(select(Contribution)))


def test_a_dry_run_needs_no_round_and_stores_nothing(desk: Desk, session: Session) -> None:
    a_society(session)
    a_draft(session)
    session.commit()

    status, told, _error = desk.run("--dry-run")

    assert (status, told["stored"], len(told["contributions"])) == (0, False, 4)
    assert told["contributions"][0]["label"] == "1."
    assert told["contributions"][0]["before"] == P1
    assert kept(session) == []


@pytest.mark.both_databases
def test_what_is_read_is_kept_in_progress_once(desk: Desk, session: Session) -> None:
    a_society(session)
    a_round(session, a_draft(session))

    status, told, _error = desk.run()
    again = desk.run()[1]

    found = kept(session)
    assert (status, told["stored"], told["known"], again["known"]) == (0, True, 0, 4)
    assert {one.state for one in found} == {ContributionState.IN_PROGRESS}
    assert {one.source for one in found} == {Source.WORD}
    assert {one.source_note for one in found} == {"returned.docx (First)", "returned.docx (Reader)"}
    assert sum(one.kind is ContributionKind.AMENDMENT for one in found) == 3


def test_it_can_be_submitted_at_once_and_its_receipt_is_mailed(
    desk: Desk, session: Session
) -> None:
    somebody(session, Role.FOCAL_POINT, a_society(session))
    a_round(session, a_draft(session))

    told = desk.run("--submit")[1]

    assert told["reference"]
    assert {one.state for one in kept(session)} == {ContributionState.SUBMITTED}
    assert sorted(one.number or 0 for one in kept(session)) == [1, 2, 3, 4]
    mail = session.exec(select(Mail)).one()
    assert (mail.purpose, mail.to_address) == ("receipt", "focal_point.ken@example.org")


def test_what_cannot_stand_is_refused_and_the_rest_kept(desk: Desk, session: Session) -> None:
    silent = COMMENT.replace("Say how.", "")
    desk.file.write_bytes(
        docx(p(r(HEAD)), p(gone(r(P1))), p(commented(P2)), p(r(P3), ins(r(" Now."))),
             comments=silent)
    )  # fmt: skip
    a_society(session)
    a_round(session, a_draft(session))

    status, told, error = desk.run()

    assert (status, len(told["refused"]), "1" in error) == (1, 1, True)
    assert told["refused"][0]["reason"] == "Write your comment."
    proposals = {one.proposal_kind for one in kept(session)}
    assert proposals == {ProposalKind.DELETE, ProposalKind.REPLACE}


@pytest.mark.parametrize("words", [["--language", "fr"], []])
def test_refusals_are_sentences(desk: Desk, session: Session, words: list[str]) -> None:
    a_society(session)
    a_draft(session)
    session.commit()

    status, told, error = desk.run(*(words and ["--dry-run", *words]))

    assert (status, told) == (1, None)
    assert error.strip().endswith(".")


def test_after_the_deadline_nothing_is_kept(desk: Desk, session: Session) -> None:
    a_society(session)
    _round, call = a_round(session, a_draft(session))
    session.get_one(Call, call.id).closes_on = (now() - timedelta(days=3)).date()
    session.commit()

    assert desk.run()[0] == 1
    assert kept(session) == []


def test_what_was_kept_before_is_submitted_when_the_file_is_read_again(
    desk: Desk, session: Session
) -> None:
    a_society(session)
    a_round(session, a_draft(session))
    desk.run()
    first, *others = kept(session)
    first.recorded_by = ""  # as a person of the organisation writes: theirs to submit
    session.commit()

    status, told, _error = desk.run("--submit")

    assert (status, told["known"], bool(told["reference"])) == (0, 4, True)
    states = {one.id: one.state for one in kept(session)}
    assert states.pop(first.id) is ContributionState.IN_PROGRESS
    assert states == {one.id: ContributionState.SUBMITTED for one in others}
