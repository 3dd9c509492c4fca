"""Authoring: the page of one question, and adding one."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.errors import DomainError
from surveys.definition import Question, QuestionKind, Questionnaire
from surveys.editing import questions
from surveys.editing.parts import find_question, get_question, get_section
from surveys.forms.authoring import AddQuestion
from surveys.forms.authoring_question import QuestionForm, earlier_questions, question_form
from surveys.forms.authoring_texts import problems_of
from surveys.forms.authoring_words import differing
from surveys.questionnaire_policy import may_author
from surveys.routes.authoring import blueprint
from surveys.routes.authoring_desk import Desk, desk, remembered
from surveys.services.drafts import ChangedElsewhere


@blueprint.route("/<code>/draft/sections/<section>/add", methods=["GET", "POST"])
@access(may_author)
def add_question(code: str, section: str) -> ResponseReturnValue:
    """Choose a kind, write the question; then its own page opens."""
    here = desk(code)
    chosen = get_section(here.document, section)
    form = AddQuestion(data={"repeat": request.args.get("repeat", "")})
    kind = form.kind.data or ""
    if form.validate_on_submit() and kind in set(QuestionKind):
        made = _add(here, section, QuestionKind(kind), form)
        return redirect(url_for(".question", code=code, uid=made.uid), code=303)
    if request.method == "POST" and kind not in set(QuestionKind):
        form.kind.errors = [_("Choose a kind.")]
    status = 400 if request.method == "POST" else 200
    return here.page("add.html", status, section=chosen, form=form, problems=problems_of(form))


def _add(here: Desk, section: str, kind: QuestionKind, form: AddQuestion) -> Question:
    made: list[Question] = []
    text = form.text.data or ""

    def make(document: Questionnaire) -> Questionnaire:
        texts = {document.languages[0]: text}
        changed, question = questions.add_question(
            document, section, kind, texts, repeat=form.repeat.data or ""
        )
        made.append(question)
        return changed

    here.change("add_question", text, make)
    return made[-1]


@blueprint.route("/<code>/draft/questions/<uuid:uid>", methods=["GET", "POST"])
@access(may_author)
def question(code: str, uid: UUID) -> ResponseReturnValue:
    """One question: everything about it. Buttons named `do` change the page and save nothing."""
    here = desk(code)
    asked = get_question(here.document, uid)
    sent = request.form if request.method == "POST" else None
    form = question_form(
        here.document, asked, frozen=here.frozen.get(uid), seen=remembered(asked), formdata=sent
    )
    if sent is None:
        return _page(here, form)
    if "do" in sent:
        form.act(sent["do"])
        return _page(here, form)
    if not form.validate():
        return _page(here, form, 400)
    return _save(here, form)


def _save(here: Desk, form: QuestionForm) -> ResponseReturnValue:
    typed, uid = form.question(), form.before.uid
    recoded = form.recoded
    try:
        here.change(
            "save_question",
            here.worded(typed),
            lambda d: questions.save_question(d, typed, choices=recoded),
            find=lambda d: find_question(d, uid),
        )
    except ChangedElsewhere as conflict:
        return _conflict(here, form, typed, conflict)
    except DomainError as refusal:
        form["code"].errors = [str(refusal.message)]
        return _page(here, form, refusal.status)
    flash(_("Saved."), "success")
    then = request.form.get("then", "")
    code = here.survey.code
    if then == "outline":
        return redirect(url_for(".outline", code=code, _anchor=f"q-{uid}"), code=303)
    if then == "next":
        section = here.document.section_of[form.before.code]
        return redirect(url_for(".add_question", code=code, section=section), code=303)
    return redirect(url_for(".question", code=code, uid=uid), code=303)


def _conflict(
    here: Desk, form: QuestionForm, typed: Question, conflict: ChangedElsewhere
) -> ResponseReturnValue:
    """What was typed stays in the page's fields; what was saved meanwhile stands beside it."""
    theirs = conflict.now if isinstance(conflict.now, Question) else None
    if theirs is not None:
        form.seen.data = remembered(theirs)
    here = desk(here.survey.code)
    return _page(
        here,
        form,
        409,
        differences=list(differing(typed, theirs)) if theirs else [],
        gone=not theirs,
    )


def _page(
    here: Desk, form: QuestionForm, status: int = 200, **values: object
) -> ResponseReturnValue:
    asked = form.before
    section = here.document.section_of.get(asked.code, here.document.sections[0].code)
    context = {
        "form": form,
        "asked": asked,
        "section": section,
        "earlier": earlier_questions(here.document, asked),
        "shared": _sharing(here.document, asked),
        "problems": problems_of(form) if status != 200 else [],  # noqa: PLR2004
        "found": [f for f in here.findings if f.code == asked.code],
        "differences": None,
        "gone": False,
    }
    return here.page("question.html", status, **{**context, **values})


def _sharing(document: Questionnaire, asked: Question) -> list[Question]:
    """The other questions that offer the same list."""
    if not asked.list:
        return []
    return [q for q in document.anywhere.values() if q.list == asked.list and q.uid != asked.uid]
