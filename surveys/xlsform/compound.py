"""The container of old workbooks (OLE2): the one stream in it that matters, read with bounds.

Its sectors form chains, which a damaged or hostile file lets run in circles; no chain is followed
longer than the file has sectors. Refuses to know what the stream holds.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

STREAMS = ("workbook", "book")
_HEADER = 512
_ENTRY = 128
_LAST = 0xFFFFFFFA  # this and what follows name no sector
_STREAM, _ROOT = 2, 5
_SHIFTS = range(6, 21)


class Damaged(ValueError):
    """The container can't be followed."""


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


@dataclass(frozen=True)
class _Sectors:
    """Equal pieces of bytes and, for each, the number of the one that follows."""

    data: bytes
    size: int
    following: tuple[int, ...]

    def chain(self, start: int) -> bytes:
        """The bytes of the chain that begins here."""
        pieces: list[bytes] = []
        place = start
        while place < _LAST:
            if place >= len(self.following) or len(pieces) > len(self.following):
                raise Damaged
            pieces.append(self.data[place * self.size : (place + 1) * self.size])
            place = self.following[place]
        return b"".join(pieces)


def workbook_stream(data: bytes) -> bytes:
    """The workbook in an OLE2 file. Raises Damaged where there is none, or no way to it."""
    if len(data) < _HEADER:
        raise Damaged
    sectors = _sectors(data)
    (start,) = struct.unpack_from("<I", data, 48)
    entries = list(_entries(sectors.chain(start)))
    found = [entry for name in STREAMS for entry in entries if entry.name == name]
    books = [entry for entry in found if entry.kind == _STREAM]
    if not books:
        raise Damaged
    (cutoff,) = struct.unpack_from("<I", data, 56)
    if books[0].size >= cutoff:
        return sectors.chain(books[0].start)[: books[0].size]
    roots = [entry for entry in entries if entry.kind == _ROOT]
    if not roots:
        raise Damaged
    return _small(data, sectors, roots[0]).chain(books[0].start)[: books[0].size]


def _sectors(data: bytes) -> _Sectors:
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in _SHIFTS:
        raise Damaged
    size = 1 << shift
    body = data[_HEADER:].ljust(-(-(len(data) - _HEADER) // size) * size, b"\0")
    places = islice(_tables(data, body, size), len(body) // size)
    table = b"".join(body[place * size : (place + 1) * size] for place in places)
    return _Sectors(body, size, struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4]))


def _tables(data: bytes, body: bytes, size: int) -> Iterator[int]:
    """Where the parts of the table of sectors lie: 109 in the header, the others in a chain."""
    most = len(body) // size
    yield from (place for place in struct.unpack_from("<109I", data, 76) if place < most)
    (following,) = struct.unpack_from("<I", data, 68)
    for _ in range(most):
        if following >= most:
            return
        *places, following = struct.unpack_from(f"<{size // 4}I", body, following * size)
        yield from (place for place in places if place < most)


def _entries(directory: bytes) -> Iterator[_Entry]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        yield _Entry(name.lower(), kind, start, size)


def _small(data: bytes, sectors: _Sectors, root: _Entry) -> _Sectors:
    """The small sectors, which lie in a stream of large ones."""
    (shift,) = struct.unpack_from("<H", data, 32)
    (start,) = struct.unpack_from("<I", data, 60)
    if shift not in _SHIFTS:
        raise Damaged
    table = sectors.chain(start)
    following = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
    return _Sectors(sectors.chain(root.start), 1 << shift, following)
