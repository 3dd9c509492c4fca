"""The sheet of choices: lists of options and scales by name."""

import re
from collections.abc import Mapping

from core.texts import lazy as _l
from surveys.definition import Choice
from surveys.xlsform.problems import Findings
from surveys.xlsform.rows import CHOICES, Row, Sheets
from surveys.xlsform.texts import labelled

CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
COLUMNS = frozenset({"list_name", "name", "label"})
Lists = Mapping[str, tuple[Choice, ...]]


def read_lists(sheets: Sheets, findings: Findings) -> Lists:
    """Every list of choices in the order of the sheet, by its name."""
    lists: dict[str, dict[str, Choice]] = {}
    for row in sheets.rows[CHOICES]:
        name, code = row.get("list_name"), row.get("name")
        if not name:
            findings.error(row, "list_name", _l("Name the list this choice belongs to."))
        elif _usable(row, code, lists.setdefault(name, {}), findings):
            texts = labelled(row, sheets, findings)
            lists[name][code] = Choice(code=code, texts=texts)
    return {name: tuple(choices.values()) for name, choices in lists.items()}


def _usable(row: Row, code: str, others: Mapping[str, Choice], findings: Findings) -> bool:
    if not CODE.fullmatch(code):
        message = _l("Give the choice a name of letters, digits, _, - and ., without spaces.")
        findings.error(row, "name", message)
    elif code in others:
        findings.error(
            row, "name", _l("“%(code)s” is in this list already. Name each choice once.", code=code)
        )
    else:
        return True
    return False


def steps(choices: tuple[Choice, ...]) -> int:
    """How many numbered steps a scale has, 0 if some are written as no number is stored (01)."""
    numbers = [choice.code for choice in choices if choice.code.isdecimal()]
    return len(numbers) if all(str(int(code)) == code for code in numbers) else 0
