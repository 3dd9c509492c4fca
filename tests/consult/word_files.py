"""Word files written element by element, so that a test says exactly what stands in one."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import strategies as st

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = ("footnotes", "endnotes", "comments", "commentsExtended", "numbering", "styles")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
AT = "2026-03-01T12:00:00Z"


def who(author: str, at: str = AT) -> str:
    """The attributes of a tracked change."""
    return f'w:id="7" w:author="{author}" w:date="{at}"'


def r(text: str, *, props: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>'


def ins(*inside: str, by: str = "First", at: str = AT) -> str:
    """What somebody inserted."""
    return f"<w:ins {who(by, at)}>{''.join(inside)}</w:ins>"


def gone(*inside: str, by: str = "First", at: str = AT) -> str:
    """What somebody deleted."""
    whole = "".join(inside).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f"<w:del {who(by, at)}>{whole}</w:del>"


def p(*inside: str, mark: str = "", props: str = "") -> str:
    """A paragraph. `mark`: "ins" or "del", by the first author; "ins Second" by another."""
    kind, _, by = mark.partition(" ")
    flag = f"<w:rPr><w:{kind} {who(by or 'First')}/></w:rPr>" if kind else ""
    return f"<w:p><w:pPr>{props}{flag}</w:pPr>{''.join(inside)}</w:p>"


def numbered(text: str, level: int = 0, num: int = 1, props: str = "") -> str:
    """A paragraph of a list."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return p(r(text), props=number + props)


def styled(text: str, style: str) -> str:
    """A paragraph in a style."""
    return p(r(text), props=f'<w:pStyle w:val="{style}"/>')


def table(*rows: str) -> str:
    """A table of such rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def tr(*cells: str, change: str = "") -> str:
    """A row. `change`: "ins" or "del"."""
    flag = f"<w:trPr><w:{change} {who('First')}/></w:trPr>" if change else ""
    return f"<w:tr>{flag}{''.join(cells)}</w:tr>"


def tc(*inside: str, change: str = "") -> str:
    """A cell. `change`: "cellIns" or "cellDel"."""
    flag = f"<w:tcPr><w:{change} {who('First')}/></w:tcPr>" if change else ""
    return f"<w:tc>{flag}{''.join(inside)}</w:tc>"


def field(code: str, *result: str) -> str:
    """A field with its code and what it last showed."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{_escaped(code)}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{"".join(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def note(key: int, *paragraphs: str, kind: str = "footnote") -> str:
    """A footnote's or endnote's content, for the part of that name."""
    return f'<w:{kind} w:id="{key}">{"".join(paragraphs)}</w:{kind}>'


def reference(key: int, kind: str = "footnote") -> str:
    """A note's sign in the text."""
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


def level(number: int, form: str, text: str, more: str = "") -> str:
    """A level of a list's definition."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def lists(*definitions: Iterable[str], nums: str = "") -> str:
    """The part of lists: one list, from 1, for each definition; `nums` are further ones."""
    found = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'
        for key, levels in enumerate(definitions, start=1)
    )
    own = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
        for key in range(1, len(definitions) + 1)
    )
    return found + own + nums


def docx(*blocks: str, **parts: str) -> bytes:
    """A file of these blocks and parts (footnotes, comments, numbering, styles and so on).

    `links`: relation ids and addresses, a link a line.
    """
    links = [line.partition(" ") for line in parts.pop("links", "").splitlines()]
    roots = {"commentsExtended": "w15:commentsEx"}
    files = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml", "rId1", "")]),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{''.join(blocks)}"
        "<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            [
                *((kind, f"{kind}.xml", f"rId{at}", "") for at, kind in enumerate(parts, start=1)),
                *(("hyperlink", to, key, "External") for key, _, to in links),
            ]
        ),
    }
    for kind, content in parts.items():
        root = roots.get(kind, f"w:{kind}")
        files[f"word/{kind}.xml"] = f"<{root} {_NAMESPACES}>{content}</{root}>"
    return packed({name: _HEAD + text for name, text in files.items()})


def packed(files: dict[str, str | bytes]) -> bytes:
    """An archive of these files."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _types(parts: Iterable[str]) -> str:
    own = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for kind in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override'
        f' PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{own}</Types>'
    )


def _relations(relations: Iterable[tuple[str, str, str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{_escaped(to)}"'
        f"{f' TargetMode={chr(34)}{mode}{chr(34)}' if mode else ''}/>"
        for kind, to, key, mode in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


WORDS = st.text(st.sampled_from("abc  ,.&<é٣عمل\u064b\u200f"), min_size=1, max_size=12)
"""Texts of runs, Arabic among them."""
