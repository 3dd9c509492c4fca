"""Files that are no Word file, or one made to do harm, are refused with a sentence."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from consult.word.package import LIMITS, MAX_BYTES
from consult.word.revisions import plain_text
from consult.word.walking import MAX_PARAGRAPHS
from core.errors import DomainError
from tests.consult.word_files import docx, p, packed, r

DOCTYPE = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
GOOD = docx(p(r("Text.")))


def with_files(files: dict[str, str | bytes], *, without: str = "") -> bytes:
    """A good file with other members put in or over its own."""
    with ZipFile(BytesIO(GOOD)) as archive:
        own: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    own.pop(without, None)
    return packed({**own, **files})


def document(content: str, before: str = "") -> bytes:
    """A good file with another main part."""
    start = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    return with_files({"word/document.xml": before + start + content + "</w:document>"})


def linked() -> bytes:
    out = BytesIO(GOOD)
    with ZipFile(out, "a") as archive:
        link = ZipInfo("word/media/x")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def doubled() -> bytes:
    out = BytesIO(GOOD)
    with ZipFile(out, "a", ZIP_DEFLATED) as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<other/>")
    return out.getvalue()


def squeezed(method: int) -> bytes:
    """A good file with a member packed in a way that no office program packs."""
    out = BytesIO(GOOD)
    with ZipFile(out, "a") as archive:
        archive.writestr("word/more.xml", "<a/>" * 99, method)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no Word file"),
        (b"Just text.", "no Word file"),
        (packed({"a.txt": "x"}), "no Word file"),
        (with_files({}, without="word/document.xml"), "no Word file"),
        (with_files({"word/document.xml": "<other/>"}), "no Word file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600, "old Word format"),
        (b"PK\x03\x04" + b"0" * 600, "can't be read"),
        (GOOD[: len(GOOD) // 2], "can't be read"),
        (with_files({"word/document.xml": "<w:document"}), "can't be read"),
        (document("<w:body>" + "<w:p>" * 5_000 + "</w:p>" * 5_000 + "</w:body>"), "can't be read"),
        (with_files({"../../evil": "x"}), "can't be read"),
        (with_files({"..\\evil": "x"}), "can't be read"),
        (with_files({"/etc/x": "x"}), "can't be read"),
        (linked(), "can't be read"),
        (doubled(), "can't be read"),
        (squeezed(ZIP_LZMA), "can't be read"),
        (squeezed(ZIP_BZIP2), "can't be read"),
        (document("<w:body/>", DOCTYPE), "entities"),
        (with_files({"word/styles.xml": DOCTYPE.encode("utf-16") + b"<a/>"}), "entities"),
        (with_files({"word/media/x.bin": b"0" * (LIMITS.unpacked + 1)}), "unpacks"),
        (with_files({"word/x.bin": b"0" * LIMITS.ratio * 10_000}), "unpacks"),
        (with_files({"word/x.xml": b" " * (LIMITS.markup + 1)}), "unpacks"),
        (with_files({f"x{n}": b"0" for n in range(LIMITS.parts + 1)}), "unpacks"),
        (b"PK\x03\x04" + b"0" * MAX_BYTES, "12 MB"),
        (document(f"<w:body>{'<w:p/>' * (MAX_PARAGRAPHS + 1)}</w:body>"), "paragraphs"),
    ],
    ids=[
        "empty", "text", "archive", "no main part", "other root", "old or locked", "noise",
        "cut off", "broken XML", "deep", "climbing", "climbing on Windows", "absolute", "link",
        "twice the same", "LZMA", "bzip2", "entities", "entities in UTF-16", "bomb", "ratio",
        "markup", "parts", "large", "long",
    ],
)  # fmt: skip
def test_a_file_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(DomainError) as refused:
        plain_text(data, accept=True)

    assert said in refused.value.message.message  # type: ignore[attr-defined]  # lazy, in English


def test_a_declaration_in_an_unusual_encoding_is_found_by_the_parser() -> None:
    hidden = f'<?xml version="1.0" encoding="UTF-32"?>{DOCTYPE}<a>&c;</a>'.encode("utf-32")

    with pytest.raises(DomainError):
        plain_text(with_files({"word/document.xml": hidden}), accept=True)


def test_a_declared_size_that_is_a_lie_gives_no_more_than_declared() -> None:
    data = bytearray(with_files({"word/document.xml": b"<a>" + b" " * 200_000 + b"</a>"}))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")

    with pytest.raises(DomainError):
        plain_text(bytes(data), accept=True)


def test_nothing_outside_the_file_is_fetched() -> None:
    elsewhere = document(
        '<w:body xmlns:xi="http://www.w3.org/2001/XInclude">'
        '<xi:include href="file:///etc/passwd" parse="text"/></w:body>'
    )

    assert plain_text(elsewhere, accept=True) == []
