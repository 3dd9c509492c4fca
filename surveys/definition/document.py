"""The questionnaire as one immutable document: what is asked, in which order, in which languages.

A published version stores this document as JSON and never changes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from surveys.definition.parts import Choice, Question, Section, Texts

Lists = dict[str, tuple[Choice, ...]]


class Questionnaire(BaseModel):
    """The whole document.

    `languages`: their codes; the first is the one the others translate. `language_names`: what the
    form calls them. `introduction`: the paragraphs shown before the first question: the purpose,
    who reads the answers, how long they are kept. `lists`: choices by list, for the questions that
    name one. `translated_from`: by language and text (`surveys.languages` names them), a digest of
    the text it translates. `formerly`: by digest, the texts that stale translations translate.
    `form`: a form's settings that its export gives back.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    texts: Texts
    languages: tuple[str, ...] = Field(min_length=1)
    language_names: dict[str, str] = {}
    introduction: tuple[Texts, ...] = ()
    lists: Lists = {}
    sections: tuple[Section, ...] = ()
    translated_from: dict[str, dict[str, str]] = {}
    formerly: dict[str, str] = {}
    form: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _give_lists_to_questions(cls, data: Any) -> Any:
        """Questions that name a list hold its choices, one tuple shared by all of them."""
        if not isinstance(data, dict) or not data.get("lists"):
            return data
        lists = {
            name: tuple(Choice.model_validate(choice) for choice in choices)
            for name, choices in data["lists"].items()
        }
        sections = [_section_with(section, lists) for section in data.get("sections", ())]
        return {**data, "lists": lists, "sections": sections}

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Every question outside repeats by its code, in the order asked."""
        return {question.code: question for question in self.questions()}

    @cached_property
    def anywhere(self) -> dict[str, Question]:
        """Every question by its code, those inside repeats included, in the order asked."""
        return {q.code: q for question in self.questions() for q in question.everything()}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """The code of the section each question stands in, by the question's code."""
        return {
            inner.code: section.code
            for section in self.sections
            for question in section.questions
            for inner in question.everything()
        }

    @cached_property
    def repeats_of(self) -> dict[str, tuple[str, ...]]:
        """The repeats each question stands in, the outermost first, by the question's code."""
        return dict(_within(self.questions(), ()))

    def __copy__(self) -> Self:
        """A copy without what was worked out: `model_copy` changes what that came from."""
        copied = super().__copy__()
        for name in ("by_code", "anywhere", "section_of", "repeats_of"):
            copied.__dict__.pop(name, None)
        return copied

    def questions(self) -> Iterator[Question]:
        """Every question outside repeats, notes included, in the order asked."""
        for section in self.sections:
            yield from section.questions

    def section(self, code: str) -> Section | None:
        """The section with this code, if there is one."""
        return next((section for section in self.sections if section.code == code), None)

    def as_json(self) -> dict[str, Any]:
        """The document as it is stored: what says nothing is left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def canonical(self) -> str:
        """The document as JSON with sorted keys: what is hashed."""
        return json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)

    def digest(self) -> str:
        """The SHA-256 of the canonical document, in hexadecimal."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


def _within(
    questions: Iterator[Question], repeats: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for question in questions:
        yield question.code, repeats
        yield from _within(iter(question.questions), (*repeats, question.code))


def _section_with(section: Any, lists: Mapping[str, tuple[Choice, ...]]) -> Any:
    if not isinstance(section, dict):
        return section
    questions = [_question_with(question, lists) for question in section.get("questions", ())]
    return {**section, "questions": questions}


def _question_with(question: Any, lists: Mapping[str, tuple[Choice, ...]]) -> Any:
    """The question's JSON with its list's choices. A list there is none of leaves it without."""
    if not isinstance(question, dict):
        return question
    filled = dict(question)
    if question.get("list"):
        filled["choices"] = lists.get(question["list"], ())
    if question.get("questions"):
        filled["questions"] = [_question_with(inner, lists) for inner in question["questions"]]
    return filled


def text_in(texts: Texts, language: str) -> str:
    """The text in this language, else in English, else in whichever comes first."""
    if not texts:
        return ""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))
