"""A row of the survey sheet as a question."""

from dataclasses import replace
from typing import Any

from core.texts import lazy as _l
from surveys.definition import Choice, Directory, Question, QuestionKind
from surveys.xlsform.blocks import Block
from surveys.xlsform.context import Context
from surveys.xlsform.kinds import kind_of
from surveys.xlsform.lists import OWN
from surveys.xlsform.logic import logic
from surveys.xlsform.parameters import appearance, has_several_rows, parameters, rotates, slider
from surveys.xlsform.rows import Row
from surveys.xlsform.texts import asked, labelled, optional
from surveys.xlsform.types import MEDIA, RULES, SELECTS

SCALES = frozenset({QuestionKind.RATING, QuestionKind.YES_NO})
APART = frozenset({"select_multiple", "rank"})
"""Types whose answers are several codes in one text, with spaces between them."""

_CURRENCY_LENGTH = 3


def read_question(block: Block, group: str, context: Context) -> Question | None:
    """The row's question in this group; None, with an error, where its type can't be asked."""
    block = _ruled(block)
    row, type_ = block.row, block.type
    given = parameters(row, type_.name, context)
    listed, choices = _choices(block, context)
    numbers = slider(row, given, context) if type_.name == "range" else None
    lines = has_several_rows(given)
    kind = kind_of(block, choices, context, numbers=numbers, lines=lines)
    if kind is None or not block.code:
        return None
    if kind is QuestionKind.CALCULATED and choices:
        message = _l("What is calculated is shown as it is: its list is not used.")
        context.findings.warn(row, "type", message)
        listed, choices = "", ()
    context.rows["question", block.code] = row
    return Question(
        kind=kind,
        group=group,
        list=listed,
        choices=choices,
        source=_source(row, context),
        top=_top(row, choices, context) if kind is QuestionKind.RANKING else None,
        ties=kind is QuestionKind.RANKING and context.flag(row, "plenary_ties"),
        range=numbers,
        currencies=_currencies(row, context) if kind is QuestionKind.MONEY else (),
        media=MEDIA[type_.name] if kind is QuestionKind.FILE else None,
        max_bytes=context.whole(row, "plenary_max_bytes", default=0) or None,
        rotate=_rotate(row, kind, given, context),
        **shared(block, kind, context),
        **logic(row, kind, context),
    )


def _ruled(block: Block) -> Block:
    """The row with the rule its type brings, unless it has its own."""
    column, rule = RULES.get(block.type.written.lower(), ("", ""))
    if not column or block.row.get(column):
        return block
    return replace(block, row=replace(block.row, cells={**block.row.cells, column: rule}))


def shared(block: Block, kind: QuestionKind, context: Context) -> dict[str, Any]:
    """What every kind of question takes from its row."""
    row, sheets, findings = block.row, context.sheets, context.findings
    label = labelled if block.inside is not None else asked
    silent = kind is QuestionKind.CALCULATED and not row.texts.get("label")
    texts = {} if silent else label(row, sheets, findings, block.name)
    return {
        "uid": context.uid(block.code),
        "code": block.code,
        "name": "" if block.name == block.code else block.name,
        "texts": texts,
        "hints": optional(row, "hint", sheets, findings),
        "guidance": optional(row, "guidance_hint", sheets, findings),
        "required_texts": optional(row, "required_message", sheets, findings),
        "constraint_texts": optional(row, "constraint_message", sheets, findings),
        "warning_texts": optional(row, "plenary_warning_message", sheets, findings),
        "appearance": appearance(row, context),
    }


def _choices(block: Block, context: Context) -> tuple[str, tuple[Choice, ...]]:
    """(the list's name, "" for choices of the question's own; the choices)."""
    row, name = block.row, block.type.list
    if block.type.name not in SELECTS:
        return "", ()
    choices = context.choices(row, name)
    if block.type.name in APART:
        for choice in choices:
            if " " in choice.code:
                message = _l("Several of these are chosen: take the space out of “%(code)s”.",
                             code=choice.code)  # fmt: skip
                context.findings.error(row, "type", message)
    return "" if name.startswith(OWN) else name, choices


def _source(row: Row, context: Context) -> Directory | None:
    written = row.get("plenary_source")
    if written and written not in set(Directory):
        message = _l("Write one of: %(known)s.", known=", ".join(Directory))
        context.findings.error(row, "plenary_source", message)
        return None
    return Directory(written) if written else None


def _top(row: Row, choices: tuple[Choice, ...], context: Context) -> int:
    top = context.whole(row, "plenary_top", default=max(1, len(choices)))
    if choices and top > len(choices):
        message = _l(
            "%(top)s are to be ranked, but the list has only %(count)s choices.",
            top=top,
            count=len(choices),
        )
        context.findings.error(row, "plenary_top", message)
    return top


def _currencies(row: Row, context: Context) -> tuple[str, ...]:
    written = row.get("plenary_currencies").replace(",", " ").upper().split()
    if any(len(code) != _CURRENCY_LENGTH or not code.isascii() for code in written):
        message = _l("Write the codes of currencies, such as CHF EUR USD.")
        context.findings.error(row, "plenary_currencies", message)
    return tuple(dict.fromkeys(written))


def _rotate(row: Row, kind: QuestionKind, given: dict[str, str], context: Context) -> bool:
    rotate = rotates(row, given, context)
    if rotate and kind in SCALES:
        message = _l("A scale always keeps its order: randomize is left out.")
        context.findings.warn(row, "parameters", message)
        return False
    return rotate
