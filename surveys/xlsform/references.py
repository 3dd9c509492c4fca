"""What conditions refer to: whether it exists, has a value, and comes before it is needed."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import (
    MAX_DEPTH,
    MAX_NODES,
    CircularConditions,
    Tree,
    in_order,
    nodes,
    references,
)
from surveys.definition import Question, QuestionKind
from surveys.xlsform.context import Context

Questions = Mapping[str, Question]
WITHOUT_VALUE = frozenset({QuestionKind.NOTE, QuestionKind.MATRIX, QuestionKind.POINTS})
LISTED = frozenset({QuestionKind.CHOOSE_ONE, QuestionKind.CHOOSE_MANY, QuestionKind.RANKING,
                    QuestionKind.RATING, QuestionKind.YES_NO})  # fmt: skip
NAMED = 6
COMPARING = frozenset({"=", "!=", "selected"})


def check_references(questions: Questions, context: Context) -> None:
    """Add an error for each reference that leads nowhere or in a circle, warn of odd ones."""
    places = {code: place for place, code in enumerate(questions)}
    for question in questions.values():
        for column, tree in _conditions(question):
            row = context.rows[question.code]
            for message in _errors(question, column, tree, questions, context):
                context.findings.error(row, column, message)
            for message in _oddities(question, tree, questions, places):
                context.findings.warn(row, column, message)
    _check_circles(questions, context)


def _conditions(question: Question) -> Iterator[tuple[str, Tree]]:
    if question.relevant is not None:
        yield "relevant", question.relevant
    if question.constraint is not None:
        yield "constraint", question.constraint


def _errors(
    question: Question, column: str, tree: Tree, questions: Questions, context: Context
) -> Iterator[Lazy]:
    depths = [depth for _node, depth in nodes(tree)]
    if len(depths) > MAX_NODES or max(depths) > MAX_DEPTH:
        yield _l("With those of its groups, this condition is too large. Simplify it.")
    if column == "relevant" and any("this" in node for node, _depth in nodes(tree)):
        yield _l("“.” is the answer itself: it can't decide whether the question is asked.")
    for code in sorted(references(tree)):
        target = questions.get(code)
        if target is None and code in context.items:
            yield _l(
                "“%(code)s” is a row of %(question)s: conditions can't refer to single rows.",
                code=code,
                question=context.items[code],
            )
        elif target is None:
            yield _l("There is no question “%(code)s”.", code=code)
        elif target.kind in WITHOUT_VALUE:
            yield _l("“%(code)s” has no value a condition could compare.", code=code)
        elif code == question.code:
            yield _l("The question refers to itself: a constraint writes . for its own answer.")


def _oddities(
    question: Question, tree: Tree, questions: Questions, places: Mapping[str, int]
) -> Iterator[Lazy]:
    for code in sorted(references(tree)):
        if places.get(code, -1) > places[question.code]:
            yield _l("“%(code)s” is asked only later.", code=code)
    for node, _depth in nodes(tree):
        yield from _unoffered(node, questions)


def _unoffered(node: Tree, questions: Questions) -> Iterator[Lazy]:
    """Comparisons of a question with a choice it doesn't offer, which can never come true."""
    if node.get("op") not in COMPARING:
        return
    arguments: list[dict[str, Any]] = node["args"]
    targets = [questions.get(argument.get("ref", "")) for argument in arguments]
    values = [argument.get("value") for argument in arguments]
    for target in targets:
        if target is None or target.kind not in LISTED:
            continue
        for value in values:
            if isinstance(value, str) and value and target.choice(value) is None:
                yield _l("“%(value)s” is no choice of %(code)s.", value=value, code=target.code)


def _check_circles(questions: Questions, context: Context) -> None:
    needs = {
        code: references(question.relevant) & questions.keys() - {code}
        for code, question in questions.items()
        if question.relevant is not None
    }
    try:
        in_order(needs)
    except CircularConditions as circle:
        named = ", ".join(circle.codes[:NAMED])
        for code in circle.codes:
            message = _l("These conditions wait for each other: %(codes)s.", codes=named)
            context.findings.error(context.rows[code], "relevant", message)
