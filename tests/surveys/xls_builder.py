"""Small .xls files for the tests, of texts alone: no package writes the old format any more."""

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SMALLEST = 4096  # what is smaller would lie among the small sectors

Sheet = Sequence[Sequence[str]]


def xls(sheets: Mapping[str, Sheet], *, following: Mapping[int, int] | None = None) -> bytes:
    """An .xls file with these sheets of rows. `following`: links of sectors to spoil it with."""
    stream = _book(sheets)
    stream += b"\0" * max(0, SMALLEST - len(stream))
    stream += b"\0" * (-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    links = [TABLE, END, *range(3, count + 2), END]
    for place, target in (following or {}).items():
        links[place] = target
    table = struct.pack("<128I", *links, *[FREE] * (128 - len(links)))
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    return _header() + table + directory.ljust(SECTOR, b"\0") + stream


def _header() -> bytes:
    signature = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    versions = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIIII", 0, 1, 1, 0, SMALLEST, END, 0, END, 0, 0)
    return (signature + versions + places).ljust(SECTOR, b"\xff")


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return (
        head + struct.pack("<III", FREE, FREE, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
    )


def _book(sheets: Mapping[str, Sheet]) -> bytes:
    pages = [_page(rows) for rows in sheets.values()]
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 6))
    names = [struct.pack("<H", 0) + _short(name) for name in sheets]
    at = len(begin) + sum(len(name) + 8 for name in names) + 4
    listed = b""
    for name, page in zip(names, pages, strict=True):
        listed += _record(0x85, struct.pack("<I", at) + name)
        at += len(page)
    return begin + listed + _record(0x0A, b"") + b"".join(pages)


def _page(rows: Sheet) -> bytes:
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 6))
    cells = [
        _record(0x204, struct.pack("<HHH", row, column, 0) + _long(text))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
        if text
    ]
    return begin + b"".join(cells) + _record(0x0A, b"")


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _long(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
