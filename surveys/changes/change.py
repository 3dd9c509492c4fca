"""One change between two questionnaires, and the kinds of change there are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID


class What(StrEnum):
    """Kinds of change, by their names in data."""

    NEW = "new"
    DELETED = "deleted"
    CODE = "code_changed"
    KIND = "kind_changed"
    REWORDED = "reworded"
    CHOICE_ADDED = "choice_added"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_REWORDED = "choice_reworded"
    CHOICE_CHANGED = "choice_changed"
    CHOICES_MOVED = "choices_moved"
    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"
    ROW_REWORDED = "row_reworded"
    ROW_CHANGED = "row_changed"
    ROWS_MOVED = "rows_moved"
    REQUIRED = "required_changed"
    CONDITION = "condition_changed"
    CONSTRAINT = "constraint_changed"
    WARNING = "warning_changed"
    CALCULATION = "calculation_changed"
    DEFAULT = "default_changed"
    CHOICE_FILTER = "choice_filter_changed"
    TIMES = "times_changed"
    SETTING = "setting_changed"
    MOVED = "moved"
    SECTION_NEW = "section_new"
    SECTION_DELETED = "section_deleted"
    SECTION_REWORDED = "section_reworded"
    SECTION_CHANGED = "section_changed"
    SECTION_MOVED = "section_moved"
    GROUP_NEW = "group_new"
    GROUP_DELETED = "group_deleted"
    GROUP_REWORDED = "group_reworded"
    GROUP_CHANGED = "group_changed"
    LANGUAGE_ADDED = "language_added"
    LANGUAGE_REMOVED = "language_removed"
    LANGUAGES_MOVED = "languages_moved"
    TITLE = "title_reworded"
    INTRODUCTION = "introduction_reworded"


FOR_AUTHORS = frozenset(
    {
        What.CODE, What.KIND, What.CHOICES_MOVED, What.CHOICE_CHANGED, What.ROWS_MOVED,
        What.ROW_CHANGED, What.WARNING, What.CALCULATION, What.DEFAULT, What.CHOICE_FILTER,
        What.TIMES, What.SETTING, What.MOVED, What.SECTION_CHANGED, What.SECTION_MOVED,
        What.GROUP_NEW, What.GROUP_DELETED, What.GROUP_REWORDED, What.GROUP_CHANGED,
        What.LANGUAGE_ADDED, What.LANGUAGE_REMOVED, What.LANGUAGES_MOVED, What.TITLE,
        What.INTRODUCTION,
    }
)  # fmt: skip
"""Changes of which those who answer need not be told: they see them, or never will."""


@dataclass(frozen=True)
class Change:
    """One change.

    `code`: of the question, section or group, as it is now (as it was, where it is deleted); "" for
    the whole questionnaire. `uid`: the question's. `part`: the choice's or row's code, the
    language, or the field that changed. `languages`: in which a text differs. `before`, `after`:
    as the documents hold it in JSON.
    """

    what: What
    code: str = ""
    uid: UUID | None = None
    part: str = ""
    languages: tuple[str, ...] = ()
    before: Any = None
    after: Any = None

    def as_json(self) -> dict[str, Any]:
        """The change as commands print it."""
        return {
            "change": self.what.value,
            "code": self.code,
            "uid": str(self.uid) if self.uid else None,
            "part": self.part,
            "languages": list(self.languages),
            "before": self.before,
            "after": self.after,
        }
