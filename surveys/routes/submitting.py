"""After answering: checking all answers, submitting, receipt, reopening, declining, history."""

from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import audit, outbox
from core.access import access, check
from core.clock import now
from core.db import get_session, transaction
from core.links import external_for
from surveys import policy
from surveys.completeness import MISSING, Problem, all_doubts, all_problems
from surveys.confirming import answer_at, mark_of, read_said
from surveys.models import ResponseState, Submission
from surveys.queries import responses as queries
from surveys.receipts import receipt_letter
from surveys.routes.copies import answers_in_words
from surveys.routes.news import news_for
from surveys.routes.visit import Visit, mail_soon, visit
from surveys.services import declining, responses

blueprint = Blueprint("submitting", __name__)
LONGEST_REASON = 500
OK = 200
UNSEEN = 409
UNFINISHED = 422


@blueprint.get("/responses/<uuid:response_id>/check")
@access(policy.answers_somewhere)
def review(response_id: UUID) -> ResponseReturnValue:
    """All answers on one page, what is missing named, and the button to submit."""
    here = visit(queries.get_response(get_session(), response_id))
    return _review_page(here)


def _review_page(here: Visit, status: int = OK) -> ResponseReturnValue:
    problems = all_problems(here.questionnaire, here.entered, now=here.moment)
    doubts = all_doubts(here.questionnaire, here.entered, now=here.moment)
    page = render_template(
        "surveys/answering/review.html",
        visit=here,
        problems=[
            (_problem_url(here, code, p), problem_text(p, here.language))
            for code, found in problems.items()
            for p in found
        ],
        doubts=[
            (_problem_url(here, code, p), p, mark_of(answer_at(here.entered.answers, p.key)))
            for code, found in doubts.items()
            for p in found
        ],
        sections=answers_in_words(here, here.entered.answers),
        right=request.form.getlist("right"),
        unconfirmed=status == UNFINISHED and bool(doubts),
        unseen=status == UNSEEN,
        submitted=here.response.state is ResponseState.SUBMITTED,
        key=str(uuid4()),
    )
    return page, status


def _problem_url(here: Visit, code: str, problem: Problem) -> str:
    return url_for(
        "responses.section",
        response_id=here.response.id,
        code=code,
        check=1,
        _anchor=f"q_{problem.key}".replace("/", "."),
    )


def problem_text(problem: Problem, language: str) -> str:
    """The question and what is wrong with its answer, unless it merely lacks one."""
    asked = problem.about(language)
    if problem.message == MISSING and not problem.texts:
        return asked
    return f"{asked} – {problem.sentence(language)}"


@blueprint.post("/responses/<uuid:response_id>/submit")
@access(policy.answers_somewhere)
def submit(response_id: UUID) -> ResponseReturnValue:
    """Submit for the organisation. Sending the page again leads to the same receipt."""
    here = visit(queries.get_response(get_session(), response_id, changing=True))
    check(here.may_submit, hide=False)
    if news_for(here):
        return _review_page(here, UNSEEN)
    key = request.form.get("key", "")[:100] or str(uuid4())
    try:
        with transaction() as session:
            submission = responses.submit(
                session,
                here.asked,
                here.questionnaire,
                key=key,
                now=here.arrived,
                by=here.author,
                said=read_said(request.form.getlist("offered"), request.form.getlist("right")),
            )
            _queue_receipt(here, submission)
    except responses.Incomplete:
        return _review_page(here, UNFINISHED)
    except responses.Moved:
        flash(_("The questionnaire was changed meanwhile. See what is new, then submit."), "info")
        return redirect(url_for("responses.hub", response_id=response_id), code=303)
    mail_soon()
    return redirect(url_for(".receipt", response_id=response_id), code=303)


def _queue_receipt(here: Visit, submission: Submission) -> None:
    link = external_for("submitting.receipt", response_id=here.response.id)
    letter = receipt_letter(here.asked, submission, to=here.actor, link=link)
    outbox.queue(get_session(), letter, now=now(), domain=urlsplit(link).hostname or "localhost")


@blueprint.get("/responses/<uuid:response_id>/receipt")
@access(policy.answers_somewhere)
def receipt(response_id: UUID) -> ResponseReturnValue:
    """What was received, when, from whom, under which reference; with a copy of the answers."""
    here = visit(queries.get_response(get_session(), response_id))
    submission = queries.find_submission(get_session(), response_id)
    if submission is None:
        return redirect(url_for("responses.hub", response_id=response_id))
    return render_template(
        "surveys/answering/receipt.html",
        visit=here,
        submission=submission,
        sections=answers_in_words(here, submission.answers),
        current=here.response.state is ResponseState.SUBMITTED,
    )


@blueprint.post("/responses/<uuid:response_id>/reopen")
@access(policy.answers_somewhere)
def reopen(response_id: UUID) -> ResponseReturnValue:
    """Make the response changeable again."""
    here = visit(queries.get_response(get_session(), response_id, changing=True))
    check(here.may_submit, hide=False)
    with transaction() as session:
        responses.reopen(session, here.asked, now=here.arrived)
        _audit(here, "response.reopened")
    flash(_("The response is open again. Submit it when you have changed it."), "info")
    return redirect(url_for("responses.hub", response_id=response_id), code=303)


@blueprint.post("/answer/<call>/<organisation>/decline")
@access(policy.answers_somewhere)
def decline(call: str, organisation: str) -> ResponseReturnValue:
    """The organisation says it won't take part, or takes that back."""
    here = visit(queries.get_asked(get_session(), call, organisation))
    check(here.may_submit, hide=False)
    with transaction() as session:
        if request.form.get("back"):
            declining.undecline(session, here.asked, now=now())
            _audit(here, "participation.undeclined")
        else:
            reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
            declining.decline(session, here.asked, reason, now=now())
            _audit(here, "participation.declined")
    return redirect(url_for("responses.begin", call=call, organisation=organisation), code=303)


@blueprint.get("/responses/<uuid:response_id>/history")
@access(policy.answers_somewhere)
def history(response_id: UUID) -> ResponseReturnValue:
    """Every change of an answer: who, when, from what to what."""
    here = visit(queries.get_response(get_session(), response_id))
    changes = []
    for change in queries.history_of(get_session(), response_id):
        question = here.questionnaire.by_code.get(change.question)
        if question is not None:
            before = here.in_words(question, change.before)
            after = here.in_words(question, change.after)
            changes.append((change, question, before, after))
    return render_template("surveys/answering/history.html", visit=here, changes=changes)


def _audit(here: Visit, action: str) -> None:
    about = f"{here.asked.call.code}/{here.asked.organisation.code}"
    audit.record(get_session(), action, about=about, now=now(), by=here.actor)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
