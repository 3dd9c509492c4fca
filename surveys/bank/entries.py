"""What stands in the bank: an entry of one of three kinds. Plain frozen data."""

import unicodedata
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from surveys.definition import Choice, Question, QuestionKind, Section, Texts


class EntryKind(StrEnum):
    """What an entry brings."""

    SCALE = "scale"
    QUESTION = "question"
    SECTION = "section"


class Entry(BaseModel):
    """An entry. `texts`: what it is called. `own`: the secretariat's, not the package's.

    A scale has `choices`, which every use brings, `ends`, which a use may leave out ("don't know"),
    and `question`: what is asked where a use wants a question as well. A question has `question`, a
    section `section`. Their questions' uids are the entry's own and never a questionnaire's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: EntryKind
    texts: Texts
    choices: tuple[Choice, ...] = ()
    ends: tuple[Choice, ...] = ()
    question: Question | None = None
    section: Section | None = None
    own: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions it brings, a scale's example included."""
        if self.section is not None:
            return self.section.questions
        return (self.question,) if self.question is not None else ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages its questions and choices are written in, in their order."""
        found: dict[str, None] = dict.fromkeys(self.texts)
        for question in self.questions:
            found |= dict.fromkeys(question.texts)
        return tuple(found)

    @property
    def kinds(self) -> tuple[QuestionKind, ...]:
        """The kinds of the questions it brings."""
        return tuple(question.kind for question in self.questions)


def matches(entry: Entry, words: str) -> bool:
    """Whether each of these words stands in the entry's texts in some language, or in its id."""
    everything = _folded(" ".join(_said(entry)))
    return all(word in everything for word in _folded(words).split())


def _said(entry: Entry) -> list[str]:
    said = [entry.id, *entry.texts.values()]
    for choice in entry.choices:
        said += choice.texts.values()
    for question in entry.questions:
        for one in question.everything():
            said += [one.code, *one.texts.values()]
            for choice in (*one.choices, *one.items):
                said += choice.texts.values()
    return said


def _folded(text: str) -> str:
    """Without case and accents, as one searches."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
