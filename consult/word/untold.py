"""Tracked changes that no contribution tells: in text boxes, and to what somebody else inserted."""

from collections.abc import Iterator, Sequence

from consult.word.contents import Insertion, Paragraph, Revision
from consult.word.reading import WordText
from consult.word.resolving import with_boxes
from core.texts import Lazy
from core.texts import lazy as _l


def untold(word: WordText) -> Iterator[Lazy]:
    """A sentence on how many there are, if any."""
    stories = [word.paragraphs, *word.notes.values()]
    boxes = sum(_in_boxes(story) for story in stories)
    others = sum(_stacked(changes) for story in stories for changes in _places(story))
    if boxes or others:
        yield _l(
            "Changes in text boxes (%(boxes)s) and to other people's insertions (%(insertions)s) "
            "were left out.",
            boxes=boxes,
            insertions=others,
        )


def _in_boxes(story: Sequence[Paragraph]) -> int:
    """Pieces changed within text boxes, and text boxes that are themselves a change."""
    own = [run for paragraph in story for run in paragraph.runs if run.box]
    inside = (changes for run in own for changes in _places(list(with_boxes(run.box))))
    return sum(bool(run.revisions) for run in own) + sum(bool(changes) for changes in inside)


def _places(story: Sequence[Paragraph]) -> Iterator[tuple[Revision, ...]]:
    """The changes around each piece and each end of these paragraphs, the outermost first."""
    for paragraph in story:
        around = tuple(one for cell in paragraph.cells for one in cell.revisions)
        yield from ((*around, *run.revisions) for run in paragraph.runs)
        yield (*around, *paragraph.mark)


def _stacked(changes: Sequence[Revision]) -> bool:
    """Whether somebody changed here what another one inserted: alone it says nothing."""
    inserted: set[str] = set()
    for one in changes:
        if inserted - {one.author}:
            return True
        if isinstance(one, Insertion):
            inserted.add(one.author)
    return False
