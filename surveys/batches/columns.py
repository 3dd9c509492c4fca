"""Which column of a batch holds which input of which question.

Known are the columns of our own export (`colours.red`, `shares.water`) and Kobo's, with or without
the group they stand in (`needs/colours`, `needs/colours/red`, `colour_other`). It asks each kind
for its columns and inputs, and knows no kind. What no cell can hold is passed over by its name:
files, and what is asked several times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.definition import Question, Questionnaire
from surveys.kinds import Column, kind_of

OTHER = "other"
LANGUAGE, UUID = "language", "_uuid"
_META = re.compile(
    r"_.*|(meta/)?(instanceid|instancename|rootuuid)|formhub/uuid|start|end|today|deviceid|"
    r"subscriberid|simserial|phonenumber|username|email|audit|day|source|language|version|"
    r"__version__|submissiondate|key|siteid",
    re.IGNORECASE,
)
"""What tools add about device, time and sender, and our own export about the row: never read."""

_PLACE = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Place:
    """What a column holds. `suffix`: of the input; `choice`: the option it ticks, "" for a value.

    `whole`: the codes of several answers in one cell, parted by spaces. `free`: a text beside a
    choice, never a code.
    """

    question: Question
    suffix: str = ""
    choice: str = ""
    whole: bool = False
    free: bool = False


@dataclass(frozen=True)
class Columns:
    """The places by position; `ignored`, by name, what tools add; `unknown`: nobody's columns."""

    places: dict[int, Place]
    ignored: list[str]
    unknown: list[str]
    language: int | None
    uuid: int | None

    @property
    def is_kobo(self) -> bool:
        """Whether the file comes from Kobo or ODK: they name each submission."""
        return self.uuid is not None


def match(headings: list[str], questionnaire: Questionnaire) -> Columns:
    """The columns of a batch to this questionnaire. Parts win over a cell that holds them all."""
    names, passed = _names(questionnaire), _passed_over(questionnaire)
    places: dict[int, Place] = {}
    ignored: list[str] = []
    unknown: list[str] = []
    for position, heading in enumerate(headings):
        place = None if _parts(heading) & passed else _find(heading, names)
        if place is not None and place.question.asks:
            places[position] = place
        elif heading:
            known = place is not None or _parts(heading) & passed
            told = known or _META.fullmatch(heading) or _located(heading, names)
            (ignored if told else unknown).append(heading)
    parted = {place.question.code for place in places.values() if not place.whole}
    places = {
        position: place
        for position, place in places.items()
        if not (place.whole and place.question.code in parted)
    }
    lower = ["" if at in places else heading.lower() for at, heading in enumerate(headings)]
    return Columns(places, ignored, unknown, _at(lower, LANGUAGE), _at(lower, UUID))


def _at(lower: list[str], name: str) -> int | None:
    return lower.index(name) if name in lower else None


def _find(heading: str, names: dict[str, Place]) -> Place | None:
    """By the whole name, else without the groups before it, the longest end first.

    Of questions that share a name in a form, a later one's code begins with its group's.
    """
    parts = heading.casefold().split("/")
    ends = (mark.join(parts[at:]) for at in range(len(parts)) for mark in "/.")
    return next((names[end] for end in ends if end in names), None)


def takes_cells(question: Question) -> bool:
    """Whether cells can hold its answer: no file, and nothing that is asked several times."""
    kind = kind_of(question)
    return question.asks and not (kind.uploads or kind.nested)


def _parts(heading: str) -> set[str]:
    """The names a heading is made of, without places in brackets: `a/partners[1].since`."""
    return {_PLACE.sub("", part) for part in re.split(r"[/.]", heading.casefold())}


def _passed_over(questionnaire: Questionnaire) -> set[str]:
    """The names of what no cell holds, and Kobo's for the addresses of files."""
    outside = {question.code for question in questionnaire.questions() if takes_cells(question)}
    inside = {
        inner.code.casefold()
        for question in questionnaire.questions()
        if question.asks and not takes_cells(question)
        for inner in question.everything()
    }
    return (inside | {f"{name}_url" for name in inside}) - {code.casefold() for code in outside}


def _located(heading: str, names: dict[str, Place]) -> bool:
    """Whether it is what Kobo makes of a place's question: _q_latitude and the like."""
    base = heading.rpartition("/")[2].strip("_").rpartition("_")[0]
    return heading.rpartition("/")[2].startswith("_") and base.casefold() in names


def _names(questionnaire: Questionnaire) -> dict[str, Place]:
    """Every name a column may have; a question's own code wins over what is made of others'."""
    made: dict[str, Place] = {}
    for question in questionnaire.questions():
        for name, place in _names_of(question):
            made.setdefault(name.casefold(), place)
    own = {question.code.casefold(): question for question in questionnaire.questions()}
    return made | {code: _own(question) for code, question in own.items()}


def _own(question: Question) -> Place:
    columns = kind_of(question).columns(question)
    single = any(column.name == question.code for column in columns) or not columns
    return Place(question, whole=not single)


def _names_of(question: Question) -> Iterator[tuple[str, Place]]:
    columns = kind_of(question).columns(question)
    suffixes = set(kind_of(question).suffixes(question))
    suffixes -= {f"-{column.part}" for column in columns if is_text(column)}  # those are the texts'
    for column in columns:
        place = _place(column, suffixes)
        yield column.name, place
        part = column.name.removeprefix(question.code).lstrip(".")
        if not part:
            continue
        if place.free and column.part == OTHER:
            yield f"{question.code}_{OTHER}", place
        for name in (part, *_wordings(question, "" if place.free else column.part)):
            yield f"{question.code}/{name}", place


def is_text(column: Column) -> bool:
    """Whether it holds a text written beside a choice."""
    return bool(column.part) and column.name == f"{column.question.code}.{column.part}_text"


def _place(column: Column, suffixes: set[str]) -> Place:
    question, suffix = column.question, f"-{column.part}"
    if column.name == question.code:
        return Place(question)
    if is_text(column):
        return Place(question, suffix, free=True)
    if question.ties:
        return Place(question, suffix)
    if column.words is not None:  # a part that is no choice: the first input, or one of its own
        return Place(question, suffix if suffix in suffixes else "")
    return Place(question, suffix) if suffix in suffixes else Place(question, choice=column.part)


def _wordings(question: Question, part: str) -> Iterator[str]:
    named = question.item(part) or question.choice(part)
    if named is not None:
        yield from named.texts.values()
