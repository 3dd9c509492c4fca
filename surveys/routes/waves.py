"""Opening a wave of a survey in the browser. All that follows is on the wave's board."""

from flask import Blueprint, Flask, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from movement import destinations
from movement.call_policy import may_run_calls
from movement.models import Call, CallKind, Organisation
from movement.services.calls import Opening
from surveys.forms.waves import OpenWave
from surveys.models import Survey
from surveys.queries.waves import get_survey, newest_version
from surveys.services import waves

blueprint = Blueprint("waves", __name__, url_prefix="/surveys")


@blueprint.route("/<code>/open", methods=["GET", "POST"])
@access(may_run_calls)
def open_wave(code: str) -> ResponseReturnValue:
    """Name a new wave and its dates, and open it. Nobody is written to by that."""
    session = get_session()
    survey = get_survey(session, code)
    titles = {f"title_{language}": title for language, title in survey.titles.items()}
    form = OpenWave(data={**titles, "frame_date": now().date()})
    if form.validate_on_submit():
        call = _open(survey, form)
        if call:
            flash(_("The wave is open. Nobody is invited yet."), "success")
            return redirect(url_for("calls.board", code=call.code), code=303)
    page = render_template(
        "movement/calls/open.html", survey=survey, version=newest_version(session, survey),
        form=form,
    )  # fmt: skip
    return page, 400 if form.errors else 200


def _open(survey: Survey, form: OpenWave) -> Call | None:
    """The opened wave, or None with what is wrong written beside its field."""
    closes_on = form.closes_on.data
    if closes_on is None:
        return None
    code, frame_date = (form.code.data or "").strip(), form.frame_date.data
    opening = Opening(code, form.titles(), closes_on, frame_date)
    try:
        with transaction() as session:
            return waves.open_wave(session, survey, opening, now=now(), by=g.actor)
    except Conflict as refusal:
        form.code.errors = [str(refusal.message)]
    except DomainError as refusal:
        form.closes_on.errors = [str(refusal.message)]
    return None


def _answering(call: Call, organisation: Organisation) -> str:
    return f"/answer/{call.code}/{organisation.code}"


def init_app(app: Flask) -> None:
    """Register the page, and say where waves are answered."""
    app.register_blueprint(blueprint)
    destinations.register(CallKind.SURVEY, _answering)
