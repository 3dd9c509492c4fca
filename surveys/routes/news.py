"""The notice of what is new in a questionnaire under way, until somebody has seen it."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.db import get_session, transaction
from surveys import policy
from surveys.changes import What
from surveys.queries import responses as queries
from surveys.queries.questionnaires import questionnaire_of
from surveys.routes.change_words import Said, in_words
from surveys.routes.visit import Visit, visit
from surveys.services import moving

blueprint = Blueprint("news", __name__)
WORDING = frozenset({What.REWORDED, What.SECTION_REWORDED})


def news_for(here: Visit) -> list[Said]:
    """What is new for this response's people, in their language; nothing once they have seen it."""
    changes = moving.news_of(get_session(), here.response)
    if not changes or here.response.known_id is None:
        return []
    known = questionnaire_of(get_session(), here.response.known_id)
    said = [
        in_words(change, known, here.questionnaire, here.language)
        for change in changes
        if not change.languages or here.language in change.languages
    ]
    return [_plainly(one) for one in said]


def _plainly(said: Said) -> Said:
    """Which other languages were reworded too is nothing to those who answer in one."""
    plain = _("Reworded.") if said.change.what in WORDING else said.sentence
    return replace(said, sentence=plain)


@blueprint.post("/responses/<uuid:response_id>/news")
@access(policy.answers_somewhere)
def seen(response_id: UUID) -> ResponseReturnValue:
    """Somebody has read what is new in the version the page showed."""
    here = visit(queries.get_response(get_session(), response_id))
    if request.form.get("version") == str(here.asked.version_id):
        with transaction() as session:
            moving.seen(session, here.response, here.asked.version_id)
    return redirect(url_for("responses.hub", response_id=response_id), code=303)


def init_app(app: Flask) -> None:
    """Register the page, and give templates what is new."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["news_for"] = news_for
