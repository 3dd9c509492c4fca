"""Edits of questions: added, saved, moved, doubled, deleted."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from surveys.definition import Question, QuestionKind, Questionnaire, Section, Texts
from surveys.editing.beginnings import begun
from surveys.editing.codes import USABLE, code_from
from surveys.editing.copying import copy_of_question
from surveys.editing.parts import (
    get_question,
    get_section,
    holder_of,
    rebuilt,
    taken_codes,
    with_question,
    with_questions,
    with_section,
)
from surveys.editing.refusals import StillUsed, UnusableCode
from surveys.editing.uses import recoded, uses_of, with_choice_recoded


def add_question(
    document: Questionnaire, section: str, kind: QuestionKind, texts: Texts, *, repeat: str = ""
) -> tuple[Questionnaire, Question]:
    """The document with a new question at the end of a section, or of a `repeat` in it."""
    text = texts.get(document.languages[0], "")
    code = code_from(text, taken_codes(document), fallback="question")
    question = begun(Question(uid=uuid4(), code=code, kind=kind, texts=texts), document.languages)
    around = document.anywhere.get(repeat)
    holder = get_section(document, section) if around is None else around
    return with_questions(document, holder, (*holder.questions, question)), question


def save_question(
    document: Questionnaire, question: Question, *, choices: Mapping[str, str] | None = None
) -> Questionnaire:
    """The document with this question in the place of the one with its uid.

    `choices`: former codes of choices whose code changed, with the new ones. Whoever speaks of the
    question by its former code, or compares it with such a choice, follows. A list it shares with
    other questions changes for all of them. Raises `UnusableCode`.
    """
    before = get_question(document, question.uid)
    if question.code != before.code:
        document = _rename(document, before.code, question.code)
        question = _follow(question, before.code)
    lists = {**document.lists, question.list: question.choices} if question.list else document.lists
    shared = _sharing(document, question)
    changed = with_question(document, question.uid, lambda _before: [question])
    changed = rebuilt(changed, lists=lists)
    return with_choice_recoded(changed, shared, choices) if choices else changed


def _follow(question: Question, former: str) -> Question:
    written = recoded(question.model_dump(mode="json"), {former: question.code})
    return Question.model_validate({**written, "choices": question.choices, "name": ""})


def _sharing(document: Questionnaire, question: Question) -> frozenset[str]:
    """The codes of the questions that offer the same choices."""
    if not question.list:
        return frozenset({question.code})
    sharing = {q.code for q in document.anywhere.values() if q.list == question.list}
    return frozenset(sharing | {question.code})


def _rename(document: Questionnaire, former: str, code: str) -> Questionnaire:
    """The document with a question's code replaced, and whatever speaks of it following."""
    if not USABLE.fullmatch(code):
        raise UnusableCode(code, taken=False)
    if code in taken_codes(document):
        raise UnusableCode(code, taken=True)
    uid = document.anywhere[former].uid
    renamed = with_question(document, uid, lambda q: [q.model_copy(update={"code": code})])
    return Questionnaire.model_validate(recoded(renamed.as_json(), {former: code}))


def move_question(document: Questionnaire, uid: UUID, *, up: bool) -> Questionnaire:
    """The document with the question one place further up or down.

    At the border of a group it steps in or out first; at the end of a section, into the next.
    """
    holder = holder_of(document, uid)
    questions = list(holder.questions)
    place = next(i for i, question in enumerate(questions) if question.uid == uid)
    beside = place + (-1 if up else 1)
    if not 0 <= beside < len(questions):
        return _out_of(document, holder, questions[place], up=up)
    if questions[beside].group != questions[place].group:
        joined = {"group": questions[beside].group}
        questions[place] = questions[place].model_copy(update=joined)
    else:
        questions[place], questions[beside] = questions[beside], questions[place]
    return with_questions(document, holder, questions)


def _out_of(
    document: Questionnaire, holder: Section | Question, question: Question, *, up: bool
) -> Questionnaire:
    """At the end of its section: first out of a group, then into the section beside."""
    if question.group:
        loose = question.model_copy(update={"group": ""})
        return with_question(document, question.uid, lambda _before: [loose])
    if isinstance(holder, Question):
        return document
    codes = [section.code for section in document.sections]
    beside = codes.index(holder.code) + (-1 if up else 1)
    if not 0 <= beside < len(codes):
        return document
    return move_to_section(document, question.uid, codes[beside], first=not up)


def move_to_section(
    document: Questionnaire, uid: UUID, section: str, *, first: bool = False
) -> Questionnaire:
    """The document with the question at the end of a section, outside its groups; or first."""
    question = get_question(document, uid).model_copy(update={"group": ""})
    without = with_question(document, uid, lambda _question: [])
    target = get_section(without, section)
    questions = (question, *target.questions) if first else (*target.questions, question)
    return with_section(without, section, target.model_copy(update={"questions": questions}))


def place_question(document: Questionnaire, uid: UUID, before: UUID) -> Questionnaire:
    """The document with the question right before another, in that one's place and group."""
    if uid == before:
        return document
    question, target = get_question(document, uid), get_question(document, before)
    if any(inner.uid == before for inner in question.everything()):
        return document
    moved = question.model_copy(update={"group": target.group})
    without = with_question(document, uid, lambda _question: [])
    return with_question(without, before, lambda found: [moved, found])


def double_question(document: Questionnaire, uid: UUID) -> tuple[Questionnaire, Question]:
    """The document with a copy of the question after it, and that copy."""
    copied = copy_of_question(document, get_question(document, uid))
    return with_question(document, uid, lambda question: [question, copied]), copied


def delete_question(document: Questionnaire, uid: UUID) -> Questionnaire:
    """The document without the question; `StillUsed` while others speak of it."""
    question = get_question(document, uid)
    codes = frozenset(inner.code for inner in question.everything())
    rest = with_question(document, uid, lambda _question: [])
    uses = uses_of(rest, codes)
    if uses:
        raise StillUsed(question.code, uses)
    return rest
