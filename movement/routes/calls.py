"""The board of a call: who is asked, how far each is, and when it ends. For the secretariat."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import navigation, outbox, queue
from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError, NotFound
from core.i18n import current_language
from core.tasks import deliver_mail
from movement import call_words
from movement.call_policy import may_run_calls, may_see_calls
from movement.call_words import act_name
from movement.deadlines import state_at
from movement.destinations import path_for
from movement.forms.calls import Act, Extend
from movement.models import Call, CallKind, CallState, ParticipationState
from movement.queries import calls as queries
from movement.queries.directory import regions
from movement.queries.mail import PAGE, get_mail_of, last_mails, mails_of, troubled_count
from movement.queries.participation import contact_list, participants, status
from movement.services import calls
from movement.settled import is_settled

blueprint = Blueprint("calls", __name__, url_prefix="/calls")
LAST_PAGE = 10_000
ACTS: dict[str, Callable[..., None]] = {
    "close": calls.close,
    "reopen": calls.reopen,
    "release": calls.release,
    "withdraw": calls.withdraw,
}
OF_RESULTS = frozenset({"release", "withdraw"})
WITHOUT_RESULTS = frozenset({CallKind.REPORTING})
"""Reports are published as a document by the package that asks for them."""


def region_names() -> dict[str, str]:
    """The regions' names in the page's language, by code, in their order."""
    language = current_language()
    return {
        region.code: region.names.get(language) or region.names.get("en") or region.code
        for region in regions(get_session())
    }


def _asked_state() -> ParticipationState | None:
    asked = request.args.get("state", "")
    return ParticipationState(asked) if asked in set(ParticipationState) else None


@blueprint.get("")
@access(may_see_calls)
def index() -> ResponseReturnValue:
    """Every wave and round, the one closing last first: those worked with, or the archived ones."""
    session, moment = get_session(), now()
    archived = request.args.get("archived") == "1"
    found = queries.calls(session, archived=archived)
    rows = [(call, status(session, call, now=moment)) for call in found]
    return render_template("movement/calls/index.html", rows=rows, archived=archived)


@blueprint.get("/<code>")
@access(may_see_calls)
def board(code: str) -> ResponseReturnValue:
    """How a call stands, by region and by organisation."""
    session, moment = get_session(), now()
    call = queries.get_call(session, code)
    g.test_run = call.test  # the page says so on top
    names, state = region_names(), _asked_state()
    region = request.args.get("region", "")
    chosen = participants(session, call.id, region=region if region in names else "", state=state)
    return render_template(
        "movement/calls/board.html",
        call=call,
        status=status(session, call, now=moment),
        is_open=state_at(call, moment) is CallState.OPEN,
        settled=is_settled(session, call),
        lines=contact_list(session, chosen),
        mails=last_mails(session, call.id),
        troubled=troubled_count(session, call.id),
        regions=names,
        region=region,
        state=state,
        states=list(ParticipationState),
    )


@blueprint.route("/<code>/extend", methods=["GET", "POST"])
@access(may_run_calls)
def extend(code: str) -> ResponseReturnValue:
    """Choose a later closing date."""
    call, form = queries.get_call(get_session(), code), Extend()
    if form.validate_on_submit() and form.closes_on.data:
        try:
            with transaction() as session:
                calls.extend(session, call, form.closes_on.data, now=now(), by=g.actor)
        except DomainError as refusal:
            form.closes_on.errors = [str(refusal.message)]
        else:
            flash(str(act_name("extended", call.kind)), "success")
            return redirect(url_for(".board", code=code), code=303)
    page = render_template("movement/calls/extend.html", call=call, form=form)
    return page, 400 if form.errors else 200


@blueprint.route("/<code>/<any(close, reopen, release, withdraw):act>", methods=["GET", "POST"])
@access(may_run_calls)
def act(code: str, act: str) -> ResponseReturnValue:
    """Say what an act does, and do it once asked: close, reopen, release or withdraw."""
    call, form = queries.get_call(get_session(), code), Act()
    if act in OF_RESULTS and call.kind in WITHOUT_RESULTS:
        raise NotFound(_l("There are no results of reports to release."))
    if form.validate_on_submit():
        with transaction() as session:
            ACTS[act](session, call, now=now(), by=g.actor)
        flash(_("Done."), "success")
        return redirect(url_for(".board", code=code), code=303)
    return render_template("movement/calls/act.html", call=call, act=act, form=form)


def _asked_page() -> int:
    page = request.args.get("page", 1, type=int)
    if not 1 <= page <= LAST_PAGE:
        raise NotFound(_l("There is no such page."))
    return page


@blueprint.get("/<code>/mails")
@access(may_see_calls)
def mails(code: str) -> ResponseReturnValue:
    """The mails of a call, the newest first, or only those that failed."""
    session = get_session()
    call, page = queries.get_call(session, code), _asked_page()
    troubled = request.args.get("only") == "failed"
    found = mails_of(session, call.id, troubled=troubled, page=page)
    return render_template(
        "movement/calls/mails.html", call=call, mails=found, troubled=troubled, page=page,
        more=len(found) == PAGE,
    )  # fmt: skip


@blueprint.post("/<code>/mails/<uuid:mail_id>/again")
@access(may_run_calls)
def try_again(code: str, mail_id: UUID) -> ResponseReturnValue:
    """Send a mail that failed once more."""
    with transaction() as session:
        call: Call = queries.get_call(session, code)
        outbox.try_again(get_mail_of(session, call.id, mail_id), now=now())
    queue.wake(deliver_mail)
    flash(_("The mail will be tried again."), "success")
    return redirect(url_for(".mails", code=code, only="failed"), code=303)


def init_app(app: Flask) -> None:
    """Register the pages and their line of the menu."""
    call_words.init_app(app)
    app.jinja_env.globals["place_of_call"] = path_for
    app.register_blueprint(blueprint)
    navigation.entry(app, _l("Waves and rounds"), "calls.index", may_see_calls, position=20)
