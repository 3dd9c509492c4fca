"""What codes stand for in a questionnaire."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveys.checks.finding import Sort
from surveys.checks.subjects import Subject
from surveys.definition import Question, Questionnaire

_MENTION = re.compile(r"\$\{([^\W\d][\w.-]*)\}")


@dataclass(frozen=True)
class Known:
    """Questions and groups by code, rows of a matrix or of points to its code, lists by name.

    `lists`: the codes each list's texts mention, read once for all questions that use the list.
    """

    questions: Mapping[str, Question]
    places: Mapping[str, int]
    groups: frozenset[str]
    items: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

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
            lists={
                name: mentioned(text for choice in choices for text in choice.texts.values())
                for name, choices in questionnaire.lists.items()
            },
        )


def mentioned(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes these texts mention as ${code}, each once, in order."""
    found = (code for text in texts if "${" in text for code in _MENTION.findall(text))
    return tuple(dict.fromkeys(found))
