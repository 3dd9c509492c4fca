"""States and partners that are named without accounts: the list, adding, correcting."""

from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from movement import policy
from movement.forms.processes import EditParty
from movement.models import OutsideParty, PartyKind
from movement.queries import processes as queries
from movement.services import parties

blueprint = Blueprint("parties", __name__, url_prefix="/parties")


@blueprint.get("")
@access(policy.may_run_processes)
def index() -> ResponseReturnValue:
    """The parties there are, by kind and name."""
    return render_template("movement/parties/index.html", parties=queries.parties(get_session()))


@blueprint.route("/add", methods=["GET", "POST"])
@access(policy.may_run_processes)
def add() -> ResponseReturnValue:
    """Name another party."""
    return _edit(None)


@blueprint.route("/<uuid:party_id>/correct", methods=["GET", "POST"])
@access(policy.may_run_processes)
def correct(party_id: UUID) -> ResponseReturnValue:
    """Correct a party's name, kind or note."""
    return _edit(queries.get_party(get_session(), party_id))


def _edit(party: OutsideParty | None) -> ResponseReturnValue:
    form, shown = EditParty(obj=party), party.name if party else None
    if form.validate_on_submit():
        name, note = form.name.data or "", (form.note.data or "").strip()
        kind = PartyKind(form.kind.data)
        try:
            with transaction() as session:
                if party is None:
                    parties.add(session, name, kind, note, now=now(), by=g.actor)
                else:
                    parties.correct(session, party, name, kind, note, now=now(), by=g.actor)
        except DomainError as refusal:
            form.name.errors = [str(refusal.message)]
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".index"), code=303)
    page = render_template("movement/parties/edit.html", form=form, shown=shown)
    return page, 400 if form.errors else 200


def init_app(app: Flask) -> None:
    """Register the pages; the page of processes leads to them."""
    app.register_blueprint(blueprint)
