"""Responses to a public questionnaire as rows of one table, what is asked several times among them.

Each item of a repeat has columns of its own, `partners[2].since`, as many as somebody needed. It
refuses to know where the answers come from and how the table is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.definition import Question
from surveys.kinds import Cell, kind_of
from surveys.kinds.repeats import items_of


def columns_of(question: Question, given: Sequence[Any], before: str = "") -> Iterator[str]:
    """The names of a question's columns for all stored answers `given`, those of items after it."""
    for column in kind_of(question).columns(question):
        yield f"{before}{column.name}"
    lists = [items_of(stored) for stored in given] if kind_of(question).nested else []
    for place in range(max(map(len, lists), default=0)):
        answers = [items[place].answers for items in lists if len(items) > place]
        for inner in question.questions:
            inside = [one[inner.code] for one in answers if inner.code in one]
            yield from columns_of(inner, inside, f"{before}{question.code}[{place + 1}].")


def cells_of(question: Question, stored: Any, before: str = "") -> Mapping[str, Cell]:
    """The cells of one person's answer by the names of their columns."""
    kind = kind_of(question)
    columns, cells = kind.columns(question), kind.to_cells(question, stored)
    found = {f"{before}{c.name}": cell for c, cell in zip(columns, cells, strict=True)}
    for item in items_of(stored) if kind.nested else ():
        for inner in question.questions:
            place = f"{before}{question.code}[{item.place}]."
            found |= cells_of(inner, item.answers.get(inner.code), place)
    return found
