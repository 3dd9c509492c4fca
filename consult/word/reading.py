"""A Word file as plain data: its paragraphs in order, its notes and comments, changes still open.

Reads everything in the file that is text, and decides nothing: see `resolving` for changes and
`importing` for the document it becomes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from consult.word.comments import read_comments
from consult.word.contents import Comment, Note, Paragraph, Revision
from consult.word.forms import Forms
from consult.word.names import value, w
from consult.word.numbering import Counters, Numbering
from consult.word.package import Package, open_package
from consult.word.resolving import with_boxes
from consult.word.styles import Styles
from consult.word.walking import Walker

_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


@dataclass(frozen=True)
class WordText:
    """The text of a Word file. Notes by kind ("footnote", "endnote") and id.

    `properties`: what programs wrote into the file about it, by name.
    """

    paragraphs: tuple[Paragraph, ...]
    notes: dict[tuple[str, str], tuple[Paragraph, ...]]
    comments: tuple[Comment, ...]
    numbering: Numbering
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def revisions(self) -> list[Revision]:
        """Every tracked change of text, in order of reading; a long one counts once a piece."""
        stories = [self.paragraphs, *self.notes.values()]
        return [change for story in stories for change in _changes(story)]

    @property
    def is_changed(self) -> bool:
        """Whether it has tracked changes that decide what its text is."""
        return bool(self.revisions)

    @property
    def is_commented(self) -> bool:
        """Whether it has comments."""
        return bool(self.comments)


def read(data: bytes) -> WordText:
    """The text of the .docx file in these bytes. Raises DomainError where it can't be opened.

    Labels are those of the file as it stands, with every change showing.
    """
    package = open_package(data)
    styles = Styles(package.parts.get("styles"))
    numbering = Numbering(package.parts.get("numbering"), styles)
    walker = Walker(Forms(styles, numbering), styles, package.links)
    paragraphs = walker.story(package.body)
    notes = {
        (kind, value(note, "id") or ""): walker.story(note)
        for kind in ("footnote", "endnote")
        for note in _notes(package, kind)
    }
    comments = read_comments(package, walker)
    labels = tuple(labelled(paragraphs, numbering))
    return WordText(labels, notes, comments, numbering, package.properties)


def labelled(paragraphs: Sequence[Paragraph], numbering: Numbering) -> list[Paragraph]:
    """The paragraphs with the numbers Word shows before them."""
    counters = Counters(numbering)
    return [replace(p, label=counters.label(p.form.listed)) for p in paragraphs]


def referred(paragraphs: Sequence[Paragraph], kind: str) -> list[Note]:
    """The notes of a kind that paragraphs refer to, in order, each once."""
    found = (run.note for p in with_boxes(paragraphs) for run in p.runs if run.note)
    return list({note.id: note for note in found if note.kind == kind}.values())


def _notes(package: Package, kind: str) -> list[Any]:
    part = package.parts.get(f"{kind}s")
    found = [] if part is None else part.iterchildren(w(kind))
    return [note for note in found if value(note, "type") not in _SEPARATORS]


def _changes(paragraphs: Sequence[Paragraph]) -> list[Revision]:
    found: list[Revision] = []
    for paragraph in with_boxes(paragraphs):
        found += [change for cell in paragraph.cells for change in cell.revisions]
        found += [change for run in paragraph.runs for change in run.revisions]
        found += paragraph.mark
    return found
