"""Changes between versions in words, for authors and for those who answer."""

from dataclasses import dataclass

from flask_babel import gettext as _

from core.i18n import LANGUAGES, current_language
from surveys.changes import Change, What
from surveys.changes.effects import Becomes
from surveys.definition import Questionnaire, text_in
from surveys.languages import name_in
from surveys.queries.publishing import Weighed


@dataclass(frozen=True)
class Said:
    """A change in words. `text`: of what changed, "" for the whole questionnaire.

    `was`, `now`: the words before and after, where words changed. `section`: where it stands now.
    """

    change: Change
    text: str
    sentence: str
    was: str = ""
    now: str = ""
    section: str = ""


def in_words(change: Change, before: Questionnaire, after: Questionnaire, language: str) -> Said:
    """A change from one questionnaire to the other; their texts in this language."""
    spoken = _best(change, language)
    was, now = (
        text_in(value, spoken) if change.languages and isinstance(value, dict) else ""
        for value in (change.before, change.after)
    )
    return Said(
        change,
        _subject(change, before, after, language),
        sentence(change, _part(change, before, after, language)),
        was,
        now,
        after.section_of.get(change.code, ""),
    )


def _best(change: Change, language: str) -> str:
    """The language to show a rewording in: the reader's, if it is among those that changed."""
    return language if language in change.languages or not change.languages else change.languages[0]


def _subject(change: Change, before: Questionnaire, after: Questionnaire, language: str) -> str:
    if change.uid is not None:
        known = after if change.what is not What.DELETED else before
        return text_in(known.anywhere[change.code].texts, language) or change.code
    for form in (after, before):
        section = form.section(change.code)
        if section is not None and change.code:
            return text_in(section.texts, language) or change.code
    return change.code


def _part(change: Change, before: Questionnaire, after: Questionnaire, language: str) -> str:
    """The choice or row, the language or the field a change is about, in words."""
    if change.what in (What.LANGUAGE_ADDED, What.LANGUAGE_REMOVED):
        return name_in(change.part, language)
    for form in (after, before):
        question = form.anywhere.get(change.code) if change.uid else None
        named = question and (question.choice(change.part) or question.item(change.part))
        if named:
            return text_in(named.texts, language) or change.part
    return change.part


def sentence(change: Change, part: str) -> str:
    """What changed, as a whole sentence that doesn't name the question."""
    if change.what in (What.REWORDED, What.SECTION_REWORDED, What.GROUP_REWORDED, What.TITLE):
        spoken = ", ".join(LANGUAGES.get(one, one) for one in change.languages)
        return str(_("Reworded in: %(languages)s.", languages=spoken))
    if change.what is What.REQUIRED and change.part == "required":
        return str(_("It must be answered now.") if change.after else _("It may be left out now."))
    return _sentences(part)[change.what]


def _sentences(part: str) -> dict[What, str]:
    return {
        What.NEW: _("New question."),
        What.DELETED: _("No longer asked."),
        What.CODE: _("Its code changed."),
        What.KIND: _("Its kind changed."),
        What.CHOICE_ADDED: _("New choice: “%(choice)s”.", choice=part),
        What.CHOICE_REMOVED: _("No longer offered: “%(choice)s”.", choice=part),
        What.CHOICE_REWORDED: _("Choice reworded: “%(choice)s”.", choice=part),
        What.CHOICE_CHANGED: _("Choice works differently: “%(choice)s”.", choice=part),
        What.CHOICES_MOVED: _("The choices stand in another order."),
        What.ROW_ADDED: _("New row: “%(row)s”.", row=part),
        What.ROW_REMOVED: _("Row no longer asked: “%(row)s”.", row=part),
        What.ROW_REWORDED: _("Row reworded: “%(row)s”.", row=part),
        What.ROW_CHANGED: _("Row works differently: “%(row)s”.", row=part),
        What.ROWS_MOVED: _("The rows stand in another order."),
        What.REQUIRED: _("Whether it must be answered depends on another condition."),
        What.CONDITION: _("It is asked under another condition."),
        What.CONSTRAINT: _("Other answers are accepted."),
        What.WARNING: _("Other answers are asked about again."),
        What.CALCULATION: _("It is calculated in another way."),
        What.DEFAULT: _("It begins with another answer."),
        What.CHOICE_FILTER: _("Its choices are narrowed in another way."),
        What.TIMES: _("It is repeated another number of times."),
        What.SETTING: _("A setting changed: %(setting)s.", setting=part),
        What.MOVED: _("Moved to another place."),
        What.SECTION_NEW: _("New section."),
        What.SECTION_DELETED: _("Section removed."),
        What.SECTION_CHANGED: _("The section's condition or look changed."),
        What.SECTION_MOVED: _("Section moved to another place."),
        What.GROUP_NEW: _("New group of questions."),
        What.GROUP_DELETED: _("Group of questions removed."),
        What.GROUP_CHANGED: _("The group's condition, place or look changed."),
        What.LANGUAGE_ADDED: _("New language: %(language)s.", language=part),
        What.LANGUAGE_REMOVED: _("Language removed: %(language)s.", language=part),
        What.LANGUAGES_MOVED: _("The languages stand in another order."),
        What.INTRODUCTION: _("The introduction was reworded."),
    }


def effect(weighed: Weighed) -> str:
    """What becomes of answers already given, as a whole sentence."""
    if weighed.becomes is Becomes.NOTHING:
        return str(_("Answers are not touched."))
    if weighed.becomes is Becomes.ASKED:
        return str(_("Responses in progress are asked it. Submitted ones are not."))
    if not weighed.held.any:
        return str(_("Nobody has given an answer that this touches."))
    said: dict[Becomes, str] = {
        Becomes.STORED: _("Answers stay stored and are exported. They count no more once moved."),
        Becomes.NAMED: _("Answers are kept, and whoever gave them is told to choose again."),
        Becomes.CHECKED: _("Answers are kept, and checked anew before submitting."),
        Becomes.KEPT: _("Answers are kept, although they were given to the former version."),
    }
    return said[weighed.becomes]


def spoken_by(questionnaire: Questionnaire) -> str:
    """The page's language, if the questionnaire speaks it, else the one it was written in."""
    mine = current_language()
    return mine if mine in questionnaire.languages else questionnaire.languages[0]
