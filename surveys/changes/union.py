"""What several versions of a questionnaire ask together, for tables and exports of all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from surveys.changes.change import What
from surveys.changes.diff import diff
from surveys.definition import Choice, Question, Questionnaire, Section

WORDING = frozenset({What.REWORDED, What.CHOICE_REWORDED, What.ROW_REWORDED})


@dataclass(frozen=True)
class Union:
    """All questions of several versions.

    `document`: every question as its newest version has it, the choices and rows that were taken
    away behind those still offered; deleted questions at the end of their section. `codes`: those
    outside repeats in the order of their first appearance. `stood`: in which versions each
    question was asked, by code. `reworded`: in which versions its words, or those of its choices
    and rows, became others.
    """

    document: Questionnaire
    codes: tuple[str, ...]
    stood: Mapping[str, tuple[int, ...]]
    reworded: Mapping[str, tuple[int, ...]]


def union(versions: Mapping[int, Questionnaire]) -> Union:
    """The union of versions by their numbers; there must be one at least."""
    numbers = sorted(versions)
    documents = [versions[number] for number in numbers]
    newest = documents[-1]
    codes = tuple(dict.fromkeys(code for one in documents for code in one.by_code))
    stood: dict[str, tuple[int, ...]] = {}
    for number, document in zip(numbers, documents, strict=True):
        for code in document.anywhere:
            stood[code] = (*stood.get(code, ()), number)
    whole = newest if len(documents) == 1 else _together(documents)
    return Union(whole, codes, stood, _reworded(numbers, documents))


def _reworded(numbers: list[int], documents: list[Questionnaire]) -> dict[str, tuple[int, ...]]:
    """By code; a question away for a version is compared with how it was asked last."""
    found: dict[str, tuple[int, ...]] = {}
    for number, before, after in zip(numbers[1:], documents, documents[1:], strict=False):
        for code in dict.fromkeys(c.code for c in diff(before, after) if c.what in WORDING):
            found[code] = (*found.get(code, ()), number)
    return found


def _together(documents: list[Questionnaire]) -> Questionnaire:
    newest = documents[-1]
    merged: dict[UUID, Question] = {}
    homes: dict[UUID, str] = {}
    titled: dict[str, Section] = {}
    for document in documents:
        for section in document.sections:
            titled[section.code] = section
            for question in section.questions:
                was = merged.get(question.uid)
                merged[question.uid] = question if was is None else _merged(was, question)
                homes[question.uid] = section.code
    order = list(dict.fromkeys([s.code for s in (*newest.sections, *titled.values())]))
    now = [question.uid for question in newest.questions()]
    asked = [*now, *(uid for uid in merged if uid not in set(now))]
    sections = [
        titled[code].model_copy(
            update={"questions": tuple(merged[uid] for uid in asked if homes[uid] == code)}
        )
        for code in order
    ]
    languages = tuple(dict.fromkeys(one for d in reversed(documents) for one in d.languages))
    return Questionnaire(
        code=newest.code,
        texts=newest.texts,
        languages=languages,
        introduction=newest.introduction,
        sections=tuple(section for section in sections if section.questions),
    )


def _merged(before: Question, after: Question) -> Question:
    """The question as it is now, with what it offered and asked before."""
    inner = {question.uid: question for question in before.questions}
    own = [_merged(inner[q.uid], q) if q.uid in inner else q for q in after.questions]
    left = [question for uid, question in inner.items() if uid not in {q.uid for q in own}]
    changes = {
        "choices": _listed(after.choices, before.choices),
        "items": _listed(after.items, before.items),
        "questions": (*own, *left),
    }
    if all(getattr(after, name) == value for name, value in changes.items()):
        return after
    return after.model_copy(update={**changes, "list": ""})


def _listed(now: tuple[Choice, ...], before: Iterable[Choice]) -> tuple[Choice, ...]:
    offered = {choice.code for choice in now}
    return (*now, *(choice for choice in before if choice.code not in offered))
