"""A draft as a Word file, as it stands or with what leads to the next one as tracked changes.

Accepting all gives the next draft, rejecting all gives the draft: words, formats, footnotes. Each
change carries who is behind it; a comment at its first place says why. Nothing is ever marked as
moved: what moves is deleted and inserted. Paragraphs carry bookmarks with their identity.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from consult.changes.applying import apply
from consult.changes.operations import Operation, made
from consult.export.revised import Row, revised
from consult.export.word_numbering import Numbering, Place
from consult.export.word_package import Package
from consult.export.word_runs import Behind, Runs
from consult.export.word_styles import INDENT
from consult.export.word_xml import w
from consult.text.document import Block, BlockKind, Document
from consult.word.origins import Origin

NONE = UUID(int=0)
Remarks = Mapping[UUID | None, Sequence[Behind]]
"""Comments by the paragraph they stand at; those on the whole text by None."""


@dataclass(frozen=True)
class Redline:
    """What a file with tracked changes says. `editorial`: behind all that nobody else is."""

    before: Document
    operations: Sequence[Operation]
    behind: Mapping[UUID, Behind]
    editorial: Behind
    remarks: Remarks
    origin: Origin | None = None


def draft_file(
    document: Document, language: str, title: str, origin: Origin | None = None
) -> bytes:
    """A draft as it stands, in one of its languages. `origin`: what the file tells of itself."""
    return redline_file(Redline(document, (), {}, Behind(""), {}, origin), language, title)


def redline_file(redline: Redline, language: str, title: str) -> bytes:
    """A draft with tracked changes and comments, in one of its languages."""
    known = replace(redline.origin, language=language) if redline.origin else None
    package = Package(language, title, properties=known.properties if known else {})
    writer = _Writer(redline, package)
    body = [writer.paragraph(row, first=at == 0) for at, row in enumerate(writer.text.rows)]
    return package.file(body, writer.numbering.part())


class _Writer:
    """Writes the paragraphs of one file, in their order."""

    def __init__(self, redline: Redline, package: Package) -> None:
        self.redline, self.package = redline, package
        after = apply(redline.before, redline.operations)
        self.text = revised(redline.before, redline.operations, package.language)
        self.numbering = Numbering(package.language)
        self.new_lists = self.numbering.of(after)
        same = after is redline.before
        self.old_lists = self.new_lists if same else self.numbering.of(redline.before)
        names = {one.key: name_of(one) for one in (*redline.before.footnotes(), *after.footnotes())}
        self.runs = Runs(package, redline.behind, redline.editorial, self.text.notes, names)
        self.live = set(after.at)
        self.made = {one.lineage: by.id for by in redline.operations for one in made(by)}
        self.told: set[UUID] = set()
        self.booked: set[UUID] = set()

    def paragraph(self, row: Row, *, first: bool) -> Any:
        """One paragraph, with its comments around it."""
        comments = [*self._reasons(row), *self._remarks(row, whole=first)]
        return w(
            "p",
            self._properties(row),
            *self._bookmark(row),
            *(w("commentRangeStart", id=number) for number in comments),
            *self.runs.written(row.pieces),
            *(one for number in comments for one in self._comment_end(row, number)),
        )

    def _properties(self, row: Row) -> Any:
        block, lists = (row.after, self.new_lists) if row.after else (row.before, self.old_lists)
        made = w("pPr", *self._shape(block, lists))
        if row.mark:
            tag = "ins" if row.mark.inserted else "del"
            made.append(w("rPr", self.runs.change(tag, self.runs.of(row.mark))))
        elif row.before and row.after and self._reshaped(row.before, row.after):
            by = self.redline.behind.get(
                row.relabelled_by or self.made.get(row.after.lineage, NONE)
            )
            old = w("pPr", *self._shape(row.before, self.old_lists))
            made.append(self.runs.change("pPrChange", by or self.redline.editorial, old))
        return made

    def _reshaped(self, before: Block, after: Block) -> bool:
        """Whether a paragraph's properties differ; its list may, where its label stays."""
        old, new = self.old_lists.get(before.lineage), self.new_lists.get(after.lineage)
        return _form(before) != _form(after) or old != new

    def _shape(self, block: Block | None, lists: Mapping[UUID, Place]) -> Iterable[Any]:
        """A paragraph's style, place in a list, direction and indent, in the order Word wants."""
        if block is None or block.kind is BlockKind.FOOTNOTE:
            style = "Normal" if block is None else "FootnoteText"
            return [one for one in (w("pStyle", val=style), self.package.bidi()) if one is not None]
        heading = block.kind is BlockKind.HEADING
        place = lists.get(block.lineage)
        indent = w("ind", left=INDENT * block.level) if block.level and not heading else None
        found = (
            w("pStyle", val=f"Heading{block.level}" if heading else "Normal"),
            w("numPr", w("ilvl", val=place[1]), w("numId", val=place[0])) if place else None,
            self.package.bidi(),
            None if place else indent,
        )
        return [one for one in found if one is not None]

    def _bookmark(self, row: Row) -> Iterable[Any]:
        """The paragraph's identity; a deleted one's only where it doesn't live on elsewhere."""
        block = row.after or row.before
        if block is None or block.lineage in self.booked:
            return ()
        if row.after is None and block.lineage in self.live:
            return ()
        self.booked.add(block.lineage)
        number = self.package.next_id()
        start = w("bookmarkStart", id=number, name=name_of(block))
        return start, w("bookmarkEnd", id=number)

    def _reasons(self, row: Row) -> Iterable[int]:
        """Comments on the operations that come up here first."""
        for operation in dict.fromkeys(self._operations(row)):
            behind = self.redline.behind.get(operation)
            if behind and behind.comment and operation not in self.told:
                self.told.add(operation)
                yield self.package.comment(behind.author, behind.at, behind.comment)

    def _operations(self, row: Row) -> Iterable[UUID]:
        pieces = list(row.pieces)
        for piece in row.pieces:
            pieces += self.text.notes.get(piece.run.note, []) if piece.run.note else []
        revisions = [piece.revision for piece in pieces if piece.revision]
        found = [one.by for one in [*revisions, *([row.mark] if row.mark else [])]]
        return (one for one in [*found, row.relabelled_by] if one)

    def _remarks(self, row: Row, *, whole: bool) -> Iterable[int]:
        block = row.before
        remarks = list(self.redline.remarks.get(None, ())) if whole else []
        remarks += self.redline.remarks.get(block.lineage, ()) if block else ()
        return [self.package.comment(one.author, one.at, one.comment) for one in remarks]

    def _comment_end(self, row: Row, number: int) -> Iterable[Any]:
        style = w("rPr", w("rStyle", val="CommentReference"))
        sign = w("r", style, w("commentReference", id=number))
        if row.mark:
            tag = "ins" if row.mark.inserted else "del"
            sign = self.runs.change(tag, self.runs.of(row.mark), sign)
        return w("commentRangeEnd", id=number), sign


def name_of(block: Block) -> str:
    """The name of the bookmark that carries a block's identity."""
    return f"pl_{block.lineage.hex}"


def _form(block: Block) -> tuple[object, ...]:
    """What the paragraph's properties are made of."""
    return block.kind, block.level, block.number, block.label, block.start
