"""The columns parameters and appearance: what of them is honoured, and what is only listed."""

import re
from collections.abc import Mapping

from core.texts import lazy as _l
from surveys.definition import Range
from surveys.xlsform.context import Context
from surveys.xlsform.rows import Row
from surveys.xlsform.words import NO, YES

RANDOMIZE = "randomize"
# What pyxform lets each type say; a type that isn't named here may say anything.
ACCEPTED: dict[str, frozenset[str]] = {
    "text": frozenset({"rows"}),
    "range": frozenset({"start", "end", "step", "tick_interval", "tick_labelset", "placeholder"}),
    **dict.fromkeys(("select_one", "select_multiple", "rank"), frozenset({RANDOMIZE, "seed"})),
    "image": frozenset({"max-pixels", "app"}),
    "audio": frozenset({"quality"}),
    "geopoint": frozenset(
        {"allow-mock-accuracy", "capture-accuracy", "warning-accuracy", "reference-geometry"}
    ),
    **dict.fromkeys(
        ("geotrace", "geoshape"),
        frozenset({"allow-mock-accuracy", "incremental", "reference-geometry"}),
    ),
}
HONOURED = frozenset(
    {"likert", "field-list", "minimal", "year", "table-list", "label", "list-nolabel"}
)
# Said by the kind itself: a long text, a month.
SAID_BY_KIND = frozenset({"multiline", "month-year"})
_COLUMNS = re.compile(r"columns(-\w+)?")
_PAIR = re.compile(r"(?<![^\s=,;])([^\s=,;]+)\s*=\s*([^\s=,;]+)")  # a name is tried once
_BETWEEN = re.compile(r"[\s,;]*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def parameters(row: Row, type_: str, context: Context) -> dict[str, str]:
    """The row's parameters that mean something here; the rest is listed as ignored."""
    written = row.get("parameters")
    pairs = {key.lower(): value for key, value in _PAIR.findall(written)}
    if _BETWEEN.sub("", _PAIR.sub("", written)):
        message = _l("Write parameters as name=value, with a space between them.")
        context.findings.error(row, "parameters", message)
    accepted = ACCEPTED.get(type_)
    honoured = {"start", "end", "step"} if type_ == "range" else {RANDOMIZE, "rows"}
    for name in pairs:
        if accepted is not None and name not in accepted:
            known = ", ".join(sorted(accepted))
            message = _l(
                "There is no parameter “%(name)s” here, only: %(known)s.", name=name, known=known
            )
            context.findings.error(row, "parameters", message)
        elif name not in honoured:
            message = _l("The parameter “%(name)s” is not used.", name=name)
            context.findings.warn(row, "parameters", message)
    if row.get("rows"):
        pairs.setdefault("rows", row.get("rows"))
    return pairs


def rotates(row: Row, given: Mapping[str, str], context: Context, *, default: bool = False) -> bool:
    """Whether the parameters ask for an order of each organisation's own."""
    written = given.get(RANDOMIZE, "").lower()
    if written and written not in YES | NO:
        message = _l("Write randomize=true or randomize=false.")
        context.findings.error(row, "parameters", message)
    return written in YES if written else default


def has_several_rows(given: Mapping[str, str]) -> bool:
    """Whether a text is asked for with room for more than one line."""
    rows = given.get("rows", "")
    return rows.isdecimal() and int(rows) > 1


def slider(row: Row, given: Mapping[str, str], context: Context) -> Range | None:
    """The numbers a range goes through, 1 to 10 unless it says otherwise."""
    defaults = {"start": "1", "end": "10", "step": "1"}
    written = {name: given.get(name, default) for name, default in defaults.items()}
    for name, value in written.items():
        if not _NUMBER.fullmatch(value):
            message = _l("The parameter “%(name)s” takes a number.", name=name)
            context.findings.error(row, "parameters", message)
            return None
    found = Range(**{name: float(value) for name, value in written.items()})
    if not 0 < abs(found.step) <= abs(found.end - found.start):
        message = _l("The step is larger than 0, and no larger than from start to end.")
        context.findings.error(row, "parameters", message)
        return None
    return found


def appearance(row: Row, context: Context) -> tuple[str, ...]:
    """The appearances that mean something here; the rest is listed as ignored."""
    words = row.get("appearance").split()
    for word in words:
        if word.lower().startswith("search("):
            message = _l("search() takes choices from files outside: put them into a list.")
            context.findings.error(row, "appearance", message)
        elif not _is_honoured(word) and word.lower() not in SAID_BY_KIND:
            message = _l("The appearance “%(name)s” is not used.", name=word)
            context.findings.warn(row, "appearance", message)
    return tuple(dict.fromkeys(word.lower() for word in words if _is_honoured(word)))


def _is_honoured(word: str) -> bool:
    return word.lower() in HONOURED or _COLUMNS.fullmatch(word.lower()) is not None
