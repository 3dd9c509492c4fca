"""The items of repeats: a table of their own for each, a row per item, beside its organisation.

The table of responses only says how many there are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analytics.export.contents import Contents
from core.texts import lazy as _l
from surveys.definition import Question
from surveys.kinds import Cell, Column, kind_of
from surveys.kinds.repeats import Item, items_of

ABOUT: Mapping[str, object] = {
    "organisation": _l("Code of the organisation (ISO 3166, or IFRC, ICRC)"),
    "place": _l("Which item it is, from 1; inside another, that one's place and a point before it"),
    "item": _l("The item's own sign, which never changes"),
}
"""The columns before an item's answers, with what they hold."""


@dataclass(frozen=True)
class Items:
    """One repeat's table. `path`: the repeats it stands in, itself last."""

    path: tuple[Question, ...]

    @property
    def repeat(self) -> Question:
        """What is repeated."""
        return self.path[-1]

    @property
    def questions(self) -> list[Question]:
        """Every question in it that takes an answer, in the order asked."""
        return [question for question in self.repeat.questions if question.asks]

    @property
    def columns(self) -> list[Column]:
        """The answers' columns, in the order asked."""
        return [column for q in self.questions for column in kind_of(q).columns(q)]

    @property
    def header(self) -> list[str]:
        """The names of all columns."""
        return [*ABOUT, *(column.name for column in self.columns)]


def tables(contents: Contents) -> list[Items]:
    """A table for each repeat, those inside others included, in the order asked."""
    return list(_tables(tuple(contents.wave.questionnaire.questions()), ()))


def _tables(questions: tuple[Question, ...], path: tuple[Question, ...]) -> Iterator[Items]:
    for question in questions:
        if kind_of(question).nested:
            yield Items((*path, question))
            yield from _tables(question.questions, (*path, question))


def rows(contents: Contents, table: Items) -> Iterator[list[Cell]]:
    """A row of cells per item, in the order of `header`: by organisation, then by place."""
    for given in contents.rows:
        answered = given.answered
        stored = answered.answer(table.path[0].code)
        for place, item in _items(stored, table.path[1:], ""):
            cells = [
                cell
                for question in table.questions
                for cell in kind_of(question).to_cells(question, item.answers.get(question.code))
            ]
            yield [answered.organisation, place, item.id, *cells]


def _items(stored: Any, inside: tuple[Question, ...], before: str) -> Iterator[tuple[str, Item]]:
    """The items that a path of repeats leads to, each with its place such as 2.1."""
    for item in items_of(stored):
        place = f"{before}{item.place}"
        if inside:
            yield from _items(item.answers.get(inside[0].code), inside[1:], f"{place}.")
        else:
            yield place, item
