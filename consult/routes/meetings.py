"""Meetings of a process: the list, one with all it left behind, beginning and correcting one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from consult.forms.meetings import EditMeeting
from consult.models import Consultation, Meeting
from consult.policy import is_staff, may_enter, may_read, may_submit
from consult.queries import meetings as queries
from consult.queries.consultations import consultations
from consult.routes.meeting_texts import shown_text
from consult.services import meetings as services
from consult.services.drafts import Act
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.errors import Conflict, DomainError
from core.i18n import LANGUAGES, current_language
from core.texts import lazy as _l
from movement import timeline
from movement.models import Group, Process
from movement.queries.directory import groups
from movement.queries.processes import get_process, processes

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")


@dataclass(frozen=True)
class Around:
    """What a meeting belongs to."""

    meeting: Meeting
    process: Process
    group: Group | None
    consultation: Consultation | None


def meeting_of(code: str) -> Meeting:
    """Let in who may read the meeting; to others there is no such page."""
    session = get_session()
    meeting = queries.get_meeting(session, code)
    asked = queries.asked_in_process(session, meeting.process_id)
    check(may_read(g.actor, meeting.process_id, asked))
    return meeting


def around(session: Session, meeting: Meeting) -> Around:
    """A meeting with its process, its group and the text it speaks of."""
    return Around(
        meeting,
        session.get_one(Process, meeting.process_id),
        session.get(Group, meeting.group_id) if meeting.group_id else None,
        session.get(Consultation, meeting.consultation_id) if meeting.consultation_id else None,
    )


def act() -> Act:
    """How records name what the signed-in person does now."""
    return Act(now(), g.actor.label)


@blueprint.get("")
@access(may_enter)
def index() -> ResponseReturnValue:
    """The meetings this person may read, the latest first."""
    session = get_session()
    mine = queries.readable_ones(session, g.actor, queries.find_meetings(session))
    return render_template(
        "consult/meetings/index.html", meetings=[around(session, one) for one in mine],
        runs=is_staff(g.actor),
    )  # fmt: skip


@blueprint.get("/<code>")
@access(may_enter)
def show(code: str) -> ResponseReturnValue:
    """A meeting: concept note, documents, sessions, statements, the text agreed."""
    meeting, session = meeting_of(code), get_session()
    runs = is_staff(g.actor)
    return render_template(
        "consult/meetings/show.html",
        here=around(session, meeting),
        documents=queries.documents_of(session, meeting),
        sessions=queries.sessions_of(session, meeting),
        statements=queries.heard_by(session, g.actor, meeting),
        taken=queries.taken_from(session, meeting) if runs else (),
        number_taken=queries.number_taken(session, meeting),
        shown=shown_text,
        stamp=services.stamp,
        runs=runs,
        signs=lambda organisation: may_submit(g.actor, organisation.id),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@access(is_staff)
def new() -> ResponseReturnValue:
    """Begin a meeting."""
    form = _form(None)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                process = get_process(session, form.of_process.data)
                code = (form.code.data or "").strip()
                made = services.begin(session, process, code, _details(session, form), act())
        except DomainError as refusal:
            _beside(form, refusal)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", code=made.code), code=303)
    page = render_template("consult/meetings/edit.html", form=form, meeting=None, conflict=False)
    return page, 400 if form.errors else 200


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@access(is_staff)
def edit(code: str) -> ResponseReturnValue:
    """Correct what is said of a meeting."""
    meeting = meeting_of(code)
    form, conflict = _form(meeting), False
    if form.validate_on_submit():
        try:
            with transaction() as session:
                details = _details(session, form)
                services.correct(session, meeting, details, act(), seen=form.seen.data or "")
        except DomainError as refusal:
            conflict = isinstance(refusal, services.ChangedElsewhere)
            _beside(form, refusal)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".show", code=code), code=303)
    if conflict:
        form.seen.data = services.stamp(meeting)
    page = render_template(
        "consult/meetings/edit.html", form=form, meeting=meeting, conflict=conflict
    )
    return page, 409 if conflict else 400 if form.errors else 200


def _form(meeting: Meeting | None) -> EditMeeting:
    session, language = get_session(), current_language()
    form = EditMeeting(data=_values(session, meeting) if meeting else _chosen())
    form.of_process.choices = [
        (one.code, one.titles.get(language) or one.code) for one in processes(session)
    ]
    if meeting:
        del form.code, form.of_process
        listed = queries.consultations_in(session, meeting.process_id)
    else:
        listed = consultations(session)
    named = [(one.code, one.titles.get(language) or one.code) for one in listed]
    form.consultation.choices = [("", "–"), *named]
    of_groups = [(one.code, one.names.get(language) or one.code) for one, _n in groups(session)]
    form.group.choices = [("", "–"), *of_groups]
    return form


def _chosen() -> dict[str, Any]:
    """What a new meeting's form begins with: the process one comes from."""
    return {"of_process": request.args.get("process", "")}


def _values(session: Session, meeting: Meeting) -> dict[str, Any]:
    placed = around(session, meeting)
    stored = {f"title_{language}": meeting.titles.get(language, "") for language in LANGUAGES}
    return stored | {
        "begins_on": meeting.begins_on, "ends_on": meeting.ends_on, "place": meeting.place,
        "group": placed.group.code if placed.group else "",
        "consultation": placed.consultation.code if placed.consultation else "",
        "concept": meeting.concept, "agreed_text": meeting.agreed_text,
        "seen": services.stamp(meeting),
    }  # fmt: skip


def _details(session: Session, form: EditMeeting) -> services.Details:
    assert form.begins_on.data and form.ends_on.data  # noqa: S101, PT018 - the form requires them
    chosen = [one for one, _n in groups(session) if one.code == form.group.data]
    text = [one for one in consultations(session)
            if one.code == form.consultation.data]  # fmt: skip
    return services.Details(
        form.titles(), form.begins_on.data, form.ends_on.data, form.place.data or "",
        chosen[0].id if chosen else None, text[0].id if text else None,
        form.concept.data or "", form.agreed_text.data or "",
    )  # fmt: skip


def _beside(form: EditMeeting, refusal: DomainError) -> None:
    """The reason beside the field where it is mended."""
    names = {"consultation_id": "consultation"}
    if isinstance(refusal, services.BadMeeting):
        form[names.get(refusal.field, refusal.field)].errors = [str(refusal.message)]
    elif isinstance(refusal, Conflict) and "code" in form:
        form.code.errors = [str(refusal.message)]
    else:
        form.seen.errors = [str(refusal.message)]


def on_the_line(session: Session, process: Process) -> Iterator[timeline.Event]:
    """The meetings of a process, on its line of time."""
    today = now().date()
    for one in queries.meetings_in(session, process.id):
        over, begun = one.ends_on < today, one.begins_on <= today
        state = (_l("Over"), "done") if over else (_l("Now"), "doing") if begun else (
            _l("To come"), "idle")  # fmt: skip
        page = url_for("meetings.show", code=one.code)
        yield timeline.Event(
            kind=_l("Meeting"), titles=one.titles or {"en": one.code}, begins=one.begins_on,
            ends=one.ends_on, state=state[0], tone=state[1], path=page, overview=page,
        )  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the pages, their line of the menu, and the meetings of every timeline."""
    from consult.routes import meeting_parts, meeting_taking  # noqa: F401, PLC0415 - add pages

    app.register_blueprint(blueprint)
    large = app.extensions.setdefault("large_forms", {})
    large["meetings.documents"] = meeting_parts.PAGE_BYTES
    timeline.register(on_the_line)
