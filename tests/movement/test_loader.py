"""The directory's file: what is loaded, what is refused, and that loading again changes nothing."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from core.settings import ROOT
from movement import directory_data
from movement.directory_file import NEEDED, BadFile, read_societies
from movement.models import Group, GroupMembership, Organisation, OrganisationKind
from movement.queries.calls import members_on

ROW = {
    "iso3": "KEN", "country_en": "Kenya", "country_fr": "Kenya", "country_es": "Kenia",
    "country_ar": "كينيا", "name_en": "Kenya Red Cross Society", "name_fr": "", "name_es": "",
    "name_ar": "", "ifrc_region": "Africa", "correspondence_language": "en",
    "timezone": "Africa/Nairobi", "weekend_days_cldr": "Sat-Sun",
    "weekend_days_holidays_pkg": "Fri", "tile_column": "4", "tile_row": "5",
    "member_from": "2011-11-23", "member_until": "", "member_note": "",
}  # fmt: skip


def written(*rows: dict[str, str], without: str = "") -> bytes:
    columns = [column for column in ROW if column != without]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    return text.getvalue().encode()


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["movement", "load", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.both_databases
def test_the_packages_directory_gives_the_known_counts(app: Flask, session: Session) -> None:
    status, printed, _said = run(app)

    days = ("2011-11-22", "2011-11-23", "2013-12-31", "2015-12-31", "2017-12-31", "2020-02-01")
    counts = [len(members_on(session, date.fromisoformat(day))) for day in days]
    in_2024 = {row.code for row in members_on(session, date(2024, 10, 28))}
    assert status == 0
    assert len(json.loads(printed)["organisations"]["added"]) == 194
    assert counts == [186, 187, 189, 190, 191, 192]
    assert len(in_2024) == 191
    assert "NIC" not in in_2024
    assert "BLR" in in_2024


def test_the_federation_the_committee_and_networks_never_count(
    app: Flask, session: Session
) -> None:
    run(app)

    codes = {row.code for row in members_on(session, date(2020, 2, 1))}

    kinds = select(Organisation.code).where(Organisation.kind != OrganisationKind.NATIONAL_SOCIETY)
    networks = {code.upper() for code in session.scalars(select(Group.code))}
    assert set(session.scalars(kinds)) == {"IFRC", "ICRC"} | networks
    assert not codes & {"IFRC", "ICRC"}


def test_loading_again_changes_nothing(app: Flask) -> None:
    run(app)

    _status, printed, _said = run(app)

    assert json.loads(printed) == {
        "organisations": {"added": [], "changed": [], "unchanged": 194},
        "groups": {"added": [], "changed": [], "unchanged": 8},
    }


def test_a_directory_that_is_there_is_left_alone_when_asked(app: Flask, session: Session) -> None:
    run(app)
    kenya = session.scalars(select(Organisation).where(Organisation.code == "KEN")).one()
    kenya.timezone = "Africa/Kampala"
    session.commit()

    _status, printed, _said = run(app, "--unless-loaded")

    session.expire_all()
    assert json.loads(printed) == {"loaded": False}
    assert kenya.timezone == "Africa/Kampala"


def test_a_file_prints_what_it_changed(app: Flask, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    file.write_bytes(written({}))
    run(app, str(file))
    file.write_bytes(written({"name_fr": "Croix-Rouge", "member_from": ""}, {"iso3": "UGA"}))

    _status, printed, _said = run(app, str(file))

    organisations = json.loads(printed)["organisations"]
    assert organisations["added"] == ["UGA"]
    assert organisations["changed"] == [
        {"code": "KEN", "field": "names.fr", "before": None, "after": "Croix-Rouge"},
        {"code": "KEN", "field": "from_date", "before": "2011-11-23", "after": None},
    ]
    assert len(members_on(session, date(2000, 1, 1))) == 1


def test_a_file_without_dates_leaves_memberships_alone(app: Flask, session: Session) -> None:
    run(app)
    dateless = [column for column in ROW if not column.startswith("member_")]
    text = io.StringIO()
    writer = csv.DictWriter(text, dateless, extrasaction="ignore")
    writer.writeheader()
    writer.writerow({**ROW, "iso3": "MDV"})

    (society,) = read_societies(text.getvalue().encode())

    assert society.membership is None


def test_a_day_of_rest_in_either_source_is_a_day_of_rest() -> None:
    (society,) = read_societies(written({}))

    assert society.weekend_days == [5, 6, 7]


@pytest.mark.parametrize(
    ("column", "cell", "advice"),
    [
        ("ifrc_region", "Oceania", "is no region"),
        ("name_en", "", "name is missing"),
        ("timezone", "Mars/Base", "is no time zone"),
        ("timezone", "../../etc/passwd", "is no time zone"),
        ("weekend_days_cldr", "Caturday", "is no weekend"),
        ("member_from", "23/11/2011", "is no date"),
        ("member_from", "2011-02-30", "is no date"),
        ("member_until", "2010-01-01", "before the beginning"),
        ("tile_column", "four", "whole number"),
        ("tile_row", "", "both its column and its row"),
        ("iso3", "ke", "three capitals"),
        ("correspondence_language", "English", "language code"),
        ("name_fr", "bidi \u202e text", "control characters"),
        ("name_fr", "bell \x07", "control characters"),
        ("name_fr", "two\nlines", "control characters"),
        ("name_fr", "x" * 201, "longer than 200"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(column: str, cell: str, advice: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_societies(written({"iso3": "UGA"}, {column: cell}))

    sentence = str(refused.value.message).splitlines()[0]
    assert sentence.startswith(f"Row 3, column {column}: ")
    assert advice in sentence


def test_a_code_that_stands_twice_names_both_rows() -> None:
    with pytest.raises(BadFile, match="Row 3, column iso3: KEN stands in row 2 already"):
        read_societies(written({}, {}))


@pytest.mark.parametrize("column", NEEDED)
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(BadFile, match=f"Row 1, column {column}: it is missing"):
        read_societies(written({}, without=column))


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "Row 1, column iso3"),
        (written(), "no rows"),
        ("é".encode("latin-1") + written({}), "UTF-8"),
        (b"PK\x03\x04\x14\x00\xff\xfe", "UTF-8"),
        (written({}) + b'"open', "no CSV"),
        (written({}) + b"one,cell\n", "Row 3: it has not as many cells"),
        (b"x" * 2_000_001, "2 MB"),
    ],
)
def test_what_is_no_such_file_is_refused_with_advice(content: bytes, advice: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_societies(content)

    assert advice in str(refused.value.message)


def test_cells_that_start_like_formulas_are_text() -> None:
    (society,) = read_societies(written({"name_fr": "=1+1", "name_es": "@x", "name_ar": "-x"}))

    assert society.names["fr"] == "=1+1"


@pytest.mark.both_databases
def test_a_bad_file_loads_nothing_at_all(app: Flask, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(written({}, {"iso3": "UGA", "timezone": "Mars/Base"}))

    status, printed, said = run(app, str(file))

    assert (status, printed) == (1, "")
    assert "Row 3, column timezone" in said
    assert session.scalars(select(Organisation)).all() == []


def test_a_file_that_is_not_there_is_refused_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    status, printed, said = run(app, str(tmp_path / "none.csv"))

    assert (status, printed) == (1, "")
    assert len(said.strip().splitlines()) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        read_societies(content)


@given(st.sampled_from(sorted(ROW)), st.text(max_size=40))
def test_any_cell_is_read_or_refused(column: str, cell: str) -> None:
    try:
        content = written({column: cell})
    except UnicodeEncodeError:
        return
    try:
        (society,) = read_societies(content)
    except BadFile as refused:
        outcome = str(refused.message)
    else:
        outcome = f"Row read: {society.code}"
    assert outcome.startswith("Row ")


def test_groups_say_whether_their_lists_are_complete(app: Flask, session: Session) -> None:
    run(app)

    complete = set(session.scalars(select(Group.code).where(col(Group.members_complete))))
    held = select(Organisation.code).join(GroupMembership).join(Group)
    co_chairs = set(session.scalars(held.where(Group.code == "mlg_cochairs")))

    assert complete == {"sahel_plus", "mlg_cochairs"}
    assert co_chairs == {"IFRC", "ICRC", "AUS", "MDV", "SWE"}


def test_every_group_of_the_package_names_organisations_of_the_package() -> None:
    codes = {society.code for society in directory_data.societies()} | {"IFRC", "ICRC"}

    named = {place.organisation for _group, places in directory_data.groups() for place in places}

    assert named <= codes


def test_the_sources_are_credited_beside_the_data() -> None:
    sources = (ROOT / "movement" / "data" / "SOURCES.md").read_text(encoding="utf-8")

    assert "GeoNames" in sources
    assert "CC BY 4.0" in sources
