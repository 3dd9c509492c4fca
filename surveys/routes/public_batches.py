"""Bringing in batches of answers that volunteers collected without a connection."""

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.clock import now
from core.db import close_session, get_session, transaction
from surveys.batches import Batch, Unusable, read_batch
from surveys.forms.public import ImportBatch
from surveys.public_policy import may_run_public
from surveys.queries import public_forms as queries
from surveys.queries.questionnaires import questionnaire_of
from surveys.routes.public_visit import key
from surveys.services.public_batches import BroughtIn, Unconfirmed, bring_in
from surveys.xlsform.guard import MAX_BYTES

blueprint = Blueprint("public_batches", __name__, url_prefix="/public")
SHOWN = 200
"""Of all that is wrong in a file, so much fits on a page."""


@blueprint.route("/<code>/import", methods=["GET", "POST"])
@access(may_run_public)
def bring(code: str) -> ResponseReturnValue:
    """Take a CSV or XLSX file: import it, or show all that is wrong, row by row."""
    place = queries.get_place(get_session(), code)
    form = ImportBatch()
    batch: Batch | None = None
    if form.validate_on_submit():
        questionnaire = questionnaire_of(get_session(), place.form.version_id)
        close_session()  # reading takes long enough for others to want the database meanwhile
        try:
            batch = read_batch(form.file.data.read(MAX_BYTES + 1), questionnaire)
            done = _bring_in(code, batch, partly=form.partly.data)
        except Unusable as unusable:
            form.file.errors = [str(unusable.message)]
        except Unconfirmed:
            pass  # the page says what is wrong, and asks
        else:
            flash(_said(done), "success")
            return redirect(url_for("public_forms.show", code=code), code=303)
    page = render_template(
        "surveys/public_forms/import.html", place=place, form=form, batch=batch, most=SHOWN
    )
    return page, 422 if request.method == "POST" else 200


def _bring_in(code: str, batch: Batch, *, partly: bool) -> BroughtIn:
    with transaction() as session:
        form = queries.get_form(session, code)
        return bring_in(session, form, batch, partly=partly, key=key(), now=now(), by=g.actor)


def _said(done: BroughtIn) -> str:
    return str(
        _(
            "Imported: %(added)s. There already, and not added again: %(already)s.",
            added=done.added,
            already=done.already,
        )
    )


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
