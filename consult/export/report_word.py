"""Reports as Word files: headings, paragraphs and tables in our styles.

Tracked changes belong to `word_draft`; here insertions are underlined, and deletions struck.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from consult.export.report import Heading, Part, Report, Span, Table, Text, goes_left
from consult.export.word_package import Package, plain_run
from consult.export.word_styles import INDENT
from consult.export.word_xml import Flow, w
from core.scripts import is_right_to_left

_WIDTH = {False: 9412, True: 14344}
"""The width between the margins, upright and landscape, in twentieths of a point."""


def word_file(report: Report) -> bytes:
    """The report as a .docx file."""
    package = Package(report.language, report.title, landscape=report.landscape)
    banner = [_paragraph(package, "Label", plain_run(package, report.banner))]
    parts = (element for part in report.parts for element in _part(package, report, part))
    last = [_paragraph(package, "Cell")]
    return package.file(chain(banner if report.banner else [], parts, last))


def _part(package: Package, report: Report, part: Part) -> Iterable[Any]:
    if isinstance(part, Heading):
        text = f"{part.label} {part.text}" if part.label else part.text
        yield _paragraph(package, f"Heading{part.level}", plain_run(package, text))
    elif isinstance(part, Text):
        yield _text(package, report, part)
    else:
        yield from _table(package, report, part)


def _paragraph(
    package: Package, style: str, *content: Any, depth: int = 0, bidi: Any = None
) -> Any:
    indent = w("ind", left=INDENT * depth) if depth else None
    direction = package.bidi() if bidi is None else bidi
    return w("p", w("pPr", w("pStyle", val=style), direction, indent), *content)


def _text(package: Package, report: Report, part: Text) -> Any:
    rtl = is_right_to_left(part.language or report.language)
    label = [plain_run(package, f"{part.label} ")] if part.label else []
    runs = [*label, *(_span(package, span, rtl=rtl) for span in part.spans)]
    style = "Quiet" if part.quiet else "Normal"
    return _paragraph(package, style, *runs, depth=part.depth, bidi=w("bidi", val=int(rtl)))


def _span(package: Package, span: Span, *, rtl: bool) -> Any:
    marks = [w("b"), w("bCs")] if span.bold else []
    marks += [w("i"), w("iCs")] if span.italic else []
    marks += [w("strike"), w("color", val="8C1D18")] if span.kind == "delete" else []
    marks += [w("color", val="1B5E20"), w("u", val="single")] if span.kind == "insert" else []
    return plain_run(package, span.text, *marks, rtl=rtl)


def _table(package: Package, report: Report, part: Table) -> Iterable[Any]:
    if part.caption:
        yield _paragraph(package, "Label", plain_run(package, part.caption))
    widths = _widths(part, _WIDTH[report.landscape])
    properties = w(
        "tblPr",
        w("tblStyle", val="Grid"),
        w("bidiVisual") if package.right_to_left else None,
        w("tblW", w=sum(widths), type_="dxa"),
        w("tblLayout", type_="fixed"),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    head = _row(package, part.headings, heading=True)
    rows = (_row(package, row) for row in part.rows)
    yield Flow("tbl", chain((properties, grid, head), rows))


def _widths(part: Table, whole: int) -> list[int]:
    shares = part.widths or (1,) * len(part.headings)
    return [whole * share // sum(shares) for share in shares]


def _row(package: Package, cells: Iterable[str], *, heading: bool = False) -> Any:
    return w(
        "tr",
        w("trPr", w("cantSplit"), w("tblHeader") if heading else None),
        *(
            w("tc", _cell(package, cell, bold=heading)) for cell in cells
        ),
    )  # fmt: skip


def _cell(package: Package, text: str, *, bold: bool) -> Any:
    """A cell in its own direction; it stays on the table's side of its column."""
    marks = (w("b"), w("bCs")) if bold else ()
    rtl = goes_left(text, otherwise=package.right_to_left)
    bidi = w("bidi", val=int(rtl)) if rtl or package.right_to_left else None
    shape = w("pPr", w("pStyle", val="Cell"), bidi)
    return w("p", shape, plain_run(package, text, *marks, rtl=rtl) if text else None)
