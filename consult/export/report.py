"""What a printed document says: headings, paragraphs with labels, tables, footnotes. Plain data.

The same report is written as PDF, HTML and Word. It refuses to know how.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import bidirectional

from consult.text.document import BlockKind, Document
from consult.text.inline import parse
from consult.text.labels import labels
from consult.text.words import Kind, Piece


@dataclass(frozen=True)
class Span:
    """A stretch of text. `note`: a footnote's key, and then no text."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    note: str = ""
    kind: Kind = "same"


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str
    label: str = ""


@dataclass(frozen=True)
class Text:
    """A paragraph in a language ("": the report's). `depth`: how far it is set in."""

    spans: tuple[Span, ...]
    label: str = ""
    depth: int = 0
    language: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of texts under headings. `widths`: how the columns share the page's width."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    caption: str = ""


Part = Heading | Text | Table


@dataclass(frozen=True)
class Report:
    """A whole document. `banner`: what stands on top in any case, as that it's invented."""

    title: str
    language: str
    parts: tuple[Part, ...]
    notes: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    banner: str = ""
    landscape: bool = False


def goes_left(text: str, *, otherwise: bool) -> bool:
    """Whether a text of an unknown language goes from right to left, by its first letter."""
    for sign in text:
        if (direction := bidirectional(sign)) in {"L", "R", "AL"}:
            return direction != "L"
    return otherwise


def words(text: str, *, bold: bool = False) -> tuple[Span, ...]:
    """A plain text as spans."""
    return (Span(text, bold=bold),) if text else ()


def marked(text: str) -> tuple[Span, ...]:
    """A text with inline marks as spans."""
    return tuple(Span(run.text, run.bold, run.italic, run.href, run.note) for run in parse(text))


def redlined(pieces: Iterable[Piece]) -> tuple[Span, ...]:
    """A redline of plain texts as spans."""
    return tuple(Span(piece.text, kind=piece.kind) for piece in pieces)


def draft_report(document: Document, language: str, title: str, banner: str = "") -> Report:
    """A draft to be read. Footnotes that nothing refers to stand below the text."""
    shown = labels(document, language)
    notes = {one.key: marked(one.texts.get(language, "")) for one in document.footnotes()}
    parts: list[Part] = []
    for block in document.blocks:
        spans = marked(block.texts.get(language, ""))
        spans = tuple(span for span in spans if not span.note or span.note in notes)
        label = shown[block.lineage]
        if block.kind is BlockKind.HEADING:
            parts.append(Heading(block.level, "".join(span.text for span in spans), label))
        elif block.kind is BlockKind.PARAGRAPH:
            parts.append(Text(spans, label, block.level))
    referred = {span.note for part in parts if isinstance(part, Text) for span in part.spans}
    parts += [Text(spans, quiet=True) for key, spans in notes.items() if key not in referred]
    plain = {key: tuple(one for one in spans if not one.note) for key, spans in notes.items()}
    return Report(title, language, tuple(parts), plain, banner)
