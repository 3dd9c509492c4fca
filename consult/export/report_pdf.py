"""Reports as PDF for people and for screen readers (PDF/UA-1), set by Typst.

Everything a report says is handed over as data and read as text: the program that sets it is
constant, and nothing anybody wrote is ever code.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import fontpkg
import typst

from consult.export.report import Heading, Part, Report, Table, goes_left
from core.scripts import is_right_to_left

_LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
_ARABIC = "Noto Sans Arabic"
Standard = Literal["ua-1"]
_PROGRAM = Path(__file__).with_name("report.typ")


def pdf(report: Report) -> bytes:
    """The report as PDF; the same report always gives the same bytes.

    A text in a script that our fonts don't have can't be read aloud from its signs: such a report
    is a PDF all the same, with the system's fonts, and doesn't claim the standard.
    """
    data = json.dumps(_data(report), ensure_ascii=False)
    try:
        return _set(data, standard="ua-1", ours_only=True)
    except typst.TypstError:
        return _set(data, standard=None, ours_only=False)


def _set(data: str, *, standard: Standard | None, ours_only: bool) -> bytes:
    made = typst.compile(
        _PROGRAM,
        format="pdf",
        font_paths=[_fonts()],
        ignore_system_fonts=ours_only,
        sys_inputs={"data": data},
        pdf_standards=standard,
        timestamp=_LONG_AGO,
    )
    return bytes(made)


@cache
def _fonts() -> Path:
    return Path(fontpkg.path(_ARABIC)).parent


def _data(report: Report) -> dict[str, Any]:
    rtl = is_right_to_left(report.language)
    return {
        "title": report.title.strip() or "–",
        "language": report.language,
        "direction": "rtl" if rtl else "ltr",
        "fonts": [_ARABIC, "Libertinus Serif"] if rtl else ["Libertinus Serif", _ARABIC],
        "banner": report.banner,
        "landscape": report.landscape,
        "parts": [_part(part) for part in report.parts],
        "notes": {key: [asdict(span) for span in spans] for key, spans in report.notes.items()},
    }


def _part(part: Part) -> dict[str, Any]:
    data = asdict(part)
    if isinstance(part, Table):
        columns = len(part.headings)
        rows = [[_cell(cell) for cell in row] for row in part.rows]
        return {"part": "table", **data, "rows": rows, "widths": part.widths or (1,) * columns}
    if isinstance(part, Heading):
        return {"part": "heading", **data, "text": part.text.strip() or "–"}
    language = part.language
    direction = ("rtl" if is_right_to_left(language) else "ltr") if language else ""
    return {"part": "text", **data, "direction": direction}


def _cell(text: str) -> dict[str, str]:
    left = goes_left(text, otherwise=False)
    return {"text": text, "direction": "rtl" if left else "ltr"}
