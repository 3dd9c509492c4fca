"""Two published versions beside each other, and how far each question's answers compare."""

from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.clock import now
from core.db import get_session, transaction
from surveys.changes import diff
from surveys.changes.comparing import Comparable
from surveys.queries.publishing import documents_of
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author
from surveys.routes.change_words import in_words, spoken_by
from surveys.services.comparability import lines_between, say

blueprint = Blueprint("comparing", __name__, url_prefix="/surveys")
SAID = "said_"


@blueprint.get("/<code>/compare/<int:before>/<int:after>")
@access(may_author)
def show(code: str, before: int, after: int) -> ResponseReturnValue:
    """What changed from one version to a later one, and what is said of each question."""
    session = get_session()
    survey = get_survey(session, code)
    lines = lines_between(session, survey, before, after)
    documents = documents_of(session, survey)
    one, other = documents[before], documents[after]
    spoken = spoken_by(other)
    return render_template(
        "surveys/publishing/compare.html",
        survey=survey,
        before=before,
        after=after,
        spoken=spoken,
        lines=lines,
        changes=[in_words(change, one, other, spoken) for change in diff(one, other)],
        words=words(),
    )


@blueprint.post("/<code>/compare/<int:before>/<int:after>")
@access(may_author)
def save(code: str, before: int, after: int) -> ResponseReturnValue:
    """Record what is said of each question."""
    with transaction() as session:
        survey = get_survey(session, code)
        say(session, survey, before, after, _said(), now=now(), by=g.actor)
    flash(_("Saved."), "success")
    return redirect(url_for(".show", code=code, before=before, after=after), code=303)


def _said() -> dict[UUID, Comparable]:
    """By uid; what is neither a uid nor a word of ours is passed over."""
    found = {}
    for name, word in request.form.items():
        if name.startswith(SAID) and word in set(Comparable):
            try:
                found[UUID(name.removeprefix(SAID))] = Comparable(word)
            except ValueError:
                continue
    return found


def words() -> dict[Comparable, str]:
    """What may be said of a question, in words."""
    return {
        Comparable.SAME: _("The same"),
        Comparable.REWORDED: _("Reworded, still comparable"),
        Comparable.NOT_COMPARABLE: _("Not comparable"),
    }


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
