"""Opening a Word file safely: what it is made of, and the refusals of what isn't one.

Knows where a file's parts lie and how they are linked, and nothing of what they say. Nothing is
ever fetched from outside the file, and no entity is ever resolved.
"""

import posixpath
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from lxml import etree

from consult.word.names import PACKAGE_LINKS, STRICT, w
from core.archives import OLE, ZIP, Bursting, Declaring, Limits, Unsafe, opened
from core.errors import DomainError
from core.texts import lazy as _l

MAX_BYTES = 12_000_000
LIMITS = Limits(unpacked=100_000_000, markup=20_000_000, ratio=200, parts=5_000)
_NAMES = {old.encode(): new.encode() for old, new in STRICT.items()}
_MAIN = ("officeDocument",)
_CUSTOM = ("custom-properties", "customProperties")
_READ = (
    "footnotes",
    "endnotes",
    "comments",
    "commentsExtended",
    "numbering",
    "styles",
    "settings",
)


@dataclass(frozen=True)
class Package:
    """A Word file's parts that hold text or say how it is numbered, parsed; and its links.

    `parts` by the last word of their relation's type ("footnotes"), `links` of the main text from
    relation id to address, for hyperlinks. `properties`: those that aren't Word's own, as texts.
    """

    body: Any
    parts: dict[str, Any]
    links: dict[str, str]
    properties: dict[str, str] = field(default_factory=dict)


def open_package(data: bytes) -> Package:
    """The parts of the .docx file in these bytes. Raises DomainError, saying what to do."""
    if len(data) > MAX_BYTES:
        raise DomainError(
            _l("This file is larger than 12 MB. Take out its pictures, and try again."), 413
        )
    if data.startswith(OLE):
        raise DomainError(
            _l(
                "This file is in the old Word format, or locked with a password. Open it in Word, "
                "save it as a .docx file without password, and try again."
            )
        )
    if not data.startswith(ZIP):
        raise _no_word_file()
    try:
        with opened(data, LIMITS) as archive:
            return _read(archive)
    except Declaring as declaring:
        raise _declaring() from declaring
    except Bursting as bursting:
        raise DomainError(
            _l("This file unpacks to far more than a text needs. It was not opened.")
        ) from bursting
    except (Unsafe, etree.XMLSyntaxError) as damaged:
        raise DomainError(
            _l("This Word file can't be read. Open it in Word, save it anew, and try again.")
        ) from damaged


def _read(archive: ZipFile) -> Package:
    names = {name.lower(): name for name in archive.namelist()}
    roots = _relations(archive, names, "")
    main = next((path for kind, path, _ in roots if kind in _MAIN), None)
    if main is None or main.lower() not in names:
        raise _no_word_file()
    document = _parsed(archive.read(names[main.lower()]))
    body = document.find(w("body"))
    if document.tag != w("document") or body is None:
        raise _no_word_file()
    relations = _relations(archive, names, main)
    parts = {
        kind: _parsed(archive.read(names[path.lower()]))
        for kind, path, _ in reversed(relations)
        if kind in _READ and path.lower() in names
    }
    links = {key: path for kind, path, key in relations if kind == "hyperlink"}
    custom = next((path for kind, path, _ in roots if kind in _CUSTOM), "").lower()
    own = _properties(archive.read(names[custom])) if custom in names else {}
    return Package(body, parts, links, own)


def _properties(data: bytes) -> dict[str, str]:
    found = (one for one in _parsed(data).iterchildren() if one.get("name"))
    return {one.get("name"): "".join(one.itertext()) for one in found}


def _relations(archive: ZipFile, names: dict[str, str], of: str) -> list[tuple[str, str, str]]:
    """The relations of a part ("" for the file itself): type's last word, target, id."""
    folder, name = posixpath.split(of)
    path = posixpath.join(folder, "_rels", f"{name}.rels").lower()
    if path not in names:
        return []
    found = _parsed(archive.read(names[path])).iter(f"{{{PACKAGE_LINKS}}}Relationship")
    return [_relation(element, folder) for element in found]


def _relation(element: Any, folder: str) -> tuple[str, str, str]:
    target = element.get("Target", "")
    if element.get("TargetMode") != "External":
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return element.get("Type", "").rsplit("/", 1)[-1], target, element.get("Id", "")


def _parsed(data: bytes) -> Any:
    """A part's root. Raises XMLSyntaxError, also for one nested deeper than 256 elements."""
    for old, new in _NAMES.items():
        data = data.replace(old, new)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declaring()
    return root


def _no_word_file() -> DomainError:
    return DomainError(_l("This is no Word file. Save the text as a .docx file, and try again."))


def _declaring() -> DomainError:
    return DomainError(
        _l("This file defines entities of its own, as attacks do. It was not opened.")
    )
