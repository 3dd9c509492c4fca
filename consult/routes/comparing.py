"""Any two published drafts beside each other, as one text with what changed in it and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from consult.export.reasons import Reasons
from consult.export.revised import Revised, Row, revised
from consult.policy import may_enter
from consult.queries.steps import Step
from consult.routes.printed import (
    Drafts,
    drafts_for_reading,
    html_of,
    language_of,
    number_in,
    operations_in,
    reasons_for,
    title_of,
)
from consult.text.document import Block
from consult.text.labels import labels
from core.access import access
from core.db import get_session
from core.paging import pages, rows_on

blueprint = Blueprint("draft_comparing", __name__, url_prefix="/consultations/<code>/compare")
PER_PAGE = 80
"""Paragraphs on a page, whole drafts of the usual length among them."""


@dataclass(frozen=True)
class Line:
    """A paragraph as the page shows it. `before`, `after`: its labels in the two drafts."""

    html: Markup
    block: Block | None
    before: str
    after: str
    changed: bool
    why: list[str]


@dataclass(frozen=True)
class _Place:
    """A paragraph, or a footnote, with the operations that changed it."""

    row: Row
    by: list[UUID]

    @property
    def changed(self) -> bool:
        """Whether it differs, be it in its footnotes or its mark alone."""
        return bool(self.by or self.row.mark or any(piece.revision for piece in self.row.pieces))


@blueprint.get("")
@access(may_enter)
def compare(code: str) -> ResponseReturnValue:
    """One draft and a later one. `from`, `to`, `language`; `only=1`: changed paragraphs; `page`."""
    here = drafts_for_reading(code)
    numbers = [step.number for step in here.steps]
    if len(numbers) < len(("one", "other")):
        return render_template("consult/outputs/compare.html", here=here, lines=None,
                               title=title_of(here.consultation))  # fmt: skip
    ends = sorted((number_in("from", numbers[-2]), number_in("to", numbers[-1])))
    before, after = (here.step(number) for number in ends)
    language = language_of(before.document, after.document)
    only = request.args.get("only") == "1"
    compared = _Comparison(here, before, after, language)
    wanted = [one for one in compared.places if one.changed or not only]
    page = number_in("page", 1)
    shown = rows_on(page, wanted, PER_PAGE)
    notes = [one for one in compared.notes_of(shown) if one.changed or not only]
    why = compared.reasons([*shown, *notes])
    asked = {"from": str(before.number), "to": str(after.number), "language": language}
    asked |= {"only": "1"} if only else {}
    return render_template(
        "consult/outputs/compare.html",
        here=here,
        title=title_of(here.consultation),
        before=before,
        after=after,
        text_language=language,
        languages_there=[
            one for one in before.document.languages if one in after.document.languages
        ],
        only=only,
        changed=compared.changed,
        lines=[compared.line(one, why) for one in shown],
        notes=[compared.line(one, why) for one in notes],
        page=page,
        last=pages(len(wanted), PER_PAGE),
        url=url_for(".compare", code=code) + "?" + urlencode(asked),
    )


class _Comparison:
    """A draft and a later one: where they differ, and how it is shown."""

    def __init__(self, here: Drafts, before: Step, after: Step, language: str) -> None:
        steps = [one for one in here.steps if before.number < one.number <= after.number]
        operations = list(chain.from_iterable(step.operations for step in steps))
        self._here = here
        self._operations = {operation.id: operation for operation in operations}
        self._found: Revised = revised(before.document, operations, language)
        self._old, self._new = (labels(one.document, language) for one in (before, after))
        blocks = [*before.document.footnotes(), *after.document.footnotes()]
        self._notes = {block.key: (self._label(block.lineage), "") for block in blocks}
        self.places = [self._place(row) for row in self._found.rows
                       if row.pieces or row.before or row.after]  # fmt: skip
        lineages = {block.key: block.lineage for block in blocks}
        self._below = {
            key: self._place(Row(pieces, before.document.find(lineages[key]),
                                 after.document.find(lineages[key])))
            for key, pieces in self._found.notes.items()
        }  # fmt: skip

    @property
    def changed(self) -> int:
        """How many paragraphs, and footnotes that they refer to, differ."""
        return sum(one.changed for one in chain(self.places, self.notes_of(self.places)))

    def notes_of(self, places: Iterable[_Place]) -> list[_Place]:
        """The footnotes that these paragraphs refer to, in the order of the text."""
        keys = dict.fromkeys(piece.run.note for one in places for piece in one.row.pieces)
        return [self._below[key] for key in keys if key in self._below]

    def reasons(self, places: Iterable[_Place]) -> Reasons:
        """Why these changed, for this reader."""
        by = {one for place in places for one in place.by}
        made = [self._operations[one] for one in by if one in self._operations]
        return reasons_for(get_session(), self._here.consultation, made)

    def line(self, place: _Place, why: Reasons) -> Line:
        """A paragraph as it is shown."""
        row = place.row
        known = (self._operations[one] for one in place.by if one in self._operations)
        return Line(
            html=html_of(row.pieces, self._notes),
            block=row.after or row.before,
            before=self._old.get(row.before.lineage, "") if row.before else "",
            after=self._new.get(row.after.lineage, "") if row.after else "",
            changed=place.changed,
            why=why.of(*known),
        )

    def _label(self, lineage: UUID) -> str:
        return self._new.get(lineage) or self._old.get(lineage, "*")

    def _place(self, row: Row) -> _Place:
        by = operations_in(self._found, row.pieces)
        by += [one for one in (row.mark and row.mark.by, row.relabelled_by) if one]
        return _Place(row, list(dict.fromkeys(by)))


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
