"""What codes stand for in a questionnaire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.checks.finding import Sort
from surveys.checks.subjects import Subject
from surveys.definition import Question, Questionnaire


@dataclass(frozen=True)
class Known:
    """Questions and groups by code, rows of a matrix or of points to its code, lists by name."""

    questions: Mapping[str, Question]
    places: Mapping[str, int]
    groups: frozenset[str]
    items: Mapping[str, str]
    lists: frozenset[str]

    @classmethod
    def of(cls, questionnaire: Questionnaire, everything: Sequence[Subject]) -> "Known":
        """What this questionnaire knows."""
        asked = [subject for subject in everything if subject.sort is Sort.QUESTION]
        questions = {subject.code: subject.question for subject in asked if subject.question}
        return cls(
            questions=questions,
            places={subject.code: subject.place for subject in asked},
            groups=frozenset(s.code for s in everything if s.sort is not Sort.QUESTION),
            items={item.code: code for code, q in questions.items() for item in q.items},
            lists=frozenset(questionnaire.lists),
        )
