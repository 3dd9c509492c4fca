"""A paragraph's inside, element by element: runs with the tracked changes and links around them.

Of alternatives it takes one. What is in deleted text is read like the rest; `resolving` decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from consult.word.contents import (
    Deletion,
    FieldPart,
    Insertion,
    LeftOut,
    Mark,
    Note,
    Paragraph,
    Revision,
    Run,
)
from consult.word.moments import moment
from consult.word.names import CHOICES, LINKS, MATH, XML, is_on, m, value, w
from consult.word.styles import Styles
from core.characters import REFUSED

LINE_BREAK = "\u2028"
KINDS: dict[str, tuple[type[Revision], bool]] = {
    w("ins"): (Insertion, False),
    w("moveTo"): (Insertion, True),
    w("del"): (Deletion, False),
    w("moveFrom"): (Deletion, True),
}
_NO_TEXT = {
    *(w(name) for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr")),
    *(w(name) for name in ("tblPr", "tblGrid", "trPr", "tcPr", "fldData", "rt", "rubyPr")),
    m("ctrlPr"),
}
_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): LINE_BREAK,
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_FIELDS = {"begin": FieldPart.BEGIN, "separate": FieldPart.SEPARATE, "end": FieldPart.END}
_TEXTS = {w("t"), w("delText"), m("t")}
_CODES = {w("instrText"), w("delInstrText")}
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_SHAPES = {w("drawing"): LeftOut.PICTURE, w("pict"): LeftOut.PICTURE, w("object"): LeftOut.OBJECT}
_WHITE = " \t\r\n"


@dataclass(frozen=True)
class Around:
    """What is around a place in the file: open changes (outermost first) and the link."""

    revisions: tuple[Revision, ...] = ()
    href: str = ""


class Story(Protocol):
    """What reads the blocks around, and is told of ranges that begin and end between words."""

    def boxed(self, content: Any) -> tuple[Paragraph, ...]:
        """A text box's paragraphs."""

    def see(self, element: Any) -> None:
        """Take note of a bookmark, or of a comment's beginning or end."""

    def open_comments(self) -> tuple[str, ...]:
        """The comments whose range is open."""


def revision(element: Any) -> Revision | None:
    """The tracked change that an element is; None for other elements."""
    if element.tag not in KINDS:
        return None
    kind, moved = KINDS[element.tag]
    author = value(element, "author") or ""
    return kind(author, moment(value(element, "date")), value(element, "id") or "", moved)


def revisions_in(settings: Any) -> tuple[Revision, ...]:
    """The changes that stand as flags in a paragraph's or row's settings."""
    found = () if settings is None else map(revision, settings.iterchildren())
    return tuple(one for one in found if one is not None)


def chosen(alternatives: Any) -> Any:
    """The one of several writings of the same thing that is read: the first offered.

    It is what current versions of Word show; the fallback says the same for older ones.
    """
    first = alternatives.find(f"{{{CHOICES}}}Choice")
    return first if first is not None else alternatives.find(f"{{{CHOICES}}}Fallback")


