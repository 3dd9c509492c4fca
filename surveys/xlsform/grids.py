"""A group of rows as one question: a matrix, or points to be shared out."""

from core.texts import lazy as _l
from surveys.definition import Choice, Question, QuestionKind
from surveys.xlsform.blocks import MATRIX, POINTS, Block
from surveys.xlsform.context import Context
from surveys.xlsform.kinds import check_scale
from surveys.xlsform.lists import OWN
from surveys.xlsform.logic import requirement
from surveys.xlsform.naming import well_named
from surveys.xlsform.parameters import parameters, rotates
from surveys.xlsform.questions import shared
from surveys.xlsform.rows import Row
from surveys.xlsform.texts import labelled

GRIDS = {MATRIX: ("select_one", QuestionKind.MATRIX), POINTS: ("integer", QuestionKind.POINTS)}
DEFAULT_SUM = 100
_NOT_OF_ROWS = ("relevant", "constraint", "calculation", "default", "choice_filter")
_NOT_OF_GROUPS = ("constraint", "calculation", "default", "choice_filter", "repeat_count")


def read_grid(block: Block, group: str, context: Context) -> Question | None:
    """The group as one question; None where its name is unusable."""
    if not block.code:
        return None
    row = block.row
    context.rows["question", block.code] = row
    wanted, kind = GRIDS[block.kind]
    rows = [inner for inner in block.inside or () if _is_item(inner, wanted, context)]
    items = _items(block.code, rows, context)
    if not rows:
        context.findings.error(row, "type", _l("This group holds no rows."))
    _refuse_cells(row, _NOT_OF_GROUPS, context)
    listed, scale = _scale(rows, context) if kind is QuestionKind.MATRIX else ("", ())
    need = requirement(row, context)
    every_row = bool(rows) and all(context.flag(inner.row, "required") for inner in rows)
    return Question(
        kind=kind,
        group=group,
        items=items,
        list=listed,
        choices=scale,
        total=_sum(row, context) if kind is QuestionKind.POINTS else None,
        rotate=rotates(row, parameters(row, "group", context), context, default=True),
        relevant=context.tree(row, "relevant"),
        warning=context.tree(row, "plenary_warning"),
        read_only=context.flag(row, "read_only"),
        **{**need, "required": need.get("required", False) or every_row},
        **shared(block, kind, context),
    )


def _sum(row: Row, context: Context) -> int:
    return context.whole(row, "plenary_sum", default=DEFAULT_SUM)


def _refuse_cells(row: Row, columns: tuple[str, ...], context: Context) -> None:
    for column in columns:
        if row.get(column):
            message = _l("This can't be said of a whole group here: take it out.")
            context.findings.error(row, column, message)


def _is_item(block: Block, wanted: str, context: Context) -> bool:
    if block.type.name != wanted or block.type.or_other:
        message = _l("Every row of this group is of the type %(type)s.", type=wanted)
        context.findings.error(block.row, "type", message)
        return False
    for column in _NOT_OF_ROWS:
        if block.row.get(column):
            message = _l("Conditions stand at the group, not at its rows: take it out.")
            context.findings.error(block.row, column, message)
    return well_named(block, context.findings)


def _items(code: str, rows: list[Block], context: Context) -> tuple[Choice, ...]:
    items: dict[str, Choice] = {}
    for block in rows:
        row, name = block.row, block.name
        if name in items:
            message = _l("“%(code)s” is in this group already. Name each row once.", code=name)
            context.findings.error(row, "name", message)
            continue
        texts = labelled(row, context.sheets, context.findings, name)
        items[name] = Choice(code=name, texts=texts)
        context.rows["item", f"{code}/{name}"] = row
    return tuple(items.values())


def _scale(rows: list[Block], context: Context) -> tuple[str, tuple[Choice, ...]]:
    """The one list all rows use, "" for one of the question's own; its choices."""
    names = [block.type.list for block in rows]
    for block, name in zip(rows, names, strict=True):
        if name != names[0]:
            message = _l("Every row of a matrix uses the same list, here %(list)s.", list=names[0])
            context.findings.error(block.row, "type", message)
    if not rows:
        return "", ()
    choices = context.choices(rows[0].row, names[0])
    check_scale(rows[0].row, choices, context)
    return "" if names[0].startswith(OWN) else names[0], choices
