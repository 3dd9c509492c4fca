"""The types of XLSForm's rows, in all their spellings, and the kinds of question each can be.

A table each way: what a written type means, and how a kind is written. Refuses to know rows.
"""

import re
from dataclasses import dataclass

from surveys.definition import Media, QuestionKind

K = QuestionKind

GROUP, REPEAT, LOOP = "group", "repeat", "loop"
SELECTS = frozenset({"select_one", "select_multiple", "rank"})

# The kinds each type can be; the first unless plenary_kind says otherwise.
KINDS: dict[str, tuple[QuestionKind, ...]] = {
    "text": (K.SHORT_TEXT, K.LONG_TEXT),
    "integer": (K.INTEGER, K.PERCENT, K.MONEY),
    "decimal": (K.DECIMAL, K.PERCENT, K.MONEY),
    "range": (K.INTEGER, K.DECIMAL, K.PERCENT, K.MONEY),
    "date": (K.DATE, K.MONTH),
    "time": (K.TIME,),
    "dateTime": (K.DATE_TIME,),
    "note": (K.NOTE,),
    "acknowledge": (K.ACKNOWLEDGE,),
    "select_one": (K.CHOOSE_ONE, K.RATING, K.YES_NO),
    "select_multiple": (K.CHOOSE_MANY,),
    "rank": (K.RANKING,),
    "image": (K.FILE,),
    "audio": (K.FILE,),
    "video": (K.FILE,),
    "file": (K.FILE,),
    "calculate": (K.CALCULATED,),
    "hidden": (K.CALCULATED,),
    "barcode": (K.SHORT_TEXT, K.LONG_TEXT),
    "geopoint": (K.SHORT_TEXT, K.LONG_TEXT),
    "geotrace": (K.SHORT_TEXT, K.LONG_TEXT),
    "geoshape": (K.SHORT_TEXT, K.LONG_TEXT),
}
MEDIA = {name: Media(name) for name in ("image", "audio", "video", "file")}
AS_TEXT = frozenset({"barcode", "geopoint", "geotrace", "geoshape"})

# How each kind is written.
WRITTEN: dict[QuestionKind, str] = {
    K.SHORT_TEXT: "text",
    K.LONG_TEXT: "text",
    K.INTEGER: "integer",
    K.DECIMAL: "decimal",
    K.PERCENT: "decimal",
    K.MONEY: "decimal",
    K.DATE: "date",
    K.MONTH: "date",
    K.TIME: "time",
    K.DATE_TIME: "dateTime",
    K.YES_NO: "select_one",
    K.ACKNOWLEDGE: "acknowledge",
    K.CHOOSE_ONE: "select_one",
    K.CHOOSE_MANY: "select_multiple",
    K.RATING: "select_one",
    K.MATRIX: "begin_group",
    K.RANKING: "rank",
    K.POINTS: "begin_group",
    K.FILE: "file",
    K.NOTE: "note",
    K.CALCULATED: "calculate",
    K.REPEAT: "begin_repeat",
}

_ALSO = {
    "text": "string|q string|add text prompt|phone number",
    "integer": "int|q int|add integer prompt|percentage|number of days in last month|"
    "number of days in last six months|number of days in last year",
    "decimal": "q decimal|add decimal prompt",
    "date": "q date|add date prompt",
    "dateTime": "datetime|date time|q datetime|q date time|add datetime prompt|"
    "add date time prompt",
    "note": "q note|add note prompt",
    "calculate": "q calculate|add calculate prompt",
    "acknowledge": "trigger|q acknowledge|add acknowledge prompt",
    "image": "photo|q image|q picture|add image prompt|add photo prompt",
    "audio": "q audio|add audio prompt",
    "video": "q video|add video prompt",
    "file": "add file prompt",
    "barcode": "q barcode|add barcode prompt",
    "geopoint": "gps|location|q geopoint|q location|add location prompt",
    "geotrace": "q geotrace",
    "geoshape": "q geoshape",
}
_SPELLINGS = {
    **{name.lower(): name for name in KINDS if name not in SELECTS},
    **{also: name for name, written in _ALSO.items() for also in written.split("|")},
}
# Types that bring a rule of their own, as pyxform's table has it.
RULES = {
    "phone number": ("constraint", r"regex(., '^\d*$')"),
    "percentage": ("constraint", "0 <= . and . <= 100"),
    "number of days in last month": ("constraint", "0 <= . and . <= 31"),
    "number of days in last six months": ("constraint", "0 <= . and . <= 183"),
    "number of days in last year": ("constraint", "0 <= . and . <= 365"),
}

