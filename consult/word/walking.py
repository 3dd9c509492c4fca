"""A story of a Word file (its body, a note, a comment, a text box) as a row of paragraphs.

Tables are gone through row by row and cell by cell, in the order of reading; content controls
and alternatives are looked through. Headers and footers are no stories of the text.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from consult.word.contents import Cell, Deletion, Insertion, Paragraph, Revision, Run
from consult.word.forms import Forms
from consult.word.inline import Around, Inline, chosen, revision, revisions_in
from consult.word.moments import moment
from consult.word.names import CHOICES, value, w
from consult.word.styles import Styles
from core.errors import DomainError
from core.texts import lazy as _l

MAX_PARAGRAPHS = 20_000
MAX_RUNS = 400_000
MAX_COVERED = 1_000_000
"""Comments open at once, added up over the places where one begins or ends."""
_CELL_KINDS: dict[str, type[Revision]] = {w("cellIns"): Insertion, w("cellDel"): Deletion}
_SETTINGS = {w("tblPr"), w("tblGrid"), w("trPr"), w("tcPr"), w("sdtPr"), w("sdtEndPr")}


class Walker:
    """Reads the stories of one file. Counts what it reads, and stops where no text is so long."""

    def __init__(self, forms: Forms, styles: Styles, links: dict[str, str]) -> None:
        self._forms = forms
        self._inline = Inline(styles, links, self)
        self._comments: dict[str, None] = {}
        self._open: tuple[str, ...] = ()
        self._covered = 0
        self._bookmarks: list[str] = []
        self._tables = 0
        self._paragraphs = 0
        self._runs = 0

    def story(self, root: Any) -> tuple[Paragraph, ...]:
        """The paragraphs below an element, numbered anew as a story of its own."""
        return tuple(self._blocks(root, Around(), ()))

    def boxed(self, content: Any) -> tuple[Paragraph, ...]:
        """A text box's paragraphs; bookmarks around the box stay with the paragraph it hangs on."""
        outside, self._bookmarks = self._bookmarks, []
        found = self.story(content)
        self._bookmarks = outside
        return found

    def see(self, element: Any) -> None:
        """Take note of a bookmark, or of a comment's beginning or end."""
        if element.tag == w("bookmarkStart"):
            self._bookmarks.append(value(element, "name") or "")
        elif element.tag == w("commentRangeStart"):
            self._cover({**self._comments, value(element, "id") or "": None})
        elif element.tag == w("commentRangeEnd"):
            ended = value(element, "id") or ""
            self._cover({key: None for key in self._comments if key != ended})

    def open_comments(self) -> tuple[str, ...]:
        """The comments whose range is open."""
        return self._open

    def _cover(self, comments: dict[str, None]) -> None:
        self._comments, self._open = comments, tuple(comments)
        self._covered += len(comments)
        if self._covered > MAX_COVERED:
            raise DomainError(
                _l("Too many comments of this file cover the same words. Divide it, and try again.")
            )

    def _blocks(self, parent: Any, around: Around, cells: tuple[Cell, ...]) -> Iterator[Paragraph]:
        for child in parent.iterchildren():
            if child.tag in _SETTINGS:
                continue
            if child.tag == w("p"):
                yield self._paragraph(child, around, cells)
            elif child.tag == w("tbl"):
                yield from self._table(child, around, cells)
            elif child.tag == f"{{{CHOICES}}}AlternateContent":
                if (one := chosen(child)) is not None:
                    yield from self._blocks(one, around, cells)
            else:
                self.see(child)
                yield from self._blocks(child, _within(around, child), cells)

    def _table(self, table: Any, around: Around, cells: tuple[Cell, ...]) -> Iterator[Paragraph]:
        self._tables += 1
        number = self._tables
        for at, (row, outer) in enumerate(_found(table, w("tr"), around)):
            changes = (*outer.revisions, *revisions_in(row.find(w("trPr"))))
            for column, (cell, inner) in enumerate(_found(row, w("tc"), Around(changes))):
                own = (*inner.revisions, *_changes_of_cell(cell))
                here = Cell(number, at, column, own)
                yield from self._blocks(cell, Around(), (*cells, here))

    def _paragraph(self, element: Any, around: Around, cells: tuple[Cell, ...]) -> Paragraph:
        form = self._forms.form(element)
        runs = tuple(_joined(self._inline.runs(element, around, form.style_id)))
        self._count(len(runs))
        bookmarks, self._bookmarks = tuple(self._bookmarks), []
        flags = element.find(f"{w('pPr')}/{w('rPr')}")
        mark = (*around.revisions, *revisions_in(flags))
        return Paragraph(runs, form, mark, cells, bookmarks)

    def _count(self, runs: int) -> None:
        self._paragraphs += 1
        self._runs += runs
        if self._paragraphs > MAX_PARAGRAPHS or self._runs > MAX_RUNS:
            raise DomainError(
                _l(
                    "This file has more than %(count)s paragraphs, or is changed in too many "
                    "places. Divide it, and try again.",
                    count=MAX_PARAGRAPHS,
                )
            )


def _within(around: Around, element: Any) -> Around:
    change = revision(element)
    return replace(around, revisions=(*around.revisions, change)) if change else around


def _found(parent: Any, tag: str, around: Around) -> Iterator[tuple[Any, Around]]:
    """The rows of a table or the cells of a row, also those in controls, with changes around."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child, around
        elif child.tag not in _SETTINGS:
            yield from _found(child, tag, _within(around, child))


def _changes_of_cell(cell: Any) -> Iterator[Revision]:
    settings = cell.find(w("tcPr"))
    for child in () if settings is None else settings.iterchildren():
        if kind := _CELL_KINDS.get(child.tag):
            at, key = moment(value(child, "date")), value(child, "id") or ""
            yield kind(value(child, "author") or "", at, key)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours that differ in nothing but their text, as one."""
    last: Run | None = None
    for run in runs:
        if last is not None and _plain(last) and replace(last, text=run.text) == run:
            last = replace(last, text=last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _plain(run: Run) -> bool:
    return run.field is None and run.note is None and run.left_out is None and not run.box
