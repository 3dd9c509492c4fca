"""Making an entry of a part of a questionnaire: without what only means something there.

Conditions that name questions outside the part stay behind, and so do groups.
"""

from typing import Any

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from surveys.bank.entries import Entry, EntryKind
from surveys.bank.inserting import TAKES_SCALES
from surveys.bank.trees import TREES, named_in
from surveys.definition import Question, Questionnaire, Section, Texts

GONE = _l("What you chose was deleted meanwhile. Choose again.")


def question_entry(document: Questionnaire, code: str, bank_id: str, texts: Texts) -> Entry:
    """A question as an entry; raises Conflict where there is none outside repeats."""
    question = document.by_code.get(code)
    if question is None:
        raise Conflict(GONE)
    kept = _detached(question, {one.code for one in question.everything()}, bank_id)
    return Entry(id=bank_id, kind=EntryKind.QUESTION, texts=texts, question=kept, own=True)


def scale_entry(document: Questionnaire, code: str, bank_id: str, texts: Texts) -> Entry:
    """A question's choices as a scale; raises DomainError where it has none to share."""
    question = document.by_code.get(code)
    if question is None:
        raise Conflict(GONE)
    if not question.choices or question.kind not in TAKES_SCALES:
        raise DomainError(_l("This question has no scale. Save the question itself."))
    kept = _detached(question, {code}, bank_id)
    return Entry(
        id=bank_id,
        kind=EntryKind.SCALE,
        texts=texts,
        choices=kept.choices,
        question=kept,
        own=True,
    )


def section_entry(document: Questionnaire, code: str, bank_id: str, texts: Texts) -> Entry:
    """A section as an entry; raises Conflict where there is none.

    Its questions' ids in the bank are the section's with their codes; those taken from the bank
    keep theirs.
    """
    section = document.section(code)
    if section is None:
        raise Conflict(GONE)
    inside = {one.code for question in section.questions for one in question.everything()}
    questions = tuple(
        _detached(question, inside, question.bank or f"{bank_id}.{question.code}")
        for question in section.questions
    )
    kept = Section(code=section.code, texts=section.texts, hints=section.hints, questions=questions)
    return Entry(id=bank_id, kind=EntryKind.SECTION, texts=texts, section=kept, own=True)


def _detached(question: Question, inside: set[str], bank_id: str) -> Question:
    changed: dict[str, Any] = {
        field: tree
        for field in TREES
        if (tree := getattr(question, field)) is None or named_in(tree) <= inside
    }
    changed = {field: changed.get(field) for field in TREES}
    changed |= {
        "bank": bank_id,
        "list": "",
        "name": "",
        "group": "",
        "groups": (),
        "questions": tuple(_detached(inner, inside, inner.bank) for inner in question.questions),
    }
    return question.model_copy(update=changed)
