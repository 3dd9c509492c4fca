"""What every kind of question must answer. One class per kind; nowhere else is a kind asked for.

Values exist in two forms. *Raw*: strings as typed, by the suffix of the input's name. *Stored*: the
value in a response's answers, in the shapes commands and exports use. A third is read only: the
text that expressions see (`Kind.value`), as XForms would hold it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from core.characters import REFUSED
from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Choice, Question, QuestionKind, text_in

MOST_WAYS = 64
"""More ways to answer a question than these aren't counted out."""
Raw = dict[str, list[str]]
Cell = str | int | float | None
Inputs = Callable[[str], list[str]]
"""What a form was sent with in an input of the question, by the suffix of its name."""


class Unreadable(ValueError):
    """What was typed or given can't be an answer; `message` says what to do.

    `keeps`: the stored value of as much of it as can be read nevertheless.
    """

    def __init__(self, message: Lazy, keeps: Any = None) -> None:
        super().__init__(str(message.message))
        self.message = message
        self.keeps = keeps


@dataclass(frozen=True)
class Line:
    """A line of an answer's summary: the row it is about ("" for the question) and the answer.

    `file`: the id of the file the line names, "" for none.
    """

    label: str
    value: str
    file: str = ""


@dataclass(frozen=True)
class Column:
    """A column of an export. `part`: the row, rank or choice it holds, "" for the whole answer.

    `words`: what the part is, where it is no row or choice.
    """

    name: str
    question: Question
    part: str = ""
    words: Lazy | None = None

    def label(self, language: str) -> str:
        """The question's text, with the part's."""
        text = text_in(self.question.texts, language)
        named = self.question.item(self.part) or self.question.choice(self.part)
        part = text_in(named.texts, language) if named else str(self.words or self.part)
        return f"{text} – {part}" if part else text


class Kind(ABC):
    """The behaviour of a kind; stateless, one instance in `KINDS`."""

    of: ClassVar[QuestionKind]
    title: ClassVar[Lazy]
    """What authors and codebooks call it."""
    scale: ClassVar[bool] = False
    """Whether its choices have an order of their own, which is never rotated."""
    uploads: ClassVar[bool] = False
    """Whether it is answered with a file, which travels beside the form's texts."""
    nested: ClassVar[bool] = False
    """Whether its answer is made of items, each with answers of its own."""
    KINDS: ClassVar[dict[QuestionKind, "Kind"]] = {}

    def __init_subclass__(cls, *, of: QuestionKind | None = None) -> None:
        """Register a concrete kind under its name."""
        if of is not None:
            cls.of = of
            Kind.KINDS[of] = cls()

    def suffixes(self, question: Question) -> list[str]:
        """The suffixes of the names of its inputs, in their order on the page."""
        return [""]

    def inputs(self, question: Question) -> list[str]:
        """The suffixes of all its inputs on a page, those that carry files among them."""
        return self.suffixes(question)

    def taken(self, question: Question, inputs: Inputs) -> Raw:
        """Its inputs as a form was sent with; those that were not sent are left out."""
        return {suffix: sent for suffix in self.suffixes(question) if (sent := inputs(suffix))}

    @abstractmethod
    def from_raw(self, question: Question, raw: Raw) -> Any:
        """The stored value of what was typed, None for nothing; raise `Unreadable`."""

    @abstractmethod
    def to_raw(self, question: Question, stored: Any) -> Raw:
        """What the inputs show for a stored value."""

    def ways(self, question: Question) -> list[tuple[str, ...]]:
        """Every way to answer, as the codes chosen; [] where none is, or there are too many.

        The way to choose nothing stands first, and the place of each other is the sum of the places
        its codes have alone.
        """
        return []

    @abstractmethod
    def from_json(self, question: Question, value: Any) -> Any:
        """The stored value of an answer given as JSON; raise `Unreadable`."""

    @abstractmethod
    def value(self, question: Question, stored: Any) -> str | tuple[str, ...]:
        """A stored value (not None) as expressions see it: the text XForms would hold.

        Of a repeat: a text for each of its items. "" where the whole has no value of its own.
        """

    def problems(self, question: Question, stored: Any) -> list[Lazy]:
        """What contradicts itself in a stored value; one sentence each."""
        return []

    def complete(self, question: Question, stored: Any) -> bool:
        """Whether a stored value (not None) answers the whole question."""
        return True

    def columns(self, question: Question) -> list[Column]:
        """The columns it fills in an export."""
        return [Column(question.code, question)]

    def to_cells(self, question: Question, stored: Any) -> list[Cell]:
        """The cells of `columns`, in their order; all None when unanswered."""
        return [stored]

    def meanings(self, question: Question, column: Column, language: str) -> list[tuple[str, str]]:
        """The codes in a column's cells, with their words; none where figures or texts stand."""
        return []

    @abstractmethod
    def summary(self, question: Question, stored: Any, language: str) -> list[Line]:
        """A stored value (not None) in words."""


def kind_of(question: Question) -> Kind:
    """The behaviour of a question's kind."""
    return Kind.KINDS[question.kind]


def first(raw: Raw, suffix: str = "") -> str:
    """The first string typed under a suffix, without surrounding space."""
    values = raw.get(suffix) or [""]
    return values[0].strip()


def choice_text(choices: Iterable[Choice], code: object, language: str) -> str:
    """The text of the choice with this code, or the code where it is no longer offered."""
    found = next((choice for choice in choices if choice.code == str(code)), None)
    return text_in(found.texts, language) if found else str(code)


def worded(choices: Iterable[Choice], language: str) -> list[tuple[str, str]]:
    """Codes with their texts, in the order offered."""
    return [(choice.code, text_in(choice.texts, language)) for choice in choices]


def ways_to_choose(codes: Iterable[str], *, several: bool = False) -> list[tuple[str, ...]]:
    """`Kind.ways` of choosing one of these codes, or several: at most `MOST_WAYS`."""
    ways: list[tuple[str, ...]] = [()]
    for code in codes:
        ways += [(*way, code) for way in (ways if several else ways[:1])]
        if len(ways) > MOST_WAYS:
            return []
    return ways


def legible(text: str, limit: int) -> str:
    """A text that can be stored as it is; raise `Unreadable`."""
    if REFUSED.search(text):
        raise Unreadable(_l("Take out the invisible control characters."))
    if len(text) > limit:
        raise Unreadable(
            _l(
                "Shorten this text: it has %(length)s characters, and %(limit)s is the most.",
                length=len(text),
                limit=limit,
            )
        )
    return text


def number_text(number: float) -> str:
    """A number as XPath 1.0 writes it: whole ones without a point, none with an exponent."""
    text = format(Decimal(repr(number)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


NOT_OFFERED = _l("Choose one of the answers offered.")
WRONG_SHAPE = _l("This value does not have the form this kind of question takes.")


def wrong_shape() -> Unreadable:
    """A value from a file that has another form than the kind's."""
    return Unreadable(WRONG_SHAPE)
