"""Signing in by a mailed link, signing out, and development's one-click demonstration.

A link's page asks for a POST, because mail scanners follow links. What is answered never tells
whether an address is known.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from sqlmodel import Session

from core import audit, limits, outbox
from core.access import access, anyone
from core.clock import now
from core.db import get_session, sessions, transaction
from core.i18n import LANGUAGES, current_language
from core.queue import wake
from core.settings import Settings
from core.tasks import deliver_mail
from core.web import local_path
from movement.forms.signin import AskForLink
from movement.identify import cookie_token, give_cookie, take_cookie
from movement.letters import link_letter, mail_domain
from movement.models import Role
from movement.queries import people
from movement.services import kept, signin

HOUR = timedelta(hours=1)
blueprint = Blueprint("signin", __name__)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def sign_in_page(form: AskForLink | None = None, message: str = "") -> str:
    """The page that asks for an address; in the demonstration also offers one click per role."""
    offered = _settings().demonstration_sign_in
    invented = people.demonstration_people(get_session()) if offered else []
    first = {role: names for _id, role, names in reversed(invented)}
    return render_template(
        "movement/sign_in.html",
        form=form or AskForLink(formdata=None, data={"next": request.args.get("next", "")}),
        message=message,
        roles=[(role.value, first[role]) for role in Role if role in first],
    )


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access(anyone)
def ask() -> ResponseReturnValue:
    """Ask for an address; whatever it is, say that a link is on its way if it is known."""
    if request.method == "GET" and g.actor is not None:
        return redirect(local_path(request.args.get("next", "")) or "/")
    form = AskForLink(
        request.form if request.method == "POST" else None,
        data={"next": request.args.get("next", "")},
    )
    if request.method == "POST":
        limits.spend("sign-in")
    if not form.validate_on_submit():
        return sign_in_page(form)
    with transaction() as database:
        _send_link(database, str(form.email.data), local_path(form.next.data or ""))
    wake(deliver_mail)
    return render_template("movement/sign_in_sent.html")


def _send_link(database: Session, address: str, next_path: str) -> None:
    """Queue the mail, or do as much work for nothing: the time taken tells nothing either."""
    moment = now()
    person = people.find_person(database, address)
    person_id = person.id if person else uuid4()
    made = signin.links_since(database, person_id, moment - HOUR)
    language = (people.language_of(database, person) if person else None) or current_language()
    language = language if language in LANGUAGES else current_language()
    if person and made < _settings().links_per_hour:
        token = signin.make_link(database, person_id, next_path=next_path, now=moment)
        letter = link_letter(address, token, language)
        outbox.queue(database, letter, now=moment, domain=mail_domain())
        return
    reason = "too many links" if person else "unknown address"
    audit.record(database, "sign-in.no-link", about="", now=moment, reason=reason)
    signin.end_links(database, uuid4(), now=moment)
    with database.begin_nested() as undone:
        for _row in ("as a link's", "as a mail's"):
            letter = link_letter(address, signin.fresh_token(), language)
            outbox.queue(database, letter, now=moment, domain=mail_domain())
        undone.rollback()


@blueprint.route("/sign-in/<token>", methods=["GET", "POST"])
@access(anyone)
def confirm(token: str) -> ResponseReturnValue:
    """GET shows a button and uses nothing up; the button's POST signs in, once."""
    if request.method == "POST":
        return _use(token)
    database = get_session()
    link = signin.find_link(database, token, now=now())
    if link is None:
        return _dead_link()
    person = people.get_person(database, link.person_id)
    with force_locale(session.get("language") or _spoken_by(people.language_of(database, person))):
        return render_template("movement/sign_in_confirm.html")


def _spoken_by(language: str | None) -> str:
    return language if language in LANGUAGES else current_language()


def _use(token: str) -> ResponseReturnValue:
    with transaction() as database:
        link = signin.use_link(database, token, now=now())
        if link is None:
            database.rollback()
            return _dead_link()
        return _enter(database, link.person_id, link.next_path)


def _dead_link() -> ResponseReturnValue:
    """One page for unknown, used and expired links; who tries many is slowed down and noted."""
    who = limits.client()
    if limits.counters().hit("guess", who):
        return render_template("movement/sign_in_dead.html"), 410
    if limits.counters().hit("guess-noted", who):
        with sessions()() as database:  # a page that is read has no session to write with
            audit.record(database, "sign-in.guessing", about=who, now=now())
            database.commit()
    raise limits.too_many("guess")


def _enter(database: Session, person_id: UUID, next_path: str) -> ResponseReturnValue:
    """Begin a session of our own making, end the browser's older one, keep only its language."""
    moment = now()
    typed = kept.waiting(database, person_id, now=moment)
    signin.end_session(database, cookie_token(), now=moment)
    token = signin.start_session(database, person_id, now=moment)
    _forget_browser()
    target = local_path(next_path) or "/"
    if typed:
        only = len(typed) == 1
        target = url_for("kept.show", kept_id=typed[0].id) if only else url_for("kept.index")
    response = redirect(target, code=303)
    give_cookie(response, token)
    return response


def _forget_browser() -> None:
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


@blueprint.post("/sign-out")
@access(anyone)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    with transaction() as database:
        signin.end_session(database, cookie_token(), now=now())
    _forget_browser()
    response = redirect(url_for("signin.ask"), code=303)
    take_cookie(response)
    return response


@blueprint.route("/demo/<role>", methods=["GET", "POST"])
@access(anyone)
def demonstration(role: str) -> ResponseReturnValue:
    """Sign in as the invented person of a role, on a newcomer's own machine only."""
    if not _settings().demonstration_sign_in or role not in set(Role):
        abort(404)
    invented = people.demonstration_people(get_session())
    found = next(((p, held, names) for p, held, names in invented if held == role), None)
    if found is None:
        abort(404)
    person_id, held, names = found
    if request.method != "POST":
        return render_template("movement/sign_in_invented.html", role=held, names=names)
    with transaction() as database:
        return _enter(database, person_id, request.form.get("next", ""))


def _remember_language(language: str) -> None:
    """Keep the language a person chose in the browser as their own."""
    if g.actor is not None:
        with transaction() as database:
            people.get_person(database, g.actor.id).language = language


def init_app(app: Flask) -> None:
    """Add the pages, and listen to a change of language."""
    app.register_blueprint(blueprint)
    app.extensions.setdefault("language_listeners", []).append(_remember_language)
