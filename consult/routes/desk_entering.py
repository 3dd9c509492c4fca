"""Entering what came by mail or was said at a meeting, on behalf of an organisation."""

from functools import partial

from flask import Blueprint, Flask, g, render_template
from flask.typing import ResponseReturnValue

from consult.forms.entering import Enter
from consult.models import Source
from consult.policy import is_staff
from consult.routes.desk_view import AtRound, at_round
from consult.routes.entering import entering, offer
from consult.services.contributions import By
from core.access import access

blueprint = Blueprint(
    "desk_entering", __name__, url_prefix="/consultations/<code>/desk/rounds/<call>/enter"
)


@blueprint.route("", methods=["GET", "POST"])
@access(is_staff)
def enter(code: str, call: str) -> ResponseReturnValue:
    """Record a contribution received another way, where it came from, and submit it."""
    at, form = at_round(code, call), Enter()
    offer(form, at)
    page = partial(render_template, "consult/desk/enter.html", at=at, form=form)
    onward = at.url("desk_entering.enter")
    return entering(form, at, partial(_by, at, form), page, onward=onward)


def _by(at: AtRound, form: Enter) -> By:
    return By(
        at.desk.arrived, g.actor.label, g.actor.id, on_behalf=True,
        source=Source(form.source.data), note=form.note.data or "",
    )  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)
