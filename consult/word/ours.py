"""What our own files hold as tracked changes and comments, set apart from what a sender wrote.

A file of proposals or of adopted changes that comes back still says what others said. An author
and a moment tell it, which every editor keeps.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from consult.word.contents import Insertion, Paragraph, Revision
from consult.word.reading import WordText
from consult.word.remarks import Remark

Key = tuple[str, str]
Marks = Mapping[Key, bool]
"""What our files hold, by `key`; whether the draft that is asked about has it in its text."""
OURS = "\x00"
"""The author of what only our file had: a name that no file can hold."""


def key(author: str, at: datetime | None) -> Key:
    """By what a mark of ours is known: the first of its authors, as co-sponsors come and go."""
    return author.partition(";")[0].strip(), _second(at) if at else ""


def _second(at: datetime) -> str:
    try:
        moment = at.astimezone(UTC) if at.tzinfo else at
    except OverflowError:  # a file may name the first hour of all time, east of Greenwich
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


def set_apart(word: WordText, marks: Marks) -> tuple[WordText, int]:
    """The file without these: words that the draft lacks are under `OURS`; how many marks.

    What the draft has stays as plain text; comments are left as they are (`answered`).
    """
    ours = {one for change in word.revisions if (one := key(change.author, change.at)) in marks}
    if not ours:
        return word, 0
    paragraphs = tuple(_settled(word.paragraphs, marks))
    notes = {name: tuple(_settled(story, marks)) for name, story in word.notes.items()}
    return replace(word, paragraphs=paragraphs, notes=notes), len(ours)


def answered(remarks: Iterable[Remark], marks: Marks) -> tuple[list[Remark], int]:
    """The comments that aren't ours, and answers to ours as comments; how many were ours."""
    found, left = list[Remark](), 0
    for one in remarks:
        if key(one.comment.author, one.comment.at) not in marks:
            found.append(one)
            continue
        left += 1
        if one.answers:
            first, *more = one.answers
            found.append(replace(one, comment=first, quote="", answers=tuple(more)))
    return found, left


def _settled(story: Iterable[Paragraph], marks: Marks) -> Iterable[Paragraph]:
    for one in story:
        runs = tuple(replace(run, revisions=_left(run.revisions, marks)) for run in one.runs)
        yield replace(one, runs=runs, mark=_left(one.mark, marks))


def _left(changes: Iterable[Revision], marks: Marks) -> tuple[Revision, ...]:
    """The changes that are somebody else's; where ours took words from the draft, that stays."""
    found = list[Revision]()
    for one in changes:
        there = marks.get(key(one.author, one.at))
        if there is None:
            found.append(one)
        elif isinstance(one, Insertion) is not there:
            found.append(Insertion(OURS, one.at, one.id))
    return tuple(found)
