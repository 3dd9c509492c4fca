"""The languages of a draft in work, side by side: what is stale or missing comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from consult.policy import drafts_somewhere
from consult.routes.drafting_view import Drafting, drafting_of, needs, shown, typed, words_of
from consult.services import drafting
from consult.services.drafting import mark_of
from consult.text.document import Block
from core.access import access, check
from core.db import get_session, transaction
from core.typed import Typed, reads_typed

blueprint = Blueprint(
    "drafting_languages", __name__, url_prefix="/consultations/<code>/desk/drafts/<int:number>"
)
PER_PAGE = 20
ORDER = ("stale", "missing", "")


@dataclass(frozen=True)
class Row:
    """A paragraph to translate. `theirs`: what somebody else made of it meanwhile, or None."""

    block: Block
    need: str
    text: str
    seen: str
    theirs: str | None = None


@blueprint.route("/translate/<language>", methods=["GET", "POST"])
@access(drafts_somewhere)
def translate(code: str, number: int, language: str) -> ResponseReturnValue:
    """Show texts beside their translations, and save those that were changed or confirmed."""
    desk = drafting_of(code, number)
    check(desk.in_work and language in desk.document.languages[1:])
    if request.method == "POST":
        return _save(desk, language)
    return _page(desk, language, _rows(desk, language))


def _rows(desk: Drafting, language: str) -> list[Row]:
    """Stale ones first, then missing ones; with `show=all` the others after them."""
    wanted = ORDER if request.args.get("show") == "all" else ORDER[:2]
    found = [(needs(desk.document, one, language), one) for one in desk.document.blocks]
    rows = [
        Row(one, need, shown(one.texts.get(language, "")), mark_of(one))
        for need, one in found
        if need in wanted and one.texts.get(desk.document.source)
    ]
    return sorted(rows, key=lambda row: ORDER.index(row.need))


def _page(desk: Drafting, language: str, rows: list[Row], gone: Sequence[str] = ()) -> str:
    document = desk.document
    first = max(request.args.get("from", 0, type=int), 0)
    needed = [one for one in document.blocks if needs(document, one, language)]
    return render_template(
        "consult/drafting/translate.html",
        desk=desk, spoken=language, rows=rows[first : first + PER_PAGE], total=len(rows),
        first=first, step=PER_PAGE, left=len(needed), whole=len(document.blocks),
        words=words_of(needed, document.source), gone=gone, every=request.args.get("show") == "all",
    )  # fmt: skip


def _save(desk: Drafting, language: str) -> ResponseReturnValue:
    with transaction() as session:
        work = drafting.Desk(session, desk.draft, desk.act)
        arrived = _Arrived(work, language)
        for name, value in request.form.items():
            if name.startswith("lineage-"):
                arrived.take(name.removeprefix("lineage-"), value)
        work.translate(language, arrived.texts)
    count = len(arrived.texts)
    if count:
        flash(ngettext("One translation is saved.", "%(num)d translations are saved.", count),
              "success")  # fmt: skip
    if arrived.refused or arrived.gone:
        get_session().rollback()
        desk = drafting_of(desk.consultation.code, desk.draft.number)
        return _page(desk, language, arrived.refused, arrived.gone), 409
    here = "drafting_languages.translate"
    show = {"show": "all"} if request.args.get("show") == "all" else {}
    return redirect(desk.here(here, language=language, **show), code=303)


class _Arrived:
    """What a page sent: the texts to save, and those that somebody else's work stands against.

    `gone`: what was typed for paragraphs that were taken out since.
    """

    def __init__(self, work: drafting.Desk, language: str) -> None:
        self.work, self.language = work, language
        self.known = {str(one.lineage): one for one in work.document.blocks}
        self.texts: dict[UUID, str] = {}
        self.refused: list[Row] = []
        self.gone: list[str] = []

    def take(self, name: str, lineage: str) -> None:
        """Judge one row: its number on the page, and its paragraph."""
        block, text = self.known.get(lineage), typed(f"text-{name}")
        if block is None:
            self.gone += [shown(text)] if text else []
            return
        source = self.work.document.source
        theirs = block.texts.get(self.language, "")
        right = f"right-{name}" in request.form and block.stale(source, self.language)
        if text == theirs and not right:
            return
        if mark_of(block) == request.form.get(f"seen-{name}"):
            self.texts[block.lineage] = text
            return
        need = needs(self.work.document, block, self.language)
        self.refused.append(Row(block, need, shown(text), mark_of(block), shown(theirs)))


def _typed(_values: object, form: MultiDict[str, str]) -> Typed:
    """The translations typed into a page that was refused."""
    return [
        (_("Translation %(number)s", number=name.removeprefix("text-")), text)
        for name, text in form.items()
        if name.startswith("text-") and text.strip()
    ]


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
    reads_typed(app, "drafting_languages.translate", _typed)
