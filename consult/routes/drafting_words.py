"""Steps of a draft in words, as its change set lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from consult.changes.lineage import resolve
from consult.changes.operations import (
    Delete,
    Insert,
    Merge,
    Move,
    Operation,
    Relabel,
    Replace,
    Split,
    Translate,
    touched,
)
from consult.changes.taking import Why
from consult.queries.amendments import Decided
from consult.routes.drafting_view import Drafting
from consult.text.document import Block, Document
from core.texts import Lazy
from core.texts import lazy as _l

NAMES: dict[type, Lazy] = {
    Replace: _l("Other words"),
    Insert: _l("New paragraph"),
    Delete: _l("Taken out"),
    Split: _l("Divided"),
    Merge: _l("Merged"),
    Move: _l("Moved"),
    Relabel: _l("Number or form"),
    Translate: _l("Translation"),
}
UNCHANGED = _l("The words stay")
REASONS: dict[Why, Lazy] = {
    Why.CONFLICT: _l("These amendments change the same words differently."),
    Why.PARTLY: _l("This was accepted in part: write what of it goes into the text."),
    Why.LANGUAGE: _l(
        "This was written in another language than the draft: write it in the draft's own."
    ),
    Why.GONE: _l("This speaks of a paragraph that is gone: see whether another one takes it up."),
}


@dataclass(frozen=True)
class Told:
    """A step in words. `before`, `after`: texts of the paragraph in the source language.

    `origins`: the paragraphs of the draft before that it is about.
    """

    operation: Operation
    name: Lazy
    place: str
    lineage: UUID | None
    before: str
    after: str
    contributions: list[Decided]
    origins: tuple[UUID, ...]


def reason_of(why: Why) -> Lazy:
    """Why accepted amendments wait for the drafter's words."""
    return REASONS[why]


def told(
    desk: Drafting, operation: Operation, behind: Mapping[UUID, Decided] | None = None
) -> Told:
    """A step of a draft in words. `behind`: the contributions that may be behind it."""
    known = behind or {}
    old = _old(desk, operation)
    new = _new(desk.document, operation)
    language = operation.language if isinstance(operation, Translate) else desk.document.source
    words = isinstance(operation, Replace | Insert | Delete | Split | Merge)
    named = [*new, *old][:1] if not isinstance(operation, Translate) else []
    return Told(
        operation,
        UNCHANGED if operation.op == "replace" and not operation.texts else NAMES[type(operation)],
        desk.place(named[0]) if named else "",
        new[0].lineage if new else None,
        _joined(old, language) if words else "",
        _after(operation, new, language) if words else "",
        [known[one] for one in operation.contributions if one in known],
        _origins(desk, operation),
    )


def _origins(desk: Drafting, operation: Operation) -> tuple[UUID, ...]:
    if desk.before is None:
        return ()
    if isinstance(operation, Insert):
        return (operation.after,) if operation.after else ()
    meant = set(touched(operation))
    meant |= {heir for at in touched(operation) for heir in resolve(at, [desk.fates])}
    return tuple(at for at, heirs in desk.heirs.items() if at in meant or meant & heirs)


def _old(desk: Drafting, operation: Operation) -> list[Block]:
    if desk.before is None or isinstance(operation, Insert):
        return []
    return [one for at in touched(operation) if (one := desk.before.find(at)) is not None]


def _new(document: Document, operation: Operation) -> list[Block]:
    """The paragraphs it left, as far as they are still there."""
    if isinstance(operation, Split):
        wanted = [one.lineage for one in operation.into]
    elif isinstance(operation, Merge):
        wanted = [operation.into.lineage]
    elif isinstance(operation, Insert):
        wanted = [operation.block.lineage]
    else:
        wanted = list(touched(operation))
    return [one for at in wanted if (one := document.find(at)) is not None]


def _after(operation: Operation, new: list[Block], language: str) -> str:
    if isinstance(operation, Delete):
        return ""
    if isinstance(operation, Replace):
        return operation.texts.get(language, _joined(new, language))
    return _joined(new, language)


def _joined(blocks: list[Block], language: str) -> str:
    return " ".join(text for one in blocks if (text := one.texts.get(language, "")))
