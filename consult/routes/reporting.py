"""The secretariat's pages of reports: opening a round, how it stands, the consolidated report."""

from io import BytesIO

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from consult import policy
from consult.export.consolidated import write
from consult.forms.adoption import problems_of
from consult.forms.reports import OpenReporting
from consult.queries import reports as queries
from consult.queries.adoption import duties_of, find_adopted
from consult.queries.consultations import get_consultation
from consult.queries.report_figures import rows_of
from consult.report_states import Status
from consult.routes.after_view import acting, paragraphs_of
from consult.routes.consolidating import report_of
from consult.services.reporting import open_reporting
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, current_language
from movement.deadlines import state_at
from movement.queries.participation import status
from movement.routes.calls import region_names
from movement.services.calls import Opening

blueprint = Blueprint("reporting", __name__, url_prefix="/consultations/<code>/desk/reporting")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.route("", methods=["GET", "POST"])
@access(policy.is_staff)
def index(code: str) -> ResponseReturnValue:
    """The rounds of reports on a text, and the form that opens one."""
    session, form = get_session(), OpenReporting()
    consultation = get_consultation(session, code)
    adopted = find_adopted(session, consultation)
    check(adopted is not None or request.method == "GET")
    if adopted is not None and form.validate_on_submit() and form.closes_on.data:
        opening = Opening((form.code.data or "").strip(), form.titles(), form.closes_on.data)
        try:
            with transaction():
                open_reporting(session, adopted[0], opening, acting())
        except DomainError as refusal:
            form.code.errors = [str(refusal.message)]
        else:
            flash(_("The round is open. Invite the organisations now."), "success")
            return redirect(url_for(".show", code=code, call=opening.code), code=303)
    moment, problems = now(), problems_of(form)
    rounds = [
        (one, state_at(one.call, moment), status(session, one.call, now=moment))
        for one in queries.askings_of(session, consultation)
    ]
    page = render_template(
        "consult/reports/rounds.html", consultation=consultation, adopted=adopted, rounds=rounds,
        form=form, problems=problems,
        addressed=len(duties_of(session, adopted[0].id)) if adopted else 0,
    )  # fmt: skip
    return page, 400 if problems else 200


def _asking(code: str, call: str) -> queries.Asking:
    found = queries.get_asking(get_session(), call)
    check(found.consultation.code == code)
    return found


@blueprint.get("/<call>")
@access(policy.is_staff)
def show(code: str, call: str) -> ResponseReturnValue:
    """How a round stands: by paragraph, and by region."""
    session, asking = get_session(), _asking(code, call)
    moment = now()
    return render_template(
        "consult/reports/desk.html", asking=asking, rows=rows_of(session, asking),
        names={one.block.lineage: one for one in paragraphs_of(asking.draft)},
        status=status(session, asking.call, now=moment), regions=region_names(),
        statuses=list(Status), spoken=LANGUAGES,
    )  # fmt: skip


@blueprint.get("/<call>/report.docx")
@access(policy.is_staff)
def document(code: str, call: str) -> ResponseReturnValue:
    """The consolidated report as a Word file, in the language asked for."""
    asking, asked = _asking(code, call), request.args.get("language", "")
    language = asked if asked in LANGUAGES else current_language()
    with force_locale(language):
        data = write(report_of(get_session(), asking, language, now=now()))
    name = f"{asking.call.code}-{language}.docx"
    return send_file(BytesIO(data), mimetype=WORD, as_attachment=True, download_name=name)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
