"""Files of a consultation: drafts for all who may read them, the rest for those who draft."""

import tempfile
from pathlib import Path

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col

from consult import policy
from consult.export.matrix import write_workbook
from consult.export.matrix_file import MAX_BYTES, Filled, read
from consult.export.printing import WRITERS
from consult.export.redlines import adopted, proposed
from consult.export.report_html import html
from consult.export.report_pdf import pdf
from consult.export.report_word import word_file
from consult.export.reports import compilation, matrix_report, response
from consult.export.word_draft import redline_file
from consult.models import Consultation, Contribution
from consult.queries.compiled import Compiled, compiled
from consult.queries.consultations import get_consultation, get_round, rounds_of
from consult.queries.steps import Step
from consult.routes.printed import (
    Drafts,
    download,
    drafts_for_drafting,
    drafts_for_reading,
    language_of,
    title_of,
)
from consult.services.drafts import Act
from consult.services.matrix_reading import judge, store
from consult.spoken import headings, outcomes
from core import audit
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError, NotFound
from core.i18n import LANGUAGES, current_language
from core.texts import lazy as _l
from movement.queries.directory import get_organisation
from movement.words import name_of

blueprint = Blueprint("draft_files", __name__)
REPORTS = {"pdf": pdf, "docx": word_file, "html": html}


@blueprint.get("/consultations/<code>/desk/files")
@access(policy.drafts_somewhere)
def index(code: str) -> ResponseReturnValue:
    """All files there are, and where a filled matrix is sent."""
    here = drafts_for_drafting(code)
    return _page(here)


def _page(here: Drafts, refused: object = None, result: object = None) -> str:
    return render_template(
        "consult/outputs/files.html",
        here=here,
        title=title_of(here.consultation),
        refused=refused,
        result=result,
        runs=policy.is_staff(g.actor),
        rounds=rounds_of(get_session(), here.consultation),
    )


@blueprint.post("/consultations/<code>/desk/files")
@access(policy.drafts_somewhere)
def bring(code: str) -> ResponseReturnValue:
    """Read a filled matrix. The secretariat decides by it; a consultant proposes."""
    here = drafts_for_drafting(code)
    try:
        filled = _sent()
    except DomainError as refusal:
        return _page(here, refused=refusal.message), 400
    with transaction() as session:
        data = compiled(session, get_consultation(session, code), "en")
        approves = policy.is_staff(g.actor)
        wanted, result = judge(filled, data, outcomes(), approving=approves)
        store(session, wanted, result, Act(now(), g.actor.label), approved=approves)
    if result.refused:
        return _page(here, result=result), 409
    flash(_("%(count)s dispositions were taken from the file.", count=len(result.stored)))
    return redirect(url_for(".index", code=code), code=303)


def _sent() -> list[Filled]:
    sent = request.files.get("matrix")
    if sent is None or not sent.filename:
        raise DomainError(_l("Choose the matrix that was filled in."))
    return read(sent.stream.read(MAX_BYTES + 1), headings(), LANGUAGES)


@blueprint.get("/consultations/<code>/drafts/<int:number>/file.<any(docx, pdf, html, md):kind>")
@access(policy.may_enter)
def draft(code: str, number: int, kind: str) -> ResponseReturnValue:
    """A published draft as a file."""
    here = drafts_for_reading(code)
    step = here.step(number)
    data = _data(here, language_of(step.document), step)
    return download(WRITERS[kind](data, step), kind, f"{code}-{number}-{data.language}")


def _data(here: Drafts, language: str, *steps: Step) -> Compiled:
    """The drafts alone, for what says nothing of contributions."""
    title = here.consultation.titles.get(language) or title_of(here.consultation)
    return Compiled(
        here.consultation.code, title, language, here.consultation.demonstration, steps, ()
    )


@blueprint.get("/consultations/<code>/desk/matrix.<any(xlsx, docx):kind>")
@access(policy.drafts_somewhere)
def matrix(code: str, kind: str) -> ResponseReturnValue:
    """All contributions as a table."""
    here = drafts_for_drafting(code)
    data = compiled(get_session(), here.consultation, current_language(), steps=here.steps)
    _record(here, f"matrix.{kind}")
    if kind == "docx":
        return download(word_file(matrix_report(data, data.said)), kind, f"{code}-matrix")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.xlsx"
        write_workbook(path, data, data.said)
        return download(path.read_bytes(), kind, f"{code}-matrix")


@blueprint.get("/consultations/<code>/desk/redline/<int:before>/<int:after>.docx")
@access(policy.drafts_somewhere)
def redline(code: str, before: int, after: int) -> ResponseReturnValue:
    """What led from a draft to a later one, as tracked changes."""
    here = drafts_for_drafting(code)
    one, other = here.step(before), here.step(after)
    if before >= after:
        raise NotFound(_l("There is no such page."))
    language = language_of(one.document, other.document)
    data = compiled(get_session(), here.consultation, language, steps=here.steps)
    _record(here, "redline.docx")
    file = redline_file(adopted(data, one, other), language, data.title)
    return download(file, "docx", f"{code}-{before}-{after}-{language}")


@blueprint.get("/consultations/<code>/desk/proposals/<int:number>.docx")
@access(policy.drafts_somewhere)
def proposals(code: str, number: int) -> ResponseReturnValue:
    """A draft with what is pending on it, as tracked changes and comments."""
    here = drafts_for_drafting(code)
    step = here.step(number)
    language = language_of(step.document)
    data = compiled(get_session(), here.consultation, language, steps=here.steps)
    _record(here, "proposals.docx")
    file = redline_file(proposed(data, step), language, data.title)
    return download(file, "docx", f"{code}-{number}-proposals-{language}")


@blueprint.get("/consultations/<code>/drafts/<int:number>/compilation.<any(pdf, docx, html):kind>")
@access(policy.drafts_somewhere)
def compiled_file(code: str, number: int, kind: str) -> ResponseReturnValue:
    """A draft with what was said of each paragraph, with who said it."""
    here = drafts_for_drafting(code)
    step = here.step(number)
    data = compiled(get_session(), here.consultation, language_of(step.document), steps=here.steps)
    said = [one for one in data.said if one.draft == number and one.stands]
    _record(here, f"compilation.{kind}")
    return download(REPORTS[kind](compilation(data, step, said)), kind, f"{code}-{number}-said")


@blueprint.get("/rounds/<call>/<organisation>/response.<any(pdf, docx):kind>")
@access(policy.takes_part)
def answer(call: str, organisation: str, kind: str) -> ResponseReturnValue:
    """To one organisation: its words, the decisions, the reasons, the wording now."""
    session = get_session()
    round_, asked_in = get_round(session, call)
    speaks = get_organisation(session, organisation)
    check(policy.may_contribute(g.actor, speaks.id))
    consultation = session.get_one(Consultation, round_.consultation_id)
    own = col(Contribution.organisation_id) == speaks.id
    data = compiled(session, consultation, current_language(), own)
    name = name_of(speaks, data.language)
    released = round_.closed_at is not None
    report = response(data, speaks.id, name, asked_in.id, released=released)
    return download(REPORTS[kind](report), kind, f"{call}-{organisation}-response")


def _record(here: Drafts, file: str) -> None:
    """Who took a file with names out is kept."""
    with transaction() as session:
        audit.record(session, "consultation.file", about=here.consultation.code, now=now(),
                     label=g.actor.label, file=file)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
