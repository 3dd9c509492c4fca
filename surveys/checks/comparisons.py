"""Comparisons that can never come true, and sums of what are no numbers."""

import re
from collections.abc import Iterator

from core.texts import lazy as _l
from surveys.checks.finding import Finding
from surveys.checks.known import Known
from surveys.checks.subjects import LISTED, Subject
from surveys.conditions import Tree, nodes
from surveys.definition import Choice, Question, QuestionKind

K = QuestionKind

COMPARING = frozenset({"=", "!=", "selected"})
ARITHMETIC = frozenset({"+", "-", "*", "div", "mod"})
TEXTUAL = frozenset({K.SHORT_TEXT, K.LONG_TEXT, K.ACKNOWLEDGE, K.FILE, K.YES_NO})
_COUNTABLE = re.compile(r"\s*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*|[0-9]{4}-[0-9]{2}-[0-9]{2}.*")


def odd_comparisons(subject: Subject, known: Known) -> Iterator[Finding]:
    """Warnings of comparisons with a choice that isn't offered, and of texts in arithmetic."""
    for field, tree in subject.trees():
        for node, _depth in nodes(tree):
            if node.get("op") in COMPARING:
                yield from _unoffered(subject, field, node, known)
            elif node.get("op") in ARITHMETIC:
                yield from _uncountable(subject, field, node, known)


def _target(subject: Subject, node: Tree, known: Known) -> Question | None:
    return subject.question if "this" in node else known.questions.get(node.get("ref", ""))


def _unoffered(subject: Subject, field: str, node: Tree, known: Known) -> Iterator[Finding]:
    targets = [_target(subject, argument, known) for argument in node["args"]]
    values = [argument["value"] for argument in node["args"] if "value" in argument]
    for target in targets:
        if target is None or target.kind not in LISTED or not target.choices:
            continue
        for value in values:
            if value != "" and not any(_is(choice, value) for choice in target.choices):
                message = _l("“%(value)s” is no choice of %(code)s.", value=value, code=target.code)
                yield subject.warning(field, message)


def _is(choice: Choice, value: object) -> bool:
    if isinstance(value, str):
        return choice.code == value
    return _COUNTABLE.fullmatch(choice.code) is not None and _number(choice.code) == value


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _uncountable(subject: Subject, field: str, node: Tree, known: Known) -> Iterator[Finding]:
    for argument in node["args"]:
        value = argument.get("value")
        if isinstance(value, str) and value and not _COUNTABLE.fullmatch(value):
            message = _l("“%(value)s” is a text: nothing can be added to it or taken off.",
                         value=value)  # fmt: skip
            yield subject.warning(field, message)
        target = _target(subject, argument, known)
        if target is not None and _is_textual(target):
            message = _l(
                "The answer to “%(code)s” is no number: the result will be none either.",
                code=target.code,
            )
            yield subject.warning(field, message)


def _is_textual(question: Question) -> bool:
    if question.kind in TEXTUAL:
        return True
    codes = [choice.code for choice in question.choices]
    return question.kind in LISTED and not any(_COUNTABLE.fullmatch(code) for code in codes)
