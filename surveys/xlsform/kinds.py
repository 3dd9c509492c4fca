"""Which kind of question a row is: by its type, its plenary_kind, its appearance and its list."""

from core.texts import lazy as _l
from surveys.definition import Choice, QuestionKind, Range
from surveys.xlsform.blocks import Block
from surveys.xlsform.context import Context
from surveys.xlsform.lists import is_scale, is_yes_no, steps
from surveys.xlsform.rows import Row
from surveys.xlsform.types import AS_TEXT, KINDS, OUTSIDE

MIN_STEPS = 2
_KNOWN = ("text", "integer", "decimal", "range", "date", "time", "dateTime", "note", "acknowledge",
          "select_one", "select_multiple", "rank", "file", "image", "audio", "video", "calculate",
          "begin_group", "begin_repeat")  # fmt: skip


def kind_of(
    block: Block,
    choices: tuple[Choice, ...],
    context: Context,
    *,
    numbers: Range | None = None,
    lines: bool = False,
) -> QuestionKind | None:
    """The row's kind; None, with an error, where its type or its wish can't be met.

    `numbers`: those its slider goes through; `lines`: whether its parameters ask for several lines
    of text.
    """
    row, name = block.row, block.type.name
    if name not in KINDS:
        _refuse_type(block, context)
        return None
    if name in AS_TEXT:
        message = _l("“%(type)s” is asked for as a text here.", type=block.type.written)
        context.findings.warn(row, "type", message)
    wish = row.get("plenary_kind")
    if wish:
        return _wished(row, wish, KINDS[name], choices, context)
    if row.get("calculation") and name != "note":
        return QuestionKind.CALCULATED
    words = frozenset(row.get("appearance").lower().split()) | ({"multiline"} if lines else set())
    filtered = bool(row.get("choice_filter"))
    return meant(name, words, choices, filtered=filtered, numbers=numbers)


def meant(
    name: str,
    words: frozenset[str],
    choices: tuple[Choice, ...],
    *,
    filtered: bool,
    numbers: Range | None,
) -> QuestionKind | None:
    """The kind of a type without a wish: its first, unless appearance or list say more.

    None for a type of no question. `words`: the appearance's; `filtered`: by a choice_filter.
    """
    kinds = KINDS.get(name, (None,))
    if QuestionKind.LONG_TEXT in kinds and "multiline" in words:
        return QuestionKind.LONG_TEXT
    if QuestionKind.MONTH in kinds and "month-year" in words:
        return QuestionKind.MONTH
    if QuestionKind.RATING in kinds and "likert" in words and is_scale(choices):
        return QuestionKind.RATING
    if QuestionKind.YES_NO in kinds and is_yes_no(choices) and not filtered:
        return QuestionKind.YES_NO
    if numbers and not all(n.is_integer() for n in (numbers.start, numbers.end, numbers.step)):
        return QuestionKind.DECIMAL
    return kinds[0]


def _wished(
    row: Row,
    wish: str,
    kinds: tuple[QuestionKind, ...],
    choices: tuple[Choice, ...],
    context: Context,
) -> QuestionKind | None:
    if wish not in {kind.value for kind in kinds}:
        message = _l(
            "A row of this type can be %(known)s, not “%(kind)s”.",
            known=", ".join(kinds),
            kind=wish,
        )
        context.findings.error(row, "plenary_kind", message)
        return None
    kind = QuestionKind(wish)
    if kind is QuestionKind.RATING:
        check_scale(row, choices, context)
    if kind is QuestionKind.YES_NO and choices and not is_yes_no(choices):
        message = _l("The list of a yes_no question holds the choices yes and no, nothing else.")
        context.findings.error(row, "type", message)
    return kind


def check_scale(row: Row, choices: tuple[Choice, ...], context: Context) -> None:
    """An error unless the list is a scale: steps named by numbers, perhaps a dont_know beside."""
    if choices and steps(choices) < MIN_STEPS:
        message = _l("The list of a scale names its steps by numbers: 1, 2, 3 and so on.")
        context.findings.error(row, "type", message)


def _refuse_type(block: Block, context: Context) -> None:
    written = block.type.written
    if block.type.name == "osm":
        message = _l(
            "“%(type)s” asks about a map, which can't be done here: take this row out.",
            type=written,
        )
    elif block.type.name in OUTSIDE:
        message = _l(
            "“%(type)s” takes what it offers from outside the form, which can't be reached here. "
            "Put the choices into the sheet choices and use select_one with a choice_filter.",
            type=written,
        )
    else:
        known = ", ".join(_KNOWN)
        message = _l(
            "The type “%(type)s” can't be asked here. Use one of: %(known)s.",
            type=written,
            known=known,
        )
    context.findings.error(block.row, "type", message)
