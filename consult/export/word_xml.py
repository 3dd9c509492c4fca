"""WordprocessingML by hand: elements, texts that XML can hold, and a package whose bytes repeat.

It refuses to know what the document says.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
XML = "http://www.w3.org/XML/1998/namespace"
_NAMESPACES = {"w": MAIN, "r": LINKS}
_OWN = {"w": MAIN}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("([\t\n\r\u2028])")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Flow:
    """An element whose children are made while it's written, as the rows of a long table."""

    tag: str
    children: Iterable[Any]


def w(tag: str, *children: Any, **attributes: object) -> Any:
    """An element of the main vocabulary with attributes of it; children that are None are left out.

    An attribute's name may end in an underscore, as `type_`.
    """
    made = etree.Element(f"{{{MAIN}}}{tag}", nsmap=_OWN)
    for name, value in attributes.items():
        made.set(f"{{{MAIN}}}{name.rstrip('_')}", written(str(value)))
    made.extend([child for child in children if child is not None])
    return made


def written(text: str) -> str:
    """A text without the characters that no XML may hold."""
    return _UNWRITABLE.sub("", text)


def texts(text: str, tag: str = "t") -> list[Any]:
    """A run's text: `w:t` (or `w:delText`), tabs and breaks as elements of their own."""
    found = []
    for part in _BREAKS.split(written(text)):
        if part == "\t":
            found.append(w("tab"))
        elif part in {"\n", "\r", "\u2028"}:
            found.append(w("br"))
        elif part:
            element = w(tag)
            element.text = part
            element.set(f"{{{XML}}}space", "preserve")
            found.append(element)
    return found


def to_bytes(root: Any) -> bytes:
    """A part's bytes."""
    etree.cleanup_namespaces(root, top_nsmap=_NAMESPACES, keep_ns_prefixes=["w", "r"])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def flowing_to_bytes(tag: str, inner: str, children: Iterable[Any]) -> bytes:
    """A part's bytes: the root of this tag, an element in it, and elements or `Flow`s in that one.

    None of its children is held longer than it takes to write it.
    """
    out = BytesIO()
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration(standalone=True)
        with file.element(f"{{{MAIN}}}{tag}", nsmap=_NAMESPACES):
            _put(file, Flow(inner, children))
    return out.getvalue()


def _put(file: Any, flow: Flow) -> None:
    with file.element(f"{{{MAIN}}}{flow.tag}"):
        for child in flow.children:
            if isinstance(child, Flow):
                _put(file, child)
            else:
                etree.cleanup_namespaces(child, top_nsmap=_NAMESPACES)
                file.write(child)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts in this order; nothing in it tells when it was made."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in parts.items():
            info = ZipInfo(name, _EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return out.getvalue()
