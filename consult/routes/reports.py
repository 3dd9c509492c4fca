"""An organisation's implementation reports: paragraph by paragraph, evidence, submitting.

Staff enter here what an organisation reports by other ways; the audit holds each time they come.
"""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from consult import policy
from consult.forms.adoption import problems_of
from consult.forms.reports import EditReport
from consult.models import ImplementationReport
from consult.queries import reports as queries
from consult.queries.reports import Asking, Line
from consult.routes.after_view import acting, edition_of, paragraphs_of
from consult.services import report_evidence, reporting
from consult.services.report_evidence import MOST_BYTES, Piece
from consult.services.reporting import ReportEditedElsewhere, Said
from core import audit
from core.access import access, check
from core.clock import now
from core.content import Media, accepted
from core.db import SAFE_METHODS, get_session, sessions, transaction
from core.errors import DomainError
from core.i18n import current_language
from core.texts import lazy as _l
from core.web import POLICY
from movement import destinations
from movement.deadlines import is_open
from movement.looking import note_opening
from movement.models import Call, CallKind, Organisation, ParticipationState
from movement.queries.directory import find_organisation
from movement.services import participation

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
PAGE_BYTES = 12_000_000


def place_of(call: Call, organisation: Organisation) -> str:
    """Where an organisation reports. Made without a request: mails link here too."""
    return f"/reports/{call.code}/{organisation.code}"


def reporter(call: str, code: str, *, signs: bool = False) -> tuple[Asking, Organisation]:
    """The round and the organisation, if it is asked and this person writes (signs) for it.

    Each page shows reports in progress, and so does each refusal: staff who see them are recorded.
    """
    session = get_session()
    asking, found = queries.get_asking(session, call), find_organisation(session, code)
    allowed = policy.may_submit if signs else policy.may_contribute
    check(found is not None and allowed(g.actor, found.id))
    assert found is not None  # noqa: S101 -- checked above
    check(participation.find(session, asking.call.id, found.id) is not None)
    if policy.on_behalf(g.actor, found.id):
        _note_look(asking.call.code, found)
    return asking, found


def _note_look(call: str, organisation: Organisation) -> None:
    """Record that staff came for an organisation, whatever becomes of what they do.

    A page is read in a session that only reads, so the entry has its own; a form's has the lock.
    """

    def entry(session: Session) -> None:
        audit.record(
            session, "report.seen", about=f"{call}/{organisation.code}", now=now(), by=g.actor,
            path=request.path, method=request.method,
        )  # fmt: skip

    if request.method not in SAFE_METHODS:
        with transaction() as session:
            entry(session)
        return
    with sessions()() as own:
        entry(own)
        own.commit()


@blueprint.get("/<call>/<organisation>")
@access(policy.takes_part)
def hub(call: str, organisation: str) -> ResponseReturnValue:
    """What is addressed to the organisation, and how far its reports are."""
    asking, one = reporter(call, organisation)
    return _hub(asking, one, "")


def _hub(asking: Asking, one: Organisation, refusal: str) -> ResponseReturnValue:
    session = get_session()
    part = reporting.part_of(session, asking, one)
    if one.id in g.actor.organisation_ids:
        note_opening(part)
    lines = queries.lines_of(session, asking, one)
    held = queries.evidence_of(session, [line.report.id for line in lines if line.report])
    page = render_template(
        "consult/reports/hub.html", asking=asking, organisation=one, part=part, lines=lines,
        missing=reporting.missing_of(lines), names=_names(asking), evidence=held, refusal=refusal,
        open=is_open(asking.call, one.timezone, now()) and not asking.call.archived_at,
        signs=policy.may_submit(g.actor, one.id),
        submitted=part.state is ParticipationState.SUBMITTED,
        on_behalf=policy.on_behalf(g.actor, one.id),
    )  # fmt: skip
    return page, 409 if refusal else 200


def _names(asking: Asking) -> dict[UUID, Any]:
    """The paragraphs of the text as pages show them, by lineage."""
    return {one.block.lineage: one for one in paragraphs_of(asking.draft)}


@blueprint.route("/<call>/<organisation>/<uuid:lineage>", methods=["GET", "POST"])
@access(policy.takes_part)
def paragraph(call: str, organisation: str, lineage: UUID) -> ResponseReturnValue:
    """Report on one paragraph; add evidence. A stale page shows both texts."""
    asking, one = reporter(call, organisation)
    line = queries.get_line(get_session(), asking, one, lineage)
    form = EditReport(language=line.report.language if line.report else current_language())
    if request.method != "POST":
        if line.report is not None:
            form.show(line.report)
        return _page(asking, one, line, form)
    if form.validate():
        try:
            with transaction():
                _save(asking, one, form, lineage)
        except ReportEditedElsewhere:
            return _conflict(asking, one, line, form)
        except DomainError as refusal:
            if refusal.status != DomainError.status:
                raise
            form.title.errors = [str(refusal.message)]
        else:
            return redirect(_onward(asking, one, lineage), code=303)
    return _page(asking, one, line, form)


