"""Files that must not be opened: too large, made to burst on unpacking, or no spreadsheet at all.

Looks at a file's first bytes and its archive's table of contents, and refuses to know what the
spreadsheet says.
"""

from core.archives import OLE, ZIP, Bursting, Declaring, Limits, Unsafe, opened
from core.texts import Lazy
from core.texts import lazy as _l

MAX_BYTES = 10_000_000
MAX_RATIO = 200
LIMITS = Limits(unpacked=50_000_000, markup=8_000_000, ratio=MAX_RATIO, parts=1_000)


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
    return data.startswith(OLE)


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
    if not data.startswith(ZIP):
        raise _not_a_spreadsheet()
    try:
        with opened(data, LIMITS) as archive:
            names = archive.namelist()
    except Declaring as declaring:
        raise Refused(
            _l("This file defines entities of its own, as attacks do. It was not opened.")
        ) from declaring
    except Bursting as bursting:
        raise Refused(
            _l("This file unpacks to far more than a questionnaire needs. It was not opened.")
        ) from bursting
    except Unsafe as damaged:
        raise unreadable() from damaged
    if "xl/workbook.xml" not in names:
        raise _not_a_spreadsheet()


def _not_a_spreadsheet() -> Refused:
    return Refused(
        _l("This is no spreadsheet. Save the form as an .xlsx or .xls file, and try again.")
    )


def unreadable() -> Refused:
    """For a spreadsheet whose inside is damaged or locked with a password."""
    return Refused(
        _l("This spreadsheet can't be read. Open it, save it anew without password, and try again.")
    )
