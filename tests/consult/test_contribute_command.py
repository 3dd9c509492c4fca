"""`flask consult contribute`: entered on an organisation's behalf, all of it or nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from consult.models import Contribution, ContributionSubmission
from core.models import Mail
from movement.models import Role
from tests.consult.arranged import a_draft, a_round, a_text, block, lineage
from tests.consult.speaking import a_network, voice
from tests.factories import a_society, somebody

COMMENT = {"kind": "comment", "paragraph": "1", "text": "We agree.", "category": "technical"}


@pytest.fixture
def contribute(app: Flask, session: Session, tmp_path: Path) -> Any:
    """Run the command on a file; (status, JSON printed or None, standard error)."""
    kenya = a_society(session, "KEN")
    somebody(session, Role.FOCAL_POINT, kenya)
    network = a_network(session)
    text = a_text(
        block("p1", "Act on needs."), block("a", "alone;", level=1, number="({a})"),
        block("p2", "Give access."), block("b", "everywhere.", level=1, number="({a})"),
    )  # fmt: skip
    a_round(session, a_draft(session, text), also=[network.id])
    file = tmp_path / "said.json"

    def run(said: Any, *words: str, organisation: str = "KEN") -> tuple[int, Any, str]:
        file.write_bytes(said if isinstance(said, bytes) else json.dumps(said).encode())
        args = ["consult", "contribute", "strategy-text", "--organisation", organisation]
        result = app.test_cli_runner().invoke(args=[*args, "--file", str(file), *words])
        return result.exit_code, json.loads(result.stdout or "null"), result.stderr

    return run


def rows(session: Session) -> list[Contribution]:
    return list(session.exec(select(Contribution)).all())


def test_it_is_submitted_and_recorded_as_entered(contribute: Any, session: Session) -> None:
    status, told, _error = contribute(COMMENT)

    (one,) = rows(session)
    assert (status, told["contributions"][0]["number"], told["organisation"]) == (0, 1, "KEN")
    assert told["reference"] == session.exec(select(ContributionSubmission)).one().reference
    assert (one.lineage, one.source, one.recorded_by) == (
        lineage("p1"), "command", "flask consult contribute",
    )  # fmt: skip
    mail = session.exec(select(Mail).where(Mail.purpose == "receipt")).one()
    assert mail.to_address == "focal_point.ken@example.org"


def test_without_submitting_it_stays_in_progress(contribute: Any, session: Session) -> None:
    status, told, _error = contribute([COMMENT], "--no-submit")

    assert (status, told["reference"], rows(session)[0].state) == (0, None, "in_progress")


def test_a_network_speaks_too(contribute: Any) -> None:
    status, told, _error = contribute(
        [{"kind": "position", "paragraph": 2, "position": "support"}], organisation="apmn"
    )

    assert (status, told["organisation"], told["contributions"][0]["lineage"]) == (
        0, "APMN", str(lineage("p2")),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["2.(a)", "2(a)", str(lineage("b")), 3])
def test_a_paragraph_is_named_by_label_place_or_lineage(
    contribute: Any, session: Session, name: object
) -> None:
    assert contribute({**COMMENT, "paragraph": name})[0] == 0
    assert rows(session)[0].lineage == lineage("b")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({**COMMENT, "paragraph": "9"}, "no paragraph"),
        ({**COMMENT, "paragraph": "(a)"}, "several paragraphs"),
        ({**COMMENT, "paragraph": 99}, "no paragraph"),
        ({**COMMENT, "text": ""}, "Write your comment"),
        ({**COMMENT, "text": ["x"]}, "not a text"),
        ({**COMMENT, "kind": "shout"}, "kind is one of"),
        ({**COMMENT, "colour": "x"}, "There is no 'colour'"),
        ({**COMMENT, "language": "fr"}, "not in this language"),
        ({"kind": "position", "paragraph": 0, "position": "object"}, "needs a reason"),
        ({"paragraph": 0}, "Say its kind"),
        ("x", "JSON object"),
    ],
)
def test_where_one_is_bad_nothing_is_stored(
    contribute: Any, session: Session, wrong: object, sentence: str
) -> None:
    status, told, error = contribute([COMMENT, wrong])

    assert (status, told, rows(session)) == (1, None, [])
    assert sentence in error
    assert error.startswith("2: ")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "position", "position": "support", "proposal": "New."}, "has no 'proposal'"),
        ({"kind": "position", "position": "support", "quote": "Act"}, "has no 'quote'"),
        ({"kind": "amendment", "proposal": "New.", "position": "support"}, "has no 'position'"),
        ({"kind": "amendment", "proposal": "New.", "quote": "Act"}, "has no 'quote'"),
        ({"kind": "amendment", "proposal": "New.", "scope": "section"}, "one paragraph"),
        ({"kind": "amendment", "proposal_kind": "delete", "proposal": "New."}, "no words"),
        ({**COMMENT, "position": "support"}, "has no 'position'"),
        ({**COMMENT, "proposal_kind": "delete"}, "has no 'proposal_kind'"),
        ({**COMMENT, "paragraph": None, "quote": "Act"}, "stand in"),
        ({**COMMENT, "paragraph": 0, "scope": "section", "quote": "Act"}, "stand in"),
        ({**COMMENT, "scope": "whole"}, "names no paragraph"),
    ],
)
def test_what_would_be_left_out_of_a_contribution_is_refused(
    contribute: Any, session: Session, given: dict[str, object], sentence: str
) -> None:
    status, told, error = contribute({"paragraph": "1", **given})

    assert (status, told, rows(session)) == (1, None, [])
    assert sentence in error


def test_what_says_nothing_more_may_stand_in_a_contribution(contribute: Any) -> None:
    empty = {"quote": "", "position": None, "scope": "paragraph"}

    assert contribute({"kind": "amendment", "paragraph": "1", "proposal": "New.", **empty})[0] == 0


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]", b"[" * 100_000])
def test_what_is_no_list_of_contributions_is_refused(contribute: Any, content: bytes) -> None:
    status, told, error = contribute(content)

    assert (status, told, bool(error.strip())) == (1, None, True)


def test_who_takes_no_part_and_a_closed_round_are_refused(
    contribute: Any, session: Session
) -> None:
    assert "takes no part" in contribute(COMMENT, organisation="FIN")[2]
    voice(session).call.state = "closed"  # type: ignore[assignment] # as staff close a call
    session.commit()

    status, _told, error = contribute(COMMENT)

    assert (status, "No round" in error) == (1, True)
