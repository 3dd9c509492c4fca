"""What a file is, told by its content; and the name it may keep."""

import pytest

from core.content import TYPES, safe_name, type_of
from tests.surveys.files import DOCX, ODT, PDF, PNG


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Plan 2020.pdf", "Plan 2020.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\files\\plan.PDF", "plan.pdf"),
        ("page.html", "page.pdf"),
        ("report.pdf.exe", "report.pdf.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ('a"b<c>|?.pdf', "a b c.pdf"),
        ("خطة العمل.pdf", "خطة العمل.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_do_harm(name: str, kept: str) -> None:
    assert safe_name(name, TYPES[0]) == kept


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (ODT, "application/vnd.oasis.opendocument.text"),
        ("a,b\nمياه,2\n".encode(), "text/plain"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
    ],
)
def test_a_type_is_told_by_its_content(content: bytes, mime: str) -> None:
    found = type_of(content)

    assert found is not None
    assert found.mime == mime


def test_no_type_that_runs_when_opened_is_on_the_list() -> None:
    endings = {ending for one in TYPES for ending in one.endings}

    assert not endings & {"html", "htm", "svg", "xml", "js", "exe", "docm", "xlsm", "doc", "zip"}
