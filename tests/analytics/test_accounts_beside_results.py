"""A round's account and its results, side by side: neither takes from the other what it hides."""

import csv
import io
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import Round, Stance
from consult.services.rounds import Rules
from consult.services.withdrawing import withdraw
from movement.models import Participation, Role
from movement.queries.directory import get_organisation
from tests.consult.arranged import a_draft, a_round
from tests.consult.said import amends, takes_position
from tests.consult.speaking import a_comment, by, contributions_of, submits, voice
from tests.factories import Browser, a_society, browser_of, somebody, the_committee

ACCOUNT = "/rounds/round-1/account"
RESULTS = "/results/consultations/round-1"
SIX = ("KEN", "GHA", "MLI", "NER", "TCD", "SEN")
Rows = list[list[str]]


class Tables(HTMLParser):
    """The tables of a page as rows of texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data.strip()


def told(reader: Browser, heading: str) -> Rows:
    """The account's table whose last column has this heading."""
    tables = Tables(reader.get(ACCOUNT).text).tables
    return next(rows for rows in tables if rows[0][-1] == heading)


def drawn(reader: Browser, chart: str) -> Rows:
    text = reader.get(f"{RESULTS}/tables/{chart}.csv").text.removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def round_(session: Session) -> Round:
    """Six Societies of one region, and the Committee outside the frame, on one paragraph."""
    six = [a_society(session, code) for code in SIX]
    committee = the_committee(session)
    session.flush()
    made, _call = a_round(session, a_draft(session), Rules(), also=[committee.id])
    for society in six[:-1]:
        takes_position(session, made, society, "p1", Stance.SUPPORT)
    takes_position(session, made, six[-1], "p1", Stance.CONCERN, text="No.")
    takes_position(session, made, committee, "p1", Stance.OBJECT, text="No.")
    amends(session, made, committee, "p1", "Societies act on rights alone.")
    session.commit()
    return made


@pytest.fixture
def chair(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.CO_CHAIR))


@pytest.fixture
def staff(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def test_the_account_counts_whom_the_results_count_so_that_no_difference_names_a_voice(
    round_: Round, chair: Browser, staff: Browser
) -> None:
    account = told(chair, "Amendments")[1]
    results = next(row for row in drawn(chair, "positions") if row[0].startswith("1."))

    assert account[1:] == ["5", "0", "1", "0", "0"]
    assert list(map(float, results[1:5])) == [5, 0, 1, 0]
    assert told(staff, "Amendments")[1][1:] == ["5", "0", "1", "1", "1"]


def test_the_account_tells_the_groups_of_regions_that_the_results_tell(
    session: Session, round_: Round, chair: Browser, staff: Browser
) -> None:
    others = [("AAA", "americas"), ("BBB", "americas"), *((f"E{n}", "mena") for n in range(7))]
    societies = [a_society(session, code, region) for code, region in others]
    asked = [Participation(call_id=round_.call_id, organisation_id=one.id, region_code=region)
             for one, (_code, region) in zip(societies, others, strict=True)]  # fmt: skip
    session.add_all(asked)
    for society in societies:
        takes_position(session, round_, society, "p1", Stance.SUPPORT)
    session.commit()

    account, whole = told(chair, "All"), told(staff, "All")
    results = drawn(chair, "stances")[0]

    assert account[0][1:-1] == results[1:]
    assert account[0][1] == "africa and americas"
    assert account[1][1:] == ["1 / 8", "–", "–", "0 / 7", "1 / 15"]
    assert whole[1][1:] == ["1 / 6", "0 / 2", "–", "–", "0 / 7", "2 / 16"]


def test_a_society_that_withdrew_all_it_said_is_counted_nowhere(
    session: Session, round_: Round, chair: Browser, staff: Browser
) -> None:
    silent = a_society(session, "ZMB")
    session.add(Participation(call_id=round_.call_id, organisation_id=silent.id,
                              region_code="africa"))  # fmt: skip
    session.commit()
    made = contributions_of(session, submits(session, a_comment(), code="ZMB"))
    withdraw(session, voice(session, "ZMB"), made[0], by(), reason="")
    session.commit()
    counted = "6 of 7 National Societies contributed"

    account, desk = chair.get(ACCOUNT).text, staff.get("/consultations/strategy-text/desk").text

    assert counted in chair.get(f"{RESULTS}/").text
    assert counted in account
    assert counted in desk
    assert told(chair, "Share")[1] == ["africa", "6", "7", "86%"]


def test_the_account_ranks_paragraphs_as_the_results_do(
    session: Session, round_: Round, chair: Browser, staff: Browser
) -> None:
    six = [get_organisation(session, code) for code in SIX]
    for about, against, of in (("p2", 2, 5), ("p3", 2, 6), ("h", 1, 2)):
        for at, society in enumerate(six[:of]):
            stance = Stance.OBJECT if at < against else Stance.SUPPORT
            takes_position(session, round_, society, about, stance, text="No.")
    session.commit()

    def order(reader: Browser) -> tuple[list[str], list[str]]:
        account, results = told(reader, "Amendments")[1:], drawn(reader, "contested")[1:]
        named = results[: results.index([])]
        return [row[0].split()[0] for row in account], [row[0].split()[0] for row in named]

    assert order(chair) == (["2.", "3.", "1."], ["2.", "3.", "1."])
    assert order(staff) == (["2.", "3.", "1.", "Protecting"], ["2.", "3.", "1.", "Protecting"])
