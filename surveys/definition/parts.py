"""The parts of a questionnaire: choices, questions, groups of them, sections.

Plain frozen data. It refuses to know how answers are entered, stored or counted: that is each
kind's business (`surveys.kinds`), and what its condition trees mean (`surveys.conditions`).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from core.content import Media

Texts = dict[str, str]
"""A text by language code, such as {"en": "Yes", "fr": "Oui"}."""

Tree = dict[str, Any]
"""A condition or calculation as a tree of JSON (`surveys.conditions` lists its nodes)."""


class QuestionKind(StrEnum):
    """The kinds of question, by their names in data and commands."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    DATE_TIME = "date_time"
    YES_NO = "yes_no"
    ACKNOWLEDGE = "acknowledge"
    CHOOSE_ONE = "choose_one"
    CHOOSE_MANY = "choose_many"
    RATING = "rating"
    MATRIX = "matrix"
    RANKING = "ranking"
    POINTS = "points"
    FILE = "file"
    NOTE = "note"
    CALCULATED = "calculated"
    REPEAT = "repeat"


UNASKED = frozenset({QuestionKind.NOTE, QuestionKind.CALCULATED})
"""Kinds nobody answers."""


class Directory(StrEnum):
    """Lists of the directory a question may offer. Publishing copies them into the document."""

    COUNTRIES = "countries"
    NATIONAL_SOCIETIES = "national_societies"
    NETWORKS = "networks"


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Document):
    """One option of a list, one step of a scale, or one row of a matrix or of points.

    `asks_text`: choosing it asks for a text; `alone`: it can't stand beside another choice. None
    leaves both to the code: "other" asks, "none" stands alone. `columns`: what a choice_filter
    compares, by the column's name.
    """

    code: str
    texts: Texts
    asks_text: bool | None = None
    alone: bool | None = None
    columns: dict[str, str] = {}

    @property
    def specify(self) -> bool:
        """Choosing it asks for a text: "other, specify"."""
        return self.code == "other" if self.asks_text is None else self.asks_text

    @property
    def exclusive(self) -> bool:
        """It can't stand beside another choice: "none of these"."""
        return self.code == "none" if self.alone is None else self.alone

    @property
    def value(self) -> int | str:
        """A scale's steps are stored as numbers; "dont_know" and the like as their codes."""
        return int(self.code) if self.code.isdecimal() else self.code


class Group(_Document):
    """A group of questions inside a section. `group`: the code of the one it stands in, or ""."""

    code: str
    name: str = ""
    texts: Texts = {}
    hints: Texts = {}
    group: str = ""
    relevant: Tree | None = None
    appearance: tuple[str, ...] = ()


class Range(_Document):
    """The numbers a slider goes through, ends included."""

    start: float
    end: float
    step: float


class Question(_Document):
    """One question.

    `name`: what its form calls it, where that is no code of its own ("" for the code). `bank`: the
    entry of the questions bank it was taken from, or its scale was (`surveys.bank`). `group`: the
    code of the innermost group it stands in, "" for none. `list`: the name of the questionnaire's
    list its `choices` come from, "" for its own. `choices`: the options of choose_one, choose_many
    and ranking; the scale of rating and matrix. `source`: the directory's list they were copied
    from. `items`: the rows of matrix and points. `top`: how many a ranking asks for; `ties`:
    whether two may share a place. `total`: what points must sum to. `range`: of a number's slider.
    `currencies`: those an amount may be in. `media`, `max_bytes`: the file asked for.
    `rotate`: the options or rows come in an order of each organisation's own.

    Trees, None for none: `relevant` decides whether it is asked, `required_if` whether it must be
    answered (`required`: always), `constraint` refuses an answer, `warning` asks whether it is
    meant, `calculation` gives a calculated value, `default` an answer to begin with,
    `choice_filter` which choices stay, `times` how often a repeat is asked.

    `questions`, `groups`: what a repeat asks each time.
    """

    uid: UUID
    code: str
    kind: QuestionKind
    texts: Texts
    name: str = ""
    bank: str = ""
    group: str = ""
    hints: Texts = {}
    guidance: Texts = {}
    required: bool = False
    required_if: Tree | None = None
    required_texts: Texts = {}
    read_only: bool = False
    list: str = ""
    choices: tuple[Choice, ...] = ()
    source: Directory | None = None
    items: tuple[Choice, ...] = ()
    top: int | None = None
    ties: bool = False
    total: int | None = None
    range: Range | None = None
    currencies: tuple[str, ...] = ()
    media: Media | None = None
    max_bytes: int | None = None
    rotate: bool = False
    appearance: tuple[str, ...] = ()
    relevant: Tree | None = None
    constraint: Tree | None = None
    constraint_texts: Texts = {}
    warning: Tree | None = None
    warning_texts: Texts = {}
    calculation: Tree | None = None
    default: Tree | None = None
    choice_filter: Tree | None = None
    times: Tree | None = None
    questions: tuple["Question", ...] = ()
    groups: tuple[Group, ...] = ()

    @model_serializer(mode="wrap")
    def _without_listed(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Choices of a named list are written once, with the list."""
        written: dict[str, Any] = handler(
            self.model_copy(update={"choices": ()}) if self.list else self
        )
        return written

    @property
    def asks(self) -> bool:
        """Whether it takes an answer: a note or a calculated value doesn't."""
        return self.kind not in UNASKED

    @property
    def called(self) -> str:
        """Its name in its form."""
        return self.name or self.code

    def choice(self, code: str) -> Choice | None:
        """The choice with this code, if offered."""
        return next((choice for choice in self.choices if choice.code == code), None)

    def item(self, code: str) -> Choice | None:
        """The row with this code, if there is one."""
        return next((item for item in self.items if item.code == code), None)

    def everything(self) -> Iterator[Self]:
        """Itself, then what it asks each time where it is a repeat, at any depth."""
        yield self
        for question in self.questions:
            yield from question.everything()  # type: ignore[misc]  # a Question holds Questions


class Section(_Document):
    """A page of the questionnaire. `loose`: its questions stand outside every group of a form."""

    code: str
    texts: Texts
    hints: Texts = {}
    name: str = ""
    loose: bool = False
    relevant: Tree | None = None
    appearance: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = ()
