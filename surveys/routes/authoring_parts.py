"""Authoring: the page of one section, and that of title and introduction."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from core.errors import Conflict
from surveys.definition import Questionnaire, Section
from surveys.editing.parts import get_section, rebuilt
from surveys.editing.sections import save_section
from surveys.forms.authoring import SectionForm, SettingsForm, section_form, settings_form
from surveys.forms.authoring_pressing import press
from surveys.forms.authoring_texts import problems_of
from surveys.questionnaire_policy import may_author
from surveys.routes.authoring import blueprint
from surveys.routes.authoring_desk import Desk, desk, remembered
from surveys.services.drafts import ChangedElsewhere


@blueprint.route("/<code>/draft/sections/<section>", methods=["GET", "POST"])
@access(may_author)
def section(code: str, section: str) -> ResponseReturnValue:
    """A section's title, introduction, and when it is shown."""
    here = desk(code)
    chosen = get_section(here.document, section)
    sent = request.form if request.method == "POST" else None
    form = section_form(here.document, chosen, seen=remembered(_own(chosen)), formdata=sent)
    if sent is None:
        return _section_page(here, form)
    if "do" in sent:
        press(form, sent["do"])
        return _section_page(here, form)
    if not form.validate():
        return _section_page(here, form, 400)
    return _save_section(here, form, section)


def _own(section: Section) -> Section:
    """What a section's page shows of it: its questions are nobody's conflict here."""
    return section.model_copy(update={"questions": (), "groups": ()})


def _save_section(here: Desk, form: SectionForm, code: str) -> ResponseReturnValue:
    def make(document: Questionnaire) -> Questionnaire:
        now = get_section(document, code)
        typed = form.section()
        kept = {"questions": now.questions, "groups": now.groups}
        return save_section(document, code, typed.model_copy(update=kept))

    def find(document: Questionnaire) -> Section | None:
        found = document.section(code)
        return _own(found) if found else None

    try:
        here.change("save_section", here.worded(form.before), make, find=find)
    except ChangedElsewhere as conflict:
        theirs = conflict.now if isinstance(conflict.now, Section) else None
        if theirs is not None:
            form.seen.data = remembered(theirs)
        return _section_page(desk(here.survey.code), form, 409, theirs=theirs, gone=not theirs)
    flash(_("Saved."), "success")
    return redirect(url_for(".outline", code=here.survey.code, _anchor=f"s-{code}"), code=303)


def _section_page(
    here: Desk,
    form: SectionForm,
    status: int = 200,
    *,
    theirs: Section | None = None,
    gone: bool = False,
) -> ResponseReturnValue:
    return here.page(
        "section.html",
        status,
        form=form,
        section=form.before,
        theirs=theirs,
        gone=gone,
        problems=problems_of(form) if status != 200 else [],  # noqa: PLR2004
    )


@blueprint.route("/<code>/draft/settings", methods=["GET", "POST"])
@access(may_author)
def settings(code: str) -> ResponseReturnValue:
    """The title, and what is said before the first question."""
    here = desk(code)
    sent = request.form if request.method == "POST" else None
    form = settings_form(here.document, seen=remembered(_head(here.document)), formdata=sent)
    if sent is None:
        return _settings_page(here, form)
    if not form.validate():
        return _settings_page(here, form, 400)
    try:
        here.change("settings", "", lambda d: _with_head(d, form), find=_head)
    except ChangedElsewhere:
        now = desk(code)
        form.seen.data = remembered(_head(now.document))
        return _settings_page(now, form, 409)
    flash(_("Saved."), "success")
    return redirect(url_for(".outline", code=code), code=303)


def _head(document: Questionnaire) -> Section:
    """Title and introduction as one part."""
    texts = {f"{n} {k}": t for n, said in enumerate(document.introduction) for k, t in said.items()}
    return Section(code="head", texts=document.texts, hints=texts)


def _with_head(document: Questionnaire, form: SettingsForm) -> Questionnaire:
    if not form.texts():
        raise Conflict(_("Write a title."))
    return rebuilt(document, texts=form.texts(), introduction=form.introduction())


def _settings_page(here: Desk, form: SettingsForm, status: int = 200) -> ResponseReturnValue:
    problems = problems_of(form) if status != 200 else []  # noqa: PLR2004
    conflict = status == 409  # noqa: PLR2004 -- HTTP
    return here.page("settings.html", status, form=form, problems=problems, conflict=conflict)
