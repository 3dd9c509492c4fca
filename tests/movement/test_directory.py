"""Staff see and correct the directory; every correction is audited with what stood before."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, select

from core.models import AuditEntry
from movement.models import Admission, Group, GroupKind, GroupMembership, Organisation, Role
from movement.queries.calls import members_on
from tests.movement.cast import browser_of, post, somebody, two_societies

PAGE = "/directory/organisations/KEN"
CORRECT = {
    "name_en": "Kenya Red Cross", "name_fr": "Croix-Rouge du Kenya", "name_es": "", "name_ar": "",
    "region_code": "mena", "timezone": "Asia/Dubai", "weekend_days": ["5", "6"], "language": "ar",
    "tile_column": "3", "tile_row": "4", "note": "Moved",
}  # fmt: skip


@pytest.fixture(autouse=True)
def directory(session: Session) -> None:
    two_societies(session)
    session.add(Group(code="perco", kind=GroupKind.NETWORK, names={"en": "PERCO"}))
    session.commit()


@pytest.fixture
def staff(app: Flask, session: Session) -> FlaskClient:
    return browser_of(app, session, somebody(session, "staff@example.org", Role.SECRETARIAT))


def kenya(session: Session) -> Organisation:
    session.expire_all()
    return session.scalars(select(Organisation).where(Organisation.code == "KEN")).one()


def entries(session: Session, action: str) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_the_list_counts_the_members_of_a_day(staff: FlaskClient) -> None:
    page = staff.get("/directory?on=2020-02-01").text

    assert "2 National Societies on 1 February 2020" in page


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "\\", "<script>"])
def test_odd_searches_find_nothing_and_fail_nowhere(staff: FlaskClient, text: str) -> None:
    page = staff.get("/directory", query_string={"q": text, "on": text, "region": text})

    assert page.status_code == 200
    assert "Nothing matches" in page.text
    assert "<script>" not in page.text


def test_an_organisation_is_found_by_part_of_a_name_in_any_language(staff: FlaskClient) -> None:
    page = staff.get("/directory?q=société+ken").text

    assert "/directory/organisations/KEN" in page
    assert "/directory/organisations/SWE" not in page


@pytest.mark.both_databases
def test_a_correction_is_saved_and_audited(staff: FlaskClient, session: Session) -> None:
    answer = post(staff, f"{PAGE}/correct", {**CORRECT, "code": "XXX", "kind": "federation"})

    row = kenya(session)
    assert answer.status_code == 303
    assert row.names == {"en": "Kenya Red Cross", "fr": "Croix-Rouge du Kenya"}
    assert (row.region_code, row.timezone, row.weekend_days) == ("mena", "Asia/Dubai", [5, 6])
    assert (row.kind, row.language, row.tile_column, row.note) == (
        "national_society", "ar", 3, "Moved",
    )  # fmt: skip
    (entry,) = entries(session, "directory.corrected")
    assert (entry.about, entry.by) == ("KEN", "staff@example.org")
    assert entry.details["before"]["region_code"] == "africa"
    assert entry.details["after"]["region_code"] == "mena"


def test_saving_without_a_difference_is_no_correction(staff: FlaskClient, session: Session) -> None:
    post(staff, f"{PAGE}/correct", dict(CORRECT))

    post(staff, f"{PAGE}/correct", dict(CORRECT))

    assert len(entries(session, "directory.corrected")) == 1


@pytest.mark.parametrize(
    "field",
    [
        {"timezone": "Mars/Base"},
        {"region_code": "moon"},
        {"name_en": ""},
        {"name_fr": "x" * 201},
        {"weekend_days": ["8"]},
        {"tile_column": "four"},
        {"tile_row": ""},
    ],
)
def test_a_bad_correction_changes_nothing(
    staff: FlaskClient, session: Session, field: dict[str, object]
) -> None:
    answer = post(staff, f"{PAGE}/correct", {**CORRECT, **field})

    assert answer.status_code == 400
    assert kenya(session).region_code == "africa"
    assert entries(session, "directory.corrected") == []


def test_a_membership_is_added_corrected_and_taken_out(
    staff: FlaskClient, session: Session
) -> None:
    spell = session.scalars(
        select(Admission.id).where(Admission.organisation_id == kenya(session).id)
    )
    first = spell.one()
    session.commit()

    post(staff, f"{PAGE}/memberships/{first}", {"until_date": "2015-12-31"})
    gone = {row.code for row in members_on(session, date(2016, 6, 1))}
    session.commit()
    post(staff, f"{PAGE}/memberships", {"from_date": "2018-01-01", "note": "Back"})
    back = {row.code for row in members_on(session, date(2018, 6, 1))}
    session.commit()
    post(staff, f"{PAGE}/memberships/{first}/remove")
    before = {row.code for row in members_on(session, date(2010, 6, 1))}

    assert "KEN" not in gone
    assert "KEN" in back
    assert "KEN" not in before


def test_an_end_before_the_beginning_is_refused(staff: FlaskClient, session: Session) -> None:
    answer = post(
        staff, f"{PAGE}/memberships", {"from_date": "2018-01-01", "until_date": "2017-01-01"}
    )

    assert answer.status_code == 400
    assert len(session.scalars(select(Admission)).all()) == 2


def test_a_place_in_a_group_begins_and_ends(staff: FlaskClient, session: Session) -> None:
    group = "/directory/groups/perco"
    post(staff, f"{group}/members", {"organisation": "swe", "from_date": "2012-06-01"})
    place = session.scalars(select(GroupMembership)).one()
    session.commit()

    ended = post(staff, f"{group}/members/{place.id}/end", {"until_date": "2020-01-31"})
    again = post(staff, f"{group}/members", {"organisation": "SWE"})
    unknown = post(staff, f"{group}/members", {"organisation": "XXX"})

    session.refresh(place)
    assert (ended.status_code, again.status_code, unknown.status_code) == (303, 400, 400)
    assert (place.from_date, place.until_date) == (date(2012, 6, 1), date(2020, 1, 31))


def test_an_incomplete_list_says_so(staff: FlaskClient) -> None:
    assert "This list is known to be incomplete" in staff.get("/directory/groups/perco").text


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.SECRETARIAT, Role.ADMINISTRATOR)]
)
def test_others_neither_see_nor_correct_the_directory(
    app: Flask, session: Session, role: Role
) -> None:
    organisation = "KEN" if role in (Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER) else None
    person = somebody(session, "x@example.org", role, organisation)
    browser = browser_of(app, session, person)

    seen = [browser.get(path).status_code for path in ("/directory", PAGE, f"{PAGE}/correct")]
    corrected = post(browser, f"{PAGE}/correct", dict(CORRECT)).status_code

    assert [*seen, corrected] == [403] * 4
    assert kenya(session).region_code == "africa"
