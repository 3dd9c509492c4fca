"""What a draft doesn't take over from a Word file: each a sentence that says what, and where."""

from collections.abc import Callable, Iterator, Sequence

from consult.word.blocks import is_contents
from consult.word.contents import LeftOut, Paragraph
from consult.word.reading import WordText, referred
from consult.word.resolving import with_boxes
from consult.word.texts import LINKED, beginning, clean
from core.texts import Lazy
from core.texts import lazy as _l

_MESSAGES: dict[LeftOut, Callable[[str], Lazy]] = {
    LeftOut.PICTURE: lambda place: _l("A picture was left out, at “%(place)s”.", place=place),
    LeftOut.OBJECT: lambda place: _l("An object was left out, at “%(place)s”.", place=place),
    LeftOut.FORMULA: lambda place: _l(
        "A formula became plain text, at “%(place)s”. Check how it reads.", place=place
    ),
}


def losses(word: WordText, body: Sequence[Paragraph], *, with_comments: bool) -> list[Lazy]:
    """What isn't in a draft made of these paragraphs. `with_comments`: comments are read in."""
    found = [*_tables(body), *_pieces(body)]
    if any(is_contents(paragraph) for paragraph in body):
        found.append(_l("The table of contents was left out: every draft shows its own."))
    if referred(body, "endnote"):
        found.append(_l("The endnotes became footnotes."))
    if word.comments and not with_comments:
        count = len(word.comments)
        found.append(_l("Comments were left out: %(count)s.", count=count))
    return found


def _tables(body: Sequence[Paragraph]) -> Iterator[Lazy]:
    """One sentence for each table, at its first words."""
    seen: set[int] = set()
    for paragraph in body:
        number = paragraph.cells[0].table if paragraph.cells else None
        if number is not None and number not in seen and paragraph.text.strip():
            seen.add(number)
            yield _l(
                "A table became paragraphs, cell by cell, from “%(place)s” on.",
                place=beginning(clean(paragraph.text).strip()),
            )


def _pieces(body: Sequence[Paragraph]) -> Iterator[Lazy]:
    """What stands in or hangs on paragraphs. A paragraph without words is named by those before."""
    place = "…"
    for paragraph in with_boxes(body):
        place = beginning(clean(paragraph.text).strip()) or place
        for kind in dict.fromkeys(run.left_out for run in paragraph.runs if run.left_out):
            yield _MESSAGES[kind](place)
        if any(run.box for run in paragraph.runs):
            yield _l("A text box became paragraphs, behind “%(place)s”.", place=place)
        if any(run.href and not LINKED.fullmatch(run.href) for run in paragraph.runs):
            yield _l("A link that leads to no page was taken off, at “%(place)s”.", place=place)
