"""What a questionnaire's logic makes of a section's page: told to its fields, and to its script.

It refuses to know how expressions are worked out (`surveys.logic`) and how a field reads inputs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from surveys.completeness import asked_at
from surveys.conditions import to_text
from surveys.confirming import mark_of
from surveys.definition import Choice, Question, Questionnaire, Section, Texts
from surveys.forms.showing import Doubt, Showing
from surveys.logic import (
    Movement,
    Place,
    Visibility,
    Worked,
    choices_left,
    fill,
    movement,
    new_item,
    page_logic,
    tables,
    worked_out,
)
from surveys.problems import DOUBTFUL, Entered


@dataclass(frozen=True)
class View:
    """How a page is looked at.

    `now`, with its zone: as conditions see it. `language`: of the choices' names in calculated
    texts. `adding`: the path of a repeat that shows one blank item more. `tiny`: the page has no
    room for the scripts that work expressions out, where tables do.
    """

    now: datetime | None = None
    language: str = ""
    adding: str = ""
    tiny: bool = False


PLAIN = View()


@dataclass(frozen=True)
class Live:
    """A section's page worked out for some answers.

    `logic`: what its script needs (`surveys.logic.page`), None where nothing moves, or `tables` say
    it all (`surveys.logic.tables`; () where they aren't wanted). `asked`: the codes of the sections
    in which something is asked, or may yet be.
    """

    showing: Showing
    move: Movement
    logic: dict[str, Any] | None
    tables: Sequence[dict[str, Any]]
    final: Worked
    asked: frozenset[str]


def live(questionnaire: Questionnaire, section: Section, entered: Entered, view: View) -> Live:
    """The page of a section with what is entered."""

    def worked(held: Mapping[str, Any], *, final: bool) -> Worked:
        return worked_out(questionnaire, held, final=final, now=view.now, language=view.language)

    answers = entered.answers
    final, seen = worked(answers, final=True), worked(answers, final=False)
    move = movement(final.plan, section)
    maker = _Maker(move, entered.confirmed)
    showing = maker.showing(final, seen.top, final.top)
    if any(question.questions for question in section.questions):
        begun = with_blanks(section.questions, answers)
        blank = worked(begun, final=True)
        maker.add_blanks(showing, blank, worked(begun, final=False).top, blank.top)
    asked = asked_at(questionnaire, seen.top)
    counted_out = tables(final, section) if view.tiny else None
    logic = page_logic(final, section) if counted_out is None else None
    return Live(showing, move, logic, counted_out or (), final, asked)


class _Maker:
    """Makes what places show."""

    def __init__(self, move: Movement, confirmed: Mapping[str, Any]) -> None:
        self._move = move
        self._confirmed = confirmed

    def showing(self, final: Worked, open_still: Place, place: Place) -> Showing:
        """What a place shows: `open_still` is the same one while answers may still come."""
        questions = [place.plan.questions[code] for code in place.codes]
        return Showing(
            hidden=_hidden(open_still),
            values={code: to_text(value) for code, value in _known(place)},
            left={
                q.code: frozenset(choice.code for choice in choices_left(final, place, q))
                for q in questions
                if q.choice_filter is not None and q.code not in self._move.filters
            },
            times={
                q.code: len(place.items.get(q.code, ())) for q in questions if q.times is not None
            },
            inside={
                (code, item.id): self.showing(final, before, item)
                for code in place.items
                for before, item in _paired(open_still, place, code)
            },
            doubts={
                q.code: self._doubt(final, place, q) for q in questions if q.warning is not None
            },
            begun={
                q.code: new_item(final, place, q)
                for q in questions
                if any(inner.default is not None for inner in q.questions)
            },
            said=partial(said, place=place),
        )

    def add_blanks(self, showing: Showing, final: Worked, open_still: Place, place: Place) -> None:
        """Add what an item still to come shows, from places with one blank item more."""
        for code in place.items:
            for before, item in _paired(open_still, place, code):
                if item.id:
                    inner = showing.inside.get((code, item.id))
                    if inner is not None:
                        self.add_blanks(inner, final, before, item)
                else:
                    showing.inside[code, ""] = self.showing(final, before, item)

    def _doubt(self, final: Worked, place: Place, question: Question) -> Doubt:
        key, stored = place.key(question.code), place.answers.get(question.code)
        text = place.held(question)
        stands = (
            question.warning is not None
            and isinstance(text, str)
            and place.shown(question.code)
            and final.judge(question.warning, place, question.code, own=text) is False
        )
        return Doubt(
            texts=_texts(question.warning_texts, place),
            message=DOUBTFUL,
            mark=mark_of(stored),
            stands=stands,
            confirmed=key in self._confirmed and self._confirmed[key] == stored,
        )


def _hidden(place: Place) -> frozenset[str]:
    """The codes of what isn't asked in a place, groups among them."""
    hidden = {code for code in place.codes if place.seen(code) is Visibility.HIDDEN}
    hidden |= {
        key.removeprefix("group ")
        for key, seen in place.state.items()
        if seen is Visibility.HIDDEN and key.startswith("group ")
    }
    return frozenset(hidden)


def _known(place: Place) -> Iterable[tuple[str, Any]]:
    return ((code, value) for code, value in place.values.items() if place.shown(code))


def _paired(one: Place, other: Place, code: str) -> list[tuple[Place, Place]]:
    """A repeat's items in both places; where only the other has them, they stand for both."""
    mine = {item.number: item for item in one.items.get(code, ())}
    return [(mine.get(item.number, item), item) for item in other.items.get(code, ())]


def with_blanks(questions: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with a blank item at the end of each repeat that people may add to."""
    begun = dict(answers)
    for question in questions:
        if not question.questions:
            continue
        blank = [{"id": "", "answers": {}}] if question.times is None else []
        begun[question.code] = [
            {**item, "answers": with_blanks(question.questions, item["answers"])}
            for item in [*(begun.get(question.code) or ()), *blank]
        ]
    return begun


def said(question: Question, place: Place) -> Question:
    """The question with former answers in its texts, if they have room for any."""
    told = [question.texts, question.hints, question.guidance]
    told += [choice.texts for choice in (*question.choices, *question.items)]
    if not any("${" in text for texts in told for text in texts.values()):
        return question

    def choices(offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return tuple(c.model_copy(update={"texts": _texts(c.texts, place)}) for c in offered)

    return question.model_copy(
        update={
            "texts": _texts(question.texts, place),
            "hints": _texts(question.hints, place),
            "guidance": _texts(question.guidance, place),
            "choices": choices(question.choices),
            "items": choices(question.items),
        }
    )


def section_said(section: Section, place: Place) -> Section:
    """The section with former answers in its heading and those of its groups."""
    groups = tuple(
        group.model_copy(
            update={"texts": _texts(group.texts, place), "hints": _texts(group.hints, place)}
        )
        for group in section.groups
    )
    return section.model_copy(
        update={
            "texts": _texts(section.texts, place),
            "hints": _texts(section.hints, place),
            "groups": groups,
        }
    )


def _texts(texts: Texts, place: Place) -> Texts:
    return {language: fill(text, place, language) for language, text in texts.items()}
