"""Authoring in the browser: beginning a survey or a version, and the outline of a draft."""

from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import DomainError
from core.i18n import current_language
from core.texts import lazy
from surveys.definition import Questionnaire, text_in
from surveys.editing import questions, sections
from surveys.editing.codes import code_from
from surveys.editing.parts import get_question, get_section
from surveys.editing.refusals import StillUsed
from surveys.forms.authoring import AddSection, NewSurvey
from surveys.queries import authoring as queries
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author
from surveys.routes.authoring_desk import Desk, desk
from surveys.services import authoring, drafts

blueprint = Blueprint("authoring", __name__, url_prefix="/surveys")
SECTION_ACTS = {"up": -1, "down": 1}


@blueprint.route("/new", methods=["GET", "POST"])
@access(may_author)
def new() -> ResponseReturnValue:
    """Begin a survey: empty, or with the questions of one there is."""
    session = get_session()
    language = current_language()
    form = NewSurvey(data={"language": language, "copy_of": request.args.get("copy_of", "")})
    past = queries.past_versions(session)
    form.offer(
        [(p.code, text_in(p.titles, language) or p.code) for p in queries.processes(session)],
        [(str(p.version_id), _past_words(p, language)) for p in past],
    )
    if form.validate_on_submit():
        code = form.code.data or _proposed(form.title.data or "", {p.survey for p in past})
        if _began(form, code):
            return redirect(url_for(".outline", code=code), code=303)
    page = render_template("surveys/authoring/new.html", form=form)
    return page, 400 if form.errors else 200


def _past_words(past: queries.Past, language: str) -> str:
    title = text_in(past.titles, language) or past.survey
    return str(_("%(title)s, version %(number)s", title=title, number=past.number))


def _proposed(title: str, taken: set[str]) -> str:
    return code_from(title, taken, fallback="survey").replace("_", "-")


def _began(form: NewSurvey, code: str) -> bool:
    """Whether the survey could be begun; what is wrong stands beside its field else."""
    copied = UUID(form.copy_of.data) if form.copy_of.data else None
    languages = form.languages()
    beginning = authoring.Beginning(
        code, {languages[0]: form.title.data or ""}, languages, form.belongs.data or "", copied
    )
    try:
        with transaction() as session:
            authoring.begin(session, beginning, now=now(), by=g.actor)
    except DomainError as refusal:
        form.code.errors = [*form.code.errors, str(refusal.message)]
        return False
    return True


@blueprint.route("/<code>/draft/begin", methods=["GET", "POST"])
@access(may_author)
def begin(code: str) -> ResponseReturnValue:
    """Begin the next version with one that is published."""
    session = get_session()
    survey = get_survey(session, code)
    if request.method == "POST":
        chosen = _version_id(request.form.get("version", ""))
        with transaction() as session:
            authoring.begin_next(session, survey, chosen, now=now(), by=g.actor)
        return redirect(url_for(".outline", code=code), code=303)
    if drafts.find_draft(session, survey) is not None:
        return redirect(url_for(".outline", code=code))
    past = [p for p in queries.past_versions(session) if p.survey == code]
    return render_template("surveys/authoring/begin.html", survey=survey, past=past)


def _version_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise DomainError(lazy("Choose one of the versions.")) from None


@blueprint.get("/<code>/draft")
@access(may_author)
def outline(code: str) -> ResponseReturnValue:
    """All sections and questions of the draft, with what to look at before publishing."""
    return _outline(desk(code), AddSection(formdata=None))


def _outline(here: Desk, form: AddSection, refused: StillUsed | None = None) -> ResponseReturnValue:
    status = 409 if refused else 400 if form.errors else 200
    return here.page("outline.html", status, form=form, refused=refused)


