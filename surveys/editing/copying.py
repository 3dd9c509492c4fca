"""Copies of questions and sections, with codes of their own; what they say of each other too."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

from surveys.definition import Group, Question, Questionnaire, Section
from surveys.editing.codes import free
from surveys.editing.parts import Holder, taken_codes
from surveys.editing.uses import recoded


def copy_of_question(document: Questionnaire, question: Question) -> Question:
    """A copy to stand in the same questionnaire."""
    codes = _new_codes([question.code, *_codes_in(question)], document)
    written = recoded(question.model_dump(mode="json"), codes)
    return _own(Question.model_validate(written), codes)


def copy_of_section(document: Questionnaire, section: Section) -> Section:
    """A copy to stand in the same questionnaire."""
    codes = _new_codes([section.code, *_codes_in(section)], document)
    copied = Section.model_validate(recoded(section.model_dump(mode="json"), codes))
    return copied.model_copy(
        update={"code": codes[section.code], "name": "", **_held(copied, codes)}
    )


def for_new_survey(document: Questionnaire, code: str) -> Questionnaire:
    """The document as the beginning of another survey: same codes, questions of its own."""
    sections = [s.model_copy(update=_held(s, {})) for s in document.sections]
    written = document.as_json()
    written["code"] = code
    written["sections"] = [s.model_dump(mode="json", exclude_defaults=True) for s in sections]
    return Questionnaire.model_validate(written)


def _codes_in(holder: Holder) -> Iterator[str]:
    yield from (group.code for group in holder.groups)
    for question in holder.questions:
        yield question.code
        yield from _codes_in(question)


def _new_codes(codes: Sequence[str], document: Questionnaire) -> dict[str, str]:
    taken = set(taken_codes(document))
    found = {}
    for code in codes:
        found[code] = free(code, taken)
        taken.add(found[code])
    return found


def _own(question: Question, codes: dict[str, str]) -> Question:
    """The question with a uid of its own and its new code; the same inside."""
    own: dict[str, Any] = {"uid": uuid4(), "code": codes.get(question.code, question.code)}
    if codes:
        own |= {"name": "", "group": codes.get(question.group, question.group)}
    return question.model_copy(update={**own, **_held(question, codes)})


def _held(holder: Holder, codes: dict[str, str]) -> dict[str, Any]:
    return {
        "groups": tuple(_group(group, codes) for group in holder.groups),
        "questions": tuple(_own(question, codes) for question in holder.questions),
    }


def _group(group: Group, codes: dict[str, str]) -> Group:
    own = {"code": codes.get(group.code, group.code), "group": codes.get(group.group, group.group)}
    return group.model_copy(update=own | ({"name": ""} if codes else {}))