def _save(asking: Asking, one: Organisation, form: EditReport, lineage: UUID) -> None:
    session = get_session()
    said = Said(
        lineage=lineage, status=form.status.data or "", measures=_lines(form.measures.data),
        difficulties=_lines(form.difficulties.data), next_steps=_lines(form.next_steps.data),
        language=form.language.data,
    )  # fmt: skip
    report = reporting.save(session, asking, one, said, acting(), edition=edition_of(form.edition))
    piece = _piece(form)
    if piece is not None:
        report = reporting.begun(session, asking, one, lineage, acting())
        report_evidence.add(session, report, piece, acting())
    for row in queries.evidence_of(session, [report.id])[report.id]:
        if str(row.id) == request.form.get("remove"):
            report_evidence.remove(session, report, row)


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _piece(form: EditReport) -> Piece | None:
    """The piece of evidence that was given with the page, if any."""
    file = request.files.get("file")
    data = file.stream.read(MOST_BYTES + 1) if file and file.filename else b""
    title, address = form.title.data or "", (form.address.data or "").strip()
    name = (file.filename or "") if file else ""
    return Piece(title, address, name, data) if title or address or name else None


def _onward(asking: Asking, one: Organisation, lineage: UUID) -> str:
    """The same page where evidence was added, else the next paragraph, else the overview."""
    call, code = asking.call.code, one.code
    if request.form.get("then") == "stay" or "remove" in request.form:
        flash(_("Saved."), "success")
        return url_for(
            ".paragraph", call=call, organisation=code, lineage=lineage, _anchor="evidence"
        )
    order = [line.block.lineage for line in queries.lines_of(get_session(), asking, one)]
    after = order[order.index(lineage) + 1 :]
    if after:
        return url_for(".paragraph", call=call, organisation=code, lineage=after[0])
    return url_for(".hub", call=call, organisation=code)


def _page(
    asking: Asking, one: Organisation, line: Line, form: EditReport, *,
    saved: ImplementationReport | None = None,
) -> ResponseReturnValue:  # fmt: skip
    part = reporting.part_of(get_session(), asking, one)
    is_closed = not is_open(asking.call, one.timezone, now())
    if request.method == "GET" and (is_closed or part.state is ParticipationState.SUBMITTED):
        return redirect(url_for(".hub", call=asking.call.code, organisation=one.code))
    held = queries.evidence_of(get_session(), [line.report.id] if line.report else [])
    problems = problems_of(form)
    page = render_template(
        "consult/reports/paragraph.html", asking=asking, organisation=one, line=line, form=form,
        paragraph=_names(asking)[line.block.lineage], saved=saved, problems=problems,
        evidence=held.get(line.report.id, []) if line.report else [],
        on_behalf=policy.on_behalf(g.actor, one.id),
        accept=",".join(f".{end}" for kind in accepted(Media.FILE) for end in kind.endings),
    )  # fmt: skip
    return page, 409 if saved else 400 if problems else 200


def _conflict(
    asking: Asking, one: Organisation, line: Line, form: EditReport
) -> ResponseReturnValue:
    """What was typed in the fields, what was saved meanwhile beside them."""
    session = get_session()
    saved = queries.reports_of(session, asking, one).get(line.block.lineage)
    if saved is None:
        raise DomainError(_l("This page is damaged. Load it again."))
    session.refresh(saved)
    form.edition.data = str(saved.edition)
    return _page(asking, one, line, form, saved=saved)


@blueprint.post("/<call>/<organisation>/<any(submit, reopen):act>")
@access(policy.takes_part)
def act(call: str, organisation: str, act: str) -> ResponseReturnValue:
    """Submit all reports, or take them up again."""
    asking, one = reporter(call, organisation, signs=True)
    try:
        with transaction() as session:
            if act == "submit":
                reporting.submit(session, asking, one, acting())
            else:
                reporting.reopen(session, asking, one, acting())
    except DomainError as refusal:
        return _hub(asking, one, str(refusal.message))
    told = _("Your reports are submitted. Thank you.")
    flash(told if act == "submit" else _("You can change your reports again."), "success")
    return redirect(url_for(".hub", call=call, organisation=organisation), code=303)


@blueprint.get("/evidence/<uuid:evidence_id>")
@access(policy.takes_part)
def download(evidence_id: UUID) -> ResponseReturnValue:
    """A file, to be saved: it is never shown inside a page, whatever its type."""
    row, report = queries.get_evidence(get_session(), evidence_id)
    check(policy.may_contribute(g.actor, report.organisation_id) and row.content is not None)
    if policy.on_behalf(g.actor, report.organisation_id):
        call, one = queries.whose(get_session(), report)
        _note_look(call.code, one)
    answer = send_file(
        BytesIO(row.content or b""), mimetype=row.content_type, as_attachment=True,
        download_name=row.name,
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return answer


def init_app(app: Flask) -> None:
    """Register the pages, and say where calls for reports lead."""
    app.register_blueprint(blueprint)
    app.extensions.setdefault("large_forms", {})["reports.paragraph"] = PAGE_BYTES
    destinations.register(CallKind.REPORTING, place_of)
