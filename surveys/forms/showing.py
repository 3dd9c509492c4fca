"""What a page shows at one place of the questionnaire: at its top level, or in an item of a repeat.

Plain data, worked out elsewhere from conditions and calculations, and put on a page's fields here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from core.texts import Lazy
from surveys.definition import Question, Texts, text_in
from surveys.forms.fields import AnswerField, RepeatField


@dataclass(frozen=True)
class Doubt:
    """A question that asks whether an unusual answer is meant.

    `mark`: of the answer the page shows. `texts`: what to say, else
    `message`. `stands`: the answer is unusual; `confirmed`: somebody said it is right.
    """

    texts: Texts
    message: Lazy
    mark: str
    stands: bool
    confirmed: bool

    def sentence(self, language: str) -> str:
        """What to say."""
        return text_in(self.texts, language) or str(self.message)


@dataclass(frozen=True)
class Showing:
    """What a place shows.

    `hidden`: codes of questions and groups that aren't asked. `values`: calculated values as text,
    by code. `left`: the codes of the choices a filter leaves, by question. `times`: how often a
    repeat is asked, where an expression says so. `inside`: the same for each item of a repeat, by
    the repeat's code and the item's id ("" for an item still to come). `doubts`: by question, where
    it has a warning. `begun`: stored answers an item added to a repeat begins with, by the repeat's
    code. `said`: puts former answers into a question's texts.
    """

    hidden: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, frozenset[str]] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    inside: dict[tuple[str, str], "Showing"] = field(default_factory=dict)
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    begun: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    said: Callable[[Question], Question] = lambda question: question

    def within(self, repeat: str, item: str) -> "Showing":
        """What one item of a repeat shows."""
        return self.inside.get((repeat, item)) or self.inside.get((repeat, "")) or Showing()


def put_on(fields: Sequence[AnswerField], showing: Showing, follows: frozenset[str]) -> None:
    """Tell the fields of a place what it shows, and those inside them.

    `follows`: the codes of the questions that answers on the page itself show or hide.
    """
    for one in fields:
        code = one.question.code
        one.follows = code in follows
        one.hidden_now = code in showing.hidden
        one.calculated = showing.values.get(code, "")
        one.left = showing.left.get(code)
        one.doubt = showing.doubts.get(code)
        one.question = showing.said(one.question)
        if isinstance(one, RepeatField):
            one.begun = showing.begun.get(code, {})
            one.prepare = partial(put_on, showing=showing.within(code, ""), follows=follows)
            one.add_fresh(max(0, showing.times.get(code, 0) - len(one.rows)))
            for row in one.rows:
                if row.fresh:
                    row.begin(one.begun)
                put_on(row.fields, showing.within(code, row.id), follows)


def number(fields: Sequence[AnswerField]) -> None:
    """Number what a page asks, from 1; what is only read, or left out, has none."""
    asked = [one for one in fields if one.question.asks and not one.question.read_only]
    for place, one in enumerate((one for one in asked if not one.nothing_to_show), start=1):
        one.number = str(place)
