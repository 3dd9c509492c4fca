"""Tracked changes accepted or rejected, each as Word does it.

Works on paragraphs as they were read. Where a paragraph's end goes, it joins the next one of the
same place and takes its properties; a paragraph of which nothing is left goes with its end. What
is code of a field is found last, among what is left.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from consult.word.contents import Cell, Insertion, Paragraph, Revision, Run
from consult.word.fields import results

Decision = Callable[[Revision], bool]
"""Whether a tracked change is accepted; otherwise it is rejected."""


def accepting(_change: Revision) -> bool:
    """Accept every change."""
    return True


def rejecting(_change: Revision) -> bool:
    """Reject every change."""
    return False


def of_author(author: str) -> Decision:
    """Accept one author's changes, and reject everybody else's."""
    return lambda change: change.author == author


@dataclass(frozen=True)
class Settled:
    """A paragraph with its changes settled, and the places in the row given of what it is of.

    `of` counts paragraphs of which runs or the end are left in it, or whose end was taken away.
    """

    paragraph: Paragraph
    of: tuple[int, ...]


def survives(changes: Iterable[Revision], decide: Decision) -> bool:
    """Whether what these changes surround is there once they are decided."""
    return all(isinstance(change, Insertion) is decide(change) for change in changes)


def resolved(paragraphs: Sequence[Paragraph], decide: Decision) -> list[Paragraph]:
    """The paragraphs with every change decided, text boxes behind what they hang on."""
    return list(with_boxes(one.paragraph for one in settled(paragraphs, decide)))


def with_boxes(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Each paragraph, followed by those of the text boxes in it."""
    for paragraph in paragraphs:
        yield paragraph
        for run in paragraph.runs:
            yield from with_boxes(run.box)


def settled(paragraphs: Sequence[Paragraph], decide: Decision) -> list[Settled]:
    """The paragraphs with every change decided, and what each is made of.

    There is always one paragraph left where there were any, as in Word.
    """
    there = [
        (at, paragraph)
        for at, paragraph in enumerate(paragraphs)
        if all(survives(cell.revisions, decide) for cell in paragraph.cells)
    ]
    found: list[Settled] = []
    for place, row in groupby(there, key=lambda one: one[1].place):
        found += _joined(list(row), decide, needed=bool(place))
    if not found and paragraphs:
        found = [Settled(Paragraph(form=paragraphs[-1].form), ())]
    return _read(found)


def _joined(
    row: list[tuple[int, Paragraph]], decide: Decision, *, needed: bool
) -> Iterator[Settled]:
    """The paragraphs of one place. `needed`: a cell, which has one paragraph at least."""
    open_: Settled | None = None
    given = 0
    for at, paragraph in row:
        open_ = _continued(open_, at, paragraph, decide)
        if survives(paragraph.mark, decide):
            yield open_
            given += 1
            open_ = None
    if open_ is not None and (open_.paragraph.runs or (needed and not given)):
        yield open_


def _continued(before: Settled | None, at: int, paragraph: Paragraph, decide: Decision) -> Settled:
    """A paragraph with what an earlier one left to it, properties its own."""
    runs = tuple(_kept(paragraph.runs, decide))
    named = bool(runs) or survives(paragraph.mark, decide)
    bookmarks = paragraph.bookmarks if named else ()
    if before is not None:
        runs = (*before.paragraph.runs, *runs)
        bookmarks = (*before.paragraph.bookmarks, *bookmarks)
    left = replace(
        paragraph, runs=runs, mark=(), cells=_settled_cells(paragraph), bookmarks=bookmarks
    )
    return Settled(left, (*(before.of if before else ()), at))


def _settled_cells(paragraph: Paragraph) -> tuple[Cell, ...]:
    return tuple(replace(cell, revisions=()) for cell in paragraph.cells)


def _kept(runs: Iterable[Run], decide: Decision) -> Iterator[Run]:
    for run in runs:
        if survives(run.revisions, decide):
            box = tuple(one.paragraph for one in settled(run.box, decide)) if run.box else ()
            yield replace(run, revisions=(), box=box)


def _read(found: list[Settled]) -> list[Settled]:
    """What a reader sees of fields: their results."""
    rows = results([one.paragraph.runs for one in found])
    return [
        replace(one, paragraph=replace(one.paragraph, runs=tuple(row)))
        for one, row in zip(found, rows, strict=True)
    ]
