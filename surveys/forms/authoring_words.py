"""The words authors see: kinds of question, their groups, and the fields of a question."""

from collections.abc import Iterator

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import Tree
from surveys.definition import Choice, Question, QuestionKind, text_in
from surveys.expressions import render
from surveys.kinds import Kind

K = QuestionKind
KIND_GROUPS: tuple[tuple[Lazy, tuple[QuestionKind, ...]], ...] = (
    (_l("Choosing"), (K.CHOOSE_ONE, K.CHOOSE_MANY, K.YES_NO, K.RATING, K.MATRIX, K.RANKING)),
    (_l("Writing"), (K.SHORT_TEXT, K.LONG_TEXT)),
    (_l("Numbers"), (K.INTEGER, K.DECIMAL, K.PERCENT, K.MONEY, K.POINTS)),
    (_l("Dates"), (K.DATE, K.MONTH, K.TIME, K.DATE_TIME)),
    (_l("More"), (K.FILE, K.ACKNOWLEDGE, K.NOTE, K.CALCULATED, K.REPEAT)),
)
FIELDS: dict[str, Lazy] = {
    "texts": _l("Question"),
    "hints": _l("Hint"),
    "guidance": _l("Guidance"),
    "kind": _l("Kind"),
    "code": _l("Code"),
    "required": _l("Must be answered"),
    "required_if": _l("Must be answered if"),
    "required_texts": _l("Message if it is missing"),
    "relevant": _l("Shown if"),
    "choices": _l("Choices"),
    "items": _l("Rows"),
    "constraint": _l("The answer must meet"),
    "constraint_texts": _l("Message if it doesn't"),
    "warning": _l("The answer is usual if"),
    "warning_texts": _l("Question to confirm it"),
    "calculation": _l("Calculation"),
    "default": _l("Filled in at the start"),
    "choice_filter": _l("Choices offered if"),
    "times": _l("How often it is asked"),
    "top": _l("How many to rank"),
    "ties": _l("Two may share a place"),
    "total": _l("Points to share out"),
    "rotate": _l("In an order of each organisation's own"),
    "currencies": _l("Currencies"),
    "appearance": _l("How it looks"),
    "media": _l("Kind of file"),
    "read_only": _l("Can't be changed by respondents"),
    "range": _l("Slider"),
    "source": _l("Choices from the directory"),
    "max_bytes": _l("Largest file"),
    "list": _l("List"),
    "group": _l("Group"),
}


def kind_title(kind: QuestionKind) -> Lazy:
    """What authors call a kind."""
    return Kind.KINDS[kind].title


def differing(mine: Question, theirs: Question) -> Iterator[tuple[Lazy, str, str]]:
    """What two versions of a question say differently: (field, mine, theirs) in words."""
    for name, label in FIELDS.items():
        one, other = getattr(mine, name), getattr(theirs, name)
        if one != other:
            yield label, in_words(one), in_words(other)


def in_words(value: object) -> str:
    """A field's value as lines of text."""
    if isinstance(value, tuple):
        return "\n".join(_choice(part) if isinstance(part, Choice) else str(part) for part in value)
    if isinstance(value, dict):
        return _tree_or_texts(value)
    if isinstance(value, QuestionKind):
        return str(kind_title(value))
    if isinstance(value, bool):
        return str(_l("yes") if value else _l("no"))
    return "" if value is None else str(value)


def _choice(choice: Choice) -> str:
    return f"{choice.code}: {text_in(choice.texts, '')}"


def _tree_or_texts(value: Tree) -> str:
    if {"op", "ref", "value", "this"} & value.keys():
        return render(value)
    return "\n".join(f"{language}: {text}" for language, text in value.items())
