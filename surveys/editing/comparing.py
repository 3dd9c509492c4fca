"""What a row of a condition can say: operators by kind of question, and their trees."""

from collections.abc import Callable
from dataclasses import dataclass

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind, Tree

K = QuestionKind
NUMBERS = frozenset({K.INTEGER, K.DECIMAL, K.PERCENT, K.MONEY, K.RATING, K.CALCULATED})
MOMENTS = frozenset({K.DATE, K.MONTH})
"""Their values are days."""
SEVERAL = frozenset({K.CHOOSE_MANY, K.RANKING})
OFFERING = frozenset({K.CHOOSE_ONE, K.YES_NO, K.RATING, *SEVERAL})
"""Kinds whose answers are picked from choices."""
COMPARABLE = frozenset(
    {*NUMBERS, *MOMENTS, *OFFERING, K.SHORT_TEXT, K.LONG_TEXT, K.ACKNOWLEDGE, K.FILE, K.TIME,
     K.DATE_TIME}
)  # fmt: skip
"""Kinds a row can be about: they have one value."""
THIS = "."
"""Stands for the answer a check speaks of, in the place of a question's code."""


@dataclass(frozen=True)
class Comparison:
    """An operator of rows. `counts`: its value is a number of choices; `bare`: it takes none."""

    name: str
    words: Lazy
    kinds: frozenset[QuestionKind]
    write: Callable[[Tree, Tree], Tree]
    bare: bool = False
    counts: bool = False
    moments: Lazy | None = None


def _op(name: str, *args: Tree) -> Tree:
    return {"op": name, "args": list(args)}


def _between(sign: str) -> Callable[[Tree, Tree], Tree]:
    return lambda about, value: _op(sign, about, value)


_EMPTY: Tree = {"value": ""}
_EQUAL = COMPARABLE - SEVERAL - {K.FILE, K.ACKNOWLEDGE}
_ORDERED = NUMBERS | MOMENTS
_TEXTS = frozenset({K.SHORT_TEXT, K.LONG_TEXT})
_ALL = (
    Comparison("=", _l("is"), _EQUAL, _between("=")),
    Comparison("!=", _l("is not"), _EQUAL, _between("!=")),
    Comparison("selected", _l("includes"), SEVERAL, _between("selected")),
    Comparison(
        "not_selected", _l("does not include"), SEVERAL,
        lambda about, value: _op("not", _op("selected", about, value)),
    ),
    Comparison(
        ">=", _l("is at least"), _ORDERED, _between(">="), moments=_l("is on or after")
    ),
    Comparison("<=", _l("is at most"), _ORDERED, _between("<="), moments=_l("is on or before")),
    Comparison(">", _l("is more than"), _ORDERED, _between(">"), moments=_l("is after")),
    Comparison("<", _l("is less than"), _ORDERED, _between("<"), moments=_l("is before")),
    Comparison(
        "count>=", _l("has at least so many chosen:"), SEVERAL,
        lambda about, value: _op(">=", _op("count_selected", about), value), counts=True,
    ),
    Comparison(
        "count<=", _l("has at most so many chosen:"), SEVERAL,
        lambda about, value: _op("<=", _op("count_selected", about), value), counts=True,
    ),
    Comparison("contains", _l("contains the text"), _TEXTS, _between("contains")),
    Comparison(
        "answered", _l("is answered"), COMPARABLE,
        lambda about, _value: _op("!=", about, _EMPTY), bare=True,
    ),
    Comparison(
        "unanswered", _l("is not answered"), COMPARABLE,
        lambda about, _value: _op("=", about, _EMPTY), bare=True,
    ),
)  # fmt: skip
COMPARISONS = {comparison.name: comparison for comparison in _ALL}


def comparisons_of(question: Question) -> list[Comparison]:
    """What a row about this question can say."""
    return [c for c in _ALL if question.kind in c.kinds]


def words_of(comparison: Comparison, question: Question) -> Lazy:
    """The operator in words, as it is said of this question."""
    if question.kind in MOMENTS and comparison.moments is not None:
        return comparison.moments
    return comparison.words
