"""The sheet of choices: lists of options and scales by name."""

import re
from collections.abc import Iterable, Sequence

from core.texts import lazy as _l
from surveys.definition import Choice, Texts
from surveys.xlsform.headers import CHOICES
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import Row, Sheets
from surveys.xlsform.texts import MEDIA, labelled
from surveys.xlsform.words import NO, YES

OTHER = "other"
OWN = "own."
"""Lists of this name belong to one question: its choices, that stand in no list when read."""
PLACEHOLDER = "from_directory"
"""The one choice of a list that is empty still, such as one publishing fills."""

MAX_CODE = 100
COLUMN = re.compile(r"[^\W\d][\w.-]*")
_YES_NO = frozenset({"yes", "no"})
_OTHER_TEXTS = {"en": "Other", "fr": "Autre", "es": "Otro", "ar": "غير ذلك"}
Lists = dict[str, tuple[Choice, ...]]


def read_lists(sheets: Sheets, findings: Findings) -> Lists:
    """Every list of choices in the order of the sheet, by its name."""
    extra = [column.name for column in sheets.columns[CHOICES] if is_data(column.name)]
    twice = sheets.first("settings").get("allow_choice_duplicates").lower() in YES
    lists: dict[str, list[Choice]] = {}
    seen: dict[str, set[str]] = {}
    for row in sheets.rows[CHOICES]:
        name, code = row.get("list_name"), row.get("name")
        if not name:
            _nameless(row, findings)
        elif _usable(row, code, set() if twice else seen.setdefault(name, set()), findings):
            lists.setdefault(name, []).append(_choice(row, code, extra, sheets, findings))
    return {name: _filled(choices) for name, choices in lists.items()}


def _filled(choices: list[Choice]) -> tuple[Choice, ...]:
    """The choices; none where only the place is kept for them."""
    return () if [choice.code for choice in choices] == [PLACEHOLDER] else tuple(choices)


def is_data(column: str) -> bool:
    """Whether it is a column of the form's own, for its filters to compare."""
    known = {"list_name", "name", "label", "geometry", "plenary_specify", "plenary_alone"} | MEDIA
    return column not in known and COLUMN.fullmatch(column) is not None


def _nameless(row: Row, findings: Findings) -> None:
    if row.get("name") and row.texts.get("label"):
        findings.error(row, "list_name", _l("Name the list this choice belongs to."))
    else:
        findings.warn(row, "list_name", _l("This row names no list and is left out."))


def _usable(row: Row, code: str, others: set[str], findings: Findings) -> bool:
    if not code or len(code) > MAX_CODE or "\n" in code:
        message = _l(
            "Give the choice a name of one line, at most %(most)s characters.", most=MAX_CODE
        )
        findings.error(row, "name", message)
        return False
    if code in others:
        message = _l("“%(code)s” is in this list already. Name each choice once.", code=code)
        findings.error(row, "name", message)
        return False
    others.add(code)
    return True


def _choice(
    row: Row, code: str, extra: Iterable[str], sheets: Sheets, findings: Findings
) -> Choice:
    return Choice(
        code=code,
        texts=labelled(row, sheets, findings, code),
        asks_text=_said(row, "plenary_specify", findings),
        alone=_said(row, "plenary_alone", findings),
        columns={column: row.get(column) for column in extra if row.get(column)},
    )


def _said(row: Row, column: str, findings: Findings) -> bool | None:
    """Yes or no where the cell says so; None where it is empty."""
    written = row.get(column).lower()
    if not written:
        return None
    if written not in YES | NO:
        findings.error(row, column, _l("Write yes or no, or leave the cell empty."))
    return written in YES


def with_other(choices: tuple[Choice, ...], languages: Iterable[str]) -> tuple[Choice, ...]:
    """The choices with one called "other" at the end, whose text a question of its own asks for."""
    if any(choice.code == OTHER for choice in choices):
        return choices
    texts: Texts = {language: _OTHER_TEXTS.get(language, "Other") for language in languages}
    return (*choices, Choice(code=OTHER, texts=texts, asks_text=False))


def without_asking(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices, of which "other" asks for no text, unless the form says it does."""
    return tuple(
        choice.model_copy(update={"asks_text": False})
        if choice.code == OTHER and choice.asks_text is None
        else choice
        for choice in choices
    )


def steps(choices: Iterable[Choice]) -> int:
    """How many numbered steps a scale has, 0 if some are written as no number is stored (01)."""
    numbers = [choice.code for choice in choices if choice.code.isdecimal()]
    return len(numbers) if all(str(int(code)) == code for code in numbers) else 0


def is_scale(choices: Iterable[Choice]) -> bool:
    """Whether the choices are numbered steps, with "don't know" and the like at most beside."""
    listed = tuple(choices)
    beside = {choice.code for choice in listed if not choice.code.isdecimal()}
    return beside <= {"dont_know", "prefer_not_to_say"} and steps(listed) > 1


def is_yes_no(choices: Sequence[Choice]) -> bool:
    """Whether the choices are yes and no and nothing else."""
    return len(choices) == len(_YES_NO) and {choice.code for choice in choices} == _YES_NO
