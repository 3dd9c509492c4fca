"""Attacks 7, 28 and 29: what was written as text leaves as text, and what comes in is text."""

import csv
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from core.cells import DANGEROUS
from movement.models import Role
from tests.attacks.addresses import addresses, own
from tests.attacks.browser import Page
from tests.attacks.hostile import PAYLOAD, SYNTAX
from tests.attacks.world import World
from tests.surveys.xlsform_builder import row, xlsform

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STARTERS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "＝1+1")


def workbooks(world: World) -> dict[str, bytes]:
    """Every workbook that somebody can take away, by its address."""
    return dict(_files(world, "spreadsheetml"))


def tables(world: World) -> dict[str, str]:
    """Every CSV file that somebody can take away, those in archives too."""
    found = {path: data.decode("utf-8-sig") for path, data in _files(world, "text/csv")}
    for path, data in _files(world, "zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith(".csv"):
                    found[f"{path}/{name}"] = archive.read(name).decode("utf-8-sig")
    return found


def _files(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    paths = [(role, one.path) for one in addresses(world, own(world)) if "GET" in one.verbs
             for role in (Role.FOCAL_POINT, Role.SECRETARIAT, Role.CO_CHAIR)]  # fmt: skip
    for who, call in (("secretariat", "spring"), ("consultant", "spring")):
        paths += [(Role(who), f"/exports/{world.ids[f'{who} {call} {form}']}/file")
                  for form in ("xlsx", "csv")]  # fmt: skip
    for role, path in paths:
        answer = world.get(role, path)
        if answer.status_code == 200 and kind in (answer.mimetype or ""):
            assert answer.headers["Content-Disposition"].startswith("attachment")
            yield f"{role} {path}", answer.data


def test_no_workbook_holds_a_formula_or_a_link(world: World) -> None:
    found = workbooks(world)

    assert {path.split("/")[1] for path in found} == {
        "consultations",
        "responses",
        "exports",
        "surveys",
    }
    for path, data in found.items():
        texts = ""
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                assert "externalLink" not in name
                if name.endswith(".xml"):
                    root = ET.fromstring(book.read(name))  # noqa: S314 -- made by us just now
                    assert not list(root.iter(f"{MAIN}f")), (path, name)
                    assert not list(root.iter(f"{MAIN}hyperlink")), (path, name)
                    texts += " ".join(root.itertext())
        assert "=HYPERLINK(A1)" in texts, path
        if "/draft/" not in path:  # a draft that is tried holds no such text
            assert SYNTAX in texts.replace("\u200b", ""), path  # a form parts what is no reference


def test_no_cell_of_a_csv_file_begins_as_a_formula(world: World) -> None:
    found = tables(world)
    assert {path.split("/")[1] for path in found} == {
        "exports",
        "pledges",
        "public",
        "results",
    }

    wrong = [
        (path, cell)
        for path, text in found.items()
        for line in csv.reader(io.StringIO(text))
        for cell in line
        if cell.startswith(DANGEROUS) and not _is_number(cell)
    ]

    assert wrong == []
    assert any("'=HYPERLINK(A1)" in text for text in found.values())


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdecimal()


@pytest.mark.parametrize("start", STARTERS)
def test_an_answer_that_looks_like_a_formula_leaves_as_a_text(world: World, start: str) -> None:
    path = f"/responses/{world.ids['KEN spring']}"
    world.send("respondent", f"{path}/sections/only", {"edition": "1", "q_name": start})

    copy = world.get("respondent", f"{path}/copy.xlsx").data

    with zipfile.ZipFile(io.BytesIO(copy)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 -- made by us
        strings = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 -- made by us
    assert not list(sheet.iter(f"{MAIN}f"))
    assert start.strip() in " ".join(strings.itertext())


def spoiled(*, good: bool) -> bytes:
    """An imported form with the payload in all texts, and (unless good) in codes and types."""
    labels = {"label::English (en)": PAYLOAD, "hint::English (en)": PAYLOAD}
    bad = row("select_one nowhere", "x", **labels) if not good else row("text", "x", **labels)
    rows = [row("text", "colour", **labels), row("note", "remark", **labels), bad]
    if not good:
        rows += [row(f"text{PAYLOAD}", f"code{PAYLOAD}", **labels, relevant=f"${{{PAYLOAD}}} = 1")]
    return xlsform(rows, settings={"form_title": PAYLOAD, "form_id": "form"})


@pytest.mark.parametrize("verdict", ["taken", "refused"])
def test_nothing_in_an_imported_file_comes_alive(world: World, verdict: str) -> None:
    good = verdict == "taken"
    file = (io.BytesIO(spoiled(good=good)), f"{PAYLOAD.replace('/', '')}.xlsx")

    answer = world.send(
        "secretariat", "/surveys/import", {"file": file, "code": "fresh"},
        content_type="multipart/form-data",
    )  # fmt: skip
    pages = [answer, *(world.get("secretariat", path) for path in
                       ("/surveys", "/surveys/fresh", "/surveys/fresh/blank"))]  # fmt: skip

    assert answer.status_code == (200 if good else 400)
    assert [Page(page.text).alive for page in pages] == [[]] * 4
    assert "evil-x" in Page(pages[2].text if good else answer.text).text


@pytest.mark.parametrize("content", [b"", b"<html><script>alert(1)</script>", b"PK\x03\x04broken",
                                     b"%PDF-1.7", b"\x00" * 5000])  # fmt: skip
def test_what_is_no_workbook_is_refused_with_a_sentence(world: World, content: bytes) -> None:
    before = world.rows()

    answer = world.send(
        "secretariat", "/surveys/import",
        {"file": (io.BytesIO(content), "form.xlsx"), "code": "fresh"},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert answer.status_code == 400
    assert Page(answer.text).alive == []
    assert world.rows() == before


def test_an_export_is_for_who_asked_for_it(world: World) -> None:
    """Attack 7: the link in another person's session."""
    paths = [f"/exports/{world.ids['secretariat spring xlsx']}{end}" for end in ("", "/file")]
    for who in ("consultant", "focal_point", "co_chair", "administrator", "respondent"):
        assert {world.get(who, path).status_code for path in paths} <= {403, 404}
    assert {world.get("secretariat", path).status_code for path in paths} == {200}
    theirs = f"/exports/{world.ids['consultant spring xlsx']}/file"
    assert world.get("secretariat", theirs).status_code == 404