class Inline:
    """Reads runs by one file's styles and links."""

    def __init__(self, styles: Styles, links: dict[str, str], story: Story) -> None:
        self._styles = styles
        self._links = links
        self._story = story

    def runs(self, parent: Any, around: Around, style: str) -> Iterator[Run]:
        """The runs in a paragraph, or in something within one. `style`: the paragraph's."""
        for child in parent.iterchildren():
            if child.tag in _NO_TEXT:
                continue
            if child.tag in {w("r"), m("r")}:
                yield from self._run(child, child, around, style)
            elif child.tag == f"{{{CHOICES}}}AlternateContent":
                if (one := chosen(child)) is not None:
                    yield from self.runs(one, around, style)
            else:
                yield from self._around(child, around, style)

    def _around(self, child: Any, around: Around, style: str) -> Iterator[Run]:
        if (change := revision(child)) is not None:
            around = replace(around, revisions=(*around.revisions, change))
        elif child.tag == w("hyperlink"):
            around = replace(around, href=self._links.get(child.get(f"{{{LINKS}}}id", ""), ""))
        elif child.tag == m("oMath"):
            yield self._made(around, left_out=LeftOut.FORMULA)
        elif child.tag == w("fldSimple"):
            yield from self._simple_field(child, around, style)
            return
        self._story.see(child)
        yield from self.runs(child, around, style)

    def _simple_field(self, child: Any, around: Around, style: str) -> Iterator[Run]:
        yield self._made(around, field=FieldPart.BEGIN)
        yield self._made(around, value(child, "instr") or "", field=FieldPart.CODE)
        yield self._made(around, field=FieldPart.SEPARATE)
        yield from self.runs(child, around, style)
        yield self._made(around, field=FieldPart.END)

    def _run(self, run: Any, content: Any, around: Around, style: str) -> Iterator[Run]:
        own = content.find(w("rPr"))
        marks = self._marks(run.find(w("rPr")) if own is None else own, style)
        for child in content.iterchildren():
            if child.tag == f"{{{CHOICES}}}AlternateContent":
                if (one := chosen(child)) is not None:
                    yield from self._run(run, one, around, style)
            elif (change := revision(child)) is not None:  # in formulas it stands within the run
                within = replace(around, revisions=(*around.revisions, change))
                yield from self._run(run, child, within, style)
            elif child.tag == w("ruby"):
                yield from self.runs(child, around, style)
            elif (made := self._piece(child, around, marks)) is not None:
                yield made

    def _piece(self, child: Any, around: Around, marks: frozenset[Mark]) -> Run | None:
        if child.tag in _TEXTS:
            return self._made(around, _text(child), marks=marks)
        if child.tag in _CODES:
            return self._made(around, child.text or "", field=FieldPart.CODE)
        if child.tag == w("fldChar"):
            part = _FIELDS.get(value(child, "fldCharType") or "")
            return self._made(around, field=part) if part else None
        if child.tag in _SHAPES or child.tag in _NOTES or child.tag == w("commentReference"):
            return self._hanging(child, around)
        return self._made(around, _sign(child), marks=marks) if _sign(child) else None

    def _hanging(self, child: Any, around: Around) -> Run:
        """What hangs on a place in the text: a note, a comment, a picture or a box."""
        key = value(child, "id") or ""
        if child.tag in _NOTES:
            marked = _is_set(value(child, "customMarkFollows"))
            return self._made(around, note=Note(_NOTES[child.tag], key, marked))
        if child.tag == w("commentReference"):
            return self._made(around, comments=(key,))
        boxes = tuple(p for box in _boxes(child) for p in self._story.boxed(box))
        return self._made(around, left_out=None if boxes else _SHAPES[child.tag], box=boxes)

    def _made(self, around: Around, text: str = "", **values: Any) -> Run:
        comments = dict.fromkeys((*self._story.open_comments(), *values.pop("comments", ())))
        return Run(
            text=text,
            href=around.href,
            revisions=around.revisions,
            comments=tuple(comments),
            **values,
        )

    def _marks(self, settings: Any, style: str) -> frozenset[Mark]:
        """Bold and italic that a run has of itself or by its own style, not by its paragraph's."""
        if settings is None:
            return frozenset()
        own = value(settings.find(w("rStyle"))) or ""
        script = "Cs" if is_on(settings.find(w("rtl"))) else ""
        found = set()
        for mark, name in ((Mark.BOLD, "b"), (Mark.ITALIC, "i")):
            given = is_on(settings.find(w(name + script)))
            if given is None and own:
                given = self._styles.sets(own, name)
            if given and not self._styles.sets(style, name):
                found.add(mark)
        return frozenset(found)


def _is_set(given: str | None) -> bool:
    """Whether a switch that stands as an attribute is on; off where it is missing."""
    return (given or "off").lower() in {"1", "true", "on"}


def _text(element: Any) -> str:
    """Its characters as Word shows them: spaces at the ends only where they are to be kept."""
    text = (element.text or "").replace("\r\n", " ").translate({10: " ", 13: " "})
    kept = element.get(f"{{{XML}}}space") == "preserve" or element.tag.startswith(f"{{{MATH}}}")
    return text if kept else text.strip(_WHITE)


def _sign(element: Any) -> str:
    """What an element without text of its own stands for; breaks of pages and columns for none."""
    if element.tag == w("br"):
        return LINE_BREAK if (value(element, "type") or "textWrapping") == "textWrapping" else ""
    if element.tag == w("sym"):
        try:
            return REFUSED.sub("", chr(int(value(element, "char") or "", 16)))
        except (ValueError, OverflowError):
            return ""
    return _SIGNS.get(element.tag, "")


def _boxes(shape: Any) -> Iterator[Any]:
    """The contents of the text boxes in a drawing, those of groups included."""
    for child in shape.iterchildren():
        if child.tag == w("txbxContent"):
            yield child
        elif child.tag == f"{{{CHOICES}}}AlternateContent":
            if (one := chosen(child)) is not None:
                yield from _boxes(one)
        else:
            yield from _boxes(child)
