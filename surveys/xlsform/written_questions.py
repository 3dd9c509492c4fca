"""Questions, groups and sections as rows of the sheet survey."""

from collections.abc import Iterator

from surveys.definition import Choice, Group, Question, QuestionKind, Section, Tree
from surveys.expressions import render
from surveys.xlsform.grids import DEFAULT_SUM
from surveys.xlsform.kinds import meant
from surveys.xlsform.lists import OWN
from surveys.xlsform.outline import Node
from surveys.xlsform.tongues import Cells, Tongues
from surveys.xlsform.types import SELECTS, WRITTEN

K = QuestionKind

_APPEARANCE = {K.LONG_TEXT: "multiline", K.MONTH: "month-year"}
_ROWS = {K.MATRIX: "select_one", K.POINTS: "integer"}
_ALWAYS = frozenset({K.RATING, K.YES_NO, K.PERCENT, K.MONEY, K.MATRIX, K.POINTS})
_TREES = {
    "relevant": "relevant",
    "constraint": "constraint",
    "warning": "plenary_warning",
    "calculation": "calculation",
    "choice_filter": "choice_filter",
    "times": "repeat_count",
}
_TEXTS = {
    "texts": "label",
    "hints": "hint",
    "guidance": "guidance_hint",
    "required_texts": "required_message",
    "constraint_texts": "constraint_message",
    "warning_texts": "plenary_warning_message",
}


def list_of(question: Question) -> str:
    """The name of the list a question's choices stand in, one of its own if it names none."""
    return question.list or f"{OWN}{question.code}"


def has_list(question: Question) -> bool:
    """Whether the question's row, or its rows, name a list."""
    return question.kind is K.MATRIX or WRITTEN[question.kind] in SELECTS


def rows_of(nodes: list[Node], tongues: Tongues) -> Iterator[Cells]:
    """The rows of these things and of what stands in them."""
    for node in nodes:
        if isinstance(node.thing, Question):
            yield from _question(node, node.thing, tongues)
        else:
            yield _group(node, node.thing, tongues)
            yield from rows_of(node.inside, tongues)
            yield {"type": "end_group"}


def _group(node: Node, thing: Section | Group, tongues: Tongues) -> Cells:
    return {
        "type": "begin_group",
        "name": node.name,
        **tongues.cells("label", thing.texts),
        **tongues.cells("hint", thing.hints),
        "relevant": _written(thing.relevant, node),
        "appearance": " ".join(thing.appearance),
    }


def _question(node: Node, question: Question, tongues: Tongues) -> Iterator[Cells]:
    yield _row(node, question, tongues)
    if question.kind is K.REPEAT:
        yield from rows_of(node.inside, tongues)
        yield {"type": "end_repeat"}
    elif question.kind in _ROWS:
        for item in question.items:
            yield _item(question, item, tongues)
        yield {"type": "end_group"}


def _item(question: Question, item: Choice, tongues: Tongues) -> Cells:
    native = _ROWS[question.kind]
    listed = f" {list_of(question)}" if native in SELECTS else ""
    return {
        "type": f"{native}{listed}",
        "name": item.code,
        **tongues.cells("label", item.texts),
    }


def _row(node: Node, question: Question, tongues: Tongues) -> Cells:
    cells = {"type": _type(question), "name": node.name}
    for field, column in _TEXTS.items():
        cells |= tongues.cells(column, getattr(question, field))
    cells |= {column: _written(getattr(question, field), node) for field, column in _TREES.items()}
    look = (*question.appearance, *filter(None, [_APPEARANCE.get(question.kind)]))
    return {
        **cells,
        "required": "yes" if question.required else _written(question.required_if, node),
        "read_only": "yes" if question.read_only else "",
        "default": _default(question),
        "appearance": " ".join(look),
        "parameters": _parameters(question),
        **_ours(question),
    }


def _type(question: Question) -> str:
    native = WRITTEN[question.kind]
    if question.range is not None:
        return "range"
    if question.kind is K.FILE and question.media is not None:
        return question.media.value
    return f"{native} {list_of(question)}" if native in SELECTS else native


def _ours(question: Question) -> Cells:
    """The columns of our own: what no other tool knows."""
    matrix_sum = question.total if question.kind is K.POINTS else None
    return {
        "plenary_kind": question.kind.value if _must_say(question) else "",
        "plenary_top": _number(_top(question)),
        "plenary_ties": "yes" if question.ties else "",
        "plenary_sum": _number(matrix_sum if matrix_sum != DEFAULT_SUM else None),
        "plenary_currencies": " ".join(question.currencies),
        "plenary_max_bytes": _number(question.max_bytes),
        "plenary_source": question.source.value if question.source else "",
    }


def _must_say(question: Question) -> bool:
    """Whether reading the row would take it for another kind."""
    if question.kind in _ALWAYS:
        return True
    native = _type(question).split(" ", maxsplit=1)[0]
    words = frozenset((*question.appearance, _APPEARANCE.get(question.kind, "")))
    filtered = question.choice_filter is not None
    known = meant(native, words, question.choices, filtered=filtered, numbers=question.range)
    return known not in {None, question.kind}


def _top(question: Question) -> int | None:
    ranks_all = question.top == max(1, len(question.choices))
    return None if question.kind is not K.RANKING or ranks_all else question.top


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _written(tree: Tree | None, node: Node) -> str:
    return "" if tree is None else render(tree, node.paths)


def _default(question: Question) -> str:
    """A text as it stands, unless it looks like an expression; an expression as written."""
    from pyxform.utils import default_is_dynamic  # noqa: PLC0415  # heavy, and seldom needed

    tree = question.default
    if tree is None or not isinstance(tree.get("value"), str):
        return "" if tree is None else render(tree)
    native = "date" if question.kind in {K.DATE, K.MONTH} else "text"
    native = "dateTime" if question.kind is K.DATE_TIME else native
    text = tree["value"]
    return f"string({render(tree)})" if default_is_dynamic(text, native) else text


def _parameters(question: Question) -> str:
    if question.range is not None:
        ends = question.range
        numbers = {"start": ends.start, "end": ends.end, "step": ends.step}
        return " ".join(f"{name}={number:.15g}" for name, number in numbers.items())
    if question.kind in _ROWS:
        return "" if question.rotate else "randomize=false"
    return "randomize=true" if question.rotate else ""
