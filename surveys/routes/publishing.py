"""Publishing a draft: what is missing, what changes and for whom; test runs; the archive."""

from datetime import date
from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.clock import now
from core.db import get_session, transaction
from core.errors import Conflict, DomainError, NotFound
from core.texts import lazy as _l
from movement.queries.calls import get_call
from movement.queries.participation import participants
from surveys.models import Survey
from surveys.queries.publishing import documents_of, live_waves, versions_by_number
from surveys.queries.waves import get_survey
from surveys.questionnaire_policy import may_author
from surveys.routes.authoring_desk import Desk
from surveys.routes.change_words import effect, in_words, spoken_by
from surveys.services import archiving, reviewing, trials
from surveys.services.drafts import find_draft
from surveys.services.publishing import NotReady, Pending, pending, publish_draft
from surveys.services.readiness import doubts, undecided

blueprint = Blueprint("publishing", __name__, url_prefix="/surveys")
DECISION = "why_"
LONGEST_REASON = 500


@blueprint.get("/<code>/publish")
@access(may_author)
def show(code: str) -> ResponseReturnValue:
    """How far a survey's draft is, and what publishing it would do."""
    return _page(get_survey(get_session(), code))


@blueprint.post("/<code>/publish")
@access(may_author)
def publish(code: str) -> ResponseReturnValue:
    """Publish the draft as the page showed it; a stale page is shown anew, its words kept."""
    survey = get_survey(get_session(), code)
    try:
        with transaction() as session:
            version = publish_draft(
                session, survey, shown=request.form.get("shown", ""), decided=_decided(),
                now=now(), by=g.actor,
            )  # fmt: skip
            number = version.number
    except NotReady as refusal:
        return _page(survey, refusal=refusal), 422
    except Conflict as refusal:
        return _page(survey, refusal=refusal), 409
    flash(_("Version %(number)s is published.", number=number), "success")
    return redirect(url_for("surveys.show", code=code), code=303)


def _decided() -> dict[str, str]:
    """Why each language is published with gaps, where somebody said so."""
    return {
        name.removeprefix(DECISION): text.strip()[:LONGEST_REASON]
        for name, text in request.form.items()
        if name.startswith(DECISION) and text.strip()
    }


def _page(survey: Survey, *, refusal: DomainError | None = None) -> str:
    session = get_session()
    session.refresh(survey)
    plan = pending(session, survey, now=now()) if find_draft(session, survey) else None
    lacking = isinstance(refusal, NotReady)
    return render_template(
        "surveys/publishing/show.html",
        survey=survey,
        plan=plan,
        numbers=list(versions_by_number(session, survey)),
        reviews=reviewing.reviews_of(session, survey),
        trials=trials.trials_of(session, survey),
        refusal=refusal,
        decided=_decided(),
        undecided=undecided(plan.gaps, _decided()) if plan and lacking else [],
        **(_details(survey, plan) if plan else {}),
    )


def _details(survey: Survey, plan: Pending) -> dict[str, Any]:
    session = get_session()
    spoken = spoken_by(plan.document)
    before = documents_of(session, survey).get(plan.since, plan.document)
    changes = [
        (in_words(one.change, before, plan.document, spoken), one, effect(one))
        for one in plan.changes
    ]
    return {
        "desk": Desk(survey, plan.draft, plan.document),
        "spoken": spoken,
        "changes": changes,
        "waves": live_waves(session, plan.calls),
        "doubts": doubts(plan.document),
    }


@blueprint.post("/<code>/rules")
@access(may_author)
def rules(code: str) -> ResponseReturnValue:
    """Whether drafts of this survey need a second pair of eyes."""
    with transaction() as session:
        survey = get_survey(session, code)
        wanted = bool(request.form.get("second_pair"))
        reviewing.set_rule(session, survey, second_pair=wanted, now=now(), by=g.actor)
    flash(_("Saved."), "success")
    return redirect(url_for(".show", code=code), code=303)


@blueprint.post("/<code>/archive")
@access(may_author)
def archive(code: str) -> ResponseReturnValue:
    """Put a survey with its waves into the archive, or take it out again."""
    act = archiving.take_out if request.form.get("back") else archiving.archive
    with transaction() as session:
        act(session, get_survey(session, code), now=now(), by=g.actor)
    flash(_("Done."), "success")
    return redirect(url_for(".show", code=code), code=303)


@blueprint.route("/<code>/trial", methods=["GET", "POST"])
@access(may_author)
def trial(code: str) -> ResponseReturnValue:
    """Choose who tries the draft, and until when."""
    survey = get_survey(get_session(), code)
    error = ""
    if request.method == "POST":
        try:
            with transaction() as session:
                trials.open_trial(
                    session, survey, request.form.get("organisations", "").split(","),
                    closes_on=_day(request.form.get("closes_on", "")), now=now(), by=g.actor,
                )  # fmt: skip
        except DomainError as refusal:
            error = str(refusal.message)
        else:
            flash(_("The test run is open. Its answers are not counted."), "success")
            return redirect(url_for(".show", code=code, _anchor="trials"), code=303)
    page = render_template("surveys/publishing/trial.html", survey=survey, error=error)
    return page, 422 if error else 200


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DomainError(_l("Choose the last day of the test run.")) from None


@blueprint.get("/<code>/trials/<call>")
@access(may_author)
def trial_run(code: str, call: str) -> ResponseReturnValue:
    """A test run: who tries it and how far each is."""
    session = get_session()
    survey, found = get_survey(session, code), _trial(code, call)
    g.test_run = True
    return render_template(
        "surveys/publishing/trial_run.html",
        survey=survey,
        call=found,
        lines=participants(session, found.id),
    )


@blueprint.post("/<code>/trials/<call>/delete")
@access(may_author)
def end_trial(code: str, call: str) -> ResponseReturnValue:
    """Delete a test run with all its answers."""
    with transaction() as session:
        trials.end_trial(session, _trial(code, call), now=now(), by=g.actor)
    flash(_("The test run and its answers are deleted."), "success")
    return redirect(url_for(".show", code=code), code=303)


def _trial(code: str, call: str) -> Any:
    session = get_session()
    found = get_call(session, call)
    if found.id not in {one.id for one in trials.trials_of(session, get_survey(session, code))}:
        raise NotFound(_l("There is no such page."))
    return found


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
