"""Exports in the browser: asking for one, following it, taking the file away."""

from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from analytics import policy
from analytics.models import Export, ExportFormat, ExportState
from analytics.queries.exports import exports_of, get_export
from analytics.queries.waves import find_waves
from analytics.routes.labels import count
from analytics.routes.words import say as _
from analytics.services import exports
from analytics.tasks import SUFFIXES, run_export, shelf
from core import queue
from core.access import access, check
from core.clock import now
from core.db import get_session, sessions, transaction
from core.errors import DomainError
from core.i18n import current_language
from core.texts import lazy as _l
from movement.models import Call, Role
from movement.queries.calls import get_call

blueprint = Blueprint("exports", __name__, url_prefix="/exports")
TYPES = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "application/zip",
}
UNDER_WAY = {ExportState.QUEUED, ExportState.RUNNING}


@blueprint.get("")
@access(policy.may_export_something)
def index() -> ResponseReturnValue:
    """Where an export is asked for, with those asked for lately."""
    session = get_session()
    calls = [w.call for w in find_waves(session) if policy.may_export(g.actor, w.call)]
    return render_template(
        "analytics/exports.html",
        calls=calls,
        chosen=request.args.get("call", ""),
        everything=g.actor.holds(Role.SECRETARIAT),
        recent=[
            (export, call)
            for export, call in exports_of(session, g.actor.id)
            if policy.may_fetch(g.actor, export, call)
        ],
        progress=progress_words,
    )


@blueprint.post("")
@access(policy.may_export_something)
def ask() -> ResponseReturnValue:
    """Ask for an export; it is made by a worker."""
    kind = request.form.get("format", "")
    if kind not in list(ExportFormat):
        raise DomainError(_l("Choose a format: a spreadsheet or CSV files."))
    with transaction() as session:
        call = get_call(session, request.form.get("call", ""))
        check(policy.may_export(g.actor, call))
        export = exports.ask(
            session,
            call,
            ExportFormat(kind),
            language=current_language(),
            consented_only=not g.actor.holds(Role.SECRETARIAT),
            now=now(),
            by=g.actor,
        )
    queue.wake(run_export, str(export.id))
    return redirect(url_for(".follow", export_id=export.id), code=303)


@blueprint.get("/<uuid:export_id>")
@access(policy.may_export_something)
def follow(export_id: UUID) -> ResponseReturnValue:
    """How far an export is; the page renews itself until it is done."""
    export, call = _mine(export_id)
    page: str = render_template(
        "analytics/export.html", export=export, call=call, words=progress_words(export)
    )
    answer = Response(page)
    if export.state in UNDER_WAY:
        answer.headers["Refresh"] = "2"
    return answer


@blueprint.get("/<uuid:export_id>/file")
@access(policy.may_export_something)
def file(export_id: UUID) -> ResponseReturnValue:
    """The finished file, for who asked for it; each download is recorded."""
    export, call = _mine(export_id)
    path = shelf().find(export.filename) if export.state is ExportState.READY else None
    check(path is not None)
    assert path is not None  # noqa: S101 - checked just above
    if request.method == "GET":
        with sessions()() as own:
            exports.fetched(own, export, call, now=now(), by=g.actor)
            own.commit()
    day = (export.finished_at or export.asked_at).date().isoformat()
    name = f"{call.code}-{day}.{SUFFIXES[export.format]}"
    return send_file(
        path, mimetype=TYPES[export.format], as_attachment=True, download_name=name,
        conditional=False, etag=False, max_age=None,
    )  # fmt: skip


def progress_words(export: Export) -> str:
    """How far an export is, in one sentence."""
    words: dict[ExportState, Any] = {
        ExportState.QUEUED: _("Waiting to be made."),
        ExportState.RUNNING: _(
            "%(done)s of %(total)s responses.", done=count(export.done), total=count(export.total)
        ),
        ExportState.READY: _("Ready: %(total)s responses.", total=count(export.total)),
        ExportState.FAILED: export.error,
    }
    return str(words[export.state])


def _mine(export_id: UUID) -> tuple[Export, Call]:
    export, call = get_export(get_session(), export_id)
    check(policy.may_fetch(g.actor, export, call))
    return export, call


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
