"""Edits of groups: questions of a section, or of a repeat, under one heading and condition.

A group's questions stand together, as a form's rows do between the beginning and the end of one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.errors import NotFound
from core.texts import lazy as _l
from surveys.definition import Group, Question, Questionnaire, Section, Texts
from surveys.editing.codes import code_from
from surveys.editing.parts import Holder, get_section, taken_codes, with_question, with_section


@dataclass(frozen=True)
class Grouped:
    """A group with what it stands in, and the questions directly in it."""

    group: Group
    holder: Holder

    @property
    def members(self) -> tuple[Question, ...]:
        """Its own questions, those of groups inside it aside, in the order asked."""
        return tuple(q for q in self.holder.questions if q.group == self.group.code)


def find_group(document: Questionnaire, code: str) -> Grouped | None:
    """The group with this code, or None."""
    holders: list[Holder] = [*document.sections, *document.anywhere.values()]
    return next(
        (Grouped(group, holder) for holder in holders for group in holder.groups
         if group.code == code),
        None,
    )  # fmt: skip


def get_group(document: Questionnaire, code: str) -> Grouped:
    """The group with this code; raises `NotFound`."""
    found = find_group(document, code)
    if found is None:
        raise NotFound(_l("This group isn't in the draft any more."))
    return found


def add_group(
    document: Questionnaire, section: str, texts: Texts, *, repeat: str = ""
) -> tuple[Questionnaire, Group]:
    """The document with a new, empty group in a section, or in a `repeat` of it; and the group."""
    title = texts.get(document.languages[0], "")
    group = Group(code=code_from(title, taken_codes(document), fallback="group"), texts=texts)
    around = document.anywhere.get(repeat)
    holder: Holder = get_section(document, section) if around is None else around
    return _with(document, holder, (*holder.groups, group), holder.questions), group


def save_group(document: Questionnaire, group: Group, members: Collection[UUID]) -> Questionnaire:
    """The document with this group in the place of the one with its code.

    `members`: the uids of the questions directly in it; one taken out goes to what the group stands
    in. Questions move no further than it takes for each group's to stand together.
    """
    before = get_group(document, group.code)
    questions = [
        _moved(question, group, inside=question.uid in members)
        for question in before.holder.questions
    ]
    groups = tuple(group if g.code == group.code else g for g in before.holder.groups)
    return _with(document, before.holder, groups, questions)


def delete_group(document: Questionnaire, code: str) -> Questionnaire:
    """The document without the group; what stood in it stays, in what the group stood in."""
    found = get_group(document, code)
    outer = found.group.group
    groups = tuple(
        g.model_copy(update={"group": outer}) if g.group == code else g
        for g in found.holder.groups
        if g.code != code
    )
    questions = [_moved(q, found.group, inside=False) for q in found.holder.questions]
    return _with(document, found.holder, groups, questions)


def _moved(question: Question, group: Group, *, inside: bool) -> Question:
    if inside == (question.group == group.code):
        return question
    return question.model_copy(update={"group": group.code if inside else group.group})


def _with(
    document: Questionnaire, holder: Holder, groups: Sequence[Group], questions: Sequence[Question]
) -> Questionnaire:
    together = tuple(_together({g.code: g.group for g in groups}, questions))
    held = holder.model_copy(update={"groups": tuple(groups), "questions": together})
    if isinstance(held, Section):
        return with_section(document, held.code, held)
    return with_question(document, held.uid, lambda _question: [held])


def _together(
    outer: dict[str, str], questions: Sequence[Question], level: int = 0
) -> Iterator[Question]:
    """The questions with those of each group in one row, where its first one stood.

    `outer`: the group each group stands in, by code; `level`: how many groups are around.
    """
    done: set[str] = set()
    for question in questions:
        path = _path(outer, question)
        if len(path) <= level:
            yield question
        elif path[level] not in done:
            done.add(path[level])
            inside = [q for q in questions if path[level] in _path(outer, q)]
            yield from _together(outer, inside, level + 1)


def _path(outer: dict[str, str], question: Question) -> list[str]:
    """The codes of the groups around a question, the outermost first."""
    path: list[str] = []
    code = question.group
    while code in outer and code not in path:
        path.insert(0, code)
        code = outer[code]
    return path
