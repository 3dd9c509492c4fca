"""The codes of a consultation: its themes, and points of related frameworks."""

from uuid import UUID

from flask import Blueprint, Flask, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.code_files import LARGEST, read_codes
from consult.forms.codes import Code, CodesFile
from consult.models import ConsultationCode
from consult.policy import is_staff
from consult.queries.codes import codes_of, uses_of
from consult.routes.desk_view import Desk, desk_of
from consult.services.codes import put_code, remove_code
from core.access import access, check
from core.db import get_session, transaction
from core.errors import DomainError

blueprint = Blueprint("desk_codes", __name__, url_prefix="/consultations/<code>/desk/codes")


@blueprint.route("", methods=["GET", "POST"])
@access(is_staff)
def index(code: str) -> ResponseReturnValue:
    """The codes, how often each is used, and the form that adds one."""
    desk, form = desk_of(code), Code()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                put_code(session, desk.consultation, form.wanted(), desk.act, existing=False)
        except DomainError as refusal:
            form.code.errors = [str(refusal.message)]
        else:
            flash(_("The code is added."), "success")
            return redirect(desk.url("desk_codes.index"), code=303)
    return _page(desk, form, CodesFile(formdata=None), 400 if form.errors else 200)


def _page(desk: Desk, form: Code, file: CodesFile, status: int) -> ResponseReturnValue:
    session = get_session()
    page = render_template(
        "consult/desk/codes.html", desk=desk, form=form, file=file,
        codes=codes_of(session, desk.consultation.id),
        uses=uses_of(session, desk.consultation.id),
    )  # fmt: skip
    return page, status


@blueprint.post("/import")
@access(is_staff)
def bring(code: str) -> ResponseReturnValue:
    """Add the codes of a file; those there already get its titles. All or none."""
    desk, file = desk_of(code), CodesFile()
    if file.validate():
        try:
            with transaction() as session:
                wanted = read_codes(file.file.data.read(LARGEST + 1))
                done = sum(put_code(session, desk.consultation, one, desk.act) for one in wanted)
        except DomainError as refusal:
            file.file.errors = [str(refusal.message)]
        else:
            flash(
                ngettext("One code was added or changed.",
                         "%(num)d codes were added or changed.", done),
                "success",
            )  # fmt: skip
            return redirect(desk.url("desk_codes.index"), code=303)
    return _page(desk, Code(formdata=None), file, 400)


def _held(desk: Desk, code_id: UUID) -> ConsultationCode:
    codes = {one.id: one for one in codes_of(get_session(), desk.consultation.id)}
    check(code_id in codes)
    return codes[code_id]


@blueprint.route("/<uuid:code_id>", methods=["GET", "POST"])
@access(is_staff)
def edit(code: str, code_id: UUID) -> ResponseReturnValue:
    """Other titles for a code. Its letters stay."""
    desk = desk_of(code)
    held = _held(desk, code_id)
    titles = {f"title_{language}": text for language, text in held.titles.items()}
    form = Code(data={"kind": held.kind.value, "framework": held.framework, **titles})
    form.code.data = held.code
    if form.validate_on_submit():
        try:
            with transaction() as session:
                put_code(session, desk.consultation, form.wanted(), desk.act)
        except DomainError as refusal:
            form.framework.errors = [str(refusal.message)]
        else:
            flash(_("The code is changed."), "success")
            return redirect(desk.url("desk_codes.index"), code=303)
    page = render_template("consult/desk/code.html", desk=desk, form=form, held=held)
    return page, 400 if form.errors else 200


@blueprint.post("/<uuid:code_id>/remove")
@access(is_staff)
def remove(code: str, code_id: UUID) -> ResponseReturnValue:
    """Take away a code under which nothing is sorted."""
    desk = desk_of(code)
    held = _held(desk, code_id)
    with transaction() as session:
        remove_code(session, desk.consultation, held.id, desk.act)
    flash(_("The code is removed."), "success")
    return redirect(desk.url("desk_codes.index"), code=303)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)
