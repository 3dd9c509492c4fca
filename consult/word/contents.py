"""What a Word file says, as plain data: paragraphs, runs, tracked changes, notes and comments.

The changes are still open here: `consult.word.resolving` accepts or rejects them. Looks, pages and
pictures are left behind; of the latter only the fact that there was one is kept.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Mark(StrEnum):
    """What a run is set in, beyond what its paragraph's style does to all of it."""

    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True)
class Insertion:
    """A tracked insertion: who, when (as the file says, often without a time zone), its id there.

    `moved`: the second half of a move.
    """

    author: str
    at: datetime | None = None
    id: str = ""
    moved: bool = False


@dataclass(frozen=True)
class Deletion:
    """A tracked deletion; `moved`: the first half of a move."""

    author: str
    at: datetime | None = None
    id: str = ""
    moved: bool = False


Revision = Insertion | Deletion


class FieldPart(StrEnum):
    """What a run does to a field (a page number, a link): it has code, and a result one reads."""

    BEGIN = "begin"
    CODE = "code"
    SEPARATE = "separate"
    END = "end"


class LeftOut(StrEnum):
    """What stands in a text and is no text."""

    PICTURE = "picture"
    FORMULA = "formula"
    OBJECT = "object"


@dataclass(frozen=True)
class Note:
    """A footnote's or endnote's reference in the text. `marked`: its sign is typed behind it."""

    kind: str
    id: str
    marked: bool = False


@dataclass(frozen=True)
class Run:
    """A stretch of text that is alike all over.

    `revisions`: the tracked changes around it, the outermost first; an insertion that somebody
    deleted again has two. `comments`: ids of those whose range covers it. `box`: the paragraphs
    of a text box that hangs here. Line breaks are U+2028.
    """

    text: str = ""
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    note: Note | None = None
    field: FieldPart | None = None
    left_out: LeftOut | None = None
    revisions: tuple[Revision, ...] = ()
    comments: tuple[str, ...] = ()
    box: tuple["Paragraph", ...] = ()


@dataclass(frozen=True)
class Cell:
    """A table's cell around a paragraph: numbers from 0, and the changes of its row and itself."""

    table: int
    row: int
    column: int
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Listed:
    """That a paragraph is numbered: by which list of the file (numId), at which level from 0."""

    list: str
    level: int


@dataclass(frozen=True)
class Form:
    """A paragraph's properties, its style's included.

    `outline` is a heading's level from 1, `indent` its distance from the margin in twentieths of a
    point, `language` what the file says of its first words, or nothing.
    """

    style_id: str = ""
    style: str = ""
    outline: int | None = None
    listed: Listed | None = None
    indent: int = 0
    bidi: bool = False
    language: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `mark`: changes of its end; where that goes, it joins what follows.

    `cells`: the tables around it, the outermost first. `label`: its number as Word shows it.
    `bookmarks`: names of those that begin in it.
    """

    runs: tuple[Run, ...] = ()
    form: Form = field(default_factory=Form)
    mark: tuple[Revision, ...] = ()
    cells: tuple[Cell, ...] = ()
    bookmarks: tuple[str, ...] = ()
    label: str = ""

    @property
    def text(self) -> str:
        """All its words, those of deletions among them."""
        return "".join(run.text for run in self.runs if run.field is None)

    @property
    def place(self) -> tuple[tuple[int, int, int], ...]:
        """Where it stands; only paragraphs of one place can join."""
        return tuple((cell.table, cell.row, cell.column) for cell in self.cells)


@dataclass(frozen=True)
class Comment:
    """A comment: who, when, its paragraphs, and the id of the comment it answers, or nothing."""

    id: str
    author: str
    at: datetime | None
    texts: tuple[str, ...]
    parent: str = ""
    done: bool = False
