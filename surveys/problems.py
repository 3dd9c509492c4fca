"""What is wrong with answers, or odd about them: each problem with its place and its sentence.

It refuses to know when anybody is told (`surveys.completeness`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.changes import gone_from
from surveys.conditions import answered
from surveys.definition import Choice, Question, Section, Texts, text_in
from surveys.kinds import Raw, Unreadable, kind_of
from surveys.logic import Place, Worked, filled, text_of, withdrawn

MISSING = _l("Answer this question.")
UNFINISHED = _l("Complete this answer.")
CONTRADICTS = _l("This answer contradicts another, or is out of range.")
GONE = _l("What you answered is no longer offered. Choose again.")
WITHDRAWN = _l("This is no longer offered after another answer was changed: choose again.")
DOUBTFUL = _l("This answer is unusual. Correct it, or say that it is right.")


@dataclass(frozen=True)
class Problem:
    """One thing to mend, or to confirm.

    `place`: where the question stands. `texts`: the questionnaire's own sentence, which goes before
    `message`. `choices`: those the message is about. `doubt`: the answer may be right, and stands
    once somebody says so; `confirmed`: somebody has, of this very answer.
    """

    question: Question
    message: Lazy
    place: Place
    missing: bool = False
    texts: Texts | None = None
    choices: tuple[Choice, ...] = ()
    doubt: bool = False
    confirmed: bool = False

    @property
    def key(self) -> str:
        """What its answer is called among all (`Place.key`)."""
        return self.place.key(self.question.code)

    @property
    def name(self) -> str:
        """What people call the question, such as REPEAT[2].CODE."""
        return self.place.name(self.question.code)

    def sentence(self, language: str) -> str:
        """What to do; the questionnaire's words are in this language of it."""
        if self.texts:
            return filled(self.texts, self.place, language)
        named = ", ".join(text_in(choice.texts, language) for choice in self.choices)
        return f"{named} – {self.message}" if named else str(self.message)

    def about(self, language: str) -> str:
        """Which question it is of, with the numbers of the items it is asked in."""
        text = filled(self.question.texts, self.place, language)
        items = [place for place in self.place.outwards() if place.around is not None]
        return " – ".join([*(_item(place, language) for place in reversed(items)), text])


def _item(place: Place, language: str) -> str:
    repeat = place.plan.questions[place.path[-1]]
    return f"{text_in(repeat.texts, language)} {place.number}"


@dataclass(frozen=True)
class Entered:
    """What a response holds: stored answers, and what was typed but could not be read.

    `confirmed`: unusual answers somebody said are right, by `Place.key`.
    """

    answers: Mapping[str, Any]
    unread: Mapping[str, Raw]
    confirmed: Mapping[str, Any] = field(default_factory=dict)


def found_in(worked: Worked, section: Section, entered: Entered) -> list[Problem]:
    """A section's problems and doubts, once the questionnaire is worked out (`final`)."""
    return [
        problem
        for question in section.questions
        for problem in _found(worked, worked.top, question, entered)
    ]


def _found(worked: Worked, place: Place, question: Question, entered: Entered) -> Iterator[Problem]:
    if not question.asks or not place.shown(question.code):
        return
    unread = entered.unread.get(place.key(question.code))
    if unread is not None:
        yield Problem(question, unread_message(question, unread), place)
        return
    yield from _Checked(worked, place, question).problems(entered.confirmed)
    for item in place.items.get(question.code, ()):
        for inner in question.questions:
            yield from _found(worked, item, inner, entered)


@dataclass(frozen=True)
class _Checked:
    """A question's answer in a place, being checked."""

    worked: Worked
    place: Place
    question: Question

    def problems(self, confirmed: Mapping[str, Any]) -> Iterator[Problem]:
        stored = self.place.answers.get(self.question.code)
        if not answered(stored):
            if self._required():
                texts = self.question.required_texts or None
                yield Problem(self.question, MISSING, self.place, missing=True, texts=texts)
            return
        found = list(self._wrong(stored))
        yield from found
        if not found and not self._holds(self.question.warning, stored):
            key = self.place.key(self.question.code)
            yield Problem(
                self.question,
                DOUBTFUL,
                self.place,
                texts=self.question.warning_texts or None,
                doubt=True,
                confirmed=key in confirmed and confirmed[key] == stored,
            )

    def _wrong(self, stored: Any) -> Iterator[Problem]:
        question, place = self.question, self.place
        kind = kind_of(question)
        messages = kind.problems(question, stored)
        yield from (Problem(question, message, place) for message in messages)
        if not messages and self._required() and not kind.complete(question, stored):
            yield Problem(question, UNFINISHED, place, missing=True)
        if gone_from(question, stored):
            yield Problem(question, GONE, place)
        gone = withdrawn(self.worked, place, question, stored)
        if gone:
            yield Problem(question, WITHDRAWN, place, choices=gone)
        if not self._holds(question.constraint, stored):
            yield Problem(question, CONTRADICTS, place, texts=question.constraint_texts or None)

    def _required(self) -> bool:
        tree = self.question.required_if
        if self.question.required or tree is None:
            return self.question.required
        return self.worked.judge(tree, self.place, self.question.code) is True

    def _holds(self, tree: dict[str, Any] | None, stored: Any) -> bool:
        """Whether a rule about the answer holds; what is no rule always does."""
        if tree is None:
            return True
        own = text_of(self.question, stored)
        return self.worked.judge(tree, self.place, self.question.code, own=own) is not False


def unread_message(question: Question, raw: Raw) -> Lazy:
    """Why what was typed can't be read."""
    try:
        kind_of(question).from_raw(question, raw)
    except Unreadable as unreadable:
        return unreadable.message
    return UNFINISHED
