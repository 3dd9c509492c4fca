"""Where questions stand: a questionnaire's top, or one item of a repeat; with what is known there.

A place holds answers, what is hidden in it, its calculated values and its repeats' items. It
refuses to know how these are worked out (`surveys.logic.working`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from surveys.conditions import UNKNOWN, Unknown, Value, answered, to_text
from surveys.definition import Question
from surveys.kinds import kind_of
from surveys.logic.plan import Path, Plan

MAX_ITEMS = 500
"""How many items of a repeat are looked at, those a calculation asks for included."""


class Visibility(StrEnum):
    """Whether a question is asked."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    UNDETERMINED = "undetermined"


@dataclass(eq=False)
class Place:
    """A place and what is known in it.

    `path`: the repeats it is in; () at the top. `number`: of the item in its repeat, from 1.
    `id`: of the item, "" while it has none. `final`: whether the answers are taken as they are,
    so that what is missing is empty; else it is unknown. `state`: by step or question, what is not
    simply shown. `values`: calculated ones. `items`: by the code of a repeat asked here.
    `unsettled`: the repeats of which it isn't known yet how many items there will be.
    """

    plan: Plan
    answers: Mapping[str, Any]
    final: bool
    path: Path = ()
    around: "Place | None" = None
    number: int = 1
    id: str = ""
    otherwise: Visibility = Visibility.SHOWN
    state: dict[str, Visibility] = field(default_factory=dict)
    values: dict[str, Value | Unknown] = field(default_factory=dict)
    items: dict[str, list["Place"]] = field(default_factory=dict)
    unsettled: set[str] = field(default_factory=set)

    def seen(self, key: str) -> Visibility:
        """Whether a step or question of this place is asked."""
        return self.state.get(key, self.otherwise)

    def shown(self, code: str) -> bool:
        """Whether a question of this place is asked."""
        return self.seen(code) is Visibility.SHOWN

    @property
    def codes(self) -> tuple[str, ...]:
        """The questions of this place, in the order asked, hidden ones included."""
        return self.plan.inside.get(self.path, ())

    def key(self, code: str) -> str:
        """What an answer of this place is called among all: CODE, or REPEAT/ID/CODE in an item."""
        if self.around is None:
            return code
        return f"{self.around.key(self.path[-1])}/{self.id or self.number}/{code}"

    def name(self, code: str) -> str:
        """What people call it: CODE, or REPEAT[2].CODE in an item."""
        if self.around is None:
            return code
        return f"{self.around.name(self.path[-1])}[{self.number}].{code}"

    def text(self, question: Question) -> str | Unknown:
        """A question's answer or value here as expressions see it; hidden, it is empty."""
        seen = self.seen(question.code)
        if seen is Visibility.HIDDEN:
            return ""
        text: str | Unknown = UNKNOWN
        if seen is Visibility.SHOWN:
            value = self.values.get(question.code)
            if value is None:
                text = self.held(question)
            elif value is not UNKNOWN:
                text = to_text(value)
        return "" if self.final and text is UNKNOWN else text

    def held(self, question: Question) -> str | Unknown:
        """The text of the answer held here, hidden or not; UNKNOWN where one may still come."""
        stored = self.answers.get(question.code)
        if answered(stored):
            return text_of(question, stored)
        return "" if question.read_only or not question.asks else UNKNOWN

    def up(self, levels: int) -> "Place":
        """The place that many repeats further out; its own for 0."""
        place = self
        for _level in range(levels):
            if place.around is None:
                return place
            place = place.around
        return place

    def outwards(self) -> Iterator["Place"]:
        """This place, then those around it, the top last."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.around

    def walk(self) -> Iterator["Place"]:
        """This place, then every place inside it, in the order asked."""
        yield self
        for code in self.codes:
            for item in self.items.get(code, ()):
                yield from item.walk()

    def within(self, path: Path) -> "list[Place] | None":
        """The places a path of repeats leads to from here, in order; None while unknown."""
        places = [self]
        for code in path:
            inner: list[Place] = []
            for place in places:
                seen = place.seen(code)
                if code in place.unsettled or seen is Visibility.UNDETERMINED:
                    return None
                if seen is Visibility.SHOWN:
                    inner.extend(place.items.get(code, ()))
            places = inner
        return places

    def nearest(self, code: str) -> "list[Place] | None":
        """Where a question stands as seen from here; None while that is unknown.

        This place or one around it if it can, else the items that lead to it. Items in which it is
        hidden are left out. A repeat stands in each of its items.
        """
        path = self.plan.around[code].path
        if path == self.path and code not in self.plan.repeats:
            return [self]
        near = shared(path, self.path)
        start = self.up(len(self.path) - near)
        if code in self.plan.repeats:
            return start.within((*path[near:], code))
        if len(path) == near:
            return [start]
        places = start.within(path[near:])
        return places and [place for place in places if place.seen(code) is not Visibility.HIDDEN]


def text_of(question: Question, stored: Any) -> str:
    """A stored answer as the text XForms would hold; of a repeat as a whole, an empty one."""
    value = kind_of(question).value(question, stored)
    return value if isinstance(value, str) else ""


def shared(one: Path, other: Path) -> int:
    """How many repeats two paths begin with alike."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
