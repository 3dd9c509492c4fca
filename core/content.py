"""What a file is, told by its content and never by its name: the types taken as evidence.

Knows no question and no database: answers, reports and meetings take the same files. What could
run when opened (programs, pages, macros) is on no list; nor are the old binary office formats, in
which macros can't be told from text.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.characters import REFUSED

HEAD = 4_096
MOST_MEMBERS = 5_000
LONGEST_STEM = 100
_MACROS = ("vbaproject", "macrosheets/", "activex/")
_MARKUP = re.compile(rb"\s*<[!?a-z]", re.IGNORECASE)
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u061c\u2066-\u2069]+')


class Media(StrEnum):
    """What kind of file is asked for; `FILE` for any."""

    FILE = "file"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True)
class FileType:
    """A type of file. `endings`: of names, the usual one first; `matches`: of a file's content."""

    mime: str
    endings: tuple[str, ...]
    media: Media
    matches: Callable[[bytes], bool]


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(beginnings)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:4] == b"RIFF" and data[8:12] == form


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    """An ISO media file of one of these brands."""
    return lambda data: data[4:8] == b"ftyp" and data[8:12] in brands


def _ogg(*codecs: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:4] == b"OggS" and any(codec in data[:HEAD] for codec in codecs)


def _office(folder: str) -> Callable[[bytes], bool]:
    """An Office Open XML file with its parts in this folder, and no macros."""

    def matches(data: bytes) -> bool:
        names = _members(data)
        macros = any(word in name.lower() for name in names for word in _MACROS)
        inside = any(name.startswith(f"{folder}/") for name in names)
        return inside and "[Content_Types].xml" in names and not macros

    return matches


def _open_document(kind: bytes) -> Callable[[bytes], bool]:
    """An OpenDocument file: its first member says which, uncompressed, by the format's rule."""
    mark = b"mimetypeapplication/vnd.oasis.opendocument." + kind

    def matches(data: bytes) -> bool:
        scripts = any(name.startswith(("Basic/", "Scripts/")) for name in _members(data))
        return data[30 : 30 + len(mark)] == mark and not scripts

    return matches


def _members(data: bytes) -> list[str]:
    if not data.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return []
    return names if len(names) <= MOST_MEMBERS else []


def _plain(data: bytes) -> bool:
    """Text in UTF-8 that no program takes for a page."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not REFUSED.search(text) and not _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf"))


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
TYPES: tuple[FileType, ...] = (
    FileType("application/pdf", ("pdf",), Media.FILE, _starts(b"%PDF-")),
    FileType("image/png", ("png",), Media.IMAGE, _starts(b"\x89PNG\r\n\x1a\n")),
    FileType("image/jpeg", ("jpg", "jpeg"), Media.IMAGE, _starts(b"\xff\xd8\xff")),
    FileType("image/gif", ("gif",), Media.IMAGE, _starts(b"GIF87a", b"GIF89a")),
    FileType("image/webp", ("webp",), Media.IMAGE, _riff(b"WEBP")),
    FileType("image/tiff", ("tif", "tiff"), Media.IMAGE, _starts(b"II*\x00", b"MM\x00*")),
    FileType("image/heic", ("heic",), Media.IMAGE, _brand(b"heic", b"heix", b"mif1")),
    FileType("audio/mpeg", ("mp3",), Media.AUDIO, _starts(b"ID3", b"\xff\xfb", b"\xff\xf3")),
    FileType("audio/wav", ("wav",), Media.AUDIO, _riff(b"WAVE")),
    FileType("audio/mp4", ("m4a",), Media.AUDIO, _brand(b"M4A ", b"M4B ")),
    FileType("audio/ogg", ("ogg", "oga"), Media.AUDIO, _ogg(b"OpusHead", b"\x01vorbis")),
    FileType("audio/amr", ("amr",), Media.AUDIO, _starts(b"#!AMR")),
    FileType(
        "video/mp4", ("mp4",), Media.VIDEO, _brand(b"isom", b"iso2", b"mp41", b"mp42", b"avc1")
    ),
    FileType("video/quicktime", ("mov",), Media.VIDEO, _brand(b"qt  ")),
    FileType("video/3gpp", ("3gp",), Media.VIDEO, _brand(b"3gp4", b"3gp5", b"3gp6")),
    FileType("video/webm", ("webm",), Media.VIDEO, _starts(b"\x1aE\xdf\xa3")),
    FileType(f"{_OOXML}wordprocessingml.document", ("docx",), Media.FILE, _office("word")),
    FileType(f"{_OOXML}spreadsheetml.sheet", ("xlsx",), Media.FILE, _office("xl")),
    FileType(f"{_OOXML}presentationml.presentation", ("pptx",), Media.FILE, _office("ppt")),
    FileType(f"{_ODF}text", ("odt",), Media.FILE, _open_document(b"text")),
    FileType(f"{_ODF}spreadsheet", ("ods",), Media.FILE, _open_document(b"spreadsheet")),
    FileType(f"{_ODF}presentation", ("odp",), Media.FILE, _open_document(b"presentation")),
    FileType("text/plain", ("txt", "csv"), Media.FILE, _plain),
)


def accepted(media: Media) -> list[FileType]:
    """The types a question of this sort takes; every one where any file will do."""
    return [one for one in TYPES if media in (Media.FILE, one.media)]


def type_of(data: bytes) -> FileType | None:
    """What the content is, None for anything that isn't taken."""
    return next((one for one in TYPES if one.matches(data)), None)


def safe_name(name: str, found: FileType) -> str:
    """The name a file is kept under: no folders, nothing odd, and an ending that is true."""
    bare = _UNSAFE.sub(" ", REFUSED.sub("", name.replace("\\", "/").rpartition("/")[2]))
    stem, dot, ending = " ".join(bare.split()).strip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    true = ending.lower() if ending.lower() in found.endings else found.endings[0]
    return f"{stem.strip('. ')[:LONGEST_STEM] or 'file'}.{true}"
