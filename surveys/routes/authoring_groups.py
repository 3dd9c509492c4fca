"""Authoring: the groups of a section or repeat, and the page of each."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.access import access
from surveys.definition import Question, Questionnaire, Section
from surveys.editing import groups
from surveys.editing.groups import Grouped, find_group, get_group
from surveys.editing.parts import Holder, get_section
from surveys.forms.authoring_groups import AddGroup, GroupForm, group_form
from surveys.forms.authoring_pressing import press
from surveys.forms.authoring_texts import problems_of
from surveys.questionnaire_policy import may_author
from surveys.routes.authoring import blueprint
from surveys.routes.authoring_desk import Desk, desk, remembered
from surveys.services.drafts import ChangedElsewhere


@blueprint.route("/<code>/draft/sections/<section>/groups", methods=["GET", "POST"])
@access(may_author)
def section_groups(code: str, section: str) -> ResponseReturnValue:
    """A section's groups, those of its repeats among them, and a form to add one."""
    here = desk(code)
    chosen = get_section(here.document, section)
    form = AddGroup(data={"repeat": request.args.get("repeat", "")})
    if form.validate_on_submit():
        made = _add(here, section, form)
        return redirect(url_for(".group", code=code, group=made), code=303)
    status = 400 if request.method == "POST" else 200
    inside = [q for question in chosen.questions for q in question.everything()]
    repeats = [q for q in inside if q.code == form.repeat.data and q.questions]
    holders: list[Holder] = [chosen, *inside]
    found = [Grouped(g, holder) for holder in holders for g in holder.groups]
    return here.page(
        "groups.html", status, section=chosen, form=form, groups=found,
        repeat=repeats[0] if repeats else None, problems=problems_of(form),
    )  # fmt: skip


def _add(here: Desk, section: str, form: AddGroup) -> str:
    made: list[str] = []
    title = form.title.data or ""

    def make(document: Questionnaire) -> Questionnaire:
        texts = {document.languages[0]: title}
        changed, group = groups.add_group(document, section, texts, repeat=form.repeat.data or "")
        made.append(group.code)
        return changed

    here.change("add_group", title, make)
    return made[-1]


@blueprint.route("/<code>/draft/groups/<group>", methods=["GET", "POST"])
@access(may_author)
def group(code: str, group: str) -> ResponseReturnValue:
    """One group. Buttons named `do` change the page and save nothing."""
    here = desk(code)
    grouped = get_group(here.document, group)
    sent = request.form if request.method == "POST" else None
    form = group_form(
        here.document, grouped, seen=remembered(_own(grouped)), formdata=sent, spoken=here.spoken
    )
    if sent is None:
        return _page(here, form)
    if "do" in sent:
        press(form, sent["do"])
        return _page(here, form)
    if not form.validate():
        return _page(here, form, 400)
    return _save(here, form)


def _own(grouped: Grouped) -> Section:
    """A group and which questions stand in it, as one part that two authors may both change."""
    members = tuple(Question(uid=q.uid, code="", kind=q.kind, texts={}) for q in grouped.members)
    group = grouped.group
    return Section(
        code=group.code, texts=group.texts, hints=group.hints, relevant=group.relevant,
        questions=members,
    )  # fmt: skip


def _save(here: Desk, form: GroupForm) -> ResponseReturnValue:
    typed, members = form.group(), form.chosen()

    def find(document: Questionnaire) -> Section | None:
        found = find_group(document, typed.code)
        return _own(found) if found else None

    try:
        here.change(
            "save_group", here.worded(typed),
            lambda document: groups.save_group(document, typed, members), find=find,
        )  # fmt: skip
    except ChangedElsewhere as conflict:
        theirs = conflict.now if isinstance(conflict.now, Section) else None
        if theirs is not None:
            form.seen.data = remembered(theirs)
        return _page(desk(here.survey.code), form, 409, theirs=theirs, gone=theirs is None)
    flash(_("Saved."), "success")
    return redirect(_back(here, form.before), code=303)


@blueprint.post("/<code>/draft/groups/<group>/delete")
@access(may_author)
def delete_group(code: str, group: str) -> ResponseReturnValue:
    """Take a group away; its questions stay."""
    here = desk(code)
    grouped = get_group(here.document, group)
    here.change(
        "delete_group",
        here.worded(grouped.group),
        lambda document: groups.delete_group(document, group),
    )
    flash(_("The group is gone; its questions stay."), "success")
    return redirect(_back(here, grouped), code=303)


def _section_of(here: Desk, grouped: Grouped) -> str:
    holder = grouped.holder
    return holder.code if isinstance(holder, Section) else here.document.section_of[holder.code]


def _back(here: Desk, grouped: Grouped) -> str:
    section = _section_of(here, grouped)
    return url_for(".section_groups", code=here.survey.code, section=section)


def _page(
    here: Desk,
    form: GroupForm,
    status: int = 200,
    *,
    theirs: Section | None = None,
    gone: bool = False,
) -> ResponseReturnValue:
    section = here.document.section(_section_of(here, form.before)) or here.document.sections[0]
    return here.page(
        "group.html", status, form=form, group=form.before.group, section=section, theirs=theirs,
        gone=gone, problems=problems_of(form) if status != 200 else [],  # noqa: PLR2004 -- HTTP
    )  # fmt: skip
