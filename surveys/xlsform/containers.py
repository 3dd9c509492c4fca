"""Groups and repeats of a form, with the questions they hold."""

from dataclasses import dataclass, field

from core.texts import lazy as _l
from surveys.definition import Group, Question, QuestionKind
from surveys.xlsform.blocks import INTRODUCTION, Block
from surveys.xlsform.context import Context
from surveys.xlsform.grids import GRIDS, read_grid
from surveys.xlsform.logic import requirement
from surveys.xlsform.parameters import appearance
from surveys.xlsform.questions import read_question, shared
from surveys.xlsform.texts import optional

# What a group says of itself; anything else in its row would be lost.
_NOT_OF_GROUPS = ("constraint", "calculation", "default", "choice_filter", "plenary_warning")


@dataclass
class Held:
    """What a section or a repeat holds: its questions in order, and the groups among them."""

    questions: list[Question] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def hold(blocks: list[Block], context: Context) -> Held:
    """The questions and groups of these blocks."""
    held = Held()
    _take(blocks, "", held, context)
    return held


def _take(blocks: list[Block], group: str, held: Held, context: Context) -> None:
    for block in blocks:
        if block.inside is None:
            question = read_question(block, group, context)
        elif block.kind in GRIDS:
            question = read_grid(block, group, context)
        elif block.repeats:
            question = _repeat(block, group, context)
        else:
            _subgroup(block, group, held, context)
            continue
        if question is not None:
            held.questions.append(question)


def _subgroup(block: Block, group: str, held: Held, context: Context) -> None:
    if not block.code:
        return
    refuse_kind(block, context)
    row = block.row
    context.rows["group", block.code] = row
    held.groups.append(
        Group(
            code=block.code,
            name="" if block.name == block.code else block.name,
            texts=optional(row, "label", context.sheets, context.findings),
            hints=optional(row, "hint", context.sheets, context.findings),
            group=group,
            relevant=context.tree(row, "relevant"),
            appearance=appearance(row, context),
        )
    )
    list_ignored(block, context)
    _take(block.inside or [], block.code, held, context)


def _repeat(block: Block, group: str, context: Context) -> Question | None:
    if not block.code:
        return None
    refuse_kind(block, context)
    row = block.row
    context.rows["question", block.code] = row
    for column in _NOT_OF_GROUPS:
        _list_ignored(block, column, context)
    held = hold(block.inside or [], context)
    if not held.questions:
        context.findings.error(row, "type", _l("This repeat holds no question."))
    return Question(
        kind=QuestionKind.REPEAT,
        group=group,
        relevant=context.tree(row, "relevant"),
        times=context.tree(row, "repeat_count"),
        questions=tuple(held.questions),
        groups=tuple(held.groups),
        **requirement(row, context),
        **shared(block, QuestionKind.REPEAT, context),
    )


def list_ignored(block: Block, context: Context) -> None:
    """List what is written beside a group and means nothing there."""
    for column in (*_NOT_OF_GROUPS, "required", "read_only", "repeat_count"):
        _list_ignored(block, column, context)


def _list_ignored(block: Block, column: str, context: Context) -> None:
    if block.row.get(column):
        message = _l("This means nothing beside a group and is left out.")
        context.findings.warn(block.row, column, message)


def refuse_kind(block: Block, context: Context) -> None:
    """An error where a group asks to be a kind it can't be."""
    if block.kind:
        known = ", ".join((INTRODUCTION, *GRIDS))
        message = _l(
            "A group can be %(known)s, the first only outside of sections, not “%(kind)s”.",
            known=known,
            kind=block.kind,
        )
        context.findings.error(block.row, "plenary_kind", message)
