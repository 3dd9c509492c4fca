"""Writing to the organisations of a call: its messages, invitations and reminders."""

from uuid import uuid4

from babel.dates import format_interval
from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from core import queue
from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, comma, current_language
from core.tasks import deliver_mail
from movement.call_policy import may_run_calls, may_see_calls
from movement.forms.calls import Plan, SendInvitations, SendReminders, Texts
from movement.models import Call, MessageKind
from movement.queries.calls import get_call, messages_of, steps_of
from movement.queries.directory import groups
from movement.queries.participation import contact_list, participants
from movement.queries.reminders import Step, by_step, plan_of
from movement.routes.calls import region_names
from movement.services import calls, invitations, messages, reminders
from movement.services.messages import Office

blueprint = Blueprint("call_mail", __name__, url_prefix="/calls/<code>")
MANY = 500
"""More mails than this at once are sent only after a second look."""
KINDS = "<any(invitation, reminder):kind>"


def _office() -> Office:
    return Office.of(current_app.config["SETTINGS"])


@blueprint.route(f"/messages/{KINDS}", methods=["GET", "POST"])
@access(may_run_calls)
def texts(code: str, kind: str) -> ResponseReturnValue:
    """Write an invitation or a reminder in each language."""
    session = get_session()
    call, of = get_call(session, code), MessageKind(kind)
    written = messages_of(session, call.id)
    stored = {}
    for language in LANGUAGES:
        message = written.get((of, language))
        stored[f"subject_{language}"] = message.subject if message else ""
        stored[f"body_{language}"] = message.body if message else ""
    form = Texts(data=stored)
    if form.validate_on_submit() and _write_all(call, of, form):
        flash(_("Saved."), "success")
        return redirect(url_for(".texts", code=code, kind=kind), code=303)
    page = render_template(
        "movement/calls/texts.html", call=call, kind=of, form=form,
        asked=participants(session, call.id),
    )  # fmt: skip
    return page, 400 if form.errors else 200


def _write_all(call: Call, kind: MessageKind, form: Texts) -> bool:
    """Save every language or none; what is wrong is written beside its field."""
    try:
        with transaction() as session:
            for language, (subject, body) in form.pairs().items():
                blamed = body
                messages.write(
                    session, call, kind, language,
                    subject=subject.data or "", body=body.data or "", now=now(), by=g.actor,
                )  # fmt: skip
    except DomainError as refusal:
        blamed.errors = [str(refusal.message)]
        return False
    return True


@blueprint.get(f"/messages/{KINDS}/preview")
@access(may_see_calls)
def preview(code: str, kind: str) -> ResponseReturnValue:
    """A message as one organisation's contacts would get it now."""
    session = get_session()
    call = get_call(session, code)
    asked = contact_list(session, participants(session, call.id))
    wanted = request.args.get("organisation", "")
    one, contacts = next((line for line in asked if line[0].organisation.code == wanted), asked[0])
    language = messages.language_for(one.organisation, contacts[0] if contacts else None)
    chosen = request.args.get("language", "")
    language = chosen if chosen in LANGUAGES else language
    subject, body = messages.text_for(
        call, messages_of(session, call.id), MessageKind(kind), one.organisation,
        language=language, office=_office(), now=now(),
    )  # fmt: skip
    return render_template(
        "movement/calls/preview.html", call=call, kind=MessageKind(kind), one=one,
        contacts=contacts, subject=subject, body=body, spoken=language,
        asked=[line[0] for line in asked],
    )  # fmt: skip


@blueprint.route("/invite", methods=["GET", "POST"])
@access(may_run_calls)
def invite(code: str) -> ResponseReturnValue:
    """Choose whom to invite, see how many mails that makes, and send them."""
    session, form = get_session(), SendInvitations()
    call = get_call(session, code)
    whom = (form.whom.data or "") if form.is_submitted() else _asked_whom()
    problem, lines = "", []
    if whom:
        try:
            lines = contact_list(session, invitations.chosen(session, call, whom))
        except DomainError as refusal:
            problem = str(refusal.message)
    mails = invitations.to_send(session, call, lines)
    if lines and form.validate_on_submit() and (mails <= MANY or form.confirmed.data):
        return _send_invitations(call, whom)
    if form.is_submitted() and mails > MANY:
        form.confirmed.errors = [_("Confirm the number of mails.")]
    form.whom.data = whom
    page = render_template(
        "movement/calls/invite.html", call=call, form=form, whom=whom, lines=lines, mails=mails,
        many=mails > MANY, problem=problem, regions=region_names(),
        groups=[group for group, _count in groups(session)],
    )  # fmt: skip
    return page, 400 if problem or form.errors else 200


