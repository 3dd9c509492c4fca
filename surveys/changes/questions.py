"""What changed of one question: each of its fields, its choices and its rows."""

from collections.abc import Iterator
from typing import Any

from surveys.changes.change import Change, What
from surveys.changes.places import new_order
from surveys.changes.wording import reworded
from surveys.definition import Choice, Question

TEXTS = ("texts", "hints", "guidance", "required_texts", "constraint_texts", "warning_texts")
FIELDS: dict[str, What] = {
    "code": What.CODE,
    "kind": What.KIND,
    "required": What.REQUIRED,
    "required_if": What.REQUIRED,
    "relevant": What.CONDITION,
    "constraint": What.CONSTRAINT,
    "warning": What.WARNING,
    "calculation": What.CALCULATION,
    "default": What.DEFAULT,
    "choice_filter": What.CHOICE_FILTER,
    "times": What.TIMES,
    **dict.fromkeys(
        ("read_only", "source", "ties", "range", "currencies", "media", "max_bytes", "top",
         "total", "rotate", "appearance"),
        What.SETTING,
    ),
}  # fmt: skip
ELSEWHERE = {
    "uid": "what a question is known by",
    "choices": "compared one by one",
    "items": "compared one by one",
    "questions": "questions of their own",
    "groups": "compared with the sections'",
    "group": "where it stands: moved",
    "name": "what a form calls it",
    "bank": "where it was taken from",
    "list": "where its choices are written, not which",
}
"""Fields that aren't compared here, and why."""
_CHOICES = {
    "added": What.CHOICE_ADDED,
    "removed": What.CHOICE_REMOVED,
    "reworded": What.CHOICE_REWORDED,
    "changed": What.CHOICE_CHANGED,
    "moved": What.CHOICES_MOVED,
}
_ROWS = {
    "added": What.ROW_ADDED,
    "removed": What.ROW_REMOVED,
    "reworded": What.ROW_REWORDED,
    "changed": What.ROW_CHANGED,
    "moved": What.ROWS_MOVED,
}
Lists = tuple[tuple[Choice, ...], tuple[Choice, ...]]


def question_changes(
    before: Question, after: Question, spoken: tuple[str, ...]
) -> Iterator[Change]:
    """Every change of a question but where it stands; texts in the languages `spoken`."""
    for field in TEXTS:
        pair = (getattr(before, field), getattr(after, field))
        yield from reworded(What.REWORDED, pair, spoken, code=after.code, part=field, uid=after.uid)
    for field, what in FIELDS.items():
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield Change(what, after.code, after.uid, field, (), _json(was), _json(now))
    yield from _listed(after, (before.choices, after.choices), _CHOICES, spoken)
    yield from _listed(after, (before.items, after.items), _ROWS, spoken)


def _json(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    return list(value) if isinstance(value, tuple) else value


def _listed(
    question: Question, lists: Lists, names: dict[str, What], spoken: tuple[str, ...]
) -> Iterator[Change]:
    former, present = ({choice.code: choice for choice in one} for one in lists)
    code, uid = question.code, question.uid
    for part, choice in present.items():
        was = former.get(part)
        if was is None:
            yield Change(names["added"], code, uid, part, after=dict(choice.texts))
            continue
        pair = (was.texts, choice.texts)
        yield from reworded(names["reworded"], pair, spoken, code=code, part=part, uid=uid)
        old, new = (
            {"asks_text": one.specify, "alone": one.exclusive, "columns": dict(one.columns)}
            for one in (was, choice)
        )
        if old != new:
            yield Change(names["changed"], code, uid, part, before=old, after=new)
    for part, choice in former.items():
        if part not in present:
            yield Change(names["removed"], code, uid, part, before=dict(choice.texts))
    if new_order(former, present):
        yield Change(names["moved"], code, uid, before=list(former), after=list(present))
