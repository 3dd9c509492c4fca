"""The styles of our Word files: sizes, spaces, headings, notes and tables. Fonts are only named.

A file is in one language, and goes in its direction: each paragraph says so by its style.
"""

from typing import Any

from consult.export.word_xml import w
from core.scripts import is_right_to_left

FONT = "Noto Sans"
ARABIC_FONT = "Noto Sans Arabic"
INDENT = 567
"""A level's indent in twentieths of a point: one centimetre."""
_HEADING_SIZES = (32, 28, 24, 22, 22, 22)
_REGIONS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA"}


def tag_of(language: str) -> str:
    """A language as Word names it: with a country."""
    return _REGIONS.get(language, language)


def styles(language: str) -> Any:
    """The part `word/styles.xml`."""
    return w(
        "styles",
        _defaults(language),
        _paragraph("Normal", "Normal", w("spacing", after=120), default="1", base=""),
        _paragraph("Title", "Title", w("spacing", after=240), w("b"), *_size(40)),
        *(_heading(level, size) for level, size in enumerate(_HEADING_SIZES, start=1)),
        _paragraph("FootnoteText", "footnote text", w("spacing", after=40), *_size(18)),
        _paragraph("CommentText", "annotation text", None, *_size(20)),
        _paragraph("Label", "Label", w("spacing", after=40), w("b"), w("color", val="404040")),
        _paragraph("Quiet", "Quiet", w("spacing", after=80), w("color", val="404040"), *_size(20)),
        _paragraph("Cell", "Cell", w("spacing", after=0), *_size(18)),
        _character("FootnoteReference", "footnote reference", w("vertAlign", val="superscript")),
        _character("CommentReference", "annotation reference", *_size(16)),
        _character("Hyperlink", "Hyperlink", w("color", val="0B5A73"), w("u", val="single")),
        _grid(),
    )


def _defaults(language: str) -> Any:
    rtl = is_right_to_left(language)
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=ARABIC_FONT if rtl else FONT)
    lang = w("lang", val="en-GB" if rtl else tag_of(language), bidi=tag_of(language))
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", fonts, *_size(22), lang)),
        w("pPrDefault", w("pPr", w("spacing", after=120, line=300, lineRule="auto"))),
    )


def _size(half_points: int) -> tuple[Any, Any]:
    return w("sz", val=half_points), w("szCs", val=half_points)


def _paragraph(
    name: str, title: str, spacing: Any, *run: Any, default: str = "0", base: str = "Normal"
) -> Any:
    style = w("style", w("name", val=title), type_="paragraph", default=default, styleId=name)
    style.extend([w("basedOn", val=base)] if base else [])
    style.append(w("qFormat"))
    style.extend([w("pPr", spacing)] if spacing is not None else [])
    style.extend([w("rPr", *run)] if run else [])
    return style


def _heading(level: int, size: int) -> Any:
    properties = w(
        "pPr", w("keepNext"), w("spacing", before=240, after=120), w("outlineLvl", val=level - 1)
    )
    return w(
        "style",
        w("name", val=f"heading {level}"),
        w("basedOn", val="Normal"),
        w("next", val="Normal"),
        w("qFormat"),
        properties,
        w("rPr", w("b"), w("bCs"), *_size(size)),
        type_="paragraph",
        styleId=f"Heading{level}",
    )


def _character(name: str, title: str, *run: Any) -> Any:
    return w(
        "style", w("name", val=title), w("rPr", *run), type_="character", styleId=name
    )  # fmt: skip


def _grid() -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (w(side, val="single", sz=4, space=0, color="8A8A8A") for side in sides)
    margins = w("tblCellMar", w("left", w=80, type_="dxa"), w("right", w=80, type_="dxa"))
    return w(
        "style", w("name", val="Grid"), w("tblPr", w("tblBorders", *borders), margins),
        type_="table", styleId="Grid",
    )  # fmt: skip
