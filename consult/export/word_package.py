"""A Word file being written: its body, and what its body refers to - links, footnotes, comments.

Ids count from the file's beginning, so that the same content gives the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from lxml import etree

from consult.export.word_styles import styles, tag_of
from consult.export.word_xml import (
    CUSTOM,
    LINKS,
    VALUES,
    flowing_to_bytes,
    packed,
    texts,
    to_bytes,
    w,
    written,
)
from core.scripts import is_right_to_left

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that people and programs name themselves."""
_PARTS = ("styles", "numbering", "settings", "footnotes", "comments")
_A4 = (11906, 16838)
_MARGIN = 1247


@dataclass
class Package:
    """What is gathered while a file is written. `landscape`: for wide tables.

    `properties`: what the file tells of itself beside its title, by name.
    """

    language: str
    title: str
    landscape: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=lambda: {"document": [], "footnotes": []})
    footnotes: list[Any] = field(default_factory=list)
    comments: list[Any] = field(default_factory=list)
    last_id: int = 0

    @property
    def right_to_left(self) -> bool:
        """Whether its paragraphs go from right to left."""
        return is_right_to_left(self.language)

    def next_id(self) -> int:
        """An id that no revision or bookmark has yet."""
        self.last_id += 1
        return self.last_id

    def link(self, part: str, href: str) -> str:
        """The relationship's id of a link in the document or in the footnotes."""
        known = self.links[part]
        if href not in known:
            known.append(href)
        return f"rLink{known.index(href) + 1}"

    def footnote(self, content: Iterable[Any]) -> int:
        """Add a footnote of one paragraph; its id. Word keeps 0 and below for its own."""
        number = len(self.footnotes) + 1
        sign = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
        shape = w("pPr", w("pStyle", val="FootnoteText"), self.bidi())
        self.footnotes.append(w("footnote", w("p", shape, sign, *content), id=number))
        return number

    def comment(self, author: str, at: datetime, lines: Sequence[str]) -> int:
        """Add a comment of plain paragraphs; its id."""
        number = len(self.comments)
        paragraphs = [self._comment_line(line, first=not at_) for at_, line in enumerate(lines)]
        self.comments.append(
            w("comment", *paragraphs, id=number, author=author, date=moment(at),
              initials="".join(word[:1] for word in author.split())[:6])
        )  # fmt: skip
        return number

    def _comment_line(self, line: str, *, first: bool) -> Any:
        shape = w("pPr", w("pStyle", val="CommentText"), self.bidi())
        sign = w("r", w("rPr", w("rStyle", val="CommentReference")), w("annotationRef"))
        return w("p", shape, sign if first else None, plain_run(self, line))

    def bidi(self) -> Any:
        """The sign of a paragraph from right to left, or None."""
        return w("bidi") if self.right_to_left else None

    def file(self, body: Iterable[Any], numbering: Any = None) -> bytes:
        """The whole file with these paragraphs, tables and `Flow`s; they're made one by one.

        Their links, footnotes and comments are known once the last of them is written.
        """
        document = flowing_to_bytes("document", "body", chain(body, [self._page()]))
        roots = {
            "styles": styles(self.language),
            "numbering": w("numbering") if numbering is None else numbering,
            "settings": self._settings(),
            "footnotes": w("footnotes", *_separators(), *self.footnotes),
            "comments": w("comments", *self.comments),
        }
        own = {"docProps/custom.xml": self._custom()} if self.properties else {}
        return packed(
            {
                "[Content_Types].xml": _content_types(own),
                "_rels/.rels": _relationships((*_ROOT, _OWN) if own else _ROOT),
                "docProps/core.xml": self._core(),
                **own,
                "word/document.xml": document,
                **{f"word/{name}.xml": to_bytes(root) for name, root in roots.items()},
                "word/_rels/document.xml.rels": _relationships(_inner(), self.links["document"]),
                "word/_rels/footnotes.xml.rels": _relationships((), self.links["footnotes"]),
            }
        )

    def _page(self) -> Any:
        width, height = reversed(_A4) if self.landscape else _A4
        size = w("pgSz", w=width, h=height, **({"orient": "landscape"} if self.landscape else {}))
        sides = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
        margins = w("pgMar", **sides, header=624, footer=624, gutter=0)
        return w("sectPr", size, margins, w("bidi") if self.right_to_left else None)

    def _settings(self) -> Any:
        return w(
            "settings",
            w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
            w("compat", w("compatSetting", name="compatibilityMode", val=15,
                          uri="http://schemas.microsoft.com/office/word")),
            w("themeFontLang", val="en-GB", bidi=tag_of(self.language)),
        )  # fmt: skip

    def _core(self) -> bytes:
        terms = "http://purl.org/dc/elements/1.1/"
        name = f"{{{_PACKAGE}/metadata/core-properties}}coreProperties"
        root = etree.Element(name, nsmap={"dc": terms})
        for key, value in (("title", self.title), ("language", tag_of(self.language))):
            etree.SubElement(root, f"{{{terms}}}{key}").text = written(value)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def _custom(self) -> bytes:
        root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap={None: CUSTOM, "vt": VALUES})
        for number, (name, value) in enumerate(self.properties.items(), start=2):
            own = etree.SubElement(root, f"{{{CUSTOM}}}property", fmtid=_FORMAT, pid=str(number),
                                   name=name)  # fmt: skip
            etree.SubElement(own, f"{{{VALUES}}}lpwstr").text = written(value)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


