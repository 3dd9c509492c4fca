"""Packed files (.xlsx, .docx) that may be opened without harm: judged before anything is unpacked.

Looks at an archive's table of contents and at the beginnings of XML, and refuses to know what the
document inside says. The sentence for the person is the caller's, who knows what was expected.
"""

import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a packed file begins, and one of before 2007 (or one locked with a password)."""
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
_LINK = 0o170000
_PACKED = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""How office programs pack; the other ways unpack slower, and fail in ways of their own."""


class Unsafe(ValueError):
    """The archive is not opened."""


class Damaged(Unsafe):
    """It can't be read: cut off, locked with a password, or no archive at all."""


class Bursting(Unsafe):
    """It unpacks to more than its kind of document needs."""


class Misnamed(Unsafe):
    """A member would land outside the archive, is a link, or carries another's name."""


class Declaring(Unsafe):
    """A part of XML declares a document type or entities, which no office program writes."""


@dataclass(frozen=True)
class Limits:
    """How much a kind of document may hold, in bytes unpacked.

    `markup` is for all XML together, `ratio` how many times larger than packed, `parts` how many.
    """

    unpacked: int
    markup: int
    ratio: int
    parts: int


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[ZipFile]:
    """The archive in these bytes, once it is known to be harmless. Raises Unsafe.

    What is read within the block and proves damaged raises Damaged. No member gives more than the
    size it declares: zipfile cuts it there, and its checksum fails.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check(archive, len(data), limits)
            yield archive
    except Unsafe:
        raise
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Damaged from error


def _check(archive: ZipFile, size: int, limits: Limits) -> None:
    parts = archive.infolist()
    if any(part.compress_type not in _PACKED for part in parts):
        raise Damaged
    unpacked = sum(part.file_size for part in parts)
    markup = sum(part.file_size for part in parts if _is_markup(part))
    too_much = unpacked > limits.unpacked or markup > limits.markup or len(parts) > limits.parts
    if too_much or unpacked > limits.ratio * size:
        raise Bursting
    if len({part.filename for part in parts}) < len(parts) or any(map(_leads_out, parts)):
        raise Misnamed
    if any(_is_markup(part) and _declares(archive, part) for part in parts):
        raise Declaring


def _is_markup(part: ZipInfo) -> bool:
    return part.filename.lower().endswith(_MARKUP)


def _leads_out(part: ZipInfo) -> bool:
    """Whether its name climbs out of the archive, or it is a link to somewhere else."""
    steps = part.filename.replace("\\", "/").split("/")
    return ".." in steps or not steps[0] or ":" in steps[0] or _is_link(part)


def _is_link(part: ZipInfo) -> bool:
    return (part.external_attr >> 16) & _LINK == stat.S_IFLNK


def _declares(archive: ZipFile, part: ZipInfo) -> bool:
    """Whether an XML part carries a document type. Never more than its declared size is read."""
    overlap = b""
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            if _DECLARED.search(overlap + chunk):
                return True
            overlap = chunk[-40:]
    return False
