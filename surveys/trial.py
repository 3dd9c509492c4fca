"""A questionnaire tried with answers: what would be asked, calculated, offered, refused.

Pure functions of a questionnaire and answers given as JSON (docs/commands.md lists the values of
each kind; a repeat's is a list of objects that map its questions' codes to values). Questions
inside a repeat are named REPEAT[1].CODE.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions import UNKNOWN, Unknown, Value
from surveys.definition import Question, QuestionKind, Questionnaire, Section
from surveys.kinds import Unreadable, kind_of
from surveys.logic import MAX_ITEMS, Place, Visibility, Worked, choices_left
from surveys.problems import Entered, found_in

NO_SUCH = _l("There is no such question.")
NO_ITEMS = _l("Give a list of objects that map the codes of its questions to values.")
TOO_MANY = _l("There are too many of these: %(most)s is the most.", most=MAX_ITEMS)


@dataclass(frozen=True)
class Given:
    """Answers read from JSON. `wrong`: why a value can't be read, by the question's name."""

    answers: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Lazy] = field(default_factory=dict)


def read_given(questionnaire: Questionnaire, given: Mapping[str, Any]) -> Given:
    """The stored answers of values by code, and what of them can't be read."""
    read = Given()
    _read(tuple(questionnaire.questions()), given, read.answers, read.wrong, "")
    return read


def _read(
    questions: tuple[Question, ...],
    given: Mapping[str, Any],
    answers: dict[str, Any],
    wrong: dict[str, Lazy],
    start: str,
) -> None:
    known = {question.code: question for question in questions}
    for code, value in given.items():
        question = known.get(code)
        if question is None:
            wrong[start + code] = NO_SUCH
        elif value is not None:
            try:
                answers[code] = _stored(question, value, wrong, start)
            except Unreadable as unreadable:
                wrong[start + code] = unreadable.message


def _stored(question: Question, value: Any, wrong: dict[str, Lazy], start: str) -> Any:
    if question.kind is not QuestionKind.REPEAT:
        return kind_of(question).from_json(question, value)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Unreadable(NO_ITEMS)
    if len(value) > MAX_ITEMS:
        raise Unreadable(TOO_MANY)
    items: list[dict[str, Any]] = []
    for number, one in enumerate(value, start=1):
        inside: dict[str, Any] = {}
        _read(question.questions, one, inside, wrong, f"{start}{question.code}[{number}].")
        items.append({"id": f"{number:08x}", "answers": inside})
    return items


def try_out(
    questionnaire: Questionnaire, given: Mapping[str, Any], *, now: datetime
) -> dict[str, Any]:
    """What `flask surveys evaluate` prints, as JSON.

    `shown`, `hidden`, `undetermined`: names in the order asked, with three values, as while
    answering. `values`, `choices`, `errors`, `warnings`: as if these answers were submitted.
    """
    read = read_given(questionnaire, given)
    final = Worked(questionnaire, read.answers, final=True, now=now)
    seen = _Seen(questionnaire, read.answers, now)
    entered = Entered(read.answers, {})
    found = [p for section in questionnaire.sections for p in found_in(final, section, entered)]
    found = [problem for problem in found if problem.name not in read.wrong]
    wrong = [*read.wrong.items(), *final.failures()]
    language = questionnaire.languages[0]
    return {
        **seen.lists(),
        "values": _values(final),
        "choices": _choices(final),
        "errors": [{"code": name, "message": str(message)} for name, message in wrong]
        + [{"code": p.name, "message": p.sentence(language)} for p in found if not p.doubt],
        "warnings": [{"code": p.name, "message": p.sentence(language)} for p in found if p.doubt],
    }


def _values(worked: Worked) -> dict[str, Any]:
    return {
        place.name(code): _as_json(place.values[code])
        for place in worked.places()
        for code in place.codes
        if code in place.values and place.shown(code)
    }


def _as_json(value: Value | Unknown) -> Any:
    """Whole numbers without a point; what JSON can't write, as XPath writes it."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return "NaN" if math.isnan(value) else str(value).replace("inf", "Infinity")
        return int(value) if value.is_integer() else value
    return "" if value is UNKNOWN else value


def _choices(worked: Worked) -> dict[str, list[str]]:
    return {
        place.name(code): [choice.code for choice in choices_left(worked, place, question)]
        for place in worked.places()
        for code in place.codes
        if place.shown(code) and (question := worked.plan.questions[code]).choice_filter is not None
    }


class _Seen:
    """Which questions are shown, hidden or undetermined, items of repeats put together."""

    def __init__(
        self, questionnaire: Questionnaire, answers: Mapping[str, Any], now: datetime
    ) -> None:
        self._sections: tuple[Section, ...] = questionnaire.sections
        self._top = Worked(questionnaire, answers, final=False, now=now).top
        begun = _begun(tuple(questionnaire.questions()), answers)
        self._sample = Worked(questionnaire, begun, final=False, now=now).top

    def lists(self) -> dict[str, list[str]]:
        """The names by visibility."""
        lists: dict[str, list[str]] = {one.value: [] for one in Visibility}
        for section in self._sections:
            for question in section.questions:
                for name, seen in self._of(question, [self._top], [self._sample]):
                    lists[seen.value].append(name)
        return lists

    def _of(
        self, question: Question, places: list[Place], samples: list[Place]
    ) -> Iterator[tuple[str, Visibility]]:
        """A question once where all its places agree, else by place; then what it repeats.

        `samples`: places as they would be with an item in each empty repeat.
        """
        code = question.code
        told = [(place.name(code), place.seen(code)) for place in places or samples]
        if len({seen for _name, seen in told}) > 1:
            yield from told
        else:
            yield code, told[0][1] if told else self._unmade(question)
        inner = [item for place in places for item in place.items.get(code, ())]
        begun = [item for place in samples for item in place.items.get(code, ())]
        for one in question.questions:
            yield from self._of(one, inner, begun)

    def _unmade(self, question: Question) -> Visibility:
        """A question in a repeat without items: hidden, unless there may be some yet."""
        places = list(self._top.walk())
        for repeat in self._top.plan.around[question.code].path:
            if any(
                repeat in p.unsettled and p.seen(repeat) is not Visibility.HIDDEN for p in places
            ):
                return Visibility.UNDETERMINED
        return Visibility.HIDDEN


def _begun(questions: tuple[Question, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with one empty item in each repeat that has none and may get some."""
    begun = dict(answers)
    for question in questions:
        if question.kind is not QuestionKind.REPEAT:
            continue
        items = begun.get(question.code) or []
        if not items and question.times is None:
            items = [{"id": "", "answers": {}}]
        begun[question.code] = [
            {**item, "answers": _begun(question.questions, item["answers"])} for item in items
        ]
    return begun