# What ODK's forms record about the telephone and the moment: nothing anybody is asked.
METADATA = frozenset(
    {
        "start", "start time", "get start time", "end", "end time", "get end time", "today",
        "get today", "deviceid", "device id", "device_id", "get device id", "imei", "subscriberid",
        "subscriber id", "get subscriber id", "simserial", "sim id", "get sim id", "phonenumber",
        "get phone number", "username", "email", "audit", "uri:deviceid", "uri:subscriberid",
        "uri:simserial", "uri:phonenumber", "uri:username", "uri:email", "start-geopoint",
        "background-audio", "background-geopoint",
    }
)  # fmt: skip
SETTINGS_ROWS = {"form_title": "form_title", "set form title": "form_title",
                 "set_form_title": "form_title", "form_id": "form_id", "set form id": "form_id",
                 "set_form_id": "form_id"}  # fmt: skip
# Choices and places from elsewhere, which no questionnaire here can reach.
OUTSIDE = frozenset(
    {
        "select_one_from_file", "select_multiple_from_file", "select one from file",
        "select multiple from file", "select_one_external", "select one external",
        "cascading select", "cascading_select", "csv-external", "xml-external", "osm", "include",
    }
)  # fmt: skip

_SELECT = {
    "add select one prompt using": "select_one",
    "select one from": "select_one",
    "select one using": "select_one",
    "select one": "select_one",
    "select_one": "select_one",
    "select1": "select_one",
    "add select multiple prompt using": "select_multiple",
    "select all that apply from": "select_multiple",
    "select all that apply": "select_multiple",
    "select multiple from": "select_multiple",
    "select multiple using": "select_multiple",
    "select multiple": "select_multiple",
    "select_multiple": "select_multiple",
    "rank": "rank",
}
_A_SELECT = re.compile(rf"(?i)({'|'.join(_SELECT)})(?: (.+))?")
_OUTSIDE = re.compile(rf"(?i)({'|'.join(map(re.escape, sorted(OUTSIDE, reverse=True)))})(?: .*)?")
_OR_OTHER = re.compile(r"(?i) (?:or specify other|or_other|or other)$")
_CONTROL = re.compile(
    r"(?i)(begin|end)[ _](group|lgroup|repeat|loop|looped group)(?: (?:over )?(\S+))?"
)
_CONTROLS = {"group": GROUP, "lgroup": REPEAT, "looped group": REPEAT}


@dataclass(frozen=True)
class Type:
    """A type understood. `name`: XLSForm's present word, "" for one unknown; `written`: the cell's.

    `list`: the list behind a select or a loop; `or_other`: whether it adds a choice "other".
    `edge`: "begin" or "end" of a group, repeat or loop; "" for a row of its own.
    """

    name: str
    written: str
    list: str = ""
    or_other: bool = False
    edge: str = ""


def read_type(written: str) -> Type:
    """What the cell of the column type means."""
    cell = " ".join(written.split())
    if match := _CONTROL.fullmatch(cell):
        edge, control, listed = match.groups()
        name = _CONTROLS.get(control.lower(), control.lower())
        return Type(name, cell, listed or "", edge=edge.lower())
    if match := _OUTSIDE.fullmatch(cell):
        return Type(match[1].lower(), cell)
    if match := _A_SELECT.fullmatch(cell):
        listed = match[2] or ""
        bare = _OR_OTHER.sub("", f" {listed}").strip()
        return Type(_SELECT[match[1].lower()], cell, bare, or_other=bare != listed)
    return Type(_SPELLINGS.get(cell.lower(), ""), cell)


def is_metadata(written: Type) -> bool:
    """Whether the type records the telephone or the moment."""
    return written.written.lower() in METADATA
