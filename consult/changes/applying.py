"""A change set applied to a draft: it gives the next one exactly, in every language."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from consult.changes.operations import (
    FORM,
    Delete,
    Insert,
    Merge,
    Move,
    Operation,
    Relabel,
    Replace,
    Split,
    Translate,
    made,
    touched,
)
from consult.text.document import Block, BlockKind, Document, digest_of
from consult.text.inline import canonical
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

Blocks = list[Block]


class CannotApply(DomainError):
    """An operation that doesn't fit the draft it comes to. `operation` is its id."""

    def __init__(self, operation: Operation, sentence: Lazy) -> None:
        super().__init__(sentence)
        self.operation = operation.id


def apply(document: Document, operations: Iterable[Operation]) -> Document:
    """The draft after these operations, in their order. Raises `CannotApply`."""
    for operation in operations:
        document = _apply(document, operation)
    return document


def _apply(document: Document, operation: Operation) -> Document:
    for lineage in touched(operation):
        if document.find(lineage) is None:
            raise CannotApply(operation, _l("The paragraph it changes is not in this draft."))
    for block in made(operation):
        _check_new(document, operation, block)
    blocks = _DOING[type(operation)](document, operation)
    languages = document.languages
    if isinstance(operation, Translate) and operation.language not in languages:
        languages = (*languages, operation.language)
    try:
        return Document(source=document.source, languages=languages, blocks=tuple(blocks))
    except ValidationError as error:
        raise CannotApply(operation, _l("It would make a draft that can't be one.")) from error


def _check_new(document: Document, operation: Operation, block: Block) -> None:
    if document.find(block.lineage) is not None:
        raise CannotApply(operation, _l("A new paragraph needs an identity of its own."))
    if not set(block.texts) <= set(document.languages):
        raise CannotApply(operation, _l("It is in a language that this draft doesn't have."))
    if any(canonical(text) != text for text in block.texts.values()):
        raise CannotApply(operation, _l("Its text is not in the form in which texts are stored."))
    _changed(operation, block)


def _replaced(document: Document, operation: Replace) -> Blocks:
    if not set(operation.texts) <= set(document.languages):
        raise CannotApply(operation, _l("It is in a language that this draft doesn't have."))
    index = document.at[operation.lineage]
    blocks = list(document.blocks)
    blocks[index] = _worded(document, operation, blocks[index], operation.texts)
    return blocks


def _worded(document: Document, operation: Operation, block: Block, new: dict[str, str]) -> Block:
    """The block with these texts; translations among them are of the source text it has then."""
    if any(canonical(text) != text for text in new.values()):
        raise CannotApply(operation, _l("Its text is not in the form in which texts are stored."))
    texts = {**block.texts, **new}
    source = digest_of(texts.get(document.source, ""))
    translated = {language: source for language in new if language != document.source}
    return _changed(operation, block, texts=texts, made_from={**block.made_from, **translated})


def _translated(document: Document, operation: Translate) -> Blocks:
    if operation.language == document.source:
        raise CannotApply(operation, _l("It is the language this draft is written in."))
    return [
        _worded(document, operation, block, {operation.language: operation.texts[block.lineage]})
        if block.lineage in operation.texts
        else block
        for block in document.blocks
    ]


def _inserted(document: Document, operation: Insert) -> Blocks:
    return _put(operation, list(document.blocks), operation.block, operation.after)


def _put(operation: Operation, blocks: Blocks, new: Block, after: UUID | None) -> Blocks:
    """The blocks with a new one after another, or first of all."""
    if after is None:
        return [new, *blocks]
    at = next((index for index, block in enumerate(blocks) if block.lineage == after), None)
    if at is None:
        raise CannotApply(operation, _l("The paragraph it should follow is not in this draft."))
    return [*blocks[: at + 1], new, *blocks[at + 1 :]]


def _deleted(document: Document, operation: Delete) -> Blocks:
    return [block for block in document.blocks if block.lineage != operation.lineage]


def _split(document: Document, operation: Split) -> Blocks:
    at = document.at[operation.lineage]
    return [*document.blocks[:at], *operation.into, *document.blocks[at + 1 :]]


def _merged(document: Document, operation: Merge) -> Blocks:
    if len(set(operation.lineages)) != len(operation.lineages):
        raise CannotApply(operation, _l("It merges a paragraph with itself."))
    first = min(document.at[lineage] for lineage in operation.lineages)
    gone = set(operation.lineages)
    blocks = [block for block in document.blocks[first:] if block.lineage not in gone]
    return [*document.blocks[:first], operation.into, *blocks]


def _moved(document: Document, operation: Move) -> Blocks:
    if operation.after == operation.lineage:
        raise CannotApply(operation, _l("A paragraph can't follow itself."))
    block = document.blocks[document.at[operation.lineage]]
    rest = [other for other in document.blocks if other.lineage != operation.lineage]
    return _put(operation, rest, block, operation.after)


def _relabelled(document: Document, operation: Relabel) -> Blocks:
    at = document.at[operation.lineage]
    block = document.blocks[at]
    if (block.kind is BlockKind.FOOTNOTE) != (operation.kind is BlockKind.FOOTNOTE):
        raise CannotApply(operation, _l("A footnote stays a footnote, and a paragraph none."))
    changed = _changed(operation, block, **{name: getattr(operation, name) for name in FORM})
    return [*document.blocks[:at], changed, *document.blocks[at + 1 :]]


def _changed(operation: Operation, block: Block, **changes: Any) -> Block:
    """The block with other values, checked like a new one."""
    try:
        return Block.model_validate({**block.model_dump(), **changes})
    except ValidationError as error:
        raise CannotApply(operation, _l("It would make a paragraph that can't be one.")) from error


_DOING: dict[type, Callable[[Document, Any], Blocks]] = {
    Replace: _replaced,
    Insert: _inserted,
    Delete: _deleted,
    Split: _split,
    Merge: _merged,
    Move: _moved,
    Relabel: _relabelled,
    Translate: _translated,
}
