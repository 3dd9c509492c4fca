"""Everything in a questionnaire that has expressions or texts, in the order asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from surveys.checks.finding import Finding, Severity, Sort
from surveys.definition import Choice, Group, Question, QuestionKind, Questionnaire, Section, Tree

K = QuestionKind

TREES = ("relevant", "required_if", "constraint", "warning", "calculation", "default",
         "choice_filter", "times")  # fmt: skip
TEXTS = ("texts", "hints", "guidance", "required_texts", "constraint_texts", "warning_texts")
VALUELESS = frozenset({K.NOTE, K.MATRIX, K.POINTS})
LISTED = frozenset({K.CHOOSE_ONE, K.CHOOSE_MANY, K.RANKING, K.RATING, K.YES_NO})


@dataclass(frozen=True)
class Subject:
    """A question, group or section. `place`: its place in the order asked.

    `around`: what it stands in, the innermost last; a thing is asked only where that is.
    """

    sort: Sort
    thing: Question | Group | Section
    place: int
    around: tuple["Subject", ...]

    @property
    def code(self) -> str:
        """The thing's code."""
        return self.thing.code

    @property
    def question(self) -> Question | None:
        """The question it is, if it is one."""
        return self.thing if isinstance(self.thing, Question) else None

    def trees(self) -> Iterator[tuple[str, Tree]]:
        """Its expressions by field."""
        return ((field, tree) for field in TREES if (tree := getattr(self.thing, field, None)))

    def texts(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Its texts by field, in all languages; those of its choices and rows too."""
        for field in TEXTS:
            yield field, iter(getattr(self.thing, field, {}).values())
        if self.question is not None:
            yield "choices", _labels(self.question.choices)
            yield "items", _labels(self.question.items)

    def error(self, field: str, message: Any) -> Finding:
        """An error about one of its fields."""
        return Finding(self.code, field, Severity.ERROR, message, self.sort)

    def warning(self, field: str, message: Any) -> Finding:
        """A warning about one of its fields."""
        return Finding(self.code, field, Severity.WARNING, message, self.sort)


def _labels(choices: tuple[Choice, ...]) -> Iterator[str]:
    return (text for choice in choices for text in choice.texts.values())


def subjects(questionnaire: Questionnaire) -> list[Subject]:
    """Every section, group and question, those inside repeats included."""
    found: list[Subject] = []
    for section in questionnaire.sections:
        outer = Subject(Sort.SECTION, section, len(found), ())
        found.append(outer)
        _add(section, outer, found)
    return found


def _add(holder: Section | Question, outer: Subject, found: list[Subject]) -> None:
    """The groups and questions of a section or repeat."""
    around: dict[str, tuple[Subject, ...]] = {"": (*outer.around, outer)}
    waiting = {group.code: group for group in holder.groups}

    def begin(code: str) -> None:
        """Add a group right before the first question in it, which may follow others."""
        group = waiting.pop(code, None)
        if group is not None:
            begin(group.group)
            subject = Subject(Sort.GROUP, group, len(found), around.get(group.group, around[""]))
            found.append(subject)
            around[code] = (*subject.around, subject)

    for question in holder.questions:
        begin(question.group)
        subject = Subject(
            Sort.QUESTION, question, len(found), around.get(question.group, around[""])
        )
        found.append(subject)
        if question.kind is K.REPEAT:
            _add(question, subject, found)
    for code in list(waiting):
        begin(code)
