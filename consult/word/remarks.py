"""The comments of a file as remarks on paragraphs of the draft made of it.

A comment that answers another belongs to it; the words it covers are quoted as they were before
all changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from consult.word.contents import Comment, Paragraph
from consult.word.importing import Imported
from consult.word.reading import WordText
from consult.word.resolving import rejecting, settled, with_boxes
from consult.word.texts import clean


@dataclass(frozen=True)
class Remark:
    """A comment. `lineage`: the paragraph it is on, None before the first; `quote`: words of it.

    The quote is plain text, "" where the comment covers nothing that was there before the changes.
    """

    comment: Comment
    lineage: UUID | None
    quote: str
    answers: tuple[Comment, ...]

    @property
    def text(self) -> str:
        """What it says, a line for each of its paragraphs."""
        return "\n".join(text for text in self.comment.texts if text)


def remarks(word: WordText, imported: Imported) -> list[Remark]:
    """The comments in the order of the text, answers with what they answer.

    `imported`: the draft before all changes, made from the same file as "contributions".
    """
    by_id = {comment.id: comment for comment in word.comments}
    answers: dict[str, list[Comment]] = {}
    for comment in word.comments:
        if (root := _root(comment, by_id)) is not comment:
            answers.setdefault(root.id, []).append(comment)
    places = _Places(word, imported)
    roots = [one for one in word.comments if _root(one, by_id) is one]
    roots.sort(key=lambda one: places.first(one.id))
    return [
        Remark(one, places.lineage(one.id), places.quote(one.id), tuple(answers.get(one.id, ())))
        for one in roots
    ]


def _root(comment: Comment, by_id: dict[str, Comment]) -> Comment:
    """The comment a thread begins with. One that answers itself in the end begins its own."""
    seen = {comment.id}
    at = comment
    while at.parent in by_id and at.parent not in seen:
        at = by_id[at.parent]
        seen.add(at.id)
    return comment if at.parent in seen else at


class _Places:
    """Where comments are: the paragraphs of the file, and what became of those."""

    def __init__(self, word: WordText, imported: Imported) -> None:
        self._first: dict[str, int] = {}
        for at, paragraph in enumerate(word.paragraphs):
            for key in _covering(paragraph):
                self._first.setdefault(key, at)
        self._notes: dict[str, UUID] = {}
        for note, lineage in imported.notes.items():
            for paragraph in word.notes.get(note, ()):
                self._notes.update(dict.fromkeys(_covering(paragraph), lineage))
        self._sources = [(lineage, of) for lineage, of in imported.sources if of]
        self._before = settled(word.paragraphs, rejecting)

    def first(self, comment: str) -> int:
        """The place of the first paragraph it covers; of one in a note, behind all."""
        return self._first.get(comment, len(self._before) + len(self._first))

    def lineage(self, comment: str) -> UUID | None:
        """The paragraph it is on, or the nearest one before."""
        if comment not in self._first:
            return self._notes.get(comment)
        place = self._first[comment]
        on = next((lineage for lineage, of in self._sources if place in of), None)
        before = [lineage for lineage, of in self._sources if min(of) <= place]
        return on or (before[-1] if before else None)

    def quote(self, comment: str) -> str:
        """The words it covers in the first paragraph in which it covers any."""
        for one in self._before:
            covered = [run.text for run in one.paragraph.runs if comment in run.comments]
            if quote := clean("".join(covered)).strip():
                return quote
        return ""


def _covering(paragraph: Paragraph) -> Iterator[str]:
    return (key for one in with_boxes([paragraph]) for run in one.runs for key in run.comments)