@blueprint.post("/<code>/draft/sections")
@access(may_author)
def add_section(code: str) -> ResponseReturnValue:
    """Add a section at the end."""
    here = desk(code)
    form = AddSection()
    if not form.validate():
        return _outline(here, form)
    made: list[str] = []
    title = form.title.data or ""

    def make(document: Questionnaire) -> Questionnaire:
        texts = {document.languages[0]: title}
        changed, section = sections.add_section(document, texts)
        made.append(section.code)
        return changed

    here.change("add_section", title, make)
    return redirect(url_for(".outline", code=code, _anchor=f"s-{made[-1]}"), code=303)


@blueprint.post("/<code>/draft/act")
@access(may_author)
def act(code: str) -> ResponseReturnValue:
    """A button of the outline: WHAT:ACTION:WHICH, such as question:up:UID."""
    here = desk(code)
    what, action, which, *rest = [*request.form.get("do", "").split(":"), "", "", ""]
    try:
        if what == "section":
            anchor = _act_on_section(here, action, which)
        elif what == "question":
            anchor = _act_on_question(here, action, _uid(which), rest[0])
        else:
            raise _damaged()
    except StillUsed as refusal:
        return _outline(desk(code), AddSection(formdata=None), refusal)
    return redirect(url_for(".outline", code=code, _anchor=anchor), code=303)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise _damaged() from None


def _damaged() -> DomainError:
    """What no button of the outline says; one that names what is gone by now is a NotFound."""
    return DomainError(lazy("This page is damaged. Open it again."))


def _act_on_section(here: Desk, action: str, which: str) -> str:
    """Do it; return where to look afterwards."""
    anchor, about = f"s-{which}", here.worded(get_section(here.document, which))
    if action in SECTION_ACTS:
        steps = SECTION_ACTS[action]
        here.change("move_section", about, lambda d: sections.move_section(d, which, steps))
    elif action == "double":
        here.change("double_section", about, lambda d: sections.double_section(d, which)[0])
    elif action == "delete":
        here.change("delete_section", about, lambda d: sections.delete_section(d, which))
        anchor = ""
    else:
        raise _damaged()
    return anchor


def _act_on_question(here: Desk, action: str, uid: UUID, other: str) -> str:
    asked = get_question(here.document, uid)
    about = here.worded(asked)
    anchor = f"q-{uid}"
    match action:
        case "up" | "down":
            up = action == "up"
            here.change("move_question", about, lambda d: questions.move_question(d, uid, up=up))
        case "before":
            target = _uid(other)
            here.change("move_question", about, lambda d: questions.place_question(d, uid, target))
        case "into":
            here.change("move_question", about, lambda d: questions.move_to_section(d, uid, other))
        case "double":
            here.change("double_question", about, lambda d: questions.double_question(d, uid)[0])
        case "delete":
            here.change("delete_question", about, lambda d: questions.delete_question(d, uid))
            anchor = f"s-{here.document.section_of[asked.code]}"
        case _:
            raise _damaged()
    return anchor


@blueprint.post("/<code>/draft/undo")
@access(may_author)
def undo(code: str) -> ResponseReturnValue:
    """Take the last change back."""
    here = desk(code)
    edition = request.form.get("edition", "")
    with transaction() as session:
        drafts.undo(
            session,
            here.survey,
            edition=int(edition) if edition.isdecimal() and len(edition) < 9 else -1,  # noqa: PLR2004 -- digits
            now=now(),
            by=g.actor,
        )
    flash(_("Taken back: %(what)s.", what=here.last_words), "success")
    return redirect(url_for(".outline", code=code), code=303)


@blueprint.post("/<code>/draft/give-up")
@access(may_author)
def give_up(code: str) -> ResponseReturnValue:
    """Delete the draft; published versions stay."""
    here = desk(code)
    with transaction() as session:
        drafts.give_up(session, here.survey)
    flash(_("The draft is deleted."), "success")
    return redirect(url_for("surveys.index"), code=303)


def init_app(app: Flask) -> None:
    """Add the pages; the modules of questions, sections and previews hang theirs on the same."""
    from surveys.routes import (  # noqa: F401, PLC0415 -- importing them adds their routes
        authoring_groups,
        authoring_parts,
        authoring_preview,
        authoring_questions,
    )

    app.register_blueprint(blueprint)
