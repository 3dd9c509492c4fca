"""Contributions taken from a meeting: entered and submitted by staff for an organisation."""

from functools import partial

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.forms.entering import Take
from consult.models import Consultation, Meeting, Source
from consult.policy import is_staff
from consult.queries.consultations import open_round
from consult.routes.desk_view import AtRound, Desk
from consult.routes.entering import entering, offer
from consult.routes.meetings import blueprint, meeting_of
from consult.services.contributions import By
from core.access import access
from core.clock import now
from core.db import get_session


def _asking(meeting: Meeting) -> AtRound | None:
    """The round that is open on the text the meeting speaks of."""
    session, arrived = get_session(), now()
    if meeting.consultation_id is None:
        return None
    consultation = session.get_one(Consultation, meeting.consultation_id)
    found = open_round(session, consultation, now=arrived)
    return AtRound(Desk(consultation, [found], arrived), *found) if found else None


@blueprint.route("/<code>/contributions/add", methods=["GET", "POST"])
@access(is_staff)
def take_contribution(code: str) -> ResponseReturnValue:
    """Enter and submit what an organisation asked for at the meeting."""
    meeting = meeting_of(code)
    at = _asking(meeting)
    if at is None:
        return render_template("consult/meetings/take.html", meeting=meeting, form=None)
    form = Take()
    offer(form, at)
    page = partial(render_template, "consult/meetings/take.html", meeting=meeting, form=form)
    onward = url_for(".show", code=code, _anchor="contributions")
    return entering(form, at, partial(_by, at, meeting, form), page, onward=onward)


def _by(at: AtRound, meeting: Meeting, form: Take) -> By:
    return By(
        at.desk.arrived, g.actor.label, g.actor.id, on_behalf=True, source=Source.MEETING,
        note=f"{meeting.code}: {form.note.data}", meeting_id=meeting.id,
    )  # fmt: skip
