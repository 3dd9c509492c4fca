"""Any two published drafts beside each other, as one text with what changed in it and why."""

from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlmodel import col

from consult.changes.operations import Operation
from consult.export.reasons import reason
from consult.export.revised import Row, revised
from consult.models import Contribution
from consult.policy import may_enter
from consult.queries.compiled import Compiled, Step, compiled
from consult.routes.printed import (
    Drafts,
    drafts_for_reading,
    html_of,
    language_of,
    number_in,
    operations_in,
    reader_of,
    title_of,
)
from consult.text.document import Block
from consult.text.labels import labels
from core.access import access
from core.db import get_session

blueprint = Blueprint("draft_comparing", __name__, url_prefix="/consultations/<code>/compare")


@dataclass(frozen=True)
class Line:
    """A paragraph as the page shows it. `before`, `after`: its labels in the two drafts."""

    html: Markup
    block: Block | None
    before: str
    after: str
    changed: bool
    why: list[str]


@blueprint.get("")
@access(may_enter)
def compare(code: str) -> ResponseReturnValue:
    """One draft and a later one. `from`, `to`, `language`; `only=1`: changed paragraphs alone."""
    here = drafts_for_reading(code)
    numbers = [step.number for step in here.steps]
    if len(numbers) < len(("one", "other")):
        return render_template("consult/outputs/compare.html", here=here, lines=None,
                               title=title_of(here.consultation))  # fmt: skip
    ends = sorted((number_in("from", numbers[-2]), number_in("to", numbers[-1])))
    before, after = (here.step(number) for number in ends)
    language = language_of(before.document, after.document)
    lines, notes = _lines(here, before, after, language)
    only = request.args.get("only") == "1"
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
        changed=sum(line.changed for line in [*lines, *notes]),
        lines=[line for line in lines if line.changed or not only],
        notes=[line for line in notes if line.changed or not only],
    )


def _lines(here: Drafts, before: Step, after: Step, language: str) -> tuple[list[Line], list[Line]]:
    """The paragraphs, and the footnotes below them."""
    steps = [one for one in here.steps if before.number < one.number <= after.number]
    operations = list(chain.from_iterable(step.operations for step in steps))
    found = revised(before.document, operations, language)
    old, new = labels(before.document, language), labels(after.document, language)
    notes = {block.key: (new.get(block.lineage) or old.get(block.lineage, "*"), "")
             for block in (*before.document.footnotes(), *after.document.footnotes())}  # fmt: skip
    reasons = _Reasons(here, operations)

    def line(row: Row) -> Line:
        by = operations_in(found, row.pieces)
        by += [one for one in (row.mark and row.mark.by, row.relabelled_by) if one]
        block = row.after or row.before
        was = old.get(row.before.lineage, "") if row.before else ""
        is_ = new.get(row.after.lineage, "") if row.after else ""
        changed = bool(by or row.mark or any(piece.revision for piece in row.pieces))
        return Line(html_of(row.pieces, notes), block, was, is_, changed, reasons.of(by))

    footnotes = {b.key: b for b in (*after.document.footnotes(), *before.document.footnotes())}
    below = [
        line(Row(pieces, before.document.find(footnotes[key].lineage),
                 after.document.find(footnotes[key].lineage)))
        for key, pieces in found.notes.items()
    ]  # fmt: skip
    return [line(row) for row in found.rows if row.pieces or row.before or row.after], below


class _Reasons:
    """Why each operation was made, in sentences for this reader; each is told once."""

    def __init__(self, here: Drafts, operations: list[Operation]) -> None:
        self.reader = reader_of(get_session(), here.consultation)
        sources = {one for operation in operations for one in operation.contributions}
        self.operations = {operation.id: operation for operation in operations}
        self.data: Compiled = compiled(
            get_session(), here.consultation, here.actor.language or "en",
            col(Contribution.id).in_(sources), steps=here.steps,
        )  # fmt: skip

    def of(self, operations: list[UUID]) -> list[str]:
        """The sentences of these operations."""
        found: list[str] = []
        for one in dict.fromkeys(operations):
            operation = self.operations.get(one)
            if operation:
                found += [self._said(source) for source in operation.contributions]
                found += [operation.note] if operation.note.strip() else []
        return [one for one in dict.fromkeys(found) if one]

    def _said(self, source: UUID) -> str:
        one = self.data.by_id.get(source)
        return reason(one, self.data.language, self.reader) if one else ""


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