def _asked_whom() -> str:
    """What the page's form names: the codes written, else what is chosen in the list."""
    return request.args.get("codes", "").strip()[:2000] or request.args.get("whom", "")[:100]


def _send_invitations(call: Call, whom: str) -> ResponseReturnValue:
    with transaction() as session:
        to = invitations.chosen(session, call, whom)
        done = invitations.invite(session, call, to, office=_office(), now=now(), by=g.actor)
    queue.wake(deliver_mail)
    flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.",
                   done.mails), "success")  # fmt: skip
    if done.without_contact:
        flash(
            _("Without a contact: %(codes)s.", codes=comma().join(done.without_contact)), "warning"
        )
    return redirect(url_for("calls.board", code=call.code), code=303)


@blueprint.get("/reminders")
@access(may_see_calls)
def plan(code: str) -> ResponseReturnValue:
    """The plan of reminders, what is to come, and whom one could remind now."""
    call = get_call(get_session(), code)
    steps = steps_of(get_session(), call.id)
    return _plan_page(call, Plan(data={"days": ", ".join(map(str, steps))}))


def _in_short(step: Step) -> list[str]:
    """A row: the days before, the day or days, and how many wait, went, or won't."""
    language = current_language()
    locale = "en_GB" if language == "en" else language  # days before months, as everywhere here
    days = format_interval(step.first, step.last, "yMMMd", locale=locale)
    states = step.states
    numbers = (states["planned"] + states["queued"], states["sent"],
               states["skipped"] + states["failed"])  # fmt: skip
    return [format_decimal(step.step), days, *map(format_decimal, numbers)]


def _plan_page(call: Call, form: Plan) -> ResponseReturnValue:
    session, moment = get_session(), now()
    lines = plan_of(session, call, now=moment)
    page = render_template(
        "movement/calls/reminders.html", call=call, form=form, lines=lines,
        steps=[_in_short(step) for step in by_step(lines)],
        outstanding=contact_list(session, reminders.outstanding(session, call, now=moment)),
        send=SendReminders(formdata=None, form_key=str(uuid4())),
    )  # fmt: skip
    return page, 400 if form.errors else 200


@blueprint.post("/reminders/plan")
@access(may_run_calls)
def save_plan(code: str) -> ResponseReturnValue:
    """Change the days on which reminders go out."""
    call, form = get_call(get_session(), code), Plan()
    if not form.validate_on_submit():
        return _plan_page(call, form)
    try:
        with transaction() as session:
            calls.set_plan(session, call, form.numbers(), now=now(), by=g.actor)
    except DomainError as refusal:
        form.days.errors = [str(refusal.message)]
        return _plan_page(call, form)
    flash(_("Saved."), "success")
    return redirect(url_for(".plan", code=code), code=303)


@blueprint.post("/reminders/send")
@access(may_run_calls)
def remind(code: str) -> ResponseReturnValue:
    """Remind everybody outstanding, or those chosen on the page, now."""
    call, form = get_call(get_session(), code), SendReminders()
    everybody = request.form.get("to") == "all"
    codes = None if everybody else request.form.getlist("organisation")
    if not form.validate_on_submit() or codes == []:
        flash(_("Choose at least one organisation."), "warning")
        return redirect(url_for(".plan", code=code), code=303)
    with transaction() as session:
        done = reminders.send_now(
            session, call, codes, form_key=str(form.form_key.data), office=_office(),
            now=now(), by=g.actor,
        )  # fmt: skip
    queue.wake(deliver_mail)
    flash(ngettext("%(num)d reminder is on its way.", "%(num)d reminders are on their way.",
                   done.mails), "success")  # fmt: skip
    return redirect(url_for("calls.board", code=code), code=303)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
