"""Small files of many types, for tests of evidence."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def zipped(*names: str, first: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
ODT = zipped("content.xml", first=b"application/vnd.oasis.opendocument.text")
