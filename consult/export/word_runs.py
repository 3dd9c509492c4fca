"""Runs of a text as Word writes them: formats, links, footnotes, and who changed them.

It refuses to know what the text is of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from consult.export.revised import Piece, Revision, one_text
from consult.export.word_package import Package, moment
from consult.export.word_xml import LINKS, texts, w
from consult.text.inline import Run

LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Behind:
    """Who or what is behind an operation. `comment`: what is said of it, by paragraphs."""

    author: str
    at: datetime = LONG_AGO
    comment: tuple[str, ...] = ()


@dataclass
class Runs:
    """Writes pieces into a package. `behind`: by operation; `editorial`: where there is none.

    `notes`: what footnotes hold, by key; `identities`: the names of their bookmarks.
    """

    package: Package
    behind: Mapping[UUID, Behind]
    editorial: Behind
    notes: Mapping[str, Sequence[Piece]]
    identities: dict[str, str] = field(default_factory=dict)

    def of(self, revision: Revision) -> Behind:
        """Who made a revision."""
        return self.behind.get(revision.by, self.editorial) if revision.by else self.editorial

    def change(self, tag: str, by: Behind, *children: Any) -> Any:
        """A revision mark such as `w:ins` around these."""
        return w(tag, *children, id=self.package.next_id(), author=by.author, date=moment(by.at))

    def written(self, pieces: Iterable[Piece], part: str = "document") -> list[Any]:
        """The pieces of a paragraph of the document, or of the footnotes."""
        found: list[Any] = []
        for (href, revision), group in groupby(pieces, lambda one: (one.run.href, one.revision)):
            runs = [self._run(piece, part) for piece in group]
            if revision:
                tag = "ins" if revision.inserted else "del"
                runs = [self.change(tag, self.of(revision), *runs)]
            if href:
                link = w("hyperlink", *runs)
                link.set(f"{{{LINKS}}}id", self.package.link(part, href))
                runs = [link]
            found += runs
        return found

    def _run(self, piece: Piece, part: str) -> Any:
        if piece.run.note:
            return self._reference(piece.run.note, piece.revision)
        deleted = piece.revision is not None and not piece.revision.inserted
        return w(
            "r", self._format(piece.run), *texts(piece.run.text, "delText" if deleted else "t")
        )

    def _format(self, run: Run) -> Any:
        rtl = self.package.right_to_left
        marks = [w("rStyle", val="Hyperlink")] if run.href else []
        marks += [w("b"), w("bCs")] if run.bold else []
        marks += [w("i"), w("iCs")] if run.italic else []
        marks += [w("rtl")] if rtl else []
        return w("rPr", *marks) if marks else None

    def _identity(self, key: str) -> list[Any]:
        """A footnote's bookmark; its name stands in the file once."""
        if key not in self.identities:
            return []
        start = w("bookmarkStart", id=self.package.next_id(), name=self.identities.pop(key))
        return [start, w("bookmarkEnd", id=self.package.last_id)]

    def _reference(self, key: str, revision: Revision | None) -> Any:
        """A reference with a footnote of its own, which holds what the reference brings along."""
        pieces = self.notes.get(key, ())
        if revision:
            pieces = one_text(pieces, revision)
        content = self.written(pieces, "footnotes")
        number = self.package.footnote([*self._identity(key), *content])
        style = w("rPr", w("rStyle", val="FootnoteReference"))
        return w("r", style, w("footnoteReference", id=number))
