"""A group of rows as one question: a matrix, or points to be shared out."""

from core.texts import lazy as _l
from surveys.definition import Choice, Question, QuestionKind
from surveys.xlsform.blocks import MATRIX, POINTS, Block
from surveys.xlsform.context import Context, Trees, well_named
from surveys.xlsform.questions import check_scale, shared, split_type
from surveys.xlsform.rows import Row
from surveys.xlsform.texts import labelled

GRIDS = {MATRIX: ("select_one", QuestionKind.MATRIX), POINTS: ("integer", QuestionKind.POINTS)}
DEFAULT_SUM = 100


def read_grid(block: Block, conditions: Trees, context: Context) -> Question | None:
    """The group as one question; None, with an error, where its name is unusable."""
    code = context.name(block.row)
    if code is None:
        return None
    wanted, kind = GRIDS[block.kind]
    rows = [inner.row for inner in block.inside or () if _is_item(inner, wanted, context)]
    items = _items(code, rows, context)
    if not rows:
        context.findings.error(block.row, "type", _l("This group holds no rows."))
    if block.row.get("constraint"):
        message = _l("A constraint can't speak of a whole group: take it out.")
        context.findings.error(block.row, "constraint", message)
    question = Question(
        kind=kind,
        items=items,
        choices=_scale(rows, context) if kind is QuestionKind.MATRIX else (),
        total=_sum(block.row, context) if kind is QuestionKind.POINTS else None,
        rotate=context.rotates(block.row, default=True),
        **shared(block.row, code, conditions, context),
    )
    every_row = bool(rows) and all(context.flag(row, "required") for row in rows)
    return question.model_copy(update={"required": question.required or every_row})


def _sum(row: Row, context: Context) -> int:
    return context.whole(row, "plenary_sum", default=DEFAULT_SUM)


def _is_item(block: Block, wanted: str, context: Context) -> bool:
    name, _list = split_type(block.row)
    if name != wanted:
        message = _l("Every row of this group is of the type %(type)s.", type=wanted)
        context.findings.error(block.row, "type", message)
        return False
    for column in ("relevant", "constraint"):
        if block.row.get(column):
            message = _l("Conditions stand at the group, not at its rows: take it out.")
            context.findings.error(block.row, column, message)
    return well_named(block.row, context.findings)


def _items(code: str, rows: list[Row], context: Context) -> tuple[Choice, ...]:
    items: dict[str, Choice] = {}
    for row in rows:
        name = row.get("name")
        if name in items:
            message = _l("“%(code)s” is in this group already. Name each row once.", code=name)
            context.findings.error(row, "name", message)
            continue
        items[name] = Choice(code=name, texts=labelled(row, context.sheets, context.findings))
        context.items[name] = code
    return tuple(items.values())


def _scale(rows: list[Row], context: Context) -> tuple[Choice, ...]:
    """The one list all rows use."""
    names = [split_type(row)[1] for row in rows]
    for row, name in zip(rows, names, strict=True):
        if name != names[0]:
            message = _l("Every row of a matrix uses the same list, here %(list)s.", list=names[0])
            context.findings.error(row, "type", message)
    if not rows:
        return ()
    choices = context.choices(rows[0], names[0])
    check_scale(rows[0], choices, context)
    return choices
