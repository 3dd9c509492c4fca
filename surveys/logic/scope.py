"""What one expression can see: the answers around the question it belongs to.

A name means the question nearest by: within an item its own, from outside those of all items.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from surveys.conditions import UNKNOWN, Unknown
from surveys.definition import Choice, text_in
from surveys.logic.places import Place


class Seen:
    """The scope of a question's expressions (`surveys.conditions.Scope`).

    `code`: the question's whose expression it is, or the key of a section or group. `language`: of
    choices' names. `own`: the answer a constraint speaks of. `choice`: the one a filter looks at.
    """

    __slots__ = ("choice", "code", "language", "now", "own", "place")

    def __init__(
        self,
        place: Place,
        code: str,
        *,
        now: datetime,
        language: str,
        own: str = "",
        choice: Choice | None = None,
    ) -> None:
        self.place = place
        self.code = code
        self.now = now
        self.language = language
        self.own = own
        self.choice = choice

    def values(self, code: str) -> tuple[str, ...] | Unknown:
        """A question's texts: one where it stands in this place or around it, else one per item.

        Items in which it is hidden have none. A repeat has one, empty, per item.
        """
        question = self.place.plan.questions.get(code)
        if question is None:
            return ("",)
        places = self.place.nearest(code)
        if places is None:
            return UNKNOWN
        if code in self.place.plan.repeats:
            return ("",) * len(places)
        texts = [place.text(question) for place in places]
        known = tuple(text for text in texts if text is not UNKNOWN)
        return known if len(known) == len(texts) else UNKNOWN

    def this(self) -> str:
        """The answer a constraint or warning speaks of."""
        return self.own

    def position(self, levels: int) -> int:
        """The place, from 1, of what stands `levels` around the question: 1 unless an item."""
        around = self.place.plan.around.get(self.code)
        ancestors = around.ancestors if around else ()
        if not 1 <= levels <= len(ancestors) or not ancestors[levels - 1]:
            return 1
        return self.place.up(sum(1 for code in ancestors[: levels - 1] if code)).number

    def indexed(self, code: str, places: Sequence[tuple[str, int]]) -> str | Unknown:
        """A question's text in the items with these numbers; empty where there is no such item."""
        question = self.place.plan.questions.get(code)
        if question is None:
            return ""
        wanted = dict(places)
        place = self.place.up(len(self.place.path))
        own = {item.path[-1]: item.number for item in self._items()}
        for repeat in self.place.plan.around[code].path:
            items = place.within((repeat,))
            if items is None:
                return UNKNOWN
            number = wanted.get(repeat, own.get(repeat, 1))
            if not 1 <= number <= len(items):
                return ""
            place = items[number - 1]
        return place.text(question)

    def _items(self) -> list[Place]:
        return [self.place.up(level) for level in range(len(self.place.path))]

    def choice_name(self, value: str, code: str) -> str | Unknown:
        """The text of a question's choice; empty where it offers none with this code."""
        question = self.place.plan.questions.get(code)
        choice = question.choice(value) if question else None
        return text_in(choice.texts, self.language) if choice else ""

    def column(self, name: str) -> str:
        """What the choice looked at has in a column of its list."""
        if self.choice is None:
            return ""
        return columns_of(self.choice, self.language).get(name, "")

    def lookup(self, name: str) -> Sequence[Mapping[str, str]]:
        """The choices of one of the questionnaire's lists, each by column."""
        lists = self.place.plan.questionnaire.lists
        return [columns_of(choice, self.language) for choice in lists.get(name, ())]


def columns_of(choice: Choice, language: str) -> dict[str, str]:
    """What expressions see of a choice, by column; `name` and `label` are its own."""
    label = text_in(choice.texts, language)
    return {**choice.columns, "name": choice.code, "value": choice.code, "label": label}
