"""The changes between two questionnaires. Questions are known by their uid, all else by code.

What is compared is what is asked: how a form spelled it, which list of choices has which name and
what a translation translates are no changes.
"""

from collections.abc import Iterator
from uuid import UUID

from surveys.changes.change import Change, What
from surveys.changes.places import moves, new_order
from surveys.changes.questions import question_changes
from surveys.changes.wording import reworded
from surveys.definition import Group, Question, Questionnaire, Section

Part = Section | Group
UNCOMPARED = {
    "code": "the survey's, the same for all its versions",
    "language_names": "what a form calls a language",
    "lists": "compared with each question that offers one",
    "translated_from": "tells of translations, asks nothing",
    "formerly": "tells of translations, asks nothing",
    "form": "a form's own settings",
}
"""Fields of a questionnaire that no change is told of, and why."""


def diff(before: Questionnaire, after: Questionnaire) -> tuple[Change, ...]:
    """Every change from one questionnaire to the other; () if they ask the same.

    The order: the whole questionnaire, sections with their groups, then questions as they are
    asked now, the deleted ones last. Texts are compared in the languages both speak.
    """
    spoken = tuple(one for one in after.languages if one in before.languages)
    return (
        *_whole(before, after, spoken),
        *_sections(before, after, spoken),
        *_questions(before, after, spoken),
    )


def _whole(
    before: Questionnaire, after: Questionnaire, spoken: tuple[str, ...]
) -> Iterator[Change]:
    for language in after.languages:
        if language not in before.languages:
            yield Change(What.LANGUAGE_ADDED, part=language)
    for language in before.languages:
        if language not in after.languages:
            yield Change(What.LANGUAGE_REMOVED, part=language)
    if new_order(before.languages, after.languages):
        orders = (list(before.languages), list(after.languages))
        yield Change(What.LANGUAGES_MOVED, before=orders[0], after=orders[1])
    yield from reworded(What.TITLE, (before.texts, after.texts), spoken)
    was, now = (
        [{one: text.get(one, "") for one in spoken} for text in of.introduction]
        for of in (before, after)
    )
    if was != now:
        yield Change(What.INTRODUCTION, before=was, after=now)


def _sections(
    before: Questionnaire, after: Questionnaire, spoken: tuple[str, ...]
) -> Iterator[Change]:
    former = {section.code: section for section in before.sections}
    present = {section.code: section for section in after.sections}
    moved = moves(list(former), list(present))
    for code, section in present.items():
        if code not in former:
            yield Change(What.SECTION_NEW, code, after=dict(section.texts))
            continue
        if code in moved:
            yield Change(What.SECTION_MOVED, code)
        yield from _section(former[code], section, spoken)
    for code, section in former.items():
        if code not in present:
            yield Change(What.SECTION_DELETED, code, before=dict(section.texts))
    yield from _groups(_all_groups(before), _all_groups(after), spoken)


def _section(before: Section, after: Section, spoken: tuple[str, ...]) -> Iterator[Change]:
    yield from _texts(What.SECTION_REWORDED, before, after, spoken)
    for field in ("relevant", "appearance"):
        yield from _changed(What.SECTION_CHANGED, field, before, after)


def _all_groups(questionnaire: Questionnaire) -> dict[str, Group]:
    inside = (group for question in questionnaire.anywhere.values() for group in question.groups)
    own = (group for section in questionnaire.sections for group in section.groups)
    return {group.code: group for group in (*own, *inside)}


def _groups(
    before: dict[str, Group], after: dict[str, Group], spoken: tuple[str, ...]
) -> Iterator[Change]:
    for code, group in after.items():
        was = before.get(code)
        if was is None:
            yield Change(What.GROUP_NEW, code, after=dict(group.texts))
            continue
        yield from _texts(What.GROUP_REWORDED, was, group, spoken)
        for field in ("relevant", "appearance", "group"):
            yield from _changed(What.GROUP_CHANGED, field, was, group)
    for code, group in before.items():
        if code not in after:
            yield Change(What.GROUP_DELETED, code, before=dict(group.texts))


def _texts(what: What, before: Part, after: Part, spoken: tuple[str, ...]) -> Iterator[Change]:
    for field in ("texts", "hints"):
        pair = (getattr(before, field), getattr(after, field))
        yield from reworded(what, pair, spoken, code=after.code, part=field)


def _changed(what: What, field: str, before: Part, after: Part) -> Iterator[Change]:
    was, now = getattr(before, field), getattr(after, field)
    if was != now:
        yield Change(what, after.code, part=field, before=was, after=now)


def _questions(
    before: Questionnaire, after: Questionnaire, spoken: tuple[str, ...]
) -> Iterator[Change]:
    former = {question.uid: question for question in before.anywhere.values()}
    present: dict[UUID, Question] = {q.uid: q for q in after.anywhere.values()}
    moved = _moved(before, after)
    for uid, question in present.items():
        if uid not in former:
            yield Change(What.NEW, question.code, uid, after=dict(question.texts))
            continue
        if uid in moved:
            was, now = moved[uid]
            yield Change(What.MOVED, question.code, uid, before=was, after=now)
        yield from question_changes(former[uid], question, spoken)
    for uid, question in former.items():
        if uid not in present:
            yield Change(What.DELETED, question.code, uid, before=dict(question.texts))


def _moved(before: Questionnaire, after: Questionnaire) -> dict[UUID, tuple[str, str]]:
    """By uid, from where to where: section, repeats and group, joined by slashes."""
    former, present = _homes(before), _homes(after)
    found = {
        uid: (former[uid], home)
        for uid, home in present.items()
        if uid in former and former[uid] != home
    }
    stayed = {uid: home for uid, home in present.items() if former.get(uid) == home}
    orders: dict[str, tuple[list[UUID], list[UUID]]] = {}
    for number, order in enumerate((former, stayed)):
        for uid in order:
            if uid in stayed:
                orders.setdefault(stayed[uid], ([], []))[number].append(uid)
    for home, (was, now) in orders.items():
        found |= dict.fromkeys(moves(was, now), (home, home))
    return found


def _homes(questionnaire: Questionnaire) -> dict[UUID, str]:
    """Where each question stands, in the order asked."""
    return {
        question.uid: "/".join(
            part
            for part in (
                questionnaire.section_of[code],
                *questionnaire.repeats_of[code],
                question.group,
            )
            if part
        )
        for code, question in questionnaire.anywhere.items()
    }
