"""Headings of columns: which of XLSForm's columns each means, in which of its many spellings.

pyxform's own table of spellings is asked, so that `relevance`, `bind:relevant` and `Relevant` are
one column here too. Refuses to know what stands in the columns.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.texts import lazy as _l
from surveys.xlsform.languages import language_tag
from surveys.xlsform.problems import Findings, Place

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
OURS = {
    SURVEY: frozenset(
        {
            "plenary_kind", "plenary_top", "plenary_ties", "plenary_sum", "plenary_warning",
            "plenary_warning_message", "plenary_max_bytes", "plenary_source", "plenary_currencies",
        }
    ),
    CHOICES: frozenset({"plenary_specify", "plenary_alone"}),
    SETTINGS: frozenset({"plenary_title"}),
}  # fmt: skip
TRANSLATED = frozenset(
    {
        "label", "hint", "guidance_hint", "constraint_message", "required_message",
        "plenary_warning_message", "plenary_title",
    }
)  # fmt: skip
# Columns pyxform knows by these names, beside those it has other spellings for.
_KNOWN = {
    SURVEY: frozenset(
        {
            "type", "name", "label", "hint", "guidance_hint", "default", "parameters", "trigger",
            "choice_filter", "bind", "control", "media", "instance", "intent", "query", "disabled",
        }
    ),
    CHOICES: frozenset({"name", "label", "media", "geometry"}),
    SETTINGS: frozenset(
        {
            "title", "id_string", "name", "version", "default_language", "style", "instance_name",
            "allow_choice_duplicates", "clean_text_values", "add_none_option", "public_key",
            "submission_url", "auto_send", "auto_delete", "omit_instanceid", "flat", "attribute",
            "namespaces", "instance_xmlns", "client_editable", "sms_keyword", "delimiter",
        }
    ),
}  # fmt: skip
# What pyxform calls a column inside, by what XLSForm's authors call it.
_WRITTEN = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "constraint"): "constraint",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "jr:requiredMsg"): "required_message",
    ("bind", "calculate"): "calculation",
    ("bind", "readonly"): "read_only",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
    ("list name",): "list_name",
    ("title",): "form_title",
    ("id_string",): "form_id",
    ("media", "image"): "image",
    ("media", "big-image"): "big-image",
    ("media", "audio"): "audio",
    ("media", "video"): "video",
    ("bind", "entities:saveto"): "save_to",
}


@dataclass(frozen=True)
class Column:
    """A heading understood: `name` in XLSForm's terms; `language` as written, "" for none.

    `tag`: the language's, None where the heading names none.
    """

    header: str
    name: str
    language: str = ""
    tag: str | None = None


def read_headers(sheet: str, headers: Iterable[str], findings: Findings) -> tuple[Column, ...]:
    """The sheet's columns; an error for each that says what another says already."""
    titles = list(headers)
    double = any("::" in title for title in titles)
    seen: dict[tuple[str, str | None], str] = {}
    columns = []
    for title in titles:
        column = _column(sheet, title, double=double)
        if column.name == "form_id" and title == "id_string" and "form_id" in titles:
            findings.warn(Place(sheet, 1), title, _l("The column form_id is read, this one isn't."))
            continue
        other = seen.setdefault((column.name, column.tag), title)
        if other != title:
            message = _l(
                "The columns “%(one)s” and “%(other)s” mean the same. Keep one.",
                one=other,
                other=title,
            )
            findings.error(Place(sheet, 1), title, message)
        else:
            columns.append(column)
    return tuple(columns)


def _column(sheet: str, title: str, *, double: bool) -> Column:
    name, rest = _named(sheet, title, double=double)
    if name not in TRANSLATED or not rest:
        return Column(title, "::".join((name, *rest)))
    language = "::".join(rest)
    return Column(title, name, language, None if language == "default" else language_tag(language))


def _named(sheet: str, title: str, *, double: bool) -> tuple[str, tuple[str, ...]]:
    from pyxform import aliases  # noqa: PLC0415  # heavy, and seldom needed
    from pyxform.parsing.sheet_headers import process_header  # noqa: PLC0415  # likewise

    spellings = {
        SURVEY: aliases.survey_header,
        CHOICES: aliases.list_header,
        SETTINGS: aliases.settings_header,
    }[sheet]
    _, tokens = process_header(title, double, spellings, _KNOWN[sheet] | OURS[sheet])
    for length in (2, 1):
        written = _WRITTEN.get(tuple(tokens[:length]))
        if written and len(tokens) >= length:
            return written, tuple(tokens[length:])
    return tokens[0], tuple(tokens[1:])
