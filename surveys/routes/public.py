"""A public questionnaire: coming to it, starting, the code to go on with, and leaving.

Whoever has the address may answer. No page asks who they are, and none is told.
"""

from flask import (
    Blueprint,
    Flask,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import limits
from core.access import access, anyone
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.proofs import Challenge
from core.texts import lazy as _l
from surveys.public_days import not_yet
from surveys.public_languages import own_name
from surveys.resume_codes import LONGEST_TYPED
from surveys.routes import public_guard
from surveys.routes.public_refusals import refuse_in
from surveys.routes.public_visit import (
    NEW_CODE,
    PREFIX,
    PublicVisit,
    VisitCookies,
    arrive,
    forget,
    key,
    remember,
)
from surveys.services import public_responses as services

blueprint = Blueprint("public", __name__, url_prefix=PREFIX)
refuse_in(blueprint)
TOO_MANY = 429


@blueprint.get("/<code>")
@access(anyone)
def begin(code: str) -> ResponseReturnValue:
    """The languages, what it is about, who reads the answers; and a button to start."""
    return _begin_page(arrive(code))


def _begin_page(here: PublicVisit, *, notice: str = "", challenge: Challenge | None = None) -> str:
    if here.open and here.response is None:
        challenge = challenge or public_guard.challenge_for(here.form.code)
    return render_template(
        "surveys/public/begin.html",
        visit=here,
        notice=notice,
        challenge=challenge,
        early=not_yet(here.form, now()),
    )


@blueprint.post("/<code>")
@access(anyone)
def start(code: str) -> ResponseReturnValue:
    """Start a response, once the challenge is met; then show the code to go on with."""
    here = arrive(code)
    services.refuse_closed(here.form, now())
    try:
        public_guard.admit(code)
    except public_guard.Held as held:
        return _held_page(here, held)
    with transaction() as database:
        response, shown = services.start(
            database, here.form, language=here.spoken, key=key(), now=now()
        )
    remember(here.form, response.id, here.spoken)
    session[NEW_CODE] = shown
    return redirect(url_for(".show_code", code=code), code=303)


def _held_page(here: PublicVisit, held: public_guard.Held) -> ResponseReturnValue:
    if held.again is None:
        return _begin_page(here, notice=_("Please press the button once more.")), 409
    words = _("One moment more. Press the button again in %(num)s seconds.", num=held.seconds)
    answer = current_app.make_response(_begin_page(here, notice=words, challenge=held.again))
    answer.status_code = TOO_MANY
    answer.headers["Retry-After"] = str(held.seconds)
    return answer


@blueprint.get("/<code>/code")
@access(anyone)
def show_code(code: str) -> ResponseReturnValue:
    """The code to go on with, shown this once."""
    here = arrive(code)
    if here.response is None:
        return redirect(url_for(".begin", code=code))
    shown = session.pop(NEW_CODE, None) if request.method == "GET" else None
    return render_template("surveys/public/code.html", visit=here, shown=shown)


@blueprint.post("/<code>/code")
@access(anyone)
def renew_code(code: str) -> ResponseReturnValue:
    """Another code, in the place of one that was not noted."""
    here = arrive(code)
    if here.response is None:
        return redirect(url_for(".begin", code=code), code=303)
    limits.spend("public-code")
    services.refuse_closed(here.form, now())
    with transaction() as database:
        session[NEW_CODE] = services.new_code(here.response, key=key())
        database.add(here.response)
    return redirect(url_for(".show_code", code=code), code=303)


@blueprint.route("/<code>/resume", methods=["GET", "POST"])
@access(anyone)
def resume(code: str) -> ResponseReturnValue:
    """Going on with a code, on whichever device."""
    here = arrive(code)
    if request.method != "POST":
        return render_template("surveys/public/resume.html", visit=here, typed="", error="")
    limits.spend("public-code")
    typed = request.form.get("resume_code", "")[:LONGEST_TYPED]
    found = services.find_by_code(get_session(), here.form, typed, key=key())
    if found is None:
        error = _("This code leads to nothing here. Check each letter. After sending, or after a "
                  "month, a code ends.")  # fmt: skip
        page = render_template("surveys/public/resume.html", visit=here, typed=typed, error=error)
        return page, 422
    remember(here.form, found.id, here.spoken if "language" in request.form else found.language)
    return redirect(url_for("public_answers.review", code=code), code=303)


@blueprint.post("/<code>/leave")
@access(anyone)
def leave(code: str) -> ResponseReturnValue:
    """Leave nothing of the visit on the device. The answers wait for the code."""
    forget(arrive(code).form)
    return redirect(url_for(".begin", code=code), code=303)


def no_response() -> DomainError:
    """For a page whose visit is at no response that can be changed."""
    sentence = _l("This browser is at no answers. Go on with your code, or start anew.")
    return DomainError(sentence, 409)


def init_app(app: Flask) -> None:
    """Register the pages, and give the visit its own cookie."""
    app.session_interface = VisitCookies()
    app.jinja_env.globals["own_name"] = app.jinja_env.filters["own_name"] = own_name
    public_guard.init_app(app)
    app.register_blueprint(blueprint)
