"""Using an entry in a questionnaire: a new document, with codes that clash with nothing.

Questions keep the entry's id; texts come in the questionnaire's languages, and where the source
isn't among the entry's, in the entry's first, to be translated.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from surveys.bank.entries import Entry, EntryKind
from surveys.bank.trees import TEXTS, renamed
from surveys.definition import (
    Choice,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
    Texts,
)

TAKES_SCALES = frozenset({QuestionKind.RATING, QuestionKind.MATRIX, QuestionKind.CHOOSE_ONE})
NewUid = Callable[[], UUID]


@dataclass(frozen=True)
class Target:
    """Where an entry goes: to the end of a section; a section behind it ("" for the end).

    A scale may go to a `question` that is there already. `ends`: which of its ends come along.
    """

    section: str = ""
    question: str = ""
    ends: Collection[str] = ()


@dataclass(frozen=True)
class Insertion:
    """A questionnaire with an entry in it, and the codes its questions were given."""

    document: Questionnaire
    codes: tuple[str, ...]


def insert(document: Questionnaire, entry: Entry, target: Target, new_uid: NewUid) -> Insertion:
    """Put the entry into the questionnaire.

    Raises Conflict where its target isn't there any more, DomainError where it can't go there.
    """
    if entry.kind is EntryKind.SECTION:
        return _section(document, entry, target, new_uid)
    if target.question:
        return _scale_for(document, entry, target)
    _there(document.section(target.section))
    (question,) = entry.questions
    if entry.kind is EntryKind.SCALE:
        question = question.model_copy(update={"choices": _scale(entry, target)})
    names = _free({one.code for one in question.everything()}, document)
    brought = _brought(question, names, document, new_uid)
    sections = [
        section.model_copy(update={"questions": (*section.questions, brought)})
        if section.code == target.section
        else section
        for section in document.sections
    ]
    return Insertion(_with(document, sections), (brought.code,))


def _section(document: Questionnaire, entry: Entry, target: Target, new_uid: NewUid) -> Insertion:
    section = entry.section
    assert section is not None  # noqa: S101 -- an entry of this kind has one
    codes = {one.code for question in section.questions for one in question.everything()}
    names = _free(codes, document)
    questions = tuple(_brought(one, names, document, new_uid) for one in section.questions)
    taken = {one.code for one in document.sections}
    changed = {
        "code": _unused(section.code, taken),
        "texts": _in(section.texts, document),
        "hints": _in(section.hints, document),
        "questions": questions,
    }
    brought = section.model_copy(update=changed)
    sections = list(document.sections)
    at = len(sections)
    if target.section:
        at = sections.index(_there(document.section(target.section))) + 1
    sections.insert(at, brought)
    return Insertion(_with(document, sections), tuple(q.code for q in questions))


def _scale_for(document: Questionnaire, entry: Entry, target: Target) -> Insertion:
    """Give a question of the document the scale's choices instead of its own."""
    question = document.by_code.get(target.question)
    _there(question)
    if question is None or entry.kind is not EntryKind.SCALE or question.kind not in TAKES_SCALES:
        raise DomainError(_l("Only a scale can be given to a question that takes one."))
    choices = tuple(_choice(one, document) for one in _scale(entry, target))
    changed = question.model_copy(
        update={"choices": choices, "list": "", "source": None, "bank": question.bank or entry.id}
    )
    sections = [
        section.model_copy(
            update={
                "questions": tuple(
                    changed if one.code == question.code else one for one in section.questions
                )
            }
        )
        for section in document.sections
    ]
    return Insertion(_with(document, sections), (question.code,))


def _scale(entry: Entry, target: Target) -> tuple[Choice, ...]:
    return (*entry.choices, *(end for end in entry.ends if end.code in target.ends))


def _there(found: Any) -> Any:
    if found is None:
        raise Conflict(_l("The place you chose was deleted meanwhile. Choose another."))
    return found


def _free(codes: Iterable[str], document: Questionnaire) -> dict[str, str]:
    """New codes for those that the document has already."""
    wanted = sorted(codes)
    taken = set(document.anywhere) | set(wanted)
    names: dict[str, str] = {}
    for code in wanted:
        if code in document.anywhere:
            names[code] = _unused(code, taken)
            taken.add(names[code])
    return names


def _unused(code: str, taken: Collection[str]) -> str:
    number, candidate = 1, code
    while candidate in taken:
        number += 1
        candidate = f"{code}_{number}"
    return candidate


def _brought(
    question: Question, names: dict[str, str], document: Questionnaire, new_uid: NewUid
) -> Question:
    """An entry's question as a question of the document's own."""
    return _localised(renamed(question, names), document, new_uid)


def _localised(question: Question, document: Questionnaire, new_uid: NewUid) -> Question:
    changed: dict[str, Any] = {field: _in(getattr(question, field), document) for field in TEXTS}
    changed |= {
        "uid": new_uid(),
        "choices": tuple(_choice(one, document) for one in question.choices),
        "items": tuple(_choice(one, document) for one in question.items),
        "questions": tuple(_localised(one, document, new_uid) for one in question.questions),
    }
    return question.model_copy(update=changed)


def _choice(choice: Choice, document: Questionnaire) -> Choice:
    return choice.model_copy(update={"texts": _in(choice.texts, document)})


def _in(texts: Texts, document: Questionnaire) -> Texts:
    """A text in the document's languages; the source always says something."""
    found = {
        language: texts.get(language) or texts.get(language.partition("-")[0], "")
        for language in document.languages
    }
    source = document.languages[0]
    if texts and not found[source]:
        found[source] = next(iter(texts.values()))
    return {language: text for language, text in found.items() if text}


def _with(document: Questionnaire, sections: Iterable[Section]) -> Questionnaire:
    return document.model_copy(update={"sections": tuple(sections)})
