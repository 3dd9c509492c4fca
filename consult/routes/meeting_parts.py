"""What belongs to a meeting: sessions, documents, statements, contributions taken from it."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.forms.meetings import AddDocument, EditSession, EditStatement
from consult.models import Meeting, MeetingDocument, MeetingSession, Statement
from consult.policy import is_staff, may_enter, may_submit, takes_part
from consult.queries import meetings as queries
from consult.routes.meetings import act, blueprint, meeting_of
from consult.services import meeting_records as records
from consult.services import meetings as services
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import LANGUAGES, current_language
from core.web import POLICY
from movement.words import name_of

PAGE_BYTES = records.MOST_BYTES + 1_000_000


def _back(meeting: Meeting, place: str, refused: str = "") -> ResponseReturnValue:
    flash(refused or _("Saved."), "error" if refused else "success")
    return redirect(url_for(".show", code=meeting.code, _anchor=place), code=303)


def _of(meeting: Meeting, kind: type[Any], row_id: UUID) -> Any:
    """A row of this very meeting; otherwise there is no such page."""
    row = get_session().get(kind, row_id)
    check(row is not None and row.meeting_id == meeting.id)
    return row


@blueprint.route("/<code>/sessions/add", methods=["GET", "POST"])
@access(is_staff)
def add_session(code: str) -> ResponseReturnValue:
    """Add a session with its record."""
    return _session_page(meeting_of(code), None)


@blueprint.route("/<code>/sessions/<uuid:session_id>", methods=["GET", "POST"])
@access(is_staff)
def edit_session(code: str, session_id: UUID) -> ResponseReturnValue:
    """Correct a session's sub-theme and record."""
    meeting = meeting_of(code)
    return _session_page(meeting, _of(meeting, MeetingSession, session_id))


def _session_page(meeting: Meeting, one: MeetingSession | None) -> ResponseReturnValue:
    seen = services.stamp(one) if one else ""
    form = EditSession(data={
        "title": one.title if one else "", "record": one.record if one else "", "seen": seen,
    })  # fmt: skip
    status = 200
    if form.validate_on_submit():
        minutes = services.Minutes(form.title.data or "", form.record.data or "")
        try:
            with transaction() as session:
                if one is None:
                    services.add_session(session, meeting, minutes, act())
                else:
                    services.correct_session(
                        session, meeting, one, minutes, act(), seen=form.seen.data or ""
                    )
        except DomainError as refusal:
            status = _refused(form, refusal, "record", one)
        else:
            return _back(meeting, "sessions")
    page = render_template(
        "consult/meetings/session.html", form=form, meeting=meeting, one=one,
        conflict=status == services.ChangedElsewhere.status,
    )  # fmt: skip
    return page, 400 if form.errors and status == 200 else status  # noqa: PLR2004


def _refused(form: Any, refusal: DomainError, field: str, row: Any) -> int:
    """The reason beside a field; a page that came second goes on from what stands now."""
    if isinstance(refusal, services.ChangedElsewhere):
        form.seen.data = services.stamp(row)
    form[field].errors = [str(refusal.message)]
    return refusal.status


@blueprint.post("/<code>/sessions/<uuid:session_id>/remove")
@access(is_staff)
def remove_session(code: str, session_id: UUID) -> ResponseReturnValue:
    """Take a session out."""
    meeting = meeting_of(code)
    one = _of(meeting, MeetingSession, session_id)
    with transaction() as session:
        services.remove_session(session, meeting, one, act())
    return _back(meeting, "sessions")


@blueprint.route("/<code>/documents/add", methods=["GET", "POST"])
@access(is_staff)
def documents(code: str) -> ResponseReturnValue:
    """Add a document."""
    meeting, form, status = meeting_of(code), AddDocument(), 200
    if form.validate_on_submit():
        sent = form.file.data
        data = sent.stream.read(records.MOST_BYTES + 1) if sent else b""
        try:
            with transaction() as session:
                records.add_document(
                    session, meeting, (sent.filename or "") if sent else "", data, act(),
                    title=form.title.data or "",
                )  # fmt: skip
        except DomainError as refusal:
            status = _refused(form, refusal, "file", None)
        else:
            return _back(meeting, "documents")
    page = render_template("consult/meetings/document.html", form=form, meeting=meeting)
    return page, 400 if form.errors and status == 200 else status  # noqa: PLR2004


