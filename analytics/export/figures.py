"""The tables sheet: every question that can be tabulated, of all together and by region."""

from collections.abc import Iterator

from analytics.export.contents import Contents
from analytics.measures import MEASURES
from analytics.table import Row, Table
from analytics.tabulate import tabulate
from core.texts import lazy as _l
from surveys.definition import Question, text_in
from surveys.kinds import Cell

HEADINGS = (
    "question", "kind", "group", "item", "item_text", "value", "value_text", "n", "base", "share",
    "weighted_share", "mean", "weighted_mean", "n_question", "n_wave", "N_frame", "note",
)  # fmt: skip
WITHHELD = _l("withheld: too few answers")


def rows(contents: Contents) -> Iterator[list[Cell]]:
    """A row per figure, question by question: all together first, then by region."""
    for question in contents.questions:
        if question.kind in MEASURES:
            for by_region in (False, True):
                table = table_of(contents, question, by_region=by_region)
                yield from (_row(contents, question, table, row) for row in table.rows)


def table_of(contents: Contents, question: Question, *, by_region: bool) -> Table:
    """The question's table as the export's reader may see it, weighted figures included."""
    return tabulate(
        question,
        contents.wave.responses,
        contents.wave.frame,
        by_region=by_region,
        weighted=True,
        audience=contents.audience,
        known=contents.known or (),
    )


def _row(contents: Contents, question: Question, table: Table, row: Row) -> list[Cell]:
    size = next(size for size in table.groups if size.group == row.group)
    return [
        question.code,
        table.kind,
        row.group,
        row.item,
        _wording(question, row.item, contents.language),
        row.value,
        _wording(question, row.value, contents.language) or _named(row.value),
        row.n,
        row.base,
        row.share,
        row.weighted_share,
        row.mean,
        row.weighted_mean,
        size.answered,
        size.submitted,
        size.size,
        str(WITHHELD) if row.suppressed else None,
    ]


NAMES = {
    "lower_quartile": _l("a quarter gave less"),
    "median": _l("half gave less"),
    "upper_quartile": _l("three quarters gave less"),
}
"""How values that are no choice's codes read."""


def _named(value: object) -> str | None:
    return str(NAMES[value]) if isinstance(value, str) and value in NAMES else None


def _wording(question: Question, code: object, language: str) -> str | None:
    named = question.item(str(code)) or question.choice(str(code))
    return text_in(named.texts, language) if named and code is not None else None
