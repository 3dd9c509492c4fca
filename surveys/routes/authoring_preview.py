"""Authoring: a section as respondents will see it, and trying all of it with answers.

Nothing given here is kept: the answers of a trial travel with its page.
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from core.access import access
from core.i18n import LANGUAGES, current_language, direction
from surveys.definition import Questionnaire
from surveys.editing.parts import get_section
from surveys.forms.authoring_trial import shown_form, trial
from surveys.logic import CircularConditions
from surveys.questionnaire_policy import may_author
from surveys.routes.authoring import blueprint
from surveys.routes.authoring_desk import FRAMED, Desk, desk


@blueprint.get("/<code>/draft/preview/<section>")
@access(may_author)
def preview(code: str, section: str) -> ResponseReturnValue:
    """A section at the width of a phone, in any of its languages; for a frame of the editor."""
    here = desk(code)
    chosen = get_section(here.document, section)
    spoken = here.spoken
    with force_locale(spoken if spoken in LANGUAGES else current_language()):
        html = render_template(
            "surveys/authoring/preview.html",
            desk=here,
            section=chosen,
            spoken=spoken,
            direction=direction(spoken),
            form=_form(here.document, section),
        )
    return html, 200, {"Content-Security-Policy": FRAMED}


def _form(document: Questionnaire, section: str) -> object:
    """The section's form, or None while conditions go round in a circle."""
    try:
        return shown_form(document, get_section(document, section))
    except CircularConditions:
        return None


@blueprint.route("/<code>/draft/try", methods=["GET", "POST"])
@access(may_author)
def try_it(code: str) -> ResponseReturnValue:
    """Give answers, and see what is asked, what is not, and why."""
    here = desk(code)
    try:
        tried = trial(
            here.document, request.form if request.method == "POST" else None, here.spoken
        )
    except CircularConditions as circle:
        return _circle(here, circle)
    return here.page("try.html", trial=tried, circle=())


def _circle(here: Desk, circle: CircularConditions) -> ResponseReturnValue:
    return here.page("try.html", 409, trial=None, circle=circle.codes)
