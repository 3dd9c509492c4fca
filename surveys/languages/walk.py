"""Every text of a questionnaire by a key that stays: where texts are found and where they are put.

One walk names, reads and rewrites, so that the three can't differ. A key is made of what a text
belongs to (a question's uid, a section's code, a list's name), never of its place or its wording.
It refuses to know languages.
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel

from surveys.definition import Choice, Group, Question, Questionnaire, Section, Texts


class TextKind(StrEnum):
    """What a text is to its readers."""

    TITLE = "title"
    INTRODUCTION = "introduction"
    SECTION = "section"
    SECTION_HINT = "section_hint"
    GROUP = "group"
    GROUP_HINT = "group_hint"
    QUESTION = "question"
    HINT = "hint"
    GUIDANCE = "guidance"
    REQUIRED = "required"
    CONSTRAINT = "constraint"
    WARNING = "warning"
    CHOICE = "choice"
    ITEM = "item"


@dataclass(frozen=True)
class Place:
    """Where a text stands. `section`, `question`: codes, "" for none; `of`: the part's own code."""

    section: str = ""
    question: str = ""
    of: str = ""


@dataclass(frozen=True)
class Text:
    """A text in all its languages. `key` is unique in its questionnaire."""

    key: str
    texts: Texts
    kind: TextKind
    place: Place


Part = TypeVar("Part", bound=BaseModel)
Change = Callable[[Text], Texts]
OF_A_QUESTION = (
    ("text", "texts", TextKind.QUESTION),
    ("hint", "hints", TextKind.HINT),
    ("guidance", "guidance", TextKind.GUIDANCE),
    ("required", "required_texts", TextKind.REQUIRED),
    ("constraint", "constraint_texts", TextKind.CONSTRAINT),
    ("warning", "warning_texts", TextKind.WARNING),
)
"""The texts of a question: the end of their key, their field, their kind."""


def texts_of(questionnaire: Questionnaire) -> Iterator[Text]:
    """Every text that says something in some language, in the order it is read.

    A list's choices come with the first question that uses the list; those of unused lists last.
    """
    found: list[Text] = []

    def collect(text: Text) -> Texts:
        found.append(text)
        return text.texts

    rewritten(questionnaire, collect)
    return (text for text in found if any(text.texts.values()))


def rewritten(questionnaire: Questionnaire, change: Change) -> Questionnaire:
    """The questionnaire with every text as `change` gives it; empty ones are asked about too."""
    return _Walk(questionnaire, change).all()


class _Walk:
    def __init__(self, questionnaire: Questionnaire, change: Change) -> None:
        self._document = questionnaire
        self._change = change
        self._lists: dict[str, tuple[Choice, ...]] = {}
        self._met: Counter[str] = Counter()

    def all(self) -> Questionnaire:
        here = Place()
        texts = self._text("title", self._document.texts, TextKind.TITLE, here)
        introduction = tuple(
            self._text(f"introduction.{n}", paragraph, TextKind.INTRODUCTION, here)
            for n, paragraph in enumerate(self._document.introduction, start=1)
        )
        sections = tuple(self._section(section) for section in self._document.sections)
        for name in self._document.lists:
            self._list(name, here)
        lists = {name: self._lists[name] for name in self._document.lists}
        changed = {
            "texts": texts,
            "introduction": introduction,
            "sections": sections,
            "lists": lists,
        }
        return _with(self._document, changed)

    def _text(self, key: str, texts: Texts, kind: TextKind, place: Place) -> Texts:
        self._met[key] += 1
        if self._met[key] > 1:  # forms may give two choices of a list one name
            key = f"{key}~{self._met[key]}"
        return self._change(Text(key, texts, kind, place))

    def _section(self, section: Section) -> Section:
        place = Place(section.code, of=section.code)
        start = f"section.{section.code}"
        changed = {
            "texts": self._text(f"{start}.title", section.texts, TextKind.SECTION, place),
            "hints": self._text(f"{start}.hint", section.hints, TextKind.SECTION_HINT, place),
            "groups": self._groups(section.groups, section.code),
            "questions": tuple(self._question(q, section.code) for q in section.questions),
        }
        return _with(section, changed)

    def _groups(self, groups: tuple[Group, ...], section: str) -> tuple[Group, ...]:
        return tuple(self._group(group, Place(section, of=group.code)) for group in groups)

    def _group(self, group: Group, place: Place) -> Group:
        start = f"group.{group.code}"
        changed = {
            "texts": self._text(f"{start}.title", group.texts, TextKind.GROUP, place),
            "hints": self._text(f"{start}.hint", group.hints, TextKind.GROUP_HINT, place),
        }
        return _with(group, changed)

    def _question(self, question: Question, section: str) -> Question:
        place = Place(section, question.code)
        start = f"question.{question.uid}"
        changed: dict[str, object] = {
            field: self._text(f"{start}.{end}", getattr(question, field), kind, place)
            for end, field, kind in OF_A_QUESTION
        }
        changed["choices"] = self._choices_of(question, place)
        changed["items"] = self._choices(
            question.items, f"question.{question.uid}.item", TextKind.ITEM, place
        )
        changed["groups"] = self._groups(question.groups, section)
        changed["questions"] = tuple(self._question(q, section) for q in question.questions)
        return _with(question, changed)

    def _choices_of(self, question: Question, place: Place) -> tuple[Choice, ...]:
        if question.list in self._document.lists:
            return self._list(question.list, place)
        return self._choices(question.choices, f"choice.{question.uid}", TextKind.CHOICE, place)

    def _list(self, name: str, place: Place) -> tuple[Choice, ...]:
        """The list's choices, walked once whoever shares them."""
        if name not in self._lists:
            choices = self._document.lists[name]
            self._lists[name] = self._choices(choices, f"list.{name}", TextKind.CHOICE, place)
        return self._lists[name]

    def _choices(
        self, choices: tuple[Choice, ...], start: str, kind: TextKind, place: Place
    ) -> tuple[Choice, ...]:
        return tuple(
            _with(choice, {"texts": self._text(f"{start}.{choice.code}", choice.texts, kind, at)})
            for choice in choices
            for at in (Place(place.section, place.question, choice.code),)
        )


def _with(part: Part, changed: Mapping[str, object]) -> Part:
    """The part with these fields; itself where they are what it has: most walks only read."""
    if all(_same(getattr(part, field), value) for field, value in changed.items()):
        return part
    return part.model_copy(update=changed)


def _same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(operator.is_, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one is other or (one.keys() == other.keys() and all(
            _same(value, other[key]) for key, value in one.items()
        ))  # fmt: skip
    return one is other
