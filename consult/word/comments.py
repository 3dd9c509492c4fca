"""The comments of a file, and which of them answer others.

Which words a comment covers is said by the runs of the text, not here.
"""

from typing import Any

from consult.word.contents import Comment, Paragraph
from consult.word.moments import moment
from consult.word.names import WORD_2010, WORD_2012, value, w
from consult.word.package import Package
from consult.word.resolving import accepting, resolved
from consult.word.walking import Walker

_PARAGRAPH = f"{{{WORD_2010}}}paraId"


def _name(name: str) -> str:
    return f"{{{WORD_2012}}}{name}"


def read_comments(package: Package, walker: Walker) -> tuple[Comment, ...]:
    """The comments in the file's order, parents before answers where Word wrote it."""
    part = package.parts.get("comments")
    found = [] if part is None else list(part.iterchildren(w("comment")))
    extended = _extended(package.parts.get("commentsExtended"))
    keys = {paragraph: value(c, "id") or "" for c in found for paragraph in _paragraphs(c)}
    return tuple(_comment(one, walker, extended, keys) for one in found)


def _comment(
    element: Any, walker: Walker, extended: dict[str, Any], keys: dict[str, str]
) -> Comment:
    last = next((extended[p] for p in reversed(_paragraphs(element)) if p in extended), None)
    parent = "" if last is None else keys.get(last.get(_name("paraIdParent"), "").upper(), "")
    return Comment(
        id=value(element, "id") or "",
        author=value(element, "author") or "",
        at=moment(value(element, "date")),
        texts=tuple(_text(p) for p in resolved(walker.story(element), accepting)),
        parent=parent,
        done=last is not None and last.get(_name("done")) in {"1", "true"},
    )


def _text(paragraph: Paragraph) -> str:
    return paragraph.text.strip()


def _paragraphs(comment: Any) -> list[str]:
    """The identities of a comment's paragraphs. Answers name their parent by its last one's."""
    return [p.get(_PARAGRAPH, "").upper() for p in comment.iter(w("p")) if p.get(_PARAGRAPH)]


def _extended(part: Any) -> dict[str, Any]:
    found = [] if part is None else part.iterchildren(_name("commentEx"))
    return {one.get(_name("paraId"), "").upper(): one for one in found}
