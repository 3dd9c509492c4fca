"""Evidence: a file kept beside the answers, of which the answer holds only what it is.

The bytes are elsewhere (`surveys.services.evidence`), and so is the check that an answer names a
file of its own response. An upload that was refused stays told until the question is sent again.
"""

import json
from typing import Any
from uuid import UUID

from core.characters import REFUSED
from core.content import accepted
from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Media, Question, QuestionKind
from surveys.kinds.base import (
    Cell,
    Column,
    Kind,
    Line,
    Raw,
    Unreadable,
    first,
    number_text,
    wrong_shape,
)

MEGABYTE = 1_000_000
DEFAULT_BYTES = 10 * MEGABYTE
MOST_BYTES = 25 * MEGABYTE
LONGEST_NAME = 120
_FIELDS = {"id": str, "name": str, "type": str, "size": int}
NEW, REMOVED, REFUSAL = "-new", "-remove", "-refused"


def most_bytes(question: Question) -> int:
    """How large a question's file may be, in bytes."""
    return min(question.max_bytes or DEFAULT_BYTES, MOST_BYTES)


def in_megabytes(size: int) -> str:
    """A size for people: 10, or 0.3."""
    return number_text(max(round(size / MEGABYTE, 1), 0.1))


REASONS: dict[str, Lazy] = {
    "empty": _l("This file was empty. Choose another one."),
    "type": _l(
        "Files of this type can't be taken. Save it as PDF, or choose a picture, a document or a "
        "spreadsheet."
    ),
    "media": _l("This is not the kind of file asked for. Choose another one."),
    "many": _l("This response holds as many files as it can. Remove one first."),
}


def _refused(question: Question, reason: str) -> Lazy:
    if reason == "large":
        most = in_megabytes(most_bytes(question))
        return _l("This file was too large: %(most)s MB is the most. Choose another.", most=most)
    return REASONS.get(reason, REASONS["type"])


def _checked(value: Any) -> dict[str, Any]:
    """A stored value that came from outside, of the right shape; raise `Unreadable`."""
    if not isinstance(value, dict) or set(value) != set(_FIELDS):
        raise wrong_shape()
    if any(type(value[name]) is not kind for name, kind in _FIELDS.items()):
        raise wrong_shape()
    texts = value["name"], value["type"]
    if any(not text or len(text) > LONGEST_NAME or REFUSED.search(text) for text in texts):
        raise wrong_shape()
    if not 0 < value["size"] <= MOST_BYTES or not _is_id(value["id"]):
        raise wrong_shape()
    return {name: value[name] for name in _FIELDS}


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class File(Kind, of=QuestionKind.FILE):
    """A file, stored as {"id", "name", "type", "size"}; its page sends that back as JSON."""

    title = _l("File")
    uploads = True

    def suffixes(self, question: Question) -> list[str]:
        return ["", REMOVED, REFUSAL]

    def inputs(self, question: Question) -> list[str]:
        return [*self.suffixes(question), NEW]

    def accept(self, question: Question) -> str:
        """What a question takes, for a file input's `accept`: ".pdf,.docx"."""
        types = accepted(question.media or Media.FILE)
        return ",".join(f".{ending}" for one in types for ending in one.endings)

    def most(self, question: Question) -> int:
        """How large a question's file may be, in bytes."""
        return most_bytes(question)

    def size(self, number: int) -> str:
        """A number of bytes for people, in megabytes."""
        return in_megabytes(number)

    def from_raw(self, question: Question, raw: Raw) -> Any:
        text, reason = first(raw), first(raw, REFUSAL)
        try:
            held = _checked(json.loads(text)) if text and not first(raw, REMOVED) else None
        except (ValueError, RecursionError):
            raise wrong_shape() from None
        if reason:
            raise Unreadable(_refused(question, reason), keeps=held)
        return held

    def to_raw(self, question: Question, stored: Any) -> Raw:
        return {} if stored is None else {"": [json.dumps(stored, ensure_ascii=False)]}

    def from_json(self, question: Question, value: Any) -> None:
        raise Unreadable(_l("A file can't be given this way: add it on the question's page."))

    def value(self, question: Question, stored: Any) -> str:
        return str(stored["name"])

    def columns(self, question: Question) -> list[Column]:
        parts: dict[str, Lazy] = {"name": _l("name of the file"), "size": _l("size in bytes")}
        return [Column(f"{question.code}.{p}", question, p, words) for p, words in parts.items()]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        return [None, None] if stored is None else [stored["name"], stored["size"]]

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [Line("", stored["name"], file=stored["id"])]
