"""Files that must not be opened: too large, made to burst on unpacking, or no spreadsheet at all.

Looks at a file's first bytes and its archive's table of contents, and refuses to know what the
spreadsheet says.
"""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from core.texts import Lazy
from core.texts import lazy as _l

MAX_BYTES = 10_000_000
MAX_UNPACKED = 50_000_000
MAX_MARKUP = 8_000_000
MAX_RATIO = 200
MAX_PARTS = 1_000
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKUP = (".xml", ".rels", ".vml")
_DECLARATION = "<!DOCTYPE", "<!ENTITY"
_DECLARED = re.compile(
    b"|".join(
        re.escape(word.encode(encoding))
        for word in _DECLARATION
        for encoding in ("ascii", "utf-16-le", "utf-16-be")
    )
)
_CHUNK = 1 << 20


class Refused(ValueError):
    """The file is not opened. `message`: why, and what to do; where in it, if that is known."""

    def __init__(
        self,
        message: Lazy,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(message.message)
        self.message = message
        self.place = (sheet, row, column)


def is_old(data: bytes) -> bool:
    """Whether this is a workbook of before 2007 (.xls), by its content and not by its name."""
    return data.startswith(_OLE)


def refuse_dangerous(data: bytes) -> None:
    """Raise Refused unless this is an .xlsx or .xls file that can be opened without harm.

    An .xls file is not packed: its size bounds what is in it, and its reader is bounded by cells.
    """
    if len(data) > MAX_BYTES:
        raise Refused(
            _l("This file is larger than 10 MB. Take out pictures and sheets that aren't needed.")
        )
    if is_old(data):
        return
    if not data.startswith(_ZIP):
        raise _not_a_spreadsheet()
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_archive(archive, len(data))
    except Refused:
        raise
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as damaged:
        raise unreadable() from damaged


def _check_archive(archive: ZipFile, size: int) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    markup = sum(part.file_size for part in parts if part.filename.lower().endswith(_MARKUP))
    too_much = unpacked > MAX_UNPACKED or markup > MAX_MARKUP or len(parts) > MAX_PARTS
    if too_much or unpacked > MAX_RATIO * size:
        raise Refused(
            _l("This file unpacks to far more than a questionnaire needs. It was not opened.")
        )
    if "xl/workbook.xml" not in archive.namelist():
        raise _not_a_spreadsheet()
    for part in parts:
        if part.filename.lower().endswith(_MARKUP) and _declares(archive, part):
            raise Refused(
                _l("This file defines entities of its own, as attacks do. It was not opened.")
            )


def _declares(archive: ZipFile, part: ZipInfo) -> bool:
    """Whether an XML part carries a document type. Never more than its declared size is read."""
    overlap = b""
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            if _DECLARED.search(overlap + chunk):
                return True
            overlap = chunk[-40:]
    return False


def _not_a_spreadsheet() -> Refused:
    return Refused(
        _l("This is no spreadsheet. Save the form as an .xlsx or .xls file, and try again.")
    )


def unreadable() -> Refused:
    """For a spreadsheet whose inside is damaged or locked with a password."""
    return Refused(
        _l("This spreadsheet can't be read. Open it, save it anew without password, and try again.")
    )
