"""Putting a list, or the first few of it, in order; where ties are allowed, two may share a place.

Without ties there is an input per place, which names what stands there; with ties an input per
choice, which gives its place.
"""

import re
from typing import Any

from core.texts import lazy as _l
from surveys.definition import Question, QuestionKind
from surveys.kinds.base import (
    NOT_OFFERED,
    Cell,
    Column,
    Kind,
    Line,
    Raw,
    Unreadable,
    choice_text,
    first,
    worded,
    wrong_shape,
)

_PLACE = re.compile(r"\d{1,3}")
TWICE = _l("Choose a different answer for each place.")


def at_place(place: Any) -> list[str]:
    """The codes that stand at one stored place: one, or several that share it."""
    return list(place) if isinstance(place, list) else [place]


class Ranking(Kind, of=QuestionKind.RANKING):
    """Codes from the first place on; a place that several share holds a list of them."""

    title = _l("Ranking")

    def suffixes(self, question: Question) -> list[str]:
        if question.ties:
            return [f"-{choice.code}" for choice in question.choices]
        return [f"-{place}" for place in range(1, self.places(question) + 1)]

    def places(self, question: Question) -> int:
        """How many places there are to fill."""
        return min(question.top or len(question.choices), len(question.choices))

    def from_raw(self, question: Question, raw: Raw) -> Any:
        return self._tied(question, raw) if question.ties else self._in_places(question, raw)

    def _in_places(self, question: Question, raw: Raw) -> Any:
        typed = [first(raw, suffix) for suffix in self.suffixes(question)]
        while typed and not typed[-1]:
            typed.pop()
        if "" in typed:
            raise Unreadable(
                _l("Fill place %(place)s, or move the later ones up.", place=typed.index("") + 1)
            )
        return self._ranked(question, typed)

    def _tied(self, question: Question, raw: Raw) -> Any:
        places: dict[int, list[str]] = {}
        for choice in question.choices:
            typed = first(raw, f"-{choice.code}")
            if not typed:
                continue
            place = int(typed) if _PLACE.fullmatch(typed) else 0
            if not 1 <= place <= self.places(question):
                raise Unreadable(_l("Give places from 1 to %(top)s.", top=self.places(question)))
            places.setdefault(place, []).append(choice.code)
        shared = (codes for _place, codes in sorted(places.items()))
        return [codes if len(codes) > 1 else codes[0] for codes in shared] or None

    def _ranked(self, question: Question, places: list[Any]) -> Any:
        codes = [code for place in places for code in at_place(place)]
        if any(question.choice(code) is None for code in codes):
            raise Unreadable(NOT_OFFERED)
        if len(set(codes)) < len(codes):
            raise Unreadable(TWICE)
        return places or None

    def to_raw(self, question: Question, stored: Any) -> Raw:
        numbered = list(enumerate(stored or [], start=1))
        if question.ties:
            return {f"-{code}": [str(n)] for n, place in numbered for code in at_place(place)}
        return {f"-{n}": [code] for n, code in numbered}

    def from_json(self, question: Question, value: Any) -> Any:
        if not isinstance(value, list):
            raise wrong_shape()
        if len(value) > self.places(question):
            raise Unreadable(_l("Rank at most %(top)s.", top=self.places(question)))
        return self._ranked(question, [self._place(question, place) for place in value])

    def _place(self, question: Question, place: Any) -> Any:
        """What stands at a place given as JSON: a code, or where ties are allowed several."""
        if isinstance(place, str):
            return place
        shared = question.ties and isinstance(place, list) and place
        if not shared or not all(isinstance(code, str) for code in place):
            raise wrong_shape()
        offered = [choice.code for choice in question.choices if choice.code in place]
        if len(offered) != len(place):
            raise Unreadable(TWICE if set(place) <= set(offered) else NOT_OFFERED)
        return offered if len(offered) > 1 else offered[0]

    def value(self, question: Question, stored: Any) -> str:
        return " ".join(code for place in stored for code in at_place(place))

    def complete(self, question: Question, stored: Any) -> bool:
        return sum(len(at_place(place)) for place in stored) >= self.places(question)

    def columns(self, question: Question) -> list[Column]:
        places = range(1, self.places(question) + 1)
        return [Column(f"{question.code}.{place}", question, str(place)) for place in places]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        places = self.places(question)
        filled: list[Cell] = [" ".join(at_place(place)) for place in stored or ()]
        return [*filled, *[None] * places][:places]

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        return worded(question.choices, language)

    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        return [
            Line(f"{n}.", choice_text(question.choices, code, language))
            for n, place in enumerate(stored, start=1)
            for code in at_place(place)
        ]
