"""Beginning a consultation in the browser: its title, its process, and a first draft to write."""

from uuid import uuid4

from flask import Blueprint, Flask, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.forms.beginning import BeginConsultation
from consult.policy import is_staff
from consult.services.drafts import Act, begin_consultation, begin_first
from consult.text.document import Block, BlockKind, Document
from consult.text.inline import canonical
from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import current_language
from movement.models import Process
from movement.queries.processes import get_process, processes

blueprint = Blueprint("beginning", __name__)


@blueprint.route("/new-consultation", methods=["GET", "POST"])
@access(is_staff)
def new() -> ResponseReturnValue:
    """Begin a consultation. Its first draft holds the title, and is written on in the browser."""
    form = BeginConsultation()
    found = processes(get_session())
    form.of_process.choices = [(one.code, _title_of(one)) for one in found]
    if form.validate_on_submit():
        try:
            _begin(form)
        except DomainError as refusal:
            form.code.errors = [str(refusal.message)]
        else:
            flash(_("Begun. Nothing is published yet."), "success")
            return redirect(url_for("drafts.index", code=form.code.data), code=303)
    page = render_template("consult/new.html", form=form, processes=found)
    return page, 400 if form.errors else 200


def _title_of(process: Process) -> str:
    return process.titles.get(current_language()) or process.titles.get("en") or process.code


def _begin(form: BeginConsultation) -> None:
    titles = form.titles()
    act = Act(now(), g.actor.label)
    with transaction() as session:
        process = get_process(session, form.of_process.data)
        consultation = begin_consultation(session, process, form.code.data or "", titles, act)
        source = form.source.data
        title = canonical(titles.get(source) or titles["en"])
        heading = Block(lineage=uuid4(), kind=BlockKind.HEADING, level=1, texts={source: title})
        document = Document(source=source, languages=(source,), blocks=(heading,))
        begin_first(session, consultation, document, act)


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