_ROOT = (
    ("rId1", f"{LINKS}/officeDocument", "word/document.xml"),
    ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)
_OWN = ("rId3", f"{LINKS}/custom-properties", "docProps/custom.xml")


def moment(at: datetime) -> str:
    """A moment as Word writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def plain_run(package: Package, text: str, *properties: Any, rtl: bool | None = None) -> Any:
    """A run of text in the file's direction, or in its own."""
    direction = w("rtl") if (package.right_to_left if rtl is None else rtl) else None
    marked = properties or direction is not None
    return w("r", w("rPr", *properties, direction) if marked else None, *texts(text))


def _separators() -> Iterable[Any]:
    for number, name in ((-1, "separator"), (0, "continuationSeparator")):
        yield w("footnote", w("p", w("r", w(name))), type_=name, id=number)


def _inner() -> Iterable[tuple[str, str, str]]:
    return ((f"rId{number}", f"{LINKS}/{name}", f"{name}.xml")
            for number, name in enumerate(_PARTS, start=1))  # fmt: skip


def _relationships(known: Iterable[tuple[str, str, str]], links: Iterable[str] = ()) -> bytes:
    root = etree.Element(f"{{{_PACKAGE}/relationships}}Relationships",
                         nsmap={None: f"{_PACKAGE}/relationships"})  # fmt: skip
    for id_, type_, target in known:
        etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship",
                         {"Id": id_, "Type": type_, "Target": target})  # fmt: skip
    for number, href in enumerate(links, start=1):
        etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship",
                         {"Id": f"rLink{number}", "Type": f"{LINKS}/hyperlink",
                          "Target": written(href), "TargetMode": "External"})  # fmt: skip
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _content_types(own: Iterable[str]) -> bytes:
    """What each part is; `own`: the parts of properties."""
    space = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    core = "application/vnd.openxmlformats-package"
    for extension, kind in (("rels", f"{core}.relationships+xml"), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    parts = {f"/word/{name}.xml": f"{_WORD}.{name}+xml" for name in _PARTS}
    parts["/word/document.xml"] = f"{_WORD}.document.main+xml"
    parts["/docProps/core.xml"] = f"{core}.core-properties+xml"
    parts |= {f"/{name}": f"{_OFFICE}.custom-properties+xml" for name in own}
    for name, kind in parts.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
