"""A row of the survey sheet as a question."""

import re
from typing import Any

from core.texts import lazy as _l
from surveys.definition import Choice, Question, QuestionKind
from surveys.xlsform.context import Context, Trees, joined
from surveys.xlsform.lists import steps
from surveys.xlsform.rows import Row
from surveys.xlsform.texts import labelled, optional

# The kinds each type of XLSForm can be; the first unless plenary_kind says otherwise.
KINDS: dict[str, tuple[QuestionKind, ...]] = {
    "text": (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT),
    "integer": (QuestionKind.INTEGER,),
    "date": (QuestionKind.DATE,),
    "note": (QuestionKind.NOTE,),
    "select_one": (QuestionKind.CHOOSE_ONE, QuestionKind.RATING, QuestionKind.YES_NO),
    "select_multiple": (QuestionKind.CHOOSE_MANY,),
    "rank": (QuestionKind.RANKING,),
}
OF_A_LIST = frozenset({"select_one", "select_multiple", "rank"})
SCALES = frozenset({QuestionKind.RATING, QuestionKind.YES_NO})
_SPELLINGS = {"string": "text", "int": "integer", "select1": "select_one"}
MIN_STEPS = 2


def read_question(row: Row, conditions: Trees, context: Context) -> Question | None:
    """The row's question, asked where all these conditions and its own hold.

    None, with an error, where its type or name is unusable.
    """
    kind, list_name = _kind(row, context)
    code = context.name(row)
    if kind is None or code is None:
        return None
    choices = context.choices(row, list_name) if kind in _LISTED else ()
    _check_choices(row, kind, choices, context)
    return Question(
        kind=kind,
        choices=choices,
        top=_top(row, choices, context) if kind is QuestionKind.RANKING else None,
        rotate=_rotates(row, kind, context),
        **shared(row, code, conditions, context),
    )


_LISTED = frozenset(kind for name in OF_A_LIST for kind in KINDS[name])


def shared(row: Row, code: str, conditions: Trees, context: Context) -> dict[str, Any]:
    """What every kind of question takes from its row."""
    own = context.condition(row, "relevant")
    findings, sheets = context.findings, context.sheets
    return {
        "uid": context.uid(code),
        "code": code,
        "texts": labelled(row, sheets, findings),
        "hints": optional(row, "hint", sheets, findings),
        "required": context.flag(row, "required"),
        "relevant": joined((*conditions, own) if own else conditions),
        "constraint": context.condition(row, "constraint"),
        "constraint_texts": optional(row, "constraint_message", sheets, findings),
    }


def split_type(row: Row) -> tuple[str, str]:
    """The row's type in XLSForm's present spelling, and the list behind it ("" for none)."""
    written = re.sub(r"^select (one|multiple)\b", r"select_\1", row.get("type"))
    name, _, rest = written.partition(" ")
    return _SPELLINGS.get(name.lower(), name.lower()), rest.strip()


def _kind(row: Row, context: Context) -> tuple[QuestionKind | None, str]:
    name, list_name = split_type(row)
    kinds = KINDS.get(name)
    if kinds is None:
        message = _l(
            "The type “%(type)s” can't be asked here. Use one of: %(known)s.",
            type=row.get("type"),
            known=", ".join(KINDS),
        )
        context.findings.error(row, "type", message)
        return None, ""
    if list_name.endswith(" or_other"):
        message = _l("Instead of or_other, add a choice named other to the list, with its texts.")
        context.findings.error(row, "type", message)
        list_name = list_name.removesuffix(" or_other")
    return _wished(row, kinds, context), list_name


def _wished(row: Row, kinds: tuple[QuestionKind, ...], context: Context) -> QuestionKind | None:
    wish = row.get("plenary_kind")
    if wish in {kind.value for kind in kinds}:
        return QuestionKind(wish)
    if wish:
        message = _l(
            "A row of this type can be %(known)s, not “%(kind)s”.",
            known=", ".join(kinds),
            kind=wish,
        )
        context.findings.error(row, "plenary_kind", message)
        return None
    if QuestionKind.LONG_TEXT in kinds and "multiline" in row.get("appearance").lower().split():
        return QuestionKind.LONG_TEXT
    return kinds[0]


def _check_choices(
    row: Row, kind: QuestionKind, choices: tuple[Choice, ...], context: Context
) -> None:
    if kind is QuestionKind.RATING:
        check_scale(row, choices, context)
    if kind is QuestionKind.YES_NO and choices and {c.code for c in choices} != {"yes", "no"}:
        message = _l("The list of a yes_no question holds the choices yes and no, nothing else.")
        context.findings.error(row, "type", message)


def check_scale(row: Row, choices: tuple[Choice, ...], context: Context) -> None:
    """An error unless the list is a scale: steps named by numbers, perhaps a dont_know beside."""
    if choices and steps(choices) < MIN_STEPS:
        message = _l("The list of a scale names its steps by numbers: 1, 2, 3 and so on.")
        context.findings.error(row, "type", message)


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


def _rotates(row: Row, kind: QuestionKind, context: Context) -> bool:
    rotates = context.rotates(row, default=False)
    if rotates and kind in SCALES:
        message = _l("A scale always keeps its order: randomize is left out.")
        context.findings.warn(row, "parameters", message)
        return False
    return rotates and kind in _LISTED