@blueprint.get("/<code>/documents/<uuid:document_id>")
@access(may_enter)
def download(code: str, document_id: UUID) -> ResponseReturnValue:
    """A document, to be saved: it is never shown inside a page, whatever its type."""
    row = _of(meeting_of(code), MeetingDocument, document_id)
    answer = send_file(
        BytesIO(row.content), mimetype=row.content_type, as_attachment=True, download_name=row.name
    )
    answer.headers["Content-Security-Policy"] = f"{POLICY}; sandbox"
    return answer


@blueprint.post("/<code>/documents/<uuid:document_id>/remove")
@access(is_staff)
def remove_document(code: str, document_id: UUID) -> ResponseReturnValue:
    """Take a document away."""
    meeting = meeting_of(code)
    row = _of(meeting, MeetingDocument, document_id)
    with transaction() as session:
        records.remove_document(session, meeting, row, act())
    return _back(meeting, "documents")


@blueprint.route("/<code>/statements/add", methods=["GET", "POST"])
@access(is_staff)
def add_statement(code: str) -> ResponseReturnValue:
    """Record what an organisation said."""
    return _statement_page(meeting_of(code), None)


@blueprint.route("/<code>/statements/<uuid:statement_id>", methods=["GET", "POST"])
@access(is_staff)
def edit_statement(code: str, statement_id: UUID) -> ResponseReturnValue:
    """Correct the record of a statement."""
    meeting = meeting_of(code)
    return _statement_page(meeting, _of(meeting, Statement, statement_id))


def _statement_page(meeting: Meeting, one: Statement | None) -> ResponseReturnValue:
    form, status = _statement_form(meeting, one), 200
    if form.validate_on_submit():
        spoken = records.Spoken(
            UUID(form.organisation.data), form.text.data or "", form.language.data,
            bool(form.consent.data), UUID(form.session.data) if form.session.data else None,
            renewed=bool(form.renewed.data),
        )  # fmt: skip
        try:
            with transaction() as session:
                if one is None:
                    records.record_statement(session, meeting, spoken, act())
                else:
                    records.correct_statement(
                        session, meeting, one, spoken, act(), seen=form.seen.data or ""
                    )
        except DomainError as refusal:
            status = _refused(form, refusal, "text", one)
            if one is not None and isinstance(refusal, services.ChangedElsewhere):
                # A tick from before would undo what the organisation has said of it since.
                form.consent.data, form.renewed.data = one.consent, False
        else:
            return _back(meeting, "statements")
    page = render_template(
        "consult/meetings/statement.html", form=form, meeting=meeting, one=one,
        conflict=status == services.ChangedElsewhere.status,
    )  # fmt: skip
    return page, 400 if form.errors and status == 200 else status  # noqa: PLR2004


def _statement_form(meeting: Meeting, one: Statement | None) -> EditStatement:
    session, language = get_session(), current_language()
    stored: dict[str, Any] = {"language": language if language in LANGUAGES else "en"}
    if one is not None:
        stored = {
            "organisation": str(one.organisation_id), "text": one.text, "language": one.language,
            "session": str(one.session_id or ""), "consent": one.consent,
            "seen": services.stamp(one),
        }  # fmt: skip
    form = EditStatement(data=stored)
    form.organisation.choices = sorted(
        ((str(each.id), name_of(each, language)) for each in queries.speakers(session)),
        key=lambda pair: pair[1],
    )
    form.session.choices = [("", _("The meeting as a whole"))] + [
        (str(each.id), each.title) for each in queries.sessions_of(session, meeting)
    ]
    return form


@blueprint.post("/<code>/statements/<uuid:statement_id>/consent/<any(give,withdraw):answer>")
@access(takes_part)
def consent(code: str, statement_id: UUID, answer: str) -> ResponseReturnValue:
    """Agree that other participants read a statement, or take that back."""
    meeting = meeting_of(code)
    one = _of(meeting, Statement, statement_id)
    check(may_submit(g.actor, one.organisation_id))
    try:
        with transaction() as session:
            if answer == "give":
                seen = request.form.get("seen", "")
                records.give_consent(session, meeting, one, act(), seen=seen)
            else:
                records.take_consent_back(session, meeting, one, act())
    except services.ChangedElsewhere:
        return _back(
            meeting, "statements",
            refused=_("This statement was corrected since you opened the page. Read it again "
                      "below, then decide whether others may."),
        )  # fmt: skip
    return _back(meeting, "statements")


@blueprint.post("/<code>/statements/<uuid:statement_id>/remove")
@access(is_staff)
def remove_statement(code: str, statement_id: UUID) -> ResponseReturnValue:
    """Take a statement out of the record."""
    meeting = meeting_of(code)
    one = _of(meeting, Statement, statement_id)
    with transaction() as session:
        records.remove_statement(session, meeting, one, act())
    return _back(meeting, "statements")
